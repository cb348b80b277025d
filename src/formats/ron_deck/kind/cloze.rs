//! `Cloze` and `Cloze(any_order: true)`; the gaps are in the prompt.

use super::Notation;
use crate::domain::cloze::{Cloze, ClozeError, ClozePiece};
use crate::domain::question::Answer;
use crate::formats::ron_deck::convert::{ConvertContext, ParsedQuestion};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::tree::{Node, StructBody};

pub(super) const NOTATION: Notation =
    Notation { example: "Cloze, with the gaps in the prompt as {{answer}}", takes_list: false };
const ANY_ORDER: &str = "Cloze(any_order: true)";

impl ConvertContext<'_, '_> {
    /// Reads the gaps from the prompt of the question; `None` if that could not be read.
    pub(super) fn cloze(
        &mut self,
        body: &StructBody<'_>,
        node: &Node<'_>,
        prompt_node: Option<&Node<'_>>,
        prompt: Option<&str>,
    ) -> Option<Answer> {
        let any_order = match body {
            StructBody::Fields(fields) => {
                let [any_order] = self.sink.sort_fields("Cloze", fields, &["any_order"]);
                self.sink.flag(any_order, "any_order")
            }
            StructBody::Items(items) if items.is_empty() => false,
            StructBody::Items(_) => {
                let message = "Cloze stands alone: its answers are in the prompt";
                let help = "write answer: Cloze, and {{answer}} in the prompt";
                self.sink.error("wrong-form", node.span, message, help);
                return None;
            }
        };
        self.gaps(prompt_node?, prompt?, any_order)
    }

    fn gaps(&mut self, node: &Node<'_>, prompt: &str, any_order: bool) -> Option<Answer> {
        let error = match Cloze::parse(prompt) {
            Ok(cloze) => return Some(Answer::Cloze(Cloze { any_order, ..cloze })),
            Err(error) => error,
        };
        let (code, span, message, help) = match error {
            ClozeError::NoGap => (
                "cloze-without-gap",
                node.span,
                "the prompt has no gap",
                "write the answer into it as {{answer}}",
            ),
            ClozeError::Unclosed(at) => (
                "unclosed-gap",
                self.span_inside(node, at..at + 2),
                "a gap opens with {{ and never closes",
                "write }} behind the answer",
            ),
            ClozeError::Empty(at) => (
                "empty-gap",
                self.span_inside(node, at..at + 2),
                "a gap is empty",
                "write the answer between {{ and }}",
            ),
        };
        self.sink.error(code, span, message, help);
        None
    }
}

pub(super) fn write(cloze: &Cloze) -> String {
    if cloze.any_order { ANY_ORDER } else { "Cloze" }.to_owned()
}

pub(super) fn lint(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion, cloze: &Cloze) {
    if cloze.any_order || !is_list_of_gaps(cloze) {
        return;
    }
    let message = "these gaps are a list, and each is right only in its own place";
    let help = format!("write answer: {ANY_ORDER} where their order does not matter");
    let diagnostic = DiagnosticBuilder::lint("list-of-gaps", parsed.answer_span, message, help);
    context.sink.push(diagnostic.fix("Take them in any order", parsed.answer_span, ANY_ORDER));
}

/// Whether the gaps of a card form a list such as "{{a}}, {{b}} and {{c}}", with nothing in the text that tells which
/// answer belongs into which gap.
fn is_list_of_gaps(cloze: &Cloze) -> bool {
    const BETWEEN: [&str; 22] = [
        ",",
        ";",
        "/",
        "·",
        "、",
        "،",
        "&",
        "+",
        "and",
        "or",
        "und",
        "oder",
        "et",
        "ou",
        "y",
        "o",
        "e",
        "및",
        "와",
        "과",
        "그리고",
        "이나",
    ];
    let is_unlabelled = cloze.gaps().all(|gap| gap.group.is_none() && gap.hint.is_none());
    if !is_unlabelled || cloze.gaps().count() < 2 {
        return false;
    }
    let is_gap = |piece: &&ClozePiece| matches!(piece, ClozePiece::Gap(_));
    let first = cloze.pieces.iter().position(|piece| is_gap(&piece)).unwrap_or_default();
    let last = cloze.pieces.iter().rposition(|piece| is_gap(&piece)).unwrap_or_default();
    let joins = |text: &str| {
        let words = text.trim().to_lowercase();
        // "{{a}}, and {{b}}"
        let words = words.strip_prefix([',', ';']).map_or(words.as_str(), str::trim);
        (words.is_empty() && !text.trim().is_empty()) || BETWEEN.contains(&words)
    };
    let says_which = cloze.pieces.iter().any(|piece| match piece {
        ClozePiece::Text(text) => {
            let text = text.to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| {
                ["respectively", "order", "first", "then", "followed", "순서대로"].contains(&word)
            })
        }
        ClozePiece::Gap(_) => false,
    });
    let inside = &cloze.pieces[first..=last];
    // Two adjacent gaps are parts of one word.
    let is_joined = inside.windows(2).all(|pair| !(is_gap(&&pair[0]) && is_gap(&&pair[1])))
        && inside.iter().all(|piece| match piece {
            ClozePiece::Text(text) => joins(text),
            ClozePiece::Gap(_) => true,
        });
    is_joined && !says_which
}
