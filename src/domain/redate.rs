//! Events of a clock that was ahead: which they are, and how they are counted as given now.

use super::card::CardState;
use super::day::{Moment, Stamp};
use super::event::{Change, Due};
use super::history::CardHistory;
use super::ids::CardKey;
use super::schedule::Scheduler;

/// How far ahead of now a time may be, in milliseconds: the clocks of two machines never agree entirely.
const MAX_AHEAD_MS: i64 = 60 * 60_000;

/// Whether the clock must have been wrong, now or at that time.
pub fn is_ahead(stamp: &Stamp, now: &Moment) -> bool {
    stamp.utc_ms > now.ms().saturating_add(MAX_AHEAD_MS)
}

/// Whether an event with a wrong time does harm: it schedules its card, or counts on a day.
pub fn can_be_redated(change: &Change) -> bool {
    matches!(change, Change::Answer(_) | Change::Bury { .. })
}

/// Counts the answers and burials of a card that are ahead of `now` as given now: the changes to log for that, oldest
/// first. What an answer schedules is computed anew, because a wrong clock also made the time before it too long.
pub fn redate(key: &CardKey, history: &CardHistory, scheduler: &Scheduler, now: &Moment) -> Vec<Change> {
    let mut state = CardState::default();
    let mut changes = Vec::new();
    for mut event in history.effective_events() {
        if is_ahead(&event.stamp, now) && can_be_redated(&event.change) {
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
