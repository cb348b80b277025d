//! What can be done with tests.

use std::sync::Arc;

use crate::app::command::CommandInfo;
use crate::app::draft::Draft;
use crate::domain::attempt::{SelfGrade, TestSetup};
use crate::domain::event::Confidence;
use crate::domain::task::Response;
use crate::store::AttemptId;

/// Something to do with tests.
#[derive(Clone, Debug, PartialEq)]
pub enum TestCommand {
    /// Changes what the next test is to be like.
    SetSetup(TestSetup),
    /// Sets the next test up for a deck, or one topic of it, and shows how it is set up.
    Prepare {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key; `None`: the whole deck.
        topic: Option<String>,
        /// How many questions.
        questions: usize,
    },
    /// Changes the code of the next test.
    SetCode(String),
    /// Draws another code.
    NewCode,
    /// Shows the tests of the past, or the setup of the next one.
    ShowHistory(bool),
    /// Begins a test as it is set up.
    Begin,
    /// Begins a test like this, once: what was set up stays as it is.
    BeginWith(TestSetup),
    /// Goes on with the test that was left.
    Continue,
    /// Leaves the test for a while; its time stands still.
    Pause,
    /// Asks, or asks no more, whether the test that was left is to be given up.
    AskDiscard(bool),
    /// Gives the test up that was left: it counts for nothing.
    Discard,
    /// Changes the answer before the learner.
    SetDraft(Draft),
    /// Gives this answer; the same again takes it back.
    Answer(Response),
    /// Shows an item, from 0.
    ShowItem(usize),
    /// Shows the next item; after the last one the overview.
    Next,
    /// Shows the item before.
    Previous,
    /// Says how sure the learner is of the answer; the same again takes it back.
    SetConfidence(Confidence),
    /// Marks the item for later, or no more.
    Flag,
    /// Shows all items at once, or the one again.
    ShowOverview(bool),
    /// No more answers.
    HandIn,
    /// Says what an answer in own words was worth.
    SelfGrade(SelfGrade),
    /// Shows the report of a test.
    OpenReport(AttemptId),
    /// Back from a report.
    CloseReport,
    /// Shows an item of the report with all there is to tell, or none.
    ExpandItem(Option<usize>),
    /// Says of an item of the report, a slip of the fingers, whether the right answer was meant; the same again takes
    /// it back.
    ResolveSlip {
        /// Which, from 0.
        item: usize,
        /// Whether it was.
        meant: bool,
    },
    /// Sets the next test up as that of the report.
    RepeatSetup,
    /// Writes the report for others.
    ExportReport(ReportFormat),
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// A page that prints.
    Html,
    /// A table with a row for every question.
    Csv,
}

impl TestCommand {
    /// Label, help and key; `None` for commands that only a widget makes.
    pub fn info(&self) -> Option<CommandInfo> {
        let face = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            TestCommand::Prepare { topic: None, .. } => {
                face("Test me on the whole source", "Sets a test up; you begin it.", "T")
            }
            TestCommand::Prepare { .. } => face("Test me on this", "Sets a test up; you begin it.", "T"),
            TestCommand::NewCode => face("New code", "Another test of the same setup.", "N"),
            TestCommand::ShowHistory(true) => face("Earlier tests", "Their scores and reports.", "E"),
            TestCommand::ShowHistory(false) => face("New test", "What the next test is to be like.", "E"),
            TestCommand::Begin => face("Begin the test", "As it is set up here.", "Space"),
            TestCommand::Continue => face("Continue the test", "Its time goes on where it stopped.", "C"),
            TestCommand::Pause => {
                face("Leave the test", "Every answer is kept, and its time stands still.", "Esc")
            }
            TestCommand::AskDiscard(true) => face("Give it up", "Asks once more before.", "D"),
            TestCommand::AskDiscard(false) => face("Keep it", "The test goes on waiting.", "Esc"),
            TestCommand::Discard => face("Give it up for good", "The test counts for nothing.", "F"),
            TestCommand::Next => face("Next", "The next question.", "Page ↓"),
            TestCommand::Previous => face("Previous", "The question before.", "Page ↑"),
            TestCommand::Flag => face("Flag", "Marks the question for later.", "L"),
            TestCommand::ShowOverview(true) => face("Overview", "All questions at once.", "O"),
            TestCommand::ShowOverview(false) => face("Back to the question", "Nothing is handed in.", "O"),
            TestCommand::HandIn => face("Hand in", "No more answers; then the report.", "Ctrl Enter"),
            TestCommand::SelfGrade(SelfGrade::Wrong) => face("Wrong", "Not it.", "1"),
            TestCommand::SelfGrade(SelfGrade::Partly) => face("Partly", "Some of it.", "2"),
            TestCommand::SelfGrade(SelfGrade::Right) => face("Right", "All that matters.", "3"),
            TestCommand::ResolveSlip { meant: true, .. } => {
                face("I meant it", "A slip of the fingers: it counts as right.", "M")
            }
            TestCommand::ResolveSlip { meant: false, .. } => {
                face("I didn’t know it", "It counts as wrong.", "X")
            }
            TestCommand::CloseReport => face("All tests", "Back to the earlier tests.", "Esc"),
            TestCommand::RepeatSetup => face("Test again", "The same setup, other questions.", "A"),
            TestCommand::ExportReport(ReportFormat::Html) => face("Save as HTML", "A page that prints.", "H"),
            TestCommand::ExportReport(ReportFormat::Csv) => {
                face("Save as CSV", "A row for every question.", "V")
            }
            TestCommand::SetSetup(_)
            | TestCommand::SetCode(_)
            | TestCommand::BeginWith(_)
            | TestCommand::SetDraft(_)
            | TestCommand::Answer(_)
            | TestCommand::SetConfidence(_)
            | TestCommand::ShowItem(_)
            | TestCommand::OpenReport(_)
            | TestCommand::ExpandItem(_) => None,
        }
    }

    /// Whether it only goes on with what is being entered.
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
