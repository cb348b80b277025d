//! Reads Typed answers: the accepted texts, each with an optional reading.

use indexmap::IndexMap;

use crate::domain::question::{Answer, Kind};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::tree::{Node, StructBody, Value, excerpt};

use super::ConvertContext;
use super::options::spanned_texts;
use super::read::present;

/// Accepted answers, each with its reading if the file gives one.
type Accepted = Vec<(String, Option<String>)>;

impl ConvertContext<'_, '_> {
    /// Reads `Typed("…")`, `Typed([…])` and `Typed(accepted: […], …)`.
    pub(super) fn typed(&mut self, body: &StructBody<'_>, node: &Node<'_>) -> Option<Answer> {
        let StructBody::Fields(fields) = body else {
            let value = self.single_value(Kind::Typed, body, node)?;
            let accepted = match &value.value {
                Value::Text(_) => vec![(self.sink.text(value, "the answer")?, None)],
                _ => self.accepted_answers(value)?,
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
            let diagnostic = DiagnosticBuilder::error("no-answer", node.span, "no answer is accepted");
            self.sink.push(diagnostic.help("write at least one between the brackets"));
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
        let spans = spanned_texts(node, accepted.iter().map(|(word, _)| word.as_str()))
            .into_iter()
            .map(|(_, span)| span);
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
                    self.sink.push(
                        DiagnosticBuilder::error("two-readings", span, message).help("keep one of the two"),
                    );
                }
                _ => {
                    readings.insert(word.clone(), reading.clone());
                }
            }
        }
        let words = |list: Accepted| list.into_iter().map(|(word, _)| word).collect();
        Some(Answer::Typed {
            accepted: words(accepted),
            strict,
            reading: readings.shift_remove(&first),
            readings,
            also_reverse: words(also_reverse),
        })
    }
}
