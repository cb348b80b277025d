//! Texts about work in the background that a fault of the program ended.

/// The counts and scores on Today and in the list of decks.
pub const FIGURES: &str = "Counting what is due";
/// The tables and charts of Scores.
pub const SCORES: &str = "Computing the scores";
/// The forecasts of exams.
pub const FORECASTS: &str = "Computing the forecast";
/// The list of completed tests.
pub const TESTS: &str = "Reading your tests";
/// Decks that were changed in another program.
pub const DECKS: &str = "Loading your decks";
/// The daily check and backup of the progress.
pub const BACKUP: &str = "The daily backup";

/// The time of all answers, when another longest time counts.
pub const ANSWER_TIMES: &str = "Counting your answer times";
/// The plan of a session.
pub const SESSION: &str = "Preparing the session";

/// What is said when one of these ended early.
pub fn unfinished(work: &str) -> String {
    format!("{work} could not be finished. Your answers are kept.")
}

/// What is said when one of these cannot read the answers.
pub fn unreadable(work: &str, error: impl std::fmt::Display) -> String {
    format!("{work} could not be finished: {error}")
}
