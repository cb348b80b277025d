//! Going over the events of many cards, with the state of each card before each event.
//!
//! Most cards only have events that stand alone. These are replayed in one pass over the log, in the order in which they
//! were stored, with a running state for each card, so that nothing has to be collected. Cards with undone answers,
//! overruled ratings or moved progress follow, each with its whole history.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::card::CardState;
use super::day::Stamp;
use super::event::{Change, Confidence, Review};
use super::event_log::EventLogError;
use super::history::{CardEvent, CardHistory};
use super::ids::CardKey;
use super::memory::MemoryModel;
use super::progress::Progress;
use super::score::scored_cards::Cancelled;

/// Why the events of cards were not gone over to the end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The log cannot be read.
    #[error("{0}")]
    Unreadable(#[from] EventLogError),
}

impl From<Cancelled> for ReplayError {
    fn from(Cancelled: Cancelled) -> Self {
        ReplayError::Cancelled
    }
}

/// An event that counts.
#[derive(Clone, Copy, Debug)]
pub struct ReplayedEvent<'a> {
    /// The position of the card among those that are replayed.
    pub card: usize,
    /// The state of the card before it.
    pub before: &'a CardState,
    /// The event; an overruled rating is replaced.
    pub event: &'a CardEvent,
    /// The confidence that was stated before the verdict, if it is an answer with one.
    pub stated: Option<Confidence>,
}

/// How many events are gone over between two checks whether to go on.
const EVENTS_PER_CANCEL_CHECK: usize = 256;
/// How many cards are read at once where histories are read card by card.
const CARDS_PER_READING: usize = 20_000;
/// Up to one in so many cards, those are read by themselves instead of going over the whole log.
const FEW_OF_ALL: usize = 16;

impl Progress {
    /// Replays some cards, which must differ: calls `each` for every event that counts. The events of one card come in
    /// fold order; those of different cards come in any order.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn replay(
        &self,
        cards: &[CardKey],
        model: &MemoryModel,
        cancel: &AtomicBool,
        mut each: impl FnMut(ReplayedEvent<'_>),
    ) -> Result<(), ReplayError> {
        let mut states = vec![CardState::default(); cards.len()];
        self.visit(cards, cancel, |card, event, stated| {
            let state = &mut states[card];
            each(ReplayedEvent { card, before: state, event, stated });
            *state = state.after(&event.stamp, &event.change, model);
        })
    }

    /// Calls `each` for every answer that counts to some cards, which must differ, with the position of the card. The
    /// memory model is not run.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn for_each_answer(
        &self,
        cards: &[CardKey],
        cancel: &AtomicBool,
        mut each: impl FnMut(usize, &Stamp, &Review),
    ) -> Result<(), ReplayError> {
        self.visit(cards, cancel, |card, event, _| {
            if let Change::Answer(review) = &event.change {
                each(card, &event.stamp, review);
            }
        })
    }

    /// Calls `each` with the histories of some cards, which must differ, one after the other.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn for_each_history(
        &self,
        cards: &[CardKey],
        cancel: &AtomicBool,
        mut each: impl FnMut(usize, CardHistory),
    ) -> Result<(), ReplayError> {
        for (nth, cards) in cards.chunks(CARDS_PER_READING).enumerate() {
            for (at, history) in self.histories(cards)?.into_iter().enumerate() {
                if cancel.load(Ordering::Relaxed) {
                    return Err(ReplayError::Cancelled);
                }
                each(nth * CARDS_PER_READING + at, history);
            }
        }
        Ok(())
    }

    /// Calls `each` with the events that count, and the confidences stated before the verdict.
    fn visit(
        &self,
        cards: &[CardKey],
        cancel: &AtomicBool,
        mut each: impl FnMut(usize, &CardEvent, Option<Confidence>),
    ) -> Result<(), ReplayError> {
        let is_few = cards.len() * FEW_OF_ALL < self.cards().len();
        let stands_alone =
            |key: &CardKey| !is_few && self.summary(key).is_some_and(|summary| !summary.needs_history);
        let numbered = cards.iter().enumerate().filter(|(_, key)| self.summary(key).is_some());
        let (plain, others): (Vec<_>, Vec<_>) = numbered.partition(|(_, key)| stands_alone(key));
        if !plain.is_empty() {
            self.visit_in_one_pass(plain, cancel, &mut each)?;
        }
        let keys: Vec<CardKey> = others.iter().map(|(_, key)| CardKey::clone(key)).collect();
        self.for_each_history(&keys, cancel, |at, history| {
            for (original, effective) in history.counted_events() {
                each(others[at].0, &effective, stated(original));
            }
        })
    }

    fn visit_in_one_pass(
        &self,
        cards: Vec<(usize, &CardKey)>,
        cancel: &AtomicBool,
        each: &mut impl FnMut(usize, &CardEvent, Option<Confidence>),
    ) -> Result<(), ReplayError> {
        let wanted: HashMap<&CardKey, usize, foldhash::fast::RandomState> =
            cards.into_iter().map(|(at, key)| (key, at)).collect();
        // For each number of a card in the log, whether it is wanted, as soon as it is known.
        let mut looked_up: Vec<Option<Option<usize>>> = Vec::new();
        let (mut nth, mut is_cancelled) = (0usize, false);
        self.log.for_each(self.event_count(), &mut |number, key, event| {
            nth += 1;
            if nth.is_multiple_of(EVENTS_PER_CANCEL_CHECK) && cancel.load(Ordering::Relaxed) {
                is_cancelled = true;
                return ControlFlow::Break(());
            }
            if number >= looked_up.len() {
                looked_up.resize(number + 1, None);
            }
            if let Some(at) = *looked_up[number].get_or_insert_with(|| wanted.get(key).copied()) {
                each(at, event, stated(event));
            }
            ControlFlow::Continue(())
        })?;
        if is_cancelled { Err(ReplayError::Cancelled) } else { Ok(()) }
    }
}

fn stated(event: &CardEvent) -> Option<Confidence> {
    match &event.change {
        Change::Answer(review) => review.confidence,
        _ => None,
    }
}
