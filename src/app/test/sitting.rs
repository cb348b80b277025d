//! Sitting a test: begun, left and continued; every answer is on the disk as soon as it stands.

use std::sync::Arc;

use super::running::{BEAT_MS, LAST_MS, SAVE_AFTER_MS};
use super::{Left, Running, TestCommand, fresh_code};
use crate::app::draft::Draft;
use crate::app::{App, Screen};
use crate::domain::day::Moment;
use crate::domain::test::{Act, Paper, Phase, Setup, Sitting, Standing, Step};

impl App {
    pub(super) fn begin_test(&mut self, setup: &Setup, now: &Moment) {
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
        let paper = Paper::draw(setup, code, decks, |card| {
            let state = progress.state(card);
            Standing { recall: state.known_now(model, now.day()), suspended: state.suspended }
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

    /// Leaves the test for a while; whether none is before the learner then. What cannot be written is told, and the
    /// test stays.
    pub fn leave_test(&mut self, now: &Moment) -> bool {
        self.hear(now);
        let Some(running) = &self.tests.running else { return true };
        let is_running = running.sitting.phase() == Phase::Running;
        let acts = running.unsaved().into_iter().chain(is_running.then_some(Act::Pause)).collect();
        let is_kept = self.keep(acts, now);
        if is_kept {
            self.set_left();
        }
        is_kept
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
        // Who types without a pause has the answer kept with every beat.
        let act = if waits || beats { Some(running.unsaved().unwrap_or(Act::Beat)) } else { None };
        if let Some(act) = act
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
