//! Reports and the list of tests, written out.

use std::io::{self, Write};

use crate::app::test::PastTest;
use crate::app::{App, words};
use crate::cli::layout::{fit, width};
use crate::cli::terminal::{Ink, Terminal};
use crate::domain::grade::Outcome;
use crate::domain::test::{Past, Phase, Since};
use crate::formats::export::report::{counted, interval, minutes, points, predicted, slip, titles};
use crate::formats::export::{also_accepted, given, right_and_read, tells_more};
use crate::formats::markdown::in_words;

/// Longer names of topics are cut.
const LONGEST_NAME: usize = 44;

/// What a test came to. As in a session, only lines with a verdict begin with ✓, ≈ or ✗ at the left edge.
///
/// # Errors
/// When it cannot be written.
pub fn print(terminal: &mut Terminal, past: &Past, since: Option<&Since>, day: &str) -> io::Result<()> {
    let (paper, report) = (&past.paper, &past.report);
    terminal.gap()?;
    let time = match report.limit_ms {
        Some(limit) => format!("{} of {}", minutes(report.spent_ms), minutes(limit)),
        None => minutes(report.spent_ms),
    };
    let head = format!("{} · {day} · {time} · code {}", titles(paper), paper.code);
    terminal.say("", Ink::Faint, &head)?;
    let sum = format!("{} of {}", points(report.total.points), report.total.questions);
    terminal.say("", Ink::Strong, &format!("{sum}: {}. {}.", counted(report), predicted(&report.total)))?;
    terminal.say("", Ink::Plain, &format!("{}.", interval(&report.total)))?;
    if let Some(since) = since {
        let told = format!("{} since the one before of the same setup.", words::change(since.total));
        terminal.say("", Ink::Plain, &told)?;
    }
    terminal.gap()?;
    let widest = report.topics.iter().map(|topic| width(&topic.name)).max().unwrap_or(0).min(LONGEST_NAME);
    for (at, topic) in report.topics.iter().enumerate() {
        let change = since.and_then(|since| since.topics.get(at).copied().flatten()).map(words::change);
        let change = change.map_or(String::new(), |change| format!(" {change} since the one before"));
        let sum = format!("{} of {}", points(topic.tally.points), topic.tally.questions);
        let line = format!("  {}  {sum:<10}  ", fit(&topic.name, widest));
        terminal.say(&line, Ink::Plain, &format!("{}{change}", predicted(&topic.tally)))?;
    }
    terminal.gap()?;
    for (number, (item, asked)) in (1..).zip(report.items.iter().zip(&paper.items)) {
        let (mark, ink) = match item.verdict.outcome() {
            Outcome::Right => ("✓ ", Ink::Right),
            Outcome::Almost | Outcome::Partly => ("≈ ", Ink::Partly),
            Outcome::Wrong => ("✗ ", Ink::Wrong),
        };
        let seconds = (item.spent_ms + 500) / 1_000;
        let line = format!("{number}. {} ({} s)", in_words(&item.task.prompt), seconds);
        terminal.say(mark, ink, &line)?;
        let answer = given(&item.task, &item.response).join("; ");
        let answer = if answer.is_empty() { "not answered".to_owned() } else { answer };
        terminal.say("     Your answer: ", Ink::Plain, &answer)?;
        let (deck, question) = (paper.deck(asked), paper.question(asked));
        if item.is_slip {
            terminal.say("     ", Ink::Plain, &slip(item))?;
        }
        if let Some(note) = &item.verdict.note {
            terminal.say("     ", Ink::Plain, note)?;
        }
        if tells_more(item) {
            let right = right_and_read(question, &item.task).join("; ");
            terminal.say("     Right answer: ", Ink::Plain, &right)?;
            if let Some(others) = also_accepted(question, item) {
                terminal.say("     Also accepted: ", Ink::Plain, &others)?;
            }
        }
        if !item.is_mistake() {
            continue;
        }
        if let Some(explain) = &question.explain {
            terminal.say("     ", Ink::Plain, &in_words(explain))?;
        }
        for key in &question.cite {
            let source = deck.source.as_ref();
            if let Some((number, gist)) =
                source.and_then(|source| source.passage_number(key).zip(source.passages.get(key)))
            {
                terminal.say("     ", Ink::Faint, &format!("Passage {number} · {}", in_words(gist)))?;
            }
        }
    }
    let undecided: Vec<String> = report.undecided().map(|at| (at + 1).to_string()).collect();
    if let Some(first) = undecided.first() {
        terminal.gap()?;
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
pub fn list(app: &App, tests: &[PastTest], out: &mut impl Write) -> io::Result<()> {
    if tests.is_empty() {
        writeln!(out, "No test yet.")?;
    }
    for (number, test) in (1..).zip(tests) {
        let total = &test.outline.total;
        let decks: Vec<&str> = test
            .outline
            .setup
            .decks
            .iter()
            .map(|id| app.library().deck(id).map_or(&**id, |loaded| loaded.deck.title.as_str()))
            .collect();
        let decks = if decks.is_empty() { "All decks".to_owned() } else { decks.join(", ") };
        let since = test
            .since
            .as_ref()
            .map_or(String::new(), |since| format!("  {} since the one before", words::change(since.total)));
        let sum = format!("{} of {}", points(total.points), total.questions);
        writeln!(out, "{number:>3}  {}  {sum:<12}  {decks}{since}", test.begun.day.date())?;
    }
    match waiting(app) {
        Some(told) => writeln!(out, "     {told}"),
        None => Ok(()),
    }
}

/// The test that waits to be gone on with, if there is one.
pub fn waiting(app: &App) -> Option<String> {
    let left = app.tests().left()?;
    let questions = words::count(left.paper.items.len(), "question");
    let how_far = match left.sitting.phase() {
        Phase::Judging => "is handed in and not graded yet".to_owned(),
        _ => format!("is not finished, {} answered", left.answered()),
    };
    Some(format!("A test of {questions} {how_far}: linchpin test continues it."))
}
