//! Tests: a fixed set of questions, feedback only at the end, and a graded report.
//!
//! [`TestSetup`] says what kind of test is wanted, and [`TestCode`] picks one of all the tests that fit.
//! [`DrawnTest`] is the test that was drawn. It has its own copy of its questions, so that later edits of the
//! decks do not change it. [`TestAttempt`] is the state of the learner's attempt: a fold over
//! [`LoggedAttemptEvent`]s, which are only ever appended. [`TestReport`] is computed from both.

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
pub use test_attempt::{AttemptEvent, AttemptPhase, ItemState, LoggedAttemptEvent, SelfGrade, TestAttempt};
