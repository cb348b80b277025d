//! What the whole log folds to: every card with its history.

use std::collections::HashMap;

use super::card::{Card, CardState, Entry};
use super::day::StudyDay;
use super::event::{Change, Event};
use super::ids::CardKey;
use super::memory::Model;

/// Every card that ever had an event; cards without one are new.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    cards: Cards,
    set_aside: u64,
}

/// Seeded, so that no deck can choose its ids to be slow, and three times as fast as the standard hasher.
type Cards = HashMap<CardKey, Card, foldhash::fast::RandomState>;

/// The state of a card that was never touched.
static UNTOUCHED: CardState = CardState {
    memory: None,
    phase: super::card::Phase::New,
    due: None,
    first_day: None,
    last_day: None,
    interval_days: 0,
    reviews: 0,
    lapses: 0,
    suspended: false,
    buried_until: None,
};

impl Progress {
    /// Folds events in fold order (time, log, sequence).
    pub fn from_events(events: impl IntoIterator<Item = Event>, model: &Model) -> Self {
        let mut entries: HashMap<CardKey, Vec<Entry>, foldhash::fast::RandomState> = HashMap::default();
        let mut set_aside = 0;
        for Event { id, stamp, card, change } in events {
            set_aside += u64::from(sets_aside(&change));
            entries.entry(card).or_default().push(Entry { id, stamp, change });
        }
        let cards =
            entries.into_iter().map(|(key, entries)| (key, Card::from_entries(entries, model))).collect();
        Self { cards, set_aside }
    }

    /// Adds the newest event.
    pub fn push(&mut self, event: Event, model: &Model) {
        let Event { id, stamp, card, change } = event;
        self.set_aside += u64::from(sets_aside(&change));
        self.cards.entry(card).or_default().push(Entry { id, stamp, change }, model);
    }

    /// Counts the events that may have changed which cards can be asked at all: a session that has looked at its
    /// cards need not look again while this and the study day stay the same.
    pub fn times_set_aside(&self) -> u64 {
        self.set_aside
    }

    /// A card's history; `None` when it has none.
    pub fn card(&self, key: &CardKey) -> Option<&Card> {
        self.cards.get(key)
    }

    /// A card's state; that of a new card when it has no history.
    pub fn state(&self, key: &CardKey) -> &CardState {
        self.cards.get(key).map_or(&UNTOUCHED, Card::state)
    }

    /// Every card with a history, in no order.
    pub fn cards(&self) -> impl Iterator<Item = (&CardKey, &Card)> {
        self.cards.iter()
    }

    /// How many cards were first answered on that day, over all decks.
    pub fn introduced_on(&self, day: StudyDay) -> usize {
        self.cards.values().filter(|card| card.state().first_day == Some(day)).count()
    }

    /// Folds every card again, after a change of parameters.
    pub fn refold(&mut self, model: &Model) {
        for card in self.cards.values_mut() {
            card.refold(model);
        }
    }
}

/// Whether it may change which cards can be asked at all, back or forth.
fn sets_aside(change: &Change) -> bool {
    !matches!(change, Change::Answer(_) | Change::Rate { .. })
}
