//! Finding out which question is which after an edit of the decks, so that progress stays with what was
//! learned.
//!
//! A key that exists before and after the edit never moves. Questions that vanished are matched with
//! questions that appeared by five rules, in this order. What no rule is sure of is left to the learner,
//! never guessed:
//!
//! 1. A question names its former keys ([`Question::formerly`]).
//! 2. In the same deck, exactly one vanished and one appeared question have the same prompt: its id was
//!    changed.
//! 3. Exactly one question vanished and one appeared between the same two neighbours, and they are similar
//!    enough (see the module `similarity`).
//! 4. Several questions vanished between the same two neighbours and as many similar ones appeared, in the
//!    same order. The learner is asked once for all of them.
//! 5. A question with the same prompt, or a similar one with the same id, appeared in another deck. The
//!    learner is asked once for all questions that went from the same deck to the same deck.

mod changed_deck;
mod compare;
mod gaps;
mod orphans;
mod similarity;

use std::fmt;
use std::sync::Arc;

use super::ids::{CardKey, Facet};
use super::question::Question;

pub use compare::find_moves;
pub use orphans::{Orphan, orphans};

/// The key of a question. A question can have several cards.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionKey {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The question's id.
    pub question: Arc<str>,
}

/// Progress that now belongs to another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressMove {
    /// The question that had the progress. No deck contains it any more.
    pub from: QuestionKey,
    /// The question that gets the progress.
    pub to: QuestionKey,
}

/// A possible move of progress that the learner has to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmbiguousMove {
    /// Several questions that seem to have moved to another deck, or to have been reworded in place. The
    /// learner accepts all of them or none.
    Group {
        /// Id of the deck that they were in.
        from: Arc<str>,
        /// Id of the deck that they are in now. May be the same deck.
        to: Arc<str>,
        /// Which question became which.
        moves: Vec<ProgressMove>,
    },
    /// One question vanished, and one of several others may be its new version.
    Reworded {
        /// The question that vanished.
        from: QuestionKey,
        /// The most similar question first. Never empty.
        candidates: Vec<QuestionKey>,
    },
}

/// A question that no deck contains any more.
#[derive(Clone, Debug)]
pub struct RemovedQuestion {
    /// Its key.
    pub key: QuestionKey,
    /// The question as it was.
    pub question: Arc<Question>,
}

/// What an edit of the decks means for progress.
#[derive(Clone, Debug, Default)]
pub struct ProgressMoves {
    /// Moves beyond doubt. No question occurs twice, except that one question may name several former keys.
    pub certain: Vec<ProgressMove>,
    /// Named gaps that were renamed, as (old, new). The question itself kept its key.
    pub renamed_gaps: Vec<(CardKey, CardKey)>,
    /// Moves that the learner has to decide on.
    pub ambiguous: Vec<AmbiguousMove>,
    /// Questions with progress that no deck contains any more, whether the learner is asked about them or
    /// not. The caller keeps them, because they may appear in another deck only with a later edit.
    pub removed: Vec<RemovedQuestion>,
}

/// What is known about progress when decks are compared.
#[derive(Clone, Copy)]
pub struct ProgressLookup<'a> {
    /// Whether a question has progress.
    pub has_progress: &'a dyn Fn(&QuestionKey) -> bool,
    /// Whether the learner has said that the progress of the first question does not belong to the second.
    pub is_match_rejected: &'a dyn Fn(&QuestionKey, &QuestionKey) -> bool,
}

impl AmbiguousMove {
    /// The vanished questions that this is about.
    pub fn removed(&self) -> impl Iterator<Item = &QuestionKey> {
        let (moves, one) = match self {
            AmbiguousMove::Group { moves, .. } => (moves.as_slice(), None),
            AmbiguousMove::Reworded { from, .. } => (&[][..], Some(from)),
        };
        moves.iter().map(|pair| &pair.from).chain(one)
    }
}

impl QuestionKey {
    /// The question that a card belongs to.
    pub fn of(card: &CardKey) -> Self {
        Self { deck: card.deck.clone(), question: card.question.clone() }
    }

    /// The key of one of its cards.
    pub fn card(&self, facet: Facet) -> CardKey {
        CardKey { deck: self.deck.clone(), question: self.question.clone(), facet }
    }

    /// Parses the form used in [`Question::formerly`], `deck/question`. `None` without a slash.
    pub fn from_text(text: &str) -> Option<Self> {
        let (deck, question) = text.split_once('/')?;
        Some(Self { deck: deck.into(), question: question.into() })
    }
}

impl fmt::Display for QuestionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.deck, self.question)
    }
}
