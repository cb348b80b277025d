//! Fixtures that the tests of decks share.

#[path = "../fixtures/every_kind.rs"]
mod every_kind;

pub use every_kind::EVERY_KIND;
