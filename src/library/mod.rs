//! The deck library: the shipped decks and the learner's own.

pub mod file;
mod fingerprint;
mod folders;
pub mod image_lints;
pub mod images;
mod index;
mod index_format;
mod load;
mod parsed_file;
mod watch;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::background::BackgroundTask;
use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::ids::CardKey;
use fingerprint::Fingerprint;

pub use fingerprint::TextHash;
pub use folders::DeckFolders;
pub use index::IndexVersion;
pub use parsed_file::ParsedFile;
pub use watch::LibraryWatcher;

/// The decks that are shipped with the program, as (file name, text).
pub const SHIPPED: [(&str, &str); 2] = [
    ("rok-us-alliance.ron", include_str!("../../decks/rok-us-alliance.ron")),
    ("korean-terms.ron", include_str!("../../decks/korean-terms.ron")),
];

/// All decks that can be studied, and the problems with those that cannot.
#[derive(Clone, Debug, Default)]
pub struct Library {
    decks: Vec<LoadedDeck>,
    problems: Vec<LibraryProblem>,
    card_locations: CardLocations,
    /// Index files of decks whose files have changed or disappeared since progress has followed them.
    changed_since_index: Vec<PathBuf>,
    /// Index files to remove, because their decks are gone.
    stale_index_files: Vec<PathBuf>,
    /// Deck files that have no deck in [`Library::decks`].
    unused_files: HashMap<PathBuf, Arc<ParsedFile>>,
    /// Every folder that was scanned.
    scanned_folders: Vec<PathBuf>,
    /// Added folders that do not exist.
    missing_folders: Vec<PathBuf>,
    /// Counts replaced decks. A library that was loaded in the background has an old count if a deck was
    /// replaced meanwhile.
    replace_count: u64,
}

/// For every card, the index of its deck in [`Library::decks`] and the index of its question in that deck.
pub type CardLocations = HashMap<CardKey, (usize, usize), foldhash::fast::RandomState>;

/// A deck with its origin.
#[derive(Clone, Debug)]
pub struct LoadedDeck {
    /// The deck. Shared with the card that is being shown.
    pub deck: Arc<Deck>,
    /// Inside the program, or a file.
    pub origin: Origin,
    /// State of the file when it was read. `None` if the file must be read every time, because it has errors.
    fingerprint: Option<Fingerprint>,
    /// Hash of the text from which the deck was parsed. `None` for a shipped deck. If the file has errors
    /// now, this is the hash of the last valid text, because the deck of that text stays in use.
    text_hash: Option<TextHash>,
    /// Where the index contains this deck with this fingerprint.
    indexed_as: Option<IndexVersion>,
    /// What parsing the file found last, which is of a later text than the deck if the file has errors now. `None` if
    /// the file was not parsed as a whole, because the deck comes from the index or from an edit.
    parsed: Option<Arc<ParsedFile>>,
}

/// Where a deck came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the program, with this file name.
    Shipped(&'static str),
    /// A file of the learner's.
    File(PathBuf),
}

/// Something that keeps a file, or some of its questions, from being studied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryProblem {
    /// Where the problem is.
    pub origin: Origin,
    /// What the problem is.
    pub kind: LibraryProblemKind,
}

/// What keeps a file, or some of its questions, from being studied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryProblemKind {
    /// The file or folder cannot be read, for this reason.
    Unreadable(String),
    /// An error in the text of the file.
    Diagnostic(Diagnostic),
    /// Another deck has the same id.
    DuplicateId {
        /// The id.
        id: String,
        /// The deck that has the id already.
        first: Origin,
    },
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Shipped(name) => write!(f, "{name} (inside the program)"),
            Origin::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl Origin {
    /// Whether this is a file with this path.
    pub fn is_file(&self, path: &Path) -> bool {
        matches!(self, Origin::File(own) if own == path)
    }
}

impl LibraryProblem {
    /// Whether it is an error in the text of a file, not a problem with its location or its id.
    pub fn is_diagnostic(&self) -> bool {
        matches!(self.kind, LibraryProblemKind::Diagnostic(_))
    }
}

impl LoadedDeck {
    /// Whether the learner can edit it. Only files are editable, shipped decks are not.
    pub fn is_editable(&self) -> bool {
        matches!(self.origin, Origin::File(_))
    }
}

impl Library {
    /// Loads the shipped decks and then all decks in the folder `decks` of a data directory, by name. Without
    /// an index, so everything is parsed.
    pub fn load(data: &Path) -> Self {
        Self::open(&DeckFolders::of_data(data))
    }

    /// All decks in the order in which they are shown.
    pub fn decks(&self) -> &[LoadedDeck] {
        &self.decks
    }

    /// The deck with an id.
    pub fn deck(&self, id: &str) -> Option<&LoadedDeck> {
        self.decks.iter().find(|loaded| *loaded.deck.id == *id)
    }

    /// The folder with the images of a deck. `None` for a shipped deck or an unknown id.
    pub fn image_folder(&self, id: &str) -> Option<&Path> {
        match &self.deck(id)?.origin {
            Origin::File(path) => Some(image_lints::image_folder(path)),
            Origin::Shipped(_) => None,
        }
    }

    /// Adds the deck of a file that was just written. Returns its id, or `None`, and changes nothing, if the file has
    /// no usable deck.
    pub fn add_deck(&mut self, path: PathBuf, parsed: ParsedFile) -> Option<Arc<str>> {
        let (deck, text) = (parsed.deck.clone()?, parsed.text_hash);
        let id = deck.id.clone();
        let origin = Origin::File(path);
        // The watcher may have loaded it already.
        if !self.replace_deck(&origin, deck.clone(), text) {
            let deck_index = self.decks.len();
            self.card_locations.extend(deck.cards().map(|(key, question)| (key, (deck_index, question))));
            self.decks.push(LoadedDeck {
                deck,
                origin,
                fingerprint: Some(Fingerprint::of_text(text)),
                text_hash: Some(text),
                indexed_as: None,
                parsed: Some(Arc::new(parsed)),
            });
            self.replace_count += 1;
        }
        Some(id)
    }

    /// Whether the deck in use for a file was parsed from exactly this text.
    pub fn is_read_from(&self, path: &Path, text: TextHash) -> bool {
        let loaded = self.decks.iter().find(|loaded| loaded.origin.is_file(path));
        loaded.is_some_and(|loaded| loaded.text_hash == Some(text))
    }

    /// All problems.
    pub fn problems(&self) -> &[LibraryProblem] {
        &self.problems
    }

    /// For every card, the index of its deck and of its question in that deck.
    pub fn card_locations(&self) -> &CardLocations {
        &self.card_locations
    }

    /// One sentence about the problems, for the screen. `None` without any.
    pub fn problems_text(&self) -> Option<String> {
        let first = self.problems.first()?;
        let words = match &first.kind {
            LibraryProblemKind::Unreadable(error) => format!("{} cannot be read: {error}.", first.origin),
            LibraryProblemKind::Diagnostic(fault) => format!("{}:{fault}.", first.origin),
            LibraryProblemKind::DuplicateId { id, first: other } => format!(
                "{} is left out: its id “{id}” is that of {other}. Give one of them another id.",
                first.origin
            ),
        };
        Some(match self.problems.len() {
            1 => words,
            more => format!("{words} And {} more: run linchpin check on your decks.", more - 1),
        })
    }

    /// Takes the decks whose files have changed or disappeared since progress has followed them, as they were
    /// then. The next call returns nothing. Decks in a folder that does not exist at the moment are not
    /// included.
    pub fn take_changed_since_index(&mut self) -> Vec<Arc<Deck>> {
        let index_files = std::mem::take(&mut self.changed_since_index);
        let entries = index_files.iter().filter_map(|path| index::read_file(path));
        entries.map(|entry| Arc::new(entry.deck)).collect()
    }

    /// Whether both show the same decks and problems, so that the user need not be informed.
    pub fn looks_the_same_as(&self, other: &Library) -> bool {
        self.decks.len() == other.decks.len()
            && self
                .decks
                .iter()
                .zip(&other.decks)
                .all(|(one, other)| Arc::ptr_eq(&one.deck, &other.deck) && one.origin == other.origin)
            && self.problems == other.problems
    }

    /// Replaces the deck of a file that was just written. Questions that both decks share are not indexed
    /// again. `text` is the hash of the file's text. The id of the deck may have changed to an unused one.
    /// Returns `false`, and changes nothing, if another deck has this id or there is no deck with this
    /// origin.
    pub fn replace_deck(&mut self, origin: &Origin, deck: Arc<Deck>, text: TextHash) -> bool {
        let Some(deck_index) = self.decks.iter().position(|loaded| loaded.origin == *origin) else {
            return false;
        };
        if self
            .decks
            .iter()
            .enumerate()
            .any(|(other, loaded)| other != deck_index && loaded.deck.id == deck.id)
        {
            return false;
        }
        let old = std::mem::replace(&mut self.decks[deck_index].deck, deck);
        // Errors elsewhere in the file still exist. Without a fingerprint they are looked for again when the
        // file is read the next time.
        let has_problems = self.problems.iter().any(|problem| problem.origin == *origin);
        self.decks[deck_index].text_hash = Some(text);
        self.decks[deck_index].fingerprint = (!has_problems).then(|| Fingerprint::of_text(text));
        self.decks[deck_index].indexed_as = None;
        self.decks[deck_index].parsed = None;
        self.replace_count += 1;
        self.update_card_locations(deck_index, &old);
        true
    }

    /// Updates the question index after the deck at `deck_index` has replaced `old`.
    fn update_card_locations(&mut self, deck_index: usize, old: &Deck) {
        let new = self.decks[deck_index].deck.clone();
        let is_same = |index: usize| {
            old.id == new.id
                && matches!((old.questions.get(index), new.questions.get(index)),
                    (Some(old), Some(new)) if Arc::ptr_eq(old, new))
        };
        // Remove all old keys first, because a key may have moved to the position of another one.
        for (_, question) in old.questions.iter().enumerate().filter(|(index, _)| !is_same(*index)) {
            for facet in question.each_facet() {
                self.card_locations.remove(&CardKey::new(old.id.clone(), question.id.clone(), facet));
            }
        }
        for (index, question) in new.questions.iter().enumerate().filter(|(index, _)| !is_same(*index)) {
            for facet in question.each_facet() {
                let key = CardKey::new(new.id.clone(), question.id.clone(), facet);
                self.card_locations.insert(key, (deck_index, index));
            }
        }
    }

    /// Starts writing to the index what has changed, on a background thread and after `previous` has
    /// finished. Write [`IndexVersion::Followed`] only when the result of [`Library::take_changed_since_index`] has
    /// been processed, because the index forgets it then. Returns the task, which is waited for when it is dropped,
    /// or `None` if there is none.
    pub fn write_index(
        &mut self,
        cache: &Path,
        version: IndexVersion,
        previous: Option<BackgroundTask<()>>,
    ) -> Option<BackgroundTask<()>> {
        let mut tasks: Vec<index::IndexTask> = match version {
            IndexVersion::Followed => std::mem::take(&mut self.stale_index_files)
                .into_iter()
                .map(index::IndexTask::Remove)
                .collect(),
            IndexVersion::Later => Vec::new(),
        };
        for loaded in &mut self.decks {
            let Origin::File(path) = &loaded.origin else { continue };
            let is_indexed =
                loaded.indexed_as == Some(IndexVersion::Followed) || loaded.indexed_as == Some(version);
            let Some(fingerprint) = loaded.fingerprint.filter(|_| !is_indexed) else { continue };
            loaded.indexed_as = Some(version);
            tasks.push(index::IndexTask::Write {
                path: path.clone(),
                version,
                fingerprint,
                deck: loaded.deck.clone(),
            });
        }
        if tasks.is_empty() { previous } else { Some(index::spawn_tasks(cache.to_owned(), tasks, previous)) }
    }
}
