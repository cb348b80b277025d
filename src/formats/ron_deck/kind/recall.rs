//! `Recall("…")` and `Recall(back: "…", reverse: true)`.

use super::Notation;
use crate::domain::question::{Answer, Kind, RecallAnswer};
use crate::formats::ron_deck::convert::ConvertContext;
use crate::formats::ron_deck::tree::{Node, StructBody};
use crate::formats::ron_deck::write::{WriteOptions, named_struct, quoted};

pub(super) const NOTATION: Notation =
    Notation { example: "Recall(\"…\") or Recall(back: \"…\", reverse: true)", takes_list: false };

impl ConvertContext<'_, '_> {
    pub(super) fn recall(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let back = self.single_value(Kind::Recall, body, node)?;
            let back = self.sink.text(back, "the answer")?;
            return Some(Answer::Recall(RecallAnswer { back, reverse: false, reverse_prompt: None }));
        };
        let known = ["back", "reverse", "reverse_prompt"];
        let [back, reverse, reverse_prompt] = self.sink.sort_fields("Recall", fields, &known);
        let back = self.sink.required(back, "Recall", node.span, "back", "\"…\"");
        let back = back.and_then(|node| self.sink.text(node, "back"));
        let reverse = self.sink.flag(reverse, "reverse");
        let reverse_text = self.sink.optional_text(reverse_prompt, "reverse_prompt");
        if let (Some(_), Some(node), false) = (&reverse_text, reverse_prompt, reverse) {
            let message = "reverse_prompt is never asked";
            let help = "add reverse: true";
            self.sink.lint("unused-reverse-prompt", node.span, message, help);
        }
        Some(Answer::Recall(RecallAnswer { back: back?, reverse, reverse_prompt: reverse_text }))
    }
}

pub(super) fn write(answer: &RecallAnswer, depth: usize, options: WriteOptions) -> String {
    let RecallAnswer { back, reverse, reverse_prompt } = answer;
    if !reverse && reverse_prompt.is_none() && !options.named_fields {
        return format!("Recall({})", quoted(back));
    }
    let mut parts = vec![format!("back: {}", quoted(back))];
    parts.extend(reverse.then(|| "reverse: true".to_owned()));
    parts.extend(reverse_prompt.as_ref().map(|prompt| format!("reverse_prompt: {}", quoted(prompt))));
    named_struct("Recall", &parts, depth)
}
