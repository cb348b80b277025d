//! The answer kind that a row asks for, and reading an answer of that kind.

use jiff::civil;

use crate::domain::question::Answer;

use super::ImportAs;
use super::rows::answer_as;

/// The answer kind that a row asks for in its `kind` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// None given. Gaps in the prompt make it a Cloze; otherwise the import option decides.
    Unspecified(ImportAs),
    /// Recall or both ways, whatever the prompt contains.
    Fixed(ImportAs),
    /// Accepted answers separated by ` | `, as in exported tables.
    Typed,
    Number,
    Date,
    Bool,
    Cloze,
}

/// Reads a cell of the `kind` column: an answer kind by name, or the name of an Anki note type.
pub(super) fn row_kind(kind: &str, import_as: ImportAs) -> RowKind {
    match kind {
        "" => RowKind::Unspecified(import_as),
        "Typed" => RowKind::Typed,
        "Number" => RowKind::Number,
        "Date" => RowKind::Date,
        "Bool" => RowKind::Bool,
        "Cloze" => RowKind::Cloze,
        "Both" => RowKind::Fixed(ImportAs::Both),
        "Recall" | "Choice" | "Choices" | "Order" | "Match" | "Sort" => RowKind::Fixed(ImportAs::Recall),
        other => {
            let other = other.to_lowercase();
            if import_as != ImportAs::ByLength {
                RowKind::Unspecified(import_as)
            } else if other.contains("reversed card)") && !other.contains("optional") {
                RowKind::Unspecified(ImportAs::Both)
            } else if other.contains("type in") {
                RowKind::Unspecified(ImportAs::Typed)
            } else {
                RowKind::Unspecified(import_as)
            }
        }
    }
}

/// Reads the answer as the kind that the row asks for. If that fails, it falls back to Typed or Recall by length.
pub(super) fn answer_of_kind(kind: RowKind, back: &str, plain: &str) -> Answer {
    let read = match kind {
        RowKind::Unspecified(import_as) | RowKind::Fixed(import_as) => {
            Some(answer_as(import_as, back, plain))
        }
        RowKind::Typed => typed(plain),
        RowKind::Number => number(plain),
        RowKind::Date => date(plain),
        RowKind::Bool => plain.parse().ok().map(Answer::Bool),
        RowKind::Cloze => None,
    };
    read.unwrap_or_else(|| answer_as(ImportAs::ByLength, back, plain))
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
    let (value, rest) = split_first_word(plain);
    let (within, unit) = match rest.strip_prefix('±') {
        Some(rest) => {
            let (within, unit) = split_first_word(rest.trim_start());
            (parse_finite(within).filter(|within| *within >= 0.0)?, unit)
        }
        None => (0.0, rest),
    };
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    Some(Answer::Number { value: parse_finite(value)?, within, unit })
}

/// `2023-04-26`, `2023-04-26 ± 3`.
fn date(plain: &str) -> Option<Answer> {
    let (value, rest) = split_first_word(plain);
    let value: civil::Date = value.parse().ok()?;
    let within_days = match rest.strip_prefix('±') {
        Some(days) => days.trim().parse().ok()?,
        None if rest.is_empty() => 0,
        None => return None,
    };
    Some(Answer::Date { value, within_days })
}

fn parse_finite(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn split_first_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}
