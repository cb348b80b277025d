//! Lines to answers. A line that is no answer is explained, never graded.

use crate::domain::event::Confidence;
use crate::domain::grade::number::Unread;
use crate::domain::grade::{date, number};
use crate::domain::task::{Form, Response};

/// A command that can be given at every prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Takes the last answer back.
    Undo,
    /// Gives it again.
    Redo,
    /// Shows the hint.
    Hint,
    /// Lists the commands.
    Help,
    /// "I don't know."
    GiveUp,
    /// Never asks this card until resumed.
    Suspend,
    /// Asks this card tomorrow.
    Bury,
    /// Says how sure one is, before the verdict.
    Say(Confidence),
    /// Shows why the card comes back when it does.
    Why,
    /// Ends the session.
    Quit,
}

impl Aside {
    /// Every command with what is typed for it.
    pub const ALL: [(&'static str, Aside); 12] = [
        (":u", Aside::Undo),
        (":r", Aside::Redo),
        (":h", Aside::Hint),
        (":x", Aside::GiveUp),
        (":sure", Aside::Say(Confidence::Sure)),
        (":think", Aside::Say(Confidence::ThinkSo)),
        (":guess", Aside::Say(Confidence::Guess)),
        (":s", Aside::Suspend),
        (":b", Aside::Bury),
        (":w", Aside::Why),
        (":?", Aside::Help),
        (":q", Aside::Quit),
    ];
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// To be read as an answer, trimmed.
    Text(String),
    /// A command.
    Aside(Aside),
    /// Looks like a command, and is none.
    Unknown(String),
}

/// Tells commands from answers: a colon begins a command, two colons an answer that begins with one.
pub fn entered(line: &str) -> Entered {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return Entered::Text(format!(":{text}"));
    }
    if !line.starts_with(':') {
        return Entered::Text(line.to_owned());
    }
    let known = Aside::ALL.into_iter().find(|(typed, _)| line.eq_ignore_ascii_case(typed));
    known.map_or_else(|| Entered::Unknown(line.to_owned()), |(_, aside)| Entered::Aside(aside))
}

/// Reads an answer. Gaps are read line by line instead, and a card to recall has none.
///
/// # Errors
/// When the line is no answer: what to type, in a sentence.
pub fn response(form: &Form, text: &str) -> Result<Response, String> {
    match form {
        Form::Reveal { .. } => match text {
            "" => Ok(Response::Recalled),
            _ => Err("Press Enter to see the answer; nothing is typed here.".to_owned()),
        },
        Form::Text(_) => match text {
            "" => Err("Type the answer, or :x if you do not know it.".to_owned()),
            _ => Ok(Response::Text(text.to_owned())),
        },
        Form::Number { unit, habits, .. } => match number::read(text, unit.as_deref(), *habits) {
            Ok(_) => Ok(Response::Text(text.to_owned())),
            Err(Unread::NoNumber) => {
                Err("Type a number, such as 1953 or 2.5, or :x if you do not know it.".to_owned())
            }
            Err(unread) => Err(format!("{}, or type :x if you do not know it.", unread.words())),
        },
        Form::Date { .. } if date::parse_dates(text).is_empty() => {
            Err("Type a date, such as 2023-04-26 or 26 April 2023, or :x if you do not know it.".to_owned())
        }
        Form::Date { .. } => Ok(Response::Text(text.to_owned())),
        Form::Bool { .. } => match text.to_lowercase().as_str() {
            "1" | "t" | "true" => Ok(Response::Bool(true)),
            "2" | "f" | "false" => Ok(Response::Bool(false)),
            _ => Err("Type t or 1 for true, f or 2 for false.".to_owned()),
        },
        Form::Pick { options, many: false } => one_of(text, options.len())
            .map(|option| Response::Picks(vec![option]))
            .map_err(|_| format!("Type the number of one option, 1 to {}.", options.len())),
        Form::Pick { options, many: true } => picks(text, options.len()),
        Form::Arrange { items } => arrangement(text, items.len()),
        Form::Pair { lefts, rights, .. } => pairs(text, lefts.len(), rights.len()),
        Form::Bins { bins, items } => placed(text, items.len(), bins.len()),
        Form::Gaps { .. } => Err("Type one gap a line.".to_owned()),
    }
}

/// The parts of "1 3", "1, 3" and "1,3".
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', ',', ';', '\u{a0}']).filter(|part| !part.is_empty())
}

/// An index from a number from 1 to `count`.
fn one_of(text: &str, count: usize) -> Result<usize, ()> {
    let number: usize = text.parse().map_err(|_| ())?;
    if (1..=count).contains(&number) { Ok(number - 1) } else { Err(()) }
}

fn all_of(text: &str, count: usize) -> Result<Vec<usize>, ()> {
    parts(text).map(|part| one_of(part, count)).collect()
}

fn has_twice(numbers: &[usize]) -> Option<usize> {
    (1..numbers.len()).find(|at| numbers[..*at].contains(&numbers[*at])).map(|at| numbers[at] + 1)
}

fn picks(text: &str, options: usize) -> Result<Response, String> {
    let how = format!("Type the numbers of the options that apply, 1 to {options}, such as 1 3.");
    let mut picked = all_of(text, options).map_err(|()| how.clone())?;
    if picked.is_empty() {
        return Err(how);
    }
    if let Some(number) = has_twice(&picked) {
        return Err(format!("{number} is there twice. {how}"));
    }
    picked.sort_unstable();
    Ok(Response::Picks(picked))
}

fn arrangement(text: &str, items: usize) -> Result<Response, String> {
    let how = format!("Type all {items} numbers in the right order, the first one first.");
    let order = all_of(text, items).map_err(|()| how.clone())?;
    if let Some(number) = has_twice(&order) {
        return Err(format!("{number} is there twice. {how}"));
    }
    if order.len() != items { Err(how) } else { Ok(Response::Arrangement(order)) }
}

fn pairs(text: &str, lefts: usize, rights: usize) -> Result<Response, String> {
    let how = format!(
        "Type pairs such as 1-3 2-1, or for each of the {lefts} the number of its partner in turn, such as 3 1."
    );
    let mut of = vec![None; lefts];
    for (turn, part) in parts(text).enumerate() {
        let (left, right) = match part.split_once(['-', '–', '=']) {
            Some((left, right)) => (one_of(left, lefts), one_of(right, rights)),
            None if text.contains(['-', '–', '=']) => return Err(how),
            None => (if turn < lefts { Ok(turn) } else { Err(()) }, one_of(part, rights)),
        };
        let (Ok(left), Ok(right)) = (left, right) else { return Err(how) };
        if of[left].is_some() {
            return Err(format!("{} on the left is there twice. {how}", left + 1));
        }
        if of.contains(&Some(right)) {
            return Err(format!("{} on the right is there twice. {how}", right + 1));
        }
        of[left] = Some(right);
    }
    match of.iter().position(Option::is_none) {
        Some(left) => Err(format!("{} on the left has no partner yet. {how}", left + 1)),
        None => Ok(Response::Pairs(of)),
    }
}

fn placed(text: &str, items: usize, bins: usize) -> Result<Response, String> {
    let how =
        format!("Type the number of its group (1 to {bins}) for each of the {items} items, in their order.");
    let of = all_of(text, bins).map_err(|()| how.clone())?;
    if of.len() != items {
        return Err(format!("That is {} of {items}. {how}", of.len()));
    }
    Ok(Response::Bins(of.into_iter().map(Some).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_command_and_two_an_answer() {
        assert_eq!(entered(" :U "), Entered::Aside(Aside::Undo));
        assert_eq!(entered("::-)"), Entered::Text(":-)".into()));
        assert_eq!(entered(":undo"), Entered::Unknown(":undo".into()));
        assert_eq!(entered(" a: b "), Entered::Text("a: b".into()));
    }

    #[test]
    fn pairs_are_read_in_both_ways() {
        let right = Ok(Response::Pairs(vec![Some(2), Some(0), Some(1)]));
        assert_eq!(pairs("1-3 2-1 3-2", 3, 3), right);
        assert_eq!(pairs("3, 1, 2", 3, 3), right);
        for wrong in
            ["", "1-3", "1-3 1-2 3-1", "3 3 1", "3 1", "3 1 2 1", "1-3 2 3", "0-1 2-2 3-3", "1-4 2-1 3-2"]
        {
            assert!(pairs(wrong, 3, 3).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_answer_is_explained() {
        for wrong in ["", "0", "5", "1 1", "x", "1-2"] {
            assert!(picks(wrong, 4).is_err(), "{wrong}");
        }
        assert_eq!(picks("3,1", 4), Ok(Response::Picks(vec![0, 2])));
        for wrong in ["", "1 2", "1 2 2", "1 2 4", "1 2 3 3"] {
            assert!(arrangement(wrong, 3).is_err(), "{wrong}");
        }
        assert_eq!(arrangement("3 1 2", 3), Ok(Response::Arrangement(vec![2, 0, 1])));
        for wrong in ["1 2", "1 2 3 1", "1 2 1 1 1"] {
            assert!(placed(wrong, 4, 2).is_err(), "{wrong}");
        }
    }
}
