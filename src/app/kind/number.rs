//! Number in the editor.

use super::field_text::non_empty;
use crate::domain::grade::locale::LocaleFormat;
use crate::domain::grade::number::{format_number, parse_number, read_numbers};
use crate::domain::question::{Answer, NumberAnswer};

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
        let value = parse_field(&self.value, "Write the number, such as 1953 or 3.5.")?;
        let within = match non_empty(&self.within) {
            Some(text) => parse_field(&text, "How far off may it be? Write a number, such as 2.")?,
            None => 0.0,
        };
        if within < 0.0 {
            return Err("How far off it may be cannot be negative.");
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
            .ok_or("This can be read as two numbers: write 1500 without a mark, or 1.5."),
    }
}
