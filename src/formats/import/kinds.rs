//! The kind of answer that a row asks for, and the answer of that kind.

use jiff::civil;

use crate::domain::question::Answer;

use super::Target;
use super::rows::aimed;

/// What a row wants to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It does not say; gaps make it a cloze.
    Any(Target),
    /// As the column says.
    Fixed(Target),
    /// Accepted answers with bars between them, as in tables that Linchpin writes.
    Typed,
    Number,
    Date,
    Bool,
    Cloze,
}

/// Reads the column of kinds: our names for them, or the names of Anki's note types.
pub(super) fn wanted(kind: &str, target: Target) -> Wanted {
    match kind {
        "" => Wanted::Any(target),
        "Typed" => Wanted::Typed,
        "Number" => Wanted::Number,
        "Date" => Wanted::Date,
        "Bool" => Wanted::Bool,
        "Cloze" => Wanted::Cloze,
        "Both" => Wanted::Fixed(Target::Both),
        "Recall" | "Choice" | "Choices" | "Order" | "Match" | "Sort" => Wanted::Fixed(Target::Recall),
        other => {
            let other = other.to_lowercase();
            if target != Target::ByLength {
                Wanted::Any(target)
            } else if other.contains("reversed card)") && !other.contains("optional") {
                Wanted::Any(Target::Both)
            } else if other.contains("type in") {
                Wanted::Any(Target::Typed)
            } else {
                Wanted::Any(target)
            }
        }
    }
}

/// An answer of the kind that is wanted, or else one that a person can use.
pub(super) fn answer(wanted: Wanted, back: &str, plain: &str) -> Answer {
    let read = match wanted {
        Wanted::Any(target) | Wanted::Fixed(target) => Some(aimed(target, back, plain)),
        Wanted::Typed => typed(plain),
        Wanted::Number => number(plain),
        Wanted::Date => date(plain),
        Wanted::Bool => plain.parse().ok().map(Answer::Bool),
        Wanted::Cloze => None,
    };
    read.unwrap_or_else(|| aimed(Target::ByLength, back, plain))
}

fn typed(plain: &str) -> Option<Answer> {
    let accepted: Vec<String> =
        plain.split(" | ").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    (!accepted.is_empty()).then_some(Answer::Typed {
        accepted,
        strict: false,
        reading: None,
        readings: Default::default(),
        also_reverse: Vec::new(),
    })
}

/// `1953`, `1953 ± 2`, `1953 ± 2 years`, `28500 troops`.
fn number(plain: &str) -> Option<Answer> {
    let (value, rest) = word(plain);
    let (within, unit) = match rest.strip_prefix('±') {
        Some(rest) => {
            let (within, unit) = word(rest.trim_start());
            (finite(within).filter(|within| *within >= 0.0)?, unit)
        }
        None => (0.0, rest),
    };
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    Some(Answer::Number { value: finite(value)?, within, unit })
}

/// `2023-04-26`, `2023-04-26 ± 3`.
fn date(plain: &str) -> Option<Answer> {
    let (value, rest) = word(plain);
    let value: civil::Date = value.parse().ok()?;
    let within_days = match rest.strip_prefix('±') {
        Some(days) => days.trim().parse().ok()?,
        None if rest.is_empty() => 0,
        None => return None,
    };
    Some(Answer::Date { value, within_days })
}

fn finite(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}
