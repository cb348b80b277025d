//! Dialogs of the Decks screen.

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
    /// An image for the question in the editor.
    Image,
}

/// An open dialog with its input.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// A new deck.
    NewDeck {
        /// The title.
        title: String,
    },
    /// A pasted list that becomes questions.
    Paste {
        /// One question per line.
        text: String,
        /// The answer kind of the questions.
        target: ImportAs,
    },
    /// Title, description and topics of the deck.
    Details(DeckDetails),
    /// An image from another folder, to be copied next to the deck.
    CopyImage {
        /// The original file.
        file: PathBuf,
        /// The file name of the copy.
        name: String,
    },
    /// A path to type, where the system has no file dialog.
    Path {
        /// What the path is for.
        purpose: PathPurpose,
        /// The path as typed.
        path: String,
    },
    /// Progress that may move to a copied deck.
    CarryProgress {
        /// The id of the original deck.
        from: Arc<str>,
        /// The id of the copy.
        to: Arc<str>,
        /// Number of questions with progress.
        questions: usize,
    },
    /// The editor has unsaved changes.
    Unsaved,
}

/// The header of a deck file, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeckDetails {
    /// The deck's title.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Key and name of each topic; the key of a new topic is empty.
    pub topics: Vec<(String, String)>,
    /// Keys of topics that questions use; they cannot be removed.
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

    /// The topics as they will be written: new ones get a key made from their name, empty ones are left out.
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

/// A title as a slug for ids and file names; `fallback` if the slug would be empty.
pub(super) fn slug_or(title: &str, fallback: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { fallback.to_owned() } else { slug }
}
