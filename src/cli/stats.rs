//! `linchpin stats`: how every topic stands.

use std::io::Write;

use serde::Serialize;

use super::layout::{fit, width};
use super::{Failure, print_json};
use crate::app::App;
use crate::app::words::{self, days_ago};
use crate::domain::day::Moment;
use crate::domain::score::Score;

/// Longer names of topics are cut in the table.
const LONGEST_NAME: usize = 40;

/// What `stats --json` prints.
#[derive(Debug, Serialize)]
struct Report {
    /// `YYYY-MM-DD`.
    study_day: String,
    decks: Vec<DeckReport>,
}

/// One deck of [`Report`].
#[derive(Debug, Serialize)]
struct DeckReport {
    id: String,
    title: String,
    /// All its topics as one.
    total: Figures,
    /// In the deck's order.
    topics: Vec<TopicReport>,
}

/// One topic of [`DeckReport`].
#[derive(Debug, Serialize)]
struct TopicReport {
    /// The key in the deck file.
    topic: String,
    name: String,
    #[serde(flatten)]
    figures: Figures,
}

/// How a topic or a deck stands. Shares are 0 to 1, and null where there is nothing to share.
#[derive(Debug, Serialize)]
struct Figures {
    /// Cards, suspended ones left out.
    cards: usize,
    /// Never asked until resumed.
    suspended: usize,
    /// Answered at least once.
    seen: usize,
    /// Never answered.
    new: usize,
    /// To be reviewed today.
    due: usize,
    /// Share of cards that would still be recalled with at least 0.8 after 30 days without study.
    mastery: Option<f64>,
    /// Share of cards seen.
    coverage: Option<f64>,
    /// Mean recall now of the cards seen.
    recall_now: Option<f64>,
    /// Answers given.
    answers: usize,
    /// Answers that were wholly right.
    right: usize,
    /// Share of answers that were wholly right.
    accuracy: Option<f64>,
    /// Lower and upper end of its 95 % interval.
    accuracy_low: Option<f64>,
    accuracy_high: Option<f64>,
    /// `YYYY-MM-DD`; null if never.
    last_studied: Option<String>,
}

impl From<&Score> for Figures {
    fn from(score: &Score) -> Self {
        let interval = score.accuracy.interval();
        Self {
            cards: score.cards,
            suspended: score.suspended,
            seen: score.seen,
            new: score.new_cards,
            due: score.due,
            mastery: score.mastery(),
            coverage: score.coverage(),
            recall_now: score.recall_now(),
            answers: score.accuracy.answers,
            right: score.accuracy.right,
            accuracy: score.accuracy.share(),
            accuracy_low: interval.map(|(low, _)| low),
            accuracy_high: interval.map(|(_, high)| high),
            last_studied: score.last_studied.map(|day| day.date().to_string()),
        }
    }
}

/// Prints the scores of every deck, or of one.
///
/// # Errors
/// For a deck that does not exist, and when nothing can be printed.
pub fn run(
    app: &App,
    only: Option<&str>,
    json: bool,
    now: &Moment,
    out: &mut impl Write,
) -> Result<(), Failure> {
    if let Some(id) = only {
        super::known_deck(app, id)?;
    }
    let decks = app.figures().decks.iter().filter(|deck| only.is_none_or(|id| *deck.id == *id));
    let title = |id: &str| app.library().deck(id).map_or("", |loaded| loaded.deck.title.as_str());
    if json {
        let report = decks.map(|deck| DeckReport {
            id: deck.id.to_string(),
            title: title(&deck.id).to_owned(),
            total: Figures::from(&deck.total),
            topics: deck
                .topics
                .iter()
                .map(|topic| TopicReport {
                    topic: topic.topic.clone(),
                    name: topic.name.clone(),
                    figures: Figures::from(&topic.score),
                })
                .collect(),
        });
        let study_day = now.day().date().to_string();
        return Ok(print_json(out, &Report { study_day, decks: report.collect() })?);
    }
    for (nth, deck) in decks.enumerate() {
        if nth > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} ({})", super::layout::safe_text(title(&deck.id)), deck.id)?;
        let mut rows: Vec<(String, &Score)> =
            deck.topics.iter().map(|topic| (topic.name.clone(), &topic.score)).collect();
        rows.push(("All".to_owned(), &deck.total));
        table(&rows, now, out)?;
    }
    Ok(())
}

/// "81 %", with a space that a search finds.
fn percent(share: f64) -> String {
    words::percent(share).replace('\u{a0}', " ")
}

fn table(rows: &[(String, &Score)], now: &Moment, out: &mut impl Write) -> std::io::Result<()> {
    let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).clamp(5, LONGEST_NAME);
    let head = ["mastery", "coverage", "recall", "right (95 % interval) of", "due", "new", "studied"];
    let widths = [8, 9, 7, 25, 4, 4, 0];
    let mut line = fit("Topic", names);
    for (head, width) in head.iter().zip(widths) {
        line.push_str(&format!("  {head:>width$}"));
    }
    writeln!(out, "  {line}")?;
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), percent);
    for (name, score) in rows {
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
