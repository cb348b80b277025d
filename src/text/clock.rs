//! Texts about answers whose date lies in the future, because the clock of the computer was wrong.

use super::words::{count, date};
use crate::domain::day::StudyDay;

/// What is told at the start.
pub fn future_answers(answers: usize, newest: StudyDay) -> String {
    let carry = if answers == 1 { "carries" } else { "carry" };
    format!("{} {carry} a date in the future (newest: {})", count(answers, "answer"), date(newest))
}

/// What follows from that, and what to look at first.
pub fn what_follows(today: StudyDay) -> String {
    format!(
        "The clock of the computer was ahead then. Cards that would stay away until that date are asked today. If \
         today is not {}, set the clock first.",
        date(today)
    )
}

/// How to do it in the terminal.
pub const TYPE_TODAY: &str = "Type :today to count them as given today.";

/// There is nothing to count as given today.
pub const NO_FUTURE_ANSWERS: &str = "No answer carries a date in the future.";

/// Answers were counted as given today.
pub fn counted_as_today(answers: usize) -> String {
    format!("{} counted as given today. Ctrl Z to undo.", count(answers, "answer"))
}

/// The same, as it follows "Undone: ".
pub fn counting_as_today(answers: usize) -> String {
    format!("counting {} as given today", count(answers, "answer"))
}

/// The commands.
pub mod commands {
    use crate::text::CommandText;

    /// Counts answers with a date in the future as given today.
    pub const COUNT_AS_TODAY: CommandText = CommandText::new(
        "Count them as given today",
        "Counts answers that carry a date in the future as given today.",
    )
    .synonyms(&["clock", "date", "future"]);
    /// Leaves answers with a date in the future as they are.
    pub const LEAVE: CommandText =
        CommandText::new("Leave them", "Leaves answers that carry a date in the future as they are.");
}
