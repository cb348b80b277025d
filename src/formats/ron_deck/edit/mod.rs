//! Lossless edits of a deck's text: everything outside of a change, such as comments, order and layout, stays as it
//! is, byte for byte.
//!
//! Edits work on the spans that the parser recorded ([`Deck::spans`]) and parse as little of the text as possible, so
//! that an edit is instant even in a deck with a hundred thousand questions.

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

/// Why a deck's text cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is not the one that the deck was read from, or an index does not exist.
    #[error("the file has changed since it was read: load it again, then repeat the change")]
    Stale,
    /// The new question would be invalid. Its diagnostics have spans in the question's own text.
    #[error("there is a problem with this question: {}", .0.first().map_or("", |diagnostic| diagnostic.message.as_str()))]
    InvalidQuestion(Vec<Diagnostic>),
    /// A topic with questions cannot be removed.
    #[error("the topic “{0}” still has questions: give them another topic first")]
    TopicInUse(String),
    /// Two topics cannot have the same key.
    #[error("there is already a topic with the key “{0}”: choose another")]
    DuplicateTopicKey(String),
    /// A required text is blank.
    #[error("{0} is empty: write something")]
    Empty(&'static str),
    /// The question has no accepted answers that could be extended here.
    #[error("this question has no accepted answers: it is not answered by typing")]
    NotTyped,
}

/// The byte range of question `at`. Only checks that the text could have a question there.
fn question_range(text: &str, deck: &Deck, at: usize) -> Result<Range<usize>, EditError> {
    let range = deck.spans.get(at).ok_or(EditError::Stale)?.range();
    match text.get(range.clone()) {
        Some(question) if question.ends_with(')') => Ok(range),
        _ => Err(EditError::Stale),
    }
}
