//! Date in the editor.

use super::field_text::non_empty;
use crate::domain::grade::date::parse_dates;
use crate::domain::question::{Answer, DateAnswer};
use crate::formats::ron_deck::{read_date, write_date};
use crate::text;

/// What is written of a Date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFields {
    /// The right date.
    pub date: String,
    /// How many days off are still right; empty: none.
    pub within_days: String,
}

impl DateFields {
    pub(super) fn of(answer: &DateAnswer) -> Self {
        let days = answer.within_days;
        Self {
            date: write_date(answer.value),
            within_days: if days == 0 { String::new() } else { days.to_string() },
        }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let dates = parse_dates(&self.date);
        // "03/04/1950" can be read as two dates, which an author must not leave open.
        let value = match dates.as_slice() {
            [one] => Some(*one),
            _ => read_date(&self.date),
        };
        let value = value.ok_or(text::editor::problem::NO_DATE)?;
        let within_days = match non_empty(&self.within_days) {
            Some(text) => text.parse().map_err(|_| text::editor::problem::BAD_WITHIN_DAYS)?,
            None => 0,
        };
        Ok(Answer::Date(DateAnswer { value, within_days }))
    }
}
