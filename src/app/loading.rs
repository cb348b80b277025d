//! Decks come and change: folders are watched, loaded again, and what is shown follows.

use std::sync::Arc;

use super::{App, deck_folders};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::library::{Library, LibraryWatcher, Problem};

impl App {
    /// Begins to load decks again when they are saved; calls `wake` when there is one.
    pub fn watch_decks(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        match LibraryWatcher::start(deck_folders(&self.dirs, &self.settings), &self.library, wake) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.notify_error(format!(
                "Decks that you change are loaded at the next start only: {} cannot be watched ({error}).",
                self.dirs.decks().display()
            )),
        }
    }

    /// Loads the decks again at once, as after an edit of one.
    pub fn reload_decks(&mut self, now: &Moment) {
        let library = Library::reload(&deck_folders(&self.dirs, &self.settings), self.library.decks());
        self.replace_library(library, now);
        self.refresh(now);
    }

    /// Loads decks again if any was saved before [`App::watch_decks`] was called.
    pub fn check_for_changed_decks(&self) {
        if let Some(watch) = &self.watch {
            watch.rescan();
        }
    }

    pub(super) fn replace_library(&mut self, library: Library, now: &Moment) {
        let is_same = library.looks_the_same_as(&self.library);
        let mut before: Vec<Arc<Deck>> =
            self.library.decks().iter().map(|loaded| loaded.deck.clone()).collect();
        let old = std::mem::replace(&mut self.library, library);
        // Files that were away for a while, as they were when they were last here.
        before.extend(self.library.take_changed_since_index());
        if is_same {
            self.save_index();
            return;
        }
        match self.library.problems_in_words() {
            Some(problem) if self.library.problems().iter().any(Problem::is_diagnostic) => {
                self.notify_error(format!("{problem} What was sound before stays in use."));
            }
            Some(problem) => self.notify_error(problem),
            None => self.notify("Your decks were loaded again."),
        }
        // The session and the editor follow the moves, and only then lose what is gone.
        self.follow_edits(&before, now);
        self.save_index();
        self.after_decks_changed(now);
        // A hundred thousand questions take longer to free than a frame lasts.
        std::thread::spawn(move || drop((old, before)));
    }

    /// Keeps the decks as they are now for the next start. What the index knew of their past is lost by that, so it
    /// is only done by the one program that writes progress.
    pub(super) fn save_index(&mut self) {
        // What is still to be asked is asked again at the next start, so its past must stay known.
        if self.open_moves().next().is_some() {
            return;
        }
        self.index_writer = self.library.write_index(&self.dirs.index(), self.index_writer.take());
    }

    /// Other folders than before: what is in them is loaded beside the learner's work, if there is a window.
    pub(super) fn reload_folders(&mut self, now: &Moment) {
        let folders = deck_folders(&self.dirs, &self.settings);
        match &mut self.watch {
            Some(watch) => watch.set_folders(folders),
            None => self.replace_library(Library::reload(&folders, self.library.decks()), now),
        }
    }
}
