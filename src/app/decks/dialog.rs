//! Small forms of the Decks screen.

use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::formats::import::{ImportAs, slug, unique_name};

/// What a file or folder is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// A file to import.
    Import,
    /// A folder with decks.
    Folder,
    /// A picture for the question being written.
    Image,
}

/// An open dialog, with what was entered so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// A deck to begin.
    NewDeck {
        /// Its title.
        title: String,
    },
    /// A list to make questions of.
    Paste {
        /// A line a question.
        text: String,
        /// The kind of their answers.
        target: ImportAs,
    },
    /// What the deck is about.
    Details(DeckDetails),
    /// A picture from elsewhere, to be copied beside the deck.
    CopyImage {
        /// Where it lies now.
        file: PathBuf,
        /// What it will be called there.
        name: String,
    },
    /// A file or folder to be named, where the system has no dialog for it.
    Path {
        /// What it is for.
        purpose: PathPurpose,
        /// As typed.
        path: String,
    },
    /// Progress that may go along to a copy.
    CarryProgress {
        /// The id of the deck that was copied.
        from: Arc<str>,
        /// The id of the copy.
        to: Arc<str>,
        /// Questions with progress.
        questions: usize,
    },
    /// The editor holds something that is not saved.
    Unsaved,
}

/// The head of a deck file, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeckDetails {
    /// The deck's title.
    pub title: String,
    /// A sentence on it.
    pub description: String,
    /// Keys (empty for a new topic) and names.
    pub topics: Vec<(String, String)>,
    /// Keys of topics that questions have: they stay.
    pub used_topics: Vec<String>,
}

impl DeckDetails {
    /// The details of a deck.
    pub fn of(deck: &Deck) -> Self {
        let used = |key: &String| deck.questions.iter().any(|question| question.topic == *key);
        Self {
            title: deck.title.clone(),
            description: deck.description.clone().unwrap_or_default(),
            topics: deck.topics.iter().map(|(key, name)| (key.clone(), name.clone())).collect(),
            used_topics: deck.topics.keys().filter(|key| used(key)).cloned().collect(),
        }
    }

    /// The topics as the file will have them: new ones with a key made of their name, empty ones left out.
    pub fn topics(&self) -> IndexMap<String, String> {
        let mut topics = IndexMap::new();
        for (key, name) in &self.topics {
            let name = name.trim();
            if !key.is_empty() && (self.used_topics.contains(key) || !name.is_empty()) {
                topics.insert(key.clone(), if name.is_empty() { key.clone() } else { name.to_owned() });
            }
        }
        for (_, name) in self.topics.iter().filter(|(key, name)| key.is_empty() && !name.trim().is_empty()) {
            let key = unique_name(&slug_or(name, "topic"), |key| topics.contains_key(key)).into_owned();
            topics.insert(key, name.trim().to_owned());
        }
        topics
    }
}

/// A title as a name for ids and files; `otherwise` where nothing is left of it.
pub(super) fn slug_or(title: &str, otherwise: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { otherwise.to_owned() } else { slug }
}
