//! The scores as text: a table for each deck, and a summary of the charts in a few lines.

use std::io::{self, Write};

use super::DeckScores;
use crate::app::scores::columns::{COLUMNS, PrintedColumn};
use crate::cli::layout::{fit, safe_text, width};
use crate::domain::day::Moment;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::table::TopicRow;
use crate::text;

/// Longest name of a topic in columns; a longer one is truncated.
const MAX_NAME_WIDTH: usize = 40;

pub(super) fn print(
    decks: &[DeckScores<'_>],
    charts: &ChartData,
    period: Period,
    now: &Moment,
    out: &mut impl Write,
) -> io::Result<()> {
    for DeckScores { deck, table, .. } in decks {
        writeln!(out, "{} ({})", safe_text(&deck.title), deck.id)?;
        let rows = table.rows.iter().map(|row| (row.key.name.as_str(), row));
        print_table(&rows.chain([(text::scores::ALL, &table.total)]).collect::<Vec<_>>(), now, out)?;
        let score = &table.total.score;
        if let Some(known) = text::scores::known_sentences(score) {
            writeln!(out, "  {known}")?;
            writeln!(out, "  {}", text::scores::expected_of_all(&score.expected))?;
        }
        writeln!(out)?;
    }
    let (answers, seconds) = charts.days.iter().fold((0, 0.0), |(answers, ms), day| {
        (answers + day.accuracy.answers, ms + day.answer_ms as f64 / 1000.0)
    });
    let (recalled, reviewed) =
        charts.days.iter().fold((0, 0), |(a, b), day| (a + day.recalled, b + day.reviewed));
    let retained = (reviewed > 0).then(|| recalled as f64 / reviewed as f64);
    let summary = text::scores::answers_in(period, answers, charts.days.len(), seconds / 60.0, retained);
    writeln!(out, "{}", with_ordinary_spaces(&summary))
}

/// The text without no-break spaces, so that a search finds it.
fn with_ordinary_spaces(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn print_table<W: Write>(rows: &[(&str, &TopicRow)], now: &Moment, out: &mut W) -> io::Result<()> {
    let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).clamp(5, MAX_NAME_WIDTH);
    let columns = || COLUMNS.iter().flat_map(|spec| spec.printed);
    let print_line = |out: &mut W, name: &str, cell: &dyn Fn(&PrintedColumn) -> String| {
        let mut line = fit(name, names);
        for column in columns() {
            let cell = with_ordinary_spaces(&cell(column));
            line.push_str(&format!("  {cell:>width$}", width = column.width));
        }
        writeln!(out, "  {line}")
    };
    print_line(out, text::scores::TOPIC.name, &|column| column.heading.to_owned())?;
    for (name, row) in rows {
        print_line(out, name, &|column| {
            (column.cell)(row, now.day()).unwrap_or_else(|| text::words::NO_FIGURE.to_owned())
        })?;
    }
    Ok(())
}
