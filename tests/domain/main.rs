//! The rules of learning: grading, memory, queue, sessions, scores, forecasts, identity. No files, no clock.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod answer_text;
mod attempt_events;
mod drawn_test;
mod fixtures;
mod forecast;
mod fsrs_vectors;
mod gaps_and_bins;
mod grading;
mod grading_laws;
mod identity;
mod known;
mod laws;
mod numbers_and_dates;
mod overconfidence;
mod queue;
mod score_figures;
mod scores;
mod session;
mod simulated_learner;
mod typed_answers;
