//! Typed numbers, read as people write them and right within a tolerance.

mod cjk;
mod digits;
pub(super) mod plain;
mod units;
mod words;

use super::characters::is_dash;
use super::locale::LocaleFormat;
use super::{Marks, Verdict};
use plain::plain;
use units::ExpectedUnit;

pub(super) use words::is_number_word;

/// Longer texts are not read, in characters; the smallest float written out is shorter.
const MAX_CHARS: usize = 400;
/// Words before a number that carry no meaning: "in 1953", "im Jahr 1953".
const LEADING_WORDS: [&str; 14] =
    ["in", "im", "en", "em", "the", "year", "jahr", "jahre", "année", "anno", "año", "ano", "number", "="];
/// Eras that count years backwards, in lower case and without full stops and spaces.
const BEFORE_CHRIST: [&str; 9] = ["bc", "bce", "vchr", "avj-c", "avjc", "기원전", "紀元前", "公元前", "b.c"];
/// Eras that count years forwards.
const ANNO_DOMINI: [&str; 7] = ["ad", "ce", "nchr", "서기", "西暦", "公元", "apj-c"];
/// Words for "year" after the number.
const YEAR: [&str; 3] = ["년도", "년", "年"];

/// One reading of a text as a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberReading {
    /// The value, always finite.
    pub value: f64,
    /// How the marks were interpreted.
    pub notation: NumberNotation,
}

/// How the marks of a number were interpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberNotation {
    /// There was nothing to interpret.
    Plain,
    /// This mark separates whole and fraction.
    DecimalMark(char),
    /// This mark separates groups of digits.
    GroupSeparator(char),
    /// The exclamation mark ends the sentence.
    ExclamationMark,
    /// The exclamation mark is a factorial.
    Factorial,
}

/// Why a text cannot be read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is not a number.
    NotANumber,
    /// There is a number and something else, perhaps another unit.
    ExtraText,
    /// A year without its century: '53.
    TwoDigitYear,
}

impl NumberError {
    /// The message to the learner.
    pub fn message(self) -> &'static str {
        match self {
            NumberError::NotANumber => "That is not a number: write it in digits, such as 42",
            NumberError::ExtraText => "Write the number alone, such as 42",
            NumberError::TwoDigitYear => "Write the year with all its digits, such as 1999",
        }
    }
}

impl NumberReading {
    fn new(value: f64, notation: NumberNotation) -> Option<Self> {
        // Adding zero turns negative zero into zero.
        value.is_finite().then_some(Self { value: value + 0.0, notation })
    }

    /// "Read as 3.142, with a decimal comma."
    fn note(&self) -> String {
        let notation = match self.notation {
            NumberNotation::Plain => "",
            NumberNotation::DecimalMark(',') => ", with a decimal comma",
            NumberNotation::DecimalMark(_) => ", with a decimal point",
            NumberNotation::GroupSeparator(',') => ", with a comma between thousands",
            NumberNotation::GroupSeparator('.') => ", with a point between thousands",
            NumberNotation::GroupSeparator(_) => ", with groups of digits",
            NumberNotation::ExclamationMark => ", with an exclamation mark",
            NumberNotation::Factorial => ", the factorial",
        };
        format!("Read as {}{notation}.", format_number(self.value))
    }
}

pub(in crate::domain) fn grade(
    value: f64,
    within: f64,
    unit: Option<&str>,
    locale: LocaleFormat,
    typed: &str,
) -> Verdict {
    if typed.trim().is_empty() {
        return Verdict::no_answer(Marks::None);
    }
    let verdict = |score, headline: String| Verdict::new(score, headline, Marks::None);
    let readings = match read_numbers(typed, unit, locale) {
        Ok(readings) => readings,
        Err(error) => return verdict(0.0, error.message().to_owned()),
    };
    let is_right = |given: f64| {
        // Allows for the rounding of binary fractions: 2.6 is within 0.1 of 2.5.
        let rounding = 4.0 * f64::EPSILON * value.abs().max(given.abs());
        value.is_finite() && (given == value || (given - value).abs() <= within.max(0.0) + rounding)
    };
    let exact = readings.iter().find(|reading| reading.value == value && value.is_finite());
    let Some(right) = exact.or_else(|| readings.iter().find(|reading| is_right(reading.value))) else {
        return verdict(0.0, format!("Wrong: the answer is {}", format_number(value)));
    };
    let headline = match right.value == value {
        true => "Right".to_owned(),
        false => format!("Right: the exact answer is {}", format_number(value)),
    };
    let note = (readings.len() > 1).then(|| right.note());
    Verdict { note, ..verdict(1.0, headline) }
}

/// Why a text cannot be graded, as a message to the learner; `None` where it is a number.
pub(in crate::domain) fn unreadable_reason(
    text: &str,
    value: f64,
    unit: Option<&str>,
    locale: LocaleFormat,
) -> Option<&'static str> {
    let readings = match read_numbers(text, unit, locale) {
        Ok(readings) => readings,
        Err(error) => return Some(error.message()),
    };
    let has_sign = text.trim_start().starts_with(is_dash) || text.to_lowercase().contains("minus");
    // "44 BC" for an answer of 44: the prompt already says which years are meant.
    let is_other_era = value > 0.0 && readings.iter().all(|reading| reading.value < 0.0) && !has_sign;
    is_other_era.then(|| NumberError::ExtraText.message())
}

/// The number that `text` means in the notation of programs, with a decimal point wherever a mark could be
/// one, and otherwise as [`read_numbers`] reads it; `None` when it is not a number.
pub fn parse_number(text: &str, unit: Option<&str>) -> Option<f64> {
    let readings = read_numbers(text, unit, LocaleFormat::machine()).ok()?;
    readings.first().map(|reading| reading.value)
}

/// The number as a learner would write it: "1953", "2.5", without groups and without an exponent.
pub fn format_number(value: f64) -> String {
    // Adding zero turns negative zero into zero.
    format!("{}", value + 0.0)
}

/// Every number that `text` may mean, likelier ones first; never empty, without repeats.
///
/// Reads digits of any script, a sign, separators between groups, a decimal point or comma, fractions, powers
/// of ten, words for zeros ("28.5k", "300 million"), number words in English, Chinese and Korean, and eras
/// ("44 BC" is −44). A mark that may be a decimal mark or a group separator gives two readings, unless the
/// locale decides. `unit` is ignored before or after the number, in any of its notations; no other unit is.
///
/// # Errors
/// When the text is not a number, or more than a number.
pub fn read_numbers(
    text: &str,
    unit: Option<&str>,
    locale: LocaleFormat,
) -> Result<Vec<NumberReading>, NumberError> {
    let text = plain(text);
    if text.chars().count() > MAX_CHARS {
        return Err(NumberError::NotANumber);
    }
    let unit = unit.map(plain).filter(|unit| !unit.is_empty()).map(ExpectedUnit::new);
    let (text, is_exclaimed) = without_enclosure(&text);
    if let Some(digits) = text.strip_prefix('\'')
        && digits.len() == 2
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(NumberError::TwoDigitYear);
    }
    let body = without_words(text);
    let (minus, body) = sign(body);
    let (body, era) = match &unit {
        Some(unit) => (without_unit(body, unit), false),
        None => without_era(body),
    };
    // The sign may be before or after the currency.
    let (negative, body) = if minus { (true, body) } else { sign(body) };
    let mut readings = values(body, locale, unit.as_ref());
    if is_exclaimed && let [NumberReading { value, notation: NumberNotation::Plain }] = readings[..] {
        readings[0].notation = NumberNotation::ExclamationMark;
        readings.extend(factorial(value));
    }
    if readings.is_empty() {
        return Err(read_error(body, locale));
    }
    if negative || era {
        readings.iter_mut().for_each(|reading| reading.value = 0.0 - reading.value);
    }
    Ok(fitting_locale(readings, locale))
}

fn values(body: &str, locale: LocaleFormat, unit: Option<&ExpectedUnit>) -> Vec<NumberReading> {
    let mut readings = digits::read(body, locale, unit);
    if readings.is_empty() {
        readings = cjk::read(body);
    }
    if readings.is_empty() {
        readings = words::read(body, locale);
    }
    readings
}

/// Drops readings that the locale excludes, and repeats.
fn fitting_locale(readings: Vec<NumberReading>, locale: LocaleFormat) -> Vec<NumberReading> {
    let fits = |reading: &NumberReading| match (reading.notation, locale.decimal_mark) {
        (NumberNotation::DecimalMark(mark), Some(decimal)) => mark == decimal,
        (NumberNotation::GroupSeparator(mark), Some(decimal)) => mark != decimal,
        _ => true,
    };
    // A mark that the language does not use still counts where it can have only one meaning.
    let is_settled = readings.iter().any(fits);
    let mut kept: Vec<NumberReading> = Vec::with_capacity(readings.len());
    for reading in readings.into_iter().filter(|reading| !is_settled || fits(reading)) {
        if !kept.iter().any(|known| known.value == reading.value) {
            kept.push(reading);
        }
    }
    kept
}

/// Why nothing could be read.
fn read_error(body: &str, locale: LocaleFormat) -> NumberError {
    let end = body.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, rest) = body.split_at(end);
    let is_number = !number.is_empty() && !digits::read(number, locale, None).is_empty();
    if is_number && (rest.starts_with(' ') || units::is_known(rest)) {
        NumberError::ExtraText
    } else {
        NumberError::NotANumber
    }
}

/// The text without enclosing brackets or quotation marks and without final punctuation; and whether that was
/// an exclamation mark.
fn without_enclosure(text: &str) -> (&str, bool) {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('"', '"'), ('\'', '\'')];
    let (mut text, mut is_exclaimed) = (text, false);
    loop {
        let before = text;
        if let Some(rest) = text.strip_suffix(['!', '.', ',', ';', ':', '。', '、']) {
            is_exclaimed |= text.ends_with('!');
            text = rest.trim_end();
        }
        for (open, close) in PAIRS {
            let inside = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
            text = inside.map_or(text, str::trim);
        }
        if text == before {
            return (text, is_exclaimed);
        }
    }
}

/// The text without the words before the number that carry no meaning.
fn without_words(text: &str) -> &str {
    let mut text = text;
    while let Some((word, rest)) = text.split_once(' ') {
        if !LEADING_WORDS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        text = rest.trim_start();
    }
    text.strip_prefix('=').map_or(text, str::trim_start)
}

fn sign(text: &str) -> (bool, &str) {
    const WORDS: [&str; 4] = ["minus ", "negative ", "moins ", "마이너스 "];
    let is_word = |word: &&&str| text.get(..word.len()).is_some_and(|begin| begin.to_lowercase() == **word);
    if let Some(word) = WORDS.iter().find(is_word) {
        return (true, text[word.len()..].trim_start());
    }
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// `text` without the unit after it, or else before it.
fn without_unit<'a>(text: &'a str, unit: &ExpectedUnit) -> &'a str {
    // A word must not be split.
    let parts_words = |at: usize| {
        let (before, after) = text.split_at(at);
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c.is_ascii());
        !(is_letter(before.chars().next_back()) && is_letter(after.chars().next()))
    };
    let cuts = || text.char_indices().map(|(at, _)| at).filter(|at| *at > 0 && parts_words(*at));
    // Nor must a number: a unit that begins or ends with a digit stands apart from it.
    let is_digit = |c: char| c.is_ascii_digit();
    let ends_number = |at: &usize| !text[*at..].starts_with(is_digit) || text[..*at].ends_with(' ');
    let begins_number = |at: &usize| !text[..*at].ends_with(is_digit) || text[*at..].starts_with(' ');
    if let Some(at) = cuts().filter(ends_number).find(|at| unit.matches(&text[*at..])) {
        return text[..at].trim_end();
    }
    match cuts().rev().filter(begins_number).find(|at| unit.matches(&text[..*at])) {
        Some(at) => text[at..].trim_start(),
        None => text,
    }
}

/// `text` without its era, and whether that era counts backwards.
fn without_era(text: &str) -> (&str, bool) {
    let text = YEAR.iter().find_map(|year| text.strip_suffix(year)).map_or(text, str::trim_end);
    let is_number = |c: char| c.is_ascii_digit();
    let compact =
        |part: &str| -> String { part.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '.')).collect() };
    let era = |part: &str| {
        let part = compact(part);
        let is_before = BEFORE_CHRIST.contains(&part.as_str());
        (is_before || ANNO_DOMINI.contains(&part.as_str())).then_some(is_before)
    };
    let (Some(first), Some(last)) = (text.find(is_number), text.rfind(is_number)) else {
        return (text, false);
    };
    let (before, after) = (&text[..first], &text[last + 1..]);
    if let Some(backwards) = era(after) {
        (text[..=last].trim_end(), backwards)
    } else if let Some(backwards) = era(before) {
        (&text[first..], backwards)
    } else {
        (text, false)
    }
}

fn factorial(value: f64) -> Option<NumberReading> {
    let is_small = value.fract() == 0.0 && (0.0..=20.0).contains(&value);
    is_small
        .then(|| (1..=value as u64).product::<u64>() as f64)
        .and_then(|value| NumberReading::new(value, NumberNotation::Factorial))
}
