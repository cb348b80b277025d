//! Converts values to Rust types, and reports values of a wrong type.

use std::borrow::Cow;

use crate::formats::ron_deck::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use crate::formats::ron_deck::tree::{Node, Span, StructBody, StructField, Value, excerpt};
use crate::formats::ron_deck::{keywords, write};

/// The value of an optional field, treating `None` in the file like a missing field.
pub(in crate::formats::ron_deck) fn present<'n, 'a>(node: Option<&'n Node<'a>>) -> Option<&'n Node<'a>> {
    node.filter(|node| node.value != Value::Name("None"))
}

impl DiagnosticSink<'_> {
    /// Puts fields into the order of `known`, and reports unknown and repeated ones. `owner` is used in messages like
    /// "Choice has no field …".
    pub fn sort_fields<'n, 'a, const N: usize>(
        &mut self,
        owner: &str,
        fields: &'n [StructField<'a>],
        known: &[&'static str; N],
    ) -> [Option<&'n Node<'a>>; N] {
        let mut sorted = [None; N];
        let mut first = [Span::default(); N];
        let mut unknown = Vec::new();
        for field in fields {
            match known.iter().position(|name| *name == field.name) {
                Some(at) if sorted[at].is_none() => {
                    sorted[at] = Some(&field.value);
                    first[at] = field.span;
                }
                Some(at) => {
                    let (message, help) = (format!("{} is given twice", field.name), "remove one of the two");
                    let diagnostic = DiagnosticBuilder::error("duplicate-field", field.span, message, help);
                    self.push(diagnostic.related(first[at], "first given here"));
                }
                None => unknown.push(field),
            }
        }
        for field in unknown {
            let advice = keywords::suggestion(self, &field.name, known.iter().copied());
            let message = format!("{owner} has no field {}", excerpt(&field.name));
            let diagnostic = DiagnosticBuilder::error("unknown-field", field.span, message, advice);
            let word = keywords::certain_match(self, &field.name, known.iter().copied());
            let fix = word.map(|word| (format!("Write {word}"), word));
            self.push(diagnostic.fix_if_certain(field.span, fix));
            // Use it as the field that was probably meant, so that a misspelt field is not also reported as missing.
            let meant = keywords::closest_match(&field.name, known.iter().copied());
            let at = meant.and_then(|meant| known.iter().position(|name| *name == meant));
            if let Some(slot) = at.map(|at| &mut sorted[at]) {
                slot.get_or_insert(&field.value);
            }
        }
        sorted
    }

    /// Reports a required field that is missing, unless a part of the question could not be read.
    pub fn required<'n, 'a>(
        &mut self,
        node: Option<&'n Node<'a>>,
        owner: &str,
        at: Span,
        name: &str,
        example: &str,
    ) -> Option<&'n Node<'a>> {
        if node.is_none() && !self.is_partial {
            let opening = self.line_index.first_char(at);
            let message = format!("{owner} has no {name}");
            self.error("missing-field", opening, message, format!("add {name}: {example}"));
        }
        node
    }

    /// Reports that a value of another type was expected.
    pub fn wrong_type(
        &mut self,
        node: &Node<'_>,
        what: &str,
        expected: &str,
        help: impl Into<Cow<'static, str>>,
    ) {
        self.wrong_type_with_fix(node, what, expected, help, None);
    }

    /// Like [`DiagnosticSink::wrong_type`], with a fix where it is certain what was meant: its title, and the new
    /// text.
    pub fn wrong_type_with_fix(
        &mut self,
        node: &Node<'_>,
        what: &str,
        expected: &str,
        help: impl Into<Cow<'static, str>>,
        fix: Option<(&str, String)>,
    ) {
        // The parser has already reported a value that it could not read.
        if !node.is_reported() {
            let message = format!("{what} must be {expected}, not {}", node.describe());
            let diagnostic = DiagnosticBuilder::error("wrong-type", node.span, message, help);
            self.push(diagnostic.fix_if_certain(node.span, fix));
        }
    }

    /// Reads a text, which may be empty.
    pub fn any_text<'n>(&mut self, node: &'n Node<'_>, what: &str) -> Option<&'n str> {
        if let Value::Text(text) = &node.value {
            return Some(text);
        }
        let help = match &node.value {
            Value::Number(_) | Value::Bool(_) | Value::Name(_) => {
                format!("write {} in double quotes", self.source_excerpt(node))
            }
            Value::Char(c) => format!("write \"{c}\" with double quotes"),
            Value::List(items) if items.len() == 1 => "only one text belongs here: remove the [ ]".to_owned(),
            _ => "write a text in double quotes: \"…\"".to_owned(),
        };
        let fix = match &node.value {
            Value::Number(_) | Value::Bool(_) | Value::Name(_) => {
                let written = self.line_index.text_at(node.span);
                Some(("Put it in quotation marks", write::quoted(written)))
            }
            Value::Char(c) => Some(("Write double quotation marks", write::quoted(&c.to_string()))),
            Value::List(items) => match items.as_slice() {
                [item] => Some(("Remove the brackets", self.line_index.text_at(item.span).to_owned())),
                _ => None,
            },
            _ => None,
        };
        self.wrong_type_with_fix(node, what, "a text", help, fix);
        None
    }

    /// Reads a text that must not be blank.
    pub fn text(&mut self, node: &Node<'_>, what: &str) -> Option<String> {
        let text = self.any_text(node, what)?;
        if text.trim().is_empty() {
            let message = format!("{what} is empty");
            let help = "write something between the quotation marks";
            self.error("empty-text", node.span, message, help);
            return None;
        }
        Some(text.to_owned())
    }

    /// Reads an optional text. `None` if it is missing or blank.
    pub fn optional_text(&mut self, node: Option<&Node<'_>>, what: &str) -> Option<String> {
        let text = self.any_text(present(node)?, what)?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// Reads a list of any values. `example` is used in help texts.
    pub fn list<'n, 'a>(&mut self, node: &'n Node<'a>, what: &str, example: &str) -> Option<&'n [Node<'a>]> {
        if let Value::List(items) = &node.value {
            return Some(items);
        }
        let help = match &node.value {
            Value::Text(_) => format!("put it in square brackets: [{}]", self.source_excerpt(node)),
            Value::Struct(None, StructBody::Items(_)) | Value::Map(_) => {
                format!("write it in square brackets: {example}")
            }
            _ => format!("write {example}"),
        };
        let fix = match &node.value {
            Value::Text(_) => {
                Some(("Write square brackets", format!("[{}]", self.line_index.text_at(node.span))))
            }
            _ => None,
        };
        self.wrong_type_with_fix(node, what, "a list in [ ]", help, fix);
        None
    }

    /// Reads a list of texts that must not be blank. `None` if any entry is invalid.
    pub fn texts(&mut self, node: &Node<'_>, what: &str) -> Option<Vec<String>> {
        let items = self.list(node, what, "[\"…\", \"…\"]")?;
        let entry_is = format!("each entry of {what}");
        // Collect first, so that every entry is checked even after an error.
        let texts: Vec<Option<String>> = items.iter().map(|item| self.text(item, &entry_is)).collect();
        texts.into_iter().collect()
    }

    /// Reads an optional list of texts; empty if it is missing or invalid.
    pub fn optional_texts(&mut self, node: Option<&Node<'_>>, what: &str) -> Vec<String> {
        present(node).and_then(|node| self.texts(node, what)).unwrap_or_default()
    }

    /// Reads an optional boolean; `false` if it is missing or invalid.
    pub fn flag(&mut self, node: Option<&Node<'_>>, what: &str) -> bool {
        present(node).and_then(|node| self.boolean(node, what)).unwrap_or(false)
    }

    /// Reads a boolean.
    pub fn boolean(&mut self, node: &Node<'_>, what: &str) -> Option<bool> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        let help = match &node.value {
            Value::Text(text) if matches!(text.to_lowercase().as_str(), "true" | "false") => {
                format!("write {} without quotes", text.to_lowercase())
            }
            _ => "write true or false, in small letters and without quotes".to_owned(),
        };
        let word = match &node.value {
            Value::Text(text) => text.to_lowercase(),
            Value::Name(name) => name.to_lowercase(),
            _ => String::new(),
        };
        let fix = matches!(word.as_str(), "true" | "false").then_some(("Write it as a bare word", word));
        self.wrong_type_with_fix(node, what, "true or false", help, fix);
        None
    }

    /// Reads a finite number.
    pub fn number(&mut self, node: &Node<'_>, what: &str) -> Option<f64> {
        match &node.value {
            Value::Number(value) if value.is_finite() => return Some(*value),
            Value::Number(_) => {
                let message = format!("{what} is not a finite number");
                let help = "write a number such as 1953";
                self.error("number-out-of-range", node.span, message, help);
                return None;
            }
            Value::Text(text) => {
                let bare: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\'' | '_')).collect();
                let help = if bare.parse::<f64>().is_ok_and(f64::is_finite) {
                    format!("write {bare} without quotes")
                } else {
                    "write a number without quotes; words belong in Typed([\"…\"])".to_owned()
                };
                // A comma may separate thousands or decimals, so the fix applies only if just the quotation marks are
                // wrong.
                let plain = text.trim();
                let is_plain = plain.parse::<f64>().is_ok_and(f64::is_finite)
                    && plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
                let fix = is_plain.then(|| ("Remove the quotation marks", plain.to_owned()));
                self.wrong_type_with_fix(node, what, "a number", help, fix);
            }
            _ => self.wrong_type(node, what, "a number", "write a number such as 1953, without quotes"),
        }
        None
    }

    /// The beginning of a node's source text, for messages.
    pub fn source_excerpt(&self, node: &Node<'_>) -> String {
        excerpt(self.line_index.text_at(node.span))
    }
}
