//! Test attempts: the same code draws the same test, no answer is lost, and the report matches the answers.

mod crashes;
mod driver;
mod handing_in;
mod history;
mod reports;
mod reworded_questions;
mod slips;
