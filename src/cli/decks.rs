//! `linchpin decks`: lists the decks with their cards and problems.

use std::io::Write;

use serde::Serialize;

use super::layout::{fit, safe_text, width};
use super::{CliError, print_json};
use crate::app::App;
use crate::library::{LibraryProblem, LibraryProblemKind, Origin};
use crate::text;

/// What `decks --json` prints.
#[derive(Debug, Serialize)]
struct DeckListReport {
    /// The decks in the order of the window.
    decks: Vec<ListedDeckReport>,
    /// Everything that keeps files or questions from being studied, including problems of the decks above.
    problems: Vec<ProblemReport>,
}

/// One deck of [`DeckListReport`].
#[derive(Debug, Serialize)]
struct ListedDeckReport {
    id: String,
    title: String,
    /// BCP 47; null where the deck names none.
    language: Option<String>,
    /// The path of its file; null for a deck inside the program.
    path: Option<String>,
    questions: usize,
    /// Number of cards, without suspended ones.
    cards: usize,
    /// Number of cards due today.
    due: usize,
    /// Number of cards never answered.
    new: usize,
    /// Number of cards answered at least once.
    seen: usize,
    /// Number of cards expected to be known today.
    known: usize,
    /// Number of cards still being learned.
    being_learned: usize,
    #[serde(skip)]
    known_in_words: Option<String>,
    /// Number of problems in its file.
    problems: usize,
}

/// One problem of [`DeckListReport`].
#[derive(Debug, Serialize)]
struct ProblemReport {
    /// The path of the file; null for a deck inside the program.
    path: Option<String>,
    /// The problem in one sentence.
    message: String,
}

/// Prints the decks.
///
/// # Errors
/// When nothing can be printed.
pub fn run(app: &App, json: bool, out: &mut impl Write) -> Result<(), CliError> {
    let library = app.library();
    let rows: Vec<ListedDeckReport> = library
        .decks()
        .iter()
        .map(|loaded| {
            let score = app.figures().deck(&loaded.deck.id).map(|figures| figures.total.clone());
            let score = score.unwrap_or_default();
            ListedDeckReport {
                id: loaded.deck.id.to_string(),
                title: loaded.deck.title.clone(),
                language: loaded.deck.language.clone(),
                path: path_of(&loaded.origin),
                questions: loaded.deck.questions.len(),
                cards: score.cards,
                due: score.due,
                new: score.new_cards,
                seen: score.seen,
                known: score.known(),
                being_learned: score.learning,
                known_in_words: text::scores::known_of_seen(&score),
                problems: library.problems().iter().filter(|it| it.origin == loaded.origin).count(),
            }
        })
        .collect();
    if json {
        let problems = library.problems().iter();
        let problems =
            problems.map(|it| ProblemReport { path: path_of(&it.origin), message: message(it) }).collect();
        return Ok(print_json(out, &DeckListReport { decks: rows, problems })?);
    }
    let ids = rows.iter().map(|row| width(&row.id)).max().unwrap_or(0);
    for row in &rows {
        let known = row.known_in_words.as_ref().map_or_else(String::new, |known| format!("; {known}"));
        writeln!(out, "{}  {}", fit(&row.id, ids), safe_text(&row.title))?;
        writeln!(
            out,
            "{:ids$}  {}{known}; {}",
            "",
            text::terminal::deck_figures(row.questions, row.cards, row.due, row.new, row.problems),
            safe_text(row.path.as_deref().unwrap_or(text::terminal::INSIDE_THE_PROGRAM))
        )?;
    }
    for problem in library.problems() {
        writeln!(out, "! {}", safe_text(&problem_line(problem)))?;
    }
    Ok(())
}

/// A problem with its file and position, in one line.
pub fn problem_line(problem: &LibraryProblem) -> String {
    match &problem.kind {
        LibraryProblemKind::Diagnostic(fault) => format!("{}:{fault}", problem.origin),
        LibraryProblemKind::Unreadable(_) | LibraryProblemKind::DuplicateId { .. } => {
            format!("{}: {}", problem.origin, message(problem))
        }
    }
}

fn message(problem: &LibraryProblem) -> String {
    match &problem.kind {
        LibraryProblemKind::Unreadable(error) => text::terminal::unreadable(error),
        LibraryProblemKind::Diagnostic(fault) => fault.to_string(),
        LibraryProblemKind::DuplicateId { id, first } => text::terminal::duplicate_deck_id(id, first),
    }
}

fn path_of(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Shipped(_) => None,
        Origin::File(path) => Some(path.display().to_string()),
    }
}
