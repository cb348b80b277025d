//! Lints: things that work but could be better.

use crate::domain::question::{Answer, ChoiceAnswer, Question};

use super::convert::{ConvertContext, KeyTable, ParsedQuestion};
use super::tree::{Span, excerpt};
use super::{images, kind};

/// With fewer Choice questions, a pattern may be chance.
const MIN_CHOICES: usize = 5;

/// Lints the deck. `list` is the span of the list of questions. `is_complete` says that every question could be read,
/// so that a key without use is certainly unused.
pub(super) fn deck(
    context: &mut ConvertContext<'_, '_>,
    questions: &[ParsedQuestion],
    list: Span,
    is_complete: bool,
) {
    let has_passages = !context.passages.names.is_empty();
    for parsed in questions {
        question(context, parsed, has_passages);
    }
    lint_longest_right(context, questions, list);
    if is_complete {
        let unused = [
            (
                &context.topics,
                "unused-topic",
                "no question has the topic",
                "remove it, or write a question for it",
            ),
            (
                &context.passages,
                "unused-passage",
                "no question cites",
                "write a question on it, or remove it",
            ),
        ];
        for (keys, code, message, help) in unused {
            for (key, span) in unused_keys(keys) {
                context.sink.lint(code, span, format!("{message} \"{}\"", excerpt(key)), help);
            }
        }
    }
}

/// The keys that no question uses, with their spans.
fn unused_keys(keys: &KeyTable) -> impl Iterator<Item = (&str, Span)> {
    keys.names
        .keys()
        .zip(&keys.spans)
        .zip(&keys.used)
        .filter(|(_, used)| !**used)
        .map(|((key, span), _)| (key.as_str(), *span))
}

/// Lints one question.
pub(super) fn question(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion, has_passages: bool) {
    let question = &parsed.question;
    if question.explain.is_none() {
        let message = "this question has no explanation";
        let help = "add explain: \"…\", shown with the verdict";
        context.sink.lint("no-explanation", parsed.id_span, message, help);
    }
    if has_passages && question.cite.is_empty() {
        let message = "this question cites no passage of the source";
        let help = "add cite: [\"…\"]";
        context.sink.lint("no-citation", parsed.id_span, message, help);
    }
    images::lint(context, parsed);
    kind::lint(context, parsed);
}

/// Lints a deck in which picking the longest option is usually right.
fn lint_longest_right(context: &mut ConvertContext<'_, '_>, questions: &[ParsedQuestion], list: Span) {
    let choices: Vec<bool> =
        questions.iter().filter_map(|parsed| right_is_longest(&parsed.question)).collect();
    let longest = choices.iter().filter(|longest| **longest).count();
    if choices.len() >= MIN_CHOICES && longest * 10 > choices.len() * 6 {
        let opening = context.sink.line_index.first_char(list);
        let message = format!("in {longest} of {} choices the right option is the longest", choices.len());
        let help = "make some wrong options as long, or shorten the right ones";
        context.sink.lint("longest-is-right", opening, message, help);
    }
}

/// Whether the right option of a Choice is the longest; `None` for other kinds.
fn right_is_longest(question: &Question) -> Option<bool> {
    let Answer::Choice(ChoiceAnswer { right, wrong }) = &question.answer else { return None };
    let length = right.chars().count();
    Some(wrong.iter().all(|option| option.text.chars().count() < length))
}

/// Whether a text has the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|year| digits(year, 4))
        && parts.by_ref().take(2).all(|part| digits(part, 2))
        && parts.next().is_none()
}
