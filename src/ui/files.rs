//! Files that come into the window from outside: chosen in the system's dialog, or dropped.

use eframe::egui::Context;

use super::{State, Window};
use crate::app::decks::{DeckCommand, Dialog, Purpose};
use crate::app::{Command, Screen, Setting};

impl Window {
    /// Files that came from outside: chosen in the system's dialog, or dropped on the window.
    pub(super) fn take_files(&mut self, ctx: &Context) -> Option<Command> {
        let State::Ready(app) = &self.state else { return None };
        if let Some((choice, purpose)) = &self.choice
            && let Some(chosen) = choice.poll()
        {
            let (purpose, was_seen) = (*purpose, choice.was_seen());
            self.choice = None;
            return match chosen {
                Some(path) => Some(taken(purpose, path)),
                None if was_seen => None,
                // Nothing was ever shown: the desktop has no such dialog, so the name is typed.
                None => {
                    let dialog = Dialog::Path { purpose, path: String::new() };
                    Some(Command::Deck(DeckCommand::SetDialog(dialog)))
                }
            };
        }
        let decks = app.decks();
        if app.study().is_some() || app.tests().is_running() || decks.dialog().is_some() {
            return None;
        }
        let dropped =
            ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()))?;
        let writes = app.screen() == Screen::Decks && decks.editor().is_some();
        Some(taken(if writes { Purpose::Picture } else { Purpose::Import }, dropped))
    }
}

/// What is to be done with a file or folder.
fn taken(purpose: Purpose, path: std::path::PathBuf) -> Command {
    match purpose {
        Purpose::Import => Command::Deck(DeckCommand::BeginImport(path)),
        Purpose::Picture => Command::Deck(DeckCommand::TakePicture(path)),
        Purpose::Folder => Command::Set(Setting::AddFolder(path)),
    }
}
