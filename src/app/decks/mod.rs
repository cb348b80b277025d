//! The Decks screen: the library, a deck's questions, the editor.

mod actions;
pub mod command;
mod confirming;
pub mod dialog;
pub mod editor;
pub mod exporting;
pub mod form;
pub mod importing;
mod lines;
mod mending;
pub mod paste;
mod picture;
pub mod problems;
mod saving;
pub mod table;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use command::{DeckCommand, Pick};
pub use dialog::{Details, Dialog, Purpose};
pub(super) use saving::{Again, Wording};

use crate::app::App;
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use editor::Editor;
use importing::Import;
use problems::Inspection;
use table::{Table, View};

/// What the Decks screen holds.
#[derive(Debug, Default)]
pub struct Decks {
    page: Option<Page>,
    editor: Option<Editor>,
    dialog: Option<Dialog>,
    import: Option<Import>,
    /// A deck's file as it was read a moment ago, for the edit that follows.
    caught_up: Option<saving::FileText>,
}

/// What is shown of one deck file.
#[derive(Debug)]
pub struct Page {
    /// Which.
    pub subject: Subject,
    /// What the table shows.
    pub view: View,
    /// The questions.
    pub table: Table,
    /// Ids of the questions picked.
    pub picked: HashSet<Arc<str>>,
    /// The question that keys act on, by id.
    pub current: Option<Arc<str>>,
    /// What is wrong with the file, and what could be better.
    pub inspection: Inspection,
    /// Whether what could be better is shown.
    pub lints_shown: bool,
    /// Whether the table is of an earlier state.
    is_stale: bool,
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A deck, by id.
    Deck(Arc<str>),
    /// A file that is no deck yet.
    File(PathBuf),
}

impl Decks {
    /// The page shown; `None`: the library.
    pub fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// The editor, while it is open.
    pub fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// The file that is being imported.
    pub fn import(&self) -> Option<&Import> {
        self.import.as_ref()
    }

    /// The dialog, while one is open.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// A question got another key: the editor goes along.
    pub(super) fn rename(&mut self, new_key: &dyn Fn(&CardKey) -> Option<CardKey>) {
        if let Some(editor) = &mut self.editor {
            editor.rename(new_key);
        }
    }

    /// What was read for an edit that was not made is no longer what the file holds.
    pub(super) fn forget_what_was_read(&mut self) {
        self.caught_up = None;
    }

    /// Something changed that the table tells of.
    pub(super) fn touch(&mut self) {
        if let Some(page) = &mut self.page {
            page.is_stale = true;
        }
    }
}

impl Page {
    fn new(subject: Subject) -> Self {
        Self {
            subject,
            view: View::default(),
            table: Table::default(),
            picked: HashSet::new(),
            current: None,
            inspection: Inspection::default(),
            lints_shown: false,
            is_stale: true,
        }
    }

    /// The picked questions of the deck, in its order.
    pub fn picked_in(&self, deck: &Deck) -> Vec<usize> {
        if self.picked.is_empty() {
            return Vec::new();
        }
        (0..deck.questions.len()).filter(|at| self.picked.contains(&deck.questions[*at].id)).collect()
    }

    /// The place of the question that keys act on among those shown.
    pub fn current_row(&self, deck: &Deck) -> Option<usize> {
        let current = self.current.as_ref()?;
        let is_it = |at: &u32| deck.questions.get(*at as usize).is_some_and(|it| it.id == *current);
        self.table.shown().iter().position(is_it)
    }

    fn pick(&mut self, pick: Pick, deck: &Deck) {
        let id_of = |at: &u32| deck.questions.get(*at as usize).map(|it| it.id.clone());
        match pick {
            Pick::Only(id) => {
                self.picked = HashSet::from([id.clone()]);
                self.current = Some(id);
            }
            Pick::Toggle(id) => {
                if !self.picked.remove(&id) {
                    self.picked.insert(id.clone());
                }
                self.current = Some(id);
            }
            Pick::To(id) => {
                let row =
                    |id: &Arc<str>| self.table.shown().iter().position(|at| id_of(at).as_ref() == Some(id));
                let Some(to) = row(&id) else { return };
                let from = self.current.as_ref().and_then(row).unwrap_or(to);
                let range = from.min(to)..=from.max(to);
                self.picked.extend(self.table.shown()[range].iter().filter_map(id_of));
                self.current = Some(id);
            }
            Pick::All => self.picked = self.table.shown().iter().filter_map(id_of).collect(),
            Pick::None => self.picked.clear(),
        }
    }
}

impl App {
    /// What the Decks screen holds.
    pub fn decks(&self) -> &Decks {
        &self.decks
    }

    /// The deck of the page shown, if it is one.
    pub fn page_deck(&self) -> Option<&Arc<Deck>> {
        match &self.decks.page.as_ref()?.subject {
            Subject::Deck(id) => self.library.deck(id).map(|loaded| &loaded.deck),
            Subject::File(_) => None,
        }
    }

    /// The cards of the questions picked.
    pub(super) fn picked_cards(&self) -> Vec<CardKey> {
        let (Some(page), Some(deck)) = (&self.decks.page, self.page_deck()) else { return Vec::new() };
        page.picked_in(deck)
            .into_iter()
            .flat_map(|at| {
                let question = &deck.questions[at];
                question
                    .facets()
                    .into_iter()
                    .map(|facet| CardKey::new(deck.id.clone(), question.id.clone(), facet))
            })
            .collect()
    }
}
