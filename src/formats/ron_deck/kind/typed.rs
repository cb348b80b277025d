//! `Typed("…")`, `Typed(["…", ("…", "reading")])` and `Typed(accepted: […], …)`.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Notation;
use crate::domain::grade::is_blank;
use crate::domain::question::{Answer, Kind, TypedAnswer};
use crate::formats::ron_deck::check::loosely_normalized;
use crate::formats::ron_deck::convert::{ConvertContext, ParsedQuestion, present, spanned_texts};
use crate::formats::ron_deck::tree::{Node, StructBody, Value, excerpt};
use crate::formats::ron_deck::write::{WriteOptions, list, named_struct, quoted, with_note};

pub(super) const NOTATION: Notation = Notation {
    example: "Typed([\"…\", \"…\"]) or Typed(accepted: [\"…\"], strict: true)",
    takes_list: true,
};

/// Accepted answers, each with its reading if the file gives one.
type Accepted = Vec<(String, Option<String>)>;

impl ConvertContext<'_, '_> {
    /// Reads `Typed("…")`, `Typed([…])` and `Typed(accepted: […], …)`.
    pub(super) fn typed(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let value = self.single_value(Kind::Typed, body, node)?;
            let accepted = if let Value::Text(_) = &value.value {
                vec![(self.sink.text(value, "the answer")?, None)]
            } else {
                self.accepted_answers(value)?
            };
            return self.with_readings(value, accepted, None, Vec::new(), false);
        };
        let known = ["accepted", "strict", "reading", "also_reverse"];
        let [accepted, strict, reading, also_reverse] = self.sink.sort_fields("Typed", fields, &known);
        let accepted_node = self.sink.required(accepted, "Typed", node.span, "accepted", "[\"…\"]");
        let accepted = accepted_node.and_then(|node| self.accepted_answers(node));
        let strict = self.sink.flag(strict, "strict");
        let reading = self.sink.optional_text(reading, "reading");
        let also_reverse =
            present(also_reverse).and_then(|node| self.words_with_readings(node, "also_reverse"));
        self.with_readings(accepted_node?, accepted?, reading, also_reverse.unwrap_or_default(), strict)
    }

    fn accepted_answers(&mut self, node: &Node<'_>) -> Option<Accepted> {
        let accepted = self.words_with_readings(node, "the accepted answers")?;
        if accepted.is_empty() {
            let message = "no answer is accepted";
            let help = "write at least one between the brackets";
            self.sink.error("no-answer", node.span, message, help);
            return None;
        }
        Some(accepted)
    }

    fn words_with_readings(&mut self, node: &Node<'_>, what: &str) -> Option<Accepted> {
        self.texts_with_notes(node, what, "how it is read aloud")
    }

    /// Builds the answer, and reports words with two different readings. `node` is the node of the accepted answers.
    fn with_readings(
        &mut self,
        node: &Node<'_>,
        accepted: Accepted,
        reading: Option<String>,
        also_reverse: Accepted,
        strict: bool,
    ) -> Option<Answer> {
        let mut readings: IndexMap<String, String> = IndexMap::new();
        let spanned = spanned_texts(node, accepted.iter().map(|(word, _)| word.as_str()));
        if let Some((_, span)) = spanned.iter().find(|(word, _)| word.chars().all(is_blank)) {
            let message = "this answer has no visible character, so nobody can type it";
            self.sink.error("empty-text", *span, message, "write what is to be typed");
            return None;
        }
        let spans = spanned.into_iter().map(|(_, span)| span);
        let spans: Vec<_> = spans.chain(std::iter::repeat_n(node.span, also_reverse.len())).collect();
        let first = accepted.first().map(|(word, _)| word.clone()).unwrap_or_default();
        let first_reading = reading.map(|reading| (first.clone(), Some(reading)));
        let word_spans = first_reading.iter().map(|_| node.span).chain(spans);
        for ((word, reading), span) in
            first_reading.iter().chain(&accepted).chain(&also_reverse).zip(word_spans.collect::<Vec<_>>())
        {
            let Some(reading) = reading else { continue };
            match readings.get(word) {
                Some(known) if known != reading => {
                    let message = format!("“{}” has two readings", excerpt(word));
                    self.sink.error("two-readings", span, message, "keep one of the two");
                }
                _ => {
                    readings.insert(word.clone(), reading.clone());
                }
            }
        }
        let words = |list: Accepted| list.into_iter().map(|(word, _)| word).collect();
        Some(Answer::Typed(TypedAnswer {
            accepted: words(accepted),
            strict,
            reading: readings.shift_remove(&first),
            readings,
            also_reverse: words(also_reverse),
        }))
    }
}

pub(super) fn write(answer: &TypedAnswer, depth: usize, options: WriteOptions) -> String {
    let TypedAnswer { accepted, strict, reading, readings, also_reverse } = answer;
    // Readings are written next to their words, except that of the first word if it is the only one.
    let is_inline =
        options.inline_reading.unwrap_or_else(|| accepted.iter().any(|word| readings.contains_key(word)));
    if !strict && also_reverse.is_empty() && (reading.is_none() || is_inline) && !options.named_fields {
        let words = accepted.iter().map(|word| with_note(word, answer.reading_of(word)));
        return format!("Typed({})", list(words, depth));
    }
    let reading_of = |word: &String| match reading {
        Some(reading) if accepted.first() == Some(word) => is_inline.then_some(reading.as_str()),
        _ => readings.get(word).map(String::as_str),
    };
    let with_readings =
        |words: &[String]| list(words.iter().map(|word| with_note(word, reading_of(word))), depth + 1);
    let mut parts = vec![format!("accepted: {}", with_readings(accepted))];
    parts.extend(strict.then(|| "strict: true".to_owned()));
    let separate = reading.as_ref().filter(|_| !is_inline);
    parts.extend(separate.map(|reading| format!("reading: {}", quoted(reading))));
    if !also_reverse.is_empty() {
        parts.push(format!("also_reverse: {}", with_readings(also_reverse)));
    }
    named_struct("Typed", &parts, depth)
}

pub(super) fn lint(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion, answer: &TypedAnswer) {
    for list in [&answer.accepted, &answer.also_reverse] {
        lint_repeated(context, parsed, list);
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
            let help = "remove one: case and white space make no difference";
            context.sink.lint("repeated-answer", parsed.answer_span, message, help);
        }
    }
}
