//! The log of events, as the rules read it: a card's events are read when somebody asks for them.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::{PoisonError, RwLock};

use indexmap::IndexMap;

use super::event::Event;
use super::history::CardEvent;
use super::ids::CardKey;

/// What a pass over the log is given: the number of the card, which is small and stays the same during the pass, its
/// key, and the event.
pub type VisitEvent<'v> = dyn FnMut(usize, &CardKey, &CardEvent) -> ControlFlow<()> + 'v;

/// A log of events in the order in which they were stored. It only grows, so the first events of it are always the
/// same: `until` says how many of them count, and a thread that reads sees the moment at which it began.
pub trait EventLog: fmt::Debug + Send + Sync {
    /// The number of events.
    ///
    /// # Errors
    /// When the log cannot be read.
    fn event_count(&self) -> Result<usize, EventLogError>;

    /// The events logged for these cards, in the order in which they were stored.
    ///
    /// # Errors
    /// When the log cannot be read.
    fn events_of(&self, cards: &[CardKey], until: usize) -> Result<Vec<Event>, EventLogError>;

    /// Goes over the events in the order in which they were stored, until `each` breaks off.
    ///
    /// # Errors
    /// When the log cannot be read.
    fn for_each(&self, until: usize, each: &mut VisitEvent<'_>) -> Result<(), EventLogError>;

    /// Takes note of an event that was written: a log in memory has to keep it.
    fn note(&self, event: &Event);
}

/// The log cannot be read. Says why, in words for the learner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EventLogError(pub String);

/// A log in memory. It can always be read.
#[derive(Debug, Default)]
pub struct MemoryLog(RwLock<StoredEvents>);

#[derive(Debug, Default)]
struct StoredEvents {
    /// With the number of the card.
    events: Vec<(usize, CardEvent)>,
    /// For each card, the positions of its events.
    cards: IndexMap<CardKey, Vec<usize>, foldhash::fast::RandomState>,
}

impl StoredEvents {
    fn push(&mut self, event: Event) {
        let position = self.events.len();
        let number = match self.cards.get_full_mut(&event.card) {
            Some((number, _, positions)) => {
                positions.push(position);
                number
            }
            None => self.cards.insert_full(event.card.clone(), vec![position]).0,
        };
        self.events.push((number, event.into()));
    }
}

impl FromIterator<Event> for MemoryLog {
    fn from_iter<T: IntoIterator<Item = Event>>(events: T) -> Self {
        let mut stored = StoredEvents::default();
        events.into_iter().for_each(|event| stored.push(event));
        Self(RwLock::new(stored))
    }
}

impl EventLog for MemoryLog {
    fn event_count(&self) -> Result<usize, EventLogError> {
        Ok(self.0.read().unwrap_or_else(PoisonError::into_inner).events.len())
    }

    fn events_of(&self, cards: &[CardKey], until: usize) -> Result<Vec<Event>, EventLogError> {
        let stored = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut positions: Vec<(usize, &CardKey)> = Vec::new();
        for key in cards {
            let of_card = stored.cards.get(key).into_iter().flatten().copied();
            positions
                .extend(of_card.take_while(|position| *position < until).map(|position| (position, key)));
        }
        positions.sort_unstable_by_key(|(position, _)| *position);
        let event =
            |(position, key): (usize, &CardKey)| stored.events[position].1.clone().of_card(key.clone());
        Ok(positions.into_iter().map(event).collect())
    }

    fn for_each(&self, until: usize, each: &mut VisitEvent<'_>) -> Result<(), EventLogError> {
        let stored = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for (number, event) in stored.events.iter().take(until) {
            let Some((key, _)) = stored.cards.get_index(*number) else { continue };
            if each(*number, key, event).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn note(&self, event: &Event) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(event.clone());
    }
}
