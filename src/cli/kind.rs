//! Each kind of answer in the terminal: what is printed below the prompt, how a typed line is read as an answer, and
//! the lines below a verdict.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

use std::io;

use super::terminal::{PrintStyle, Terminal};
use crate::app::study::ActiveCard;
use crate::domain::grade::number::NumberError;
use crate::domain::grade::{GapMark, Marks, OptionMark, Verdict, date, number};
use crate::domain::question::Answer;
use crate::domain::task::{
    BoolTask, ChoiceTask, ChoicesTask, MatchTask, NumberTask, OrderTask, Response, SortTask, TaskForm,
    TaskOption, TypedForm,
};
use crate::domain::typed_feedback::{TypedFeedback, for_gaps, join_letters};
use crate::formats::markdown::plain_with_files;
use crate::text;

/// The beginning of a line, which sets its indentation, and its text.
type FeedbackLine = (String, String);

/// Prints the numbered options of a task.
///
/// # Errors
/// When nothing can be printed.
pub fn options(terminal: &mut Terminal, form: &TaskForm) -> io::Result<()> {
    match form {
        TaskForm::Bool { .. } => {
            numbered(terminal, [text::terminal::study::TRUE, text::terminal::study::FALSE])?
        }
        TaskForm::Choice(ChoiceTask { options }) | TaskForm::Choices(ChoicesTask { options }) => {
            numbered(terminal, options.iter().map(|it| it.text.as_str()))?
        }
        TaskForm::Order(OrderTask { items }) => numbered(terminal, items.iter().map(|it| it.text.as_str()))?,
        TaskForm::Match(MatchTask { lefts, rights, .. }) => {
            numbered(terminal, lefts.iter().map(String::as_str))?;
            terminal.print_wrapped("  ", PrintStyle::Faint, text::terminal::study::MATCH_WITH)?;
            numbered(terminal, rights.iter().map(String::as_str))?;
        }
        TaskForm::Sort(SortTask { bins, items }) => {
            numbered(terminal, bins.iter().map(String::as_str))?;
            terminal.print_wrapped("  ", PrintStyle::Faint, text::terminal::study::SORT_THESE)?;
            for item in items {
                terminal.print_wrapped("  –  ", PrintStyle::Plain, &plain_with_files(&item.text))?;
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

/// Prints options with their numbers from 1.
fn numbered<'a>(terminal: &mut Terminal, options: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    for (nth, option) in options.into_iter().enumerate() {
        terminal.print_wrapped(&format!("{:>3}  ", nth + 1), PrintStyle::Plain, &plain_with_files(option))?;
    }
    Ok(())
}

/// Parses an answer. A Cloze is always an error, because its gaps are read line by line; for Recall the line must be
/// empty.
///
/// # Errors
/// When the line is not an answer of that form: a sentence that says what to type.
pub fn parse_response(form: &TaskForm, text: &str) -> Result<Response, String> {
    match form {
        TaskForm::Recall { .. } => match text {
            "" => Ok(Response::Recall),
            _ => Err(text::terminal::study::NOTHING_TO_TYPE.to_owned()),
        },
        TaskForm::Typed(_) => match text {
            "" => Err(text::terminal::study::TYPE_ANSWER.to_owned()),
            _ => Ok(Response::Typed(text.to_owned())),
        },
        TaskForm::Number(NumberTask { unit, locale, .. }) => {
            match number::read_numbers(text, unit.as_deref(), *locale) {
                Ok(_) => Ok(Response::Typed(text.to_owned())),
                Err(NumberError::NotANumber) => Err(text::terminal::study::TYPE_NUMBER.to_owned()),
                Err(unread) => Err(text::terminal::study::unread_number(unread.message())),
            }
        }
        TaskForm::Date { .. } if date::parse_dates(text).is_empty() => {
            Err(text::terminal::study::TYPE_DATE.to_owned())
        }
        TaskForm::Date { .. } => Ok(Response::Typed(text.to_owned())),
        TaskForm::Bool { .. } => match text.to_lowercase().as_str() {
            "1" | "t" | "true" => Ok(Response::Bool(true)),
            "2" | "f" | "false" => Ok(Response::Bool(false)),
            _ => Err(text::terminal::study::TYPE_TRUE_OR_FALSE.to_owned()),
        },
        TaskForm::Choice(ChoiceTask { options }) => parse_index(text, options.len())
            .map(|option| Response::Choice(vec![option]))
            .map_err(|_| text::terminal::study::type_option(options.len())),
        TaskForm::Choices(ChoicesTask { options }) => parse_choices(text, options.len()),
        TaskForm::Order(OrderTask { items }) => parse_order(text, items.len()),
        TaskForm::Match(MatchTask { lefts, rights, .. }) => parse_match(text, lefts.len(), rights.len()),
        TaskForm::Sort(SortTask { bins, items }) => parse_sort(text, items.len(), bins.len()),
        TaskForm::Cloze { .. } => Err(text::terminal::study::ONE_GAP_PER_LINE.to_owned()),
    }
}

/// The parts of lists such as "1 3", "1, 3" and "1,3".
fn split_numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', ',', ';', '\u{a0}']).filter(|part| !part.is_empty())
}

/// The index (from 0) for a number from 1 to `count`.
fn parse_index(text: &str, count: usize) -> Result<usize, ()> {
    let number: usize = text.parse().map_err(|_| ())?;
    if (1..=count).contains(&number) { Ok(number - 1) } else { Err(()) }
}

/// The indices for a list of numbers from 1 to `count`.
fn parse_indices(text: &str, count: usize) -> Result<Vec<usize>, ()> {
    split_numbers(text).map(|part| parse_index(part, count)).collect()
}

/// The first number (from 1) whose index is in the list twice.
fn first_duplicate(numbers: &[usize]) -> Option<usize> {
    (1..numbers.len()).find(|at| numbers[..*at].contains(&numbers[*at])).map(|at| numbers[at] + 1)
}

fn parse_choices(text: &str, options: usize) -> Result<Response, String> {
    let usage = text::terminal::study::type_options(options);
    let mut picked = parse_indices(text, options).map_err(|()| usage.clone())?;
    if picked.is_empty() {
        return Err(usage);
    }
    if let Some(number) = first_duplicate(&picked) {
        return Err(text::terminal::study::twice(number, &usage));
    }
    picked.sort_unstable();
    Ok(Response::Choice(picked))
}

fn parse_order(text: &str, items: usize) -> Result<Response, String> {
    let usage = text::terminal::study::type_order(items);
    let order = parse_indices(text, items).map_err(|()| usage.clone())?;
    if let Some(number) = first_duplicate(&order) {
        return Err(text::terminal::study::twice(number, &usage));
    }
    if order.len() != items { Err(usage) } else { Ok(Response::Order(order)) }
}

fn parse_match(text: &str, lefts: usize, rights: usize) -> Result<Response, String> {
    let usage = text::terminal::study::type_pairs(lefts);
    let mut of = vec![None; lefts];
    for (turn, part) in split_numbers(text).enumerate() {
        let (left, right) = match part.split_once(['-', '–', '=']) {
            Some((left, right)) => (parse_index(left, lefts), parse_index(right, rights)),
            None if text.contains(['-', '–', '=']) => return Err(usage),
            None => (if turn < lefts { Ok(turn) } else { Err(()) }, parse_index(part, rights)),
        };
        let (Ok(left), Ok(right)) = (left, right) else { return Err(usage) };
        if of[left].is_some() {
            return Err(text::terminal::study::twice_on_the_left(left + 1, &usage));
        }
        if of.contains(&Some(right)) {
            return Err(text::terminal::study::twice_on_the_right(right + 1, &usage));
        }
        of[left] = Some(right);
    }
    match of.iter().position(Option::is_none) {
        Some(left) => Err(text::terminal::study::without_partner(left + 1, &usage)),
        None => Ok(Response::Match(of)),
    }
}

fn parse_sort(text: &str, items: usize, bins: usize) -> Result<Response, String> {
    let usage = text::terminal::study::type_groups(bins, items);
    let of = parse_indices(text, bins).map_err(|()| usage.clone())?;
    if of.len() != items {
        return Err(text::terminal::study::groups_typed(of.len(), items, &usage));
    }
    Ok(Response::Sort(of.into_iter().map(Some).collect()))
}

/// Prints the right and the chosen options with their marks, and why a chosen one is wrong. Prints nothing for other
/// kinds than Choice and Choices.
///
/// # Errors
/// When nothing can be printed.
pub fn option_lines(terminal: &mut Terminal, card: &ActiveCard, verdict: &Verdict) -> io::Result<()> {
    let (
        TaskForm::Choice(ChoiceTask { options }) | TaskForm::Choices(ChoicesTask { options }),
        Marks::Options(marks),
    ) = (&card.task.form, &verdict.marks)
    else {
        return Ok(());
    };
    for (nth, (TaskOption { text, why, .. }, mark)) in options.iter().zip(marks).enumerate() {
        let (sign, ink, words) = match mark {
            OptionMark::Hit => ('✓', PrintStyle::Right, text::terminal::study::OPTION_RIGHT_PICKED),
            OptionMark::Miss => ('✓', PrintStyle::Right, text::study::RIGHT),
            OptionMark::FalseAlarm => ('✗', PrintStyle::Wrong, text::study::PICKED),
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
        TaskForm::Number(task) => {
            vec![value_line(text::study::right_number(task), text::study::number_tolerance(task))]
        }
        TaskForm::Date(task) => {
            vec![value_line(text::study::right_date(task), text::study::date_tolerance(task))]
        }
        TaskForm::Bool(BoolTask { right: value }) => {
            vec![right_answer_line(
                if *value { text::terminal::study::TRUE } else { text::terminal::study::FALSE }.to_owned(),
            )]
        }
        form @ TaskForm::Cloze { .. } => cloze_lines(answer, form, verdict),
        TaskForm::Order(OrderTask { items }) => {
            let mut order: Vec<_> = items.iter().collect();
            order.sort_by_key(|item| item.right_position);
            let rows = order.into_iter().enumerate().map(|(position, item)| {
                let note =
                    item.note.as_ref().map_or(String::new(), |note| format!(" ({})", plain_with_files(note)));
                (format!("{:>3}  ", position + 1), format!("{}{note}", plain_with_files(&item.text)))
            });
            headed(text::terminal::study::RIGHT_ORDER, rows)
        }
        TaskForm::Match(MatchTask { lefts, rights, right_of }) => {
            let rows = lefts.iter().enumerate().map(|(left, text)| {
                let partner = rights.get(right_of[left]).map_or("", String::as_str);
                (
                    part_mark(verdict, left),
                    format!("{} – {}", plain_with_files(text), plain_with_files(partner)),
                )
            });
            headed(text::terminal::study::RIGHT_PAIRS, rows)
        }
        TaskForm::Sort(SortTask { bins, items }) => {
            let rows = items.iter().enumerate().map(|(nth, item)| {
                let bin = bins.get(item.bin).map_or("", String::as_str);
                (
                    part_mark(verdict, nth),
                    format!("{} – {}", plain_with_files(&item.text), plain_with_files(bin)),
                )
            });
            headed(text::terminal::study::RIGHT_GROUPS, rows)
        }
        // Shown by the marks of the options, or by the back of the card.
        TaskForm::Choice { .. } | TaskForm::Choices { .. } | TaskForm::Recall { .. } => Vec::new(),
    }
}

fn right_answer_line(line: String) -> FeedbackLine {
    (format!("  {}", text::terminal::study::RIGHT_ANSWER), line)
}

/// A right number or date, and within what others are right too.
fn value_line(right: String, tolerance: Option<String>) -> FeedbackLine {
    let within = tolerance.map_or(String::new(), |within| format!(" ({within})"));
    right_answer_line(format!("{right}{within}"))
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
    let feedback = TypedFeedback::new(form, marks);
    let mut rows = Vec::new();
    if feedback.is_near && !feedback.is_main && *response != Response::GaveUp {
        rows.push((format!("  {}", text::terminal::study::YOU_TYPED), bracketed(&feedback.typed)));
    }
    // The reading (such as the pronunciation) of the word before it.
    let with_reading = |letters: &[(String, bool)]| {
        let reading = answer.reading_of(&join_letters(letters));
        format!("{}{}", bracketed(letters), reading.map_or(String::new(), |it| format!(" ({it})")))
    };
    rows.extend(
        feedback
            .nearest
            .map(|nearest| (format!("  {}", text::terminal::study::COMES_NEAREST), with_reading(nearest))),
    );
    rows.push(right_answer_line(with_reading(&feedback.main)));
    rows.extend(
        feedback
            .others_text(answer)
            .map(|others| (format!("  {}", text::terminal::study::ALSO_ACCEPTED), others)),
    );
    rows
}

fn cloze_lines(answer: &Answer, form: &TaskForm, verdict: &Verdict) -> Vec<FeedbackLine> {
    let Marks::Cloze(marks) = &verdict.marks else { return Vec::new() };
    let rows = for_gaps(form, marks).into_iter().zip(marks).enumerate().map(|(gap, (feedback, mark))| {
        let sign = match mark {
            GapMark { score, .. } if *score >= 1.0 => '✓',
            GapMark { almost: true, .. } => '≈',
            _ => '✗',
        };
        let mut line = bracketed(&feedback.main);
        if !mark.letters.typed.is_empty() && !feedback.is_main {
            line.push_str(&format!(" ({})", text::terminal::study::gap_typed(&bracketed(&feedback.typed))));
        }
        line.extend(
            feedback.nearest.map(|nearest| {
                format!(" ({})", text::terminal::study::gap_comes_nearest(&bracketed(nearest)))
            }),
        );
        line.extend(
            feedback
                .others_text(answer)
                .map(|others| format!(" ({})", text::terminal::study::gap_also_accepted(&others))),
        );
        (format!("  {sign} {}  ", gap + 1), line)
    });
    headed(text::terminal::study::RIGHT_GAPS, rows)
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
    use super::*;

    #[test]
    fn letters_that_differ_are_put_into_brackets() {
        let letters = |text: &str| -> Vec<(String, bool)> {
            text.chars().map(|c| (c.to_lowercase().collect(), c.is_lowercase())).collect()
        };
        assert_eq!(bracketed(&letters("trEAtY")), "tr[ea]t[y]");
        assert_eq!(bracketed(&letters("abc")), "abc");
    }

    #[test]
    fn pairs_are_read_in_both_ways() {
        let right = Ok(Response::Match(vec![Some(2), Some(0), Some(1)]));
        assert_eq!(parse_match("1-3 2-1 3-2", 3, 3), right);
        assert_eq!(parse_match("3, 1, 2", 3, 3), right);
        for wrong in
            ["", "1-3", "1-3 1-2 3-1", "3 3 1", "3 1", "3 1 2 1", "1-3 2 3", "0-1 2-2 3-3", "1-4 2-1 3-2"]
        {
            assert!(parse_match(wrong, 3, 3).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lines_that_are_no_answer_are_refused() {
        for wrong in ["", "0", "5", "1 1", "x", "1-2"] {
            assert!(parse_choices(wrong, 4).is_err(), "{wrong}");
        }
        assert_eq!(parse_choices("3,1", 4), Ok(Response::Choice(vec![0, 2])));
        for wrong in ["", "1 2", "1 2 2", "1 2 4", "1 2 3 3"] {
            assert!(parse_order(wrong, 3).is_err(), "{wrong}");
        }
        assert_eq!(parse_order("3 1 2", 3), Ok(Response::Order(vec![2, 0, 1])));
        for wrong in ["1 2", "1 2 3 1", "1 2 1 1 1"] {
            assert!(parse_sort(wrong, 4, 2).is_err(), "{wrong}");
        }
    }
}
