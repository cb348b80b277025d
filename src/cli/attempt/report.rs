//! Prints the report of a test, and the list of completed tests.

use std::io::{self, Write};

use crate::app::App;
use crate::app::attempt::AttemptListItem;
use crate::cli::layout::{fit, width};
use crate::cli::terminal::{PrintStyle, Terminal};
use crate::domain::attempt::{AttemptPhase, CompletedAttempt, ItemReport, ScoreChange};
use crate::domain::deck::Deck;
use crate::domain::grade::Correctness;
use crate::domain::question::Question;
use crate::formats::export::report::deck_titles;
use crate::formats::export::{also_accepted, needs_right_answer, response_parts, right_parts_with_readings};
use crate::formats::markdown::plain_with_files;
use crate::text::{self, words};

/// Longest name of a topic in columns; a longer one is truncated.
const MAX_NAME_WIDTH: usize = 44;

/// Prints the report of a completed test. As in a study session, only lines with a verdict begin with ✓, ≈ or ✗ at the
/// left edge, so that scripts find them.
///
/// # Errors
/// When nothing can be printed.
pub fn print(
    terminal: &mut Terminal,
    completed: &CompletedAttempt,
    score_change: Option<&ScoreChange>,
    day: &str,
) -> io::Result<()> {
    let (test, report) = (&completed.test, &completed.report);
    terminal.blank_line()?;
    let spent = words::duration_with_seconds(report.spent_ms);
    let time = report.limit_ms.map_or(spent.clone(), |limit| {
        text::terminal::attempt::of(&spent, words::duration_with_seconds(limit))
    });
    let head = text::terminal::attempt::report_header(&deck_titles(test), day, &time, test.code);
    terminal.print_wrapped("", PrintStyle::Faint, &head)?;
    let sum =
        text::terminal::attempt::of(&text::attempt::points(report.total.points), report.total.questions);
    terminal.print_wrapped(
        "",
        PrintStyle::Strong,
        &text::terminal::attempt::test_score(
            &sum,
            &text::attempt::outcome_counts(report),
            &text::attempt::prediction(&report.total),
        ),
    )?;
    terminal.print_wrapped(
        "",
        PrintStyle::Plain,
        &format!("{}.", text::attempt::score_interval(&report.total)),
    )?;
    if let Some(score_change) = score_change {
        let text = text::terminal::attempt::change_of_setup(&words::signed_percent(score_change.total));
        terminal.print_wrapped("", PrintStyle::Plain, &text)?;
    }
    terminal.blank_line()?;
    let widest = report.topics.iter().map(|topic| width(&topic.name)).max().unwrap_or(0).min(MAX_NAME_WIDTH);
    for (at, topic) in report.topics.iter().enumerate() {
        let change = score_change
            .and_then(|score_change| score_change.topics.get(at).copied().flatten())
            .map(words::signed_percent);
        let change =
            change.map_or(String::new(), |change| format!(" {}", text::terminal::attempt::change(&change)));
        let sum =
            text::terminal::attempt::of(&text::attempt::points(topic.tally.points), topic.tally.questions);
        let line = format!("  {}  {sum:<10}  ", fit(&topic.name, widest));
        terminal.print_wrapped(
            &line,
            PrintStyle::Plain,
            &format!("{}{change}", text::attempt::prediction(&topic.tally)),
        )?;
    }
    terminal.blank_line()?;
    for (number, (item, drawn)) in (1..).zip(report.items.iter().zip(&test.items)) {
        print_item(terminal, number, item, test.deck(drawn), test.question(drawn))?;
    }
    let unresolved: Vec<usize> = report.unresolved_slips().map(|at| at + 1).collect();
    if let Some(first) = unresolved.first() {
        terminal.blank_line()?;
        let text = text::terminal::attempt::unresolved_slips(&unresolved, *first);
        terminal.print_wrapped("", PrintStyle::Plain, &text)?;
    }
    Ok(())
}

/// Prints a question of the report; `number` counts from 1. A mistake has its explanation and its passages.
fn print_item(
    terminal: &mut Terminal,
    number: usize,
    item: &ItemReport,
    deck: &Deck,
    question: &Question,
) -> io::Result<()> {
    let (mark, ink) = match item.verdict.correctness() {
        Correctness::Right => ("✓ ", PrintStyle::Right),
        Correctness::Almost | Correctness::Partly => ("≈ ", PrintStyle::Partly),
        Correctness::Wrong => ("✗ ", PrintStyle::Wrong),
    };
    let seconds = (item.spent_ms + 500) / 1_000;
    let line = format!("{number}. {} ({} s)", plain_with_files(&item.task.prompt), seconds);
    terminal.print_wrapped(mark, ink, &line)?;
    let answer = response_parts(&item.task, &item.response).join("; ");
    let answer = if answer.is_empty() { text::study::NOT_ANSWERED.to_owned() } else { answer };
    terminal.print_wrapped(
        &format!("     {}", text::terminal::study::YOUR_ANSWER),
        PrintStyle::Plain,
        &answer,
    )?;
    if item.is_slip {
        terminal.print_wrapped("     ", PrintStyle::Plain, &text::attempt::slip(item))?;
    }
    if let Some(note) = &item.verdict.note {
        terminal.print_wrapped("     ", PrintStyle::Plain, note)?;
    }
    if needs_right_answer(item) {
        let right = right_parts_with_readings(question, &item.task).join("; ");
        terminal.print_wrapped(
            &format!("     {}", text::terminal::study::RIGHT_ANSWER),
            PrintStyle::Plain,
            &right,
        )?;
        if let Some(others) = also_accepted(question, item) {
            terminal.print_wrapped(
                &format!("     {}", text::terminal::study::ALSO_ACCEPTED),
                PrintStyle::Plain,
                &others,
            )?;
        }
    }
    if !item.is_mistake() {
        return Ok(());
    }
    if let Some(explain) = &question.explain {
        terminal.print_wrapped("     ", PrintStyle::Plain, &plain_with_files(explain))?;
    }
    for key in &question.cite {
        let source = deck.source.as_ref();
        if let Some((number, gist)) =
            source.and_then(|source| source.passage_number(key).zip(source.passages.get(key)))
        {
            terminal.print_wrapped(
                "     ",
                PrintStyle::Faint,
                &text::study::passage(number, &plain_with_files(gist)),
            )?;
        }
    }
    Ok(())
}

/// Prints every completed test, oldest first, with the number that `--report` takes, and the unfinished one.
///
/// # Errors
/// When nothing can be printed.
pub fn list(app: &App, tests: &[AttemptListItem], out: &mut impl Write) -> io::Result<()> {
    if tests.is_empty() {
        writeln!(out, "{}", text::terminal::attempt::NO_TESTS)?;
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
        let decks = if decks.is_empty() { text::decks::ALL_DECKS.to_owned() } else { decks.join(", ") };
        let score_change = test.change.as_ref().map_or(String::new(), |score_change| {
            format!("  {}", text::terminal::attempt::change(&words::signed_percent(score_change.total)))
        });
        let sum = text::terminal::attempt::of(&text::attempt::points(total.points), total.questions);
        writeln!(out, "{number:>3}  {}  {sum:<12}  {decks}{score_change}", test.started.day.date())?;
    }
    match unfinished_line(app) {
        Some(text) => writeln!(out, "     {text}"),
        None => Ok(()),
    }
}

/// A line about the unfinished test; `None` when there is none.
pub fn unfinished_line(app: &App) -> Option<String> {
    let paused = app.tests().paused()?;
    let questions = paused.test.items.len();
    Some(match paused.attempt.phase() {
        AttemptPhase::SelfGrading => text::terminal::attempt::self_grading(questions),
        _ => text::terminal::attempt::unfinished(questions, paused.answered()),
    })
}
