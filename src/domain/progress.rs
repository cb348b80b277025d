//! The state that the whole event log folds to: every card with its history.

use std::collections::{HashMap, HashSet};

use super::card::{Card, CardEvent, CardState};
use super::day::StudyDay;
use super::event::{Change, DEFAULT_LONGEST_ANSWER_MS, Event};
use super::ids::CardKey;
use super::memory::MemoryModel;
use super::rekey::RekeyLinks;

/// Every card that has events; all other cards are new.
#[derive(Clone, Debug)]
pub struct Progress {
    cards: CardMap,
    rekey_links: RekeyLinks,
    availability_changes: u64,
    event_count: usize,
    longest_answer_ms: u32,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            cards: CardMap::default(),
            rekey_links: RekeyLinks::default(),
            availability_changes: 0,
            event_count: 0,
            longest_answer_ms: DEFAULT_LONGEST_ANSWER_MS,
        }
    }
}

/// The hasher is seeded, so that no deck can choose ids that collide, and about three times as fast as the
/// standard one.
type CardMap = HashMap<CardKey, Card, foldhash::fast::RandomState>;

/// The state of a card without events.
static NEW_CARD: CardState = CardState {
    memory: None,
    phase: super::card::CardPhase::New,
    due: None,
    first_day: None,
    last_day: None,
    last_rating: None,
    streak_start: None,
    interval_days: 0,
    reviews: 0,
    lapses: 0,
    suspended: false,
    buried_until: None,
};

impl Progress {
    /// Folds events, which must be in fold order (order stamp, log, sequence number).
    pub fn from_events(events: impl IntoIterator<Item = Event>, model: &MemoryModel) -> Self {
        let mut events_by_card: HashMap<CardKey, Vec<CardEvent>, foldhash::fast::RandomState> =
            HashMap::default();
        let mut rekeys: Vec<(CardKey, CardKey)> = Vec::new();
        let mut availability_changes = 0;
        let mut event_count = 0;
        for Event { id, order_ms, stamp, card, change } in events {
            availability_changes += u64::from(changes_availability(&change));
            event_count += 1;
            if let Change::Rekey { to } = &change {
                rekeys.push((card.clone(), CardKey::clone(to)));
            }
            events_by_card.entry(card).or_default().push(CardEvent { id, order_ms, stamp, change });
        }
        let mut rekey_links = RekeyLinks::default();
        for (from, to) in rekeys {
            rekey_links.link(&from, &to, |key| events_by_card.remove(key).unwrap_or_default());
        }
        let mut resolved: HashSet<CardKey> = HashSet::new();
        for key in rekey_links.keys() {
            if !resolved.contains(key) {
                let component = rekey_links.component(key);
                events_by_card.extend(rekey_links.events_by_owner(&component));
                resolved.extend(component);
            }
        }
        let cards =
            events_by_card.into_iter().map(|(key, events)| (key, Card::from_events(events, model))).collect();
        Self { cards, rekey_links, availability_changes, event_count, ..Self::default() }
    }

    /// Adds the newest event.
    pub fn push(&mut self, event: Event, model: &MemoryModel) {
        let Event { id, order_ms, stamp, card, change } = event;
        self.availability_changes += u64::from(changes_availability(&change));
        self.event_count += 1;
        if let Change::Rekey { to } = &change {
            let cards = &self.cards;
            self.rekey_links
                .link(&card, to, |key| cards.get(key).map_or_else(Vec::new, |card| card.events().to_vec()));
        }
        let event = CardEvent { id, order_ms, stamp, change };
        if self.rekey_links.contains(&card) {
            self.rekey_links.add(&card, event);
            self.refold_component(&card, model);
        } else {
            self.cards.entry(card).or_default().push(event, model);
        }
    }

    /// Folds again a re-keyed card and all cards that re-keys connect it to.
    fn refold_component(&mut self, key: &CardKey, model: &MemoryModel) {
        let component = self.rekey_links.component(key);
        let mut by_owner = self.rekey_links.events_by_owner(&component);
        for key in component {
            match by_owner.remove(&key) {
                Some(events) => self.cards.insert(key, Card::from_events(events, model)),
                None => self.cards.remove(&key),
            };
        }
    }

    /// Whether the learner rejected the suggestion that the progress of one of these cards belongs to the
    /// other.
    pub fn is_match_rejected(&self, one: &CardKey, other: &CardKey) -> bool {
        let rejects = |one: &CardKey, other: &CardKey| {
            self.cards.get(one).into_iter().flat_map(Card::effective_events).any(
                    |event| matches!(&event.change, Change::RejectMatch { other: rejected } if **rejected == *other),
                )
        };
        rejects(one, other) || rejects(other, one)
    }

    /// Whether the learner undid that the progress of one of these cards moved to the other.
    pub fn was_rekey_retracted(&self, one: &CardKey, other: &CardKey) -> bool {
        self.rekey_links.was_retracted(one, other)
    }

    /// The card that an answer to this one belongs to now: the card itself if it `exists`, else the one
    /// that its progress moved to, following any number of re-keys that were not retracted.
    pub fn current_key<'a>(&'a self, key: &'a CardKey, exists: impl Fn(&CardKey) -> bool) -> &'a CardKey {
        self.rekey_links.current_key(key, exists)
    }

    /// Counts the events that may have changed which cards are available. A session that has filtered its
    /// cards need not do so again while this count and the study day stay the same.
    pub fn availability_changes(&self) -> u64 {
        self.availability_changes
    }

    /// The longest time that counts for one answer, in milliseconds; all sums of answer times use it.
    pub fn longest_answer_ms(&self) -> u32 {
        self.longest_answer_ms
    }

    /// Sets the longest time that counts for one answer, in milliseconds.
    pub fn set_longest_answer_ms(&mut self, longest_ms: u32) {
        self.longest_answer_ms = longest_ms;
    }

    /// The number of events in the log.
    pub fn event_count(&self) -> usize {
        self.event_count
    }

    /// A card's history; `None` for a card without events.
    pub fn card(&self, key: &CardKey) -> Option<&Card> {
        self.cards.get(key)
    }

    /// A card's state; the state of a new card when it has no events.
    pub fn state(&self, key: &CardKey) -> &CardState {
        self.cards.get(key).map_or(&NEW_CARD, Card::state)
    }

    /// Every card with events, in arbitrary order.
    pub fn cards(&self) -> impl Iterator<Item = (&CardKey, &Card)> {
        self.cards.iter()
    }

    /// How many cards of all decks were first answered on that day.
    pub fn introduced_on(&self, day: StudyDay) -> usize {
        self.cards.values().filter(|card| card.state().first_day == Some(day)).count()
    }

    /// Folds every card again, after a change of the model's parameters.
    pub fn refold(&mut self, model: &MemoryModel) {
        for card in self.cards.values_mut() {
            card.refold(model);
        }
    }
}

/// Whether it may change which cards are available, in either direction.
fn changes_availability(change: &Change) -> bool {
    !matches!(change, Change::Answer(_) | Change::Rate { .. })
}
