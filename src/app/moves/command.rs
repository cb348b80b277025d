//! The learner's answers to open moves.

use crate::app::command_info::CommandInfo;
use crate::text::moves::commands as text;

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
    /// Words. None of these has a key.
    pub fn info(self) -> CommandInfo {
        let text = match self {
            MoveCommand::Accept { .. } => text::ACCEPT,
            MoveCommand::Reject(_) => text::REJECT,
        };
        CommandInfo::new(text, &[])
    }
}
