//! Lints: things that work but could be better.

use std::collections::HashSet;

use crate::domain::cloze::{Cloze, ClozePiece};
use crate::domain::question::{Answer, Question, WrongOption};

use super::check::loosely_normalized;
use super::convert::{ConvertContext, KeyTable, ParsedQuestion};
use super::diagnostics::DiagnosticBuilder;
use super::images;
use super::tree::{Span, excerpt};

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
                let diagnostic =
                    DiagnosticBuilder::lint(code, span, format!("{message} \"{}\"", excerpt(key)));
                context.sink.push(diagnostic.help(help));
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
        let diagnostic =
            DiagnosticBuilder::lint("no-explanation", parsed.id_span, "this question has no explanation");
        context.sink.push(diagnostic.help("add explain: \"…\", shown with the verdict"));
    }
    if has_passages && question.cite.is_empty() {
        let diagnostic = DiagnosticBuilder::lint(
            "no-citation",
            parsed.id_span,
            "this question cites no passage of the source",
        );
        context.sink.push(diagnostic.help("add cite: [\"…\"]"));
    }
    images::lint(context, parsed);
    match &question.answer {
        Answer::Choice { right, wrong } => {
            lint_catch_all(context, parsed, std::slice::from_ref(right), wrong)
        }
        Answer::Choices { right, wrong } => lint_catch_all(context, parsed, right, wrong),
        Answer::Typed { accepted, also_reverse, .. } => {
            for list in [accepted, also_reverse] {
                lint_repeated(context, parsed, list);
            }
        }
        Answer::Cloze(cloze) if !cloze.any_order && is_list_of_gaps(cloze) => {
            let message = "these gaps are a list, and each is right only in its own place";
            let diagnostic = DiagnosticBuilder::lint("list-of-gaps", parsed.answer_span, message);
            let with = "Cloze(any_order: true)";
            let diagnostic =
                diagnostic.help(format!("write answer: {with} where their order does not matter"));
            context.sink.push(diagnostic.fix("Take them in any order", parsed.answer_span, with));
        }
        Answer::Number { value, within, unit } => {
            lint_tolerance(context, parsed, *value, *within, unit.is_some())
        }
        _ => {}
    }
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

/// Lints options such as "All of the above", which make no sense because options are shuffled.
fn lint_catch_all(
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
            let diagnostic = DiagnosticBuilder::lint("catch-all-option", parsed.answer_span, message);
            context.sink.push(diagnostic.help("write out what is meant, or ask for several with Choices"));
        }
    }
}

/// Lints accepted answers that differ only in what grading ignores.
fn lint_repeated(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion, accepted: &[String]) {
    if accepted.len() < 2 {
        return;
    }
    let mut seen = HashSet::with_capacity(accepted.len());
    for text in accepted {
        if !seen.insert(loosely_normalized(text)) {
            let message = format!("“{}” is accepted twice", excerpt(text));
            let diagnostic = DiagnosticBuilder::lint("repeated-answer", parsed.answer_span, message);
            context.sink.push(diagnostic.help("remove one: case and white space make no difference"));
        }
    }
}

/// Lints a tolerance that is too wide to test anything.
fn lint_tolerance(
    context: &mut ConvertContext<'_, '_>,
    parsed: &ParsedQuestion,
    value: f64,
    within: f64,
    has_unit: bool,
) {
    let is_year = !has_unit && value.fract() == 0.0 && (1000.0..=2100.0).contains(&value);
    // A tenth of a year number would be two centuries, and a tenth of 0 would forbid any tolerance.
    let most = if is_year { 10.0 } else { value.abs() / 10.0 };
    if within > most && value != 0.0 {
        let message = format!("within: {within} forgives too much");
        let help = format!("at most {most} is usual here");
        context.sink.push(DiagnosticBuilder::lint("wide-tolerance", parsed.answer_span, message).help(help));
    }
}

/// Lints a deck in which picking the longest option is usually right.
fn lint_longest_right(context: &mut ConvertContext<'_, '_>, questions: &[ParsedQuestion], list: Span) {
    let choices: Vec<bool> =
        questions.iter().filter_map(|parsed| right_is_longest(&parsed.question)).collect();
    let longest = choices.iter().filter(|longest| **longest).count();
    if choices.len() >= MIN_CHOICES && longest * 10 > choices.len() * 6 {
        let opening = context.sink.line_index.first_char(list);
        let message = format!("in {longest} of {} choices the right option is the longest", choices.len());
        let diagnostic = DiagnosticBuilder::lint("longest-is-right", opening, message);
        context.sink.push(diagnostic.help("make some wrong options as long, or shorten the right ones"));
    }
}

/// Whether the right option of a Choice is the longest; `None` for other kinds.
fn right_is_longest(question: &Question) -> Option<bool> {
    let Answer::Choice { right, wrong } = &question.answer else { return None };
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
