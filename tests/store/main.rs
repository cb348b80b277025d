//! The data on disk: the event log, drawn tests, backups, and data of earlier versions.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

#[path = "../fixtures/events.rs"]
mod events;
#[path = "../fixtures/program.rs"]
mod program;

mod atomic_files;
mod attempts;
mod backups;
mod blocks;
mod changed_outside;
mod damage;
mod earlier_versions;
mod log;
mod merge;
mod plain_files;
mod processes;
mod settings_file;
mod summaries;
