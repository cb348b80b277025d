//! The test before the learner: every answer is kept as it is given, and nothing is told about it.

use std::sync::Arc;

use super::PausedAttempt;
use crate::app::ActiveCard;
use crate::app::draft::Draft;
use crate::domain::attempt::{
    AttemptEvent, AttemptPhase, DrawnTest, ItemState, LoggedAttemptEvent, TestAttempt, TestClock, is_blank,
};
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::grade::unreadable_reason;
use crate::domain::task::{Response, Task, TaskForm};
use crate::store::AttemptId;

/// How long after the last letter an answer is kept.
pub(super) const SAVE_AFTER_MS: i64 = 1_000;
/// How often the time that passed is kept, of the test's time: so much of it is lost at most when the program dies.
pub(super) const HEARTBEAT_MS: i64 = 30_000;
/// When the learner is told that it is nearly over, in milliseconds left.
pub(super) const LAST_MINUTE_MS: i64 = 60_000;
/// How often the clock is told the time in a test without a limit.
const TICK_MS: i64 = 20_000;

/// A test before the learner.
#[derive(Clone, Debug)]
pub struct ActiveAttempt {
    /// Which.
    pub id: AttemptId,
    /// When it was begun.
    pub begun: Stamp,
    /// What is asked.
    pub test: Arc<DrawnTest>,
    /// How far it is, as it is on the disk.
    pub attempt: TestAttempt,
    /// Whether all questions are shown instead of one.
    pub overview: bool,
    pub(super) active_card: ActiveCard,
    /// What every item asks.
    tasks: Vec<Task>,
    pub(super) clock: TestClock,
    /// When the answer was changed last, if it is not on the disk yet.
    pub(super) unsaved_change_ms: Option<i64>,
}

/// How far an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerStatus {
    /// Nothing is there.
    Unanswered,
    /// Something is missing, or it cannot be read as a number or a date.
    Unfinished,
    /// It is there.
    Answered,
}

/// How far an answer is.
pub(super) fn answer_status(task: &Task, response: &Response) -> AnswerStatus {
    if is_blank(response) {
        return AnswerStatus::Unanswered;
    }
    let is_whole = match response {
        Response::Cloze(texts) => texts.iter().all(|text| !text.trim().is_empty()),
        Response::Match(of) | Response::Sort(of) => of.iter().all(Option::is_some),
        response => unreadable_reason(task, response).is_none(),
    };
    if is_whole { AnswerStatus::Answered } else { AnswerStatus::Unfinished }
}

impl ActiveAttempt {
    pub(super) fn new(left: PausedAttempt, now: &Moment) -> Self {
        let PausedAttempt { id, begun, test: paper, attempt: sitting } = left;
        let mut clock = TestClock::with_spent_ms(sitting.clock_ms());
        clock.start(now.ms());
        let asked = item_card(&paper, &sitting, sitting.current_item(), now);
        let tasks = paper.items.iter().map(|item| paper.task(item)).collect();
        Self {
            id,
            begun,
            test: paper,
            attempt: sitting,
            overview: false,
            active_card: asked,
            tasks,
            clock,
            unsaved_change_ms: None,
        }
    }

    /// The question before the learner, with the answer so far.
    pub fn active_card(&self) -> &ActiveCard {
        &self.active_card
    }

    /// The item before the learner, from 0: of those to be judged, if it is handed in.
    pub fn current_item(&self) -> usize {
        match self.attempt.phase() {
            AttemptPhase::SelfGrading => {
                self.items_to_self_grade().next().unwrap_or(self.attempt.current_item())
            }
            _ => self.attempt.current_item(),
        }
    }

    /// The answer so far to the item before the learner.
    pub fn response(&self) -> Option<&Response> {
        self.attempt.items().get(self.current_item()).and_then(|sheet| sheet.response.as_ref())
    }

    /// Whether everything that was entered is on the disk.
    pub fn is_saved(&self) -> bool {
        self.unsaved_change_ms.is_none()
    }

    /// Milliseconds left; `None` without a limit.
    pub fn remaining_ms(&self) -> Option<i64> {
        Some(self.test.setup.limit_ms()? - self.spent_ms())
    }

    /// Milliseconds of its time that have passed: never more than there are.
    pub fn spent_ms(&self) -> i64 {
        self.clock.spent_ms().min(self.test.setup.limit_ms().unwrap_or(i64::MAX))
    }

    /// How far the answer to an item is.
    pub fn answer_status(&self, item: usize) -> AnswerStatus {
        let here = item == self.attempt.current_item() && self.attempt.phase() == AttemptPhase::Running;
        let of_draft =
            if here && self.unsaved_change_ms.is_some() { self.active_card.draft.response() } else { None };
        let sheet = self.attempt.items().get(item);
        let Some(response) = of_draft.as_ref().or(sheet.and_then(|sheet| sheet.response.as_ref())) else {
            return AnswerStatus::Unanswered;
        };
        self.tasks.get(item).map_or(AnswerStatus::Unanswered, |task| answer_status(task, response))
    }

    /// Items that are not wholly answered.
    pub fn unfinished_items(&self) -> Vec<usize> {
        (0..self.test.items.len())
            .filter(|item| self.answer_status(*item) != AnswerStatus::Answered)
            .collect()
    }

    /// Items marked for later.
    pub fn flagged_items(&self) -> Vec<usize> {
        let sheets = self.attempt.items().iter().enumerate();
        sheets.filter(|(_, sheet)| sheet.flagged).map(|(item, _)| item).collect()
    }

    /// Answers in own words that wait to be judged.
    pub fn items_to_self_grade(&self) -> impl Iterator<Item = usize> + '_ {
        let waits = |(item, sheet): &(usize, &ItemState)| {
            let given = sheet.response.as_ref().is_some_and(|response| !is_blank(response));
            let is_recalled = matches!(self.tasks[*item].form, TaskForm::Recall { .. });
            sheet.self_grade.is_none() && given && is_recalled
        };
        self.attempt.items().iter().enumerate().filter(waits).map(|(item, _)| item)
    }

    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        if self.attempt.phase() != AttemptPhase::Running {
            return None;
        }
        let tick = match self.remaining_ms() {
            // When another second begins.
            Some(left) => now.ms() + (left - 1).rem_euclid(1_000) + 1,
            None => now.ms() + TICK_MS,
        };
        Some(self.unsaved_change_ms.map_or(tick, |changed| tick.min(changed + SAVE_AFTER_MS)))
    }

    pub(super) fn logged_event(&self, act: AttemptEvent, now: &Moment) -> LoggedAttemptEvent {
        LoggedAttemptEvent { at_ms: now.ms(), clock_ms: self.spent_ms(), event: act }
    }

    pub(super) fn show(&mut self, item: usize, now: &Moment) {
        self.active_card = item_card(&self.test, &self.attempt, item, now);
        self.overview = false;
    }

    /// What the answer is now, if that is not on the disk.
    pub(super) fn unsaved_event(&self) -> Option<AttemptEvent> {
        self.unsaved_change_ms?;
        let response = self.active_card.draft.response();
        Some(AttemptEvent::Answer {
            item: self.attempt.current_item(),
            response: response.filter(|response| !is_blank(response)),
        })
    }
}

/// An item as it comes before the learner: like new, so that nothing of the learner's progress shows in it.
fn item_card(paper: &DrawnTest, sitting: &TestAttempt, at: usize, now: &Moment) -> ActiveCard {
    let item = &paper.items[at];
    let deck = paper.deck(item).clone();
    let state = CardState::default();
    let mut asked = ActiveCard::new(paper.card(item), deck, item.question_index(), state, item.seed(), now);
    let sheet = sitting.items().get(at);
    let response = sheet.and_then(|sheet| sheet.response.as_ref());
    asked.confidence = sheet.and_then(|sheet| sheet.confidence);
    asked.draft = Draft::in_attempt(&asked.task.form, response);
    asked
}

impl ActiveAttempt {
    /// Folds in what was written.
    pub(super) fn apply(&mut self, steps: &[LoggedAttemptEvent]) {
        for step in steps {
            self.attempt.apply(step);
            if matches!(step.event, AttemptEvent::Answer { .. }) {
                self.unsaved_change_ms = None;
            }
        }
    }
}
