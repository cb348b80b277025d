//! The right answer of a question as plain text in one cell of a table: written on export, read on import.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

use jiff::civil;

use crate::domain::grade::number::format_number;
use crate::domain::question::{
    Answer, ChoiceAnswer, ChoicesAnswer, DateAnswer, Kind, NumberAnswer, RecallAnswer, TypedAnswer,
    WrongOption,
};

/// The kind as the column `kind` names it: the deck file's name, or `Both` for a Recall with a reverse card.
pub fn kind_name(answer: &Answer) -> &'static str {
    if let Answer::Recall(RecallAnswer { reverse: true, .. }) = answer {
        "Both"
    } else {
        answer.kind().name()
    }
}

/// The right answer as text; for Choice and Choices also the wrong options. See [`super::export::csv::table`] for the
/// notation.
pub fn answer_cell(answer: &Answer) -> String {
    let with_note = |text: &str, note: Option<&str>| match note {
        Some(note) => format!("{text} ({note})"),
        None => text.to_owned(),
    };
    match answer {
        Answer::Recall(RecallAnswer { back, .. }) => back.clone(),
        Answer::Typed(TypedAnswer { accepted, .. }) => accepted.join(" | "),
        Answer::Number(NumberAnswer { value, within, unit }) => {
            let mut words = format_number(*value);
            if *within != 0.0 {
                words.push_str(&format!(" ± {}", format_number(*within)));
            }
            words.extend(unit.iter().flat_map(|unit| [" ", unit]));
            words
        }
        Answer::Date(DateAnswer { value, within_days: 0 }) => value.to_string(),
        Answer::Date(DateAnswer { value, within_days }) => format!("{value} ± {within_days}"),
        Answer::Bool(value) => value.to_string(),
        Answer::Choice(ChoiceAnswer { right, wrong }) => options(std::slice::from_ref(right), wrong),
        Answer::Choices(ChoicesAnswer { right, wrong }) => options(right, wrong),
        Answer::Cloze(cloze) => {
            cloze.gaps().filter_map(|gap| gap.accepted.first()).cloned().collect::<Vec<_>>().join("; ")
        }
        Answer::Order(items) => (1..)
            .zip(items)
            .map(|(number, item)| format!("{number}. {}", with_note(&item.text, item.note.as_deref())))
            .collect::<Vec<_>>()
            .join("\n"),
        Answer::Match(pairs) => {
            pairs.iter().map(|(left, right)| format!("- {left} = {right}")).collect::<Vec<_>>().join("\n")
        }
        Answer::Sort(bins) => bins
            .iter()
            .map(|bin| format!("- {}: {}", bin.name, bin.items.join("; ")))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn options(right: &[String], wrong: &[WrongOption]) -> String {
    let right = right.iter().map(|text| format!("- ✓ {text}"));
    let wrong = wrong.iter().map(|option| format!("- ✗ {}", option.text));
    right.chain(wrong).collect::<Vec<_>>().join("\n")
}

/// Reads an answer of a kind; `None` if it is none of that kind. `plain` is the cell as plain text, `back` as CommonMark.
pub(super) fn read(kind: Kind, back: &str, plain: &str) -> Option<Answer> {
    match kind {
        Kind::Typed => read_typed(plain),
        Kind::Number => read_number(plain),
        Kind::Date => read_date(plain),
        Kind::Bool => plain.parse().ok().map(Answer::Bool),
        // The gaps would be in the prompt.
        Kind::Cloze => None,
        // The others are written for people.
        Kind::Recall | Kind::Choice | Kind::Choices | Kind::Order | Kind::Match | Kind::Sort => {
            Some(Answer::Recall(RecallAnswer { back: back.to_owned(), reverse: false, reverse_prompt: None }))
        }
    }
}

/// Reads accepted answers, separated by ` | `; `None` if there is none.
fn read_typed(plain: &str) -> Option<Answer> {
    let accepted: Vec<String> =
        plain.split(" | ").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    (!accepted.is_empty()).then_some(Answer::Typed(TypedAnswer {
        accepted,
        strict: false,
        reading: None,
        readings: Default::default(),
        also_reverse: Vec::new(),
    }))
}

/// Reads `1953`, `1953 ± 2`, `1953 ± 2 years`, `28500 troops`.
fn read_number(plain: &str) -> Option<Answer> {
    let (value, rest) = split_first_word(plain);
    let (within, unit) = match rest.strip_prefix('±') {
        Some(rest) => {
            let (within, unit) = split_first_word(rest.trim_start());
            (parse_finite(within).filter(|within| *within >= 0.0)?, unit)
        }
        None => (0.0, rest),
    };
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    Some(Answer::Number(NumberAnswer { value: parse_finite(value)?, within, unit }))
}

/// Reads `2023-04-26`, `2023-04-26 ± 3`.
fn read_date(plain: &str) -> Option<Answer> {
    let (value, rest) = split_first_word(plain);
    let value: civil::Date = value.parse().ok()?;
    let within_days = match rest.strip_prefix('±') {
        Some(days) => days.trim().parse().ok()?,
        None if rest.is_empty() => 0,
        None => return None,
    };
    Some(Answer::Date(DateAnswer { value, within_days }))
}

fn parse_finite(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn split_first_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}
