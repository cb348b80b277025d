//! How each kind of answer is written in a deck file: reading, writing and lints, a file for each kind. Most kinds have
//! a short form, such as `Number(1953)`, and one with named fields.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod choice;
mod cloze;
mod date;
mod matching;
mod number;
mod order;
mod recall;
mod sort;
mod typed;

use std::slice;

use crate::domain::question::{Answer, Kind};

use super::convert::{ConvertContext, ParsedQuestion};
use super::diagnostics::DiagnosticBuilder;
use super::tree::{Node, Span, StructBody, Value};
use super::write::WriteOptions;

/// How a kind is written, for help texts.
struct Notation {
    example: &'static str,
    /// Whether the short form takes one list: several values lack only its brackets.
    takes_list: bool,
}

fn notation(kind: Kind) -> Notation {
    match kind {
        Kind::Recall => recall::NOTATION,
        Kind::Typed => typed::NOTATION,
        Kind::Number => number::NOTATION,
        Kind::Date => date::NOTATION,
        Kind::Bool => Notation { example: "Bool(true) or Bool(false)", takes_list: false },
        Kind::Choice => choice::CHOICE_NOTATION,
        Kind::Choices => choice::CHOICES_NOTATION,
        Kind::Cloze => cloze::NOTATION,
        Kind::Order => order::NOTATION,
        Kind::Match => matching::NOTATION,
        Kind::Sort => sort::NOTATION,
    }
}

/// Writes an answer. Lists that are too long for a line are broken over several, indented by `depth` units.
pub(super) fn write(answer: &Answer, depth: usize, options: WriteOptions) -> String {
    match answer {
        Answer::Recall(recall) => recall::write(recall, depth, options),
        Answer::Typed(typed) => typed::write(typed, depth, options),
        Answer::Number(number) => number::write(number, depth, options),
        Answer::Date(date) => date::write(date, depth, options),
        Answer::Bool(value) => format!("Bool({value})"),
        Answer::Choice(choice) => choice::write_choice(choice, depth),
        Answer::Choices(choices) => choice::write_choices(choices, depth),
        Answer::Cloze(cloze) => cloze::write(cloze),
        Answer::Order(items) => order::write(items, depth),
        Answer::Match(pairs) => matching::write(pairs, depth),
        Answer::Sort(bins) => sort::write(bins, depth),
    }
}

/// Lints what is particular to the kind of a question.
pub(super) fn lint(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion) {
    match &parsed.question.answer {
        Answer::Typed(typed) => typed::lint(context, parsed, typed),
        Answer::Number(number) => number::lint(context, parsed, number),
        Answer::Choice(choice) => {
            choice::lint(context, parsed, slice::from_ref(&choice.right), &choice.wrong)
        }
        Answer::Choices(choices) => choice::lint(context, parsed, &choices.right, &choices.wrong),
        Answer::Cloze(cloze) => cloze::lint(context, parsed, cloze),
        Answer::Recall(_)
        | Answer::Date(_)
        | Answer::Bool(_)
        | Answer::Order(_)
        | Answer::Match(_)
        | Answer::Sort(_) => {}
    }
}

impl ConvertContext<'_, '_> {
    /// Reads an answer of a kind. `prompt_node` and `prompt` are those of the question, for a Cloze; `None` if they
    /// could not be read.
    pub(super) fn answer_of_kind(
        &mut self,
        kind: Kind,
        body: Option<&StructBody<'_>>,
        node: &Node<'_>,
        prompt_node: Option<&Node<'_>>,
        prompt: Option<&str>,
    ) -> Option<Answer> {
        // A kind without brackets is read like one with empty brackets.
        let empty = StructBody::Items(Vec::new());
        let body = body.unwrap_or(&empty);
        match kind {
            Kind::Recall => self.recall(body, node),
            Kind::Typed => self.typed(body, node),
            Kind::Number => self.number(body, node),
            Kind::Date => self.date(body, node),
            Kind::Bool => {
                let value = self.single_value(kind, body, node)?;
                self.sink.boolean(value, "Bool").map(Answer::Bool)
            }
            Kind::Choice | Kind::Choices => self.choice(kind, body, node),
            Kind::Cloze => self.cloze(body, node, prompt_node, prompt),
            Kind::Order => self.single_value(kind, body, node).and_then(|value| self.order(value)),
            Kind::Match => self.single_value(kind, body, node).and_then(|value| self.matching(value)),
            Kind::Sort => self.single_value(kind, body, node).and_then(|value| self.sort(value)),
        }
    }

    /// Reports that an answer is not written in any form of its kind. Always returns `None`.
    fn wrong_form<T>(&mut self, kind: Kind, node: &Node<'_>) -> Option<T> {
        let message = format!("{kind} is not written like this");
        self.sink.error("wrong-form", node.span, message, format!("write {}", notation(kind).example));
        None
    }

    /// The only value of a short form; reports if there are more or none.
    fn single_value<'n, 'a>(
        &mut self,
        kind: Kind,
        body: &'n StructBody<'a>,
        node: &Node<'_>,
    ) -> Option<&'n Node<'a>> {
        match body {
            StructBody::Items(items) if items.len() == 1 => items.first(),
            StructBody::Items(items) if !items.is_empty() => {
                let notation = notation(kind);
                let is_number = |item: &Node<'_>| matches!(item.value, Value::Number(_));
                let help = if kind == Kind::Number && items.iter().all(is_number) {
                    "write a large number without commas: 1000000 or 1_000_000".to_owned()
                } else if notation.takes_list {
                    format!("put them in square brackets: {kind}([…])")
                } else {
                    format!("write {}", notation.example)
                };
                let message = format!("{kind} takes one value, not {}", items.len());
                let diagnostic = DiagnosticBuilder::error("wrong-form", node.span, message, help);
                let ends =
                    items.first().zip(items.last()).map(|(first, last)| (first.span.start, last.span.end));
                self.sink.push(match ends.filter(|_| notation.takes_list) {
                    Some((start, end)) => {
                        let (open, close) = (Span { start, end: start }, Span { start: end, end });
                        let changes = [(open, "[".to_owned()), (close, "]".to_owned())];
                        diagnostic.fix_all("Write square brackets", changes)
                    }
                    None => diagnostic,
                });
                None
            }
            StructBody::Items(_) | StructBody::Fields(_) => self.wrong_form(kind, node),
        }
    }
}
