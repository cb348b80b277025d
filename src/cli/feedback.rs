//! The lines below a verdict, for each kind of answer: what is right, and how the response differs from it.

use std::io;

use super::terminal::{PrintStyle, Terminal};
use crate::app::study::ActiveCard;
use crate::app::words;
use crate::domain::grade::{GapMark, Marks, OptionMark, Verdict};
use crate::domain::question::Answer;
use crate::domain::task::{Response, TaskForm, TaskOption, TypedForm};
use crate::domain::typed_feedback::{TypedFeedback, for_gaps, join_letters};
use crate::formats::markdown::plain_with_files;

/// The beginning of a line, which sets its indentation, and its text.
type FeedbackLine = (String, String);

/// Prints the right and the chosen options with their marks, and why a chosen one is wrong. Prints nothing for other
/// kinds than Choice and Choices.
///
/// # Errors
/// When nothing can be printed.
pub fn option_lines(terminal: &mut Terminal, card: &ActiveCard, verdict: &Verdict) -> io::Result<()> {
    let (TaskForm::Choice { options } | TaskForm::Choices { options }, Marks::Options(marks)) =
        (&card.task.form, &verdict.marks)
    else {
        return Ok(());
    };
    for (nth, (TaskOption { text, why, .. }, mark)) in options.iter().zip(marks).enumerate() {
        let (sign, ink, words) = match mark {
            OptionMark::Hit => ('✓', PrintStyle::Right, "right, picked"),
            OptionMark::Miss => ('✓', PrintStyle::Right, "right"),
            OptionMark::FalseAlarm => ('✗', PrintStyle::Wrong, "picked"),
            OptionMark::CorrectRejection => continue,
        };
        let line = format!("{} ({words})", plain_with_files(text));
        terminal.print_wrapped(&format!("{:>3} {sign} ", nth + 1), ink, &line)?;
        if let (Some(why), OptionMark::FalseAlarm) = (why, mark) {
            terminal.print_wrapped("      ", PrintStyle::Plain, &plain_with_files(why))?;
        }
    }
    Ok(())
}

/// The right answer, and for a near miss the letters that differ. Empty for Recall, Choice and Choices, which are shown
/// in other ways.
pub fn feedback_lines(card: &ActiveCard, verdict: &Verdict, response: &Response) -> Vec<FeedbackLine> {
    let answer = &card.question().answer;
    match &card.task.form {
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
            let rows = order.into_iter().enumerate().map(|(position, item)| {
                let note =
                    item.note.as_ref().map_or(String::new(), |note| format!(" ({})", plain_with_files(note)));
                (format!("{:>3}  ", position + 1), format!("{}{note}", plain_with_files(&item.text)))
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
        // Shown by the marks of the options, or by the back of the card.
        TaskForm::Choice { .. } | TaskForm::Choices { .. } | TaskForm::Recall { .. } => Vec::new(),
    }
}

fn right_answer_line(line: String) -> FeedbackLine {
    ("  Right answer: ".to_owned(), line)
}

/// The lines below a heading.
fn headed(head: &str, rows: impl Iterator<Item = FeedbackLine>) -> Vec<FeedbackLine> {
    std::iter::once(("  ".to_owned(), head.to_owned())).chain(rows).collect()
}

/// The beginning of the line of one part: a tick if it was answered right, otherwise a cross.
fn part_mark(verdict: &Verdict, part: usize) -> String {
    let is_right = matches!(&verdict.marks, Marks::Parts(parts) if parts.get(part) == Some(&true));
    format!("  {} ", if is_right { '✓' } else { '✗' })
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
    // The reading (such as the pronunciation) of the word before it.
    let with_reading = |letters: &[(String, bool)]| {
        let reading = answer.reading_of(&join_letters(letters));
        format!("{}{}", bracketed(letters), reading.map_or(String::new(), |it| format!(" ({it})")))
    };
    rows.extend(texts.nearest.map(|nearest| ("  Comes nearest: ".to_owned(), with_reading(nearest))));
    rows.push(right_answer_line(with_reading(&texts.main)));
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

/// Puts the letters that differ into brackets, so that the difference shows without colour.
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
    fn letters_that_differ_are_put_into_brackets() {
        let letters = |text: &str| -> Vec<(String, bool)> {
            text.chars().map(|c| (c.to_lowercase().collect(), c.is_lowercase())).collect()
        };
        assert_eq!(bracketed(&letters("trEAtY")), "tr[ea]t[y]");
        assert_eq!(bracketed(&letters("abc")), "abc");
    }
}
