//! Files that come into the window from outside: chosen in the system's dialog, or dropped.

use eframe::egui::Context;

use super::{AppState, Window};
use crate::app::decks::{DeckCommand, Dialog, PathPurpose};
use crate::app::{Command, Screen, Setting};

impl Window {
    /// Files that came from outside: chosen in the system's dialog, or dropped on the window.
    pub(super) fn poll_files(&mut self, ctx: &Context) -> Option<Command> {
        let AppState::Ready(app) = &self.state else { return None };
        if let Some((choice, purpose)) = &self.file_dialog
            && let Some(chosen) = choice.poll()
        {
            let (purpose, was_seen) = (*purpose, choice.was_shown());
            self.file_dialog = None;
            return match chosen {
                Some(path) => Some(command_for_file(purpose, path)),
                None if was_seen => None,
                // Nothing was ever shown: the desktop has no such dialog, so the name is typed.
                None => {
                    let dialog = Dialog::Path { purpose, path: String::new() };
                    Some(Command::Deck(DeckCommand::SetDialog(dialog)))
                }
            };
        }
        let decks = app.decks();
        if app.study().is_some() || app.tests().is_active() || decks.dialog().is_some() {
            return None;
        }
        let dropped =
            ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()))?;
        let writes = app.screen() == Screen::Decks && decks.editor().is_some();
        Some(command_for_file(if writes { PathPurpose::Image } else { PathPurpose::Import }, dropped))
    }
}

/// What is to be done with a file or folder.
fn command_for_file(purpose: PathPurpose, path: std::path::PathBuf) -> Command {
    match purpose {
        PathPurpose::Import => Command::Deck(DeckCommand::BeginImport(path)),
        PathPurpose::Image => Command::Deck(DeckCommand::SetImage(path)),
        PathPurpose::Folder => Command::Set(Setting::AddFolder(path)),
    }
}
