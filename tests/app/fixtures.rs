//! Fixtures of the app tests.

#[path = "../fixtures/app.rs"]
mod app;
#[path = "../fixtures/csv_table.rs"]
mod csv_table;
#[path = "../fixtures/data_folder.rs"]
mod data_folder;
#[path = "../fixtures/kinds.rs"]
mod kinds;
#[path = "../fixtures/simulated_learner/deck.rs"]
pub mod simulated_deck;
#[path = "../fixtures/time.rs"]
pub mod time;

pub use app::{AppFixture, changed_states, kinds, korean};
pub use csv_table::{Row, rows};
pub use kinds::KINDS;
