//! Decks: how their files are parsed, edited, written, imported, exported and found in their folders.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod editing;
mod export;
mod faults;
mod fixtures;
mod format;
mod format_page;
mod fuzz_corpus;
mod images;
mod import;
mod library;
mod mutations;
mod shipped;
mod writing;
