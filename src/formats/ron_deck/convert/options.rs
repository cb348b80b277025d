//! Reads the kinds that consist of several texts: Choice, Choices, Order, Match, Sort. Equal texts are reported,
//! because the learner could not tell them apart.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::domain::question::{Answer, Bin, Kind, OrderItem, WrongOption};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::question_id::id_text;
use crate::formats::ron_deck::tree::{Node, Span, StructBody, Value, excerpt};

use super::ConvertContext;

/// A text and the span of its node.
pub(super) type SpannedText<'n> = (&'n str, Span);

impl ConvertContext<'_, '_> {
    /// Reads `Choice(right: …, wrong: […])` and `Choices(right: […], wrong: […])`.
    pub(super) fn choice(&mut self, kind: Kind, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else { return self.wrong_form(kind, node) };
        let [right_node, wrong_node] = self.sink.sort_fields(kind.name(), fields, &["right", "wrong"]);
        let example = if kind == Kind::Choice { "\"…\"" } else { "[\"…\"]" };
        let right_node = self.sink.required(right_node, kind.name(), node.span, "right", example);
        let wrong_node = self.sink.required(wrong_node, kind.name(), node.span, "wrong", "[\"…\", \"…\"]");
        let right = right_node.and_then(|node| self.right_options(kind, node));
        let wrong = wrong_node.and_then(|node| self.texts_with_notes(node, "wrong", "why it is wrong"));
        let (right, wrong) = (right?, wrong?);
        let (right_node, wrong_node) = (right_node?, wrong_node?);
        if wrong.is_empty() {
            let diagnostic = DiagnosticBuilder::error(
                "no-wrong-option",
                wrong_node.span,
                "there is no wrong option to choose from",
            );
            self.sink.push(diagnostic.help("write at least one between the brackets"));
        }
        let right_parts = spanned_texts(right_node, right.iter().map(String::as_str));
        let wrong_parts = spanned_texts(wrong_node, wrong.iter().map(|(text, _)| text.as_str()));
        self.check_options(&right_parts, &wrong_parts);
        let wrong = wrong.into_iter().map(|(text, why)| WrongOption { text, why }).collect();
        match kind {
            Kind::Choices => Some(Answer::Choices { right, wrong }),
            _ => Some(Answer::Choice { right: right.into_iter().next()?, wrong }),
        }
    }

    fn right_options(&mut self, kind: Kind, node: &Node<'_>) -> Option<Vec<String>> {
        if kind == Kind::Choice {
            if matches!(node.value, Value::List(_)) {
                let help = "write right: \"…\", or Choices(…) when several are right";
                self.sink.wrong_type(node, "right", "a text", help);
                return None;
            }
            return Some(vec![self.sink.text(node, "right")?]);
        }
        let right = self.sink.texts(node, "right")?;
        if right.is_empty() {
            let diagnostic = DiagnosticBuilder::error("no-answer", node.span, "there is no right option");
            self.sink.push(diagnostic.help("write at least one between the brackets"));
        }
        Some(right)
    }

    /// Reports options that occur twice, among the right ones, the wrong ones, or in both.
    fn check_options(&mut self, right: &[SpannedText<'_>], wrong: &[SpannedText<'_>]) {
        let mut seen: HashMap<Cow<'_, str>, (Span, bool)> = HashMap::new();
        let all = right.iter().map(|part| (part, true)).chain(wrong.iter().map(|part| (part, false)));
        for ((text, span), is_right) in all {
            match seen.get(&*id_text(text)) {
                Some((first, was_right)) => {
                    let diagnostic = if *was_right != is_right {
                        let message = format!("“{}” is both right and wrong", excerpt(text));
                        DiagnosticBuilder::error("wrong-equals-right", *span, message)
                            .help("change one of the two")
                    } else {
                        let message = format!("“{}” is an option twice", excerpt(text));
                        DiagnosticBuilder::error("duplicate-option", *span, message)
                            .help("remove one of the two")
                    };
                    self.sink.push(diagnostic.related(*first, "first written here"));
                }
                None => {
                    seen.insert(id_text(text), (*span, is_right));
                }
            }
        }
    }

    /// Reads the list of `Order([…])`.
    pub(super) fn order(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.texts_with_notes(node, "Order", "a note")?;
        self.check_distinct(
            &spanned_texts(node, items.iter().map(|(text, _)| text.as_str())),
            "duplicate-item",
            "item",
        );
        self.check_at_least_two(items.len(), node, "items to put in order");
        Some(Answer::Order(items.into_iter().map(|(text, note)| OrderItem { text, note }).collect()))
    }

    /// Reads the list of `Match([(left, right), …])`.
    pub(super) fn matching(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.sink.list(node, "Match", "Match([(\"left\", \"right\"), …])")?;
        let mut pairs = Vec::with_capacity(items.len());
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        let mut is_valid = true;
        for item in items {
            let Value::Struct(None, StructBody::Items(sides)) = &item.value else {
                self.sink.wrong_type(item, "each entry of Match", "a pair", "write (\"left\", \"right\")");
                is_valid = false;
                continue;
            };
            let [left, right] = sides.as_slice() else {
                let message = format!("a pair has two sides, not {}", sides.len());
                let diagnostic = DiagnosticBuilder::error("wrong-form", item.span, message);
                self.sink.push(diagnostic.help("write (\"left\", \"right\")"));
                is_valid = false;
                continue;
            };
            let texts = (self.sink.text(left, "the left side"), self.sink.text(right, "the right side"));
            match texts {
                (Some(a), Some(b)) => {
                    pairs.push((a, b));
                    lefts.push(left.span);
                    rights.push(right.span);
                }
                _ => is_valid = false,
            }
        }
        let left: Vec<SpannedText<'_>> =
            pairs.iter().zip(lefts).map(|((text, _), span)| (text.as_str(), span)).collect();
        let right: Vec<SpannedText<'_>> =
            pairs.iter().zip(rights).map(|((_, text), span)| (text.as_str(), span)).collect();
        self.check_distinct(&left, "duplicate-left", "left side");
        self.check_distinct(&right, "duplicate-right", "right side");
        self.check_at_least_two(items.len(), node, "pairs");
        is_valid.then_some(Answer::Match(pairs))
    }

    /// Reads the table of `Sort({"bin": ["item", …], …})`.
    pub(super) fn sort(&mut self, node: &Node<'_>) -> Option<Answer> {
        let Value::Map(entries) = &node.value else {
            self.sink.wrong_type(
                node,
                "Sort",
                "a table in { }",
                "write Sort({\"bin\": [\"item\"], \"other bin\": [\"item\"]})",
            );
            return None;
        };
        let mut bins: Vec<Bin> = Vec::with_capacity(entries.len());
        let (mut names, mut items) = (Vec::new(), Vec::new());
        let mut is_valid = true;
        for (key, list) in entries {
            let name = self.sink.text(key, "a bin’s name");
            let texts = self.sink.texts(list, "a bin");
            let (Some(name), Some(texts)) = (name, texts) else {
                is_valid = false;
                continue;
            };
            if let Value::List(nodes) = &list.value {
                items.extend(nodes.iter().map(|node| node.span));
            }
            names.push(key.span);
            bins.push(Bin { name, items: texts });
        }
        let name_parts: Vec<SpannedText<'_>> = bins.iter().map(|bin| bin.name.as_str()).zip(names).collect();
        let item_parts: Vec<SpannedText<'_>> =
            bins.iter().flat_map(|bin| &bin.items).map(String::as_str).zip(items).collect();
        self.check_distinct(&name_parts, "duplicate-key", "bin");
        self.check_distinct(&item_parts, "duplicate-item", "item");
        self.check_at_least_two(entries.len(), node, "bins");
        if is_valid && item_parts.is_empty() && entries.len() > 1 {
            let diagnostic =
                DiagnosticBuilder::error("too-few", node.span, "there is no item to put into the bins");
            self.sink.push(diagnostic.help("write items into the brackets behind the bins’ names"));
        }
        is_valid.then_some(Answer::Sort(bins))
    }

    /// Reads a list of texts with optional notes: `["text", ("text", "note")]`. `note_is` describes the note in help
    /// texts.
    pub(super) fn texts_with_notes(
        &mut self,
        node: &Node<'_>,
        what: &str,
        note_is: &str,
    ) -> Option<Vec<(String, Option<String>)>> {
        let items = self.sink.list(node, what, "[\"…\", \"…\"]")?;
        let mut read = Vec::with_capacity(items.len());
        let mut is_valid = true;
        for item in items {
            let entry = match &item.value {
                Value::Struct(None, StructBody::Items(sides)) => match sides.as_slice() {
                    [text, note] => {
                        let text = self.sink.text(text, "each entry");
                        let note = self.sink.any_text(note, note_is).map(str::to_owned);
                        text.zip(note)
                            .map(|(text, note)| (text, Some(note).filter(|note| !note.trim().is_empty())))
                    }
                    [text] => self.sink.text(text, "each entry").map(|text| (text, None)),
                    _ => {
                        let message = format!(
                            "between these brackets stand a text and {note_is}, not {} values",
                            sides.len()
                        );
                        let diagnostic = DiagnosticBuilder::error("wrong-form", item.span, message);
                        self.sink.push(diagnostic.help(format!("write (\"…\", \"{note_is}\")")));
                        None
                    }
                },
                _ => self.sink.text(item, &format!("each entry of {what}")).map(|text| (text, None)),
            };
            is_valid &= entry.is_some();
            read.extend(entry);
        }
        is_valid.then_some(read)
    }

    /// Reports texts that occur twice, with the given diagnostic code.
    pub(super) fn check_distinct(&mut self, parts: &[SpannedText<'_>], code: &'static str, what: &str) {
        let mut seen: HashMap<Cow<'_, str>, Span> = HashMap::with_capacity(parts.len());
        for (text, span) in parts {
            if let Some(first) = seen.insert(id_text(text), *span) {
                let message = format!("the {what} “{}” is there twice", excerpt(text));
                let diagnostic = DiagnosticBuilder::error(code, *span, message)
                    .help("nobody can tell the two apart: change or remove one");
                self.sink.push(diagnostic.related(first, "first written here"));
            }
        }
    }

    fn check_at_least_two(&mut self, count: usize, node: &Node<'_>, what: &str) {
        if count < 2 {
            let diagnostic =
                DiagnosticBuilder::error("too-few", node.span, format!("at least two {what} are needed"));
            self.sink.push(diagnostic.help("add another"));
        }
    }
}

/// Pairs texts with the spans of the nodes that they were read from. Every entry of the list must have been read.
pub(super) fn spanned_texts<'n>(
    node: &Node<'_>,
    texts: impl Iterator<Item = &'n str>,
) -> Vec<SpannedText<'n>> {
    match &node.value {
        Value::List(items) => texts.zip(items.iter().map(|item| item.span)).collect(),
        _ => texts.map(|text| (text, node.span)).collect(),
    }
}
