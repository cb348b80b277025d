//! Commands for exam dates.

use super::form::GoalForm;
use crate::app::command::CommandInfo;

/// A command for exam dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalCommand {
    /// Shows an exam, by index. `None` shows the first one, or the form of a new exam if there is none.
    Open(Option<usize>),
    /// Opens the form of a new exam.
    New,
    /// Opens the form of the exam on screen.
    Edit,
    /// Changes the form.
    SetForm(Box<GoalForm>),
    /// Saves the form.
    Save,
    /// Closes the form, or the page.
    Back,
    /// Removes the exam on screen.
    Remove,
    /// Asks how many minutes are left for an imminent exam; the same command again withdraws the question.
    AskMinutes,
    /// Limits the daily time for an exam.
    SetMinutes {
        /// Index of the exam.
        at: usize,
        /// Minutes from now on, added to those already studied today; `None` removes the limit.
        minutes: Option<u32>,
    },
}

impl GoalCommand {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            GoalCommand::Open(_) => {
                info("Exam date", "What to expect on the day, and the plan that gets you there.", "G")
            }
            GoalCommand::New => info("Set an exam date", "For a deck or some of its topics.", "N"),
            GoalCommand::Edit => info("Change", "Its day, its topics, its target, your time.", "E"),
            GoalCommand::Save => info("Save", "Works out the forecast and the plan.", "Enter"),
            GoalCommand::Back => info("Back", "Nothing is lost.", "Esc"),
            GoalCommand::Remove => {
                info("Remove", "The schedule goes back to normal; Ctrl Z brings it back.", "D")
            }
            GoalCommand::AskMinutes => {
                info("I have less time", "Say how many minutes: the plan makes the most of them.", "T")
            }
            GoalCommand::SetForm(_) | GoalCommand::SetMinutes { .. } => None,
        }
    }
}
