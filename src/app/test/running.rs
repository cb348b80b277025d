//! The test before the learner: every answer is kept as it is given, and nothing is told about it.

use std::sync::Arc;

use super::Left;
use crate::app::Asked;
use crate::app::draft::Draft;
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::grade::unreadable;
use crate::domain::task::{Form, Response, Task};
use crate::domain::test::{Act, Clock, Paper, Phase, Sheet, Sitting, Step, is_blank};
use crate::store::TestId;

/// How long after the last letter an answer is kept.
pub(super) const SAVE_AFTER_MS: i64 = 1_000;
/// How often the time that passed is kept, of the test's time: so much of it is lost at most when the program dies.
pub(super) const BEAT_MS: i64 = 30_000;
/// When the learner is told that it is nearly over, in milliseconds left.
pub(super) const LAST_MS: i64 = 60_000;
/// How often the clock is told the time in a test without a limit.
const TICK_MS: i64 = 20_000;

/// A test before the learner.
#[derive(Clone, Debug)]
pub struct Running {
    /// Which.
    pub id: TestId,
    /// When it was begun.
    pub begun: Stamp,
    /// What is asked.
    pub paper: Arc<Paper>,
    /// How far it is, as it is on the disk.
    pub sitting: Sitting,
    /// Whether all questions are shown instead of one.
    pub overview: bool,
    pub(super) asked: Asked,
    /// What every item asks.
    tasks: Vec<Task>,
    pub(super) clock: Clock,
    /// When the answer was changed last, if it is not on the disk yet.
    pub(super) changed_ms: Option<i64>,
}

/// How far an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// Nothing is there.
    Open,
    /// Something is missing, or it cannot be read as a number or a date.
    Unfinished,
    /// It is there.
    Answered,
}

/// How far an answer is.
pub(super) fn openness(task: &Task, response: &Response) -> Openness {
    if is_blank(response) {
        return Openness::Open;
    }
    let is_whole = match response {
        Response::Gaps(texts) => texts.iter().all(|text| !text.trim().is_empty()),
        Response::Pairs(of) | Response::Bins(of) => of.iter().all(Option::is_some),
        response => unreadable(task, response).is_none(),
    };
    if is_whole { Openness::Answered } else { Openness::Unfinished }
}

impl Running {
    pub(super) fn new(left: Left, now: &Moment) -> Self {
        let Left { id, begun, paper, sitting } = left;
        let mut clock = Clock::at(sitting.clock_ms());
        clock.start(now.ms());
        let asked = asked(&paper, &sitting, sitting.at(), now);
        let tasks = paper.items.iter().map(|item| paper.task(item)).collect();
        Self { id, begun, paper, sitting, overview: false, asked, tasks, clock, changed_ms: None }
    }

    /// The question before the learner, with the answer so far.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The item before the learner, from 0: of those to be judged, if it is handed in.
    pub fn at(&self) -> usize {
        match self.sitting.phase() {
            Phase::Judging => self.to_judge().next().unwrap_or(self.sitting.at()),
            _ => self.sitting.at(),
        }
    }

    /// The answer so far to the item before the learner.
    pub fn response(&self) -> Option<&Response> {
        self.sitting.sheets().get(self.at()).and_then(|sheet| sheet.response.as_ref())
    }

    /// Whether everything that was entered is on the disk.
    pub fn is_saved(&self) -> bool {
        self.changed_ms.is_none()
    }

    /// Milliseconds left; `None` without a limit.
    pub fn left_ms(&self) -> Option<i64> {
        Some(self.paper.setup.limit_ms()? - self.spent_ms())
    }

    /// Milliseconds of its time that have passed: never more than there are.
    pub fn spent_ms(&self) -> i64 {
        self.clock.spent_ms().min(self.paper.setup.limit_ms().unwrap_or(i64::MAX))
    }

    /// How far the answer to an item is.
    pub fn openness(&self, item: usize) -> Openness {
        let here = item == self.sitting.at() && self.sitting.phase() == Phase::Running;
        let of_draft = if here && self.changed_ms.is_some() { self.asked.draft.response() } else { None };
        let sheet = self.sitting.sheets().get(item);
        let Some(response) = of_draft.as_ref().or(sheet.and_then(|sheet| sheet.response.as_ref())) else {
            return Openness::Open;
        };
        self.tasks.get(item).map_or(Openness::Open, |task| openness(task, response))
    }

    /// Items that are not wholly answered.
    pub fn open_items(&self) -> Vec<usize> {
        (0..self.paper.items.len()).filter(|item| self.openness(*item) != Openness::Answered).collect()
    }

    /// Items marked for later.
    pub fn flagged(&self) -> Vec<usize> {
        let sheets = self.sitting.sheets().iter().enumerate();
        sheets.filter(|(_, sheet)| sheet.flagged).map(|(item, _)| item).collect()
    }

    /// Answers in own words that wait to be judged.
    pub fn to_judge(&self) -> impl Iterator<Item = usize> + '_ {
        let waits = |(item, sheet): &(usize, &Sheet)| {
            let given = sheet.response.as_ref().is_some_and(|response| !is_blank(response));
            let is_recalled = matches!(self.tasks[*item].form, Form::Reveal { .. });
            sheet.worth.is_none() && given && is_recalled
        };
        self.sitting.sheets().iter().enumerate().filter(waits).map(|(item, _)| item)
    }

    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        if self.sitting.phase() != Phase::Running {
            return None;
        }
        let tick = match self.left_ms() {
            // When another second begins.
            Some(left) => now.ms() + (left - 1).rem_euclid(1_000) + 1,
            None => now.ms() + TICK_MS,
        };
        Some(self.changed_ms.map_or(tick, |changed| tick.min(changed + SAVE_AFTER_MS)))
    }

    pub(super) fn step(&self, act: Act, now: &Moment) -> Step {
        Step { at_ms: now.ms(), clock_ms: self.spent_ms(), act }
    }

    pub(super) fn show(&mut self, item: usize, now: &Moment) {
        self.asked = asked(&self.paper, &self.sitting, item, now);
        self.overview = false;
    }

    /// What the answer is now, if that is not on the disk.
    pub(super) fn unsaved(&self) -> Option<Act> {
        self.changed_ms?;
        let response = self.asked.draft.response();
        Some(Act::Answer {
            item: self.sitting.at(),
            response: response.filter(|response| !is_blank(response)),
        })
    }
}

/// An item as it comes before the learner: like new, so that nothing of the learner's progress shows in it.
fn asked(paper: &Paper, sitting: &Sitting, at: usize, now: &Moment) -> Asked {
    let item = &paper.items[at];
    let deck = paper.deck(item).clone();
    let state = CardState::default();
    let mut asked = Asked::new(paper.card(item), deck, item.question_index(), state, item.seed(), now);
    let sheet = sitting.sheets().get(at);
    let response = sheet.and_then(|sheet| sheet.response.as_ref());
    asked.confidence = sheet.and_then(|sheet| sheet.confidence);
    asked.draft = Draft::in_test(&asked.task.form, response);
    asked
}

impl Running {
    /// Folds in what was written.
    pub(super) fn take(&mut self, steps: &[Step]) {
        for step in steps {
            self.sitting.take(step);
            if matches!(step.act, Act::Answer { .. }) {
                self.changed_ms = None;
            }
        }
    }
}
