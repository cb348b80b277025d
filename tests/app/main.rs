//! The program without its window: commands in, state, decks and log out.

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
#[path = "../fixtures/csv_table.rs"]
mod csv_table;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/desk.rs"]
mod desk;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/every_kind.rs"]
mod every_kind;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/learner.rs"]
mod learner;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/program.rs"]
mod program;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/simulated/deck.rs"]
mod simulated_deck;

mod answer_times;
mod attempt;
mod confidence;
mod exam_sums;
mod goals;
mod history_export;
mod known;
mod large_library;
mod progress_moves;
mod question_form;
mod scores;
mod study;
mod two_hands;
