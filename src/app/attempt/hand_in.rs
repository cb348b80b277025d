//! Handing in a test: the learner grades recall answers, then everything is graded and logged in one
//! transaction.

use super::{ActiveAttempt, OpenReport, Tests};
use crate::app::core::Core;
use crate::app::screen::Screen;
use crate::domain::attempt::{
    AttemptEvent, AttemptPhase, CompletedAttempt, ItemReport, SelfGrade, TestAttempt, TestReport,
};
use crate::domain::day::{Moment, Stamp};
use crate::domain::event::{AnswerRecord, Change, Confidence, Review, ReviewSource};
use crate::domain::ids::CardKey;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::schedule::outcome_of;
use crate::domain::task::Response;
use crate::store::NewEvent;
use crate::text;

impl Tests {
    /// Ends answering. `by_time` is true if the time limit did it.
    pub(super) fn hand_in(&mut self, core: &mut Core, by_time: bool, now: &Moment) {
        self.tick_clock(now);
        let Some(active) = &self.active else { return };
        if active.attempt.phase() != AttemptPhase::Running {
            return;
        }
        let events: Vec<AttemptEvent> =
            active.unsaved_event().into_iter().chain([AttemptEvent::HandIn { by_time }]).collect();
        self.self_grade_or_close(core, events, now);
    }

    /// Sets the learner's own grade of the answer on screen.
    pub(super) fn self_grade(&mut self, core: &mut Core, self_grade: SelfGrade, now: &Moment) {
        let Some(active) = &self.active else { return };
        if active.attempt.phase() != AttemptPhase::SelfGrading {
            return;
        }
        let item = active.current_item();
        self.self_grade_or_close(core, vec![AttemptEvent::SelfGrade { item, grade: self_grade }], now);
    }

    /// Writes events. With the last missing grade, the whole test is graded and logged in the same
    /// transaction.
    fn self_grade_or_close(&mut self, core: &mut Core, mut events: Vec<AttemptEvent>, now: &Moment) {
        let Some(active) = &self.active else { return };
        let mut after = active.clone();
        after.apply(&events.iter().map(|event| active.logged_event(event.clone(), now)).collect::<Vec<_>>());
        if after.items_to_self_grade().next().is_some() {
            if self.log_attempt_events(core, events, now) {
                self.show_next_to_self_grade(now);
            }
            return;
        }
        events.push(AttemptEvent::grade(
            TestReport::new(&after.test, &after.attempt).items.iter().map(|item| item.verdict.score),
        ));
        events.push(AttemptEvent::Complete);
        let logged: Vec<_> = events.into_iter().map(|event| active.logged_event(event, now)).collect();
        let mut attempt = active.attempt.clone();
        logged.iter().for_each(|event| attempt.apply(event));
        let id = active.id;
        let report = TestReport::new(&active.test, &attempt);
        let changes = self.answer_events(core, active, &attempt, &report, now);
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(stamp, card, change, record)| NewEvent {
                stamp: *stamp,
                card,
                change,
                answer: Some(record),
            })
            .collect();
        let written =
            changes.iter().map(|(stamp, card, change, _)| (core.store.next_order_ms(*stamp), card, change));
        let needed = match core.progress.prepare(written) {
            Ok(needed) => needed,
            Err(error) => return core.notify_error(text::attempt::not_handed_in(error)),
        };
        match core.store.append_attempt_events(id, &logged, &new) {
            Ok(written) => {
                core.fold_in(written, needed);
                core.undo.clear(text::attempt::NO_UNDO_AFTER);
                if let Some(ActiveAttempt { id, started, test, .. }) = self.active.take() {
                    let completed = CompletedAttempt { test, attempt, report };
                    self.report = Some(OpenReport::new(id, started, completed));
                }
                self.history.invalidate();
                self.reload_paused_attempt(core);
                core.screen = Screen::Test;
            }
            Err(error) => core.notify_error(text::attempt::not_handed_in(error)),
        }
    }

    /// Shows the next answer that waits for the learner's own grade.
    pub(super) fn show_next_to_self_grade(&mut self, now: &Moment) {
        if let Some(active) = self.active.as_mut() {
            active.show(active.current_item(), now);
        }
    }

    /// The answers to log for scheduling, each with the time it was given. An empty answer counts as not
    /// known if the question was seen and there was time left. Nothing is logged for a question that was
    /// never shown, or was cut off by the time limit, or whose answer cannot be read.
    fn answer_events(
        &self,
        core: &Core,
        active: &ActiveAttempt,
        attempt: &TestAttempt,
        report: &TestReport,
        now: &Moment,
    ) -> Vec<(Stamp, CardKey, Change, AnswerRecord)> {
        let source =
            if active.test.setup.moves_schedule { ReviewSource::Test } else { ReviewSource::TestUnscheduled };
        let gave_up = |item: &ItemReport| item.seen && item.response == Response::GaveUp;
        let is_evidence = |item: &ItemReport| item.answered || (gave_up(item) && !attempt.timed_out());
        report
            .items
            .iter()
            .filter(|item| is_evidence(item))
            .map(|item| {
                let card = core.current_card_key(&item.card).clone();
                let (kind, score) = (item.task.kind, item.verdict.score);
                let guessed = item.confidence == Some(Confidence::Guess);
                let rating = Rating::from_verdict(&item.verdict, guessed && score > 0.0);
                // The test may have been paused for days since the answer.
                let answered_at_ms = item.answered_at_ms.unwrap_or(now.ms());
                let answered_at = now.between(&active.started, answered_at_ms, core.settings.rollover_hour);
                let scheduler = core.scheduler_of(&card, answered_at.day());
                let outcomes = scheduler.outcomes(&card, kind, core.progress.state(&card), &answered_at);
                let review = Review {
                    source,
                    kind,
                    score,
                    blind_chance: item.task.blind_chance(),
                    hint_used: false,
                    confidence: item.confidence,
                    latency_ms: u32::try_from(item.spent_ms.max(0)).unwrap_or(u32::MAX),
                    proposed_rating: rating,
                    rating,
                    mapping_version: MAPPING_VERSION,
                    due: outcome_of(&outcomes, rating).due,
                };
                let record = AnswerRecord {
                    response: item.response.clone(),
                    shown_options: item.task.shown_options(),
                };
                (answered_at.stamp, card, Change::Answer(review), record)
            })
            .collect()
    }
}
