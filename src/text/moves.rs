//! Texts about progress that moves from a question to another one.

use super::words::count;

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

// Notices.

/// The progress of a deck was moved to its copy.
pub fn carried_over(questions: usize, copy: &str) -> String {
    format!("Progress of {} goes on in “{copy}”. Ctrl Z undoes.", count(questions, "question"))
}

/// Progress moved by itself, to the question with that prompt or to several. `were_there` counts those whose deck was
/// there before; `None` if nothing moved.
pub fn moved_along(moved: usize, were_there: usize, name: &str) -> Option<String> {
    match (moved, were_there) {
        (0, _) => None,
        (1, 1) => Some(format!("Progress of “{name}” moved along with its new wording. Ctrl Z undoes.")),
        (1, _) => Some(format!("Progress of “{name}” was found under its former name. Ctrl Z undoes.")),
        _ => {
            Some(format!("Progress of {moved} questions moved along with their new wording. Ctrl Z undoes."))
        }
    }
}

/// The learner moved progress.
pub const MOVED: &str = "The progress continues with the new question. Ctrl Z undoes.";

/// The learner kept a new question apart from the progress.
pub const KEPT_APART: &str = "Kept separate. The progress is kept, in case its question comes back.";

// Questions about progress.

/// Several questions that may have been reworded or moved to another deck.
pub fn seem_moved(questions: usize, from: &str, to: &str) -> String {
    let (count, seem) = (count(questions, "question"), if questions == 1 { "seems" } else { "seem" });
    if from == to {
        format!("{count} of “{to}” {seem} to have been reworded.")
    } else {
        format!("{count} {seem} to have moved from “{from}” to “{to}”.")
    }
}

/// The answer to [`seem_moved`].
pub fn questions_of(questions: usize, deck: &str) -> String {
    format!("{} of “{deck}”", count(questions, "question"))
}

/// A question that is gone, with candidates below.
pub fn is_gone(name: &str, deck: &str) -> String {
    format!("“{name}” is no longer in “{deck}”. Is this its new wording?")
}

// Steps that can be undone.

/// [`carried_over`].
pub fn carrying_over(questions: usize, copy: &str) -> String {
    format!("carrying the progress of {} over to “{copy}”", count(questions, "question"))
}

/// Progress that moved to the question with that prompt, or to several.
pub fn moving(questions: usize, name: &str) -> String {
    match questions {
        1 => format!("moving progress to “{name}”"),
        _ => format!("moving progress of {questions} questions"),
    }
}

/// [`KEPT_APART`].
pub const KEEPING_APART: &str = "keeping progress and new questions apart";
