//! Tests: their setup, the active attempt, and the reports of completed ones.

mod active;
mod command;
mod exporting;
mod hand_in;
mod history;
mod slips;
mod taking;

use std::sync::Arc;

use super::active_card::ActiveCard;
use super::core::Core;
use super::effect::Effect;
use super::ron_file;
use super::screen::Screen;
use crate::domain::attempt::{
    AttemptPhase, ChosenTopic, DrawnTest, TestAttempt, TestCode, TestReport, TestSetup, count_candidates,
};
use crate::domain::day::{Moment, Stamp};
use crate::domain::ids::CardKey;
use crate::domain::seed::seed_of;
use crate::store::{AttemptId, StoreError, StoredAttempt};

pub use active::{ActiveAttempt, AnswerStatus};
pub use command::{ReportFormat, TestCommand, slip_decisions};
pub use history::{AttemptList, AttemptListItem, OpenReport, completed_attempt, completed_attempts};

use history::AttemptHistory;

/// File of the last setup, in the settings folder.
const FILE: &str = "test.ron";

/// Everything about tests: setup, active and paused attempt, history.
#[derive(Debug, Default)]
pub struct Tests {
    setup: TestSetup,
    code: String,
    active: Option<ActiveAttempt>,
    paused: Option<PausedAttempt>,
    history: AttemptHistory,
    report: Option<OpenReport>,
    shows_history: bool,
    asks_discard: bool,
    /// Number of questions that match the setup; `None` until it is counted.
    matching_questions: Option<usize>,
}

/// A started test that is not on screen.
#[derive(Clone, Debug)]
pub struct PausedAttempt {
    /// The attempt's id in the store.
    pub id: AttemptId,
    /// When the test was started.
    pub started: Stamp,
    /// The questions that were drawn.
    pub test: Arc<DrawnTest>,
    /// Answers and progress.
    pub attempt: TestAttempt,
}

impl PausedAttempt {
    /// The newest readable one of some stored attempts.
    fn newest(stored: Vec<StoredAttempt>) -> Option<Self> {
        stored.into_iter().rev().find_map(|StoredAttempt { id, started, test, events }| {
            let test = test.ok()?;
            let attempt = TestAttempt::from_events(test.items.len(), &events);
            Some(Self { id, started, test: Arc::new(test), attempt })
        })
    }

    /// Number of questions that are completely answered.
    pub fn answered(&self) -> usize {
        let items = self.test.items.iter().zip(self.attempt.items());
        let answered = items.filter_map(|(item, state)| Some((item, state.response.as_ref()?)));
        answered
            .filter(|(item, it)| active::answer_status(&self.test.task(item), it) == AnswerStatus::Answered)
            .count()
    }

    /// Remaining time in milliseconds; `None` without a time limit.
    pub fn remaining_ms(&self) -> Option<i64> {
        Some((self.test.setup.limit_ms()? - self.attempt.clock_ms()).max(0))
    }
}

impl Tests {
    /// Reads the paused test and the last setup.
    pub(super) fn load(core: &mut Core, now: &Moment) -> Result<Self, StoreError> {
        // An unreadable setup is only an inconvenience: the default is used. Saving preserves the file.
        let setup: TestSetup = ron_file::load_or_default(&core.dirs.config, FILE);
        let paused = PausedAttempt::newest(core.store.unfinished_attempts()?);
        let tests = Self { setup: setup.normalized(), code: fresh_code(now), paused, ..Self::default() };
        tests.note_pending_cards(core);
        Ok(tests)
    }

    /// The setup of the next test.
    pub fn setup(&self) -> &TestSetup {
        &self.setup
    }

    /// Number of questions that match the setup; 0 until they are counted.
    pub fn matching_questions(&self) -> usize {
        self.matching_questions.unwrap_or(0)
    }

    /// Makes the next refresh count the matching questions again, after decks or progress changed.
    pub(super) fn invalidate(&mut self) {
        self.matching_questions = None;
    }

    /// The code of the next test, as typed.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The test on screen, if there is one.
    pub fn active(&self) -> Option<&ActiveAttempt> {
        self.active.as_ref()
    }

    /// Whether a test is on screen.
    pub fn is_active(&self) -> bool {
        self.active.is_some()
    }

    /// The paused test, if there is one.
    pub fn paused(&self) -> Option<&PausedAttempt> {
        self.paused.as_ref()
    }

    /// The report on screen, if there is one.
    pub fn report(&self) -> Option<&OpenReport> {
        self.report.as_ref()
    }

    /// Completed tests, oldest first; `None` until they are read.
    pub fn history(&self) -> Option<&[AttemptListItem]> {
        self.history.list().map(|tests| tests.list.as_slice())
    }

    /// Number of tests that cannot be read; 0 until they are read.
    pub fn unreadable(&self) -> usize {
        self.history.list().map_or(0, |tests| tests.unreadable)
    }

    /// The question on screen; `None` while the overview is shown, and after handing in.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        let active = self.active.as_ref()?;
        let is_shown = !active.overview && active.attempt.phase() == AttemptPhase::Running;
        is_shown.then_some(&active.active_card)
    }

    /// Whether the completed tests are shown instead of the setup.
    pub fn shows_history(&self) -> bool {
        self.shows_history
    }

    /// Whether the learner is asked to confirm discarding the paused test.
    pub fn asks_discard(&self) -> bool {
        self.asks_discard && self.paused.is_some()
    }

    /// When the test needs the next tick, in UTC milliseconds; `None` without an active test.
    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        self.active.as_ref().and_then(|active| active.next_tick_ms(now))
    }

    pub(super) fn close_report(&mut self) {
        (self.report, self.asks_discard) = (None, false);
    }

    /// Notes the cards of tests that are not handed in yet: their answers will be logged later.
    pub(super) fn note_pending_cards(&self, core: &mut Core) {
        let tests = [self.active.as_ref().map(|it| &it.test), self.paused.as_ref().map(|it| &it.test)];
        let tests = tests.into_iter().flatten();
        core.pending_cards = tests.flat_map(|test| test.items.iter().map(|item| test.card(item))).collect();
    }
}

/// A new random code of six characters, for this moment.
fn fresh_code(now: &Moment) -> String {
    TestCode::new(seed_of(&format!("code {}", now.ms()))).to_string()
}

impl Tests {
    pub(super) fn apply(&mut self, core: &mut Core, command: TestCommand, now: &Moment) -> Option<Effect> {
        match command {
            TestCommand::SetSetup(setup) => {
                self.setup = setup.normalized();
                self.matching_questions = None;
                // Losing the setup is only an inconvenience. A folder that cannot be written is reported
                // where it matters.
                let _ = ron_file::save(&core.dirs.config, FILE, &self.setup);
            }
            TestCommand::Prepare { deck, topic, questions } => {
                let topics =
                    topic.map(|topic| ChosenTopic { deck: deck.clone(), topic }).into_iter().collect();
                let number = u32::try_from(questions).unwrap_or(u32::MAX);
                let setup = TestSetup {
                    decks: vec![deck],
                    topics,
                    question_count: number,
                    kinds: Vec::new(),
                    ..self.setup.clone()
                };
                self.apply(core, TestCommand::SetSetup(setup), now);
                self.close_report();
                self.shows_history = false;
                core.screen = Screen::Test;
            }
            TestCommand::SetCode(code) => self.code = code,
            TestCommand::NewCode => self.code = fresh_code(now),
            TestCommand::ShowHistory(shows) => self.shows_history = shows,
            TestCommand::Begin => self.begin_test(core, &self.setup.clone(), now),
            TestCommand::BeginWith(setup) => self.begin_test(core, &setup, now),
            TestCommand::Continue => self.continue_test(core, now),
            TestCommand::Pause => {
                self.pause(core, now);
            }
            TestCommand::AskDiscard(asks) => self.asks_discard = asks,
            TestCommand::Discard => self.discard_test(core, now),
            TestCommand::SelfGrade(self_grade) => self.self_grade(core, self_grade, now),
            TestCommand::HandIn => self.hand_in(core, false, now),
            TestCommand::OpenReport(id) => {
                core.screen = Screen::Test;
                self.report = OpenReport::read(core, id).or(self.report.take());
            }
            TestCommand::CloseReport => {
                self.close_report();
                self.shows_history = true;
            }
            TestCommand::ExpandItem(item) => {
                if let Some(report) = &mut self.report {
                    report.expanded_item = item;
                }
            }
            TestCommand::RepeatSetup => {
                if let Some(report) = self.report.take() {
                    self.setup = report.completed.test.setup.clone();
                    self.matching_questions = None;
                    self.code = fresh_code(now);
                    self.shows_history = false;
                }
            }
            TestCommand::ResolveSlip { item, accepted } => {
                self.resolve_report_slip(core, item, accepted, now)
            }
            TestCommand::ExportReport(format) => return self.export_report(core, format),
            in_test @ (TestCommand::SetDraft(_)
            | TestCommand::Answer(_)
            | TestCommand::ShowItem(_)
            | TestCommand::Next
            | TestCommand::Previous
            | TestCommand::SetConfidence(_)
            | TestCommand::Flag
            | TestCommand::ShowOverview(_)) => self.apply_to_active_attempt(core, in_test, now),
        }
        None
    }

    /// The cards answered wrongly in a test, in its order; cards that no longer exist are left out.
    pub fn mistakes_of(core: &Core, report: &TestReport) -> Vec<CardKey> {
        let cards = report
            .items
            .iter()
            .filter(|item| item.is_mistake())
            .map(|item| core.current_card_key(&item.card));
        cards.filter(|card| core.card_locations().contains_key(*card)).cloned().collect()
    }

    /// Updates what the screen shows. Call it while the screen is shown.
    pub(super) fn refresh(&mut self, core: &mut Core) {
        self.count_matching_questions(core);
        self.history.refresh(core);
    }

    /// Counts the questions that match the setup, if that is shown and the number is out of date.
    fn count_matching_questions(&mut self, core: &Core) {
        if self.matching_questions.is_none() {
            let decks = core.library.decks().iter().map(|loaded| &loaded.deck);
            self.matching_questions = Some(count_candidates(&self.setup, decks));
        }
    }

    /// Whether the test on screen waits for the learner's own grades.
    pub fn is_self_grading(&self) -> bool {
        self.active.as_ref().is_some_and(|active| active.attempt.phase() == AttemptPhase::SelfGrading)
    }
}
