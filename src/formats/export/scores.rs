//! Scores as CSV: one row per topic.

use std::io::{self, Write};

use super::cells::push_row;
use crate::domain::day::StudyDay;
use crate::domain::score::scored_cards::TopicKey;
use crate::formats::formula::guarded;

/// The columns that name the topic. Those with its figures follow.
const TOPIC_COLUMNS: [&str; 5] = ["study_day", "deck", "title", "topic", "name"];

/// Writes the row with the column names, those of the figures last.
///
/// # Errors
/// Those of the writer.
pub fn write_heading<'a>(out: &mut dyn Write, figures: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut line = String::new();
    push_row(&mut line, TOPIC_COLUMNS.into_iter().chain(figures));
    out.write_all(line.as_bytes())
}

/// Writes the row of one topic: the day that the figures are of, the topic with the title of its deck, and the figures.
///
/// # Errors
/// Those of the writer.
pub fn write_topic(
    out: &mut dyn Write,
    day: StudyDay,
    deck_title: &str,
    topic: &TopicKey,
    figures: impl Iterator<Item = String>,
) -> io::Result<()> {
    let texts = [&*topic.deck, deck_title, &topic.topic, &topic.name];
    let mut cells = vec![day.date().to_string()];
    cells.extend(texts.map(|text| guarded(text).into_owned()));
    cells.extend(figures);
    let mut line = String::new();
    push_row(&mut line, cells.iter().map(String::as_str));
    out.write_all(line.as_bytes())
}
