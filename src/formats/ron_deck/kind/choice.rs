//! `Choice(right: "…", wrong: ["…", "…"])` and `Choices(right: ["…"], wrong: ["…"])`.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Notation;
use crate::domain::question::{Answer, ChoiceAnswer, ChoicesAnswer, Kind, WrongOption};
use crate::formats::ron_deck::check::loosely_normalized;
use crate::formats::ron_deck::convert::{ConvertContext, ParsedQuestion, SpannedText, spanned_texts};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::question_id::id_text;
use crate::formats::ron_deck::tree::{Node, Span, StructBody, Value, excerpt};
use crate::formats::ron_deck::write::{list, named_struct, quoted, texts_with_notes};

pub(super) const CHOICE_NOTATION: Notation =
    Notation { example: "Choice(right: \"…\", wrong: [\"…\", \"…\"])", takes_list: false };
pub(super) const CHOICES_NOTATION: Notation =
    Notation { example: "Choices(right: [\"…\"], wrong: [\"…\"])", takes_list: false };

impl ConvertContext<'_, '_> {
    /// Reads `Choice(right: …, wrong: […])` and `Choices(right: […], wrong: […])`.
    pub(super) fn choice(&mut self, kind: Kind, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else { return self.wrong_form(kind, node) };
        let [right_node, wrong_node] = self.sink.sort_fields(kind.name(), fields, &["right", "wrong"]);
        let example = if kind == Kind::Choice { "\"…\"" } else { "[\"…\"]" };
        let right_node = self.sink.required(right_node, kind.name(), node.span, "right", example);
        let wrong_node = self.sink.required(wrong_node, kind.name(), node.span, "wrong", "[\"…\", \"…\"]");
        let right = right_node.and_then(|node| self.right_options(kind, node));
        let wrong = wrong_node.and_then(|node| self.texts_with_notes(node, "wrong", "why it is wrong"));
        let (right, wrong) = (right?, wrong?);
        let (right_node, wrong_node) = (right_node?, wrong_node?);
        if wrong.is_empty() {
            let message = "there is no wrong option to choose from";
            let help = "write at least one between the brackets";
            self.sink.error("no-wrong-option", wrong_node.span, message, help);
        }
        let right_parts = spanned_texts(right_node, right.iter().map(String::as_str));
        let wrong_parts = spanned_texts(wrong_node, wrong.iter().map(|(text, _)| text.as_str()));
        self.check_options(&right_parts, &wrong_parts);
        let wrong = wrong.into_iter().map(|(text, why)| WrongOption { text, why }).collect();
        if kind == Kind::Choice {
            return Some(Answer::Choice(ChoiceAnswer { right: right.into_iter().next()?, wrong }));
        }
        Some(Answer::Choices(ChoicesAnswer { right, wrong }))
    }

    fn right_options(&mut self, kind: Kind, node: &Node<'_>) -> Option<Vec<String>> {
        if kind == Kind::Choice {
            if matches!(node.value, Value::List(_)) {
                let help = "write right: \"…\", or Choices(…) when several are right";
                self.sink.wrong_type(node, "right", "a text", help);
                return None;
            }
            return Some(vec![self.sink.text(node, "right")?]);
        }
        let right = self.sink.texts(node, "right")?;
        if right.is_empty() {
            let message = "there is no right option";
            let help = "write at least one between the brackets";
            self.sink.error("no-answer", node.span, message, help);
        }
        Some(right)
    }

    /// Reports options that occur twice, among the right ones, the wrong ones, or in both.
    fn check_options(&mut self, right: &[SpannedText<'_>], wrong: &[SpannedText<'_>]) {
        let mut seen: HashMap<Cow<'_, str>, (Span, bool)> = HashMap::new();
        let all = right.iter().map(|part| (part, true)).chain(wrong.iter().map(|part| (part, false)));
        for ((text, span), is_right) in all {
            match seen.get(&*id_text(text)) {
                Some((first, was_right)) => {
                    let (code, is_what, help) = if *was_right != is_right {
                        ("wrong-equals-right", "both right and wrong", "change one of the two")
                    } else {
                        ("duplicate-option", "an option twice", "remove one of the two")
                    };
                    let message = format!("“{}” is {is_what}", excerpt(text));
                    let diagnostic = DiagnosticBuilder::error(code, *span, message, help);
                    self.sink.push(diagnostic.related(*first, "first written here"));
                }
                None => {
                    seen.insert(id_text(text), (*span, is_right));
                }
            }
        }
    }
}

pub(super) fn write_choice(answer: &ChoiceAnswer, depth: usize) -> String {
    named_struct(
        "Choice",
        &[format!("right: {}", quoted(&answer.right)), wrong_field(&answer.wrong, depth)],
        depth,
    )
}

pub(super) fn write_choices(answer: &ChoicesAnswer, depth: usize) -> String {
    let right = list(answer.right.iter().map(|text| quoted(text)), depth + 1);
    named_struct("Choices", &[format!("right: {right}"), wrong_field(&answer.wrong, depth)], depth)
}

fn wrong_field(wrong: &[WrongOption], depth: usize) -> String {
    format!("wrong: {}", list(texts_with_notes(wrong), depth + 1))
}

/// Lints options such as "All of the above", which make no sense because options are shuffled.
pub(super) fn lint(
    context: &mut ConvertContext<'_, '_>,
    parsed: &ParsedQuestion,
    right: &[String],
    wrong: &[WrongOption],
) {
    const PHRASES: [&str; 8] = [
        "all of the above",
        "none of the above",
        "both of the above",
        "all the above",
        "all of these",
        "none of these",
        "위의 모든 것",
        "위 모두",
    ];
    let options = right.iter().chain(wrong.iter().map(|option| &option.text));
    for option in options {
        // Most options are long sentences, so check the length first.
        if option.len() <= 40 && PHRASES.contains(&loosely_normalized(option).as_str()) {
            let message =
                format!("the option “{}” means nothing once the options are shuffled", excerpt(option));
            let help = "write out what is meant, or ask for several with Choices";
            context.sink.lint("catch-all-option", parsed.answer_span, message, help);
        }
    }
}
