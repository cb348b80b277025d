//! Commands for tests.

use std::sync::Arc;

use crate::app::command::CommandInfo;
use crate::app::draft::Draft;
use crate::app::study::StudyCommand;
use crate::domain::attempt::{SelfGrade, TestSetup};
use crate::domain::event::Confidence;
use crate::domain::task::Response;
use crate::store::AttemptId;

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

impl TestCommand {
    /// The command that does in a test what this one does in a study session. `None` for what a test does not have.
    pub fn from_study(command: &StudyCommand) -> Option<Self> {
        match command {
            StudyCommand::SetDraft(draft) => Some(TestCommand::SetDraft(draft.clone())),
            StudyCommand::Answer(response) => Some(TestCommand::Answer(response.clone())),
            StudyCommand::SetConfidence(confidence) => Some(TestCommand::SetConfidence(*confidence)),
            StudyCommand::Check => Some(TestCommand::Next),
            StudyCommand::Start(..)
            | StudyCommand::EndSession
            | StudyCommand::ShowAnswer
            | StudyCommand::GiveUp
            | StudyCommand::Rate(_)
            | StudyCommand::Continue
            | StudyCommand::MarkGuessed
            | StudyCommand::AcceptAnswer
            | StudyCommand::AcceptSlip
            | StudyCommand::RejectSlip
            | StudyCommand::ShowHint
            | StudyCommand::ToggleReason
            | StudyCommand::Suspend
            | StudyCommand::Bury => None,
        }
    }

    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            TestCommand::Prepare { topic: None, .. } => {
                info("Test me on the whole source", "Sets a test up; you begin it.", "T")
            }
            TestCommand::Prepare { .. } => info("Test me on this", "Sets a test up; you begin it.", "T"),
            TestCommand::NewCode => info("New code", "Another test of the same setup.", "N"),
            TestCommand::ShowHistory(true) => info("Earlier tests", "Their scores and reports.", "E"),
            TestCommand::ShowHistory(false) => info("New test", "What the next test is to be like.", "E"),
            TestCommand::Begin => info("Begin the test", "As it is set up here.", "Space"),
            TestCommand::Continue => info("Continue the test", "Its time goes on where it stopped.", "C"),
            TestCommand::Pause => {
                info("Leave the test", "Every answer is kept, and its time stands still.", "Esc")
            }
            TestCommand::AskDiscard(true) => info("Give it up", "Asks once more before.", "D"),
            TestCommand::AskDiscard(false) => info("Keep it", "The test goes on waiting.", "Esc"),
            TestCommand::Discard => info("Give it up for good", "The test counts for nothing.", "F"),
            TestCommand::Next => info("Next", "The next question.", "Page ↓"),
            TestCommand::Previous => info("Previous", "The question before.", "Page ↑"),
            TestCommand::Flag => info("Flag", "Marks the question for later.", "L"),
            TestCommand::ShowOverview(true) => info("Overview", "All questions at once.", "O"),
            TestCommand::ShowOverview(false) => info("Back to the question", "Nothing is handed in.", "O"),
            TestCommand::HandIn => info("Hand in", "No more answers; then the report.", "Ctrl Enter"),
            TestCommand::SelfGrade(SelfGrade::Wrong) => info("Wrong", "Not it.", "1"),
            TestCommand::SelfGrade(SelfGrade::Partly) => info("Partly", "Some of it.", "2"),
            TestCommand::SelfGrade(SelfGrade::Right) => info("Right", "All that matters.", "3"),
            TestCommand::ResolveSlip { accepted: true, .. } => {
                info("I meant it", "A slip of the fingers: it counts as right.", "M")
            }
            TestCommand::ResolveSlip { accepted: false, .. } => {
                info("I didn’t know it", "It counts as wrong.", "X")
            }
            TestCommand::CloseReport => info("All tests", "Back to the earlier tests.", "Esc"),
            TestCommand::RepeatSetup => info("Test again", "The same setup, other questions.", "A"),
            TestCommand::ExportReport(ReportFormat::Html) => info("Save as HTML", "A page that prints.", "H"),
            TestCommand::ExportReport(ReportFormat::Csv) => {
                info("Save as CSV", "A row for every question.", "V")
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
