//! The window, driven by what its widgets are called and by keys.

#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/simulated/mod.rs"]
mod simulated;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/util.rs"]
mod util;

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
