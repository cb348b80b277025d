//! Reads answers. Most kinds have a short form, such as `Number(1953)`, and one with named fields.

use jiff::civil;

use crate::domain::cloze::{Cloze, ClozeError};
use crate::domain::question::{Answer, Kind};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::tree::{Node, Span, StructBody, Value, excerpt};
use crate::formats::ron_deck::{date, keywords};

use super::ConvertContext;
use super::read::present;

/// How each kind is written, for help texts.
fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Recall => "Recall(\"…\") or Recall(back: \"…\", reverse: true)",
        Kind::Typed => "Typed([\"…\", \"…\"]) or Typed(accepted: [\"…\"], strict: true)",
        Kind::Number => "Number(1953) or Number(value: 1953, within: 2, unit: \"…\")",
        Kind::Date => "Date(\"2023-04-26\") or Date(value: \"2023-04-26\", within_days: 1)",
        Kind::Bool => "Bool(true) or Bool(false)",
        Kind::Choice => "Choice(right: \"…\", wrong: [\"…\", \"…\"])",
        Kind::Choices => "Choices(right: [\"…\"], wrong: [\"…\"])",
        Kind::Cloze => "Cloze, with the gaps in the prompt as {{answer}}",
        Kind::Order => "Order([\"first\", \"second\"])",
        Kind::Match => "Match([(\"left\", \"right\"), (\"left\", \"right\")])",
        Kind::Sort => "Sort({\"bin\": [\"item\"], \"bin\": [\"item\"]})",
    }
}

impl ConvertContext<'_, '_> {
    /// Reads an answer. `prompt_node` and `prompt` are those of the question, for a Cloze; `None` if they could not
    /// be read.
    pub(super) fn answer(
        &mut self,
        node: &Node<'_>,
        prompt_node: Option<&Node<'_>>,
        prompt: Option<&str>,
    ) -> Option<Answer> {
        let (name, body) = match &node.value {
            Value::Name(name) => (*name, None),
            Value::Struct(Some(name), body) => (*name, Some(body)),
            Value::Unreadable => return None,
            value => {
                let help = match value {
                    Value::Text(_) => format!(
                        "write Recall({0}), or Typed([{0}]) to have it typed",
                        self.sink.source_excerpt(node)
                    ),
                    Value::Number(_) => format!("write Number({})", self.sink.source_excerpt(node)),
                    Value::Bool(value) => format!("write Bool({value})"),
                    _ => "write a kind before the bracket, such as Choice(…)".to_owned(),
                };
                let fix = match value {
                    Value::Number(_) => Some((
                        "Write Number( )",
                        format!("Number({})", self.sink.line_index.text_at(node.span)),
                    )),
                    Value::Bool(value) => Some(("Write Bool( )", format!("Bool({value})"))),
                    _ => None,
                };
                self.sink.wrong_type_with_fix(node, "an answer", "one of the kinds", help, fix);
                return None;
            }
        };
        let Some(kind) = Kind::from_name(name) else {
            let at = Span { start: node.span.start, end: node.span.start + name.len() as u32 };
            let advice = keywords::suggestion(self.sink, name, Kind::ALL.iter().map(|kind| kind.name()));
            let diagnostic = DiagnosticBuilder::error(
                "unknown-kind",
                at,
                format!("there is no kind of answer called {}", excerpt(name)),
            );
            let diagnostic = diagnostic.help(advice);
            let names = || Kind::ALL.iter().map(|kind| kind.name());
            let word = if self.sink.is_full() { None } else { keywords::certain_match(name, names()) };
            self.sink.push(match word {
                Some(word) => diagnostic.fix(format!("Write {word}"), at, word),
                None => diagnostic,
            });
            return None;
        };
        match (kind, body) {
            (Kind::Cloze, None) => self.cloze(prompt_node?, prompt?, false),
            (Kind::Cloze, Some(StructBody::Items(items))) if items.is_empty() => {
                self.cloze(prompt_node?, prompt?, false)
            }
            (Kind::Cloze, Some(StructBody::Fields(fields))) => {
                let [any_order] = self.sink.sort_fields("Cloze", fields, &["any_order"]);
                let any_order = self.sink.flag(any_order, "any_order");
                self.cloze(prompt_node?, prompt?, any_order)
            }
            (Kind::Cloze, Some(_)) => {
                let diagnostic = DiagnosticBuilder::error(
                    "wrong-form",
                    node.span,
                    "Cloze stands alone: its answers are in the prompt",
                );
                self.sink.push(diagnostic.help("write answer: Cloze, and {{answer}} in the prompt"));
                None
            }
            (_, None) => self.wrong_form(kind, node),
            (Kind::Choice | Kind::Choices, Some(body)) => self.choice(kind, body, node),
            (Kind::Order, Some(body)) => {
                self.single_value(kind, body, node).and_then(|value| self.order(value))
            }
            (Kind::Match, Some(body)) => {
                self.single_value(kind, body, node).and_then(|value| self.matching(value))
            }
            (Kind::Sort, Some(body)) => {
                self.single_value(kind, body, node).and_then(|value| self.sort(value))
            }
            (Kind::Bool, Some(body)) => self
                .single_value(kind, body, node)
                .and_then(|value| self.sink.boolean(value, "Bool"))
                .map(Answer::Bool),
            (Kind::Recall, Some(body)) => self.recall(body, node),
            (Kind::Typed, Some(body)) => self.typed(body, node),
            (Kind::Number, Some(body)) => self.number(body, node),
            (Kind::Date, Some(body)) => self.date(body, node),
        }
    }

    /// Reports that an answer is not written in any form of its kind. Always returns `None`.
    pub(super) fn wrong_form<T>(&mut self, kind: Kind, node: &Node<'_>) -> Option<T> {
        let message = format!("{kind} is not written like this");
        self.sink.push(
            DiagnosticBuilder::error("wrong-form", node.span, message)
                .help(format!("write {}", example(kind))),
        );
        None
    }

    /// The only value of a short form; reports if there are more or none.
    pub(super) fn single_value<'n, 'a>(
        &mut self,
        kind: Kind,
        body: &'n StructBody<'a>,
        node: &Node<'_>,
    ) -> Option<&'n Node<'a>> {
        match body {
            StructBody::Items(items) if items.len() == 1 => items.first(),
            StructBody::Items(items) if !items.is_empty() => {
                let help = match kind {
                    Kind::Number if items.iter().all(|item| matches!(item.value, Value::Number(_))) => {
                        "write a large number without commas: 1000000 or 1_000_000".to_owned()
                    }
                    Kind::Typed | Kind::Order | Kind::Match => {
                        format!("put them in square brackets: {kind}([…])")
                    }
                    _ => format!("write {}", example(kind)),
                };
                let message = format!("{kind} takes one value, not {}", items.len());
                let diagnostic = DiagnosticBuilder::error("wrong-form", node.span, message).help(help);
                let ends =
                    items.first().zip(items.last()).map(|(first, last)| (first.span.start, last.span.end));
                self.sink.push(match (kind, ends) {
                    (Kind::Typed | Kind::Order | Kind::Match, Some((start, end))) => {
                        let (open, close) = (Span { start, end: start }, Span { start: end, end });
                        let changes = [(open, "[".to_owned()), (close, "]".to_owned())];
                        diagnostic.fix_all("Write square brackets", changes)
                    }
                    _ => diagnostic,
                });
                None
            }
            _ => self.wrong_form(kind, node),
        }
    }

    fn cloze(&mut self, node: &Node<'_>, prompt: &str, any_order: bool) -> Option<Answer> {
        let error = match Cloze::parse(prompt) {
            Ok(cloze) => return Some(Answer::Cloze(Cloze { any_order, ..cloze })),
            Err(error) => error,
        };
        let (code, span, message, help) = match error {
            ClozeError::NoGap => (
                "cloze-without-gap",
                node.span,
                "the prompt has no gap",
                "write the answer into it as {{answer}}",
            ),
            ClozeError::Unclosed(at) => (
                "unclosed-gap",
                self.span_inside(node, at..at + 2),
                "a gap opens with {{ and never closes",
                "write }} behind the answer",
            ),
            ClozeError::Empty(at) => (
                "empty-gap",
                self.span_inside(node, at..at + 2),
                "a gap is empty",
                "write the answer between {{ and }}",
            ),
        };
        self.sink.push(DiagnosticBuilder::error(code, span, message).help(help));
        None
    }

    fn recall(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let back = self.single_value(Kind::Recall, body, node)?;
            let back = self.sink.text(back, "the answer")?;
            return Some(Answer::Recall { back, reverse: false, reverse_prompt: None });
        };
        let known = ["back", "reverse", "reverse_prompt"];
        let [back, reverse, reverse_prompt] = self.sink.sort_fields("Recall", fields, &known);
        let back = self.sink.required(back, "Recall", node.span, "back", "\"…\"");
        let back = back.and_then(|node| self.sink.text(node, "back"));
        let reverse = self.sink.flag(reverse, "reverse");
        let reverse_text = self.sink.optional_text(reverse_prompt, "reverse_prompt");
        if let (Some(_), Some(node), false) = (&reverse_text, reverse_prompt, reverse) {
            let diagnostic =
                DiagnosticBuilder::lint("unused-reverse-prompt", node.span, "reverse_prompt is never asked");
            self.sink.push(diagnostic.help("add reverse: true"));
        }
        Some(Answer::Recall { back: back?, reverse, reverse_prompt: reverse_text })
    }

    fn number(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let value = self.single_value(Kind::Number, body, node)?;
            let value = self.sink.number(value, "Number")?;
            return Some(Answer::Number { value, within: 0.0, unit: None });
        };
        let [value, within, unit] = self.sink.sort_fields("Number", fields, &["value", "within", "unit"]);
        let value = self.sink.required(value, "Number", node.span, "value", "1953");
        let value = value.and_then(|node| self.sink.number(node, "value"));
        let within = present(within).and_then(|node| self.tolerance(node, "within")).unwrap_or(0.0);
        let unit = self.sink.optional_text(unit, "unit");
        Some(Answer::Number { value: value?, within, unit })
    }

    /// Reads a tolerance, which must not be negative.
    fn tolerance(&mut self, node: &Node<'_>, what: &str) -> Option<f64> {
        let within = self.sink.number(node, what)?;
        if within < 0.0 {
            let diagnostic = DiagnosticBuilder::error(
                "number-out-of-range",
                node.span,
                format!("{what} cannot be negative"),
            );
            self.sink.push(diagnostic.help(format!("write {}", -within)));
            return None;
        }
        Some(within)
    }

    fn date(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
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
                let diagnostic = DiagnosticBuilder::error(
                    "number-out-of-range",
                    node.span,
                    "within_days counts whole days",
                );
                self.sink.push(diagnostic.help("write a whole number such as 1"));
                return None;
            }
            Some(days as u32)
        });
        Some(Answer::Date { value: value?, within_days: within_days? })
    }

    fn civil_date(&mut self, node: &Node<'_>, text: &str) -> Option<civil::Date> {
        let Some((year, month, day)) = date::date_parts(text) else {
            let diagnostic = DiagnosticBuilder::error(
                "bad-date",
                node.span,
                format!("{} is not a date", self.sink.source_excerpt(node)),
            );
            self.sink.push(
                diagnostic.help("write year, month and day with four, two and two digits: \"2023-04-26\""),
            );
            return None;
        };
        let date = civil::Date::new(year, month, day).ok();
        if date.is_none() {
            let message = format!("there is no day {}", text.trim());
            let diagnostic = DiagnosticBuilder::error("bad-date", node.span, message);
            self.sink.push(
                diagnostic.help("year, month and day come in this order; see that the month has that day"),
            );
        }
        date
    }
}
