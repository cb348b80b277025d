//! Text formats and the domain: pure, no files.

pub mod markdown;
pub mod ron_deck;
