//! The program as a process: commands, sessions in the terminal, and being killed.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod attempt;
mod commands;
mod confidence;
mod crashes;
mod everything;
mod faulty_decks;
mod fixtures;
mod format_page;
mod history_export;
mod hostile;
mod import_export;
mod kill;
mod known;
mod log;
mod merge;
mod mutations;
mod power_loss;
mod study;
