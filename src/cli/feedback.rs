//! What was answered beside what is right, kind by kind.

use std::io;

use super::terminal::{Ink, Terminal};
use crate::app::study::ActiveCard;
use crate::app::words;
use crate::domain::grade::{GapMark, Marks, OptionMark, Verdict};
use crate::domain::question::Answer;
use crate::domain::task::{Response, TaskForm, TaskOption, TypedForm};
use crate::domain::typed_feedback::{TypedFeedback, for_gaps, join_letters};
use crate::formats::markdown::plain_with_files;

/// The beginning of a line, and the line.
type FeedbackLine = (String, String);

/// The options with a mark each, and why a picked one is wrong.
///
/// # Errors
/// When it cannot be written.
pub fn option_lines(terminal: &mut Terminal, asked: &ActiveCard, verdict: &Verdict) -> io::Result<()> {
    let (TaskForm::Choice { options, .. }, Marks::Options(marks)) = (&asked.task.form, &verdict.marks) else {
        return Ok(());
    };
    for (nth, (TaskOption { text, why, .. }, mark)) in options.iter().zip(marks).enumerate() {
        let (sign, ink, words) = match mark {
            OptionMark::Hit => ('✓', Ink::Right, "right, picked"),
            OptionMark::Miss => ('✓', Ink::Right, "right"),
            OptionMark::FalseAlarm => ('✗', Ink::Wrong, "picked"),
            OptionMark::CorrectRejection => continue,
        };
        let line = format!("{} ({words})", plain_with_files(text));
        terminal.say(&format!("{:>3} {sign} ", nth + 1), ink, &line)?;
        if let (Some(why), OptionMark::FalseAlarm) = (why, mark) {
            terminal.say("      ", Ink::Plain, &plain_with_files(why))?;
        }
    }
    Ok(())
}

/// What is right, and for a near miss where it differs.
pub fn feedback_lines(asked: &ActiveCard, verdict: &Verdict, response: &Response) -> Vec<FeedbackLine> {
    let answer = &asked.question().answer;
    match &asked.task.form {
        TaskForm::Typed(form) => typed_lines(answer, form, verdict, response),
        form @ (TaskForm::Number { .. } | TaskForm::Date { .. }) => {
            let within = words::tolerance(form).map_or(String::new(), |within| format!(" ({within})"));
            vec![right_answer_line(format!("{}{within}", words::right_value(form).unwrap_or_default()))]
        }
        TaskForm::Bool { right: value } => {
            vec![right_answer_line(if *value { "true" } else { "false" }.to_owned())]
        }
        form @ TaskForm::Cloze { .. } => cloze_lines(answer, form, verdict),
        TaskForm::Order { items } => {
            let mut order: Vec<_> = items.iter().collect();
            order.sort_by_key(|item| item.right_position);
            let rows = order.into_iter().enumerate().map(|(place, item)| {
                let note =
                    item.note.as_ref().map_or(String::new(), |note| format!(" ({})", plain_with_files(note)));
                (format!("{:>3}  ", place + 1), format!("{}{note}", plain_with_files(&item.text)))
            });
            headed("The right order:", rows)
        }
        TaskForm::Match { lefts, rights, right_of } => {
            let rows = lefts.iter().enumerate().map(|(left, text)| {
                let partner = rights.get(right_of[left]).map_or("", String::as_str);
                (
                    part_mark(verdict, left),
                    format!("{} – {}", plain_with_files(text), plain_with_files(partner)),
                )
            });
            headed("What belongs together:", rows)
        }
        TaskForm::Sort { bins, items } => {
            let rows = items.iter().enumerate().map(|(nth, item)| {
                let bin = bins.get(item.bin).map_or("", String::as_str);
                (
                    part_mark(verdict, nth),
                    format!("{} – {}", plain_with_files(&item.text), plain_with_files(bin)),
                )
            });
            headed("Where they belong:", rows)
        }
        // The options tell it, or the back of the card.
        TaskForm::Choice { .. } | TaskForm::Recall { .. } => Vec::new(),
    }
}

fn right_answer_line(line: String) -> FeedbackLine {
    ("  Right answer: ".to_owned(), line)
}

fn headed(head: &str, rows: impl Iterator<Item = FeedbackLine>) -> Vec<FeedbackLine> {
    std::iter::once(("  ".to_owned(), head.to_owned())).chain(rows).collect()
}

fn part_mark(verdict: &Verdict, part: usize) -> String {
    let put_right = matches!(&verdict.marks, Marks::Parts(parts) if parts.get(part) == Some(&true));
    format!("  {} ", if put_right { '✓' } else { '✗' })
}

fn typed_lines(
    answer: &Answer,
    form: &TypedForm,
    verdict: &Verdict,
    response: &Response,
) -> Vec<FeedbackLine> {
    let Marks::Typed(marks) = &verdict.marks else { return Vec::new() };
    let texts = TypedFeedback::new(form, marks);
    let mut rows = Vec::new();
    if texts.is_near && !texts.is_main && *response != Response::GaveUp {
        rows.push(("  You typed: ".to_owned(), bracketed(&texts.typed)));
    }
    // The reading is that of the word before it.
    let read = |letters: &[(String, bool)]| {
        let reading = answer.reading_of(&join_letters(letters));
        format!("{}{}", bracketed(letters), reading.map_or(String::new(), |it| format!(" ({it})")))
    };
    rows.extend(texts.nearest.map(|nearest| ("  Comes nearest: ".to_owned(), read(nearest))));
    rows.push(right_answer_line(read(&texts.main)));
    rows.extend(texts.others_text(answer).map(|others| ("  Also accepted: ".to_owned(), others)));
    rows
}

fn cloze_lines(answer: &Answer, form: &TaskForm, verdict: &Verdict) -> Vec<FeedbackLine> {
    let Marks::Cloze(marks) = &verdict.marks else { return Vec::new() };
    let rows = for_gaps(form, marks).into_iter().zip(marks).enumerate().map(|(gap, (texts, mark))| {
        let sign = match mark {
            GapMark { score, .. } if *score >= 1.0 => '✓',
            GapMark { almost: true, .. } => '≈',
            _ => '✗',
        };
        let mut line = bracketed(&texts.main);
        if !mark.letters.typed.is_empty() && !texts.is_main {
            line.push_str(&format!(" (typed: {})", bracketed(&texts.typed)));
        }
        line.extend(texts.nearest.map(|nearest| format!(" (comes nearest: {})", bracketed(nearest))));
        line.extend(texts.others_text(answer).map(|others| format!(" (also accepted: {others})")));
        (format!("  {sign} {}  ", gap + 1), line)
    });
    headed("What belongs in the gaps:", rows)
}

/// Letters that differ stand in brackets: it shows without colour too.
fn bracketed(letters: &[(String, bool)]) -> String {
    let mut text = String::new();
    let mut inside = false;
    for (letter, agrees) in letters {
        if *agrees == inside {
            text.push(if inside { ']' } else { '[' });
            inside = !inside;
        }
        text.push_str(letter);
    }
    if inside {
        text.push(']');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::bracketed;

    #[test]
    fn what_differs_stands_in_brackets() {
        let letters = |text: &str| -> Vec<(String, bool)> {
            text.chars().map(|c| (c.to_lowercase().collect(), c.is_lowercase())).collect()
        };
        assert_eq!(bracketed(&letters("trEAtY")), "tr[ea]t[y]");
        assert_eq!(bracketed(&letters("abc")), "abc");
    }
}
