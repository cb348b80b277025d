//! The About page: what the program is, and the licences of what it is built from.

use super::command_info::{CommandInfo, Presented};
use super::licences::Licences;
use super::shortcut::Shortcut;
use crate::text::about::commands;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutPage {
    /// The text that the list of parts is filtered by, as typed.
    pub search: String,
    /// The parts that the search finds, as indices into [`Licences::parts`].
    pub found: Vec<usize>,
    /// The part whose licence is shown, an index into [`Licences::parts`]; `None` for the page itself.
    pub part: Option<usize>,
}

impl AboutPage {
    /// The page with a search.
    fn searching(search: String) -> Self {
        let found = Licences::embedded().search(&search);
        Self { search, found, part: None }
    }
}

impl Presented for AboutCommand {
    fn info(&self) -> Option<CommandInfo> {
        match self {
            AboutCommand::Open => Some(CommandInfo::new(commands::OPEN, &[])),
            AboutCommand::Back => Some(CommandInfo::new(commands::BACK, &[Shortcut::Escape])),
            AboutCommand::Search(_) | AboutCommand::Show(_) => None,
        }
    }
}

/// The About page.
#[derive(Debug, Default)]
pub(super) struct About {
    page: Option<AboutPage>,
}

impl About {
    /// The page, if it is open.
    pub(super) fn page(&self) -> Option<&AboutPage> {
        self.page.as_ref()
    }

    /// Closes the page, because something else takes its place.
    pub(super) fn close(&mut self) {
        self.page = None;
    }

    /// Runs a command. The page opens only if there is room for it: not over a card.
    pub(super) fn apply(&mut self, command: AboutCommand, has_room: bool) {
        match command {
            AboutCommand::Open => {
                self.page = has_room.then(|| AboutPage::searching(String::new())).or(self.page.take());
            }
            AboutCommand::Back => match &mut self.page {
                Some(AboutPage { part: part @ Some(_), .. }) => *part = None,
                page => *page = None,
            },
            AboutCommand::Search(text) => {
                self.page.iter_mut().for_each(|page| *page = AboutPage::searching(text.clone()));
            }
            AboutCommand::Show(part) => {
                let part = Some(part).filter(|part| *part < Licences::embedded().parts().len());
                self.page.iter_mut().for_each(|page| page.part = part);
            }
        }
    }
}
