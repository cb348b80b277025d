//! The scores as text: a table for each deck, and a summary of the charts in a few lines.

use std::io::{self, Write};

use super::DeckScores;
use crate::app::words::{self, days_ago};
use crate::cli::layout::{fit, safe_text, width};
use crate::domain::day::Moment;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::table::TopicRow;

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
        print_table(&rows.chain([("All", &table.total)]).collect::<Vec<_>>(), now, out)?;
        let score = &table.total.score;
        if score.seen > 0 {
            let (low, high) = score.expected.interval_95();
            let (cards, right) = (words::count(score.cards, "card"), score.expected.mean);
            let known = words::known_text(score).unwrap_or_default();
            writeln!(out, "{}", format!("  {known}. {}", words::seen_but_not_known_text(score)).trim_end())?;
            writeln!(out, "  A test of all {cards} today: about {right:.0} right ({low:.0}–{high:.0}).")?;
        }
        writeln!(out)?;
    }
    let span_label = match period {
        Period::All => "So far".to_owned(),
        period => format!("In {}", period.label()),
    };
    let (answers, seconds) = charts.days.iter().fold((0, 0.0), |(answers, ms), day| {
        (answers + day.accuracy.answers, ms + day.answer_ms as f64 / 1000.0)
    });
    let (recalled, reviewed) =
        charts.days.iter().fold((0, 0), |(a, b), day| (a + day.recalled, b + day.reviewed));
    if answers == 0 {
        return writeln!(out, "{span_label}: no answers.");
    }
    let retention = match reviewed {
        0 => String::new(),
        _ => {
            format!(", {} of what came back after days was kept", percent(recalled as f64 / reviewed as f64))
        }
    };
    let days = words::count(charts.days.len(), "day");
    writeln!(
        out,
        "{span_label}: {} on {days}, {:.0} min{retention}.",
        words::count(answers, "answer"),
        seconds / 60.0
    )
}

/// A share in percent, such as "81 %". The no-break space is replaced by an ordinary one, so that a search finds it.
fn percent(share: f64) -> String {
    words::percent(share).replace('\u{a0}', " ")
}

fn print_table(rows: &[(&str, &TopicRow)], now: &Moment, out: &mut impl Write) -> io::Result<()> {
    let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).clamp(5, MAX_NAME_WIDTH);
    let head =
        ["mastery", "coverage", "recall", "right (95 % interval) of", "seconds", "due", "new", "studied"];
    let widths = [8, 9, 7, 25, 8, 4, 4, 0];
    let mut line = fit("Topic", names);
    for (head, width) in head.iter().zip(widths) {
        line.push_str(&format!("  {head:>width$}"));
    }
    writeln!(out, "  {line}")?;
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), percent);
    for (name, row) in rows {
        let score = &row.score;
        let right = score.accuracy.share().zip(score.accuracy.interval()).map_or_else(
            || "–".to_owned(),
            |(accuracy, (low, high))| {
                let (low, high) = (low * 100.0, high * 100.0);
                format!("{} ({low:.0}–{high:.0}) of {}", percent(accuracy), score.accuracy.answers)
            },
        );
        let cells = [
            share(score.mastery()),
            share(score.coverage()),
            share(score.recall_now()),
            right,
            row.median_ms.map_or_else(|| "–".to_owned(), |ms| format!("{:.1}", f64::from(ms) / 1000.0)),
            score.due.to_string(),
            score.new_cards.to_string(),
            score.last_studied.map_or_else(|| "–".to_owned(), |day| days_ago(day, now.day())),
        ];
        let mut line = fit(name, names);
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(&format!("  {cell:>width$}"));
        }
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
