//! Deck folders: the decks inside the program and the learner's own.

pub mod file;
pub mod picture_lints;
pub mod pictures;
mod watch;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::domain::ids::CardKey;
use crate::formats::ron_deck;

pub use watch::Watch;

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
    questions: HashMap<CardKey, (usize, usize)>,
}

/// A deck and where it came from.
#[derive(Clone, Debug)]
pub struct LoadedDeck {
    /// The deck; shared with the card that is being asked.
    pub deck: Arc<Deck>,
    /// Inside the program, or a file.
    pub origin: Origin,
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
    Fault(Diagnostic),
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

impl Library {
    /// The shipped decks, then `*.ron` in the folder `decks` of the data directory, by name.
    pub fn load(data: &Path) -> Self {
        Self::load_again(data, &[])
    }

    /// The same; a file that has faults now keeps the version that `before` holds of it.
    pub fn load_again(data: &Path, before: &[LoadedDeck]) -> Self {
        let mut library = Self::default();
        for (name, text) in SHIPPED {
            library.add_text(Origin::Shipped(name), text, before);
        }
        let folder = data.join("decks");
        let mut files: Vec<PathBuf> = match std::fs::read_dir(&folder) {
            Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
            Err(error) => {
                if error.kind() != std::io::ErrorKind::NotFound {
                    library.add_unreadable(folder, &error);
                }
                Vec::new()
            }
        };
        files.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
        files.sort();
        for path in files {
            match file::read(&path) {
                Ok((text, _)) => library.add_text(Origin::File(path), &text, before),
                Err(file::ReadError::NotText(fault)) => library
                    .problems
                    .push(Problem { origin: Origin::File(path), kind: ProblemKind::Fault(*fault) }),
                Err(file::ReadError::Io(error)) => library.add_unreadable(path, &error),
            }
        }
        library
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
    pub fn picture_folder(&self, id: &str) -> Option<&Path> {
        match &self.deck(id)?.origin {
            Origin::File(path) => Some(picture_lints::folder_of(path)),
            Origin::Shipped(_) => None,
        }
    }

    /// Puts another version of a deck in the place of the one of that origin, after it was changed here.
    pub fn replace_deck(&mut self, origin: &Origin, deck: Arc<Deck>) {
        let Some(at) = self.decks.iter().position(|loaded| loaded.origin == *origin) else { return };
        self.questions.retain(|_, (of, _)| *of != at);
        self.questions.extend(deck.cards().map(|(key, question)| (key, (at, question))));
        self.decks[at].deck = deck;
    }

    /// Adds a deck that was written a moment ago.
    pub fn add_deck(&mut self, loaded: LoadedDeck) {
        let at = self.decks.len();
        self.questions.extend(loaded.deck.cards().map(|(key, question)| (key, (at, question))));
        self.decks.push(loaded);
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// For every card the index of its deck, and of its question in that deck.
    pub fn questions(&self) -> &HashMap<CardKey, (usize, usize)> {
        &self.questions
    }

    /// One sentence on the problems; `None` without any.
    pub fn problems_in_words(&self) -> Option<String> {
        let first = self.problems.first()?;
        let words = match &first.kind {
            ProblemKind::Unreadable(error) => format!("{} cannot be read: {error}.", first.origin),
            ProblemKind::Fault(fault) => format!("{}:{fault}.", first.origin),
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

    fn add_text(&mut self, origin: Origin, text: &str, before: &[LoadedDeck]) {
        let parsed = ron_deck::parse(text);
        let faults: Vec<Diagnostic> =
            parsed.diagnostics.into_iter().filter(|fault| fault.severity == Severity::Error).collect();
        // In the middle of an edit half a deck may be missing: what was sound stays in use until the file is again.
        let sound = before.iter().find(|loaded| !faults.is_empty() && loaded.origin == origin);
        let deck = sound.map(|loaded| loaded.deck.clone()).or(parsed.deck.map(Arc::new));
        self.problems.extend(
            faults
                .into_iter()
                .map(|fault| Problem { origin: origin.clone(), kind: ProblemKind::Fault(fault) }),
        );
        let Some(deck) = deck else { return };
        if let Some(first) = self.deck(&deck.id) {
            let (id, first) = (deck.id.to_string(), first.origin.clone());
            self.problems.push(Problem { origin, kind: ProblemKind::SameId { id, first } });
            return;
        }
        let at = self.decks.len();
        self.questions.extend(deck.cards().map(|(key, question)| (key, (at, question))));
        self.decks.push(LoadedDeck { deck, origin });
    }

    fn add_unreadable(&mut self, path: PathBuf, error: &std::io::Error) {
        self.problems
            .push(Problem { origin: Origin::File(path), kind: ProblemKind::Unreadable(error.to_string()) });
    }
}
