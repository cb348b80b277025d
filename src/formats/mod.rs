//! Reading and writing of text formats. Pure functions: no file access.

mod answer_cell;
pub mod export;
mod formula;
pub mod images;
pub mod import;
pub mod markdown;
pub mod ron_deck;
