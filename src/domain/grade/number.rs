//! Typed numbers: read as people write them, right within a tolerance.

use unicode_normalization::UnicodeNormalization;

use super::fold::is_dash;
use super::{Marks, Verdict};

/// What is said of text that is no number.
pub(super) const UNREADABLE: &str = "That is not a number: write it in digits, such as 42";

/// Longest text that is read; the smallest float written out is shorter.
const MAX_CHARS: usize = 400;

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
/// Ordinals that are not their cardinal with "th".
const ORDINALS: [&str; 7] = ["first", "second", "third", "fifth", "eighth", "ninth", "twelfth"];

pub(super) fn grade(value: f64, within: f64, unit: Option<&str>, typed: &str) -> Verdict {
    if typed.trim().is_empty() {
        return Verdict::no_answer(Marks::None);
    }
    let verdict = |score, headline: String| Verdict::new(score, headline, Marks::None);
    let Some(given) = parse_number(typed, unit) else {
        return verdict(0.0, UNREADABLE.to_owned());
    };
    // Only what binary fractions lose: 2.6 is within 0.1 of 2.5.
    let rounding = 4.0 * f64::EPSILON * value.abs().max(given.abs());
    let is_right =
        value.is_finite() && (given == value || (given - value).abs() <= within.max(0.0) + rounding);
    if !is_right {
        verdict(0.0, format!("Wrong: the answer is {}", format_number(value)))
    } else if given == value {
        verdict(1.0, "Right".to_owned())
    } else {
        verdict(1.0, format!("Right: exactly {}", format_number(value)))
    }
}

/// The number that `text` writes, or `None` where it is none, or could be several.
///
/// Read are digits of any width, a sign, separators between groups of three (`,` `.` `'` `_` or a space),
/// a decimal point or comma ("1,234.5", "1.234,5", "1,5"; a lone comma before three digits parts groups,
/// a lone point never does), and the words from zero to ninety-nine.
/// `unit` before or after it is passed over, whatever its case; no other word is. Never infinite or NaN.
pub fn parse_number(text: &str, unit: Option<&str>) -> Option<f64> {
    let text = plain(text);
    if text.chars().count() > MAX_CHARS {
        return None;
    }
    let unit = unit.map(|unit| squeeze(&plain(unit))).filter(|unit| !unit.is_empty());
    let (negative, mut body) = sign(text.trim());
    if let Some(unit) = &unit {
        body = without_unit(body, unit);
    }
    // The sign may stand before the currency or after it.
    let (negative, body) = if negative { (true, body) } else { sign(body) };
    let value = digits_value(body).or_else(|| words_value(body))?;
    value.is_finite().then_some(if negative && value != 0.0 { -value } else { value })
}

/// The number as a learner would write it: "1953", "2.5", never in groups or with an exponent.
pub fn format_number(value: f64) -> String {
    // Adding zero makes the negative zero plain.
    format!("{}", value + 0.0)
}

/// Whether a lower-case word is a number, cardinal or ordinal: "seventy", "eighth", "third".
pub(super) fn is_number_word(word: &str) -> bool {
    let is_cardinal = |word: &str| ONES.contains(&word) || TENS.contains(&word);
    is_cardinal(word)
        || ORDINALS.contains(&word)
        || word.strip_suffix("th").is_some_and(|stem| {
            is_cardinal(stem) || stem.strip_suffix("ie").is_some_and(|stem| is_cardinal(&format!("{stem}y")))
        })
}

/// NFKC, lower case, and one character for each of minus, apostrophe and space.
fn plain(text: &str) -> String {
    let simple = |c: char| match c {
        c if is_dash(c) => '-',
        '’' | '‘' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.nfkc().flat_map(char::to_lowercase).map(simple).collect::<String>().trim().to_owned()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// `text` without the unit after it, or else before it; a plural or singular "s" makes no difference.
fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    // Not of "ms", which would be "m".
    let stem = |word: &str| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned();
    let is_unit = |part: &str| !part.is_empty() && stem(&squeeze(part)) == stem(unit);
    let cuts = || text.char_indices().map(|(at, _)| at);
    if let Some(at) = cuts().find(|at| is_unit(&text[*at..])) {
        return text[..at].trim_end();
    }
    match cuts().rev().find(|at| is_unit(&text[..*at])) {
        Some(at) => text[at..].trim_start(),
        None => text,
    }
}

fn digits_value(text: &str) -> Option<f64> {
    let text = text.strip_suffix(['.', ',']).unwrap_or(text);
    let is_known = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '_' | ' ');
    if !text.contains(|c: char| c.is_ascii_digit()) || !text.chars().all(is_known) {
        return None;
    }
    let (whole, fraction) = match decimal_mark(text) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    format!("{}.{fraction}", ungrouped(whole)?).parse().ok()
}

/// Where the decimal point or comma is: the last mark, if it stands there once and cannot part groups.
fn decimal_mark(text: &str) -> Option<usize> {
    let at = text.rfind(['.', ','])?;
    let mark = text[at..].chars().next()?;
    if text.matches(mark).count() > 1 {
        return None;
    }
    let (whole, fraction) = (&text[..at], &text[at + 1..]);
    let digits_only = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let parts_groups = mark == ','
        && fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && digits_only(whole)
        && digits_only(fraction)
        && !whole.starts_with('0');
    (!parts_groups).then_some(at)
}

/// The digits of a whole number whose groups of three may be parted, by one and the same separator.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(format!("0{whole}"));
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let is_group = |(at, group): (usize, &&str)| {
        group.chars().all(|c| c.is_ascii_digit())
            && if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 }
    };
    groups.iter().enumerate().all(is_group).then(|| groups.concat())
}

/// "zero" to "ninety-nine".
fn words_value(text: &str) -> Option<f64> {
    let one = |word: &str| ONES.iter().position(|one| *one == word);
    let ten = |word: &str| TENS.iter().position(|ten| *ten == word).map(|at| 20 + 10 * at);
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let value = match words[..] {
        [word] => one(word).or_else(|| ten(word))?,
        [tens, ones] => ten(tens)? + one(ones).filter(|ones| (1..10).contains(ones))?,
        _ => return None,
    };
    Some(value as f64)
}
