//! A test: a fixed set of questions, feedback at the end, a graded report.
//!
//! [`TestSetup`] says what is wanted and [`TestCode`] which of all the tests that fit. [`DrawnTest`] is the one drawn, with a copy of
//! its questions: what happens to the decks afterwards changes nothing in it. [`Sitting`] is how far the learner is, a
//! fold over [`Step`]s that are only ever added. [`TestReport`] is a function of both.

mod clock;
mod code;
mod drawn_test;
mod history;
mod report;
mod setup;
mod test_attempt;

pub use clock::{MAX_GAP_MS, TestClock};
pub use code::{ParseTestCodeError, TestCode};
pub use drawn_test::{CardSnapshot, DrawnTest, TestItem, count_candidates};
pub use history::{AttemptSummary, CompletedAttempt, ScoreChange, change_since_previous};
pub use report::{ItemReport, TestReport, TestTally, TestTopicReport};
pub use setup::{ChosenTopic, Mix, TestSetup, limits};
pub use test_attempt::{
    AttemptEvent, AttemptPhase, ItemState, LoggedAttemptEvent, SelfGrade, TestAttempt, is_blank,
};
