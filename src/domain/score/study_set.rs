//! Sets of cards that a session can be started with.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::ids::CardKey;

/// Cards, and how many questions they belong to. That is how many cards a session shows, because siblings
/// give each other's answers away and are shown on different days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudySet {
    cards: Arc<[CardKey]>,
    questions: usize,
}

impl StudySet {
    /// The cards, in the order in which they were collected.
    pub fn cards(&self) -> &Arc<[CardKey]> {
        &self.cards
    }

    /// Number of cards.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there are no cards.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// Number of different questions that the cards belong to.
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
