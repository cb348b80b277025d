//! Reads lists of texts. Equal texts are reported, because the learner could not tell them apart.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::question_id::id_text;
use crate::formats::ron_deck::tree::{Node, Span, StructBody, Value, excerpt};

use super::ConvertContext;

/// A text and the span of its node.
pub(in crate::formats::ron_deck) type SpannedText<'n> = (&'n str, Span);

impl ConvertContext<'_, '_> {
    /// Reads a list of texts with optional notes: `["text", ("text", "note")]`. `note_is` describes the note in help
    /// texts.
    pub fn texts_with_notes(
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
                        let help = format!("write (\"…\", \"{note_is}\")");
                        self.sink.error("wrong-form", item.span, message, help);
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
    pub fn check_distinct(&mut self, parts: &[SpannedText<'_>], code: &'static str, what: &str) {
        let mut seen: HashMap<Cow<'_, str>, Span> = HashMap::with_capacity(parts.len());
        for (text, span) in parts {
            if let Some(first) = seen.insert(id_text(text), *span) {
                let message = format!("the {what} “{}” is there twice", excerpt(text));
                let help = "nobody can tell the two apart: change or remove one";
                let diagnostic = DiagnosticBuilder::error(code, *span, message, help);
                self.sink.push(diagnostic.related(first, "first written here"));
            }
        }
    }

    /// Reports a list with fewer than two entries.
    pub fn check_at_least_two(&mut self, count: usize, node: &Node<'_>, what: &str) {
        if count < 2 {
            self.sink.error("too-few", node.span, format!("at least two {what} are needed"), "add another");
        }
    }
}

/// Pairs texts with the spans of the nodes that they were read from. Every entry of the list must have been read.
pub(in crate::formats::ron_deck) fn spanned_texts<'n>(
    node: &Node<'_>,
    texts: impl Iterator<Item = &'n str>,
) -> Vec<SpannedText<'n>> {
    match &node.value {
        Value::List(items) => texts.zip(items.iter().map(|item| item.span)).collect(),
        _ => texts.map(|text| (text, node.span)).collect(),
    }
}
