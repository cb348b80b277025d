//! The program without its window: tests send commands and look at the state, the decks and the log.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod answer_times;
mod attempt;
mod clocks;
mod commands;
mod concurrent_edits;
mod confidence;
mod exam_figures;
mod fixtures;
mod goals;
mod history_export;
mod known;
mod large_library;
mod progress_moves;
mod question_form;
mod scores;
mod study;
mod three_questions;
mod today;
