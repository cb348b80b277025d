//! A card's history, and the state that it folds to.

use std::borrow::Borrow;

use super::day::{Stamp, StudyDay};
use super::event::{Change, Due, EventId, Review, ReviewSource};
use super::memory::{Memory, MemoryModel};
use super::rating::Rating;
use super::schedule::phase_after;

/// From this many lapses on a card is a leech: it costs more time than it is worth and should be rewritten.
pub const LEECH_LAPSES: u32 = 8;

/// A card's phase of learning; the card type of Anki.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CardPhase {
    /// Never answered.
    #[default]
    New,
    /// On the learning steps, for the first time.
    Learning {
        /// Index of the learning step, from 0.
        step: u8,
    },
    /// Reviewed at intervals of days.
    Review,
    /// On the relearning steps, after a lapse.
    Relearning {
        /// Index of the relearning step, from 0.
        step: u8,
    },
}

/// The state that a card's events fold to.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CardState {
    /// The memory state; `None` until the first answer.
    pub memory: Option<Memory>,
    /// The phase of learning.
    pub phase: CardPhase,
    /// When it is due; `None` while it is new.
    pub due: Option<Due>,
    /// The study day of the first answer since the last reset.
    pub first_day: Option<StudyDay>,
    /// The study day of the last answer that moved the schedule.
    pub last_day: Option<StudyDay>,
    /// The rating of the last answer that moved the schedule.
    pub last_rating: Option<Rating>,
    /// The study day of the first answer, or of the last Again since: since then every answer was recalled.
    pub streak_start: Option<StudyDay>,
    /// The last interval in days; 0 on learning and relearning steps.
    pub interval_days: u32,
    /// How many answers moved the schedule.
    pub reviews: u32,
    /// How often the card was forgotten (rated Again) in [`CardPhase::Review`].
    pub lapses: u32,
    /// Whether it is suspended: not shown until resumed.
    pub suspended: bool,
    /// The first study day on which a buried card is shown again; `None` when it was never buried.
    pub buried_until: Option<StudyDay>,
}

/// One event of a card, without the card's key.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEvent {
    /// The event's identity.
    pub id: EventId,
    /// Its place in the fold, see [`Event::order_ms`](super::event::Event::order_ms).
    pub order_ms: i64,
    /// When it happened, by the clock.
    pub stamp: Stamp,
    /// What it does to the card.
    pub change: Change,
}

/// A card's events in fold order, and the state that they fold to.
#[derive(Clone, Debug, Default)]
pub struct Card {
    events: Vec<CardEvent>,
    state: CardState,
    /// The memory after each effective event, so that a replay need not run the memory model again.
    memories_after: Vec<Option<Memory>>,
}

impl CardState {
    /// Days since the last answer that moved the schedule; 0 for a new card.
    pub fn days_since_review(&self, today: StudyDay) -> u32 {
        self.last_day.map_or(0, |last| today.days_since(last))
    }

    /// Predicted recall (retrievability, 0 to 1) on a day; `None` for a new card. For how well the card is
    /// known today see [`CardState::recall_now`].
    pub fn recall(&self, model: &MemoryModel, day: StudyDay) -> Option<f64> {
        self.memory.map(|memory| model.recall(memory, self.days_since_review(day)))
    }

    /// Whether the card can be shown on that day: it is neither suspended nor still buried.
    pub fn is_available(&self, today: StudyDay) -> bool {
        !self.suspended && self.buried_until.is_none_or(|until| today >= until)
    }

    /// Whether it was forgotten at least [`LEECH_LAPSES`] times.
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }

    /// The study day on which it is due; a learning step counts as due on the day of the last answer. `None`
    /// for a new card.
    pub fn due_day(&self) -> Option<StudyDay> {
        match self.due? {
            Due::Day(day) => Some(day),
            Due::At(_) => self.last_day,
        }
    }

    /// The state after one more event. `remember` computes the memory after an answer from the memory before
    /// it, the days since the last answer, and the rating.
    fn after(
        mut self,
        stamp: &Stamp,
        change: &Change,
        remember: impl FnOnce(Option<Memory>, u32, Rating) -> Option<Memory>,
    ) -> Self {
        match change {
            Change::Answer(review) if review.source.moves_schedule() => {
                let days = self.days_since_review(stamp.day);
                if self.phase == CardPhase::Review && review.rating == Rating::Again {
                    self.lapses += 1;
                }
                self.memory = remember(self.memory, days, review.rating);
                self.phase = phase_after(self.phase, review.kind, review.rating);
                self.due = Some(review.due);
                self.interval_days = match review.due {
                    Due::Day(day) => day.days_since(stamp.day),
                    Due::At(_) => 0,
                };
                self.first_day = self.first_day.or(Some(stamp.day));
                self.last_day = Some(stamp.day);
                self.last_rating = Some(review.rating);
                if review.rating == Rating::Again || self.streak_start.is_none() {
                    self.streak_start = Some(stamp.day);
                }
                self.reviews += 1;
            }
            Change::Suspend => self.suspended = true,
            Change::Resume => self.suspended = false,
            Change::Bury { until } => self.buried_until = Some(*until),
            Change::Reset => self = CardState { suspended: self.suspended, ..CardState::default() },
            // Practice, and tests that are not scheduled, leave the state alone.
            Change::Answer(_) => {}
            // These amend earlier events (see `effective_events`).
            Change::Retract(_) | Change::Rate { .. } => {}
            // These say which card the events belong to (see `rekey`).
            Change::Rekey { .. } | Change::RejectMatch { .. } => {}
        }
        self
    }
}

impl Card {
    /// Builds a card from its events, which must be in fold order.
    pub fn from_events(events: Vec<CardEvent>, model: &MemoryModel) -> Self {
        let mut card = Self { events, ..Self::default() };
        card.refold(model);
        card
    }

    /// The state that the events fold to.
    pub fn state(&self) -> &CardState {
        &self.state
    }

    /// All events, in fold order, with retracted ones.
    pub fn events(&self) -> &[CardEvent] {
        &self.events
    }

    /// Adds an event. It is the newest one unless another log comes in; then it is inserted in fold order.
    pub fn push(&mut self, event: CardEvent, model: &MemoryModel) {
        let at = self.events.partition_point(|other| other.fold_order() <= event.fold_order());
        let is_newest = at == self.events.len();
        if is_newest && !event.change.is_amendment() {
            self.state = self.state.after(&event.stamp, &event.change, memory_update(model));
            self.memories_after.push(self.state.memory);
            self.events.push(event);
        } else {
            self.events.insert(at, event);
            self.refold(model);
        }
    }

    /// Folds all events again: after a change of the model's parameters, or of an earlier event.
    pub fn refold(&mut self, model: &MemoryModel) {
        // Nearly every card has no retraction and no overruled rating: its events are folded without copying
        // them.
        (self.state, self.memories_after) = if self.is_unamended() {
            fold(self.events.iter(), model)
        } else {
            fold(self.effective_events(), model)
        };
    }

    /// Whether no event was retracted and no rating overruled.
    fn is_unamended(&self) -> bool {
        !self.events.iter().any(|event| event.change.is_amendment())
    }

    /// The events that count: without retracted ones, and with overruled ratings replaced.
    pub fn effective_events(&self) -> impl Iterator<Item = CardEvent> + '_ {
        let amendments: Vec<&CardEvent> =
            self.events.iter().filter(|event| event.change.is_amendment()).collect();
        let retracted = move |id: EventId| is_retracted(id, &amendments, amendments.len());
        self.events.iter().filter(|event| !event.change.is_amendment()).filter_map(move |event| {
            if retracted(event.id) {
                return None;
            }
            let mut event = event.clone();
            if let Change::Answer(review) = &mut event.change {
                let overrule = self.events.iter().rev().find_map(|later| match later.change {
                    Change::Rate { target, rating, due, confidence }
                        if target == event.id && !retracted(later.id) =>
                    {
                        Some((rating, due, confidence))
                    }
                    _ => None,
                });
                if let Some((rating, due, confidence)) = overrule {
                    review.rating = rating;
                    review.due = due;
                    review.confidence = confidence.or(review.confidence);
                }
            }
            Some(event)
        })
    }

    /// Calls `each` for every effective event, with the state before it.
    pub fn replay(&self, mut each: impl FnMut(&CardState, &CardEvent)) {
        let mut state = CardState::default();
        let mut memories = self.memories_after.iter();
        let mut apply = |event: &CardEvent| {
            each(&state, event);
            let memory = memories.next().copied().flatten();
            state = state.after(&event.stamp, &event.change, |_, _, _| memory);
        };
        if self.is_unamended() {
            self.events.iter().for_each(apply);
        } else {
            self.effective_events().for_each(|event| apply(&event));
        }
    }

    /// The answers that count, with the ids of their events.
    pub fn reviews_with_ids(&self) -> impl Iterator<Item = (EventId, Review)> + '_ {
        self.effective_events().filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.id, review)),
            _ => None,
        })
    }

    /// The answers that count, as they were when they were graded: without overruled ratings, and without
    /// confidences changed afterwards, when the learner already knew the verdict.
    pub fn original_answers(&self) -> impl Iterator<Item = (EventId, Stamp, &Review)> {
        let amendments: Vec<&CardEvent> =
            self.events.iter().filter(|event| event.change.is_amendment()).collect();
        self.events.iter().filter_map(move |event| match &event.change {
            Change::Answer(review) if !is_retracted(event.id, &amendments, amendments.len()) => {
                Some((event.id, event.stamp, review))
            }
            _ => None,
        })
    }

    /// Whether any answer since the last reset counts for scores. Answers in tests that are not scheduled do,
    /// practice does not.
    pub fn has_scored_answer(&self) -> bool {
        self.effective_events().fold(false, |found, event| match event.change {
            Change::Answer(review) => found || review.source != ReviewSource::Practice,
            Change::Reset => false,
            _ => found,
        })
    }

    /// The answers that count, with when they were given.
    pub fn reviews(&self) -> impl Iterator<Item = (Stamp, Review)> + '_ {
        self.effective_events().filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.stamp, review)),
            _ => None,
        })
    }
}

impl CardEvent {
    /// The key by which events are folded: order stamp first, then event id.
    pub(super) fn fold_order(&self) -> (i64, EventId) {
        (self.order_ms, self.id)
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
            Change::Retract(target) | Change::Rate { target, .. } => Some(*target),
            _ => None,
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

/// The state that the events fold to, and the memory after each of them.
fn fold(
    events: impl Iterator<Item = impl Borrow<CardEvent>>,
    model: &MemoryModel,
) -> (CardState, Vec<Option<Memory>>) {
    let mut memories = Vec::with_capacity(events.size_hint().0);
    let state = events.fold(CardState::default(), |state, event| {
        let CardEvent { stamp, change, .. } = event.borrow();
        let state = state.after(stamp, change, memory_update(model));
        memories.push(state.memory);
        state
    });
    (state, memories)
}

fn memory_update(model: &MemoryModel) -> impl FnOnce(Option<Memory>, u32, Rating) -> Option<Memory> {
    |before, days, rating| Some(model.after(before, days, rating))
}
