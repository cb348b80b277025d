//! Fixtures that the tests of decks share.

#[path = "../fixtures/csv_table.rs"]
mod csv_table;
#[path = "../fixtures/every_kind.rs"]
mod every_kind;

pub use csv_table::rows;
pub use every_kind::EVERY_KIND;
