//! The window, driven by the names of its widgets and by keys.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod about;
mod attempt;
mod attempt_paths;
mod clocks;
mod confidence;
mod decks;
mod fixtures;
mod goals;
mod history_export;
mod images;
mod keyboard;
mod known;
mod opening;
mod palette;
mod queries;
mod real_window;
mod scores;
mod study;
mod verdicts;
