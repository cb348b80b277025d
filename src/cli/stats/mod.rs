//! `linchpin stats`: how every topic stands, and everything that the Scores screen shows.

mod exams_and_tests;
mod json;
mod text;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Failure, print_json};
use crate::app::App;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::{PassageScore, passage_scores};
use crate::domain::score::scored_cards::ScoredCards;
use crate::domain::score::table::TopicTable;
use crate::domain::score::trend::Trend;

/// What to print.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatsOptions<'a> {
    /// Only the deck with this id.
    pub(super) deck: Option<&'a str>,
    /// How far back.
    pub(super) period: Period,
    /// JSON.
    pub(super) json: bool,
}

/// One deck's scores.
struct DeckScores<'a> {
    deck: &'a Deck,
    table: TopicTable,
    /// For each row of the table.
    trends: Vec<Trend>,
    passages: Vec<PassageScore>,
    confusions: Vec<Confusion>,
}

/// Prints the scores of every deck, or of one.
///
/// # Errors
/// For a deck that does not exist, and when nothing can be printed.
pub(super) fn run(
    app: &mut App,
    manner: StatsOptions<'_>,
    now: &Moment,
    out: &mut impl Write,
) -> Result<(), Failure> {
    if let Some(id) = manner.deck {
        super::known_deck(app, id)?;
    }
    // Some tenths of a second for each exam that is set.
    app.forecast_now(manner.deck, now);
    let app = &*app;
    let decks: Vec<Arc<Deck>> = app
        .library()
        .decks()
        .iter()
        .map(|loaded| loaded.deck.clone())
        .filter(|deck| manner.deck.is_none_or(|id| *deck.id == *id))
        .collect();
    let (progress, model, today) = (app.progress(), &app.scheduler().model, now.day());
    let called_off = |_| Failure::Failed("the scores could not be computed".to_owned());
    let never = AtomicBool::new(false);
    let subjects = ScoredCards::of(decks.iter().map(|deck| &**deck), progress, &never).map_err(called_off)?;
    let pictures = ChartData::compute(&subjects, model, today, manner.period, &never).map_err(called_off)?;
    let mut trends = pictures.trends.as_slice();
    let mut scores = Vec::new();
    for deck in &decks {
        let subjects = ScoredCards::of([&**deck], progress, &never).map_err(called_off)?;
        let table =
            TopicTable::compute(&subjects, model, today, manner.period, &never).map_err(called_off)?;
        let (of_deck, rest) = trends.split_at(table.rows.len());
        trends = rest;
        scores.push(DeckScores {
            deck,
            table,
            trends: of_deck.to_vec(),
            passages: passage_scores(deck, progress, model, today),
            confusions: app.confusions_in(deck, manner.period, today),
        });
    }
    if manner.json {
        return Ok(print_json(out, &json::report(app, &scores, &pictures, manner)?)?);
    }
    text::print(&scores, &pictures, manner.period, now, out)?;
    for (at, goal) in app.settings().goals.iter().enumerate() {
        if manner.deck.is_none_or(|id| *goal.deck == *id)
            && let Some(exam) = app.exam_summary(at, today)
        {
            writeln!(out, "{}", exam.replace('\u{a0}', " "))?;
        }
    }
    Ok(())
}
