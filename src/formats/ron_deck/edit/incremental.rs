//! Incremental parsing: the deck after an edit, reading only the changed parts of the text.

use std::ops::Range;
use std::sync::Arc;

use super::Edit;
use crate::domain::deck::{Deck, QuestionSpan};
use crate::domain::question::Question;
use crate::formats::ron_deck::parse;

/// With more splices than this, the whole text is parsed.
const MAX_SPLICES: usize = 64;

/// The deck after an edit (or the inverse of one). The result is the same as parsing the whole text `after`, but only
/// the surroundings of the changes are read. `None` if the text contains no usable deck any more.
///
/// There is one exception: invalid questions far from the changes are not read again. If the edit adds the topic that
/// such a question lacked, the question appears only when the deck is read the next time.
pub fn deck_after_edit(deck: &Deck, before: &str, edit: &Edit, after: &str) -> Option<Deck> {
    reparse_around(deck, before, edit, after).or_else(|| parse(after).deck)
}

/// Consecutive questions that an edit does not touch.
struct UnchangedRun {
    /// Their indexes in the old deck.
    questions: Range<usize>,
    /// How many bytes and lines they move by; negative towards the beginning.
    byte_shift: i64,
    line_shift: i64,
}

impl UnchangedRun {
    /// The new span of a question of this run.
    fn shifted(&self, span: QuestionSpan) -> QuestionSpan {
        let shift = |at: u32, by: i64| u32::try_from(i64::from(at) + by).unwrap_or(u32::MAX);
        QuestionSpan {
            start: shift(span.start, self.byte_shift),
            end: shift(span.end, self.byte_shift),
            line: shift(span.line, self.line_shift),
        }
    }
}

/// The unchanged runs between the splices.
fn unchanged_runs(deck: &Deck, before: &str, edit: &Edit) -> Vec<UnchangedRun> {
    let mut runs = Vec::with_capacity(edit.splices.len() + 1);
    let (mut from, mut byte_shift, mut line_shift) = (0, 0, 0);
    let newlines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as i64;
    for splice in &edit.splices {
        let run_end = deck.spans.partition_point(|span| span.end as usize <= splice.range.start);
        let next = deck.spans.partition_point(|span| (span.start as usize) < splice.range.end);
        if from < run_end {
            runs.push(UnchangedRun { questions: from..run_end, byte_shift, line_shift });
        }
        from = next.max(run_end).max(from);
        byte_shift += splice.replacement.len() as i64 - splice.range.len() as i64;
        line_shift +=
            newlines(&splice.replacement) - newlines(before.get(splice.range.clone()).unwrap_or(""));
    }
    if from < deck.spans.len() {
        runs.push(UnchangedRun { questions: from..deck.spans.len(), byte_shift, line_shift });
    }
    runs
}

/// Parses the text without the unchanged runs, and puts the runs back. `None` if the result would not be reliable.
fn reparse_around(deck: &Deck, before: &str, edit: &Edit, after: &str) -> Option<Deck> {
    // With very many changes, reading the whole text is faster.
    if edit.splices.len() > MAX_SPLICES {
        return None;
    }
    let runs = unchanged_runs(deck, before, edit);
    // Leave out all questions of a run but the last one. That one is read again and shows where the run belongs.
    let mut text = String::new();
    let mut from = 0;
    let mut omitted_runs = Vec::with_capacity(runs.len());
    for run in &runs {
        let first = run.shifted(*deck.spans.get(run.questions.start)?);
        let last = run.shifted(*deck.spans.get(run.questions.end - 1)?);
        text.push_str(after.get(from..first.start as usize)?);
        omitted_runs.push(OmittedRun { at: text.len(), run, last });
        from = last.start as usize;
    }
    text.push_str(after.get(from..)?);

    let reparsed = parse(&text).deck?;
    let mut omitted_runs = omitted_runs.into_iter().peekable();
    let mut questions: Vec<Arc<Question>> =
        Vec::with_capacity(deck.questions.len() + reparsed.questions.len());
    let mut spans = Vec::with_capacity(questions.capacity());
    let (mut byte_shift, mut line_shift) = (0, 0);
    for (question, span) in reparsed.questions.iter().zip(&reparsed.spans) {
        match omitted_runs.peek() {
            Some(omitted) if omitted.at == span.start as usize => {
                questions.extend_from_slice(deck.questions.get(omitted.run.questions.clone())?);
                spans.extend(
                    deck.spans[omitted.run.questions.clone()].iter().map(|span| omitted.run.shifted(*span)),
                );
                byte_shift = omitted.last.start.checked_sub(span.start)?;
                line_shift = omitted.last.line.checked_sub(span.line)?;
                omitted_runs.next();
            }
            Some(omitted) if omitted.at < span.start as usize => return None,
            _ => {
                questions.push(question.clone());
                let line = span.line + line_shift;
                spans.push(QuestionSpan { start: span.start + byte_shift, end: span.end + byte_shift, line });
            }
        }
    }
    if omitted_runs.next().is_some() {
        return None;
    }
    Some(reparsed.with_questions(questions, spans))
}

/// A run that was left out of the text that is read again, except for its last question.
struct OmittedRun<'r> {
    at: usize,
    run: &'r UnchangedRun,
    /// The span of its last question in the new text.
    last: QuestionSpan,
}
