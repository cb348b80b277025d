//! Converts the syntax tree to a deck, and reports everything in it that has no valid meaning.

mod answer;
mod confusable;
mod question;
mod read;
mod texts;

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::domain::deck::{Deck, QuestionSpan, Source};
use crate::domain::question::Question;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::tree::{Node, Span, StructBody, Value};
use super::{check, keywords, lint};
pub(super) use read::present;
pub(super) use texts::{SpannedText, spanned_texts};

/// The format numbers that this version reads, whole numbers only. A newer one raises the end; the start stays,
/// because decks of the first format are read for ever.
const FORMATS: RangeInclusive<f64> = 1.0..=1.0;

/// A question with its spans in the text, for the checks over the whole deck.
pub(super) struct ParsedQuestion {
    pub question: Question,
    /// Its id, or its prompt if it has none.
    pub id_span: Span,
    /// The whole question.
    pub span: QuestionSpan,
    pub prompt_span: Span,
    pub answer_span: Span,
}

/// The keys of a table such as the deck's topics, and whether a question uses them.
#[derive(Default)]
pub(super) struct KeyTable {
    pub names: IndexMap<String, String>,
    pub spans: Vec<Span>,
    pub used: Vec<bool>,
    /// Whether every key could be read. If not, a key that is not in the table may still exist.
    pub is_complete: bool,
}

impl KeyTable {
    /// The keys of a deck that was read before; their spans are unknown.
    pub fn from_names(names: &IndexMap<String, String>) -> Self {
        let len = names.len();
        Self {
            names: names.clone(),
            spans: vec![Span::default(); len],
            used: vec![false; len],
            is_complete: true,
        }
    }

    /// Marks a key as used. Returns `false` if there is certainly no such key.
    fn mark_used(&mut self, key: &str) -> bool {
        match self.names.get_index_of(key) {
            Some(at) => {
                self.used[at] = true;
                true
            }
            None => !self.is_complete,
        }
    }
}

/// The state while the questions of a deck are read.
pub(super) struct ConvertContext<'f, 'a> {
    pub text: &'a str,
    pub sink: &'f mut DiagnosticSink<'a>,
    pub topics: KeyTable,
    pub passages: KeyTable,
    /// The span where each id was first used.
    pub ids: HashMap<Arc<str>, Span>,
}

/// Reads a deck. `Ok(None)` if it has no usable header or no valid question.
///
/// # Errors
/// If the deck has a newer format than this version reads.
pub(super) fn deck<'a>(
    root: &Node<'a>,
    text: &'a str,
    sink: &mut DiagnosticSink<'a>,
) -> Result<Option<Deck>, DiagnosticBuilder> {
    let fields = match &root.value {
        Value::Struct(name, StructBody::Fields(fields)) => {
            if let Some(name) = name.filter(|name| *name != "Deck") {
                let start = Span { start: root.span.start, end: root.span.start + name.len() as u32 };
                let message = format!("a deck begins with Deck(, not with {name}(");
                let diagnostic = DiagnosticBuilder::error("unknown-name", start, message, "write Deck(");
                sink.push(diagnostic.fix("Write Deck(", start, "Deck"));
            }
            fields
        }
        value => {
            if !root.is_reported() {
                let help = match value {
                    Value::Map(_) | Value::List(_) => {
                        "this looks like JSON: a deck is written Deck(format: 1, …), names without quotes"
                    }
                    _ => "a deck begins with Deck(format: 1, id: \"…\", title: \"…\", … and ends with )",
                };
                let start = Span { start: root.span.start, end: root.span.start };
                sink.error("not-a-deck", start, "this is not a deck", help);
            }
            return Ok(None);
        }
    };
    // This comes first, because what is an error in this format may be valid in a newer one.
    let format = fields.iter().find(|field| field.name == "format").map(|field| &field.value);
    if let Some(Node { value: Value::Number(number), span }) = format
        && *number > *FORMATS.end()
    {
        let message = format!("this deck has format {number} and needs a newer Linchpin");
        return Err(DiagnosticBuilder::error("newer-format", *span, message, "update Linchpin to open it"));
    }

    let [format, id, title, description, language, source, topics, questions] =
        sink.sort_fields("a deck", fields, &keywords::DECK_FIELDS);
    let format = sink.required(format, "the deck", root.span, "format", "1");
    let format = format.filter(|node| is_format(node, sink));
    let id = sink.required(id, "the deck", root.span, "id", "\"a-name-that-stays\"");
    let id = id.and_then(|node| stable_id(sink, node, "the deck’s id"));
    let title = sink.required(title, "the deck", root.span, "title", "\"…\"");
    let title = title.and_then(|node| sink.text(node, "the title"));
    let description = sink.optional_text(description, "the description");
    let language = sink.optional_text(language, "the language").map(|language| language.trim().to_owned());
    let language = language.filter(|language| !language.is_empty());
    let (source, passages) = match present(source) {
        Some(node) => self::source(sink, node),
        None => (None, KeyTable { is_complete: true, ..KeyTable::default() }),
    };
    let topics = sink.required(topics, "the deck", root.span, "topics", "{\"key\": \"Name\"}");
    let topics =
        topics.map(|node| key_table(sink, node, "topics", "{\"key\": \"Name\"}")).unwrap_or_default();
    let nodes = sink.required(questions, "the deck", root.span, "questions", "[…]");
    let nodes = nodes.and_then(|node| Some((node.span, sink.list(node, "questions", "[ (…), (…) ]")?)));
    if let Some((span, [])) = nodes {
        let message = "the deck has no questions yet";
        let help = "write the first one between the brackets";
        sink.lint("no-questions", span, message, help);
    }

    let mut context = ConvertContext { text, sink, topics, passages, ids: HashMap::new() };
    let is_new = nodes.is_some_and(|(_, nodes)| nodes.is_empty()) && context.sink.error_count() == 0;
    let (span, nodes) = nodes.unwrap_or_default();
    let mut parsed = Vec::with_capacity(nodes.len());
    for node in nodes {
        parsed.extend(context.question(node));
    }
    let all_readable = nodes.iter().all(|node| !matches!(node.value, Value::Unreadable | Value::Partial(_)));
    check::check_duplicate_prompts(&mut context, &parsed);
    lint::deck(&mut context, &parsed, span, all_readable && !nodes.is_empty());

    let (questions, spans): (Vec<Question>, Vec<QuestionSpan>) =
        parsed.into_iter().map(|parsed| (parsed.question, parsed.span)).unzip();
    // A deck without questions is usable if it is otherwise valid: its author has just begun it. A deck whose
    // questions are all invalid is not usable.
    let is_usable = !questions.is_empty() || is_new;
    let (Some(_), Some(id), Some(title), true) = (format, id, title, is_usable) else {
        return Ok(None);
    };
    let topics = context.topics.names;
    let source = source.map(|source| Source { passages: context.passages.names, ..source });
    Ok(Some(Deck::new(id, title, description, language, source, topics, questions).with_spans(spans)))
}

fn is_format(node: &Node<'_>, sink: &mut DiagnosticSink<'_>) -> bool {
    match node.value {
        Value::Number(number) if FORMATS.contains(&number) && number.fract() == 0.0 => true,
        Value::Number(_) => {
            sink.error("bad-format", node.span, "there is no such format", "write format: 1");
            false
        }
        _ => sink.number(node, "format").is_some(),
    }
}

/// Reads an id, which becomes a part of card keys and must not contain spaces or slashes.
fn stable_id(sink: &mut DiagnosticSink<'_>, node: &Node<'_>, what: &str) -> Option<String> {
    let id = sink.text(node, what)?;
    if id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control()) {
        let plain: String =
            id.split(|c: char| c == '/' || c.is_whitespace() || c.is_control()).collect::<Vec<_>>().join("-");
        let message = format!("{what} must have neither spaces nor a / in it");
        sink.error("bad-id", node.span, message, format!("write \"{}\"", super::tree::excerpt(&plain)));
        return None;
    }
    Some(id)
}

fn source(sink: &mut DiagnosticSink<'_>, node: &Node<'_>) -> (Option<Source>, KeyTable) {
    let none = KeyTable { is_complete: false, ..KeyTable::default() };
    let fields = match &node.value {
        Value::Struct(None | Some("Source"), StructBody::Fields(fields)) => fields,
        _ => {
            sink.wrong_type(node, "source", "Source(…)", "write source: Source(title: \"…\", author: \"…\")");
            return (None, none);
        }
    };
    let [title, author, publisher, published, url, passages] =
        sink.sort_fields("Source", fields, &keywords::SOURCE_FIELDS);
    let title = sink.required(title, "the source", node.span, "title", "\"…\"");
    let title = title.and_then(|node| sink.text(node, "the source’s title"));
    let source = Source {
        title: title.unwrap_or_default(),
        author: sink.optional_text(author, "author"),
        publisher: sink.optional_text(publisher, "publisher"),
        published: sink.optional_text(published, "published"),
        url: sink.optional_text(url, "url"),
        passages: IndexMap::new(),
    };
    if let (Some(date), Some(node)) = (&source.published, published)
        && !lint::is_date(date)
    {
        let message = "published is not a date";
        sink.lint("odd-date", node.span, message, "write 2023, 2023-04 or 2023-04-28");
    }
    let passages = match present(passages) {
        Some(node) => key_table(sink, node, "passages", "{\"p1\": \"What it says\"}"),
        None => KeyTable { is_complete: true, ..KeyTable::default() },
    };
    (Some(source).filter(|source| !source.title.is_empty()), passages)
}

/// Reads a table `{ "key": "name", … }`.
fn key_table(sink: &mut DiagnosticSink<'_>, node: &Node<'_>, what: &str, example: &str) -> KeyTable {
    let mut keys = KeyTable::default();
    let Value::Map(entries) = &node.value else {
        sink.wrong_type(node, what, "a table in { }", format!("write {what}: {example}"));
        return keys;
    };
    keys.is_complete = true;
    let key_is = format!("each key of {what}");
    let name_is = format!("each entry of {what}");
    for (key, name) in entries {
        // The parser has reported an unquoted key, and its meaning is clear.
        let key_text = match key.value {
            Value::Name(name) => Some(name.to_owned()),
            _ => sink.text(key, &key_is),
        };
        let name = sink.text(name, &name_is);
        let Some(key_text) = key_text else {
            keys.is_complete = false;
            continue;
        };
        if let Some(at) = keys.names.get_index_of(&key_text) {
            let message = format!("{what} has the key \"{}\" twice", super::tree::excerpt(&key_text));
            let diagnostic =
                DiagnosticBuilder::error("duplicate-key", key.span, message, "give each its own key");
            sink.push(diagnostic.related(keys.spans[at], "first used here"));
            continue;
        }
        keys.names.insert(key_text, name.unwrap_or_default());
        keys.spans.push(key.span);
        keys.used.push(false);
    }
    keys
}
