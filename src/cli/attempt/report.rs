//! Reports and the list of tests, written out.

use std::io::{self, Write};

use crate::app::attempt::AttemptListItem;
use crate::app::{App, words};
use crate::cli::layout::{fit, width};
use crate::cli::terminal::{Ink, Terminal};
use crate::domain::attempt::{AttemptPhase, CompletedAttempt, ScoreChange};
use crate::domain::grade::Correctness;
use crate::formats::export::report::{
    deck_titles, duration_text, interval_text, outcome_counts_text, points_text, prediction_text, slip_text,
};
use crate::formats::export::{also_accepted, needs_right_answer, response_parts, right_parts_with_readings};
use crate::formats::markdown::plain_with_files;

/// Longer names of topics are cut.
const LONGEST_NAME: usize = 44;

/// What a test came to. As in a session, only lines with a verdict begin with ✓, ≈ or ✗ at the left edge.
///
/// # Errors
/// When it cannot be written.
pub fn print(
    terminal: &mut Terminal,
    past: &CompletedAttempt,
    since: Option<&ScoreChange>,
    day: &str,
) -> io::Result<()> {
    let (paper, report) = (&past.test, &past.report);
    terminal.blank_line()?;
    let time = match report.limit_ms {
        Some(limit) => format!("{} of {}", duration_text(report.spent_ms), duration_text(limit)),
        None => duration_text(report.spent_ms),
    };
    let head = format!("{} · {day} · {time} · code {}", deck_titles(paper), paper.code);
    terminal.say("", Ink::Faint, &head)?;
    let sum = format!("{} of {}", points_text(report.total.points), report.total.questions);
    terminal.say(
        "",
        Ink::Strong,
        &format!("{sum}: {}. {}.", outcome_counts_text(report), prediction_text(&report.total)),
    )?;
    terminal.say("", Ink::Plain, &format!("{}.", interval_text(&report.total)))?;
    if let Some(since) = since {
        let told = format!("{} since the one before of the same setup.", words::signed_percent(since.total));
        terminal.say("", Ink::Plain, &told)?;
    }
    terminal.blank_line()?;
    let widest = report.topics.iter().map(|topic| width(&topic.name)).max().unwrap_or(0).min(LONGEST_NAME);
    for (at, topic) in report.topics.iter().enumerate() {
        let change =
            since.and_then(|since| since.topics.get(at).copied().flatten()).map(words::signed_percent);
        let change = change.map_or(String::new(), |change| format!(" {change} since the one before"));
        let sum = format!("{} of {}", points_text(topic.tally.points), topic.tally.questions);
        let line = format!("  {}  {sum:<10}  ", fit(&topic.name, widest));
        terminal.say(&line, Ink::Plain, &format!("{}{change}", prediction_text(&topic.tally)))?;
    }
    terminal.blank_line()?;
    for (number, (item, asked)) in (1..).zip(report.items.iter().zip(&paper.items)) {
        let (mark, ink) = match item.verdict.correctness() {
            Correctness::Right => ("✓ ", Ink::Right),
            Correctness::Almost | Correctness::Partly => ("≈ ", Ink::Partly),
            Correctness::Wrong => ("✗ ", Ink::Wrong),
        };
        let seconds = (item.spent_ms + 500) / 1_000;
        let line = format!("{number}. {} ({} s)", plain_with_files(&item.task.prompt), seconds);
        terminal.say(mark, ink, &line)?;
        let answer = response_parts(&item.task, &item.response).join("; ");
        let answer = if answer.is_empty() { "not answered".to_owned() } else { answer };
        terminal.say("     Your answer: ", Ink::Plain, &answer)?;
        let (deck, question) = (paper.deck(asked), paper.question(asked));
        if item.is_slip {
            terminal.say("     ", Ink::Plain, &slip_text(item))?;
        }
        if let Some(note) = &item.verdict.note {
            terminal.say("     ", Ink::Plain, note)?;
        }
        if needs_right_answer(item) {
            let right = right_parts_with_readings(question, &item.task).join("; ");
            terminal.say("     Right answer: ", Ink::Plain, &right)?;
            if let Some(others) = also_accepted(question, item) {
                terminal.say("     Also accepted: ", Ink::Plain, &others)?;
            }
        }
        if !item.is_mistake() {
            continue;
        }
        if let Some(explain) = &question.explain {
            terminal.say("     ", Ink::Plain, &plain_with_files(explain))?;
        }
        for key in &question.cite {
            let source = deck.source.as_ref();
            if let Some((number, gist)) =
                source.and_then(|source| source.passage_number(key).zip(source.passages.get(key)))
            {
                terminal.say(
                    "     ",
                    Ink::Faint,
                    &format!("Passage {number} · {}", plain_with_files(gist)),
                )?;
            }
        }
    }
    let undecided: Vec<String> = report.unresolved_slips().map(|at| (at + 1).to_string()).collect();
    if let Some(first) = undecided.first() {
        terminal.blank_line()?;
        let told = format!(
            "Almost right: {}. With --meant {first} that counts as right, with --not-known {first} as wrong.",
            undecided.join(", ")
        );
        terminal.say("", Ink::Plain, &told)?;
    }
    Ok(())
}

/// Every test, oldest first, with the number that `--report` takes.
///
/// # Errors
/// When it cannot be written.
pub fn list(app: &App, tests: &[AttemptListItem], out: &mut impl Write) -> io::Result<()> {
    if tests.is_empty() {
        writeln!(out, "No test yet.")?;
    }
    for (number, test) in (1..).zip(tests) {
        let total = &test.summary.total;
        let decks: Vec<&str> = test
            .summary
            .setup
            .decks
            .iter()
            .map(|id| app.library().deck(id).map_or(&**id, |loaded| loaded.deck.title.as_str()))
            .collect();
        let decks = if decks.is_empty() { "All decks".to_owned() } else { decks.join(", ") };
        let since = test.change.as_ref().map_or(String::new(), |since| {
            format!("  {} since the one before", words::signed_percent(since.total))
        });
        let sum = format!("{} of {}", points_text(total.points), total.questions);
        writeln!(out, "{number:>3}  {}  {sum:<12}  {decks}{since}", test.started.day.date())?;
    }
    match unfinished_line(app) {
        Some(told) => writeln!(out, "     {told}"),
        None => Ok(()),
    }
}

/// The test that waits to be gone on with, if there is one.
pub fn unfinished_line(app: &App) -> Option<String> {
    let left = app.tests().paused()?;
    let questions = words::count(left.test.items.len(), "question");
    let how_far = match left.attempt.phase() {
        AttemptPhase::SelfGrading => "is handed in and not graded yet".to_owned(),
        _ => format!("is not finished, {} answered", left.answered()),
    };
    Some(format!("A test of {questions} {how_far}: linchpin test continues it."))
}
