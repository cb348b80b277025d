//! The deck file: RON, read with an eye on the person who wrote it.
//!
//! The way of a text: `lexer` to tokens, `parser` to a `tree` of values with their places,
//! `convert` to the domain, `check` and `lint` over the deck as a whole. Every step reports what
//! it finds wrong and goes on, so that one pass tells all faults and the sound questions can be used.
//!
//! Not through serde: it stops at the first fault, knows no places, and its untagged enums (needed for
//! `Number(1953)` beside `Number(value: 1953, within: 2)`) swallow misspelt fields. What ron 0.12 reads
//! of this notation reads the same here; a property test holds the two side by side.

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
pub use decode::decode;
pub use question_id::question_id_from_prompt;

use crate::domain::deck::Deck;
use crate::domain::diagnostic::Diagnostic;
use diagnostics::{DiagnosticBuilder, DiagnosticSink};
use tree::{Node, Span, SyntaxTree};

/// Larger files are refused: a mistake, most likely.
pub const MAX_BYTES: usize = 64 << 20;

/// A deck as far as it is sound, and everything that is not.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// There when the header is usable and at least one question is sound, or there is none yet; faulty ones are
    /// left out.
    pub deck: Option<Deck>,
    /// In the order of the file; at most 200, and then one that says how many more there are.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a deck.
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
pub fn parse(text: &str) -> Parsed {
    parse_counting_errors(text).0
}

/// The same with the number of errors, also of those that are not told one by one.
fn parse_counting_errors(text: &str) -> (Parsed, usize) {
    let mut faults = DiagnosticSink::new(text);
    let mut deck = None;
    if text.len() > MAX_BYTES {
        faults.push(too_large());
    } else if let Some(root) = parser::parse(text, &mut faults) {
        match convert::deck(&root, text, &mut faults) {
            Ok(found) => deck = found,
            // Nothing else that was found can be trusted: a newer format may have other rules.
            Err(newer) => {
                faults = DiagnosticSink::new(text);
                faults.push(newer);
            }
        }
    } else {
        let fault = DiagnosticBuilder::error("empty-file", Span::default(), "this file holds no deck");
        faults.push(fault.help("a deck begins with Deck(format: 1, id: \"…\", title: \"…\", …"));
    }
    let errors = faults.error_count();
    (Parsed { deck, diagnostics: faults.finish() }, errors)
}

/// Reads one question by itself.
fn parse_question<'a>(text: &'a str, faults: &mut DiagnosticSink<'a>) -> Option<Node<'a>> {
    if text.len() > MAX_BYTES {
        faults.push(too_large());
        return None;
    }
    parser::parse_question(text, faults)
}

/// Reads a text as values with their places, without asking what they mean.
pub fn parse_tree(text: &str) -> SyntaxTree<'_> {
    let mut faults = DiagnosticSink::new(text);
    let root = if text.len() > MAX_BYTES {
        faults.push(too_large());
        None
    } else {
        parser::parse(text, &mut faults)
    };
    SyntaxTree { root, diagnostics: faults.finish() }
}

fn too_large() -> DiagnosticBuilder {
    DiagnosticBuilder::error("too-large", Span::default(), "this file is larger than 64 MB")
        .help("split it into several decks")
}
