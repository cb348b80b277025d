//! The screens.
//!
//! A screen reads [`crate::app::App`], draws itself, and returns the [`crate::app::Command`] that the learner gave in
//! this frame, or `None`. It never changes the state. Each screen also says which command Space runs (`primary`) and
//! which others it offers, so that the keyboard and the command palette know the same commands as the buttons.

pub mod about;
pub mod attempt;
pub mod decks;
pub mod failed;
pub mod goal;
pub mod navigation;
pub mod overconfidence;
pub mod scores;
pub mod settings;
pub mod study;
pub mod today;
