//! Questions, verdicts and the summary, written out. The line with a verdict is the only one that begins
//! with ✓, ≈ or ✗ at the left edge: that is what a script looks for.

use std::io;

use super::feedback::{feedback_lines, option_lines};
use super::input::ColonCommand;
use super::terminal::{Ink, Terminal};
use crate::app::study::{ActiveCard, outcome_of};
use crate::app::summary::{Summary, TopicSummary};
use crate::app::words::{self, explain_interval, in_minutes, instruction};
use crate::app::{App, Command, Study};
use crate::domain::day::Moment;
use crate::domain::grade::{Correctness, Verdict};
use crate::domain::ids::Facet;
use crate::domain::rating::Rating;
use crate::domain::schedule::{RatingOutcome, interval_text};
use crate::domain::task::{Response, Task, TaskForm, TaskPiece};
use crate::formats::images::field_image;
use crate::formats::markdown::{image_placeholder, plain_with_files};

/// What stands for a gap while the text around it is read as CommonMark: a letter that no deck holds.
const GAP: char = '\u{f8ff}';

/// What stands over a question of a session.
pub fn question_header(study: &Study, asked: &ActiveCard) -> String {
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
pub fn question(terminal: &mut Terminal, head: &str, asked: &ActiveCard) -> io::Result<()> {
    let question = asked.question();
    terminal.blank_line()?;
    terminal.say("", Ink::Faint, head)?;
    terminal.say("", Ink::Strong, &prompt(&asked.task))?;
    // Of the card the other way round it is a part of the answer.
    if let Some(picture) = field_image(question).filter(|_| asked.key.facet != Facet::Reverse) {
        terminal.say("  ", Ink::Faint, &image_placeholder(&picture))?;
    }
    match &asked.task.form {
        TaskForm::Bool { .. } => numbered(terminal, ["true", "false"])?,
        TaskForm::Choice { options, .. } => numbered(terminal, options.iter().map(|it| it.text.as_str()))?,
        TaskForm::Order { items } => numbered(terminal, items.iter().map(|it| it.text.as_str()))?,
        TaskForm::Match { lefts, rights, .. } => {
            numbered(terminal, lefts.iter().map(String::as_str))?;
            terminal.say("  ", Ink::Faint, "with")?;
            numbered(terminal, rights.iter().map(String::as_str))?;
        }
        TaskForm::Sort { bins, items } => {
            numbered(terminal, bins.iter().map(String::as_str))?;
            terminal.say("  ", Ink::Faint, "for each of these, in turn")?;
            for item in items {
                terminal.say("  –  ", Ink::Plain, &plain_with_files(&item.text))?;
            }
        }
        TaskForm::Recall { .. }
        | TaskForm::Typed(_)
        | TaskForm::Number { .. }
        | TaskForm::Date { .. }
        | TaskForm::Cloze { .. } => {}
    }
    Ok(())
}

fn numbered<'a>(terminal: &mut Terminal, options: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    for (nth, option) in options.into_iter().enumerate() {
        terminal.say(&format!("{:>3}  ", nth + 1), Ink::Plain, &plain_with_files(option))?;
    }
    Ok(())
}

/// The prompt without marks; gaps are numbered.
fn prompt(task: &Task) -> String {
    let TaskForm::Cloze { pieces, .. } = &task.form else { return plain_with_files(&task.prompt) };
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
    for c in plain_with_files(&text).chars() {
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
pub fn answer_prompt(form: &TaskForm) -> String {
    match form {
        TaskForm::Number { unit: Some(unit), .. } => format!("({}) > ", super::layout::safe_text(unit)),
        _ => "> ".to_owned(),
    }
}

/// How the answer went, what is right, why, and from where.
pub fn verdict(
    terminal: &mut Terminal,
    asked: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
) -> io::Result<()> {
    let (mark, ink) = match verdict.correctness() {
        Correctness::Right => ("✓ ", Ink::Right),
        Correctness::Almost | Correctness::Partly => ("≈ ", Ink::Partly),
        Correctness::Wrong => ("✗ ", Ink::Wrong),
    };
    terminal.say(mark, ink, &verdict.headline)?;
    option_lines(terminal, asked, verdict)?;
    for (first, line) in feedback_lines(asked, verdict, response) {
        let is_said = matches!(asked.task.form, TaskForm::Number { .. } | TaskForm::Date { .. })
            && verdict.headline.ends_with(&line);
        if is_said {
            continue;
        }
        terminal.say(&first, Ink::Plain, &line)?;
    }
    if let Some(reading) = asked.prompt_reading() {
        let line = format!("{} ({reading})", plain_with_files(&asked.task.prompt));
        terminal.say("  Asked: ", Ink::Plain, &line)?;
    }
    if let Some(note) = &verdict.note {
        terminal.say("  ", Ink::Plain, note)?;
    }
    if let Some(said) = words::confidence_remark(asked) {
        terminal.say("  ", Ink::Plain, said)?;
    }
    explanation_and_source(terminal, asked)
}

/// The back of a card to recall.
pub fn back(terminal: &mut Terminal, asked: &ActiveCard) -> io::Result<()> {
    if let TaskForm::Recall { back } = &asked.task.form {
        terminal.say("  ", Ink::Strong, &plain_with_files(back))?;
    }
    explanation_and_source(terminal, asked)
}

/// The explanation, and the passage that the answer comes from.
fn explanation_and_source(terminal: &mut Terminal, asked: &ActiveCard) -> io::Result<()> {
    let question = asked.question();
    if let Some(explain) = &question.explain {
        terminal.say("  ", Ink::Plain, &plain_with_files(explain))?;
    }
    let Some(source) = &asked.deck.source else { return Ok(()) };
    for key in &question.cite {
        let (Some(number), Some(gist)) = (source.passage_number(key), source.passages.get(key)) else {
            continue;
        };
        let mut line = format!("Passage {number} · {}", plain_with_files(gist));
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
    outcomes: &[RatingOutcome; 4],
    in_force: Option<Rating>,
    now: &Moment,
) -> io::Result<()> {
    let grades: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            // Kept together where the line breaks.
            let interval = interval_text(outcome.due, now).replace(' ', "\u{a0}");
            let grade = format!("{}\u{a0}{}\u{a0}{interval}", outcome.rating.number(), outcome.rating);
            if in_force == Some(outcome.rating) { format!("[{grade}]") } else { grade }
        })
        .collect();
    terminal.say("  ", Ink::Plain, &grades.join(" · "))
}

/// When the card comes back after a rating.
pub fn rated(terminal: &mut Terminal, outcome: &RatingOutcome, now: &Moment) -> io::Result<()> {
    let (mark, ink) =
        if outcome.rating == Rating::Again { ("✗ ", Ink::Wrong) } else { ("✓ ", Ink::Right) };
    terminal.say(mark, ink, &due_line(outcome, now))
}

/// "Good: back in 10 min."
pub fn due_line(outcome: &RatingOutcome, now: &Moment) -> String {
    format!("{}: back in {}.", outcome.rating, interval_text(outcome.due, now))
}

/// Why the card comes back when it does.
pub fn reason(
    terminal: &mut Terminal,
    asked: &ActiveCard,
    outcomes: &[RatingOutcome; 4],
    rating: Rating,
    now: &Moment,
) -> io::Result<()> {
    let Some(scheduler) = asked.scheduler() else { return Ok(()) };
    let outcome = outcome_of(outcomes, rating);
    for line in explain_interval(&scheduler.reason(&asked.state_before, now, outcome), outcome, now) {
        terminal.say("  ", Ink::Plain, &line)?;
    }
    Ok(())
}

/// Every command that can be given at a prompt.
pub fn help(terminal: &mut Terminal) -> io::Result<()> {
    for (typed, aside) in ColonCommand::ALL {
        let (label, help) = match aside {
            ColonCommand::Undo => label_and_help(&Command::Undo),
            ColonCommand::Redo => label_and_help(&Command::Redo),
            ColonCommand::Hint => label_and_help(&Command::ShowHint),
            ColonCommand::SetConfidence(confidence) => label_and_help(&Command::SetConfidence(confidence)),
            ColonCommand::Suspend => label_and_help(&Command::Suspend),
            ColonCommand::Bury => label_and_help(&Command::Bury),
            ColonCommand::Why => label_and_help(&Command::ToggleReason),
            ColonCommand::GiveUp => ("I don't know", "Shows the answer; the card comes back soon."),
            ColonCommand::Help => ("Help", "Shows these lines."),
            ColonCommand::Quit => ("End session", "So does Ctrl+D; every answer is kept."),
        };
        let label = label.trim_end_matches('?');
        terminal.say(&format!("  {typed}  "), Ink::Plain, &format!("{label}. {help}"))?;
    }
    terminal.say("  ", Ink::Faint, "An answer that begins with a colon is typed with two.")
}

fn label_and_help(command: &Command) -> (&'static str, &'static str) {
    command.info().map_or(("", ""), |face| (face.label, face.help))
}

/// When a session that waits goes on.
pub fn next_card_line(until: i64, now: &Moment) -> String {
    format!("Only cards that you are learning are left; the next one comes {}.", in_minutes(until, now))
}

/// What the session brought, by topic.
pub fn summary(terminal: &mut Terminal, app: &App, study: &Study) -> io::Result<()> {
    let Summary { answers, right, topics } = Summary::of(study, app);
    if answers == 0 {
        return Ok(());
    }
    terminal.blank_line()?;
    terminal.say("", Ink::Strong, &format!("{right} of {answers} right in this session"))?;
    for TopicSummary { name, answers, right } in topics {
        terminal.say("  ", Ink::Plain, &format!("{name}: {right} of {answers}"))?;
    }
    Ok(())
}
