//! Changing deck files: read, changed in the one place that is meant, written beside and renamed; undone the same way.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::App;
use crate::app::undo::{Deed, FileEdit};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::{Change, EventId};
use crate::domain::ids::CardKey;
use crate::formats::ron_deck;
use crate::formats::ron_deck::edit::{self, Edit, EditError};
use crate::library::file::{self, Encoding, ReadError};
use crate::library::{LoadedDeck, Origin};

/// What was done to a deck, for the notice and the undo log.
pub(super) struct Wording {
    /// To go after "Undone: ".
    pub(super) undo: String,
}

impl App {
    /// Changes a deck's file by what `make` finds to change in its text, and loads the deck as it is then.
    /// `events` are written with it and undone with it. Whether it went well; if not, nothing was changed and the
    /// learner is told why.
    pub(super) fn edit_deck(
        &mut self,
        id: &str,
        words: Wording,
        make: impl Fn(&str, &Deck) -> Result<Edit, EditError>,
        events: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        let Some((path, deck)) = self.own_file(id) else {
            self.tell_problem("A shipped deck cannot be changed. Make a copy of it to edit.");
            return false;
        };
        let (text, encoding) = match self.read_deck_file(&path) {
            Some(read) => read,
            None => return false,
        };
        let (deck, edit) = match make(&text, &deck) {
            Err(EditError::Stale) => {
                // Another program saved it a moment ago.
                let Some(fresh) = ron_deck::parse(&text).deck.map(Arc::new) else {
                    self.tell_problem(format!(
                        "Not saved: {} was changed meanwhile and has faults now. Mend them first.",
                        path.display()
                    ));
                    return false;
                };
                let edit = make(&text, &fresh);
                (fresh, edit)
            }
            made => (deck, made),
        };
        let edit = match edit {
            Ok(edit) => edit,
            Err(error) => {
                self.tell_problem(format!("Not saved: {error}."));
                return false;
            }
        };
        if edit.is_empty() && events.is_empty() {
            return true;
        }
        let inverse = edit.inverse(&text);
        let Some(ids) = self.write_edit(&path, &deck, &text, encoding, &edit, events, now) else {
            return false;
        };
        let file = FileEdit { path, undo: inverse, redo: edit };
        self.undo.did(Deed::Edit { words: words.undo, file, events: ids });
        true
    }

    /// Makes an edit of a deck file that was made before, or takes it back. Whether it went well.
    pub(in crate::app) fn edit_again(&mut self, file: &FileEdit, back: bool, now: &Moment) -> bool {
        let Some((text, encoding)) = self.read_deck_file(&file.path) else { return false };
        let (edit, expected) = if back { (&file.undo, &file.redo) } else { (&file.redo, &file.undo) };
        // What is there must be what was written then: someone may have worked on it since.
        let is_there = edit
            .splices
            .iter()
            .zip(&expected.splices)
            .all(|(splice, written)| text.get(splice.range.clone()) == Some(written.with.as_str()));
        if !is_there {
            self.tell_problem(format!(
                "{} was changed at this place since: mend it there by hand.",
                file.path.display()
            ));
            return false;
        }
        let loaded = self.library.decks().iter().find(|loaded| loaded.origin.is_file(&file.path));
        let Some(deck) = loaded.map(|loaded| loaded.deck.clone()) else { return false };
        self.write_edit(&file.path, &deck, &text, encoding, edit, Vec::new(), now).is_some()
    }

    #[expect(clippy::too_many_arguments, reason = "one step of two callers")]
    fn write_edit(
        &mut self,
        path: &Path,
        deck: &Arc<Deck>,
        text: &str,
        encoding: Encoding,
        edit: &Edit,
        events: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> Option<Vec<(CardKey, EventId)>> {
        let new_text = edit.apply(text);
        let Some(new_deck) = edit::applied(deck, text, edit, &new_text) else {
            self.tell_problem("Not saved: the deck could not be read afterwards. Nothing was changed.");
            return None;
        };
        if let Err(error) = file::write(path, &new_text, encoding) {
            self.tell_problem(format!("Not saved: {} cannot be written ({error}).", path.display()));
            return None;
        }
        let changes: Vec<_> = events.into_iter().map(|(card, change)| (card, change, None)).collect();
        let ids = if changes.is_empty() {
            Vec::new()
        } else {
            match self.commit(now.stamp, &changes) {
                Ok(ids) => changes.iter().map(|(card, ..)| card.clone()).zip(ids).collect(),
                Err(error) => {
                    // The file is as it was asked for; what goes with it is told.
                    self.tell_problem(error.to_string());
                    Vec::new()
                }
            }
        };
        self.library.replace_deck(&Origin::File(path.to_owned()), Arc::new(new_deck));
        self.after_decks_changed(now);
        Some(ids)
    }

    /// Writes a new deck file among one's own and loads it; its id. Never over a file that is there.
    pub(super) fn write_new_deck(&mut self, name: &str, text: &str, now: &Moment) -> Option<Arc<str>> {
        let folder = self.dirs.decks();
        let deck = ron_deck::parse(text).deck?;
        let id = deck.id.clone();
        let name = super::dialog::free_name(name, |name| folder.join(format!("{name}.ron")).exists());
        let path = folder.join(format!("{name}.ron"));
        let written =
            std::fs::create_dir_all(&folder).and_then(|()| file::write(&path, text, Encoding::Utf8));
        if let Err(error) = written {
            self.tell_problem(format!("{} cannot be written ({error}).", path.display()));
            return None;
        }
        self.library.add_deck(LoadedDeck { deck: Arc::new(deck), origin: Origin::File(path) });
        self.after_decks_changed(now);
        Some(id)
    }

    /// The file of a deck that may be changed.
    pub(super) fn own_file(&self, id: &str) -> Option<(PathBuf, Arc<Deck>)> {
        let loaded = self.library.deck(id)?;
        match &loaded.origin {
            Origin::File(path) => Some((path.clone(), loaded.deck.clone())),
            Origin::Shipped(_) => None,
        }
    }

    fn read_deck_file(&mut self, path: &Path) -> Option<(String, Encoding)> {
        match file::read(path) {
            Ok(read) => Some(read),
            Err(ReadError::Io(error)) => {
                self.tell_problem(format!("{} cannot be read: {error}.", path.display()));
                None
            }
            Err(ReadError::NotText(fault)) => {
                self.tell_problem(format!("{}:{fault}.", path.display()));
                None
            }
        }
    }

    /// To be called when the library holds other decks than before.
    pub(in crate::app) fn after_decks_changed(&mut self, now: &Moment) {
        self.figures_are_stale = true;
        self.drop_vanished_cards();
        self.decks.touch();
        self.editor_follows(now);
    }
}
