//! Confidence stated before the verdict, compared with how the answers went.

use super::day::Stamp;
use super::event::EventId;

/// A high-confidence error: an answer that the learner was sure of and that was not right, with no right
/// answer since. Answers in study and tests count; practice counts neither as an error nor as a correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HighConfidenceError {
    /// The event of the answer.
    pub event: EventId,
    /// When it was given.
    pub stamp: Stamp,
    /// The score, from 0 to below 1.
    pub score: f64,
}
