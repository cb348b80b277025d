//! A card's history and the state that it folds to.

use std::borrow::Borrow;

use super::day::{Stamp, StudyDay};
use super::event::{Change, Due, EventId, Review, ReviewSource};
use super::memory::{Memory, Model};
use super::rating::Rating;
use super::schedule::phase_after;

/// Lapses from which on a card counts as a leech: it costs more than it gives as it stands.
pub const LEECH_LAPSES: u32 = 8;

/// Where a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CardPhase {
    /// Never answered.
    #[default]
    New,
    /// On minute steps for the first time.
    Learning {
        /// From 0.
        step: u8,
    },
    /// Coming back after days.
    Review,
    /// On minute steps after having been forgotten.
    Relearning {
        /// From 0.
        step: u8,
    },
}

/// What a card's events fold to.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CardState {
    /// `None` until the first answer.
    pub memory: Option<Memory>,
    /// Where it stands.
    pub phase: CardPhase,
    /// When it comes back; `None` while new.
    pub due: Option<Due>,
    /// When it was first answered, since the last reset.
    pub first_day: Option<StudyDay>,
    /// When it was last answered for the schedule.
    pub last_day: Option<StudyDay>,
    /// How it was answered then.
    pub last_rating: Option<Rating>,
    /// The study day of its first answer, or of the last Again since.
    pub streak_start: Option<StudyDay>,
    /// Days of the last interval granted; 0 on minute steps.
    pub interval_days: u32,
    /// Answers that the schedule counted.
    pub reviews: u32,
    /// How often a learned card was forgotten.
    pub lapses: u32,
    /// Not asked until resumed.
    pub suspended: bool,
    /// First day on which it may be asked again.
    pub buried_until: Option<StudyDay>,
}

/// One event of a card, without the card's key.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEvent {
    /// Which event.
    pub id: EventId,
    /// When.
    pub stamp: Stamp,
    /// What.
    pub change: Change,
}

/// A card's events in fold order, and what they fold to.
#[derive(Clone, Debug, Default)]
pub struct Card {
    events: Vec<CardEvent>,
    state: CardState,
    /// The memory after each of the entries that count: going through a history again takes no model.
    memories_after: Vec<Option<Memory>>,
}

impl CardState {
    /// Days since the last answer that counted.
    pub fn days_since_review(&self, today: StudyDay) -> u32 {
        self.last_day.map_or(0, |last| today.days_since(last))
    }

    /// Recall on a day as its memory predicts it; `None` for a card never seen. For today see [`CardState::known_now`].
    pub fn recall(&self, model: &Model, day: StudyDay) -> Option<f64> {
        self.memory.map(|memory| model.recall(memory, self.days_since_review(day)))
    }

    /// Whether it may be asked on that day at all.
    pub fn is_available(&self, today: StudyDay) -> bool {
        !self.suspended && self.buried_until.is_none_or(|until| today >= until)
    }

    /// Whether it was forgotten so often that it should be rewritten.
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }

    /// The day it is due; timed steps count as the day of the last answer.
    pub fn due_day(&self) -> Option<StudyDay> {
        match self.due? {
            Due::Day(day) => Some(day),
            Due::At(_) => self.last_day,
        }
    }

    /// The state after one more event; `remember` tells the memory after an answer from that before, the days since
    /// and the rating.
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
            // Practice, and a test that only measures, leave the schedule alone.
            Change::Answer(_) => {}
            // These change earlier entries (see `effective`).
            Change::Retract(_) | Change::Rate { .. } => {}
            // These say whose the entries are (see `rekey`).
            Change::Rekey { .. } | Change::RejectMatch { .. } => {}
        }
        self
    }
}

impl Card {
    /// A card from its events in fold order.
    pub fn from_events(entries: Vec<CardEvent>, model: &Model) -> Self {
        let mut card = Self { events: entries, ..Self::default() };
        card.refold(model);
        card
    }

    /// What the events fold to.
    pub fn state(&self) -> &CardState {
        &self.state
    }

    /// The events, in fold order.
    pub fn events(&self) -> &[CardEvent] {
        &self.events
    }

    /// Adds an event, the newest one unless the clock was set back: then it goes where the log has it.
    pub fn push(&mut self, entry: CardEvent, model: &Model) {
        let at = self.events.partition_point(|other| other.fold_order() <= entry.fold_order());
        let is_newest = at == self.events.len();
        if is_newest && !entry.change.is_amendment() {
            self.state = self.state.after(&entry.stamp, &entry.change, memory_update(model));
            self.memories_after.push(self.state.memory);
            self.events.push(entry);
        } else {
            self.events.insert(at, entry);
            self.refold(model);
        }
    }

    /// Folds everything again: after a change of parameters, or of an earlier entry.
    pub fn refold(&mut self, model: &Model) {
        // Nearly every card has neither retraction nor overrule; its entries stand as they are.
        (self.state, self.memories_after) = if self.is_unamended() {
            fold(self.events.iter(), model)
        } else {
            fold(self.effective_events(), model)
        };
    }

    /// Whether no entry was taken back or overruled.
    fn is_unamended(&self) -> bool {
        !self.events.iter().any(|entry| entry.change.is_amendment())
    }

    /// The entries that count: retracted ones left out, overruled ratings in place.
    pub fn effective_events(&self) -> impl Iterator<Item = CardEvent> + '_ {
        let changes: Vec<&CardEvent> =
            self.events.iter().filter(|entry| entry.change.is_amendment()).collect();
        let retracted = move |id: EventId| is_retracted(id, &changes, changes.len());
        self.events.iter().filter(|entry| !entry.change.is_amendment()).filter_map(move |entry| {
            if retracted(entry.id) {
                return None;
            }
            let mut entry = entry.clone();
            if let Change::Answer(review) = &mut entry.change {
                let overrule = self.events.iter().rev().find_map(|later| match later.change {
                    Change::Rate { target, rating, granted, confidence }
                        if target == entry.id && !retracted(later.id) =>
                    {
                        Some((rating, granted, confidence))
                    }
                    _ => None,
                });
                if let Some((rating, granted, confidence)) = overrule {
                    review.rating = rating;
                    review.due = granted;
                    review.confidence = confidence.or(review.confidence);
                }
            }
            Some(entry)
        })
    }

    /// Goes through the entries that count, each with the state before it.
    pub fn replay(&self, mut each: impl FnMut(&CardState, &CardEvent)) {
        let mut state = CardState::default();
        let mut memories = self.memories_after.iter();
        let mut step = |entry: &CardEvent| {
            each(&state, entry);
            let memory = memories.next().copied().flatten();
            state = state.after(&entry.stamp, &entry.change, |_, _, _| memory);
        };
        if self.is_unamended() {
            self.events.iter().for_each(step);
        } else {
            self.effective_events().for_each(|entry| step(&entry));
        }
    }

    /// The answers that count, with the events that they were given in.
    pub fn reviews_with_ids(&self) -> impl Iterator<Item = (EventId, Review)> + '_ {
        self.effective_events().filter_map(|entry| match entry.change {
            Change::Answer(review) => Some((entry.id, review)),
            _ => None,
        })
    }

    /// The answers that count as they stood when their verdicts came: without ratings overruled and guesses owned up
    /// to afterwards, which are told by those who know how it went.
    pub fn original_answers(&self) -> impl Iterator<Item = (EventId, Stamp, &Review)> {
        let changes: Vec<&CardEvent> =
            self.events.iter().filter(|entry| entry.change.is_amendment()).collect();
        self.events.iter().filter_map(move |entry| match &entry.change {
            Change::Answer(review) if !is_retracted(entry.id, &changes, changes.len()) => {
                Some((entry.id, entry.stamp, review))
            }
            _ => None,
        })
    }

    /// Whether an answer since the last reset counts for scores: also one of a test that left the schedule alone.
    pub fn has_scored_answer(&self) -> bool {
        self.effective_events().fold(false, |was, entry| match entry.change {
            Change::Answer(review) => was || review.source != ReviewSource::Practice,
            Change::Reset => false,
            _ => was,
        })
    }

    /// The answers that count, with when they were given.
    pub fn reviews(&self) -> impl Iterator<Item = (Stamp, Review)> + '_ {
        self.effective_events().filter_map(|entry| match entry.change {
            Change::Answer(review) => Some((entry.stamp, review)),
            _ => None,
        })
    }
}

impl CardEvent {
    /// Its place in the fold order.
    pub(super) fn fold_order(&self) -> (i64, EventId) {
        (self.stamp.utc_ms, self.id)
    }
}

impl Change {
    /// Whether it speaks of an earlier event rather than of the card.
    pub(super) fn is_amendment(&self) -> bool {
        self.target().is_some()
    }

    /// The earlier event that it speaks of.
    pub(super) fn target(&self) -> Option<EventId> {
        match self {
            Change::Retract(target) | Change::Rate { target, .. } => Some(*target),
            _ => None,
        }
    }
}

/// A retraction counts unless it is retracted itself, wherever in the order it stands: the clock may have been
/// set back since its target. `depth` ends the search in a damaged log whose retractions form a circle.
pub(super) fn is_retracted(id: EventId, changes: &[&CardEvent], depth: usize) -> bool {
    depth > 0
        && changes.iter().any(|entry| {
            matches!(entry.change, Change::Retract(target) if target == id)
                && !is_retracted(entry.id, changes, depth - 1)
        })
}

/// The state that entries fold to, and the memory after each of them.
fn fold(
    entries: impl Iterator<Item = impl Borrow<CardEvent>>,
    model: &Model,
) -> (CardState, Vec<Option<Memory>>) {
    let mut memories = Vec::with_capacity(entries.size_hint().0);
    let state = entries.fold(CardState::default(), |state, entry| {
        let CardEvent { stamp, change, .. } = entry.borrow();
        let state = state.after(stamp, change, memory_update(model));
        memories.push(state.memory);
        state
    });
    (state, memories)
}

fn memory_update(model: &Model) -> impl FnOnce(Option<Memory>, u32, Rating) -> Option<Memory> {
    |before, days, rating| Some(model.after(before, days, rating))
}
