//! Texts about progress that moves from a question to another one.

/// Below a question about progress whose question is gone.
pub const NOTHING_IS_LOST: &str = "Its progress can move along. Nothing is lost either way.";
/// Leaves the progress where it is.
pub const KEEP_APART: &str = "No, keep separate";

/// Moves the progress to the question that `choice` names.
pub fn move_progress(choice: &str) -> String {
    format!("Yes: {choice}")
}

/// How many more questions there are about progress.
pub fn more_moves(moves: usize) -> String {
    format!("And {moves} more like this.")
}
