//! Which cards a session takes. Features that offer a session say it with these, and know nothing else of studying.

use std::sync::Arc;

use crate::domain::ids::CardKey;

/// The cards that a session may choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every deck.
    All,
    /// One deck, by id.
    Deck(Arc<str>),
    /// One topic of one deck.
    Topic {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key.
        topic: String,
    },
    /// Exactly these cards, such as a topic's weakest or a test's mistakes.
    Cards(Arc<[CardKey]>),
}

/// How a session chooses from the cards in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// Due cards, and new cards up to the daily limit.
    Today,
    /// The due cards with the largest memory gain, at most this many, and no new ones.
    MostValuable(usize),
    /// The weakest cards, due or not, at most this many, weakest first.
    Weakest(usize),
    /// Also reviews that are not due yet.
    Ahead,
    /// Every card in scope: new, due, or already answered today.
    AllInScope,
    /// This many new cards beyond the daily limit.
    ExtraNew(usize),
    /// Every card that was seen before, without changing the schedule.
    Practice,
}

/// A session that can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionOffer {
    /// The cards that it may choose from.
    pub scope: Scope,
    /// How it chooses.
    pub kind: SessionKind,
}

impl SessionOffer {
    /// A session on exactly these cards, whatever is due.
    pub fn on_cards(cards: Arc<[CardKey]>) -> Self {
        Self { scope: Scope::Cards(cards), kind: SessionKind::AllInScope }
    }
}
