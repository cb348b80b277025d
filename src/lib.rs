//! Linchpin: a desktop quiz and flashcard application.
//!
//! The map of the house; arrows point one way only,
//! `domain <- formats, store, library <- app <- ui, cli <- main`:
//!
//! - [`domain`]: the rules, pure. Decks, questions, tasks, grading, memory, schedule, queue, session, scores.
//! - [`formats`]: text to decks and back.
//! - [`store`]: the event log in SQLite.
//! - [`library`]: the decks inside the program and the learner's own.
//! - [`app`]: what the learner can do; every change is a [`app::Command`].
//! - [`ui`]: the window. [`cli`]: the same without a window.

pub mod app;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod library;
pub mod store;
pub mod ui;
