//! `Match([("left", "right"), …])`.

use super::Notation;
use crate::domain::question::Answer;
use crate::formats::ron_deck::convert::{ConvertContext, SpannedText};
use crate::formats::ron_deck::tree::{Node, StructBody, Value};
use crate::formats::ron_deck::write::{list, quoted};

pub(super) const NOTATION: Notation =
    Notation { example: "Match([(\"left\", \"right\"), (\"left\", \"right\")])", takes_list: true };

impl ConvertContext<'_, '_> {
    /// Reads the list of `Match([(left, right), …])`.
    pub(super) fn matching(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.sink.list(node, "Match", "Match([(\"left\", \"right\"), …])")?;
        let mut pairs = Vec::with_capacity(items.len());
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        let mut is_valid = true;
        for item in items {
            let Value::Struct(None, StructBody::Items(sides)) = &item.value else {
                self.sink.wrong_type(item, "each entry of Match", "a pair", "write (\"left\", \"right\")");
                is_valid = false;
                continue;
            };
            let [left, right] = sides.as_slice() else {
                let message = format!("a pair has two sides, not {}", sides.len());
                self.sink.error("wrong-form", item.span, message, "write (\"left\", \"right\")");
                is_valid = false;
                continue;
            };
            let texts = (self.sink.text(left, "the left side"), self.sink.text(right, "the right side"));
            match texts {
                (Some(a), Some(b)) => {
                    pairs.push((a, b));
                    lefts.push(left.span);
                    rights.push(right.span);
                }
                _ => is_valid = false,
            }
        }
        let left: Vec<SpannedText<'_>> =
            pairs.iter().zip(lefts).map(|((text, _), span)| (text.as_str(), span)).collect();
        let right: Vec<SpannedText<'_>> =
            pairs.iter().zip(rights).map(|((_, text), span)| (text.as_str(), span)).collect();
        self.check_distinct(&left, "duplicate-left", "left side");
        self.check_distinct(&right, "duplicate-right", "right side");
        self.check_at_least_two(items.len(), node, "pairs");
        is_valid.then_some(Answer::Match(pairs))
    }
}

pub(super) fn write(pairs: &[(String, String)], depth: usize) -> String {
    let pairs = pairs.iter().map(|(left, right)| format!("({}, {})", quoted(left), quoted(right)));
    format!("Match({})", list(pairs, depth))
}
