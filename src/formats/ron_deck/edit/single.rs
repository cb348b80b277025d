//! Reads the text of a single question, using the topics, passages and ids of its deck.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::domain::question::Question;
use crate::formats::ron_deck::convert::{ConvertContext, KeyTable, ParsedQuestion};
use crate::formats::ron_deck::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use crate::formats::ron_deck::tree::{Span, excerpt};
use crate::formats::ron_deck::{lint, parse_question};

/// Reads the text of a single question as if it were in the deck: in place of question `at`, or as an additional one.
///
/// # Errors
/// The diagnostics, with spans in `text`.
pub fn read_question(text: &str, deck: &Deck, at: Option<usize>) -> Result<Question, Vec<Diagnostic>> {
    match check_question(text, deck, at) {
        (Some(question), _) => Ok(question),
        (None, faults) => Err(faults),
    }
}

/// Like [`read_question`], and also returns all errors and lints. The question is `None` if any of them is an error.
pub fn check_question(text: &str, deck: &Deck, at: Option<usize>) -> (Option<Question>, Vec<Diagnostic>) {
    let own = at.and_then(|at| deck.questions.get(at)).map(|question| &question.id);
    // Most changes keep the id. Then no other question can have it, and the search is skipped.
    let taken =
        |id: &str| own.is_none_or(|own| **own != *id) && deck.questions.iter().any(|it| *it.id == *id);
    check_new_question(text, deck, taken)
}

/// Like [`check_question`] for a new question. `taken` returns whether another question has an id.
pub(super) fn check_new_question(
    text: &str,
    deck: &Deck,
    taken: impl Fn(&str) -> bool,
) -> (Option<Question>, Vec<Diagnostic>) {
    let mut faults = DiagnosticSink::new(text);
    let placed = parse_in_deck(text, deck, &mut faults);
    if let Some(ParsedQuestion { question, id_span: span, .. }) = &placed
        && taken(&question.id)
    {
        let fault = if question.id_is_written {
            let message = format!("another question has the id \"{}\"", excerpt(&question.id));
            DiagnosticBuilder::error("duplicate-id", *span, message).help("give each question its own id")
        } else {
            DiagnosticBuilder::error(
                "duplicate-prompt",
                *span,
                "another question without an id has the same prompt",
            )
            .help("give both an id: \"…\", so that their progress stays apart")
        };
        faults.push(fault);
    }
    let faults = faults.finish();
    let is_sound = faults.iter().all(|fault| fault.severity != Severity::Error);
    (placed.map(|placed| placed.question).filter(|_| is_sound), faults)
}

/// Reads a question of the deck, without comparing its id with those of the other questions.
pub(super) fn read_existing(text: &str, deck: &Deck) -> Option<Question> {
    let mut faults = DiagnosticSink::new(text);
    parse_in_deck(text, deck, &mut faults).map(|placed| placed.question)
}

fn parse_in_deck<'a>(text: &'a str, deck: &Deck, faults: &mut DiagnosticSink<'a>) -> Option<ParsedQuestion> {
    let none = IndexMap::new();
    let passages = deck.source.as_ref().map_or(&none, |source| &source.passages);
    let Some(node) = parse_question(text, faults) else {
        let fault = DiagnosticBuilder::error("missing-value", Span::default(), "there is no question here");
        faults.push(fault.help("write (topic: \"…\", prompt: \"…\", answer: …)"));
        return None;
    };
    let (topics, passages) = (KeyTable::from_names(&deck.topics), KeyTable::from_names(passages));
    let mut context = ConvertContext { text, sink: faults, topics, passages, ids: HashMap::new() };
    let placed = context.question(&node)?;
    let has_passages = !context.passages.names.is_empty();
    lint::question(&mut context, &placed, has_passages);
    Some(placed)
}
