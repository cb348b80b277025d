//! `Sort({"bin": ["item", …], …})`.

use super::Notation;
use crate::domain::question::{Answer, Bin};
use crate::formats::ron_deck::convert::{ConvertContext, SpannedText};
use crate::formats::ron_deck::tree::{Node, Value};
use crate::formats::ron_deck::write::{braced, list, quoted};

pub(super) const NOTATION: Notation =
    Notation { example: "Sort({\"bin\": [\"item\"], \"bin\": [\"item\"]})", takes_list: false };

impl ConvertContext<'_, '_> {
    /// Reads the table of `Sort({"bin": ["item", …], …})`.
    pub(super) fn sort(&mut self, node: &Node<'_>) -> Option<Answer> {
        let Value::Map(entries) = &node.value else {
            self.sink.wrong_type(
                node,
                "Sort",
                "a table in { }",
                "write Sort({\"bin\": [\"item\"], \"other bin\": [\"item\"]})",
            );
            return None;
        };
        let mut bins: Vec<Bin> = Vec::with_capacity(entries.len());
        let (mut names, mut items) = (Vec::new(), Vec::new());
        let mut is_valid = true;
        for (key, list) in entries {
            let name = self.sink.text(key, "a bin’s name");
            let texts = self.sink.texts(list, "a bin");
            let (Some(name), Some(texts)) = (name, texts) else {
                is_valid = false;
                continue;
            };
            if let Value::List(nodes) = &list.value {
                items.extend(nodes.iter().map(|node| node.span));
            }
            names.push(key.span);
            bins.push(Bin { name, items: texts });
        }
        let name_parts: Vec<SpannedText<'_>> = bins.iter().map(|bin| bin.name.as_str()).zip(names).collect();
        let item_parts: Vec<SpannedText<'_>> =
            bins.iter().flat_map(|bin| &bin.items).map(String::as_str).zip(items).collect();
        self.check_distinct(&name_parts, "duplicate-key", "bin");
        self.check_distinct(&item_parts, "duplicate-item", "item");
        self.check_at_least_two(entries.len(), node, "bins");
        if is_valid && item_parts.is_empty() && entries.len() > 1 {
            let message = "there is no item to put into the bins";
            let help = "write items into the brackets behind the bins’ names";
            self.sink.error("too-few", node.span, message, help);
        }
        is_valid.then_some(Answer::Sort(bins))
    }
}

pub(super) fn write(bins: &[Bin], depth: usize) -> String {
    let entries = bins.iter().map(|bin| {
        format!("{}: {}", quoted(&bin.name), list(bin.items.iter().map(|item| quoted(item)), depth + 1))
    });
    format!("Sort({})", braced(entries, depth))
}
