//! The window, driven by the names of its widgets and by keys.

mod attempt;
mod attempt_paths;
mod confidence;
mod decks;
mod fixtures;
mod goals;
mod history_export;
mod images;
mod keyboard;
mod known;
mod opening;
mod queries;
mod real_window;
mod scores;
mod study;
mod verdicts;
