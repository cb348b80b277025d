//! Putting a picture into the question being written: named where it lies beside the deck, else copied there.

use std::path::{Path, PathBuf};

use super::dialog::Dialog;
use crate::app::{App, Effect};
use crate::domain::day::Moment;
use crate::domain::picture::Picture;
use crate::library::picture_lints::folder_of;
use crate::library::pictures::{bring, check_file, free_name, from_folder};

impl App {
    /// The folder that pictures of the question being written lie in; `None` for a deck that cannot be changed.
    fn picture_folder(&self) -> Option<PathBuf> {
        let (path, _) = self.own_file(&self.decks.editor.as_ref()?.deck)?;
        Some(folder_of(&path).to_owned())
    }

    /// Lets the learner choose a file.
    pub(super) fn choose_picture(&self) -> Option<Effect> {
        self.picture_folder().map(Effect::ChoosePicture)
    }

    /// Takes a file for the question's picture: from beside the deck at once, from elsewhere after asking.
    pub(super) fn take_picture(&mut self, file: PathBuf, now: &Moment) {
        let Some(folder) = self.picture_folder() else { return };
        let shown = file_name(&file);
        if let Err(fault) = check_file(&file, false) {
            let words = format!("Not taken: {}. To use it, {}.", fault.message(&shown), fault.help());
            self.tell_problem(words);
            return;
        }
        let inside = from_folder(&folder, &file)
            .filter(|path| Picture { file: path.clone(), alt: String::new() }.path_fault().is_none());
        match inside {
            Some(path) => self.name_picture(path, now),
            None => {
                let name = free_name(&folder, &file);
                self.decks.dialog = Some(Dialog::CopyPicture { file, name });
            }
        }
    }

    /// Copies a file beside the deck and takes it for the question's picture.
    pub(super) fn copy_picture(&mut self, file: &Path, name: String, now: &Moment) {
        let Some(folder) = self.picture_folder() else { return };
        match bring(&folder, file, &name) {
            Ok(()) => {
                self.tell(format!("Copied beside the deck as {name}. Say in a few words what it shows."));
                self.name_picture(name, now);
            }
            Err(error) => {
                let words = format!("{} is not copied to {}: {error}.", file_name(file), folder.display());
                self.tell_problem(words);
            }
        }
    }

    fn name_picture(&mut self, file: String, now: &Moment) {
        self.with_editor(|editor, deck| {
            let mut form = editor.form.clone();
            form.image = file;
            editor.write(form, Some(deck), now);
        });
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
