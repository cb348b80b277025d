//! Effects of commands that only the window can carry out: the browser, the file manager, dialogs, closing.

use eframe::egui::{Context, OpenUrl, ViewportCommand};

use super::file_dialog::FileDialog;
use super::{AppState, Window, text_editor};
use crate::app::decks::PathPurpose;
use crate::app::{Command, Effect};
use crate::domain::day::Moment;
use crate::text;

impl Window {
    /// Applies the commands in order and carries out the effects they return.
    pub(super) fn run_commands(&mut self, ctx: &Context, commands: Vec<Command>, now: &Moment) {
        let AppState::Ready(app) = &mut self.state else { return };
        for command in commands {
            match app.apply(command, now) {
                Some(Effect::OpenLink(url)) => ctx.open_url(OpenUrl::new_tab(url)),
                Some(Effect::OpenFolder(folder)) => {
                    let opened = open::that_detached(&folder);
                    if opened.is_err() {
                        app.report_error(text::general::no_file_manager(folder.display()));
                    }
                }
                Some(Effect::ShowWritten { file, in_folder }) => {
                    let path = if in_folder { file.parent().unwrap_or(&file) } else { &file };
                    if open::that_detached(path).is_err() {
                        app.notify_file_not_opened(&file, in_folder);
                    }
                }
                Some(Effect::ChooseImport) => {
                    let extensions = &["csv", "tsv", "txt", "md", "tab"];
                    let dialog = FileDialog::pick_file(
                        ctx,
                        text::general::IMPORT_DIALOG,
                        None,
                        text::general::LISTS,
                        extensions,
                    );
                    self.file_dialog = Some((dialog, PathPurpose::Import));
                }
                Some(Effect::ChooseFolder) => {
                    let dialog = FileDialog::pick_folder(ctx, text::general::FOLDER_DIALOG);
                    self.file_dialog = Some((dialog, PathPurpose::Folder));
                }
                Some(Effect::OpenFile(path, line)) => {
                    if let Err(error) = text_editor::open(&path, line) {
                        app.report_error(text::general::cannot_open(path.display(), error));
                    }
                }
                Some(Effect::ChooseImage(folder)) => {
                    let extensions = &crate::domain::image::EXTENSIONS;
                    let dialog = FileDialog::pick_file(
                        ctx,
                        text::general::IMAGE_DIALOG,
                        Some(&folder),
                        text::general::IMAGES,
                        extensions,
                    );
                    self.file_dialog = Some((dialog, PathPurpose::Image));
                }
                Some(Effect::Quit) => ctx.send_viewport_cmd(ViewportCommand::Close),
                None => {}
            }
        }
    }
}
