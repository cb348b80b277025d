//! The events of one card. They are read from the log where somebody asks for them; what is needed all the time is in
//! the card's [`CardSummary`](super::summary::CardSummary).

use super::card::CardState;
use super::day::Stamp;
use super::event::{Change, Due, Event, EventId, Review};
use super::ids::CardKey;
use super::memory::MemoryModel;

/// One event of a card, without the card's key.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEvent {
    /// The event's identity.
    pub id: EventId,
    /// Its place in the fold, see [`Event::order_ms`].
    pub order_ms: i64,
    /// When it happened, by the clock.
    pub stamp: Stamp,
    /// What it does to the card.
    pub change: Change,
}

/// The place of an event in the fold: order stamp, then event id.
pub(super) type FoldOrder = (i64, EventId);

/// The events of a card in fold order, with retracted ones.
#[derive(Clone, Debug, Default)]
pub struct CardHistory {
    events: Vec<CardEvent>,
    is_in_stored_order: bool,
}

impl CardHistory {
    /// Takes the events of a card in the order in which they were stored.
    pub fn new(mut events: Vec<CardEvent>) -> Self {
        let is_in_stored_order = events.is_sorted_by_key(CardEvent::fold_order);
        if !is_in_stored_order {
            events.sort_by_key(CardEvent::fold_order);
        }
        Self { events, is_in_stored_order }
    }

    /// All events, in fold order, with retracted ones.
    pub fn events(&self) -> &[CardEvent] {
        &self.events
    }

    /// Whether the events can be folded one by one in the order in which they were stored: none amends another, and
    /// none was stored after one that follows it.
    pub(super) fn is_plain(&self) -> bool {
        self.is_in_stored_order && self.is_unamended()
    }

    /// Whether no event was retracted, no rating overruled and no time corrected.
    fn is_unamended(&self) -> bool {
        !self.events.iter().any(|event| event.change.is_amendment())
    }

    /// The events that count: without retracted ones, and with overruled ratings and corrected times replaced.
    pub fn effective_events(&self) -> impl Iterator<Item = CardEvent> + '_ {
        self.counted_events().map(|(_, effective)| effective)
    }

    /// The events that count, each as it was logged and as it counts.
    pub(super) fn counted_events(&self) -> impl Iterator<Item = (&CardEvent, CardEvent)> + '_ {
        let amendments: Vec<&CardEvent> =
            self.events.iter().filter(|event| event.change.is_amendment()).collect();
        self.events.iter().filter(|event| !event.change.is_amendment()).filter_map(move |event| {
            let retracted = |id: EventId| is_retracted(id, &amendments, amendments.len());
            if retracted(event.id) {
                return None;
            }
            let mut in_force = amendments
                .iter()
                .filter(|later| later.change.target() == Some(event.id) && !retracted(later.id));
            // The newest rating and the newest time count; of their due times the newest.
            let rate = in_force.clone().rfind(|later| matches!(later.change, Change::Rate { .. }));
            let redate = in_force.rfind(|later| matches!(later.change, Change::Redate { .. }));
            let mut newest = [rate, redate];
            newest.sort_by_key(|later| later.map(|later| later.fold_order()));
            let mut effective = event.clone();
            newest.into_iter().flatten().for_each(|later| effective.amend(&later.change));
            Some((event, effective))
        })
    }

    /// Calls `each` for every effective event, with the state before it.
    pub fn replay(&self, model: &MemoryModel, mut each: impl FnMut(&CardState, &CardEvent)) {
        let mut state = CardState::default();
        for event in self.effective_events() {
            each(&state, &event);
            state = state.after(&event.stamp, &event.change, model);
        }
    }

    /// The answers that count, with the ids of their events.
    pub fn reviews_with_ids(&self) -> impl Iterator<Item = (EventId, Review)> + '_ {
        self.effective_events().filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.id, review)),
            _ => None,
        })
    }

    /// The answers that count, with when they were given.
    pub fn reviews(&self) -> impl Iterator<Item = (Stamp, Review)> + '_ {
        self.effective_events().filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.stamp, review)),
            _ => None,
        })
    }

    /// The answers that count, as they were when they were graded: without overruled ratings, and without
    /// confidences changed afterwards, when the learner already knew the verdict.
    pub fn original_answers(&self) -> impl Iterator<Item = (EventId, Stamp, &Review)> {
        self.counted_events().filter_map(|(original, effective)| match &original.change {
            Change::Answer(review) => Some((original.id, effective.stamp, review)),
            _ => None,
        })
    }
}

impl CardEvent {
    /// The key by which events are folded: order stamp first, then event id.
    pub(super) fn fold_order(&self) -> FoldOrder {
        (self.order_ms, self.id)
    }

    /// The event with its card.
    pub fn of_card(self, card: CardKey) -> Event {
        let Self { id, order_ms, stamp, change } = self;
        Event { id, order_ms, stamp, card, change }
    }

    /// Counts a rating or a time that was corrected later.
    pub(super) fn amend(&mut self, amendment: &Change) {
        match (&mut self.change, amendment) {
            (Change::Answer(review), Change::Rate { target: _, rating, due, confidence }) => {
                review.rating = *rating;
                review.due = *due;
                review.confidence = confidence.or(review.confidence);
            }
            (Change::Answer(review), Change::Redate { target: _, at, due }) => {
                review.due = *due;
                self.stamp = *at;
            }
            (Change::Bury { until }, Change::Redate { target: _, at, due: Due::Day(day) }) => {
                *until = *day;
                self.stamp = *at;
            }
            _ => {}
        }
    }
}

impl From<Event> for CardEvent {
    fn from(event: Event) -> Self {
        let Event { id, order_ms, stamp, card: _, change } = event;
        Self { id, order_ms, stamp, change }
    }
}

impl Change {
    /// Whether it amends an earlier event instead of changing the card.
    pub(super) fn is_amendment(&self) -> bool {
        self.target().is_some()
    }

    /// The earlier event that it amends.
    pub(super) fn target(&self) -> Option<EventId> {
        match self {
            Change::Retract(target) | Change::Rate { target, .. } | Change::Redate { target, .. } => {
                Some(*target)
            }
            Change::Answer(_)
            | Change::Suspend
            | Change::Resume
            | Change::Bury { .. }
            | Change::Reset
            | Change::Rekey { .. }
            | Change::RejectMatch { .. } => None,
        }
    }
}

/// Whether an event is retracted. A retraction counts unless it is retracted itself, wherever it is in the
/// fold order: the clock may have been set back since its target. `depth` limits the search, because the
/// retractions of a damaged log may form a cycle.
pub(super) fn is_retracted(id: EventId, amendments: &[&CardEvent], depth: usize) -> bool {
    depth > 0
        && amendments.iter().any(|event| {
            matches!(event.change, Change::Retract(target) if target == id)
                && !is_retracted(event.id, amendments, depth - 1)
        })
}
