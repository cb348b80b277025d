//! Tests: set up, sat, reported, kept.

mod active;
mod command;
mod exporting;
mod hand_in;
mod history;
mod slips;
mod taking;

use std::path::Path;
use std::sync::Arc;

use super::{ActiveCard, App, Effect, Screen};
use crate::domain::attempt::{
    AttemptPhase, ChosenTopic, DrawnTest, TestAttempt, TestCode, TestReport, TestSetup, count_candidates,
};
use crate::domain::day::{Moment, Stamp};
use crate::domain::ids::CardKey;
use crate::domain::seed::seed_of;
use crate::store::{AttemptId, Store, StoreError, StoredAttempt};

pub use active::{ActiveAttempt, AnswerStatus};
pub use command::{ReportFormat, TestCommand};
pub use history::{AttemptList, AttemptListItem, OpenReport};

use history::AttemptHistory;

/// Where the last setup is kept, in the folder of settings.
const FILE: &str = "test.ron";
/// What a setup that could not be read is set aside as, before another one is kept.
const UNREADABLE: &str = "test.ron.unreadable";

/// Tests of one learner.
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
    /// How many questions fit the setup; `None` until it is counted.
    matching_questions: Option<usize>,
}

/// A test that was begun and is not before the learner.
#[derive(Clone, Debug)]
pub struct PausedAttempt {
    /// Which.
    pub id: AttemptId,
    /// When it was begun.
    pub begun: Stamp,
    /// What is asked.
    pub test: Arc<DrawnTest>,
    /// How far it is.
    pub attempt: TestAttempt,
}

impl PausedAttempt {
    /// The newest of those on the disk that can be read.
    fn newest(stored: Vec<StoredAttempt>) -> Option<Self> {
        stored.into_iter().rev().find_map(
            |StoredAttempt { id, started: begun, test: paper, events: steps }| {
                let paper = paper.ok()?;
                let sitting = TestAttempt::from_events(paper.items.len(), &steps);
                Some(Self { id, begun, test: Arc::new(paper), attempt: sitting })
            },
        )
    }

    /// How many of its questions are wholly answered.
    pub fn answered(&self) -> usize {
        let items = self.test.items.iter().zip(self.attempt.items());
        let given = items.filter_map(|(item, sheet)| Some((item, sheet.response.as_ref()?)));
        given
            .filter(|(item, it)| active::answer_status(&self.test.task(item), it) == AnswerStatus::Answered)
            .count()
    }

    /// Milliseconds left of its time; `None` without a limit.
    pub fn remaining_ms(&self) -> Option<i64> {
        Some((self.test.setup.limit_ms()? - self.attempt.clock_ms()).max(0))
    }
}

impl Tests {
    /// Reads what was left, and the last setup.
    pub(super) fn load(store: &Store, config: &Path, now: &Moment) -> Result<Self, StoreError> {
        let text = std::fs::read_to_string(config.join(FILE)).unwrap_or_default();
        // Anything unreadable is the default: it is only comfort. The file stays, see `UNREADABLE`.
        let setup: TestSetup = ron::from_str(&text).unwrap_or_default();
        let left = PausedAttempt::newest(store.unfinished_attempts()?);
        Ok(Self { setup: setup.normalized(), code: fresh_code(now), paused: left, ..Self::default() })
    }

    /// What the next test is to be like.
    pub fn setup(&self) -> &TestSetup {
        &self.setup
    }

    /// How many questions fit the setup, as the screen shows it.
    pub fn matching_questions(&self) -> usize {
        self.matching_questions.unwrap_or(0)
    }

    /// The decks or the progress changed.
    pub(super) fn invalidate(&mut self) {
        self.matching_questions = None;
    }

    /// The code of the next test, as it is being typed.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The test before the learner.
    pub fn active(&self) -> Option<&ActiveAttempt> {
        self.active.as_ref()
    }

    /// Whether a test is before the learner.
    pub fn is_active(&self) -> bool {
        self.active.is_some()
    }

    /// The test that was left for a while.
    pub fn paused(&self) -> Option<&PausedAttempt> {
        self.paused.as_ref()
    }

    /// The report that is open.
    pub fn report(&self) -> Option<&OpenReport> {
        self.report.as_ref()
    }

    /// Tests of the past, oldest first; `None` until they are read.
    pub fn history(&self) -> Option<&[AttemptListItem]> {
        self.history.list().map(|tests| tests.list.as_slice())
    }

    /// How many tests cannot be read; 0 until they are looked at.
    pub fn unreadable(&self) -> usize {
        self.history.list().map_or(0, |tests| tests.unreadable)
    }

    /// The question being answered: not while all of them are shown.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        let running = self.active.as_ref()?;
        let is_asked = !running.overview && running.attempt.phase() == AttemptPhase::Running;
        is_asked.then_some(&running.active_card)
    }

    /// Whether the tests of the past are shown rather than the setup of the next one.
    pub fn shows_history(&self) -> bool {
        self.shows_history
    }

    /// Whether it is asked if the test that was left is to be given up.
    pub fn asks_discard(&self) -> bool {
        self.asks_discard && self.paused.is_some()
    }

    /// When the test has something to do, in UTC milliseconds.
    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        self.active.as_ref().and_then(|running| running.next_tick_ms(now))
    }

    pub(super) fn close_report(&mut self) {
        (self.report, self.asks_discard) = (None, false);
    }

    /// The cards of tests that are not handed in: what was answered there is logged at their end.
    pub(super) fn cards_to_log(&self) -> Vec<CardKey> {
        let papers = [self.active.as_ref().map(|it| &it.test), self.paused.as_ref().map(|it| &it.test)];
        let papers = papers.into_iter().flatten();
        papers.flat_map(|paper| paper.items.iter().map(|item| paper.card(item))).collect()
    }
}

/// Six letters that were not there before.
fn fresh_code(now: &Moment) -> String {
    TestCode::new(seed_of(&format!("code {}", now.ms()))).to_string()
}

impl App {
    pub(super) fn apply_test(&mut self, command: TestCommand, now: &Moment) -> Option<Effect> {
        match command {
            TestCommand::SetSetup(setup) => {
                self.tests.setup = setup.normalized();
                self.tests.matching_questions = None;
                // Only comfort: a folder that cannot be written to is told about where it matters.
                let _ = super::settings::save_preserving_unreadable(
                    &self.dirs.config,
                    FILE,
                    UNREADABLE,
                    &self.tests.setup,
                );
            }
            TestCommand::Prepare { deck, topic, questions } => {
                let topics =
                    topic.map(|topic| ChosenTopic { deck: deck.clone(), topic }).into_iter().collect();
                let number = u32::try_from(questions).unwrap_or(u32::MAX);
                let setup = TestSetup {
                    decks: vec![deck],
                    topics,
                    number,
                    kinds: Vec::new(),
                    ..self.tests.setup.clone()
                };
                self.apply_test(TestCommand::SetSetup(setup), now);
                self.tests.close_report();
                self.tests.shows_history = false;
                self.screen = Screen::Test;
            }
            TestCommand::SetCode(code) => self.tests.code = code,
            TestCommand::NewCode => self.tests.code = fresh_code(now),
            TestCommand::ShowHistory(shows) => self.tests.shows_history = shows,
            TestCommand::Begin => self.begin_test(&self.tests.setup.clone(), now),
            TestCommand::BeginWith(setup) => self.begin_test(&setup, now),
            TestCommand::Continue => self.continue_test(now),
            TestCommand::Pause => {
                self.pause_test(now);
            }
            TestCommand::AskDiscard(asks) => self.tests.asks_discard = asks,
            TestCommand::Discard => self.discard_test(now),
            TestCommand::SelfGrade(worth) => self.self_grade(worth, now),
            TestCommand::HandIn => self.hand_in(false, now),
            TestCommand::OpenReport(id) => {
                self.screen = Screen::Test;
                self.open_report(id);
            }
            TestCommand::CloseReport => {
                self.tests.close_report();
                self.tests.shows_history = true;
            }
            TestCommand::ExpandItem(item) => {
                if let Some(report) = &mut self.tests.report {
                    report.expanded_item = item;
                }
            }
            TestCommand::RepeatSetup => {
                if let Some(report) = self.tests.report.take() {
                    self.tests.setup = report.completed.test.setup.clone();
                    self.tests.matching_questions = None;
                    self.tests.code = fresh_code(now);
                    self.tests.shows_history = false;
                }
            }
            TestCommand::ResolveSlip { item, meant } => self.resolve_report_slip(item, meant, now),
            TestCommand::ExportReport(format) => return self.export_report(format),
            in_test => self.apply_to_active_attempt(in_test, now),
        }
        None
    }

    /// The card that was asked in a test, by its key of today: its question may have been reworded since.
    pub(super) fn current_card_key<'a>(&'a self, asked: &'a CardKey) -> &'a CardKey {
        self.progress.current_key(asked, |key| self.questions().contains_key(key))
    }

    /// The cards that a test's mistakes were made with and that there still are, in the order asked.
    pub fn mistakes_of(&self, report: &TestReport) -> Vec<CardKey> {
        let asked = report
            .items
            .iter()
            .filter(|item| item.is_mistake())
            .map(|item| self.current_card_key(&item.card));
        asked.filter(|card| self.questions().contains_key(*card)).cloned().collect()
    }

    /// Counts the questions that fit the setup, where they are shown and something changed.
    fn count_matching_questions(&mut self) {
        if self.screen == Screen::Test && self.tests.matching_questions.is_none() {
            let decks = self.library.decks().iter().map(|loaded| &loaded.deck);
            self.tests.matching_questions = Some(count_candidates(&self.tests.setup, decks));
        }
    }

    /// Whether the test before the learner waits for answers to be judged.
    pub fn is_self_grading(&self) -> bool {
        self.tests.active.as_ref().is_some_and(|running| running.attempt.phase() == AttemptPhase::SelfGrading)
    }
}
