//! Reads the text of a single question, using the topics, passages and ids of its deck.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::domain::question::Question;
use crate::formats::ron_deck::convert::{ConvertContext, KeyTable, ParsedQuestion};
use crate::formats::ron_deck::diagnostics::DiagnosticSink;
use crate::formats::ron_deck::tree::{Span, excerpt};
use crate::formats::ron_deck::{lint, parse_question};

/// Reads the text of a single question as if it were in the deck: in place of question `at`, or as an additional one.
///
/// # Errors
/// The diagnostics, with spans in `text`.
pub fn read_question(text: &str, deck: &Deck, at: Option<usize>) -> Result<Question, Vec<Diagnostic>> {
    match check_question(text, deck, at) {
        (Some(question), _) => Ok(question),
        (None, diagnostics) => Err(diagnostics),
    }
}

/// Like [`read_question`], and also returns all errors and lints. The question is `None` if any of them is an error.
pub fn check_question(text: &str, deck: &Deck, at: Option<usize>) -> (Option<Question>, Vec<Diagnostic>) {
    let own_id = at.and_then(|at| deck.questions.get(at)).map(|question| &question.id);
    // Most changes keep the id. Then no other question can have it, and the search is skipped.
    let is_taken = |id: &str| {
        own_id.is_none_or(|own_id| **own_id != *id) && deck.questions.iter().any(|it| *it.id == *id)
    };
    check_new_question(text, deck, is_taken)
}

/// Like [`check_question`] for a new question. `is_taken` returns whether another question has an id.
pub(super) fn check_new_question(
    text: &str,
    deck: &Deck,
    is_taken: impl Fn(&str) -> bool,
) -> (Option<Question>, Vec<Diagnostic>) {
    let mut sink = DiagnosticSink::new(text);
    let parsed = parse_in_deck(text, deck, &mut sink);
    if let Some(ParsedQuestion { question, id_span, .. }) = &parsed
        && is_taken(&question.id)
    {
        if question.id_is_written {
            let message = format!("another question has the id \"{}\"", excerpt(&question.id));
            sink.error("duplicate-id", *id_span, message, "give each question its own id");
        } else {
            let message = "another question without an id has the same prompt";
            let help = "give both an id: \"…\", so that their progress stays apart";
            sink.error("duplicate-prompt", *id_span, message, help);
        }
    }
    let diagnostics = sink.finish();
    let is_valid = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    (parsed.map(|parsed| parsed.question).filter(|_| is_valid), diagnostics)
}

/// Reads a question of the deck, without comparing its id with those of the other questions.
pub(super) fn read_existing(text: &str, deck: &Deck) -> Option<Question> {
    let mut sink = DiagnosticSink::new(text);
    parse_in_deck(text, deck, &mut sink).map(|parsed| parsed.question)
}

/// Parses and lints a question with the topics and passages of its deck.
fn parse_in_deck<'a>(text: &'a str, deck: &Deck, sink: &mut DiagnosticSink<'a>) -> Option<ParsedQuestion> {
    let none = IndexMap::new();
    let passages = deck.source.as_ref().map_or(&none, |source| &source.passages);
    let Some(node) = parse_question(text, sink) else {
        let message = "there is no question here";
        let help = "write (topic: \"…\", prompt: \"…\", answer: …)";
        sink.error("missing-value", Span::default(), message, help);
        return None;
    };
    let (topics, passages) = (KeyTable::from_names(&deck.topics), KeyTable::from_names(passages));
    let mut context = ConvertContext { text, sink, topics, passages, ids: HashMap::new() };
    let parsed = context.question(&node)?;
    let has_passages = !context.passages.names.is_empty();
    lint::question(&mut context, &parsed, has_passages);
    Some(parsed)
}
