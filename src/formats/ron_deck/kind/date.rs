//! `Date("2023-04-26")` and `Date(value: "2023-04-26", within_days: 1)`.

use jiff::civil;

use super::Notation;
use crate::domain::question::{Answer, DateAnswer, Kind};
use crate::formats::ron_deck::convert::{ConvertContext, present};
use crate::formats::ron_deck::date;
use crate::formats::ron_deck::tree::{Node, StructBody};
use crate::formats::ron_deck::write::{WriteOptions, named_struct};

pub(super) const NOTATION: Notation = Notation {
    example: "Date(\"2023-04-26\") or Date(value: \"2023-04-26\", within_days: 1)",
    takes_list: false,
};

impl ConvertContext<'_, '_> {
    pub(super) fn date(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let (value, within_days) = match body {
            StructBody::Items(_) => (self.single_value(Kind::Date, body, node)?, None),
            StructBody::Fields(fields) => {
                let [value, within_days] = self.sink.sort_fields("Date", fields, &["value", "within_days"]);
                (self.sink.required(value, "Date", node.span, "value", "\"2023-04-26\"")?, within_days)
            }
        };
        let value = self.sink.text(value, "the date").and_then(|text| self.civil_date(value, &text));
        let within_days = present(within_days).map_or(Some(0), |node| {
            let days = self.tolerance(node, "within_days")?;
            if days.fract() != 0.0 || days > f64::from(u32::MAX) {
                let message = "within_days counts whole days";
                let help = "write a whole number such as 1";
                self.sink.error("number-out-of-range", node.span, message, help);
                return None;
            }
            Some(days as u32)
        });
        Some(Answer::Date(DateAnswer { value: value?, within_days: within_days? }))
    }

    fn civil_date(&mut self, node: &Node<'_>, text: &str) -> Option<civil::Date> {
        let Some((year, month, day)) = date::date_parts(text) else {
            let message = format!("{} is not a date", self.sink.source_excerpt(node));
            let help = "write year, month and day with four, two and two digits: \"2023-04-26\"";
            self.sink.error("bad-date", node.span, message, help);
            return None;
        };
        let date = civil::Date::new(year, month, day).ok();
        if date.is_none() {
            let message = format!("there is no day {}", text.trim());
            let help = "year, month and day come in this order; see that the month has that day";
            self.sink.error("bad-date", node.span, message, help);
        }
        date
    }
}

pub(super) fn write(answer: &DateAnswer, depth: usize, options: WriteOptions) -> String {
    let value = format!("\"{}\"", date::write_date(answer.value));
    if answer.within_days == 0 && !options.named_fields {
        return format!("Date({value})");
    }
    let mut parts = vec![format!("value: {value}")];
    if answer.within_days != 0 {
        parts.push(format!("within_days: {}", answer.within_days));
    }
    named_struct("Date", &parts, depth)
}
