//! The page About: what the program is, and the licences of what it is built from.

use super::App;
use super::command::CommandInfo;
use super::licences::Licences;

/// Something that can be done with the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AboutCommand {
    /// Shows it over the screen that is there.
    Open,
    /// Shows only the parts with these words in their name or licence.
    Search(String),
    /// Shows the licence of a part, an index of [`Licences::parts`].
    Show(usize),
    /// From a licence to the page, and from there to the screen that was there before.
    Back,
}

/// The page, while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutPage {
    /// What is searched for among the parts, as typed.
    pub search: String,
    /// The part whose licence is shown, an index of [`Licences::parts`]; `None` for the page itself.
    pub part: Option<usize>,
}

impl AboutCommand {
    /// Label, help and key; `None` for commands that only a widget makes.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            AboutCommand::Open => {
                info("About Linchpin", "Its version, and the licences of what it is built from.", "")
            }
            AboutCommand::Back => info("Back", "To where you came from.", "Esc"),
            AboutCommand::Search(_) | AboutCommand::Show(_) => None,
        }
    }
}

impl App {
    /// The page About, if it is open. A session or a test goes before it.
    pub fn about(&self) -> Option<&AboutPage> {
        self.about.as_ref().filter(|_| self.study.is_none() && !self.tests.is_active())
    }

    pub(super) fn apply_about(&mut self, command: AboutCommand) {
        match command {
            AboutCommand::Open if self.study.is_none() && !self.tests.is_active() => {
                self.about = Some(AboutPage::default());
            }
            AboutCommand::Open => {}
            AboutCommand::Back => match &mut self.about {
                Some(AboutPage { part: part @ Some(_), .. }) => *part = None,
                about => *about = None,
            },
            AboutCommand::Search(words) => {
                self.about.iter_mut().for_each(|page| page.search.clone_from(&words))
            }
            AboutCommand::Show(part) => {
                let part = Some(part).filter(|part| *part < Licences::embedded().parts().len());
                self.about.iter_mut().for_each(|page| page.part = part);
            }
        }
    }
}
