//! The state of every card as CSV, for a program that goes on scheduling them.

use std::io::{self, Write};

use super::cells::push_row;
use super::reviews::due_text;
use crate::domain::card::CardState;
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::formats::formula::guarded;

/// The columns, in order.
const COLUMNS: [&str; 11] = [
    "deck",
    "question",
    "facet",
    "due",
    "interval_days",
    "stability_days",
    "difficulty",
    "answers",
    "lapses",
    "last_study_day",
    "suspended",
];

/// Writes a row for every card that was ever answered, and for those that are suspended, in the order of their keys. An
/// answer that was undone was never given.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, progress: &Progress) -> io::Result<()> {
    let mut cards: Vec<(&CardKey, &CardState)> = progress
        .cards()
        .filter(|(_, summary)| summary.answers() > 0 || summary.state.suspended)
        .map(|(key, summary)| (key, &summary.state))
        .collect();
    cards.sort_unstable_by_key(|(key, _)| *key);
    let mut line = String::new();
    push_row(&mut line, COLUMNS);
    out.write_all(line.as_bytes())?;
    for (key, state) in cards {
        line.clear();
        push_row(
            &mut line,
            [
                &*guarded(&key.deck),
                &guarded(&key.question),
                &key.facet.as_text(),
                &state.due.map_or_else(String::new, due_text),
                &state.interval_days.to_string(),
                &state.memory.map_or_else(String::new, |memory| memory.stability.to_string()),
                &state.memory.map_or_else(String::new, |memory| memory.difficulty.to_string()),
                &state.reviews.to_string(),
                &state.lapses.to_string(),
                &state.last_day.map_or_else(String::new, |day| day.date().to_string()),
                if state.suspended { "true" } else { "false" },
            ],
        );
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}
