//! What a command leaves to the window: the browser, the file manager, dialogs, closing.

use eframe::egui::{Context, OpenUrl, ViewportCommand};

use super::file_choice::FileChoice;
use super::{State, Window};
use crate::app::decks::Purpose;
use crate::app::{Command, Effect};
use crate::domain::day::Moment;

impl Window {
    /// Applies commands in order, and does what only the window can: links, folders, dialogs, closing.
    pub(super) fn carry_out(&mut self, ctx: &Context, commands: Vec<Command>, now: &Moment) {
        let State::Ready(app) = &mut self.state else { return };
        for command in commands {
            match app.apply(command, now) {
                Some(Effect::OpenLink(url)) => ctx.open_url(OpenUrl::new_tab(url)),
                Some(Effect::OpenFolder(folder)) => {
                    let shown = open::that_detached(&folder);
                    if shown.is_err() {
                        app.report(format!("No file manager could be opened for {}.", folder.display()));
                    }
                }
                Some(Effect::ShowWritten { file, in_folder }) => {
                    let shown = if in_folder { file.parent().unwrap_or(&file) } else { &file };
                    if open::that_detached(shown).is_err() {
                        app.written_unseen(&file, in_folder);
                    }
                }
                Some(Effect::ChooseImport) => {
                    let endings = &["csv", "tsv", "txt", "md", "tab"];
                    let choice = FileChoice::open(ctx, "Import a list", None, "Lists", endings);
                    self.choice = Some((choice, Purpose::Import));
                }
                Some(Effect::ChooseFolder) => {
                    let choice = FileChoice::folder(ctx, "Add a folder with decks");
                    self.choice = Some((choice, Purpose::Folder));
                }
                Some(Effect::OpenFile(path, line)) => {
                    if let Err(error) = crate::app::text_editor::open(&path, line) {
                        app.report(format!("{} cannot be opened: {error}.", path.display()));
                    }
                }
                Some(Effect::ChoosePicture(folder)) => {
                    let endings = &crate::domain::picture::ENDINGS;
                    let choice =
                        FileChoice::open(ctx, "Choose a picture", Some(&folder), "Pictures", endings);
                    self.choice = Some((choice, Purpose::Picture));
                }
                Some(Effect::Quit) => ctx.send_viewport_cmd(ViewportCommand::Close),
                None => {}
            }
        }
    }
}
