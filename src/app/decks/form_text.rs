//! Reads the text fields of a form; empty lines are ignored.

use indexmap::IndexMap;

use crate::domain::grade::locale::LocaleFormat;
use crate::domain::grade::number::{format_number, parse_number, read_numbers};
use crate::domain::question::{Answer, WrongOption};

pub(super) fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The number in a field. A text that can be read as two numbers is only accepted in the notation of
/// programs.
///
/// # Errors
/// `message` if the text is not a number.
pub(super) fn parse_number_field(text: &str, message: &'static str) -> Result<f64, &'static str> {
    let readings = read_numbers(text, None, LocaleFormat::default()).map_err(|_| message)?;
    match readings.as_slice() {
        [one] => Ok(one.value),
        _ => parse_number(text, None)
            .filter(|value| format_number(*value) == text.trim())
            .ok_or("This can be read as two numbers: write 1500 without a mark, or 1.5."),
    }
}

pub(super) fn wrong_options(lines: &[(String, String)]) -> Vec<WrongOption> {
    lines
        .iter()
        .filter_map(|(text, why)| Some(WrongOption { text: non_empty(text)?, why: non_empty(why) }))
        .collect()
}

/// The pronunciation of each word, by position; the list ends with the last word that has one.
pub(super) fn readings_of(answer: &Answer, words: &[String]) -> Vec<String> {
    let mut readings: Vec<String> =
        words.iter().map(|word| answer.reading_of(word).unwrap_or_default().to_owned()).collect();
    readings.truncate(readings.iter().rposition(|reading| !reading.is_empty()).map_or(0, |last| last + 1));
    readings
}

/// The pronunciation of each word; words without one are left out.
pub(super) fn readings_by_word(words: &[String], readings: &[String]) -> IndexMap<String, String> {
    words.iter().zip(readings).filter_map(|(word, reading)| non_empty(word).zip(non_empty(reading))).collect()
}

pub(super) fn non_empty_lines(lines: &[String]) -> Vec<String> {
    lines.iter().filter_map(|line| non_empty(line)).collect()
}
