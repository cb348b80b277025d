//! The active test. Every answer is saved when it is given, and no verdict is shown before the test is handed
//! in.

use std::sync::Arc;

use super::PausedAttempt;
use crate::app::active_card::ActiveCard;
use crate::app::draft::Draft;
use crate::domain::attempt::{
    AttemptEvent, AttemptPhase, DrawnTest, ItemState, LoggedAttemptEvent, TestAttempt, TestClock,
};
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::grade::unreadable_reason;
use crate::domain::task::{Response, Task};
use crate::store::AttemptId;

/// Pause in typing after which an answer is saved, in milliseconds.
pub(super) const SAVE_AFTER_MS: i64 = 1_000;
/// How often the elapsed test time is saved, in milliseconds of test time. A crash loses at most this much.
pub(super) const HEARTBEAT_MS: i64 = 30_000;
/// Remaining time at which the learner is warned, in milliseconds.
pub(super) const LAST_MINUTE_MS: i64 = 60_000;
/// How often the clock of a test without a time limit is updated, in milliseconds.
const TICK_MS: i64 = 20_000;

/// The test that the learner is taking.
#[derive(Clone, Debug)]
pub struct ActiveAttempt {
    /// The attempt's id in the store.
    pub id: AttemptId,
    /// When the test was started.
    pub started: Stamp,
    /// The questions that were drawn.
    pub test: Arc<DrawnTest>,
    /// Answers and progress as they are saved.
    pub attempt: TestAttempt,
    /// Whether the overview of all questions is shown instead of one question.
    pub overview: bool,
    pub(super) active_card: ActiveCard,
    /// The task of each item, in the order of the test.
    tasks: Vec<Task>,
    pub(super) clock: TestClock,
    /// Time of the last unsaved change, in UTC milliseconds; `None` if everything is saved.
    pub(super) unsaved_change_ms: Option<i64>,
}

/// How complete an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerStatus {
    /// There is no answer.
    Unanswered,
    /// Part of the answer is missing, or it cannot be read as a number or a date.
    Unfinished,
    /// The answer is complete.
    Answered,
}

/// How complete an answer to `task` is.
pub(super) fn answer_status(task: &Task, response: &Response) -> AnswerStatus {
    if response.is_blank() {
        AnswerStatus::Unanswered
    } else if response.is_complete() && unreadable_reason(task, response).is_none() {
        AnswerStatus::Answered
    } else {
        AnswerStatus::Unfinished
    }
}

impl ActiveAttempt {
    pub(super) fn new(paused: PausedAttempt, now: &Moment) -> Self {
        let PausedAttempt { id, started, test, attempt } = paused;
        let mut clock = TestClock::with_spent_ms(attempt.clock_ms());
        clock.start(now.ms());
        let card = item_card(&test, &attempt, attempt.current_item(), now);
        let tasks = test.items.iter().map(|item| test.task(item)).collect();
        Self {
            id,
            started,
            test,
            attempt,
            overview: false,
            active_card: card,
            tasks,
            clock,
            unsaved_change_ms: None,
        }
    }

    /// The question on screen, with the answer so far.
    pub fn active_card(&self) -> &ActiveCard {
        &self.active_card
    }

    /// Index of the item on screen. After handing in it is the next item that waits for the learner's own
    /// grade.
    pub fn current_item(&self) -> usize {
        match self.attempt.phase() {
            AttemptPhase::SelfGrading => {
                self.items_to_self_grade().next().unwrap_or(self.attempt.current_item())
            }
            _ => self.attempt.current_item(),
        }
    }

    /// The saved answer to the item on screen.
    pub fn response(&self) -> Option<&Response> {
        self.attempt.items().get(self.current_item()).and_then(|state| state.response.as_ref())
    }

    /// Whether everything that was entered is saved.
    pub fn is_saved(&self) -> bool {
        self.unsaved_change_ms.is_none()
    }

    /// Remaining time in milliseconds; `None` without a time limit.
    pub fn remaining_ms(&self) -> Option<i64> {
        Some(self.test.setup.limit_ms()? - self.spent_ms())
    }

    /// Elapsed test time in milliseconds, at most the time limit.
    pub fn spent_ms(&self) -> i64 {
        self.clock.spent_ms().min(self.test.setup.limit_ms().unwrap_or(i64::MAX))
    }

    /// How complete the answer to an item is; unsaved input counts.
    pub fn answer_status(&self, item: usize) -> AnswerStatus {
        let is_current = item == self.attempt.current_item() && self.attempt.phase() == AttemptPhase::Running;
        let of_draft = if is_current && self.unsaved_change_ms.is_some() {
            self.active_card.draft.response()
        } else {
            None
        };
        let state = self.attempt.items().get(item);
        let Some(response) = of_draft.as_ref().or(state.and_then(|state| state.response.as_ref())) else {
            return AnswerStatus::Unanswered;
        };
        self.tasks.get(item).map_or(AnswerStatus::Unanswered, |task| answer_status(task, response))
    }

    /// Indices of the items that are not completely answered.
    pub fn unfinished_items(&self) -> Vec<usize> {
        (0..self.test.items.len())
            .filter(|item| self.answer_status(*item) != AnswerStatus::Answered)
            .collect()
    }

    /// Indices of the items flagged for later.
    pub fn flagged_items(&self) -> Vec<usize> {
        let states = self.attempt.items().iter().enumerate();
        states.filter(|(_, state)| state.flagged).map(|(item, _)| item).collect()
    }

    /// Indices of the recall answers that wait for the learner's own grade.
    pub fn items_to_self_grade(&self) -> impl Iterator<Item = usize> + '_ {
        let is_waiting = |(item, state): &(usize, &ItemState)| {
            let is_given = state.response.as_ref().is_some_and(|response| !response.is_blank());
            let is_recalled = self.tasks[*item].form.is_self_graded();
            state.self_grade.is_none() && is_given && is_recalled
        };
        self.attempt.items().iter().enumerate().filter(is_waiting).map(|(item, _)| item)
    }

    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        if self.attempt.phase() != AttemptPhase::Running {
            return None;
        }
        let tick = match self.remaining_ms() {
            // The next time the displayed seconds change.
            Some(remaining) => now.ms() + (remaining - 1).rem_euclid(1_000) + 1,
            None => now.ms() + TICK_MS,
        };
        Some(self.unsaved_change_ms.map_or(tick, |changed| tick.min(changed + SAVE_AFTER_MS)))
    }

    pub(super) fn logged_event(&self, event: AttemptEvent, now: &Moment) -> LoggedAttemptEvent {
        LoggedAttemptEvent { at_ms: now.ms(), clock_ms: self.spent_ms(), event }
    }

    pub(super) fn show(&mut self, item: usize, now: &Moment) {
        self.active_card = item_card(&self.test, &self.attempt, item, now);
        self.overview = false;
    }

    /// The event that saves the current answer; `None` if everything is saved.
    pub(super) fn unsaved_event(&self) -> Option<AttemptEvent> {
        self.unsaved_change_ms?;
        let response = self.active_card.draft.response();
        Some(AttemptEvent::Answer {
            item: self.attempt.current_item(),
            response: response.filter(|response| !response.is_blank()),
        })
    }
}

/// The card of an item. It has the state of a new card, so that nothing of the learner's progress shows in a
/// test.
fn item_card(test: &DrawnTest, attempt: &TestAttempt, at: usize, now: &Moment) -> ActiveCard {
    let item = &test.items[at];
    let deck = test.deck(item).clone();
    let state = CardState::default();
    let mut card = ActiveCard::new(test.card(item), deck, item.question_index(), state, item.seed(), now);
    let state = attempt.items().get(at);
    let response = state.and_then(|state| state.response.as_ref());
    card.confidence = state.and_then(|state| state.confidence);
    card.draft = Draft::in_attempt(&card.task.form, response);
    card
}

impl ActiveAttempt {
    /// Applies events that were written.
    pub(super) fn apply(&mut self, events: &[LoggedAttemptEvent]) {
        for event in events {
            self.attempt.apply(event);
            if matches!(event.event, AttemptEvent::Answer { .. }) {
                self.unsaved_change_ms = None;
            }
        }
    }
}
