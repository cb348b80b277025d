//! Changing deck files: read, changed in the one place that is meant, written beside and renamed; undone the same way.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::App;
use crate::app::undo::{Deed, FileEdit};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::{Change, EventId, Given};
use crate::domain::ids::CardKey;
use crate::formats::import::unlike;
use crate::formats::ron_deck;
use crate::formats::ron_deck::edit::{self, Edit, EditError};
use crate::library::Origin;
use crate::library::file::{self, Encoding, ReadError};

/// What was done to a deck, for the notice and the undo log.
pub(in crate::app) struct Wording {
    /// To go after "Undone: ".
    pub(in crate::app) undo: String,
}

impl App {
    /// Changes a deck's file by what `make` finds to change in its text, and loads the deck as it is then.
    /// `events` are written with it and undone with it. Whether it went well; if not, nothing was changed and the
    /// learner is told why.
    pub(in crate::app) fn edit_deck(
        &mut self,
        id: &str,
        words: Wording,
        make: impl Fn(&str, &Deck) -> Result<Edit, EditError>,
        events: Vec<(CardKey, Change, Option<Given>)>,
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
        let mut cards: Vec<CardKey> = Vec::with_capacity(events.len());
        for (card, change, _) in &events {
            cards.push(card.clone());
            cards.extend(change.other_card().cloned());
        }
        let inverse = edit.inverse(&text);
        let Some(ids) = self.write_edit(&path, &deck, &text, encoding, &edit, events, now) else {
            return false;
        };
        let file = FileEdit { path, undo: inverse, redo: edit };
        self.undo.did(Deed::Edit { words: words.undo, file, events: ids, cards });
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
        let has_faults = self.library.problems().iter().any(|problem| problem.origin.is_file(&file.path));
        let Some(deck) = loaded.map(|loaded| loaded.deck.clone()).filter(|_| !has_faults) else {
            // A file with faults is read anew as a whole.
            if let Err(error) = file::write(&file.path, &edit.apply(&text), encoding) {
                self.tell_problem(format!("{} cannot be written ({error}).", file.path.display()));
                return false;
            }
            self.reload_decks(now);
            return true;
        };
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
        events: Vec<(CardKey, Change, Option<Given>)>,
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
        let ids = if events.is_empty() {
            Vec::new()
        } else {
            match self.commit(now.stamp, &events) {
                Ok(ids) => events.iter().map(|(card, ..)| card.clone()).zip(ids).collect(),
                Err(error) => {
                    // The file is as it was asked for; what goes with it is told.
                    self.tell_problem(error.to_string());
                    Vec::new()
                }
            }
        };
        self.library.replace_deck(&Origin::File(path.to_owned()), Arc::new(new_deck), &new_text);
        // The session follows progress that moved, and only then loses what is gone.
        let moved: HashMap<CardKey, CardKey> = events
            .iter()
            .filter_map(|(card, change, _)| match change {
                Change::Rekey { to } => Some((card.clone(), (**to).clone())),
                _ => None,
            })
            .collect();
        self.rename(&|card| moved.get(card).cloned());
        self.after_decks_changed(now);
        Some(ids)
    }

    /// Writes a new deck file among one's own and loads it; its id. Never over a file that is there.
    pub(super) fn write_new_deck(&mut self, name: &str, text: &str, now: &Moment) -> Option<Arc<str>> {
        let folder = self.dirs.decks();
        let deck = ron_deck::parse(text).deck?;
        let id = deck.id.clone();
        let is_there = |name: &str| folder.join(format!("{name}.ron")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.ron", unlike(name, is_there)));
        let written =
            std::fs::create_dir_all(&folder).and_then(|()| file::create(&path, text, Encoding::Utf8));
        let why = match written {
            Ok(true) => {
                self.library.add_deck(path, Arc::new(deck), text);
                self.after_decks_changed(now);
                return Some(id);
            }
            Ok(false) => "another program made a file of that name just now".to_owned(),
            Err(error) => error.to_string(),
        };
        self.tell_problem(format!("{} cannot be written: {why}.", path.display()));
        None
    }

    /// Loads a deck file that was written a moment ago; its id.
    pub(super) fn load_new_file(&mut self, path: &Path, now: &Moment) -> Option<Arc<str>> {
        let (text, _) = self.read_deck_file(path)?;
        let deck = ron_deck::parse(&text).deck?;
        let id = deck.id.clone();
        self.library.add_deck(path.to_owned(), Arc::new(deck), &text);
        self.after_decks_changed(now);
        Some(id)
    }

    /// The file of a deck that may be changed.
    pub(in crate::app) fn own_file(&self, id: &str) -> Option<(PathBuf, Arc<Deck>)> {
        let loaded = self.library.deck(id)?;
        match &loaded.origin {
            Origin::File(path) => Some((path.clone(), loaded.deck.clone())),
            Origin::Shipped(_) => None,
        }
    }

    pub(super) fn read_deck_file(&mut self, path: &Path) -> Option<(String, Encoding)> {
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
