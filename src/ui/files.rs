//! Files from outside of the window: chosen in the system's dialog, or dropped on it.

use eframe::egui::Context;

use super::file_dialog::DialogChoice;
use super::{AppState, Window};
use crate::app::decks::{DeckCommand, Dialog, PathPurpose};
use crate::app::{Command, Screen, Setting};

impl Window {
    /// The command for a file or folder that was chosen or dropped since the last frame; `None` when there was none.
    pub(super) fn poll_files(&mut self, ctx: &Context) -> Option<Command> {
        let AppState::Ready(app) = &self.state else { return None };
        if let Some((dialog, purpose)) = &self.file_dialog
            && let Some(chosen) = dialog.poll()
        {
            let purpose = *purpose;
            self.file_dialog = None;
            return match chosen {
                DialogChoice::Path(path) => Some(command_for_file(purpose, path)),
                DialogChoice::Cancelled => None,
                // The path is typed instead.
                DialogChoice::NotShown => {
                    let dialog = Dialog::Path { purpose, path: String::new() };
                    Some(Command::Deck(DeckCommand::SetDialog(dialog)))
                }
            };
        }
        let decks = app.decks();
        if app.active_session().is_some() || app.tests().is_active() || decks.dialog().is_some() {
            return None;
        }
        let dropped =
            ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()))?;
        let is_editing = app.screen() == Screen::Decks && decks.editor().is_some();
        Some(command_for_file(if is_editing { PathPurpose::Image } else { PathPurpose::Import }, dropped))
    }
}

/// The command that uses a chosen file or folder for that purpose.
fn command_for_file(purpose: PathPurpose, path: std::path::PathBuf) -> Command {
    match purpose {
        PathPurpose::Import => Command::Deck(DeckCommand::BeginImport(path)),
        PathPurpose::Image => Command::Deck(DeckCommand::SetImage(path)),
        PathPurpose::Folder => Command::Set(Setting::AddFolder(path)),
    }
}
