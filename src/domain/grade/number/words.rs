//! Numbers in English words.

use super::{NumberNotation, NumberReading};
use crate::domain::grade::locale::LocaleFormat;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Ordinals that are not a cardinal with "th".
const ORDINALS: [&str; 7] = ["first", "second", "third", "fifth", "eighth", "ninth", "twelfth"];
/// Denominators of fractions.
const FRACTION_WORDS: [(&str, u64); 12] = [
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fourths", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("eighths", 8),
    ("tenth", 10),
    ("tenths", 10),
];

/// Whether a lower-case word is a number, cardinal or ordinal: "seventy", "eighth", "third".
pub(in crate::domain::grade) fn is_number_word(word: &str) -> bool {
    let is_cardinal = |word: &str| ONES.contains(&word) || TENS.contains(&word);
    is_cardinal(word)
        || ORDINALS.contains(&word)
        || word.strip_suffix("th").is_some_and(|stem| {
            is_cardinal(stem) || stem.strip_suffix("ie").is_some_and(|stem| is_cardinal(&format!("{stem}y")))
        })
}

/// "one hundred and five", "nineteen fifty-three", "two and a half", "three point one four".
pub(super) fn read(text: &str, locale: LocaleFormat) -> Vec<NumberReading> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split([' ', '-', ',']).filter(|word| !word.is_empty()).collect();
    let value = whole(&words, locale)
        .or_else(|| year(&words))
        .map(|value| value as f64)
        .or_else(|| decimal(&words, locale))
        .or_else(|| fraction_or_mixed(&words, locale));
    value.and_then(|value| NumberReading::new(value, NumberNotation::Plain)).into_iter().collect()
}

fn below_twenty(word: &str) -> Option<u64> {
    ONES.iter().position(|one| *one == word).map(|at| at as u64)
}

fn tens(word: &str) -> Option<u64> {
    TENS.iter().position(|ten| *ten == word).map(|at| 20 + 10 * at as u64)
}

/// "zero" to "ninety-nine".
fn below_hundred(words: &[&str]) -> Option<u64> {
    match words {
        [word] => below_twenty(word).or_else(|| tens(word)),
        [ten, one] => Some(tens(ten)? + below_twenty(one).filter(|one| (1..10).contains(one))?),
        _ => None,
    }
}

/// "nineteen hundred and fifty", "a hundred".
fn below_thousand(words: &[&str]) -> Option<u64> {
    let Some(at) = words.iter().position(|word| *word == "hundred") else { return below_hundred(words) };
    let hundreds = match &words[..at] {
        ["a"] => 1,
        words => below_hundred(words).filter(|value| (1..100).contains(value))?,
    };
    let rest = match &words[at + 1..] {
        [] => 0,
        ["and", rest @ ..] | rest => below_hundred(rest).filter(|value| *value > 0)?,
    };
    Some(100 * hundreds + rest)
}

fn scale(word: &str, locale: LocaleFormat) -> Option<u64> {
    Some(match (word.strip_suffix('s').unwrap_or(word), locale.long_scale) {
        ("thousand", _) => 1_000,
        ("lakh", _) => 100_000,
        ("million", _) => 1_000_000,
        ("crore", _) => 10_000_000,
        ("billion", false) => 1_000_000_000,
        ("billion", true) | ("trillion", false) => 1_000_000_000_000,
        ("trillion", true) => 1_000_000_000_000_000_000,
        _ => return None,
    })
}

/// Any whole number: groups below a thousand, each followed by a scale word, in descending order.
fn whole(words: &[&str], locale: LocaleFormat) -> Option<u64> {
    if let ["dozen"] | ["a", "dozen"] = words {
        return Some(12);
    }
    let (mut total, mut from, mut last) = (0_u64, 0, u64::MAX);
    for (at, word) in words.iter().enumerate() {
        let Some(scale) = scale(word, locale) else { continue };
        let count = match &words[from..at] {
            ["a" | "one"] => 1,
            words => below_thousand(words).filter(|count| *count > 0)?,
        };
        if scale >= last || count >= 1_000 {
            return None;
        }
        total = total.checked_add(count.checked_mul(scale)?)?;
        (from, last) = (at + 1, scale);
    }
    match &words[from..] {
        [] => (from > 0).then_some(total),
        ["and", rest @ ..] if from > 0 => total.checked_add(below_hundred(rest)?),
        rest => total.checked_add(below_thousand(rest).filter(|rest| from == 0 || *rest < 1_000)?),
    }
}

/// "nineteen fifty-three", "nineteen oh five".
fn year(words: &[&str]) -> Option<u64> {
    let (century, rest) = words.split_first()?;
    let century =
        below_twenty(century).or_else(|| tens(century)).filter(|century| (11..=20).contains(century))?;
    let rest = match rest {
        ["oh" | "o", ones] => below_twenty(ones).filter(|ones| (1..10).contains(ones))?,
        rest => below_hundred(rest).filter(|rest| *rest >= 10)?,
    };
    Some(100 * century + rest)
}

/// "three point one four".
fn decimal(words: &[&str], locale: LocaleFormat) -> Option<f64> {
    let at = words.iter().position(|word| *word == "point")?;
    let before = if at == 0 { 0 } else { whole(&words[..at], locale)? };
    let digits = words[at + 1..].iter().map(|word| match *word {
        "oh" => Some(0),
        word => below_twenty(word).filter(|digit| *digit < 10),
    });
    let digits: String = digits.map(|digit| digit.map(|digit| digit.to_string())).collect::<Option<_>>()?;
    if digits.is_empty() {
        return None;
    }
    format!("{before}.{digits}").parse().ok()
}

/// "half", "two thirds", "one and a half".
fn fraction_or_mixed(words: &[&str], locale: LocaleFormat) -> Option<f64> {
    if let Some(value) = fraction(words) {
        return Some(value);
    }
    let at = words.iter().rposition(|word| *word == "and")?;
    Some(whole(&words[..at], locale)? as f64 + fraction(&words[at + 1..])?)
}

fn fraction(words: &[&str]) -> Option<f64> {
    let (part, count) = words.split_last()?;
    let (_, of) = FRACTION_WORDS.iter().find(|(word, _)| word == part)?;
    let count = match count {
        [] if matches!(*part, "half" | "quarter") => 1,
        ["a"] => 1,
        // Not "twenty fifth", which is the 25th.
        [count] => {
            below_twenty(count).filter(|count| *count < *of && (*count == 1) != part.ends_with('s'))?
        }
        _ => return None,
    };
    Some(count as f64 / *of as f64)
}
