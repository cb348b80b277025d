//! The screens: functions of the state that say what the learner wants.

pub mod about;
pub mod decks;
pub mod failed;
pub mod goal;
pub mod navigation;
pub mod scores;
pub mod settings;
pub mod study;
pub mod sure;
pub mod test;
pub mod today;
