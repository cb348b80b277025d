//! Linchpin: a desktop quiz and flashcard application.
//!
//! The modules and their dependencies; arrows point one way only: `domain <- formats <- library`, `domain <-
//! store`, all of these `<- app`, `app <- ui <- main`, `app <- cli <- main`. `atomic_file` knows none of them, and
//! whoever writes files knows it; nor does `plain_file`, and whoever reads files knows it; nor does `background`, and
//! whoever works beside the window knows it; `text` knows `domain` alone, and whoever shows texts knows it.
//!
//! - [`domain`]: the rules, without I/O. Decks, questions, tasks, grading, memory, schedule, queue, session,
//!   scores.
//! - [`formats`]: reads and writes decks as text.
//! - [`text`]: what a learner reads, one module a feature.
//! - [`atomic_file`]: writes files completely or not at all.
//! - [`plain_file`]: reads files that anybody may have put there.
//! - [`background`]: runs work on other threads, with progress and cancelling.
//! - [`store`]: the event log in SQLite.
//! - [`library`]: the built-in decks and the learner's own.
//! - [`app`]: the state; everything the learner can do is a [`app::Command`].
//! - [`ui`]: the window. [`cli`]: the same without a window. Neither knows the other; `main` puts them together.

pub mod app;
pub mod atomic_file;
pub mod background;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod library;
pub mod plain_file;
pub mod store;
pub mod text;
pub mod ui;
