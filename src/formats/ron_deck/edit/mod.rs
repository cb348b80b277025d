//! Changes of a deck's text that leave alone what they do not speak of: comments, order and layout
//! outside of the change stay byte for byte.
//!
//! Every change works on the places that the parser noted ([`Deck::places`]) and reads no more of the text
//! than it must, so that one question of a hundred thousand is changed at once.

mod accept;
mod alone;
mod applied;
mod difference;
mod entries;
mod header;
mod layout;
mod neighbours;
mod questions;
mod several;
mod slot;
mod whole;

use std::ops::Range;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;

pub use accept::{Blank, add_accepted};
pub use alone::{check_question, read_question};
pub use applied::applied;
pub use header::{set_description, set_id, set_title, set_topics};
pub use questions::{insert_questions, move_question, pin_ids, remove_question, replace_question};
pub use several::{Step, chain, renamed, several};

/// Bytes `range` of the old text become `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// In the old text, on borders of characters.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: String,
}

/// A change of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the text, not overlapping.
    pub splices: Vec<Splice>,
}

/// Why a deck's text cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is not the one that the deck was read from.
    #[error("the file has changed since it was read: load it again, then repeat the change")]
    Stale,
    /// What would stand there is no sound question: its faults, with places inside the question's text.
    #[error("this is not a sound question: {}", .0.first().map_or("", |fault| fault.message.as_str()))]
    Faulty(Vec<Diagnostic>),
    /// A topic that has questions cannot go.
    #[error("the topic “{0}” still has questions: give them another topic first")]
    TopicInUse(String),
    /// A text that must say something is empty.
    #[error("{0} is empty: write something")]
    Empty(&'static str),
    /// This question takes no further answer of this kind.
    #[error("this question has no accepted answers: it is not answered by typing")]
    NotTyped,
}

impl Splice {
    fn insert(at: usize, with: impl Into<String>) -> Self {
        Self { range: at..at, with: with.into() }
    }

    fn remove(range: Range<usize>) -> Self {
        Self { range, with: String::new() }
    }
}

impl Edit {
    /// In the order of the text; what changes nothing is left out.
    fn new(mut splices: Vec<Splice>) -> Self {
        splices.retain(|splice| !splice.range.is_empty() || !splice.with.is_empty());
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        Self { splices }
    }

    /// The text after the change. A splice that the text does not have is left out.
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.splices.iter().map(|splice| splice.with.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut from = 0;
        for splice in &self.splices {
            let Some(kept) = text.get(from..splice.range.start) else { continue };
            out.push_str(kept);
            out.push_str(&splice.with);
            from = splice.range.end;
        }
        out.push_str(text.get(from..).unwrap_or(""));
        out
    }

    /// What takes the change back, for the text after it. `text` is the one before.
    pub fn inverse(&self, text: &str) -> Edit {
        let mut grown = 0_usize;
        let mut shrunk = 0_usize;
        let mut splices = Vec::with_capacity(self.splices.len());
        for splice in &self.splices {
            let start = splice.range.start + grown - shrunk;
            splices.push(Splice {
                range: start..start + splice.with.len(),
                with: text.get(splice.range.clone()).unwrap_or("").to_owned(),
            });
            grown += splice.with.len();
            shrunk += splice.range.len();
        }
        Edit { splices }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.splices.is_empty()
    }

    /// What makes `new` of `old`, as one splice `offset` bytes further on.
    fn between(old: &str, new: &str, offset: usize) -> Edit {
        if old == new {
            return Edit::default();
        }
        let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let same = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b);
        let mut kept = same.count();
        while !old_rest.is_char_boundary(old_rest.len() - kept)
            || !new_rest.is_char_boundary(new_rest.len() - kept)
        {
            kept -= 1;
        }
        let range = offset + start..offset + old.len() - kept;
        Edit { splices: vec![Splice { range, with: new_rest[..new_rest.len() - kept].to_owned() }] }
    }
}

/// Where a question stands, unless the text is too short for it.
fn place_of(text: &str, deck: &Deck, at: usize) -> Result<Range<usize>, EditError> {
    let place = deck.places.get(at).ok_or(EditError::Stale)?.range();
    match text.get(place.clone()) {
        Some(question) if question.ends_with(')') => Ok(place),
        _ => Err(EditError::Stale),
    }
}
