//! Decks for other programs, and for paper.

pub mod csv;
mod given;
mod page;
mod quiz;
pub mod report;
mod words;

pub use given::{given, right};
pub use page::html;
