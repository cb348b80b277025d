//! Names that are on disk or are read by other programs never change, and what an earlier version wrote opens.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

#[path = "pins/earlier_data.rs"]
mod earlier_data;
#[path = "pins/snapshot.rs"]
mod snapshot;
#[path = "pins/stored_names.rs"]
mod stored_names;
