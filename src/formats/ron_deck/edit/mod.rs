//! Changes of a deck's text that leave alone what they do not speak of: comments, order and layout
//! outside of the change stay byte for byte.
//!
//! Every change works on the places that the parser noted ([`Deck::spans`]) and reads no more of the text
//! than it must, so that one question of a hundred thousand is changed at once.

mod accept;
mod batch;
mod comments;
mod diff;
mod entries;
mod header;
mod incremental;
mod insert_point;
mod layout;
mod printer;
mod questions;
mod single;
mod topics;

use std::ops::Range;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;

pub use crate::domain::edit::{Edit, Splice};
pub use accept::{AnswerField, add_accepted};
pub use batch::{EditStep, chain_edits, edit_each, rename_deck};
pub use header::{set_description, set_id, set_title};
pub use incremental::deck_after_edit;
pub use questions::{insert_questions, move_question, pin_ids, remove_question, replace_question};
pub use single::{check_question, read_question};
pub use topics::{rename_topic_key, set_topics};

/// Why a deck's text cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is not the one that the deck was read from.
    #[error("the file has changed since it was read: load it again, then repeat the change")]
    Stale,
    /// What would stand there is no sound question: its faults, with places inside the question's text.
    #[error("this is not a sound question: {}", .0.first().map_or("", |fault| fault.message.as_str()))]
    InvalidQuestion(Vec<Diagnostic>),
    /// A topic that has questions cannot go.
    #[error("the topic “{0}” still has questions: give them another topic first")]
    TopicInUse(String),
    /// Two topics cannot have one key.
    #[error("there is already a topic with the key “{0}”: choose another")]
    DuplicateTopicKey(String),
    /// A text that must say something is empty.
    #[error("{0} is empty: write something")]
    Empty(&'static str),
    /// This question takes no further answer of this kind.
    #[error("this question has no accepted answers: it is not answered by typing")]
    NotTyped,
}

/// Where a question stands, unless the text is too short for it.
fn question_range(text: &str, deck: &Deck, at: usize) -> Result<Range<usize>, EditError> {
    let place = deck.spans.get(at).ok_or(EditError::Stale)?.range();
    match text.get(place.clone()) {
        Some(question) if question.ends_with(')') => Ok(place),
        _ => Err(EditError::Stale),
    }
}
