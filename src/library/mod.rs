//! Deck folders: the decks inside the program and the learner's own.

pub mod file;
mod fingerprint;
mod folders;
pub mod image_lints;
pub mod images;
mod index;
mod load;
mod watch;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::ids::CardKey;
use fingerprint::Fingerprint;

pub use fingerprint::TextHash;
pub use folders::Folders;
pub use watch::LibraryWatcher;

/// The decks inside the program: name and text.
pub const SHIPPED: [(&str, &str); 2] = [
    ("rok-us-alliance.ron", include_str!("../../decks/rok-us-alliance.ron")),
    ("korean-terms.ron", include_str!("../../decks/korean-terms.ron")),
];

/// Every deck that can be studied, and what is wrong with those that cannot.
#[derive(Clone, Debug, Default)]
pub struct Library {
    decks: Vec<LoadedDeck>,
    problems: Vec<Problem>,
    questions: QuestionIndex,
    /// Decks of the index whose file has changed since, or is gone.
    changed_since_index: Vec<Arc<Deck>>,
    /// Files of the index to be removed, their decks being gone.
    stale_index_files: Vec<PathBuf>,
    /// Every folder that was looked into.
    scanned_folders: Vec<PathBuf>,
    /// Added folders that are not there.
    missing_folders: Vec<PathBuf>,
    /// Counts what was replaced: a library that is loaded meanwhile does not know of it.
    replace_count: u64,
}

/// For every card the index of its deck, and of its question in that deck.
pub type QuestionIndex = HashMap<CardKey, (usize, usize), foldhash::fast::RandomState>;

/// A deck and where it came from.
#[derive(Clone, Debug)]
pub struct LoadedDeck {
    /// The deck; shared with the card that is being asked.
    pub deck: Arc<Deck>,
    /// Inside the program, or a file.
    pub origin: Origin,
    /// What the file was like; `None` where it has to be read again every time, having faults.
    fingerprint: Option<Fingerprint>,
    /// The text that the deck was read from; `None` inside the program. A file with faults has another one now, where
    /// the last sound version stays in use.
    text_hash: Option<TextHash>,
    /// Whether the index holds just this.
    is_indexed: bool,
}

/// Where a deck came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Inside the program, by file name.
    Shipped(&'static str),
    /// A file of the learner's.
    File(PathBuf),
}

/// Something that keeps a file, or some of its questions, from being studied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub origin: Origin,
    /// What.
    pub kind: ProblemKind,
}

/// What keeps a file, or some of its questions, from being studied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file or folder cannot be read.
    Unreadable(String),
    /// A fault in the file.
    Diagnostic(Diagnostic),
    /// Another deck has the same id.
    SameId {
        /// The id.
        id: String,
        /// The deck that has it.
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
    /// Whether it is that file.
    pub fn is_file(&self, path: &Path) -> bool {
        matches!(self, Origin::File(own) if own == path)
    }
}

impl Problem {
    /// Whether it is a fault in a file, rather than in where it is or in its id.
    pub fn is_diagnostic(&self) -> bool {
        matches!(self.kind, ProblemKind::Diagnostic(_))
    }
}

impl LoadedDeck {
    /// Whether it is a file of the learner's, which may be edited; shipped decks are not.
    pub fn is_editable(&self) -> bool {
        matches!(self.origin, Origin::File(_))
    }
}

impl Library {
    /// The shipped decks, then `*.ron` in the folder `decks` of the data directory, by name; all of them parsed.
    pub fn load(data: &Path) -> Self {
        Self::open(&Folders::of_data(data))
    }

    /// Decks in the order shown.
    pub fn decks(&self) -> &[LoadedDeck] {
        &self.decks
    }

    /// The deck of an id.
    pub fn deck(&self, id: &str) -> Option<&LoadedDeck> {
        self.decks.iter().find(|loaded| *loaded.deck.id == *id)
    }

    /// The folder that the pictures of a deck, by id, lie in; `None` for one inside the program.
    pub fn image_folder(&self, id: &str) -> Option<&Path> {
        match &self.deck(id)?.origin {
            Origin::File(path) => Some(image_lints::image_folder(path)),
            Origin::Shipped(_) => None,
        }
    }

    /// Adds a deck whose file was written a moment ago; `text` is what that holds.
    pub fn add_deck(&mut self, path: PathBuf, deck: Arc<Deck>, text: TextHash) {
        let origin = Origin::File(path);
        // The watch may have been faster.
        if self.replace_deck(&origin, deck.clone(), text) {
            return;
        }
        let at = self.decks.len();
        self.questions.extend(deck.cards().map(|(key, question)| (key, (at, question))));
        self.decks.push(LoadedDeck {
            deck,
            origin,
            fingerprint: Some(Fingerprint::of_text(text)),
            text_hash: Some(text),
            is_indexed: false,
        });
        self.replace_count += 1;
    }

    /// Whether the deck in use of a file was read from just this text.
    pub fn is_read_from(&self, path: &Path, text: TextHash) -> bool {
        let loaded = self.decks.iter().find(|loaded| loaded.origin.is_file(path));
        loaded.is_some_and(|loaded| loaded.text_hash == Some(text))
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// For every card the index of its deck, and of its question in that deck.
    pub fn questions(&self) -> &QuestionIndex {
        &self.questions
    }

    /// One sentence on the problems; `None` without any.
    pub fn problems_in_words(&self) -> Option<String> {
        let first = self.problems.first()?;
        let words = match &first.kind {
            ProblemKind::Unreadable(error) => format!("{} cannot be read: {error}.", first.origin),
            ProblemKind::Diagnostic(fault) => format!("{}:{fault}.", first.origin),
            ProblemKind::SameId { id, first: other } => format!(
                "{} is left out: its id “{id}” is that of {other}. Give one of them another id.",
                first.origin
            ),
        };
        Some(match self.problems.len() {
            1 => words,
            more => format!("{words} And {} more: run linchpin check on your decks.", more - 1),
        })
    }

    /// Once: the decks whose files were changed or removed since the index was written, as they were then. Decks of
    /// a folder that is not there are not among them.
    pub fn take_changed_since_index(&mut self) -> Vec<Arc<Deck>> {
        std::mem::take(&mut self.changed_since_index)
    }

    /// Whether both have the same decks and problems, so that there is nothing to tell.
    pub fn looks_the_same_as(&self, other: &Library) -> bool {
        self.decks.len() == other.decks.len()
            && self
                .decks
                .iter()
                .zip(&other.decks)
                .all(|(one, other)| Arc::ptr_eq(&one.deck, &other.deck) && one.origin == other.origin)
            && self.problems == other.problems
    }

    /// Puts a deck that was just written to its file in the place of the one before, and does no more for questions
    /// that both share than it must. `text` is what the file now holds. The deck's id may have changed to one that
    /// no other deck has; `false`, and nothing is done, when it is another's or there is no deck of that origin.
    pub fn replace_deck(&mut self, origin: &Origin, deck: Arc<Deck>, text: TextHash) -> bool {
        let Some(at) = self.decks.iter().position(|loaded| loaded.origin == *origin) else { return false };
        if self.decks.iter().enumerate().any(|(other, loaded)| other != at && loaded.deck.id == deck.id) {
            return false;
        }
        let old = std::mem::replace(&mut self.decks[at].deck, deck);
        // Faults elsewhere in the file are still there, and are looked for again with the next reading.
        let has_faults = self.problems.iter().any(|problem| problem.origin == *origin);
        self.decks[at].text_hash = Some(text);
        self.decks[at].fingerprint = (!has_faults).then(|| Fingerprint::of_text(text));
        self.decks[at].is_indexed = false;
        self.replace_count += 1;
        self.update_question_index(at, &old);
        true
    }

    /// Brings the map up to date with the deck at an index, where `old` was before.
    fn update_question_index(&mut self, at: usize, old: &Deck) {
        let new = self.decks[at].deck.clone();
        let is_same = |index: usize| {
            old.id == new.id
                && matches!((old.questions.get(index), new.questions.get(index)),
                    (Some(old), Some(new)) if Arc::ptr_eq(old, new))
        };
        // All of the old first: a key may have moved to where another one was.
        for (_, question) in old.questions.iter().enumerate().filter(|(index, _)| !is_same(*index)) {
            for facet in question.each_facet() {
                self.questions.remove(&CardKey::new(old.id.clone(), question.id.clone(), facet));
            }
        }
        for (index, question) in new.questions.iter().enumerate().filter(|(index, _)| !is_same(*index)) {
            for facet in question.each_facet() {
                let key = CardKey::new(new.id.clone(), question.id.clone(), facet);
                self.questions.insert(key, (at, index));
            }
        }
    }

    /// Begins to write what the index does not hold yet, on a thread of its own and after `previous`; call it when
    /// what [`Library::take_changed_since_index`] gave has been dealt with, because the index forgets it now. `None`: there is
    /// nothing to write.
    pub fn write_index(&mut self, cache: &Path, previous: Option<JoinHandle<()>>) -> Option<JoinHandle<()>> {
        let mut tasks: Vec<index::IndexTask> =
            std::mem::take(&mut self.stale_index_files).into_iter().map(index::IndexTask::Remove).collect();
        for loaded in &mut self.decks {
            let Origin::File(path) = &loaded.origin else { continue };
            let Some(fingerprint) = loaded.fingerprint.filter(|_| !loaded.is_indexed) else { continue };
            loaded.is_indexed = true;
            tasks.push(index::IndexTask::Write {
                path: path.clone(),
                fingerprint,
                deck: loaded.deck.clone(),
            });
        }
        if tasks.is_empty() { previous } else { Some(index::spawn_tasks(cache.to_owned(), tasks, previous)) }
    }
}
