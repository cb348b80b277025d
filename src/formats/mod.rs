//! Text formats and the domain: pure, no files.

pub mod export;
pub mod images;
pub mod import;
pub mod markdown;
pub mod ron_deck;
