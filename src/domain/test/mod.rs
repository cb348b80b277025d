//! A test: a fixed set of questions, feedback at the end, a graded report.
//!
//! [`Setup`] says what is wanted and [`Code`] which of all the tests that fit. [`Paper`] is the one drawn, with a copy of
//! its questions: what happens to the decks afterwards changes nothing in it. [`Sitting`] is how far the learner is, a
//! fold over [`Step`]s that are only ever added. [`Report`] is a function of both.

mod clock;
mod code;
mod history;
mod paper;
mod report;
mod setup;
mod sitting;

pub use clock::{Clock, LONGEST_GAP_MS};
pub use code::{Code, NoCode};
pub use history::{Outline, Past, Since, since};
pub use paper::{Item, Paper, Standing, candidates};
pub use report::{ItemReport, Report, Tally, TopicReport};
pub use setup::{ChosenTopic, Mix, Setup, limits};
pub use sitting::{Act, Phase, Sheet, Sitting, Step, Worth, is_blank};
