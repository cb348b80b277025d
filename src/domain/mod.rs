//! The rules of Linchpin, pure: no window, no SQL, no files, no clock, no global random numbers.
//! Time ([`day::Moment`]) and chance (seeds) are arguments.

pub mod answer_words;
pub mod card;
pub mod cloze;
pub mod day;
mod decided;
pub mod deck;
pub mod diagnostic;
pub mod edit;
pub mod effort;
pub mod event;
pub mod expectation;
pub mod forecast;
pub mod goal;
pub mod grade;
pub mod identity;
pub mod ids;
pub mod known;
pub mod memory;
pub mod picture;
pub mod progress;
pub mod question;
pub mod queue;
pub mod rating;
mod rekey;
pub mod reserved;
pub mod right_texts;
pub mod schedule;
pub mod score;
pub mod seed;
pub mod session;
pub mod simulate;
pub mod sure;
pub mod task;
pub mod test;
