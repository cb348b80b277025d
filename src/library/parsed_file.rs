//! What parsing a deck file found. The library keeps it, so that no text is parsed twice.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{Library, TextHash};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::domain::question::Question;
use crate::formats::ron_deck;

/// The deck and the diagnostics of one text. The text itself is not kept.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// Hash of the text.
    pub text_hash: TextHash,
    /// The valid part of the deck; `None` if nothing can be used.
    pub deck: Option<Arc<Deck>>,
    /// Errors and lints of the text, in the order of the file. Those of image files are not included, because these
    /// can change without the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl ParsedFile {
    /// Parses a text.
    pub fn parse(text: &str) -> Self {
        Self::parse_sharing(text, TextHash::of(text), None)
    }

    /// Like [`ParsedFile::parse`], with the hash of the text. Questions that `old` has too are taken from there.
    pub(super) fn parse_sharing(text: &str, text_hash: TextHash, old: Option<&Deck>) -> Self {
        let parsed = ron_deck::parse(text);
        let deck = parsed.deck.map(|deck| match old {
            Some(old) => share_equal_questions(deck, old),
            None => deck,
        });
        Self { text_hash, deck: deck.map(Arc::new), diagnostics: parsed.diagnostics }
    }

    /// The diagnostics that keep questions from being used.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl Library {
    /// What parsing this text of a deck file gives. It is parsed only if the library has not done that already, as
    /// when the deck comes from the index, and kept until the text changes.
    pub fn parse_once(&mut self, path: &Path, text: &str) -> Arc<ParsedFile> {
        let text_hash = TextHash::of(text);
        let loaded = self.decks.iter_mut().find(|loaded| loaded.origin.is_file(path));
        let known = match &loaded {
            Some(loaded) => loaded.parsed.as_ref(),
            None => self.unused_files.get(path),
        };
        if let Some(known) = known.filter(|known| known.text_hash == text_hash) {
            return known.clone();
        }
        let old = loaded.as_ref().map(|loaded| &*loaded.deck);
        let mut parsed = ParsedFile::parse_sharing(text, text_hash, old);
        match loaded {
            Some(loaded) => {
                if loaded.text_hash == Some(text_hash) {
                    // The same, and in memory already.
                    parsed.deck = Some(loaded.deck.clone());
                }
                loaded.parsed.insert(Arc::new(parsed)).clone()
            }
            None => {
                let parsed = Arc::new(parsed);
                self.unused_files.insert(path.to_owned(), parsed.clone());
                parsed
            }
        }
    }
}

/// Replaces questions of `deck` by equal ones of `old`. So each question is in memory only once, and unchanged
/// questions can be recognised by their address.
fn share_equal_questions(mut deck: Deck, old: &Deck) -> Deck {
    let by_id: HashMap<&str, &Arc<Question>> =
        old.questions.iter().map(|question| (&*question.id, question)).collect();
    for question in Arc::make_mut(&mut deck.questions) {
        if let Some(old) = by_id.get(&*question.id)
            && ***old == **question
        {
            *question = (*old).clone();
        }
    }
    deck
}
