//! Checks that compare the questions of a deck with each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::convert::{ConvertContext, ParsedQuestion};
use super::diagnostics::DiagnosticBuilder;
use super::question_id::id_text;
use super::tree::{Span, excerpt};

/// Reports equal prompts, and equal prompts of reverse cards: the learner could not know which of the two answers is
/// expected.
pub(super) fn check_duplicate_prompts(context: &mut ConvertContext<'_, '_>, questions: &[ParsedQuestion]) {
    let mut prompts: HashMap<(String, Option<&str>), Span> = HashMap::with_capacity(questions.len());
    let mut reverse: HashMap<String, Span> = HashMap::new();
    for parsed in questions {
        let question = &parsed.question;
        match prompts.entry((loosely_normalized(&question.prompt), question.image.as_deref())) {
            Entry::Vacant(entry) => {
                entry.insert(parsed.prompt_span);
            }
            Entry::Occupied(entry) => context.sink.push(
                DiagnosticBuilder::lint(
                    "alike-prompts",
                    parsed.prompt_span,
                    "another question asks the same",
                    "say in one of the two what sets it apart",
                )
                .related(*entry.get(), "asked here as well"),
            ),
        }
        let Some(text) = question.answer.reverse_prompt() else { continue };
        match reverse.entry(loosely_normalized(text)) {
            Entry::Vacant(entry) => {
                entry.insert(parsed.answer_span);
            }
            Entry::Occupied(entry) => context.sink.push(
                DiagnosticBuilder::lint(
                    "alike-reverse-prompts",
                    parsed.answer_span,
                    format!("asked the other way round, “{}” has two answers", excerpt(text)),
                    "say in one of the two what sets it apart (in a Recall: reverse_prompt)",
                )
                .related(*entry.get(), "asked here as well"),
            ),
        }
    }
}

/// Normalizes a text for comparison: ignores case, white space and punctuation at the end. Characters inside stay,
/// because `2 + 3` and `2 - 3` are different prompts.
pub(super) fn loosely_normalized(text: &str) -> String {
    let folded = id_text(text);
    let bare = folded.trim_end_matches(['?', '.', '!', ':', '…', ' ', '？', '。']);
    // A prompt such as "?" or "!" consists of nothing else.
    if bare.is_empty() { folded.to_lowercase() } else { bare.to_lowercase() }
}
