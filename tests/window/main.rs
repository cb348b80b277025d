//! The window, driven by what its widgets are called and by keys.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/simulated/mod.rs"]
mod simulated;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/util.rs"]
mod util;

mod about;
mod attempt;
mod attempt_paths;
mod confidence;
mod decks;
mod goals;
mod history_export;
mod images;
mod keyboard;
mod known;
mod opening;
mod real_window;
mod scores;
mod study;
mod verdicts;
