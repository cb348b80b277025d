//! Texts of exported pages: the printable quiz and the report of a test.

use super::words::count;

// Quiz

/// Before a line for the learner's name.
pub const NAME: &str = "Name";
/// Before a line for the date.
pub const DATE: &str = "Date";
/// Heading of the answer key, and of the answers of a report.
pub const ANSWERS: &str = "Answers";

/// Behind a right date: how far off is still right.
pub fn within_days(days: usize) -> String {
    format!("± {}", count(days, "day"))
}

/// Where the deck comes from, at the end of the page; `parts` are author, title and so on, separated by commas.
pub fn source(parts: &str) -> String {
    format!("Source: {parts}")
}

/// A passage of the source that supports an answer.
pub fn passage(number: usize, gist: &str) -> String {
    format!("Passage {number}: {gist}")
}

// Report of a test

/// Heading of the scores by topic.
pub const BY_TOPIC: &str = "By topic";
/// Before the right answer.
pub const RIGHT_ANSWER: &str = "Right answer: ";
/// Before other answers that are accepted.
pub const ALSO_ACCEPTED: &str = "Also accepted: ";

/// The title of the page; `decks` are the titles of its decks.
pub fn report_title(decks: &str) -> String {
    format!("Test · {decks}")
}

/// How sure the learner was of an answer.
pub fn confidence(name: &str) -> String {
    format!("confidence: {name}")
}
