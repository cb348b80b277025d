//! The screens: functions of the state that say what the learner wants.

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
