//! `linchpin stats`: the scores of every topic, and everything else that the Scores screen shows.

mod exams_and_tests;
mod json;
mod printed;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{CliError, print_json};
use crate::app::App;
use crate::app::scores::detail::confusions_in;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::replay::ReplayError;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::{PassageScore, passage_scores};
use crate::domain::score::scored_cards::{Cancelled, ScoredHistories};
use crate::domain::score::table::TopicTable;
use crate::domain::score::trend::Trend;
use crate::text;

/// The options of the command.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatsOptions<'a> {
    /// Print only the deck with this id; `None` for all.
    pub(super) deck: Option<&'a str>,
    /// How far to look back.
    pub(super) period: Period,
    /// Print JSON.
    pub(super) json: bool,
}

/// One deck's scores.
struct DeckScores<'a> {
    deck: &'a Deck,
    table: TopicTable,
    /// One for each row of the table.
    trends: Vec<Trend>,
    passages: Vec<PassageScore>,
    confusions: Vec<Confusion>,
}

/// Prints the scores of every deck, or of one.
///
/// # Errors
/// When there is no such deck, or nothing can be printed.
pub(super) fn run(
    app: &mut App,
    options: StatsOptions<'_>,
    now: &Moment,
    out: &mut impl Write,
) -> Result<(), CliError> {
    if let Some(id) = options.deck {
        super::known_deck(app, id)?;
    }
    // Takes some tenths of a second for each exam.
    app.forecast_now(options.deck, now);
    let app = &*app;
    let decks: Vec<Arc<Deck>> = app
        .library()
        .decks()
        .iter()
        .map(|loaded| loaded.deck.clone())
        .filter(|deck| options.deck.is_none_or(|id| *deck.id == *id))
        .collect();
    let (progress, model, today) = (app.progress(), &app.scheduler().model, now.day());
    let failed = |error: ReplayError| match error {
        ReplayError::Cancelled => CliError::Failed(text::terminal::SCORES_FAILED.to_owned()),
        ReplayError::Unreadable(error) => CliError::Failed(error.to_string()),
    };
    let cancelled = |cancelled: Cancelled| failed(cancelled.into());
    let cancel = AtomicBool::new(false);
    let subjects =
        ScoredHistories::of(decks.iter().map(|deck| &**deck), progress, &cancel).map_err(cancelled)?;
    let charts = ChartData::compute(&subjects, model, today, options.period, &cancel).map_err(failed)?;
    let mut trends = charts.trends.as_slice();
    let mut scores = Vec::new();
    let each = decks.iter().map(|deck| &**deck);
    let tables = TopicTable::each_deck(each, progress, model, today, options.period, &cancel);
    for (deck, table) in decks.iter().zip(tables.map_err(failed)?) {
        let (of_deck, rest) = trends.split_at(table.rows.len());
        trends = rest;
        scores.push(DeckScores {
            deck,
            table,
            trends: of_deck.to_vec(),
            passages: passage_scores(deck, progress, model, today),
            confusions: confusions_in(app.core(), deck, options.period, today).map_err(failed)?,
        });
    }
    if options.json {
        return Ok(print_json(out, &json::report(app, &scores, &charts, options)?)?);
    }
    printed::print(&scores, &charts, options.period, now, out)?;
    for (at, goal) in app.settings().goals.iter().enumerate() {
        if options.deck.is_none_or(|id| *goal.deck == *id)
            && let Some(exam) = app.exam_summary(at, today)
        {
            writeln!(out, "{}", exam.replace('\u{a0}', " "))?;
        }
    }
    Ok(())
}
