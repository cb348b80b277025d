//! Rules about the source itself: layers know only those below them, the rooms of the state know each other in no
//! circle, `App` and functions stay small, one module writes files, one reads them and one prints, no two types share a
//! name, lists of commands are complete, colours are defined in the themes, linked crates have allowed licences that
//! the program shows, texts stand in `src/text`, versions agree in all files, and the docs name only what exists.

#![allow(clippy::expect_used, clippy::panic, reason = "a test ends where it cannot go on, and says so")]

mod commands;
mod layers;
mod licences;
mod names;
mod pages;
mod rooms;
mod sizes;
mod source;
mod texts;
mod versions;
