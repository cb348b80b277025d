//! The rules of Linchpin as pure functions: no window, no SQL, no files, no clock, no global random numbers.
//! Time ([`day::Moment`]) and random seeds ([`seed::Seed`]) are passed in as arguments.

pub mod answer_text;
pub mod attempt;
pub mod card;
pub mod cloze;
pub mod day;
pub mod deck;
pub mod diagnostic;
pub mod edit;
pub mod event;
pub mod expectation;
pub mod forecast;
pub mod goal;
pub mod grade;
pub mod identity;
pub mod ids;
pub mod image;
mod kind;
pub mod known;
pub mod memory;
pub mod overconfidence;
mod parallel;
pub mod progress;
pub mod question;
pub mod queue;
pub mod rating;
mod rekey;
pub mod reserved;
pub mod schedule;
pub mod score;
pub mod seed;
pub mod session;
pub mod simulate;
mod slip_resolution;
pub mod task;
pub mod typed_feedback;
pub mod workload;
