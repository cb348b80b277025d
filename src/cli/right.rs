//! What was answered beside what is right, kind by kind.

use std::io;

use super::terminal::{Ink, Terminal};
use crate::app::study::Asked;
use crate::domain::grade::{Marks, OptionMark, Outcome, TextMarks, Verdict, date, number};
use crate::domain::task::{Form, PickOption, Response, TaskPiece, TextForm};
use crate::formats::markdown::in_words;

/// The beginning of a line, and the line.
type Row = (String, String);

/// The options with a mark each, and why a picked one is wrong.
///
/// # Errors
/// When it cannot be written.
pub fn option_lines(terminal: &mut Terminal, asked: &Asked, verdict: &Verdict) -> io::Result<()> {
    let (Form::Pick { options, .. }, Marks::Options(marks)) = (&asked.task.form, &verdict.marks) else {
        return Ok(());
    };
    for (nth, (PickOption { text, why, .. }, mark)) in options.iter().zip(marks).enumerate() {
        let (sign, ink, words) = match mark {
            OptionMark::Hit => ('✓', Ink::Right, "right, picked"),
            OptionMark::Missed => ('✓', Ink::Right, "right"),
            OptionMark::FalseAlarm => ('✗', Ink::Wrong, "picked"),
            OptionMark::Passed => continue,
        };
        let line = format!("{} ({words})", in_words(text));
        terminal.say(&format!("{:>3} {sign} ", nth + 1), ink, &line)?;
        if let (Some(why), OptionMark::FalseAlarm) = (why, mark) {
            terminal.say("      ", Ink::Plain, &in_words(why))?;
        }
    }
    Ok(())
}

/// What is right, and for a near miss where it differs.
pub fn given_and_right(form: &Form, verdict: &Verdict, response: &Response) -> Vec<Row> {
    match form {
        Form::Text(form) => text(form, verdict, response),
        Form::Number { value, within, unit, .. } => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            let mut line = format!("{}{unit}", number::format_number(*value));
            if *within > 0.0 {
                line.push_str(&format!(" (right within {})", number::format_number(*within)));
            }
            vec![right(line)]
        }
        Form::Date { value, within_days, .. } => {
            let mut line = date::format_date(*value);
            if *within_days > 0 {
                line.push_str(&format!(" (right within {within_days} days)"));
            }
            vec![right(line)]
        }
        Form::Bool { right: value } => vec![right(if *value { "true" } else { "false" }.to_owned())],
        Form::Gaps { pieces, .. } => gaps(pieces, verdict),
        Form::Arrange { items } => {
            let mut order: Vec<_> = items.iter().collect();
            order.sort_by_key(|item| item.place);
            let rows = order.into_iter().enumerate().map(|(place, item)| {
                let note = item.note.as_ref().map_or(String::new(), |note| format!(" ({})", in_words(note)));
                (format!("{:>3}  ", place + 1), format!("{}{note}", in_words(&item.text)))
            });
            headed("The right order:", rows)
        }
        Form::Pair { lefts, rights, right_of } => {
            let rows = lefts.iter().enumerate().map(|(left, text)| {
                let partner = rights.get(right_of[left]).map_or("", String::as_str);
                (part_mark(verdict, left), format!("{} – {}", in_words(text), in_words(partner)))
            });
            headed("What belongs together:", rows)
        }
        Form::Bins { bins, items } => {
            let rows = items.iter().enumerate().map(|(nth, item)| {
                let bin = bins.get(item.bin).map_or("", String::as_str);
                (part_mark(verdict, nth), format!("{} – {}", in_words(&item.text), in_words(bin)))
            });
            headed("Where they belong:", rows)
        }
        // The options tell it, or the back of the card.
        Form::Pick { .. } | Form::Reveal { .. } => Vec::new(),
    }
}

fn right(line: String) -> Row {
    ("  Right answer: ".to_owned(), line)
}

fn headed(head: &str, rows: impl Iterator<Item = Row>) -> Vec<Row> {
    std::iter::once(("  ".to_owned(), head.to_owned())).chain(rows).collect()
}

fn part_mark(verdict: &Verdict, part: usize) -> String {
    let put_right = matches!(&verdict.marks, Marks::Parts(parts) if parts.get(part) == Some(&true));
    format!("  {} ", if put_right { '✓' } else { '✗' })
}

fn text(form: &TextForm, verdict: &Verdict, response: &Response) -> Vec<Row> {
    let mut rows = Vec::new();
    let near = match &verdict.marks {
        Marks::Text(marks) if verdict.score > 0.0 && differs(marks) => Some(marks),
        _ => None,
    };
    if let Some(marks) = near {
        rows.push(("  You typed: ".to_owned(), bracketed(&marks.given)));
        rows.push(right(bracketed(&marks.expected)));
    } else {
        rows.push(right(form.accepted.first().cloned().unwrap_or_default()));
    }
    if let Some(reading) = &form.reading {
        rows.push(("  Read: ".to_owned(), reading.clone()));
    }
    let was_typed = matches!(response, Response::Text(_));
    if form.accepted.len() > 1 && (verdict.outcome() != Outcome::Right || !was_typed) {
        rows.push(("  Also accepted: ".to_owned(), form.accepted[1..].join(", ")));
    }
    rows
}

fn gaps(pieces: &[TaskPiece], verdict: &Verdict) -> Vec<Row> {
    let Marks::Gaps(marks) = &verdict.marks else { return Vec::new() };
    let answers: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            TaskPiece::Gap { answer, .. } => Some(answer.accepted.first().map_or("", String::as_str)),
            TaskPiece::Text(_) => None,
        })
        .collect();
    let rows = marks.iter().enumerate().map(|(gap, mark)| {
        let answer = answers.get(mark.held).copied().unwrap_or_default();
        let sign = if mark.score >= 1.0 { '✓' } else { '✗' };
        let line = if mark.score > 0.0 && differs(&mark.text) {
            format!("{} (typed: {})", bracketed(&mark.text.expected), bracketed(&mark.text.given))
        } else {
            answer.to_owned()
        };
        (format!("  {sign} {}  ", gap + 1), line)
    });
    headed("What belongs in the gaps:", rows)
}

fn differs(marks: &TextMarks) -> bool {
    marks.given.iter().chain(&marks.expected).any(|(_, agrees)| !agrees)
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
