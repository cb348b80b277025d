//! Number in the editor.

use super::field_text::non_empty;
use crate::domain::grade::locale::LocaleFormat;
use crate::domain::grade::number::{format_number, parse_number, read_numbers};
use crate::domain::question::{Answer, NumberAnswer};
use crate::text;

/// What is written of a Number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFields {
    /// The right value.
    pub value: String,
    /// How far off is still right; empty: not at all.
    pub within: String,
    /// The unit, shown after the input; may stay empty.
    pub unit: String,
}

impl NumberFields {
    pub(super) fn of(answer: &NumberAnswer) -> Self {
        Self {
            value: format_number(answer.value),
            within: if answer.within == 0.0 { String::new() } else { format_number(answer.within) },
            unit: answer.unit.clone().unwrap_or_default(),
        }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let value = parse_field(&self.value, text::editor::problem::NO_NUMBER)?;
        let within = match non_empty(&self.within) {
            Some(text) => parse_field(&text, text::editor::problem::BAD_WITHIN)?,
            None => 0.0,
        };
        if within < 0.0 {
            return Err(text::editor::problem::NEGATIVE_WITHIN);
        }
        Ok(Answer::Number(NumberAnswer { value, within, unit: non_empty(&self.unit) }))
    }
}

/// The number in a field. A text that can be read as two numbers is only accepted in the notation of
/// programs.
///
/// # Errors
/// `message` if the text is not a number.
fn parse_field(text: &str, message: &'static str) -> Result<f64, &'static str> {
    let readings = read_numbers(text, None, LocaleFormat::default()).map_err(|_| message)?;
    match readings.as_slice() {
        [one] => Ok(one.value),
        _ => parse_number(text, None)
            .filter(|value| format_number(*value) == text.trim())
            .ok_or(text::editor::problem::TWO_NUMBERS),
    }
}
