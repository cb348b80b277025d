//! Parses lines typed in a study session into answers and commands. A line that cannot be parsed is explained and never
//! graded.

use crate::app::Command;
use crate::app::study::StudyCommand;
use crate::domain::grade::number::NumberError;
use crate::domain::grade::{date, number};
use crate::domain::task::{Response, TaskForm};
use crate::text::CommandText;

/// A line typed in a study session.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyInput {
    /// An answer, trimmed and not parsed yet.
    Text(String),
    /// A command that begins with a colon and works at every prompt.
    Command(Command),
    /// Lists the commands.
    Help,
    /// Looks like a command, but is not one.
    Unknown(String),
}

/// The commands of a study session that are typed, each with what is typed after the colon and its words.
pub fn colon_commands() -> impl Iterator<Item = (&'static str, Command, CommandText)> {
    let study = StudyCommand::ALL.into_iter().map(Command::Study);
    [Command::Undo, Command::Redo].into_iter().chain(study).filter_map(|command| {
        let info = command.info()?;
        Some((info.typed?, command, info.text))
    })
}

/// Separates commands from answers: a colon begins a command, two colons begin an answer that starts with one.
pub fn parse_study_input(line: &str) -> StudyInput {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return StudyInput::Text(format!(":{text}"));
    }
    let Some(typed) = line.strip_prefix(':') else { return StudyInput::Text(line.to_owned()) };
    if typed == "?" {
        return StudyInput::Help;
    }
    match colon_commands().find(|(known, ..)| typed.eq_ignore_ascii_case(known)) {
        Some((_, command, _)) => StudyInput::Command(command),
        None => StudyInput::Unknown(line.to_owned()),
    }
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
            _ => Err("Press Enter to see the answer; nothing is typed here.".to_owned()),
        },
        TaskForm::Typed(_) => match text {
            "" => Err("Type the answer, or :x if you do not know it.".to_owned()),
            _ => Ok(Response::Typed(text.to_owned())),
        },
        TaskForm::Number { unit, locale, .. } => match number::read_numbers(text, unit.as_deref(), *locale) {
            Ok(_) => Ok(Response::Typed(text.to_owned())),
            Err(NumberError::NotANumber) => {
                Err("Type a number, such as 1953 or 2.5, or :x if you do not know it.".to_owned())
            }
            Err(unread) => Err(format!("{}, or type :x if you do not know it.", unread.message())),
        },
        TaskForm::Date { .. } if date::parse_dates(text).is_empty() => {
            Err("Type a date, such as 2023-04-26 or 26 April 2023, or :x if you do not know it.".to_owned())
        }
        TaskForm::Date { .. } => Ok(Response::Typed(text.to_owned())),
        TaskForm::Bool { .. } => match text.to_lowercase().as_str() {
            "1" | "t" | "true" => Ok(Response::Bool(true)),
            "2" | "f" | "false" => Ok(Response::Bool(false)),
            _ => Err("Type t or 1 for true, f or 2 for false.".to_owned()),
        },
        TaskForm::Choice { options } => parse_index(text, options.len())
            .map(|option| Response::Choice(vec![option]))
            .map_err(|_| format!("Type the number of one option, 1 to {}.", options.len())),
        TaskForm::Choices { options } => parse_choices(text, options.len()),
        TaskForm::Order { items } => parse_order(text, items.len()),
        TaskForm::Match { lefts, rights, .. } => parse_match(text, lefts.len(), rights.len()),
        TaskForm::Sort { bins, items } => parse_sort(text, items.len(), bins.len()),
        TaskForm::Cloze { .. } => Err("Type one gap a line.".to_owned()),
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
    let usage = format!("Type the numbers of the options that apply, 1 to {options}, such as 1 3.");
    let mut picked = parse_indices(text, options).map_err(|()| usage.clone())?;
    if picked.is_empty() {
        return Err(usage);
    }
    if let Some(number) = first_duplicate(&picked) {
        return Err(format!("{number} is there twice. {usage}"));
    }
    picked.sort_unstable();
    Ok(Response::Choice(picked))
}

fn parse_order(text: &str, items: usize) -> Result<Response, String> {
    let usage = format!("Type all {items} numbers in the right order, the first one first.");
    let order = parse_indices(text, items).map_err(|()| usage.clone())?;
    if let Some(number) = first_duplicate(&order) {
        return Err(format!("{number} is there twice. {usage}"));
    }
    if order.len() != items { Err(usage) } else { Ok(Response::Order(order)) }
}

fn parse_match(text: &str, lefts: usize, rights: usize) -> Result<Response, String> {
    let usage = format!(
        "Type pairs such as 1-3 2-1, or for each of the {lefts} the number of its partner in turn, such as 3 1."
    );
    let mut of = vec![None; lefts];
    for (turn, part) in split_numbers(text).enumerate() {
        let (left, right) = match part.split_once(['-', '–', '=']) {
            Some((left, right)) => (parse_index(left, lefts), parse_index(right, rights)),
            None if text.contains(['-', '–', '=']) => return Err(usage),
            None => (if turn < lefts { Ok(turn) } else { Err(()) }, parse_index(part, rights)),
        };
        let (Ok(left), Ok(right)) = (left, right) else { return Err(usage) };
        if of[left].is_some() {
            return Err(format!("{} on the left is there twice. {usage}", left + 1));
        }
        if of.contains(&Some(right)) {
            return Err(format!("{} on the right is there twice. {usage}", right + 1));
        }
        of[left] = Some(right);
    }
    match of.iter().position(Option::is_none) {
        Some(left) => Err(format!("{} on the left has no partner yet. {usage}", left + 1)),
        None => Ok(Response::Match(of)),
    }
}

fn parse_sort(text: &str, items: usize, bins: usize) -> Result<Response, String> {
    let usage =
        format!("Type the number of its group (1 to {bins}) for each of the {items} items, in their order.");
    let of = parse_indices(text, bins).map_err(|()| usage.clone())?;
    if of.len() != items {
        return Err(format!("That is {} of {items}. {usage}", of.len()));
    }
    Ok(Response::Sort(of.into_iter().map(Some).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::STUDY_HELP;

    #[test]
    fn a_colon_begins_a_command_and_two_an_answer() {
        assert_eq!(parse_study_input(" :U "), StudyInput::Command(Command::Undo));
        assert_eq!(parse_study_input("::-)"), StudyInput::Text(":-)".into()));
        assert_eq!(parse_study_input(":undo"), StudyInput::Unknown(":undo".into()));
        assert_eq!(parse_study_input(" a: b "), StudyInput::Text("a: b".into()));
    }

    #[test]
    fn the_help_of_the_command_line_names_everything_that_is_typed_while_studying() {
        for (typed, ..) in colon_commands() {
            assert!(STUDY_HELP.contains(&format!(":{typed}")), "{typed}");
        }
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
