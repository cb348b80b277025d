//! The About page: what the program is, and the licences of what it is built from.

use super::App;
use super::command::CommandInfo;
use super::licences::Licences;
use super::shortcut::Shortcut;
use crate::text::about as text;

/// A command of the About page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AboutCommand {
    /// Shows the page on top of the current screen.
    Open,
    /// Lists only the parts whose name or licence contains this text.
    Search(String),
    /// Shows the licence of one part: an index into [`Licences::parts`].
    Show(usize),
    /// Returns from a licence to the page, or from the page to the screen underneath.
    Back,
}

/// The state of the open page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutPage {
    /// The text that the list of parts is filtered by, as typed.
    pub search: String,
    /// The part whose licence is shown, an index into [`Licences::parts`]; `None` for the page itself.
    pub part: Option<usize>,
}

impl AboutCommand {
    /// Words and keys; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        match self {
            AboutCommand::Open => Some(CommandInfo::new(text::OPEN, &[])),
            AboutCommand::Back => Some(CommandInfo::new(text::BACK, &[Shortcut::Escape])),
            AboutCommand::Search(_) | AboutCommand::Show(_) => None,
        }
    }
}

impl App {
    /// The About page, if it is open. During a session or a test it is hidden, because the card takes its
    /// place.
    pub fn about(&self) -> Option<&AboutPage> {
        self.about.as_ref().filter(|_| self.has_room_for_about())
    }

    fn has_room_for_about(&self) -> bool {
        self.active_session.is_none() && !self.tests.is_active()
    }

    pub(super) fn apply_about(&mut self, command: AboutCommand) {
        match command {
            AboutCommand::Open if self.has_room_for_about() => {
                self.about = Some(AboutPage::default());
            }
            AboutCommand::Open => {}
            AboutCommand::Back => match &mut self.about {
                Some(AboutPage { part: part @ Some(_), .. }) => *part = None,
                about => *about = None,
            },
            AboutCommand::Search(text) => {
                self.about.iter_mut().for_each(|page| page.search.clone_from(&text))
            }
            AboutCommand::Show(part) => {
                let part = Some(part).filter(|part| *part < Licences::embedded().parts().len());
                self.about.iter_mut().for_each(|page| page.part = part);
            }
        }
    }
}
