//! Decks come and change: folders are watched, loaded again, and what is shown follows.

use std::sync::Arc;

use super::{App, folders};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::library::{Library, Problem, Watch};

impl App {
    /// Begins to load decks again when they are saved; calls `wake` when there is one.
    pub fn watch_decks(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        match Watch::begin(folders(&self.dirs, &self.settings), &self.library, wake) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.tell_problem(format!(
                "Decks that you change are loaded at the next start only: {} cannot be watched ({error}).",
                self.dirs.decks().display()
            )),
        }
    }

    /// Loads the decks again at once, as after an edit of one.
    pub fn reload_decks(&mut self, now: &Moment) {
        let library = Library::load_again(&folders(&self.dirs, &self.settings), self.library.decks());
        self.take_library(library, now);
        self.refresh(now);
    }

    /// Loads decks again if any was saved before [`App::watch_decks`] was called.
    pub fn look_for_changed_decks(&self) {
        if let Some(watch) = &self.watch {
            watch.look_again();
        }
    }

    pub(super) fn take_library(&mut self, library: Library, now: &Moment) {
        let is_same = library.shows_the_same_as(&self.library);
        let mut before: Vec<Arc<Deck>> =
            self.library.decks().iter().map(|loaded| loaded.deck.clone()).collect();
        let old = std::mem::replace(&mut self.library, library);
        // Files that were away for a while, as they were when they were last here.
        before.extend(self.library.take_before());
        if is_same {
            self.remember_decks();
            return;
        }
        match self.library.problems_in_words() {
            Some(problem) if self.library.problems().iter().any(Problem::is_fault) => {
                self.tell_problem(format!("{problem} What was sound before stays in use."));
            }
            Some(problem) => self.tell_problem(problem),
            None => self.tell("Your decks were loaded again."),
        }
        // The session and the editor follow the moves, and only then lose what is gone.
        self.follow_edits(&before, now);
        self.remember_decks();
        self.after_decks_changed(now);
        // A hundred thousand questions take longer to free than a frame lasts.
        std::thread::spawn(move || drop((old, before)));
    }

    /// Keeps the decks as they are now for the next start. What the index knew of their past is lost by that, so it
    /// is only done by the one program that writes progress.
    pub(super) fn remember_decks(&mut self) {
        // What is still to be asked is asked again at the next start, so its past must stay known.
        if self.open_moves().next().is_some() {
            return;
        }
        self.indexing = self.library.remember(&self.dirs.index(), self.indexing.take());
    }

    /// Other folders than before: what is in them is loaded beside the learner's work, if there is a window.
    pub(super) fn change_folders(&mut self, now: &Moment) {
        let folders = folders(&self.dirs, &self.settings);
        match &mut self.watch {
            Some(watch) => watch.set_folders(folders),
            None => self.take_library(Library::load_again(&folders, self.library.decks()), now),
        }
    }
}
