//! Sets the image of the question in the editor: an image in the deck's folder is referenced, any other is
//! copied there.

use std::path::{Path, PathBuf};

use super::Decks;
use super::dialog::Dialog;
use crate::app::core::Core;
use crate::app::effect::Effect;
use crate::domain::day::Moment;
use crate::domain::image::ImageRef;
use crate::library::image_lints::image_folder;
use crate::library::images::{check_file, copy_into, path_in_folder, unused_file_name};
use crate::text::decks as texts;

impl Decks {
    /// The folder for images of the question in the editor; `None` for a deck that cannot be changed.
    fn image_folder(&self, core: &Core) -> Option<PathBuf> {
        let (path, _) = core.own_file(&self.editor.as_ref()?.deck)?;
        Some(image_folder(&path).to_owned())
    }

    /// Asks the window to let the learner choose an image.
    pub(super) fn choose_image(&self, core: &Core) -> Option<Effect> {
        self.image_folder(core).map(Effect::ChooseImage)
    }

    /// Uses a file as the question's image: from the deck's folder at once, from elsewhere after asking.
    pub(super) fn take_image(&mut self, core: &mut Core, file: PathBuf, now: &Moment) {
        let Some(folder) = self.image_folder(core) else { return };
        let shown = file_name(&file);
        if let Err(problem) = check_file(&file, false) {
            core.notify_error(texts::image_refused(&problem.message(&shown), problem.help()));
            return;
        }
        let inside = path_in_folder(&folder, &file)
            .filter(|path| ImageRef { file: path.clone(), alt: String::new() }.path_error().is_none());
        match inside {
            Some(path) => self.set_image(core, path, now),
            None => {
                let name = unused_file_name(&folder, &file);
                self.dialog = Some(Dialog::CopyImage { file, name });
            }
        }
    }

    /// Copies a file to the deck's folder and uses it as the question's image.
    pub(super) fn copy_image(&mut self, core: &mut Core, file: &Path, name: String, now: &Moment) {
        let Some(folder) = self.image_folder(core) else { return };
        match copy_into(&folder, file, &name) {
            Ok(()) => {
                core.notify(texts::image_copied(&name));
                self.set_image(core, name, now);
            }
            Err(error) => {
                core.notify_error(texts::image_not_copied(&file_name(file), folder.display(), error));
            }
        }
    }

    fn set_image(&mut self, core: &Core, file: String, now: &Moment) {
        self.with_editor(core, |editor, deck| {
            let mut form = editor.form.clone();
            form.image = file;
            editor.set_form(form, Some(deck), now);
        });
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
