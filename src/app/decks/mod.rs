//! The Decks screen: the library, a deck's questions, the editor, imports.

mod actions;
pub mod command;
mod confirming;
pub mod dialog;
pub mod editor;
pub mod exporting;
mod fixing;
pub mod form;
mod image;
pub mod importing;
pub mod inspection;
pub mod paste;
pub mod table;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use command::{DeckCommand, SelectionChange, menu};
pub use dialog::{DeckDetails, Dialog, PathPurpose};

use super::core::Core;
use super::core::deck_folders;
use super::screen::Screen;
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::text;
use editor::Editor;
use importing::DeckImport;
use inspection::Inspection;
use table::{QuestionTable, QuestionTableView};

/// The state of the Decks screen.
#[derive(Debug, Default)]
pub struct Decks {
    page: Option<DeckPage>,
    editor: Option<Editor>,
    dialog: Option<Dialog>,
    import: Option<DeckImport>,
}

/// The page of one deck file.
#[derive(Debug)]
pub struct DeckPage {
    /// The deck or file of the page.
    pub subject: PageSubject,
    /// Filter and order of the table.
    pub view: QuestionTableView,
    /// The questions.
    pub table: QuestionTable,
    /// Ids of the selected questions.
    pub selected: HashSet<Arc<str>>,
    /// The id of the question that has the keyboard cursor.
    pub current: Option<Arc<str>>,
    /// Errors and lints of the file.
    pub inspection: Inspection,
    /// Whether lints are shown.
    pub lints_shown: bool,
    /// Whether the table is out of date.
    is_stale: bool,
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageSubject {
    /// A deck, by id.
    Deck(Arc<str>),
    /// A file that cannot be read as a deck.
    File(PathBuf),
}

impl Decks {
    /// The page on screen; `None` if the library is shown.
    pub fn page(&self) -> Option<&DeckPage> {
        self.page.as_ref()
    }

    /// The editor, if it is open.
    pub fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// The running import, if there is one.
    pub fn import(&self) -> Option<&DeckImport> {
        self.import.as_ref()
    }

    /// The dialog, if one is open.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// Marks the table as out of date.
    pub(super) fn invalidate(&mut self) {
        if let Some(page) = &mut self.page {
            page.is_stale = true;
        }
    }
}

impl DeckPage {
    fn new(subject: PageSubject) -> Self {
        Self {
            subject,
            view: QuestionTableView::default(),
            table: QuestionTable::default(),
            selected: HashSet::new(),
            current: None,
            inspection: Inspection::default(),
            lints_shown: false,
            is_stale: true,
        }
    }

    /// Shows the questions of this search and filter, in this order.
    fn set_view(&mut self, view: QuestionTableView, deck: &Deck) {
        self.view = view;
        self.table.apply_view(deck, &self.view);
        // Questions that the filter hides must not be changed. Only selected questions are looked up, because one
        // key of a search may show a hundred thousand.
        if !self.selected.is_empty() {
            let shown = self.table.visible().iter().map(|at| &deck.questions[*at as usize].id);
            self.selected = shown.filter(|id| self.selected.contains(*id)).cloned().collect();
        }
    }

    /// Indices of the selected questions, in the deck's order.
    pub fn selected_in(&self, deck: &Deck) -> Vec<usize> {
        if self.selected.is_empty() {
            return Vec::new();
        }
        (0..deck.questions.len()).filter(|at| self.selected.contains(&deck.questions[*at].id)).collect()
    }

    /// The position of the keyboard cursor among the visible rows.
    pub fn current_row(&self, deck: &Deck) -> Option<usize> {
        let current = self.current.as_ref()?;
        let is_it = |at: &u32| deck.questions.get(*at as usize).is_some_and(|it| it.id == *current);
        self.table.visible().iter().position(is_it)
    }

    fn select(&mut self, change: SelectionChange, deck: &Deck) {
        let id_of = |at: &u32| deck.questions.get(*at as usize).map(|it| it.id.clone());
        match change {
            SelectionChange::Only(id) => {
                self.selected = HashSet::from([id.clone()]);
                self.current = Some(id);
            }
            SelectionChange::Toggle(id) => {
                if !self.selected.remove(&id) {
                    self.selected.insert(id.clone());
                }
                self.current = Some(id);
            }
            SelectionChange::To(id) => {
                let row =
                    |id: &Arc<str>| self.table.visible().iter().position(|at| id_of(at).as_ref() == Some(id));
                let Some(to) = row(&id) else { return };
                let from = self.current.as_ref().and_then(row).unwrap_or(to);
                let range = from.min(to)..=from.max(to);
                self.selected.extend(self.table.visible()[range].iter().filter_map(id_of));
                self.current = Some(id);
            }
            SelectionChange::All => self.selected = self.table.visible().iter().filter_map(id_of).collect(),
            SelectionChange::None => self.selected.clear(),
        }
    }
}

impl Decks {
    /// The deck of the page; `None` if a library or an unreadable file is shown.
    pub fn page_deck<'a>(&self, core: &'a Core) -> Option<&'a Arc<Deck>> {
        match &self.page.as_ref()?.subject {
            PageSubject::Deck(id) => core.library.deck(id).map(|loaded| &loaded.deck),
            PageSubject::File(_) => None,
        }
    }

    /// The cards of the selected questions.
    pub(super) fn selected_cards(&self, core: &Core) -> Vec<CardKey> {
        let (Some(page), Some(deck)) = (&self.page, self.page_deck(core)) else { return Vec::new() };
        page.selected_in(deck)
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

impl Decks {
    /// Starts an import.
    pub(super) fn begin_import(&mut self, core: &mut Core, path: PathBuf) {
        core.screen = Screen::Decks;
        self.cancel_import();
        self.import = Some(DeckImport::begin(path, core.repaint.clone()));
    }

    /// Ends the import, if there is one.
    pub(super) fn cancel_import(&mut self) {
        if let Some(import) = self.import.take() {
            import.cancel();
        }
    }

    /// Starts writing the imported deck.
    pub(super) fn finish_import(&mut self, core: &mut Core) {
        if let Some(import) = &mut self.import {
            import.write(deck_folders(&core.dirs, &core.settings));
        }
    }

    /// Collects the results of an import, and opens the deck once it is written.
    pub(super) fn poll(&mut self, core: &mut Core, in_session: bool) {
        let Some(written) = self.import.as_mut().and_then(DeckImport::poll) else { return };
        self.import = None;
        match core.load_new_file(&written.path) {
            Some(id) => {
                // A session that was started meanwhile continues.
                if !in_session {
                    self.open_page(core, PageSubject::Deck(id));
                }
                core.notify(text::decks::imported(written.questions, &written.title));
            }
            None => core.notify_error(text::decks::imported_unreadable(written.path.display())),
        }
    }
}
