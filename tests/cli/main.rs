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

#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/csv_table.rs"]
mod csv_table;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/every_kind.rs"]
mod every_kind;
#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "../fixtures/program.rs"]
mod program;

mod attempt;
mod commands;
mod confidence;
mod faulty_decks;
mod format_page;
mod history_export;
mod import_export;
mod kill;
mod known;
mod log;
mod study;
