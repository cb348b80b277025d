//! What can be done with exam dates.

use super::form::GoalForm;
use crate::app::command::CommandInfo;

/// Something to do with an exam date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalCommand {
    /// Shows an exam, by its place; without one, the first, or the form of a new one where there is none.
    Open(Option<usize>),
    /// Begins a new one.
    New,
    /// Opens the form of the one shown.
    Edit,
    /// Changes what was entered.
    SetForm(Box<GoalForm>),
    /// Keeps what was entered.
    Save,
    /// Leaves the form, or the page.
    Back,
    /// Removes the one shown.
    Remove,
    /// Asks how many minutes there are for the exam that is near; the same again takes the question back.
    AskMinutes,
    /// Gives an exam, by its place, so many more minutes of the day; `None`: as many as it takes.
    SetMinutes {
        /// Its place.
        at: usize,
        /// From now on.
        minutes: Option<u32>,
    },
}

impl GoalCommand {
    /// Label, help and key; `None` for commands that only a widget makes.
    pub fn info(&self) -> Option<CommandInfo> {
        let face = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            GoalCommand::Open(_) => {
                face("Exam date", "What to expect on the day, and the plan that gets you there.", "G")
            }
            GoalCommand::New => face("Set an exam date", "For a deck or some of its topics.", "N"),
            GoalCommand::Edit => face("Change", "Its day, its topics, its target, your time.", "E"),
            GoalCommand::Save => face("Save", "Works out the forecast and the plan.", "Enter"),
            GoalCommand::Back => face("Back", "Nothing is lost.", "Esc"),
            GoalCommand::Remove => {
                face("Remove", "The schedule goes back to normal; Ctrl Z brings it back.", "D")
            }
            GoalCommand::AskMinutes => {
                face("I have less time", "Say how many minutes: the plan makes the most of them.", "T")
            }
            GoalCommand::SetForm(_) | GoalCommand::SetMinutes { .. } => None,
        }
    }
}
