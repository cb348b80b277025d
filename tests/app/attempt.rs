//! The promises of tests: the same code gives the same test, nothing of one is lost, and its report is what was answered.

mod crashes;
mod driver;
mod handing_in;
mod history;
mod reports;
mod reworded_questions;
mod slips;
