//! Decks and the history for other programs, and for paper.

mod cells;
pub mod csv;
mod given;
mod page;
mod quiz;
pub mod report;
pub mod reviews;
pub mod scores;
mod words;

pub use given::{also_accepted, given, right, right_and_read, tells_more};
pub use page::html;
