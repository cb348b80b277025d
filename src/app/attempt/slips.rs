//! Resolves slips in the report of a test; the answer in the log changes with the decision.

use std::sync::Arc;

use super::{OpenReport, Tests};
use crate::app::core::{Core, CoreChange};
use crate::domain::attempt::{AttemptEvent, CompletedAttempt, ItemReport, LoggedAttemptEvent};
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::event::{AnswerRecord, Change, Confidence, EventId, Review, ReviewSource};
use crate::domain::event_log::EventLogError;
use crate::domain::ids::CardKey;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::schedule::outcome_of;
use crate::store::NewEvent;

/// An answer of a test as it is in the log.
struct LoggedAnswer {
    card: CardKey,
    id: EventId,
    stamp: Stamp,
    review: Review,
    /// The card's state before the answer.
    state_before: CardState,
}

impl Tests {
    /// Says whether a slip was meant to be the right answer; the same value again removes the decision.
    pub(super) fn resolve_report_slip(&mut self, core: &mut Core, item: usize, accepted: bool, now: &Moment) {
        let Some(open) = &self.report else { return };
        let CompletedAttempt { test, attempt, report } = &*open.completed;
        let Some(item_before) = report.items.get(item).filter(|item| item.is_slip) else { return };
        let accepted = Some(accepted).filter(|_| item_before.slip_accepted != Some(accepted));
        let event = AttemptEvent::ResolveSlip { item, accepted };
        let logged = LoggedAttemptEvent { at_ms: now.ms(), clock_ms: attempt.clock_ms(), event };
        let mut attempt = attempt.clone();
        attempt.apply(&logged);
        let Some(completed) = CompletedAttempt::grade(test.clone(), attempt) else { return };
        let (id, started, expanded_item) = (open.id, open.started, open.expanded_item);
        // An answer that was not logged stays out of the log.
        let changes = match self.find_logged_answer(core, item_before) {
            Ok(Some(logged)) => {
                self.corrected_answer(core, &logged, &completed.report.items[item], &started, now)
            }
            Ok(None) => Vec::new(),
            Err(error) => return core.notify_error(error.to_string()),
        };
        let written =
            changes.iter().map(|(stamp, card, change, _)| (core.store.next_order_ms(*stamp), card, change));
        let needed = match core.progress.prepare(written) {
            Ok(needed) => needed,
            Err(error) => return core.notify_error(error.to_string()),
        };
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(stamp, card, change, record)| NewEvent {
                stamp: *stamp,
                card,
                change,
                answer: record.as_ref(),
            })
            .collect();
        match core.store.append_attempt_events(id, &[logged], &new) {
            Ok(written) => {
                core.fold_in(written, needed);
                core.note(CoreChange::Cards(changes.iter().map(|(_, card, ..)| card.clone()).collect()));
                self.report = Some(OpenReport { id, started, completed: Arc::new(completed), expanded_item });
                self.history.invalidate();
            }
            Err(error) => core.notify_error(error.to_string()),
        }
    }

    /// The logged answer to an item; `None` if it was not logged.
    fn find_logged_answer(
        &self,
        core: &Core,
        item: &ItemReport,
    ) -> Result<Option<LoggedAnswer>, EventLogError> {
        let card = core.current_card_key(&item.card).clone();
        let Some(answered_at_ms) = item.answered_at_ms else { return Ok(None) };
        let mut found: Option<LoggedAnswer> = None;
        core.progress.history(&card)?.replay(&core.scheduler.model, |state_before, entry| {
            let Change::Answer(review) = entry.change else { return };
            let is_of_test = matches!(review.source, ReviewSource::Test | ReviewSource::TestUnscheduled);
            let distance_ms = |stamp: &Stamp| stamp.utc_ms.abs_diff(answered_at_ms);
            // The clock may have been changed since, so the answer that is nearest in time is taken.
            if is_of_test
                && found.as_ref().is_none_or(|found| distance_ms(&entry.stamp) < distance_ms(&found.stamp))
            {
                let (id, stamp) = (entry.id, entry.stamp);
                found =
                    Some(LoggedAnswer { card: card.clone(), id, stamp, review, state_before: *state_before });
            }
        });
        let is_the_answer = |found: &LoggedAnswer| {
            let record = core.store.answer_record(found.id).ok().flatten();
            record.is_some_and(|record| record.response == item.response)
        };
        Ok(found.filter(is_the_answer))
    }

    /// The events that retract the logged answer and log it again as it is decided now, with its original
    /// time.
    fn corrected_answer(
        &self,
        core: &Core,
        logged: &LoggedAnswer,
        item: &ItemReport,
        started: &Stamp,
        now: &Moment,
    ) -> Vec<(Stamp, CardKey, Change, Option<AnswerRecord>)> {
        let LoggedAnswer { card, id, stamp, review, state_before } = logged;
        let score = item.verdict.score;
        let guessed = item.confidence == Some(Confidence::Guess);
        let rating = Rating::from_verdict(&item.verdict, guessed && score > 0.0);
        let answered_at = now.between(started, stamp.utc_ms, core.settings.rollover_hour);
        let outcomes = core.scheduler_of(card, answered_at.day()).outcomes(
            card,
            review.kind,
            state_before,
            &answered_at,
        );
        let due = outcome_of(&outcomes, rating).due;
        let mapping_version = MAPPING_VERSION;
        let review = Review { score, proposed_rating: rating, rating, mapping_version, due, ..*review };
        let record =
            AnswerRecord { response: item.response.clone(), shown_options: item.task.shown_options() };
        vec![
            (now.stamp, card.clone(), Change::Retract(*id), None),
            (*stamp, card.clone(), Change::Answer(review), Some(record)),
        ]
    }
}
