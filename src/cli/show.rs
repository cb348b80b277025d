//! Prints questions, verdicts and the summary of a session. Only the line with a verdict begins with ✓, ≈ or ✗ at the
//! left edge, so that scripts find it.
//!
//! Functions that print return an error when nothing can be printed.

use std::io;

use super::input::colon_commands;
use super::kind::{self, feedback_lines, option_lines};
use super::terminal::{PrintStyle, Terminal};
use crate::app::study::ActiveCard;
use crate::app::study::summary::{Summary, TopicSummary};
use crate::app::{ActiveSession, App};
use crate::domain::day::Moment;
use crate::domain::grade::{Correctness, Verdict};
use crate::domain::ids::Facet;
use crate::domain::rating::Rating;
use crate::domain::schedule::RatingOutcome;
use crate::domain::schedule::outcome_of;
use crate::domain::task::{ClozeTask, NumberTask, RecallTask, Response, Task, TaskForm, TaskPiece};
use crate::formats::images::field_image;
use crate::formats::markdown::{image_placeholder, plain_with_files};
use crate::text::{self, words};

/// Replaces a gap while the text around it is parsed as CommonMark. A private use character, which no deck should hold.
const GAP: char = '\u{f8ff}';

/// The line above a question of a session: its position, its topic and what to do.
pub fn question_header(study: &ActiveSession, card: &ActiveCard) -> String {
    let deck = &card.deck;
    let question = card.question();
    let (at, total) = study.position();
    let instruction = text::study::instruction(
        question,
        &card.key.facet,
        deck.language.as_deref(),
        card.task.instruction(),
    );
    text::terminal::study::question_header(at, total, deck.topic_name(&question.topic), &instruction)
}

/// Prints `header`, the prompt and the numbered options.
///
/// # Errors
/// When nothing can be printed.
pub fn question(terminal: &mut Terminal, header: &str, card: &ActiveCard) -> io::Result<()> {
    let question = card.question();
    terminal.blank_line()?;
    terminal.print_wrapped("", PrintStyle::Faint, header)?;
    terminal.print_wrapped("", PrintStyle::Strong, &prompt(&card.task))?;
    // On a reverse card the image belongs to the answer.
    if let Some(image) = field_image(question).filter(|_| card.key.facet != Facet::Reverse) {
        terminal.print_wrapped("  ", PrintStyle::Faint, &image_placeholder(&image))?;
    }
    kind::options(terminal, &card.task.form)
}

/// The prompt without Markdown syntax. Gaps are shown with their numbers and hints.
fn prompt(task: &Task) -> String {
    let TaskForm::Cloze(ClozeTask { pieces, .. }) = &task.form else { return plain_with_files(&task.prompt) };
    // Parsed as one text, because emphasis may go around a gap, and the underscores of a gap must not become emphasis.
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
    let mut prompt = String::new();
    let mut gap = 0;
    for c in plain_with_files(&text).chars() {
        if c != GAP {
            prompt.push(c);
            continue;
        }
        gap += 1;
        match hints.next().flatten() {
            Some(hint) => prompt.push_str(&format!("[{gap}: {hint}]")),
            None => prompt.push_str(&format!("[{gap}]")),
        }
    }
    prompt
}

/// The prompt of the input line, with the unit of a number.
pub fn answer_prompt(form: &TaskForm) -> String {
    if let TaskForm::Number(NumberTask { unit: Some(unit), .. }) = form {
        return format!("({}) > ", super::layout::safe_text(unit));
    }
    "> ".to_owned()
}

/// Prints the verdict, the right answer, the explanation and the source.
pub fn verdict(
    terminal: &mut Terminal,
    card: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
) -> io::Result<()> {
    let (mark, ink) = match verdict.correctness() {
        Correctness::Right => ("✓ ", PrintStyle::Right),
        Correctness::Almost | Correctness::Partly => ("≈ ", PrintStyle::Partly),
        Correctness::Wrong => ("✗ ", PrintStyle::Wrong),
    };
    terminal.print_wrapped(mark, ink, &verdict.headline)?;
    option_lines(terminal, card, verdict)?;
    for (first, line) in feedback_lines(card, verdict, response) {
        let is_in_headline = matches!(card.task.form, TaskForm::Number { .. } | TaskForm::Date { .. })
            && verdict.headline.ends_with(&line);
        if is_in_headline {
            continue;
        }
        terminal.print_wrapped(&first, PrintStyle::Plain, &line)?;
    }
    if let Some(reading) = card.prompt_reading() {
        let line = format!("{} ({reading})", plain_with_files(&card.task.prompt));
        terminal.print_wrapped(&format!("  {}", text::terminal::study::ASKED), PrintStyle::Plain, &line)?;
    }
    if let Some(note) = &verdict.note {
        terminal.print_wrapped("  ", PrintStyle::Plain, note)?;
    }
    if let Some(confidence) = card.confidence_remark() {
        terminal.print_wrapped("  ", PrintStyle::Plain, confidence)?;
    }
    explanation_and_source(terminal, card)
}

/// Prints the back of a Recall card, the explanation and the source.
pub fn back(terminal: &mut Terminal, card: &ActiveCard) -> io::Result<()> {
    if let TaskForm::Recall(RecallTask { back }) = &card.task.form {
        terminal.print_wrapped("  ", PrintStyle::Strong, &plain_with_files(back))?;
    }
    explanation_and_source(terminal, card)
}

/// Prints the explanation, and the passages of the source that support the answer.
fn explanation_and_source(terminal: &mut Terminal, card: &ActiveCard) -> io::Result<()> {
    let question = card.question();
    if let Some(explain) = &question.explain {
        terminal.print_wrapped("  ", PrintStyle::Plain, &plain_with_files(explain))?;
    }
    let Some(source) = &card.deck.source else { return Ok(()) };
    for key in &question.cite {
        let (Some(number), Some(gist)) = (source.passage_number(key), source.passages.get(key)) else {
            continue;
        };
        let line = text::study::citation(source, number, &plain_with_files(gist));
        terminal.print_wrapped("  ", PrintStyle::Faint, &line)?;
    }
    Ok(())
}

/// Prints the four ratings with their intervals from `now` on. The current rating is in brackets.
pub fn intervals(
    terminal: &mut Terminal,
    outcomes: &[RatingOutcome; 4],
    in_force: Option<Rating>,
    now: &Moment,
) -> io::Result<()> {
    let grades: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            // No-break spaces keep a rating and its interval on one line.
            let interval = words::interval(outcome.due, now).replace(' ', "\u{a0}");
            let grade = format!("{}\u{a0}{}\u{a0}{interval}", outcome.rating.number(), outcome.rating);
            if in_force == Some(outcome.rating) { format!("[{grade}]") } else { grade }
        })
        .collect();
    terminal.print_wrapped("  ", PrintStyle::Plain, &grades.join(" · "))
}

/// Prints the interval after a self-grade, with the mark of a verdict.
pub fn rated(terminal: &mut Terminal, outcome: &RatingOutcome, now: &Moment) -> io::Result<()> {
    let (mark, ink) = if outcome.rating == Rating::Again {
        ("✗ ", PrintStyle::Wrong)
    } else {
        ("✓ ", PrintStyle::Right)
    };
    terminal.print_wrapped(mark, ink, &due_line(outcome, now))
}

/// The interval after a rating, such as "Good: back in 10 min."
pub fn due_line(outcome: &RatingOutcome, now: &Moment) -> String {
    text::terminal::study::back_in(outcome.rating, &words::interval(outcome.due, now))
}

/// Prints the reason for the interval after a rating. Prints nothing for a card that is not scheduled.
pub fn reason(
    terminal: &mut Terminal,
    card: &ActiveCard,
    outcomes: &[RatingOutcome; 4],
    rating: Rating,
    now: &Moment,
) -> io::Result<()> {
    let Some(scheduler) = card.scheduler() else { return Ok(()) };
    let outcome = outcome_of(outcomes, rating);
    for line in
        text::study::explain_interval(&scheduler.reason(&card.state_before, now, outcome), outcome, now)
    {
        terminal.print_wrapped("  ", PrintStyle::Plain, &line)?;
    }
    Ok(())
}

/// Prints every colon command with its help.
pub fn help(terminal: &mut Terminal) -> io::Result<()> {
    for (typed, _, text) in colon_commands() {
        // Terminals are typed to with the plain apostrophe.
        let label = text.label.trim_end_matches('?').replace('’', "'");
        let help = text.terminal_help.unwrap_or(text.help);
        terminal.print_wrapped(&format!("  :{typed}  "), PrintStyle::Plain, &format!("{label}. {help}"))?;
    }
    let help = format!("{}. {}", text::terminal::study::HELP, text::terminal::study::LIST_COMMANDS);
    terminal.print_wrapped("  :?  ", PrintStyle::Plain, &help)?;
    terminal.print_wrapped("  ", PrintStyle::Faint, text::terminal::study::COLON_IN_ANSWER)
}

/// Says when the next card of a waiting session is due; `until` in UTC milliseconds.
pub fn next_card_line(until: i64, now: &Moment) -> String {
    text::terminal::study::next_card(&words::in_minutes(until, now))
}

/// Prints how many answers of the session were right, by topic. Prints nothing for a session without answers.
pub fn summary(terminal: &mut Terminal, app: &App, study: &ActiveSession) -> io::Result<()> {
    let Summary { answers, right, topics } = Summary::of(study, app.core());
    if answers == 0 {
        return Ok(());
    }
    terminal.blank_line()?;
    terminal.print_wrapped("", PrintStyle::Strong, &text::study::session_score(right, answers))?;
    for TopicSummary { name, answers, right } in topics {
        terminal.print_wrapped(
            "  ",
            PrintStyle::Plain,
            &text::terminal::study::topic_score(&name, right, answers),
        )?;
    }
    Ok(())
}
