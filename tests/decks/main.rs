//! Decks: how their files are read, changed, written, imported, exported and found in their folders.

mod editing;
mod export;
mod faults;
mod fixtures;
mod format;
mod format_page;
mod images;
mod import;
mod library;
mod mutations;
mod shipped;
mod writing;
