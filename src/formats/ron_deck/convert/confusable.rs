//! The field `confusable`: words that are easily mistaken for the answer.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::domain::question::{Answer, TextRole, WrongOption};
use crate::formats::ron_deck::check::loosely_normalized;
use crate::formats::ron_deck::tree::{Node, excerpt};

use super::ConvertContext;
use super::read::present;
use super::texts::spanned_texts;

impl ConvertContext<'_, '_> {
    /// Reads `confusable: ["efferent", ("marital law", "That is about marriage.")]`. `answer` is the question's
    /// answer, if it could be read, and `typed` its field of that name.
    pub(super) fn confusable_words(
        &mut self,
        node: Option<&Node<'_>>,
        answer: Option<&Answer>,
        typed: &[String],
    ) -> Vec<WrongOption> {
        let Some(node) = present(node) else { return Vec::new() };
        let Some(words) = self.texts_with_notes(node, "confusable", "why it is something else") else {
            return Vec::new();
        };
        let spanned = spanned_texts(node, words.iter().map(|(word, _)| word.as_str()));
        self.check_distinct(&spanned, "duplicate-item", "confusable word");
        if let Some(answer) = answer {
            let accepted: HashSet<String> =
                accepted_texts(answer, typed).iter().map(|text| loosely_normalized(text)).collect();
            for (word, span) in &spanned {
                if accepted.contains(&loosely_normalized(word)) {
                    let message = format!("“{}” is both accepted and confusable", excerpt(word));
                    self.sink.error("confusable-is-right", *span, message, "take it out of one of the two");
                }
            }
            if !words.is_empty() && accepted.is_empty() {
                let message = "confusable words count only where the answer is typed";
                let help = "remove them, or give a Choice words to be typed: typed: [\"…\"]";
                self.sink.lint("unused-confusable", node.span, message, help);
            }
        }
        words.into_iter().map(|(text, why)| WrongOption { text, why }).collect()
    }
}

/// All texts that count as right when typed.
fn accepted_texts<'q>(answer: &'q Answer, typed: &'q [String]) -> Vec<Cow<'q, str>> {
    let mut texts = Vec::new();
    answer.for_each_text(|role, text| {
        if matches!(role, TextRole::Accepted | TextRole::Gap) {
            texts.push(text);
        }
    });
    if let Answer::Choice(choice) = answer
        && !typed.is_empty()
    {
        texts.extend(typed.iter().chain([&choice.right]).map(Cow::from));
    }
    texts
}
