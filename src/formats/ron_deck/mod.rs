//! The deck file: RON, read by a parser that is made to help the author with mistakes.
//!
//! The stages are `lexer` (tokens), `parser` (a `tree` of values with their spans), `convert` (domain types), and
//! `check` and `lint` (the deck as a whole). Every stage reports errors and continues, so that one pass finds all
//! errors and the valid questions can be used.
//!
//! Serde is not used: it stops at the first error, does not keep spans, and its untagged enums (needed to read both
//! `Number(1953)` and `Number(value: 1953, within: 2)`) ignore misspelt fields. Whatever ron 0.12 reads of this
//! notation has the same meaning here; a property test compares the two.

mod check;
mod convert;
mod date;
mod decode;
mod diagnostics;
pub mod edit;
mod escapes;
pub mod fix;
pub mod images;
mod keywords;
mod kind;
mod lexer;
mod line_index;
mod lint;
mod numbers;
mod parser;
mod peek;
mod question_id;
mod questions;
mod quotes;
mod recover;
pub mod tree;
pub mod write;

pub use date::{read_date, write_date};
pub use decode::{decode, too_large_file};
pub use question_id::question_id_from_prompt;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;
use diagnostics::{DiagnosticBuilder, DiagnosticSink};
use tree::{Node, Span, SyntaxTree};

/// Larger files, in bytes, are refused: they are most likely opened by mistake.
pub const MAX_BYTES: usize = 64 << 20;

/// The valid part of a deck, and its diagnostics.
#[derive(Clone, Debug)]
pub struct ParsedDeck {
    /// The deck without its invalid questions. `None` if the header is unusable or all questions are invalid. A deck
    /// without questions is usable.
    pub deck: Option<Deck>,
    /// In the order of the file. At most 200, followed by one that says how many more there are.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a deck, in one pass over all of its errors.
///
/// ```
/// let parsed = linchpin::formats::ron_deck::parse(
///     r#"Deck(format: 1, id: "war", title: "The war", topics: {"dates": "Dates"}, questions: [
///         (topic: "dates", prompt: "When did it begin?", answer: Number(1950)),
///         (topic: "dates", prompt: "When did it end?", answer: Number("1953")),
///     ])"#,
/// );
/// assert_eq!(parsed.deck.map(|deck| deck.questions.len()), Some(1));
/// assert_eq!(parsed.diagnostics[1].code, "wrong-type");
/// assert_eq!(parsed.diagnostics[1].help.as_deref(), Some("write 1953 without quotes"));
/// ```
pub fn parse(text: &str) -> ParsedDeck {
    parse_counting_errors(text).0
}

/// Like [`parse`], and also returns the number of errors, including those that are not listed.
fn parse_counting_errors(text: &str) -> (ParsedDeck, usize) {
    let mut sink = DiagnosticSink::new(text);
    let mut deck = None;
    if text.len() > MAX_BYTES {
        sink.push(too_large());
    } else if let Some(root) = parser::parse(text, &mut sink) {
        match convert::deck(&root, text, &mut sink) {
            Ok(found) => deck = found,
            // Discard all other diagnostics: a newer format may have other rules.
            Err(newer) => {
                sink = DiagnosticSink::new(text);
                sink.push(newer);
            }
        }
    } else {
        let message = "this file holds no deck";
        let help = "a deck begins with Deck(format: 1, id: \"…\", title: \"…\", …";
        sink.error("empty-file", Span::default(), message, help);
    }
    let errors = sink.error_count();
    (ParsedDeck { deck, diagnostics: sink.finish() }, errors)
}

/// Reads a single question.
fn parse_question<'a>(text: &'a str, sink: &mut DiagnosticSink<'a>) -> Option<Node<'a>> {
    if text.len() > MAX_BYTES {
        sink.push(too_large());
        return None;
    }
    parser::parse_question(text, sink)
}

/// Reads a text as values with their spans, without interpreting them.
pub fn parse_tree(text: &str) -> SyntaxTree<'_> {
    let mut sink = DiagnosticSink::new(text);
    let root = if text.len() > MAX_BYTES {
        sink.push(too_large());
        None
    } else {
        parser::parse(text, &mut sink)
    };
    SyntaxTree { root, diagnostics: sink.finish() }
}

fn too_large() -> DiagnosticBuilder {
    let (message, help) = ("this file is larger than 64 MB", "split it into several decks");
    DiagnosticBuilder::error("too-large", Span::default(), message, help)
}
