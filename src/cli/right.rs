//! What was answered beside what is right, kind by kind.

use std::io;

use super::terminal::{Ink, Terminal};
use crate::app::study::Asked;
use crate::app::words;
use crate::domain::grade::{GapMark, Marks, OptionMark, Verdict};
use crate::domain::question::Answer;
use crate::domain::right_texts::{RightTexts, joined, of_gaps};
use crate::domain::task::{Form, PickOption, Response, TextForm};
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
pub fn given_and_right(asked: &Asked, verdict: &Verdict, response: &Response) -> Vec<Row> {
    let answer = &asked.question().answer;
    match &asked.task.form {
        Form::Text(form) => text(answer, form, verdict, response),
        form @ (Form::Number { .. } | Form::Date { .. }) => {
            let within = words::right_within(form).map_or(String::new(), |within| format!(" ({within})"));
            vec![right(format!("{}{within}", words::right_value(form).unwrap_or_default()))]
        }
        Form::Bool { right: value } => vec![right(if *value { "true" } else { "false" }.to_owned())],
        form @ Form::Gaps { .. } => gaps(answer, form, verdict),
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

fn text(answer: &Answer, form: &TextForm, verdict: &Verdict, response: &Response) -> Vec<Row> {
    let Marks::Text(marks) = &verdict.marks else { return Vec::new() };
    let texts = RightTexts::new(form, marks);
    let mut rows = Vec::new();
    if texts.is_near && !texts.is_main && *response != Response::GaveUp {
        rows.push(("  You typed: ".to_owned(), bracketed(&texts.given)));
    }
    // The reading is that of the word before it.
    let read = |letters: &[(String, bool)]| {
        let reading = answer.reading_of(&joined(letters));
        format!("{}{}", bracketed(letters), reading.map_or(String::new(), |it| format!(" ({it})")))
    };
    rows.extend(texts.nearest.map(|nearest| ("  Comes nearest: ".to_owned(), read(nearest))));
    rows.push(right(read(&texts.main)));
    rows.extend(texts.others_text(answer).map(|others| ("  Also accepted: ".to_owned(), others)));
    rows
}

fn gaps(answer: &Answer, form: &Form, verdict: &Verdict) -> Vec<Row> {
    let Marks::Gaps(marks) = &verdict.marks else { return Vec::new() };
    let rows = of_gaps(form, marks).into_iter().zip(marks).enumerate().map(|(gap, (texts, mark))| {
        let sign = match mark {
            GapMark { score, .. } if *score >= 1.0 => '✓',
            GapMark { almost: true, .. } => '≈',
            _ => '✗',
        };
        let mut line = bracketed(&texts.main);
        if !mark.text.given.is_empty() && !texts.is_main {
            line.push_str(&format!(" (typed: {})", bracketed(&texts.given)));
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
