//! Questions, verdicts and the summary, written out. The line with a verdict is the only one that begins
//! with ✓, ≈ or ✗ at the left edge: that is what a script looks for.

use std::io;

use super::ask::Aside;
use super::right::{given_and_right, option_lines};
use super::terminal::{Ink, Terminal};
use crate::app::study::{Asked, outcome_of};
use crate::app::summary::{Summary, TopicSummary};
use crate::app::words::{self, in_minutes, instruction, reason_in_words};
use crate::app::{App, Command, Study};
use crate::domain::day::Moment;
use crate::domain::grade::{Outcome as Went, Verdict};
use crate::domain::ids::Facet;
use crate::domain::rating::Rating;
use crate::domain::schedule::{Outcome, interval_words};
use crate::domain::task::{Form, Response, Task, TaskPiece};
use crate::formats::markdown::{in_words, told_picture};
use crate::formats::pictures::of_field;

/// What stands for a gap while the text around it is read as CommonMark: a letter that no deck holds.
const GAP: char = '\u{f8ff}';

/// What stands over a question of a session.
pub fn head(study: &Study, asked: &Asked) -> String {
    let deck = &asked.deck;
    let question = asked.question();
    let (at, total) = study.position();
    let what = instruction(question, &asked.key.facet, deck.language.as_deref(), asked.task.instruction());
    format!("{at} of {total} · {} · {what}", deck.topic_name(&question.topic))
}

/// The question with its options, numbered, under a line about it.
///
/// # Errors
/// When it cannot be written; so for everything here.
pub fn question(terminal: &mut Terminal, head: &str, asked: &Asked) -> io::Result<()> {
    let question = asked.question();
    terminal.gap()?;
    terminal.say("", Ink::Faint, head)?;
    terminal.say("", Ink::Strong, &prompt(&asked.task))?;
    // Of the card the other way round it is a part of the answer.
    if let Some(picture) = of_field(question).filter(|_| asked.key.facet != Facet::Reverse) {
        terminal.say("  ", Ink::Faint, &told_picture(&picture))?;
    }
    match &asked.task.form {
        Form::Bool { .. } => numbered(terminal, ["true", "false"])?,
        Form::Pick { options, .. } => numbered(terminal, options.iter().map(|it| it.text.as_str()))?,
        Form::Arrange { items } => numbered(terminal, items.iter().map(|it| it.text.as_str()))?,
        Form::Pair { lefts, rights, .. } => {
            numbered(terminal, lefts.iter().map(String::as_str))?;
            terminal.say("  ", Ink::Faint, "with")?;
            numbered(terminal, rights.iter().map(String::as_str))?;
        }
        Form::Bins { bins, items } => {
            numbered(terminal, bins.iter().map(String::as_str))?;
            terminal.say("  ", Ink::Faint, "for each of these, in turn")?;
            for item in items {
                terminal.say("  –  ", Ink::Plain, &in_words(&item.text))?;
            }
        }
        Form::Reveal { .. } | Form::Text(_) | Form::Number { .. } | Form::Date { .. } | Form::Gaps { .. } => {
        }
    }
    Ok(())
}

fn numbered<'a>(terminal: &mut Terminal, options: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    for (nth, option) in options.into_iter().enumerate() {
        terminal.say(&format!("{:>3}  ", nth + 1), Ink::Plain, &in_words(option))?;
    }
    Ok(())
}

/// The prompt without marks; gaps are numbered.
fn prompt(task: &Task) -> String {
    let Form::Gaps { pieces, .. } = &task.form else { return in_words(&task.prompt) };
    // As one text, so that emphasis may go around a gap, and a blank is not taken for emphasis.
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            TaskPiece::Text(text) => text.replace(GAP, ""),
            TaskPiece::Gap { .. } => GAP.to_string(),
        })
        .collect();
    let mut hints = pieces.iter().filter_map(|piece| match piece {
        TaskPiece::Gap { hint, .. } => Some(hint.as_deref()),
        TaskPiece::Text(_) => None,
    });
    let mut shown = String::new();
    let mut gap = 0;
    for c in in_words(&text).chars() {
        if c != GAP {
            shown.push(c);
            continue;
        }
        gap += 1;
        match hints.next().flatten() {
            Some(hint) => shown.push_str(&format!("[{gap}: {hint}]")),
            None => shown.push_str(&format!("[{gap}]")),
        }
    }
    shown
}

/// What is typed behind the answer's field, such as its unit.
pub fn field(form: &Form) -> String {
    match form {
        Form::Number { unit: Some(unit), .. } => format!("({}) > ", super::layout::safe_text(unit)),
        _ => "> ".to_owned(),
    }
}

/// How the answer went, what is right, why, and from where.
pub fn verdict(
    terminal: &mut Terminal,
    asked: &Asked,
    verdict: &Verdict,
    response: &Response,
) -> io::Result<()> {
    let (mark, ink) = match verdict.outcome() {
        Went::Right => ("✓ ", Ink::Right),
        Went::Almost | Went::Partly => ("≈ ", Ink::Partly),
        Went::Wrong => ("✗ ", Ink::Wrong),
    };
    terminal.say(mark, ink, &verdict.headline)?;
    option_lines(terminal, asked, verdict)?;
    for (first, line) in given_and_right(asked, verdict, response) {
        let is_said = matches!(asked.task.form, Form::Number { .. } | Form::Date { .. })
            && verdict.headline.ends_with(&line);
        if is_said {
            continue;
        }
        terminal.say(&first, Ink::Plain, &line)?;
    }
    if let Some(reading) = asked.prompt_reading() {
        let line = format!("{} ({reading})", in_words(&asked.task.prompt));
        terminal.say("  Asked: ", Ink::Plain, &line)?;
    }
    if let Some(note) = &verdict.note {
        terminal.say("  ", Ink::Plain, note)?;
    }
    if let Some(said) = words::confidence(asked) {
        terminal.say("  ", Ink::Plain, said)?;
    }
    background(terminal, asked)
}

/// The back of a card to recall.
pub fn back(terminal: &mut Terminal, asked: &Asked) -> io::Result<()> {
    if let Form::Reveal { back } = &asked.task.form {
        terminal.say("  ", Ink::Strong, &in_words(back))?;
    }
    background(terminal, asked)
}

/// The explanation, and the passage that the answer comes from.
fn background(terminal: &mut Terminal, asked: &Asked) -> io::Result<()> {
    let question = asked.question();
    if let Some(explain) = &question.explain {
        terminal.say("  ", Ink::Plain, &in_words(explain))?;
    }
    let Some(source) = &asked.deck.source else { return Ok(()) };
    for key in &question.cite {
        let (Some(number), Some(gist)) = (source.passage_number(key), source.passages.get(key)) else {
            continue;
        };
        let mut line = format!("Passage {number} · {}", in_words(gist));
        if let Some(author) = &source.author {
            line.push_str(&format!(" · {author}"));
            if let Some(year) = source.year() {
                line.push_str(&format!(", {year}"));
            }
        }
        terminal.say("  ", Ink::Faint, &line)?;
    }
    Ok(())
}

/// The four grades and when the card comes back after each; the one in force in brackets.
pub fn intervals(
    terminal: &mut Terminal,
    outcomes: &[Outcome; 4],
    in_force: Option<Rating>,
    now: &Moment,
) -> io::Result<()> {
    let grades: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            // Kept together where the line breaks.
            let interval = interval_words(outcome.due, now).replace(' ', "\u{a0}");
            let grade = format!("{}\u{a0}{}\u{a0}{interval}", outcome.rating.number(), outcome.rating);
            if in_force == Some(outcome.rating) { format!("[{grade}]") } else { grade }
        })
        .collect();
    terminal.say("  ", Ink::Plain, &grades.join(" · "))
}

/// When the card comes back after a rating.
pub fn rated(terminal: &mut Terminal, outcome: &Outcome, now: &Moment) -> io::Result<()> {
    let (mark, ink) =
        if outcome.rating == Rating::Again { ("✗ ", Ink::Wrong) } else { ("✓ ", Ink::Right) };
    terminal.say(mark, ink, &comes_back(outcome, now))
}

/// "Good: back in 10 min."
pub fn comes_back(outcome: &Outcome, now: &Moment) -> String {
    format!("{}: back in {}.", outcome.rating, interval_words(outcome.due, now))
}

/// Why the card comes back when it does.
pub fn reason(
    terminal: &mut Terminal,
    asked: &Asked,
    outcomes: &[Outcome; 4],
    rating: Rating,
    now: &Moment,
) -> io::Result<()> {
    let Some(rules) = asked.rules() else { return Ok(()) };
    let outcome = outcome_of(outcomes, rating);
    for line in reason_in_words(&rules.reason(&asked.before, now, outcome), outcome, now) {
        terminal.say("  ", Ink::Plain, &line)?;
    }
    Ok(())
}

/// Every command that can be given at a prompt.
pub fn help(terminal: &mut Terminal) -> io::Result<()> {
    for (typed, aside) in Aside::ALL {
        let (label, help) = match aside {
            Aside::Undo => told(&Command::Undo),
            Aside::Redo => told(&Command::Redo),
            Aside::Hint => told(&Command::ShowHint),
            Aside::Say(confidence) => told(&Command::SayConfidence(confidence)),
            Aside::Suspend => told(&Command::Suspend),
            Aside::Bury => told(&Command::Bury),
            Aside::Why => told(&Command::ToggleReason),
            Aside::GiveUp => ("I don't know", "Shows the answer; the card comes back soon."),
            Aside::Help => ("Help", "Shows these lines."),
            Aside::Quit => ("End session", "So does Ctrl+D; every answer is kept."),
        };
        let label = label.trim_end_matches('?');
        terminal.say(&format!("  {typed}  "), Ink::Plain, &format!("{label}. {help}"))?;
    }
    terminal.say("  ", Ink::Faint, "An answer that begins with a colon is typed with two.")
}

fn told(command: &Command) -> (&'static str, &'static str) {
    command.face().map_or(("", ""), |face| (face.label, face.help))
}

/// When a session that waits goes on.
pub fn next_comes(until: i64, now: &Moment) -> String {
    format!("Only cards that you are learning are left; the next one comes {}.", in_minutes(until, now))
}

/// What the session brought, by topic.
pub fn summary(terminal: &mut Terminal, app: &App, study: &Study) -> io::Result<()> {
    let Summary { answers, right, topics } = Summary::of(study, app);
    if answers == 0 {
        return Ok(());
    }
    terminal.gap()?;
    terminal.say("", Ink::Strong, &format!("{right} of {answers} right in this session"))?;
    for TopicSummary { name, answers, right } in topics {
        terminal.say("  ", Ink::Plain, &format!("{name}: {right} of {answers}"))?;
    }
    Ok(())
}
