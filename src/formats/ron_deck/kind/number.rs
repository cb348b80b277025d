//! `Number(1953)` and `Number(value: 1953, within: 2, unit: "…")`.

use super::Notation;
use crate::domain::grade::number::format_number;
use crate::domain::question::{Answer, Kind, NumberAnswer};
use crate::formats::ron_deck::convert::{ConvertContext, ParsedQuestion, present};
use crate::formats::ron_deck::tree::{Node, StructBody};
use crate::formats::ron_deck::write::{WriteOptions, named_struct, quoted};

pub(super) const NOTATION: Notation =
    Notation { example: "Number(1953) or Number(value: 1953, within: 2, unit: \"…\")", takes_list: false };

impl ConvertContext<'_, '_> {
    pub(super) fn number(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let value = self.single_value(Kind::Number, body, node)?;
            let value = self.sink.number(value, "Number")?;
            return Some(Answer::Number(NumberAnswer { value, within: 0.0, unit: None }));
        };
        let [value, within, unit] = self.sink.sort_fields("Number", fields, &["value", "within", "unit"]);
        let value = self.sink.required(value, "Number", node.span, "value", "1953");
        let value = value.and_then(|node| self.sink.number(node, "value"));
        let within = present(within).and_then(|node| self.tolerance(node, "within")).unwrap_or(0.0);
        let unit = self.sink.optional_text(unit, "unit");
        Some(Answer::Number(NumberAnswer { value: value?, within, unit }))
    }

    /// Reads a tolerance, which must not be negative.
    pub(super) fn tolerance(&mut self, node: &Node<'_>, what: &str) -> Option<f64> {
        let within = self.sink.number(node, what)?;
        if within < 0.0 {
            let message = format!("{what} cannot be negative");
            let help = format!("write {}", -within);
            self.sink.error("number-out-of-range", node.span, message, help);
            return None;
        }
        Some(within)
    }
}

pub(super) fn write(answer: &NumberAnswer, depth: usize, options: WriteOptions) -> String {
    let NumberAnswer { value, within, unit } = answer;
    if *within == 0.0 && unit.is_none() && !options.named_fields {
        return format!("Number({})", format_number(*value));
    }
    let mut parts = vec![format!("value: {}", format_number(*value))];
    if *within != 0.0 {
        parts.push(format!("within: {}", format_number(*within)));
    }
    parts.extend(unit.as_ref().map(|unit| format!("unit: {}", quoted(unit))));
    named_struct("Number", &parts, depth)
}

/// Lints a tolerance that is too wide to test anything.
pub(super) fn lint(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion, answer: &NumberAnswer) {
    let (value, within) = (answer.value, answer.within);
    let is_year = answer.unit.is_none() && value.fract() == 0.0 && (1000.0..=2100.0).contains(&value);
    // A tenth of a year number would be two centuries, and a tenth of 0 would forbid any tolerance.
    let most = if is_year { 10.0 } else { value.abs() / 10.0 };
    if within > most && value != 0.0 {
        let message = format!("within: {within} forgives too much");
        let help = format!("at most {most} is usual here");
        context.sink.lint("wide-tolerance", parsed.answer_span, message, help);
    }
}
