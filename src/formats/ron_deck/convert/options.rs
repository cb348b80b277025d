//! The kinds made of parts: choices, orders, pairs, bins. Parts that look the same are faults, since
//! the learner could not tell them apart.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::domain::question::{Answer, Bin, Kind, OrderItem, WrongOption};
use crate::formats::ron_deck::faults::Fault;
use crate::formats::ron_deck::identity::fold;
use crate::formats::ron_deck::tree::{Body, Node, Span, Value, excerpt};

use super::Context;

/// A part and its place.
pub(super) type Part<'n> = (&'n str, Span);

impl Context<'_, '_> {
    /// `Choice(right: …, wrong: […])` and `Choices(right: […], wrong: […])`.
    pub(super) fn choice(&mut self, kind: Kind, body: &Body<'_>, node: &Node<'_>) -> Option<Answer> {
        let Body::Fields(fields) = body else { return self.wrong_form(kind, node) };
        let [right_node, wrong_node] = self.faults.sort_fields(kind.name(), fields, &["right", "wrong"]);
        let example = if kind == Kind::Choice { "\"…\"" } else { "[\"…\"]" };
        let right_node = self.faults.required(right_node, kind.name(), node.span, "right", example);
        let wrong_node = self.faults.required(wrong_node, kind.name(), node.span, "wrong", "[\"…\", \"…\"]");
        let right = right_node.and_then(|node| self.right(kind, node));
        let wrong = wrong_node.and_then(|node| self.notes(node, "wrong", "why it is wrong"));
        let (right, wrong) = (right?, wrong?);
        let (right_node, wrong_node) = (right_node?, wrong_node?);
        if wrong.is_empty() {
            let fault =
                Fault::error("no-wrong-option", wrong_node.span, "there is no wrong option to choose from");
            self.faults.push(fault.help("write at least one between the brackets"));
        }
        let right_parts = parts(right_node, right.iter().map(String::as_str));
        let wrong_parts = parts(wrong_node, wrong.iter().map(|(text, _)| text.as_str()));
        self.check_options(&right_parts, &wrong_parts);
        let wrong = wrong.into_iter().map(|(text, why)| WrongOption { text, why }).collect();
        match kind {
            Kind::Choices => Some(Answer::Choices { right, wrong }),
            _ => Some(Answer::Choice { right: right.into_iter().next()?, wrong }),
        }
    }

    fn right(&mut self, kind: Kind, node: &Node<'_>) -> Option<Vec<String>> {
        if kind == Kind::Choice {
            if matches!(node.value, Value::List(_)) {
                let help = "write right: \"…\", or Choices(…) when several are right";
                self.faults.wrong_type(node, "right", "a text", help);
                return None;
            }
            return Some(vec![self.faults.text(node, "right")?]);
        }
        let right = self.faults.texts(node, "right")?;
        if right.is_empty() {
            let fault = Fault::error("no-answer", node.span, "there is no right option");
            self.faults.push(fault.help("write at least one between the brackets"));
        }
        Some(right)
    }

    fn check_options(&mut self, right: &[Part<'_>], wrong: &[Part<'_>]) {
        let mut seen: HashMap<Cow<'_, str>, (Span, bool)> = HashMap::new();
        let all = right.iter().map(|part| (part, true)).chain(wrong.iter().map(|part| (part, false)));
        for ((text, span), is_right) in all {
            match seen.get(&*fold(text)) {
                Some((first, was_right)) => {
                    let fault = if *was_right != is_right {
                        let message = format!("“{}” is both right and wrong", excerpt(text));
                        Fault::error("wrong-equals-right", *span, message).help("change one of the two")
                    } else {
                        let message = format!("“{}” is an option twice", excerpt(text));
                        Fault::error("duplicate-option", *span, message).help("remove one of the two")
                    };
                    self.faults.push(fault.related(*first, "first written here"));
                }
                None => {
                    seen.insert(fold(text), (*span, is_right));
                }
            }
        }
    }

    /// `Order([…])`.
    pub(super) fn order(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.notes(node, "Order", "a note")?;
        self.distinct(&parts(node, items.iter().map(|(text, _)| text.as_str())), "duplicate-item", "item");
        self.at_least_two(items.len(), node, "items to put in order");
        Some(Answer::Order(items.into_iter().map(|(text, note)| OrderItem { text, note }).collect()))
    }

    /// `Match([(left, right), …])`.
    pub(super) fn matching(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.faults.list(node, "Match", "Match([(\"left\", \"right\"), …])")?;
        let mut pairs = Vec::with_capacity(items.len());
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        let mut sound = true;
        for item in items {
            let Value::Struct(None, Body::Items(sides)) = &item.value else {
                self.faults.wrong_type(item, "each entry of Match", "a pair", "write (\"left\", \"right\")");
                sound = false;
                continue;
            };
            let [left, right] = sides.as_slice() else {
                let message = format!("a pair has two sides, not {}", sides.len());
                let fault = Fault::error("wrong-form", item.span, message);
                self.faults.push(fault.help("write (\"left\", \"right\")"));
                sound = false;
                continue;
            };
            let texts = (self.faults.text(left, "the left side"), self.faults.text(right, "the right side"));
            match texts {
                (Some(a), Some(b)) => {
                    pairs.push((a, b));
                    lefts.push(left.span);
                    rights.push(right.span);
                }
                _ => sound = false,
            }
        }
        let left: Vec<Part<'_>> =
            pairs.iter().zip(lefts).map(|((text, _), span)| (text.as_str(), span)).collect();
        let right: Vec<Part<'_>> =
            pairs.iter().zip(rights).map(|((_, text), span)| (text.as_str(), span)).collect();
        self.distinct(&left, "duplicate-left", "left side");
        self.distinct(&right, "duplicate-right", "right side");
        self.at_least_two(items.len(), node, "pairs");
        sound.then_some(Answer::Match(pairs))
    }

    /// `Sort({"bin": ["item", …], …})`.
    pub(super) fn sort(&mut self, node: &Node<'_>) -> Option<Answer> {
        let Value::Map(entries) = &node.value else {
            self.faults.wrong_type(
                node,
                "Sort",
                "a table in { }",
                "write Sort({\"bin\": [\"item\"], \"other bin\": [\"item\"]})",
            );
            return None;
        };
        let mut bins: Vec<Bin> = Vec::with_capacity(entries.len());
        let (mut names, mut items) = (Vec::new(), Vec::new());
        let mut sound = true;
        for (key, list) in entries {
            let name = self.faults.text(key, "a bin’s name");
            let texts = self.faults.texts(list, "a bin");
            let (Some(name), Some(texts)) = (name, texts) else {
                sound = false;
                continue;
            };
            if let Value::List(nodes) = &list.value {
                items.extend(nodes.iter().map(|node| node.span));
            }
            names.push(key.span);
            bins.push(Bin { name, items: texts });
        }
        let name_parts: Vec<Part<'_>> = bins.iter().map(|bin| bin.name.as_str()).zip(names).collect();
        let item_parts: Vec<Part<'_>> =
            bins.iter().flat_map(|bin| &bin.items).map(String::as_str).zip(items).collect();
        self.distinct(&name_parts, "duplicate-key", "bin");
        self.distinct(&item_parts, "duplicate-item", "item");
        self.at_least_two(entries.len(), node, "bins");
        if sound && item_parts.is_empty() && entries.len() > 1 {
            let fault = Fault::error("too-few", node.span, "there is no item to put into the bins");
            self.faults.push(fault.help("write items into the brackets behind the bins’ names"));
        }
        sound.then_some(Answer::Sort(bins))
    }

    /// `["text", ("text", "note")]`
    pub(super) fn notes(
        &mut self,
        node: &Node<'_>,
        what: &str,
        note_is: &str,
    ) -> Option<Vec<(String, Option<String>)>> {
        let items = self.faults.list(node, what, "[\"…\", \"…\"]")?;
        let mut read = Vec::with_capacity(items.len());
        let mut sound = true;
        for item in items {
            let entry = match &item.value {
                Value::Struct(None, Body::Items(sides)) => match sides.as_slice() {
                    [text, note] => {
                        let text = self.faults.text(text, "each entry");
                        let note = self.faults.any_text(note, note_is).map(str::to_owned);
                        text.zip(note)
                            .map(|(text, note)| (text, Some(note).filter(|note| !note.trim().is_empty())))
                    }
                    [text] => self.faults.text(text, "each entry").map(|text| (text, None)),
                    _ => {
                        let message = format!(
                            "between these brackets stand a text and {note_is}, not {} values",
                            sides.len()
                        );
                        let fault = Fault::error("wrong-form", item.span, message);
                        self.faults.push(fault.help(format!("write (\"…\", \"{note_is}\")")));
                        None
                    }
                },
                _ => self.faults.text(item, &format!("each entry of {what}")).map(|text| (text, None)),
            };
            sound &= entry.is_some();
            read.extend(entry);
        }
        sound.then_some(read)
    }

    pub(super) fn distinct(&mut self, parts: &[Part<'_>], code: &'static str, what: &str) {
        let mut seen: HashMap<Cow<'_, str>, Span> = HashMap::with_capacity(parts.len());
        for (text, span) in parts {
            if let Some(first) = seen.insert(fold(text), *span) {
                let message = format!("the {what} “{}” is there twice", excerpt(text));
                let fault = Fault::error(code, *span, message)
                    .help("nobody can tell the two apart: change or remove one");
                self.faults.push(fault.related(first, "first written here"));
            }
        }
    }

    fn at_least_two(&mut self, count: usize, node: &Node<'_>, what: &str) {
        if count < 2 {
            let fault = Fault::error("too-few", node.span, format!("at least two {what} are needed"));
            self.faults.push(fault.help("add another"));
        }
    }
}

/// Texts with the places of the nodes that they were read from: all were read, so they are as many.
pub(super) fn parts<'n>(node: &Node<'_>, texts: impl Iterator<Item = &'n str>) -> Vec<Part<'n>> {
    match &node.value {
        Value::List(items) => texts.zip(items.iter().map(|item| item.span)).collect(),
        _ => texts.map(|text| (text, node.span)).collect(),
    }
}
