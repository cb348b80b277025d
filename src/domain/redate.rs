//! Events of a clock that was ahead: which they are, and how they are counted as given now.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::card::CardState;
use super::day::{Moment, Stamp};
use super::event::{Change, Due};
use super::event_log::EventLogError;
use super::history::{CardEvent, CardHistory};
use super::ids::CardKey;
use super::progress::Progress;
use super::schedule::Scheduler;

/// How far ahead of now a time may be, in milliseconds: the clocks of two machines never agree entirely.
const MAX_AHEAD_MS: i64 = 60 * 60_000;

/// Answers that carry a date in the future.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FutureAnswers {
    /// Number of answers.
    pub answers: usize,
    /// When the newest was given, by the clock of that time.
    pub newest: Stamp,
    /// The cards that have them, in the order of keys.
    pub cards: Vec<CardKey>,
}

impl FutureAnswers {
    /// The answers ahead of `now`. `None` if there are none, or if they do no harm any more, because newer answers have
    /// taken the place of all of them. `newest` is when the last event was logged: only if that or the state of a card
    /// is ahead, the log is read.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn find(
        progress: &Progress,
        newest: Option<Stamp>,
        now: &Moment,
    ) -> Result<Option<Self>, EventLogError> {
        let is_newest_ahead = newest.is_some_and(|stamp| is_ahead(&stamp, now));
        let has_card_ahead =
            || progress.cards().any(|(_, summary)| summary.state.was_answered_ahead(now.day()));
        if !is_newest_ahead && !has_card_ahead() {
            return Ok(None);
        }
        let mut logged: HashSet<CardKey> = HashSet::new();
        progress.log.for_each(progress.event_count(), &mut |_, key, event| {
            if is_harmful(event, now) && !logged.contains(key) {
                logged.insert(key.clone());
            }
            ControlFlow::Continue(())
        })?;
        let mut cards: Vec<CardKey> =
            logged.iter().flat_map(|key| progress.rekey_links.component(key)).collect();
        cards.sort_unstable();
        cards.dedup();
        let mut found = Self { answers: 0, newest: now.stamp, cards: Vec::new() };
        let histories = progress.histories(&cards)?;
        for (key, history) in cards.into_iter().zip(histories) {
            let mut has_any = false;
            for event in history.effective_events().filter(|event| is_harmful(event, now)) {
                has_any = true;
                found.answers += usize::from(matches!(event.change, Change::Answer(_)));
                if event.stamp.utc_ms > found.newest.utc_ms {
                    found.newest = event.stamp;
                }
            }
            if has_any {
                found.cards.push(key);
            }
        }
        Ok((found.answers > 0).then_some(found))
    }
}

/// Whether the clock must have been wrong, now or at that time.
fn is_ahead(stamp: &Stamp, now: &Moment) -> bool {
    stamp.utc_ms > now.ms().saturating_add(MAX_AHEAD_MS)
}

/// Whether an event is ahead and its time matters: it schedules its card, or counts on a day.
fn is_harmful(event: &CardEvent, now: &Moment) -> bool {
    is_ahead(&event.stamp, now) && matches!(event.change, Change::Answer(_) | Change::Bury { .. })
}

/// Counts the answers and burials of a card that are ahead of `now` as given now: the changes to log for that, oldest
/// first. What an answer schedules is computed anew, because a wrong clock also made the time before it too long.
pub fn redate(key: &CardKey, history: &CardHistory, scheduler: &Scheduler, now: &Moment) -> Vec<Change> {
    let mut state = CardState::default();
    let mut changes = Vec::new();
    for mut event in history.effective_events() {
        if is_harmful(&event, now) {
            let due = match &event.change {
                Change::Answer(review) if review.source.moves_schedule() => {
                    scheduler.outcome(key, review.kind, &state, now, review.rating).due
                }
                Change::Bury { until } => Due::Day(now.day().plus(until.days_since(event.stamp.day))),
                _ => Due::Day(now.day()),
            };
            let change = Change::Redate { target: event.id, at: now.stamp, due };
            event.amend(&change);
            changes.push(change);
        }
        state = state.after(&event.stamp, &event.change, &scheduler.model);
    }
    changes
}
