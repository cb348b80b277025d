//! Fixtures of the terminal tests.

#[path = "../fixtures/cli.rs"]
mod cli;
#[path = "../fixtures/csv_table.rs"]
mod csv_table;
#[path = "../fixtures/data_folder.rs"]
mod data_folder;
#[path = "../fixtures/every_kind.rs"]
mod every_kind;
#[path = "../fixtures/program.rs"]
mod program;
#[path = "../fixtures/skip.rs"]
mod skip;

pub use cli::{CliFixture, CliOutput, CliSession, MONDAY, answer_all, total, until, verdicts};
pub use csv_table::rows;
pub use data_folder::DataFolder;
pub use every_kind::EVERY_KIND;
pub use program::linchpin;
pub use skip::skip;
