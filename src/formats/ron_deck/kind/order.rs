//! `Order(["first", ("second", "a note")])`.

use super::Notation;
use crate::domain::question::{Answer, OrderItem};
use crate::formats::ron_deck::convert::{ConvertContext, spanned_texts};
use crate::formats::ron_deck::tree::Node;
use crate::formats::ron_deck::write::{list, with_note};

pub(super) const NOTATION: Notation =
    Notation { example: "Order([\"first\", \"second\"])", takes_list: true };

impl ConvertContext<'_, '_> {
    /// Reads the list of `Order([…])`.
    pub(super) fn order(&mut self, node: &Node<'_>) -> Option<Answer> {
        let items = self.texts_with_notes(node, "Order", "a note")?;
        self.check_distinct(
            &spanned_texts(node, items.iter().map(|(text, _)| text.as_str())),
            "duplicate-item",
            "item",
        );
        self.check_at_least_two(items.len(), node, "items to put in order");
        Some(Answer::Order(items.into_iter().map(|(text, note)| OrderItem { text, note }).collect()))
    }
}

pub(super) fn write(items: &[OrderItem], depth: usize) -> String {
    let items = items.iter().map(|item| with_note(&item.text, item.note.as_deref()));
    format!("Order({})", list(items, depth))
}
