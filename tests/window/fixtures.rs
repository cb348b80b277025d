//! Fixtures of the window tests.

#[path = "../fixtures/authoring.rs"]
mod authoring;
#[path = "../fixtures/data_folder.rs"]
mod data_folder;
#[path = "../fixtures/simulated_learner/mod.rs"]
pub mod simulated_learner;
#[path = "../fixtures/skip.rs"]
mod skip;
#[path = "../fixtures/window.rs"]
mod window;

pub use data_folder::DataFolder;
pub use simulated_learner::shipped_decks::study_both_shipped;
pub use skip::skip;
pub use window::{NOW, WindowFixture, WindowOptions};
