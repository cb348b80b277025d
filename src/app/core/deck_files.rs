//! Edits deck files: only the changed part is replaced, the file is written to a temporary name and renamed,
//! and undo reverses the edit.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Core;
use super::file_text::FileText;
use super::rekeyed::Rekeyed;
use super::undo::{FileEdit, UndoEntry, affected_cards};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, Change, EventId};
use crate::domain::identity::QuestionKey;
use crate::domain::ids::CardKey;
use crate::formats::ron_deck::edit::{self, Edit, EditError};
use crate::library::file::{self, DeckReadError};
use crate::library::{Origin, ParsedFile, TextHash};
use crate::text::decks as texts;
use crate::text::general;

/// Describes an edit of a deck for the undo log.
pub(in crate::app) struct EditLabel {
    /// The description, as it follows "Undone: ".
    pub(in crate::app) text: String,
    /// The old and the new key of a question whose key changes.
    pub(in crate::app) rekeyed: Option<(QuestionKey, QuestionKey)>,
}

impl EditLabel {
    /// The label of an edit that changes no key.
    pub(in crate::app) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), rekeyed: None }
    }
}

/// The result of undoing or redoing an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ReapplyOutcome {
    /// The edit was undone or redone.
    Done,
    /// It failed this time and can be tried again.
    Failed,
    /// It can never succeed, because the file changed since.
    Impossible,
    /// It was undone or redone, and the decks must be loaded again.
    NeedsReload,
}

/// Whether the deck in the library is what its file contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum FileState {
    /// It is, or the deck has no file.
    Current,
    /// Another program has saved the file at this path since.
    Changed(PathBuf),
    /// The file cannot be read; the error is shown.
    Unreadable,
}

impl Core {
    /// Edits a deck file and replaces the deck in the library. `make` computes the edit from the current text
    /// and deck. `events` are written together with the edit, and undone with it. Returns false, and shows an
    /// error, if nothing was changed because of one.
    pub(in crate::app) fn edit_deck(
        &mut self,
        id: &str,
        label: EditLabel,
        make: impl FnOnce(&str, &Deck) -> Result<Edit, EditError>,
        events: Vec<(CardKey, Change, Option<AnswerRecord>)>,
        now: &Moment,
    ) -> bool {
        let Some((path, deck)) = self.own_file(id) else {
            self.notify_error(texts::SHIPPED_IS_FIXED);
            return false;
        };
        // A text that `read_for_edit` has just read need not be read again.
        let fresh_text = self.fresh_text.take().filter(|file| file.path == path);
        let Some(file) = fresh_text.or_else(|| self.read_current(&path)) else { return false };
        let edit = match make(&file.text, &deck) {
            Ok(edit) => edit,
            Err(error) => {
                self.notify_error(texts::not_saved(error));
                return false;
            }
        };
        if edit.is_empty() && events.is_empty() {
            return true;
        }
        let cards = affected_cards(&events);
        let undo = edit.inverse(&file.text);
        let Some((ids, hash_after)) =
            self.write_edit(&file, &deck, &edit, events, label.rekeyed.as_ref(), now)
        else {
            return false;
        };
        let file =
            FileEdit { path, undo, redo: edit, hash_before: file.hash, hash_after, rekeyed: label.rekeyed };
        self.undo.push(UndoEntry::Edit { label: label.text, file, events: ids, cards });
        true
    }

    /// Reads the file of a deck before an edit and compares it with the library.
    pub(in crate::app) fn read_for_edit(&mut self, id: &str) -> FileState {
        let Some((path, _)) = self.own_file(id) else { return FileState::Current };
        let Some(file) = self.read_deck_file(&path) else { return FileState::Unreadable };
        if self.library.is_read_from(&path, file.hash) {
            self.fresh_text = Some(file);
            return FileState::Current;
        }
        FileState::Changed(path)
    }

    /// Reads the file of a deck again after the decks were loaded again. Returns false, and shows an error, if
    /// the deck in the library is not what the file contains.
    pub(in crate::app) fn read_after_reload(&mut self, id: &str, path: &Path) -> bool {
        let is_there = self.own_file(id).is_some_and(|(now_at, _)| now_at == path);
        self.fresh_text = self.read_current(path).filter(|_| is_there);
        self.fresh_text.is_some()
    }

    /// The text of a deck file, if the deck in the library was read from it. Otherwise shows an error.
    fn read_current(&mut self, path: &Path) -> Option<FileText> {
        let read = self.read_deck_file(path)?;
        if self.library.is_read_from(path, read.hash) {
            return Some(read);
        }
        self.notify_error(texts::has_errors(path.display()));
        None
    }

    /// Undoes (`reverse`) or redoes an edit of a deck file.
    pub(in crate::app) fn reapply_edit(
        &mut self,
        file_edit: &FileEdit,
        reverse: bool,
        now: &Moment,
    ) -> ReapplyOutcome {
        let Some(file) = self.read_deck_file(&file_edit.path) else { return ReapplyOutcome::Impossible };
        let (edit, expected) = if reverse {
            (&file_edit.undo, file_edit.hash_after)
        } else {
            (&file_edit.redo, file_edit.hash_before)
        };
        // The edit only fits the text that it was made for; a later change by another program must not be
        // damaged.
        if file.hash != expected {
            self.notify_error(texts::changed_since(file.path.display()));
            return ReapplyOutcome::Impossible;
        }
        let renamed =
            file_edit.rekeyed.clone().map(|(old, new)| if reverse { (new, old) } else { (old, new) });
        let loaded = self.library.decks().iter().find(|loaded| loaded.origin.is_file(&file.path));
        let is_of_text = self.library.is_read_from(&file.path, file.hash);
        let Some(deck) = loaded.map(|loaded| loaded.deck.clone()).filter(|_| is_of_text) else {
            // The deck in the library is not from this text, as after an error in the file: it is loaded
            // again as a whole.
            if let Err(error) = file::write(&file.path, &edit.apply(&file.text), file.encoding) {
                self.notify_error(general::cannot_be_written(file.path.display(), error));
                return ReapplyOutcome::Failed;
            }
            return ReapplyOutcome::NeedsReload;
        };
        let written = self.write_edit(&file, &deck, edit, Vec::new(), renamed.as_ref(), now);
        if written.is_some() { ReapplyOutcome::Done } else { ReapplyOutcome::Failed }
    }

    fn write_edit(
        &mut self,
        file: &FileText,
        deck: &Arc<Deck>,
        edit: &Edit,
        events: Vec<(CardKey, Change, Option<AnswerRecord>)>,
        renamed: Option<&(QuestionKey, QuestionKey)>,
        now: &Moment,
    ) -> Option<(Vec<(CardKey, EventId)>, TextHash)> {
        let FileText { path, text, encoding, .. } = file;
        let new_text = edit.apply(text);
        let Some(new_deck) = edit::deck_after_edit(deck, text, edit, &new_text) else {
            self.notify_error(texts::EDIT_UNREADABLE);
            return None;
        };
        if let Err(error) = file::write(path, &new_text, *encoding) {
            self.notify_error(texts::not_saved_to(path.display(), error));
            return None;
        }
        let mut ids = Vec::new();
        if !events.is_empty() {
            match self.commit(now.stamp, &events) {
                Ok(written) => ids = events.iter().map(|(card, ..)| card.clone()).zip(written).collect(),
                Err(error) => {
                    // If the events cannot be written, the edit is reverted: a reworded question without its
                    // progress would count as new.
                    let reverted = file::write(path, text, *encoding);
                    let outcome = if reverted.is_ok() { texts::FILE_UNCHANGED } else { texts::FILE_CHANGED };
                    self.notify_error(texts::not_saved_with_events(error, outcome));
                    return None;
                }
            }
        }
        let hash_after = TextHash::of(&new_text);
        self.library.replace_deck(&Origin::File(path.clone()), Arc::new(new_deck), hash_after);
        // The session and the editor must follow the new key before cards of removed questions are dropped.
        if let Some((old, new)) = renamed {
            self.rekey(Rekeyed::question(old.clone(), new.clone()));
        }
        self.decks_changed();
        Some((ids, hash_after))
    }

    /// Writes a new deck file into a folder and loads it. Returns the deck's id. An existing file is never
    /// replaced.
    pub(in crate::app) fn write_new_deck(
        &mut self,
        folder: &Path,
        name: &str,
        text: &str,
    ) -> Option<Arc<str>> {
        let parsed = ParsedFile::parse(text);
        parsed.deck.as_ref()?;
        match file::create_numbered(folder, name, "ron", |out| out.write_all(text.as_bytes())) {
            Ok(path) => {
                let id = self.library.add_deck(path, parsed);
                self.decks_changed();
                id
            }
            Err(error) => {
                let path = folder.join(format!("{name}.ron"));
                self.notify_error(general::cannot_be_written(path.display(), error));
                None
            }
        }
    }

    /// Loads a deck file that was just written. Returns the deck's id.
    pub(in crate::app) fn load_new_file(&mut self, path: &Path) -> Option<Arc<str>> {
        let file = self.read_deck_file(path)?;
        let id = self.library.add_deck(file.path, ParsedFile::parse(&file.text))?;
        self.decks_changed();
        Some(id)
    }

    /// The file and the deck of an id; `None` for a shipped deck, which cannot be changed.
    pub(in crate::app) fn own_file(&self, id: &str) -> Option<(PathBuf, Arc<Deck>)> {
        let loaded = self.library.deck(id)?;
        match &loaded.origin {
            Origin::File(path) => Some((path.clone(), loaded.deck.clone())),
            Origin::Shipped(_) => None,
        }
    }

    pub(in crate::app) fn read_deck_file(&mut self, path: &Path) -> Option<FileText> {
        match file::read(path) {
            Ok((text, encoding)) => {
                let hash = TextHash::of(&text);
                Some(FileText { path: path.to_owned(), text, encoding, hash })
            }
            Err(DeckReadError::Io(error)) => {
                self.notify_error(general::cannot_be_read(path.display(), error));
                None
            }
            Err(DeckReadError::NotText(diagnostic)) => {
                self.notify_error(format!("{}:{diagnostic}.", path.display()));
                None
            }
        }
    }
}
