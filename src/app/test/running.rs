//! The test before the learner: every answer is kept as it is given, and nothing is told about it.

use std::sync::Arc;

use super::{Left, TestCommand, fresh_code};
use crate::app::draft::Draft;
use crate::app::{App, Asked, Screen};
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::grade::unreadable;
use crate::domain::task::{Form, Response, Task};
use crate::domain::test::{Act, Clock, Paper, Phase, Sheet, Sitting, Standing, Step, is_blank};
use crate::store::TestId;

/// How long after the last letter an answer is kept.
const SAVE_AFTER_MS: i64 = 1_000;
/// How often the time that passed is kept, of the test's time: so much of it is lost at most when the program dies.
const BEAT_MS: i64 = 30_000;
/// When the learner is told that it is nearly over, in milliseconds left.
const LAST_MS: i64 = 60_000;
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
    clock: Clock,
    /// When the answer was changed last, if it is not on the disk yet.
    changed_ms: Option<i64>,
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

impl Running {
    fn new(left: Left, now: &Moment) -> Self {
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
        if is_blank(response) {
            return Openness::Open;
        }
        let Some(task) = self.tasks.get(item) else { return Openness::Open };
        let is_whole = match response {
            Response::Gaps(texts) => texts.iter().all(|text| !text.trim().is_empty()),
            Response::Pairs(of) | Response::Bins(of) => of.iter().all(Option::is_some),
            response => unreadable(task, response).is_none(),
        };
        if is_whole { Openness::Answered } else { Openness::Unfinished }
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

impl App {
    pub(super) fn begin_test(&mut self, now: &Moment) {
        if self.tests.left.is_some() {
            self.tell_problem("A test is not finished yet: continue it, or give it up.");
            return;
        }
        let code = match self.tests.code.parse() {
            Ok(code) => code,
            Err(error) => {
                self.tell_problem(format!("“{}”: {error}.", self.tests.code));
                return;
            }
        };
        let (progress, model) = (&self.progress, &self.scheduler.model);
        let decks = self.library.decks().iter().map(|loaded| &loaded.deck);
        let paper = Paper::draw(&self.tests.setup, code, decks, |card| {
            let state = progress.state(card);
            Standing { recall: state.recall(model, now.day()), suspended: state.suspended }
        });
        let Some(paper) = paper else {
            self.tell_problem("No question fits: choose more decks, topics or kinds.");
            return;
        };
        let first = Step { at_ms: now.ms(), clock_ms: 0, act: Act::Show(0) };
        match self.store.begin_test(now.stamp, &paper, std::slice::from_ref(&first)) {
            Ok(id) => {
                let sitting = Sitting::from_steps(paper.items.len(), [&first]);
                let left = Left { id, begun: now.stamp, paper: Arc::new(paper), sitting };
                self.put_before(left, now);
                self.tests.code = fresh_code(now);
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    pub(super) fn continue_test(&mut self, now: &Moment) {
        let Some(left) = self.tests.left.take() else { return };
        let is_judging = left.sitting.phase() == Phase::Judging;
        let before = left.clone();
        self.put_before(left, now);
        if is_judging {
            self.show_to_judge(now);
            return;
        }
        let at = before.sitting.at();
        if !self.keep(vec![Act::Show(at)], now) {
            (self.tests.running, self.tests.left) = (None, Some(before));
        }
    }

    fn put_before(&mut self, left: Left, now: &Moment) {
        self.study = None;
        self.screen = Screen::Test;
        self.tests.close_report();
        self.tests.running = Some(Running::new(left, now));
    }

    /// Leaves the test for a while. What cannot be written is told, and the test stays.
    pub fn leave_test(&mut self, now: &Moment) {
        self.hear(now);
        let Some(running) = &self.tests.running else { return };
        let is_running = running.sitting.phase() == Phase::Running;
        let acts = running.unsaved().into_iter().chain(is_running.then_some(Act::Pause)).collect();
        if self.keep(acts, now) {
            self.set_left();
        }
    }

    fn set_left(&mut self) {
        let Some(Running { id, begun, paper, sitting, .. }) = self.tests.running.take() else { return };
        self.tests.left = Some(Left { id, begun, paper, sitting });
        self.figures_are_stale = true;
    }

    pub(super) fn discard_test(&mut self, now: &Moment) {
        let Some(left) = &self.tests.left else { return };
        let step = Step { at_ms: now.ms(), clock_ms: left.sitting.clock_ms(), act: Act::Discard };
        match self.store.append_steps(left.id, &[step], &[]) {
            Ok(_) => self.look_for_left_tests(),
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    /// There may be more than one, of several machines.
    pub(super) fn look_for_left_tests(&mut self) {
        self.tests.asks_discard = false;
        self.tests.left = match self.store.unfinished_tests() {
            Ok(stored) => Left::newest(stored),
            Err(error) => {
                self.tell_problem(error.to_string());
                None
            }
        };
    }

    /// Lets the test's clock know what time it is.
    pub(super) fn hear(&mut self, now: &Moment) {
        if let Some(running) = self.tests.running.as_mut()
            && running.sitting.phase() == Phase::Running
        {
            running.clock.hear(now.ms());
        }
    }

    /// To be called when time has passed.
    pub(in crate::app) fn tick_test(&mut self, now: &Moment) {
        self.poll_earlier();
        let before_ms = self.tests.running.as_ref().map_or(0, Running::spent_ms);
        self.hear(now);
        let Some(running) = self.tests.running.as_ref() else { return };
        if running.sitting.phase() != Phase::Running {
            return;
        }
        if running.left_ms() == Some(0) {
            self.hand_in(true, now);
            return;
        }
        let last_minute = self.tests.running.as_ref().is_some_and(|running| {
            let limit = running.paper.setup.limit_ms().unwrap_or(0);
            let before = limit - before_ms;
            limit > LAST_MS && before > LAST_MS && running.left_ms().is_some_and(|left| left <= LAST_MS)
        });
        if last_minute {
            self.tell("One minute left.");
        }
        let Some(running) = self.tests.running.as_ref() else { return };
        let waits = running.changed_ms.is_some_and(|changed| changed + SAVE_AFTER_MS <= now.ms());
        let beats = running.spent_ms() - running.sitting.clock_ms() >= BEAT_MS;
        let acts = match (waits, beats) {
            (true, _) => running.unsaved(),
            (false, true) => Some(Act::Beat),
            (false, false) => None,
        };
        if let Some(act) = acts
            && !self.keep(vec![act], now)
            && let Some(running) = self.tests.running.as_mut()
        {
            // Tried again a little later; told until then.
            running.changed_ms = running.changed_ms.map(|_| now.ms() + BEAT_MS);
        }
    }

    /// Writes what happened durably, then folds it in. Whether it could be written; if not, the learner is told.
    pub(super) fn keep(&mut self, acts: Vec<Act>, now: &Moment) -> bool {
        let Some(running) = self.tests.running.as_mut() else { return false };
        if acts.is_empty() {
            return true;
        }
        let steps: Vec<Step> = acts.into_iter().map(|act| running.step(act, now)).collect();
        match self.store.append_steps(running.id, &steps, &[]) {
            Ok(_) => {
                running.take(&steps);
                true
            }
            Err(error) => {
                self.tell_problem(format!("This answer is not saved yet. {error}"));
                false
            }
        }
    }

    /// What is done to the questions of the test before the learner.
    pub(super) fn apply_in_test(&mut self, command: TestCommand, now: &Moment) {
        self.hear(now);
        let Some(running) = self.tests.running.as_mut() else { return };
        if running.sitting.phase() != Phase::Running {
            return;
        }
        if running.left_ms() == Some(0) {
            self.hand_in(true, now);
            return;
        }
        let (at, last) = (running.sitting.at(), running.paper.items.len() - 1);
        match command {
            TestCommand::SetDraft(draft) => {
                // Text waits for a pause in the typing; everything else is kept at once.
                let is_text = matches!(draft, Draft::Text(_) | Draft::Gaps(_));
                // To look around in an ordering is no answer yet.
                let is_same = draft.response() == running.asked.draft.response();
                running.asked.draft = draft;
                if is_same {
                    return;
                }
                running.changed_ms = Some(now.ms());
                if !is_text {
                    self.keep_draft(now);
                }
            }
            TestCommand::Answer(response) => {
                let is_same = running.response() == Some(&response);
                let response = (!is_same).then_some(response);
                self.keep(vec![Act::Answer { item: at, response }], now);
            }
            TestCommand::Show(item) => self.show_item(item.min(last), now),
            TestCommand::Next if at == last => self.show_overview(now),
            TestCommand::Next => self.show_item(at + 1, now),
            TestCommand::Previous => self.show_item(at.saturating_sub(1), now),
            TestCommand::Confide(confidence) => {
                let said = running.sitting.sheets()[at].confidence;
                let confidence = Some(confidence).filter(|_| said != Some(confidence));
                if self.keep(vec![Act::Confide { item: at, confidence }], now)
                    && let Some(running) = self.tests.running.as_mut()
                {
                    running.asked.confidence = confidence;
                }
            }
            TestCommand::Flag => {
                let flagged = !running.sitting.sheets()[at].flagged;
                self.keep(vec![Act::Flag { item: at, flagged }], now);
            }
            TestCommand::Overview(true) => self.show_overview(now),
            TestCommand::Overview(false) => running.overview = false,
            _ => {}
        }
    }

    fn keep_draft(&mut self, now: &Moment) -> bool {
        let act = self.tests.running.as_ref().and_then(Running::unsaved);
        act.is_none_or(|act| self.keep(vec![act], now))
    }

    fn show_overview(&mut self, now: &Moment) {
        if self.keep_draft(now)
            && let Some(running) = self.tests.running.as_mut()
        {
            running.overview = true;
        }
    }

    /// Shows an item; an answer that cannot be written keeps its question before the learner.
    fn show_item(&mut self, item: usize, now: &Moment) {
        let Some(running) = self.tests.running.as_mut() else { return };
        if item == running.sitting.at() {
            running.overview = false;
            return;
        }
        let acts = running.unsaved().into_iter().chain([Act::Show(item)]).collect();
        if self.keep(acts, now)
            && let Some(running) = self.tests.running.as_mut()
        {
            running.show(item, now);
        }
    }
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
