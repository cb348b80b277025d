//! Which question is which over an edit of the decks, so that progress stays with what was learned.
//!
//! A key that exists before and after never moves. What vanished and what appeared is matched by four rules, each
//! more careful than the one before; what none of them is sure of is asked, never guessed:
//!
//! 1. A question says what its key was ([`Question::formerly`]).
//! 2. The same prompt in the same deck under another id, once before and once after.
//! 3. The same place: exactly one vanished and one appeared between the same two questions of a deck, and the two
//!    are alike (`likeness` has the measure).
//! 4. Several, as many before as after and alike in their order, between the same two questions: asked once for all.
//! 5. The same prompt, or the same id and alike, in another deck: asked once for all that went the same way.

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
pub use orphans::{Orphan, has_progress, orphans};

/// A question of a deck, whatever cards it makes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionKey {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The question's id.
    pub question: Arc<str>,
}

/// Progress that belongs to another question now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressMove {
    /// Whose it was: no deck has this question any more.
    pub from: QuestionKey,
    /// Whose it is.
    pub to: QuestionKey,
}

/// Something to ask the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmbiguousMove {
    /// These seem to have become those: moved to another deck, or reworded where they stand. All of them, or none.
    Together {
        /// The id of the deck that they were in.
        from: Arc<str>,
        /// The id of the deck that they are in, perhaps the same.
        to: Arc<str>,
        /// Which became which.
        moves: Vec<ProgressMove>,
    },
    /// This question is gone; one of these may be what became of it.
    Reworded {
        /// The question that is gone.
        from: QuestionKey,
        /// The likeliest first; never empty.
        candidates: Vec<QuestionKey>,
    },
}

/// A question that no deck has any more, as it was.
#[derive(Clone, Debug)]
pub struct RemovedQuestion {
    /// Its key.
    pub key: QuestionKey,
    /// What it was.
    pub question: Arc<Question>,
}

/// What an edit of the decks means for progress.
#[derive(Clone, Debug, Default)]
pub struct ProgressMoves {
    /// Beyond doubt. Nothing is in it twice, save that a question may say that it was several before.
    pub certain: Vec<ProgressMove>,
    /// Named gaps that have another name now, each in a question that kept its key.
    pub renamed_gaps: Vec<(CardKey, CardKey)>,
    /// To be asked.
    pub ambiguous: Vec<AmbiguousMove>,
    /// With progress and without a question now, asked about or not. Kept, they are recognised when they appear
    /// in another deck only with the next save.
    pub removed: Vec<RemovedQuestion>,
}

/// What is known of progress when decks are compared.
#[derive(Clone, Copy)]
pub struct ProgressLookup<'a> {
    /// Whether a question has progress.
    pub has_progress: &'a dyn Fn(&QuestionKey) -> bool,
    /// Whether the learner said that the progress of the first does not belong to the second.
    pub is_match_rejected: &'a dyn Fn(&QuestionKey, &QuestionKey) -> bool,
}

impl AmbiguousMove {
    /// The questions that are gone.
    pub fn removed(&self) -> impl Iterator<Item = &QuestionKey> {
        let (moves, one) = match self {
            AmbiguousMove::Together { moves, .. } => (moves.as_slice(), None),
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

    /// One of its cards.
    pub fn card(&self, facet: Facet) -> CardKey {
        CardKey { deck: self.deck.clone(), question: self.question.clone(), facet }
    }

    /// Reads the form of [`Question::formerly`], `deck/question`.
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
