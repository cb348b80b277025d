//! The learner's answers to open moves.

use crate::app::command::CommandInfo;

/// An answer to an open move of progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveCommand {
    /// The progress whose question is gone moves to the chosen question.
    Accept {
        /// The number of the open move.
        number: u64,
        /// Index of the choice.
        choice: usize,
    },
    /// The progress of the open move with this number belongs to none of the choices. It is not asked again.
    Reject(u64),
}

impl MoveCommand {
    /// Label and help. None of these has a key.
    pub fn info(self) -> CommandInfo {
        let info = |label, help| CommandInfo { label, help, key: "" };
        match self {
            MoveCommand::Accept { .. } => {
                info("Move progress", "What was learned goes on under the new question.")
            }
            MoveCommand::Reject(_) => info("Keep apart", "The new question starts from the beginning."),
        }
    }
}
