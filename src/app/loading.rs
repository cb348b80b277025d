//! Watches deck folders, loads changed decks, and updates everything that depends on them.

use std::sync::Arc;

use super::{App, deck_folders};
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::library::{Library, LibraryProblem, LibraryWatcher};

impl App {
    /// Starts watching the deck folders. Changed decks are loaded in the background.
    pub fn watch_decks(&mut self) {
        let (folders, wake) = (deck_folders(&self.dirs, &self.settings), self.repaint.clone());
        match LibraryWatcher::start(folders, &self.library, wake) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.notify_error(format!(
                "Decks that you change are loaded at the next start only: {} cannot be watched ({error}).",
                self.dirs.decks().display()
            )),
        }
    }

    /// Reloads the decks on this thread, as after an edit.
    pub fn reload_decks(&mut self, now: &Moment) {
        let library = Library::reload(&deck_folders(&self.dirs, &self.settings), self.library.decks());
        self.replace_library(library, now);
        self.refresh(now);
    }

    /// Reloads decks if any was saved before [`App::watch_decks`] was called.
    pub fn check_for_changed_decks(&self) {
        if let Some(watch) = &self.watch {
            watch.rescan();
        }
    }

    pub(super) fn replace_library(&mut self, library: Library, now: &Moment) {
        let is_same = library.looks_the_same_as(&self.library);
        let mut old_decks: Vec<Arc<Deck>> =
            self.library.decks().iter().map(|loaded| loaded.deck.clone()).collect();
        let old = std::mem::replace(&mut self.library, library);
        // Decks whose files were missing for a while, in their last known version.
        old_decks.extend(self.library.take_changed_since_index());
        if is_same {
            self.save_index();
            return;
        }
        match self.library.problems_text() {
            Some(problem) if self.library.problems().iter().any(LibraryProblem::is_diagnostic) => {
                self.notify_error(format!("{problem} What was sound before stays in use."));
            }
            Some(problem) => self.notify_error(problem),
            None => self.notify("Your decks were loaded again."),
        }
        // The session and the editor must follow moved keys before cards of removed questions are dropped.
        self.follow_edits(&old_decks, now);
        self.save_index();
        self.after_decks_changed(now);
        // Freeing a hundred thousand questions takes longer than a frame.
        drop(BackgroundTask::<()>::spawn("drop", RepaintSignal::default(), move |_| {
            drop((old, old_decks));
            None
        }));
    }

    /// Saves the current decks to the index. That forgets their earlier versions, so only the program that
    /// may write progress does it.
    pub(super) fn save_index(&mut self) {
        // Open moves are asked again at the next start, so the earlier versions are still needed.
        if self.open_moves().next().is_some() {
            return;
        }
        self.index_writer = self.library.write_index(&self.dirs.index(), self.index_writer.take());
    }

    /// Loads the decks of changed folders, on a background thread if there is a window.
    pub(super) fn reload_folders(&mut self, now: &Moment) {
        let folders = deck_folders(&self.dirs, &self.settings);
        match &mut self.watch {
            Some(watch) => watch.set_folders(folders),
            None => self.replace_library(Library::reload(&folders, self.library.decks()), now),
        }
    }
}
