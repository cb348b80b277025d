//! Commands for tests.

use std::sync::Arc;

use super::{ActiveAttempt, Tests};
use crate::app::command_info::{AvailableCommand, CommandInfo, Presented};
use crate::app::core::Core;
use crate::app::draft::Draft;
use crate::app::scope::SessionOffer;
use crate::app::shortcut::Shortcut::{
    ArrowLeft, ArrowRight, Char, CtrlEnter, Enter, Escape, PageDown, PageUp, Space,
};
use crate::domain::attempt::AttemptPhase;
use crate::domain::attempt::{SelfGrade, TestSetup};
use crate::domain::event::Confidence;
use crate::domain::task::{Response, TaskForm};
use crate::store::AttemptId;
use crate::text::attempt::commands as text;

/// A command for setting up, taking or reviewing a test.
#[derive(Clone, Debug, PartialEq)]
pub enum TestCommand {
    /// Changes the setup of the next test.
    SetSetup(TestSetup),
    /// Sets up the next test for a deck or one of its topics, and shows the setup.
    Prepare {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key; `None` for the whole deck.
        topic: Option<String>,
        /// Number of questions.
        questions: usize,
    },
    /// Changes the code of the next test.
    SetCode(String),
    /// Replaces the code of the next test by a random one.
    NewCode,
    /// Shows the earlier tests (`true`) or the setup of the next one.
    ShowHistory(bool),
    /// Starts a test with the current setup.
    Begin,
    /// Starts a test with this setup; the setup on screen stays as it is.
    BeginWith(TestSetup),
    /// Resumes the paused test.
    Continue,
    /// Pauses the test; its clock stops.
    Pause,
    /// Asks whether to discard the paused test (`true`), or withdraws the question.
    AskDiscard(bool),
    /// Discards the paused test; none of its answers count.
    Discard,
    /// Changes the answer on screen.
    SetDraft(Draft),
    /// Gives this answer; the same answer again removes it.
    Answer(Response),
    /// Shows an item, by index.
    ShowItem(usize),
    /// Shows the next item; after the last one, the overview.
    Next,
    /// Shows the previous item.
    Previous,
    /// Sets how sure the learner is of the answer; the same value again removes it.
    SetConfidence(Confidence),
    /// Flags the item for later, or removes the flag.
    Flag,
    /// Shows the overview of all items (`true`), or the single item again.
    ShowOverview(bool),
    /// Hands the test in; no more answers are taken.
    HandIn,
    /// Sets the learner's own grade of a recall answer.
    SelfGrade(SelfGrade),
    /// Shows the report of a completed test.
    OpenReport(AttemptId),
    /// Closes the report.
    CloseReport,
    /// Expands one item of the report, by index; `None` collapses it.
    ExpandItem(Option<usize>),
    /// Says whether a slip in the report was meant to be the right answer; the same value again removes the
    /// decision.
    ResolveSlip {
        /// Index of the item in the report.
        item: usize,
        /// Whether the right answer was meant.
        accepted: bool,
    },
    /// Sets up the next test like the one in the report.
    RepeatSetup,
    /// Writes the report to a file.
    ExportReport(ReportFormat),
}

/// The file format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// A page for reading and printing.
    Html,
    /// A table with one row per question.
    Csv,
}

impl Presented for TestCommand {
    fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            TestCommand::Prepare { topic: None, .. } => info(text::PREPARE_ALL, &[Char('T')]),
            TestCommand::Prepare { .. } => info(text::PREPARE, &[Char('T')]),
            TestCommand::NewCode => info(text::NEW_CODE, &[Char('N')]),
            TestCommand::ShowHistory(true) => info(text::SHOW_HISTORY, &[Char('E')]),
            TestCommand::ShowHistory(false) => info(text::SHOW_SETUP, &[Char('E')]),
            TestCommand::Begin => info(text::BEGIN, &[Space]),
            TestCommand::Continue => info(text::CONTINUE, &[Char('C')]),
            TestCommand::Pause => info(text::PAUSE, &[Escape]).typed("q"),
            TestCommand::AskDiscard(true) => info(text::ASK_DISCARD, &[Char('D')]),
            TestCommand::AskDiscard(false) => info(text::KEEP, &[Escape]),
            TestCommand::Discard => info(text::DISCARD, &[Char('F')]),
            TestCommand::Next => info(text::NEXT, &[PageDown, ArrowRight, Enter]).typed("n"),
            TestCommand::Previous => info(text::PREVIOUS, &[PageUp, ArrowLeft]).typed("p"),
            TestCommand::SetConfidence(Confidence::Sure) => info(text::SURE, &[Char('Y')]).typed("sure"),
            TestCommand::SetConfidence(Confidence::ThinkSo) => {
                info(text::THINK_SO, &[Char('M')]).typed("think")
            }
            TestCommand::SetConfidence(Confidence::Guess) => info(text::GUESS, &[Char('G')]).typed("guess"),
            TestCommand::Flag => info(text::FLAG, &[Char('L')]).typed("l"),
            TestCommand::ShowOverview(true) => info(text::SHOW_OVERVIEW, &[Char('O'), CtrlEnter]).typed("o"),
            TestCommand::ShowOverview(false) => info(text::HIDE_OVERVIEW, &[Char('O'), Escape, Space]),
            TestCommand::HandIn => info(text::HAND_IN, &[CtrlEnter]).typed("i"),
            TestCommand::SelfGrade(SelfGrade::Wrong) => info(text::SELF_GRADE_WRONG, &[Char('1')]),
            TestCommand::SelfGrade(SelfGrade::Partly) => info(text::SELF_GRADE_PARTLY, &[Char('2')]),
            TestCommand::SelfGrade(SelfGrade::Right) => info(text::SELF_GRADE_RIGHT, &[Char('3')]),
            TestCommand::ResolveSlip { accepted: true, .. } => info(text::ACCEPT_SLIP, &[Char('M')]),
            TestCommand::ResolveSlip { accepted: false, .. } => info(text::REJECT_SLIP, &[Char('X')]),
            TestCommand::CloseReport => info(text::CLOSE_REPORT, &[Escape]),
            TestCommand::RepeatSetup => info(text::REPEAT_SETUP, &[Char('A')]),
            TestCommand::ExportReport(ReportFormat::Html) => info(text::EXPORT_HTML, &[Char('H')]),
            TestCommand::ExportReport(ReportFormat::Csv) => info(text::EXPORT_CSV, &[Char('V')]),
            TestCommand::SetSetup(_)
            | TestCommand::SetCode(_)
            | TestCommand::BeginWith(_)
            | TestCommand::SetDraft(_)
            | TestCommand::Answer(_)
            | TestCommand::ShowItem(_)
            | TestCommand::OpenReport(_)
            | TestCommand::ExpandItem(_) => return None,
        })
    }
}

impl TestCommand {
    /// The commands that are typed in the terminal, in the order of its help.
    pub const TYPED: [TestCommand; 9] = [
        TestCommand::Next,
        TestCommand::Previous,
        TestCommand::Flag,
        TestCommand::SetConfidence(Confidence::Sure),
        TestCommand::SetConfidence(Confidence::ThinkSo),
        TestCommand::SetConfidence(Confidence::Guess),
        TestCommand::ShowOverview(true),
        TestCommand::HandIn,
        TestCommand::Pause,
    ];

    /// Whether the notice on screen stays, because the command only continues an input.
    pub(in crate::app) fn keeps_notice(&self) -> bool {
        matches!(
            self,
            TestCommand::SetDraft(_)
                | TestCommand::SetCode(_)
                | TestCommand::SetSetup(_)
                | TestCommand::Answer(_)
        )
    }
}

/// The two ways to resolve a slip of the fingers: accept it or reject it. `item` is its index in the test.
pub fn slip_decisions(item: usize) -> [TestCommand; 2] {
    [true, false].map(|accepted| TestCommand::ResolveSlip { item, accepted })
}

impl Tests {
    /// A session on the mistakes of the open report. `None` without a report, and on one without mistakes.
    pub fn session_on_mistakes(&self, core: &Core) -> Option<SessionOffer> {
        let mistakes = Self::mistakes_of(core, &self.report()?.completed.report);
        (!mistakes.is_empty()).then(|| SessionOffer::on_cards(mistakes.into()))
    }

    /// What the Test screen offers first: begin a test, or continue the paused one. `None` on a report, in the history and
    /// in a test.
    pub fn primary(&self) -> Option<TestCommand> {
        if self.report().is_some() || self.shows_history() || self.is_active() {
            return None;
        }
        Some(match self.paused() {
            Some(_) => TestCommand::Continue,
            None => TestCommand::Begin,
        })
    }

    /// The commands of the Test screen after what it offers first, or of the test that is being taken, in the order of
    /// the palette.
    pub fn available(&self) -> Vec<AvailableCommand<TestCommand>> {
        if let Some(active) = self.active() {
            return in_test(active);
        }
        let commands = match self.report() {
            Some(open) => {
                let mut commands = vec![
                    TestCommand::ExportReport(ReportFormat::Html),
                    TestCommand::ExportReport(ReportFormat::Csv),
                    TestCommand::RepeatSetup,
                    TestCommand::CloseReport,
                ];
                let slip = open.expanded_item.filter(|at| open.completed.report.items[*at].is_slip);
                commands.extend(slip.into_iter().flat_map(slip_decisions));
                commands
            }
            None if self.asks_discard() => vec![TestCommand::Discard, TestCommand::AskDiscard(false)],
            None if self.shows_history() => vec![TestCommand::ShowHistory(false)],
            None if self.paused().is_some() => {
                vec![TestCommand::AskDiscard(true), TestCommand::ShowHistory(true)]
            }
            None => vec![TestCommand::NewCode, TestCommand::ShowHistory(true)],
        };
        commands.into_iter().map(AvailableCommand::from).collect()
    }
}

/// The commands of a test that is being taken.
fn in_test(active: &ActiveAttempt) -> Vec<AvailableCommand<TestCommand>> {
    let command = AvailableCommand::<TestCommand>::from;
    if active.attempt.phase() == AttemptPhase::SelfGrading {
        let mut commands: Vec<_> = SelfGrade::ALL.map(TestCommand::SelfGrade).map(command).into();
        commands.push(command(TestCommand::Pause));
        return commands;
    }
    if active.overview {
        // Here Esc leaves only the overview, which asks whether to hand in.
        let pause = TestCommand::Pause.on(&[]);
        return vec![command(TestCommand::ShowOverview(false)), command(TestCommand::HandIn), pause];
    }
    let form = &active.active_card().task.form;
    let next = match form {
        // One key is an answer, so Space is free to go on.
        TaskForm::Bool { .. } | TaskForm::Choice { .. } => {
            TestCommand::Next.on(&[PageDown, ArrowRight, Space])
        }
        _ => command(TestCommand::Next),
    };
    let confidence = Confidence::ALL.map(TestCommand::SetConfidence).map(command).into_iter().rev();
    let mut commands: Vec<_> = confidence.collect();
    commands.push(next);
    commands.extend(
        [TestCommand::Previous, TestCommand::Flag, TestCommand::ShowOverview(true), TestCommand::Pause]
            .map(command),
    );
    commands
}
