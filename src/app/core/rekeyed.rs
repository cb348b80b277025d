//! Keys that changed.

use std::collections::HashMap;

use crate::domain::identity::QuestionKey;
use crate::domain::ids::CardKey;

/// The new keys of cards and questions whose keys changed.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Rekeyed {
    /// Single cards, before whole questions.
    pub(in crate::app) cards: HashMap<CardKey, CardKey>,
    /// Questions with all their cards.
    pub(in crate::app) questions: HashMap<QuestionKey, QuestionKey>,
}

impl Rekeyed {
    /// One question with all its cards.
    pub(in crate::app) fn question(from: QuestionKey, to: QuestionKey) -> Self {
        Self { cards: HashMap::new(), questions: HashMap::from([(from, to)]) }
    }

    /// The new key of a card; `None` if it keeps its key.
    pub(in crate::app) fn new_key(&self, card: &CardKey) -> Option<CardKey> {
        if let Some(new) = self.cards.get(card) {
            return Some(new.clone());
        }
        let new = self.questions.get(&QuestionKey::of(card))?;
        Some(new.card(card.facet.clone()))
    }
}
