//! The decks on disk: their folders are watched, and what was parsed of them is kept in an index for the next start.

use super::core::{Core, deck_folders};
use crate::background::BackgroundTask;
use crate::library::{IndexVersion, Library, LibraryWatcher};
use crate::text;

/// Watches the deck folders and writes the index.
///
/// The fields are dropped in this order: the index is waited for first.
#[derive(Default)]
pub(super) struct DecksOnDisk {
    index_writer: Option<BackgroundTask<()>>,
    watch: Option<LibraryWatcher>,
}

impl DecksOnDisk {
    /// Starts watching the deck folders. Changed decks are loaded in the background.
    pub(super) fn watch(&mut self, core: &mut Core) {
        let folders = deck_folders(&core.dirs, &core.settings);
        match LibraryWatcher::start(folders, &core.library, core.repaint.clone()) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => {
                let folder = core.dirs.decks();
                core.notify_error(text::decks::not_watched(folder.display(), error));
            }
        }
    }

    /// Loads decks that were saved before they were watched.
    pub(super) fn rescan(&self) {
        if let Some(watch) = &self.watch {
            watch.rescan();
        }
    }

    /// The library after a change, once it is loaded.
    pub(super) fn poll(&mut self, core: &mut Core) -> Option<Library> {
        match self.watch.as_mut()?.poll(&core.library) {
            Ok(library) => library,
            Err(_) => {
                core.notify_error(text::background::unfinished(text::background::DECKS));
                None
            }
        }
    }

    /// Loads the decks of changed folders: in the background if they are watched, else at once.
    pub(super) fn reload_folders(&mut self, core: &Core) -> Option<Library> {
        let folders = deck_folders(&core.dirs, &core.settings);
        match &mut self.watch {
            Some(watch) => {
                watch.set_folders(folders);
                None
            }
            None => Some(Library::reload(&folders, core.library.decks())),
        }
    }

    /// Saves the current decks to the index. [`IndexVersion::Followed`] forgets their earlier versions.
    pub(super) fn save_index(&mut self, core: &mut Core, version: IndexVersion) {
        self.index_writer = core.library.write_index(&core.dirs.index(), version, self.index_writer.take());
    }
}
