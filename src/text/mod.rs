//! Every text that a learner reads in the window or in the terminal, one module a feature.
//!
//! A text is a constant, or a function where numbers or names enter. Diagnostics of deck files keep their texts
//! beside the rule that they report.

pub mod about;
pub mod attempt;
pub mod background;
pub mod decks;
pub mod export;
pub mod general;
pub mod goals;
pub mod moves;
pub mod scores;
pub mod settings;
pub mod study;
pub mod terminal;
pub mod today;
pub mod words;
