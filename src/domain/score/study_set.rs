//! Cards that a session can be begun on.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::ids::CardKey;

/// Cards, and how many questions they are of: as many as a session asks, for cards of one question give each other
/// away and come on different days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudySet {
    cards: Arc<[CardKey]>,
    questions: usize,
}

impl StudySet {
    /// The cards, in the order given.
    pub fn cards(&self) -> &Arc<[CardKey]> {
        &self.cards
    }

    /// How many cards.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// How many questions they are of.
    pub fn questions(&self) -> usize {
        self.questions
    }
}

impl FromIterator<CardKey> for StudySet {
    fn from_iter<T: IntoIterator<Item = CardKey>>(cards: T) -> Self {
        let cards: Arc<[CardKey]> = cards.into_iter().collect();
        let questions = cards.iter().map(|card| (&card.deck, &card.question)).collect::<HashSet<_>>().len();
        Self { cards, questions }
    }
}

impl Default for StudySet {
    fn default() -> Self {
        Self { cards: Arc::from([]), questions: 0 }
    }
}
