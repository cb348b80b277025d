//! Takes decks that were loaded again, and updates everything that depends on them.

use std::collections::HashSet;
use std::sync::Arc;

use super::App;
use super::core::deck_files::FileState;
use super::core::{CoreChange, deck_folders};
use super::decks::editor::Editor;
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::identity::QuestionKey;
use crate::library::{IndexVersion, Library, LibraryProblem};
use crate::text;

impl App {
    /// Starts watching the deck folders. Changed decks are loaded in the background.
    pub fn watch_decks(&mut self) {
        self.decks_on_disk.watch(&mut self.core);
    }

    /// Reloads the decks on this thread, as after an edit.
    pub fn reload_decks(&mut self, now: &Moment) {
        let library =
            Library::reload(&deck_folders(&self.core.dirs, &self.core.settings), self.core.library.decks());
        self.replace_library(library, now);
        self.refresh(now);
    }

    /// Reloads decks if any was saved before [`App::watch_decks`] was called.
    pub fn check_for_changed_decks(&self) {
        self.decks_on_disk.rescan();
    }

    /// Compares the decks in use with their earlier versions `before`: makes certain moves of progress, reports
    /// them, and keeps ambiguous ones for the learner. With an empty `before`, only `formerly` in questions is
    /// considered.
    pub fn reconcile_with(&mut self, before: &[Arc<Deck>], now: &Moment) {
        self.follow_edits(before, now);
        self.core.note(CoreChange::Decks);
        self.refresh(now);
    }

    /// Like [`App::reconcile_with`], without updating what is shown.
    pub(super) fn follow_edits(&mut self, before: &[Arc<Deck>], now: &Moment) {
        let mut in_use: HashSet<QuestionKey> = self.study.cards().map(QuestionKey::of).collect();
        in_use.extend(self.decks.editor().and_then(Editor::key));
        self.moves.follow_edits(&mut self.core, before, &in_use, now);
    }

    /// Loads a deck again if another program has just saved its file, so that an edit applies to the current
    /// text. Returns false, and shows an error, if the deck in the library is not what the file contains.
    pub(super) fn prepare_edit(&mut self, deck: &str, now: &Moment) -> bool {
        match self.core.read_for_edit(deck) {
            FileState::Current => true,
            FileState::Unreadable => false,
            FileState::Changed(path) => {
                self.reload_decks(now);
                self.core.read_after_reload(deck, &path)
            }
        }
    }

    pub(super) fn replace_library(&mut self, library: Library, now: &Moment) {
        let is_same = library.looks_the_same_as(&self.core.library);
        let mut old_decks: Vec<Arc<Deck>> =
            self.core.library.decks().iter().map(|loaded| loaded.deck.clone()).collect();
        let old = std::mem::replace(&mut self.core.library, library);
        // Decks whose files were missing for a while, in their last known version.
        old_decks.extend(self.core.library.take_changed_since_index());
        if is_same {
            self.save_index();
            return;
        }
        match self.core.library.problems_text() {
            Some(problem) if self.core.library.problems().iter().any(LibraryProblem::is_diagnostic) => {
                self.core.notify_error(text::decks::last_version_stays(&problem));
            }
            Some(problem) => self.core.notify_error(problem),
            None => self.core.notify(text::decks::RELOADED),
        }
        // The session and the editor must follow moved keys before cards of removed questions are dropped.
        self.follow_edits(&old_decks, now);
        self.save_index();
        self.core.decks_changed();
        self.follow_changes(now);
        // Freeing a hundred thousand questions takes longer than a frame.
        drop(BackgroundTask::<()>::spawn("drop", RepaintSignal::default(), move |_| {
            drop((old, old_decks));
            None
        }));
    }

    /// Saves the current decks to the index.
    pub(super) fn save_index(&mut self) {
        // Open moves are asked again at the next start, so the versions that progress has followed are still needed.
        let version = match self.open_moves().next() {
            Some(_) => IndexVersion::Later,
            None => IndexVersion::Followed,
        };
        self.decks_on_disk.save_index(&mut self.core, version);
    }
}
