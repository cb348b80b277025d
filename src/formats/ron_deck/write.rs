//! Writes decks and questions as RON. The parser reads the same deck back.

use std::fmt::Write;

use indexmap::IndexMap;

use super::kind;
use crate::domain::deck::{Deck, Source};
use crate::domain::question::{Question, WrongOption};

/// One unit of indentation.
const INDENT: &str = "    ";
/// Longer values, in characters including the indentation, are broken over several lines.
const MAX_WIDTH: usize = 100;

/// Which of several equivalent notations to use for an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WriteOptions {
    /// Whether to name the fields even where the short form would be enough.
    pub named_fields: bool,
    /// Whether the reading of the first accepted answer is written next to its word, instead of in the field
    /// `reading`. `None` means: next to its word if other words have readings.
    pub inline_reading: Option<bool>,
}

/// Writes a whole deck file.
pub fn deck(deck: &Deck) -> String {
    let mut out = String::from("Deck(\n    format: 1,\n");
    let mut field = |name: &str, value: &str| push_line(&mut out, 1, &format!("{name}: {value},"));
    field("id", &quoted(&deck.id));
    field("title", &quoted(&deck.title));
    if let Some(description) = &deck.description {
        field("description", &quoted(description));
    }
    if let Some(language) = &deck.language {
        field("language", &quoted(language));
    }
    if let Some(value) = &deck.source {
        field("source", &source(value));
    }
    field("topics", &table(&deck.topics, 1));
    out.push_str("    questions: [\n");
    for each in deck.questions.iter() {
        let _ = writeln!(out, "{}{},", INDENT.repeat(2), question(each, 2));
    }
    out.push_str("    ],\n)\n");
    out
}

/// Writes a question with its brackets. `depth` is the indentation of the closing bracket in units; fields are
/// indented by one more.
pub fn question(question: &Question, depth: usize) -> String {
    let mut out = String::from("(\n");
    let mut first = String::new();
    if question.id_is_written {
        first = format!("id: {}, ", quoted(&question.id));
    }
    let _ = write!(first, "topic: {},", quoted(&question.topic));
    push_line(&mut out, depth + 1, &first);
    for (name, value) in fields(question, depth + 1, WriteOptions::default()) {
        push_line(&mut out, depth + 1, &format!("{name}: {value},"));
    }
    out.push_str(&INDENT.repeat(depth));
    out.push(')');
    out
}

/// The fields of a question after its id and topic, each with the text of its value. Empty fields are left out.
fn fields(question: &Question, depth: usize, options: WriteOptions) -> Vec<(&'static str, String)> {
    let answer = kind::write(&question.answer, depth, options);
    let mut fields = vec![("prompt", quoted(&question.prompt)), ("answer", answer)];
    for (name, value) in
        [("hint", &question.hint), ("explain", &question.explain), ("image", &question.image)]
    {
        fields.extend(value.as_ref().map(|value| (name, quoted(value))));
    }
    for (name, values) in [
        ("cite", &question.cite),
        ("tags", &question.tags),
        ("typed", &question.typed),
        ("formerly", &question.formerly),
    ] {
        if !values.is_empty() {
            fields.push((name, list(values.iter().map(|value| quoted(value)), depth)));
        }
    }
    if !question.confusable.is_empty() {
        fields.push(("confusable", list(texts_with_notes(&question.confusable), depth)));
    }
    fields
}

/// Writes a question on one line, for a comparison with its text in a file.
pub(super) fn one_line_question(question: &Question, options: WriteOptions) -> String {
    let mut out = String::from("(");
    if question.id_is_written {
        let _ = write!(out, "id: {}, ", quoted(&question.id));
    }
    let _ = write!(out, "topic: {}, ", quoted(&question.topic));
    for (name, value) in fields(question, 0, options) {
        let _ = write!(out, "{name}: {value}, ");
    }
    out.push(')');
    out
}

/// A text in quotation marks, with escapes where necessary.
pub fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Escape invisible characters, so that the author can see them.
            c if c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Writes a table `{ "key": "name", … }` with one line per entry.
pub(super) fn table(entries: &IndexMap<String, String>, depth: usize) -> String {
    let mut out = String::from("{\n");
    for (key, name) in entries {
        push_line(&mut out, depth + 1, &format!("{}: {},", quoted(key), quoted(name)));
    }
    out.push_str(&INDENT.repeat(depth));
    out.push('}');
    out
}

fn source(source: &Source) -> String {
    let mut out = String::from("Source(\n");
    let mut field = |name: &str, value: &str| push_line(&mut out, 2, &format!("{name}: {value},"));
    field("title", &quoted(&source.title));
    for (name, value) in [
        ("author", &source.author),
        ("publisher", &source.publisher),
        ("published", &source.published),
        ("url", &source.url),
    ] {
        if let Some(value) = value {
            field(name, &quoted(value));
        }
    }
    if !source.passages.is_empty() {
        field("passages", &table(&source.passages, 2));
    }
    out.push_str(INDENT);
    out.push(')');
    out
}

/// Texts, each with its note if it has one.
pub(super) fn texts_with_notes(words: &[WrongOption]) -> impl Iterator<Item = String> {
    words.iter().map(|word| with_note(&word.text, word.why.as_deref()))
}

/// A text, or a pair of a text and a note.
pub(super) fn with_note(value: &str, note: Option<&str>) -> String {
    match note {
        Some(note) => format!("({}, {})", quoted(value), quoted(note)),
        None => quoted(value),
    }
}

/// `Name(parts)`, on one line if that is short enough.
pub(super) fn named_struct(name: &str, parts: &[String], depth: usize) -> String {
    enclosed(&format!("{name}("), parts, ')', depth)
}

/// `[items]`, on one line if that is short enough.
pub(super) fn list(items: impl Iterator<Item = String>, depth: usize) -> String {
    enclosed("[", &items.collect::<Vec<_>>(), ']', depth)
}

/// `{entries}`, on one line if that is short enough.
pub(super) fn braced(entries: impl Iterator<Item = String>, depth: usize) -> String {
    enclosed("{", &entries.collect::<Vec<_>>(), '}', depth)
}

fn enclosed(open: &str, items: &[String], close: char, depth: usize) -> String {
    let one_line = format!("{open}{}{close}", items.join(", "));
    if fits(&one_line, depth) {
        return one_line;
    }
    let mut out = format!("{open}\n");
    for item in items {
        push_line(&mut out, depth + 1, &format!("{item},"));
    }
    out.push_str(&INDENT.repeat(depth));
    out.push(close);
    out
}

fn fits(one_line: &str, depth: usize) -> bool {
    !one_line.contains('\n') && one_line.chars().count() + depth * INDENT.len() <= MAX_WIDTH
}

fn push_line(out: &mut String, depth: usize, words: &str) {
    out.push_str(&INDENT.repeat(depth));
    out.push_str(words);
    out.push('\n');
}
