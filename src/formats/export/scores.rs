//! Scores as CSV: one row per topic.

use std::io::{self, Write};

use super::cells::{escape_formula, push_row};
use crate::domain::day::StudyDay;
use crate::domain::score::Score;
use crate::domain::score::table;

/// The data of one row.
#[derive(Clone, Copy, Debug)]
pub struct TopicExportRow<'a> {
    /// The study day for which the scores were computed.
    pub day: StudyDay,
    /// The deck's title.
    pub deck_title: &'a str,
    /// The scores of one of the deck's topics.
    pub topic: &'a table::TopicRow,
}

/// The name of a column, and a function for its content in a row.
type ExportColumn = (&'static str, fn(&TopicExportRow<'_>) -> String);

/// The columns in order, each with its content. Shares are fractions from 0 to 1, and empty where there is nothing to
/// divide by.
const COLUMNS: &[ExportColumn] = &[
    ("study_day", |row| row.day.date().to_string()),
    ("deck", |row| escape_formula(&row.topic.key.deck).into_owned()),
    ("title", |row| escape_formula(row.deck_title).into_owned()),
    ("topic", |row| escape_formula(&row.topic.key.topic).into_owned()),
    ("name", |row| escape_formula(&row.topic.key.name).into_owned()),
    ("cards", |row| row.score().cards.to_string()),
    ("suspended", |row| row.score().suspended.to_string()),
    ("seen", |row| row.score().seen.to_string()),
    ("new", |row| row.score().new_cards.to_string()),
    ("due", |row| row.score().due.to_string()),
    ("mastered", |row| row.score().mastered.to_string()),
    ("mastery", |row| share_text(row.score().mastery())),
    ("coverage", |row| share_text(row.score().coverage())),
    ("recall_now", |row| share_text(row.score().recall_now())),
    ("known", |row| row.score().known().to_string()),
    ("being_learned", |row| row.score().learning.to_string()),
    ("expected", |row| format!("{:.6}", row.score().expected.mean)),
    ("expected_low", |row| format!("{:.6}", row.score().expected.interval_95().0)),
    ("expected_high", |row| format!("{:.6}", row.score().expected.interval_95().1)),
    ("answers", |row| row.score().accuracy.answers.to_string()),
    ("right", |row| row.score().accuracy.right.to_string()),
    ("accuracy", |row| share_text(row.score().accuracy.share())),
    ("accuracy_low", |row| share_text(row.score().accuracy.interval().map(|(low, _)| low))),
    ("accuracy_high", |row| share_text(row.score().accuracy.interval().map(|(_, high)| high))),
    ("mean_score", |row| share_text(row.score().accuracy.mean_score())),
    ("median_ms", |row| row.topic.median_ms.map_or_else(String::new, |ms| ms.to_string())),
    ("last_studied", |row| row.score().last_studied.map_or_else(String::new, |day| day.date().to_string())),
];

impl TopicExportRow<'_> {
    fn score(&self) -> &Score {
        &self.topic.score
    }
}

/// Writes the row with the column names.
///
/// # Errors
/// Those of the writer.
pub fn write_heading(out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    push_row(&mut line, COLUMNS.iter().map(|(name, _)| *name));
    out.write_all(line.as_bytes())
}

/// Writes the row of one topic.
///
/// # Errors
/// Those of the writer.
pub fn write_topic(out: &mut dyn Write, of: &TopicExportRow<'_>) -> io::Result<()> {
    let cells: Vec<String> = COLUMNS.iter().map(|(_, cell)| cell(of)).collect();
    let mut line = String::new();
    push_row(&mut line, cells.iter().map(String::as_str));
    out.write_all(line.as_bytes())
}

fn share_text(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{share:.6}"))
}
