//! Decks for other programs, and for paper.

pub mod csv;
mod page;
mod quiz;
mod words;

pub use page::html;
