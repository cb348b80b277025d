//! Text formats and the domain: pure, no files.

pub mod export;
pub mod import;
pub mod markdown;
pub mod pictures;
pub mod ron_deck;
