//! Fixtures that the tests of the domain share.

#[path = "../fixtures/cards.rs"]
pub mod cards;
#[path = "../fixtures/kinds.rs"]
mod kinds;
#[path = "../fixtures/question.rs"]
mod question;
#[path = "../fixtures/simulated_learner/mod.rs"]
pub mod simulated_learner;
#[path = "../fixtures/time.rs"]
pub mod time;

pub use kinds::KINDS;
pub use question::{question, task};
