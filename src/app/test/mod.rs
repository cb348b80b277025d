//! Tests: set up, sat, reported, kept.

mod closing;
mod command;
mod deciding;
mod exporting;
mod past;
mod running;
mod sitting;

use std::path::Path;
use std::sync::Arc;

use super::{App, Asked, Effect, Screen};
use crate::domain::day::{Moment, Stamp};
use crate::domain::ids::CardKey;
use crate::domain::seed::seed_of;
use crate::domain::test::{ChosenTopic, Code, Paper, Phase, Report, Setup, Sitting, candidates};
use crate::store::{Store, StoreError, StoredTest, TestId};

pub use command::{ReportAs, TestCommand};
pub use past::{OpenReport, PastTest, PastTests};
pub use running::{Openness, Running};

use past::Earlier;

/// Where the last setup is kept, in the folder of settings.
const FILE: &str = "test.ron";
/// What a setup that could not be read is set aside as, before another one is kept.
const UNREADABLE: &str = "test.ron.unreadable";

/// Tests of one learner.
#[derive(Debug, Default)]
pub struct Tests {
    setup: Setup,
    code: String,
    running: Option<Running>,
    left: Option<Left>,
    earlier: Earlier,
    report: Option<OpenReport>,
    shows_earlier: bool,
    asks_discard: bool,
    /// How many questions fit the setup; `None` until it is counted.
    fitting: Option<usize>,
}

/// A test that was begun and is not before the learner.
#[derive(Clone, Debug)]
pub struct Left {
    /// Which.
    pub id: TestId,
    /// When it was begun.
    pub begun: Stamp,
    /// What is asked.
    pub paper: Arc<Paper>,
    /// How far it is.
    pub sitting: Sitting,
}

impl Left {
    /// The newest of those on the disk that can be read.
    fn newest(stored: Vec<StoredTest>) -> Option<Self> {
        stored.into_iter().rev().find_map(|StoredTest { id, begun, paper, steps }| {
            let paper = paper.ok()?;
            let sitting = Sitting::from_steps(paper.items.len(), &steps);
            Some(Self { id, begun, paper: Arc::new(paper), sitting })
        })
    }

    /// How many of its questions are wholly answered.
    pub fn answered(&self) -> usize {
        let items = self.paper.items.iter().zip(self.sitting.sheets());
        let given = items.filter_map(|(item, sheet)| Some((item, sheet.response.as_ref()?)));
        given.filter(|(item, it)| running::openness(&self.paper.task(item), it) == Openness::Answered).count()
    }

    /// Milliseconds left of its time; `None` without a limit.
    pub fn left_ms(&self) -> Option<i64> {
        Some((self.paper.setup.limit_ms()? - self.sitting.clock_ms()).max(0))
    }
}

impl Tests {
    /// Reads what was left, and the last setup.
    pub(super) fn load(store: &Store, config: &Path, now: &Moment) -> Result<Self, StoreError> {
        let text = std::fs::read_to_string(config.join(FILE)).unwrap_or_default();
        // Anything unreadable is the default: it is only comfort. The file stays, see `UNREADABLE`.
        let setup: Setup = ron::from_str(&text).unwrap_or_default();
        let left = Left::newest(store.unfinished_tests()?);
        Ok(Self { setup: setup.tidied(), code: fresh_code(now), left, ..Self::default() })
    }

    /// What the next test is to be like.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// How many questions fit the setup, as the screen shows it.
    pub fn fitting(&self) -> usize {
        self.fitting.unwrap_or(0)
    }

    /// The decks or the progress changed.
    pub(super) fn touch(&mut self) {
        self.fitting = None;
    }

    /// The code of the next test, as it is being typed.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The test before the learner.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// Whether a test is before the learner.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The test that was left for a while.
    pub fn left(&self) -> Option<&Left> {
        self.left.as_ref()
    }

    /// The report that is open.
    pub fn report(&self) -> Option<&OpenReport> {
        self.report.as_ref()
    }

    /// Tests of the past, oldest first; `None` until they are read.
    pub fn earlier(&self) -> Option<&[PastTest]> {
        self.earlier.list().map(|tests| tests.list.as_slice())
    }

    /// How many tests cannot be read; 0 until they are looked at.
    pub fn unreadable(&self) -> usize {
        self.earlier.list().map_or(0, |tests| tests.unreadable)
    }

    /// The question being answered: not while all of them are shown.
    pub fn asked(&self) -> Option<&Asked> {
        let running = self.running.as_ref()?;
        let is_asked = !running.overview && running.sitting.phase() == Phase::Running;
        is_asked.then_some(&running.asked)
    }

    /// Whether the tests of the past are shown rather than the setup of the next one.
    pub fn shows_earlier(&self) -> bool {
        self.shows_earlier
    }

    /// Whether it is asked if the test that was left is to be given up.
    pub fn asks_discard(&self) -> bool {
        self.asks_discard && self.left.is_some()
    }

    /// When the test has something to do, in UTC milliseconds.
    pub(super) fn next_tick_ms(&self, now: &Moment) -> Option<i64> {
        self.running.as_ref().and_then(|running| running.next_tick_ms(now))
    }

    pub(super) fn close_report(&mut self) {
        (self.report, self.asks_discard) = (None, false);
    }

    /// The cards of tests that are not handed in: what was answered there is logged at their end.
    pub(super) fn cards_to_log(&self) -> Vec<CardKey> {
        let papers = [self.running.as_ref().map(|it| &it.paper), self.left.as_ref().map(|it| &it.paper)];
        let papers = papers.into_iter().flatten();
        papers.flat_map(|paper| paper.items.iter().map(|item| paper.card(item))).collect()
    }
}

/// Six letters that were not there before.
fn fresh_code(now: &Moment) -> String {
    Code::new(seed_of(&format!("code {}", now.ms()))).to_string()
}

impl App {
    pub(super) fn apply_test(&mut self, command: TestCommand, now: &Moment) -> Option<Effect> {
        match command {
            TestCommand::SetSetup(setup) => {
                self.tests.setup = setup.tidied();
                self.tests.fitting = None;
                // Only comfort: a folder that cannot be written to is told about where it matters.
                let _ =
                    super::settings::save_with_care(&self.dirs.config, FILE, UNREADABLE, &self.tests.setup);
            }
            TestCommand::Prepare { deck, topic, questions } => {
                let topics =
                    topic.map(|topic| ChosenTopic { deck: deck.clone(), topic }).into_iter().collect();
                let number = u32::try_from(questions).unwrap_or(u32::MAX);
                let setup = Setup {
                    decks: vec![deck],
                    topics,
                    number,
                    kinds: Vec::new(),
                    ..self.tests.setup.clone()
                };
                self.apply_test(TestCommand::SetSetup(setup), now);
                self.tests.close_report();
                self.tests.shows_earlier = false;
                self.screen = Screen::Test;
            }
            TestCommand::SetCode(code) => self.tests.code = code,
            TestCommand::NewCode => self.tests.code = fresh_code(now),
            TestCommand::ShowEarlier(shows) => self.tests.shows_earlier = shows,
            TestCommand::Begin => self.begin_test(&self.tests.setup.clone(), now),
            TestCommand::BeginAs(setup) => self.begin_test(&setup, now),
            TestCommand::Continue => self.continue_test(now),
            TestCommand::Leave => {
                self.leave_test(now);
            }
            TestCommand::AskDiscard(asks) => self.tests.asks_discard = asks,
            TestCommand::Discard => self.discard_test(now),
            TestCommand::Judge(worth) => self.judge(worth, now),
            TestCommand::HandIn => self.hand_in(false, now),
            TestCommand::Open(id) => {
                self.screen = Screen::Test;
                self.open_report(id);
            }
            TestCommand::CloseReport => {
                self.tests.close_report();
                self.tests.shows_earlier = true;
            }
            TestCommand::Unfold(item) => {
                if let Some(report) = &mut self.tests.report {
                    report.unfolded = item;
                }
            }
            TestCommand::Again => {
                if let Some(report) = self.tests.report.take() {
                    self.tests.setup = report.past.paper.setup.clone();
                    self.tests.fitting = None;
                    self.tests.code = fresh_code(now);
                    self.tests.shows_earlier = false;
                }
            }
            TestCommand::Decide { item, meant } => self.decide(item, meant, now),
            TestCommand::Export(format) => return self.export_report(format),
            in_test => self.apply_in_test(in_test, now),
        }
        None
    }

    /// The card that was asked in a test, by its key of today: its question may have been reworded since.
    pub(super) fn card_today<'a>(&'a self, asked: &'a CardKey) -> &'a CardKey {
        self.progress.heir(asked, |key| self.questions().contains_key(key))
    }

    /// The cards that a test's mistakes were made with and that there still are, in the order asked.
    pub fn mistakes_of(&self, report: &Report) -> Vec<CardKey> {
        let asked =
            report.items.iter().filter(|item| item.is_mistake()).map(|item| self.card_today(&item.card));
        asked.filter(|card| self.questions().contains_key(*card)).cloned().collect()
    }

    /// Counts the questions that fit the setup, where they are shown and something changed.
    fn count_fitting(&mut self) {
        if self.screen == Screen::Test && self.tests.fitting.is_none() {
            let decks = self.library.decks().iter().map(|loaded| &loaded.deck);
            self.tests.fitting = Some(candidates(&self.tests.setup, decks));
        }
    }

    /// Whether the test before the learner waits for answers to be judged.
    pub fn is_judging(&self) -> bool {
        self.tests.running.as_ref().is_some_and(|running| running.sitting.phase() == Phase::Judging)
    }
}
