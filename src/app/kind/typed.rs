//! Typed in the editor.

use indexmap::IndexMap;

use super::field_text::{non_empty, non_empty_lines};
use crate::domain::question::{Answer, TypedAnswer};
use crate::text;

/// What is written of a Typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedFields {
    /// Accepted answers; the first is the one to show.
    pub accepted: Vec<String>,
    /// Whether spelling must be exact.
    pub strict: bool,
    /// The pronunciation of each accepted answer, by position.
    pub readings: Vec<String>,
    /// Accepted answers of the reverse card; without any there is none.
    pub also_reverse: Vec<String>,
    /// The pronunciation of each of them, by position.
    pub reverse_readings: Vec<String>,
}

impl TypedFields {
    /// Whether something stands in the fields that are seldom needed.
    pub fn has_optional(&self) -> bool {
        !self.also_reverse.is_empty() || !self.readings.is_empty()
    }

    pub(super) fn of(answer: &TypedAnswer) -> Self {
        Self {
            accepted: answer.accepted.clone(),
            strict: answer.strict,
            readings: readings_of(answer, &answer.accepted),
            also_reverse: answer.also_reverse.clone(),
            reverse_readings: readings_of(answer, &answer.also_reverse),
        }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let accepted = non_empty_lines(&self.accepted);
        if accepted.is_empty() {
            return Err(text::editor::problem::NOTHING_ACCEPTED);
        }
        let also_reverse = non_empty_lines(&self.also_reverse);
        let mut readings = readings_by_word(&self.accepted, &self.readings);
        for (word, reading) in readings_by_word(&self.also_reverse, &self.reverse_readings) {
            readings.entry(word).or_insert(reading);
        }
        let reading = accepted.first().and_then(|first| readings.shift_remove(first));
        Ok(Answer::Typed(TypedAnswer { accepted, strict: self.strict, reading, readings, also_reverse }))
    }
}

/// The pronunciation of each word, by position; the list ends with the last word that has one.
fn readings_of(answer: &TypedAnswer, words: &[String]) -> Vec<String> {
    let mut readings: Vec<String> =
        words.iter().map(|word| answer.reading_of(word).unwrap_or_default().to_owned()).collect();
    readings.truncate(readings.iter().rposition(|reading| !reading.is_empty()).map_or(0, |last| last + 1));
    readings
}

/// The pronunciation of each word; words without one are left out.
fn readings_by_word(words: &[String], readings: &[String]) -> IndexMap<String, String> {
    words.iter().zip(readings).filter_map(|(word, reading)| non_empty(word).zip(non_empty(reading))).collect()
}
