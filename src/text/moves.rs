//! Texts about progress that moves from a question to another one.

use super::words::count;

// The question on the Decks screen

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

// Notices and questions of the program

/// Progress was moved as the learner said.
pub const MOVED: &str = "Progress moved to the new question. Ctrl Z to undo.";
/// The learner said that two questions are not the same.
pub const REJECTED: &str = "Kept separate. What you learned is kept, in case its question comes back.";

/// Progress was moved to the copy of a deck.
pub fn moved_to_copy(questions: usize, title: &str) -> String {
    format!("Progress of {} moved to “{title}”. Ctrl Z to undo.", count(questions, "question"))
}

/// The question `name` was reworded.
pub fn moved_along(name: &str) -> String {
    format!("Progress of “{name}” moved along with its new wording. Ctrl Z to undo.")
}

/// The question `name` was known under another name, while its old deck was not there.
pub fn found_again(name: &str) -> String {
    format!("Progress of “{name}” was found under its earlier name. Ctrl Z to undo.")
}

/// Several questions were reworded.
pub fn several_moved_along(questions: usize) -> String {
    format!("Progress of {questions} questions moved along with their new wording. Ctrl Z to undo.")
}

/// Several questions of a deck are gone, and as many new ones resemble them.
pub fn seem_reworded(questions: usize, deck: &str) -> String {
    let seem = if questions == 1 { "seems" } else { "seem" };
    format!("{} of “{deck}” {seem} to have been reworded.", count(questions, "question"))
}

/// Several questions are gone from a deck, and resemble questions of another one.
pub fn seem_moved(questions: usize, from: &str, to: &str) -> String {
    let seem = if questions == 1 { "seems" } else { "seem" };
    format!("{} {seem} to have moved from “{from}” to “{to}”.", count(questions, "question"))
}

/// A choice after [`seem_reworded`] and [`seem_moved`].
pub fn questions_of(questions: usize, deck: &str) -> String {
    format!("{} of “{deck}”", count(questions, "question"))
}

/// A question is gone from a deck, and another one resembles it.
pub fn is_gone(name: &str, deck: &str) -> String {
    format!("“{name}” is gone from “{deck}”. Is this its new version?")
}

// Moves, as they follow "Undone: "

/// The learner said that questions are not the same.
pub const REJECTION: &str = "keeping progress and new questions separate";

/// Progress was moved to the copy of a deck.
pub fn move_to_copy(questions: usize, title: &str) -> String {
    format!("moving the progress of {} to “{title}”", count(questions, "question"))
}

/// Progress was moved to one question, called `name`, or to several.
pub fn moves(questions: usize, name: &str) -> String {
    match questions {
        1 => format!("moving progress to “{name}”"),
        _ => format!("moving progress of {questions} questions"),
    }
}

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const ACCEPT: CommandText =
        CommandText::new("Move progress", "What you learned moves to the new question.");
    pub const REJECT: CommandText =
        CommandText::new("Keep separate", "The new question starts from the beginning.");
}
