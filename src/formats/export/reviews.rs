//! The review history as CSV: one row per answer that was not undone.

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::Timestamp;

use super::cells::push_row;
use crate::domain::answer_text::prompt_text;
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, Change, Confidence, Due, EventId};
use crate::domain::history::{CardEvent, CardHistory};
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::question::Question;
use crate::domain::task::Response;
use crate::formats::formula::guarded;
use crate::formats::markdown;

/// Longer prompts are cut to this many characters: the column only has to tell questions apart.
const MAX_PROMPT_CHARS: usize = 80;

/// The columns, in order.
pub const COLUMNS: [&str; 19] = [
    "deck",
    "question",
    "facet",
    "topic",
    "prompt",
    "study_day",
    "time_utc",
    "offset_minutes",
    "source",
    "kind",
    "rating",
    "proposed",
    "score",
    "blind_chance",
    "hint_used",
    "confidence",
    "latency_ms",
    "next_due",
    "recall_before",
];

/// The columns with what was answered, which follow the others where they are wanted: in words, and as it is stored.
const ANSWER_COLUMNS: [&str; 2] = ["answer", "answer_json"];

/// Writes the row with the column names.
///
/// # Errors
/// Those of the writer.
pub fn write_heading(out: &mut dyn Write, with_answers: bool) -> io::Result<()> {
    let mut line = String::new();
    push_row(&mut line, COLUMNS.into_iter().chain(ANSWER_COLUMNS.into_iter().filter(|_| with_answers)));
    out.write_all(line.as_bytes())
}

/// Writes the answers of one card, oldest first. `source` is its deck and question, or `None` if they no longer
/// exist; the columns `topic` and `prompt` are empty then. `records` has what was answered, if that is wanted.
///
/// # Errors
/// Those of the writer.
pub fn write_card(
    out: &mut dyn Write,
    key: &CardKey,
    source: Option<(&Deck, &Question)>,
    history: &CardHistory,
    model: &MemoryModel,
    records: Option<&HashMap<EventId, AnswerRecord>>,
) -> io::Result<()> {
    let deck = guarded(&key.deck);
    let question = guarded(&key.question);
    let facet = key.facet.as_text();
    let topic = guarded(source.map_or("", |(_, question)| question.topic.as_str()));
    let prompt =
        source.map_or_else(String::new, |(deck, question)| excerpt(&prompt_text(deck, question, &key.facet)));
    let prompt = guarded(&prompt);
    let mut line = String::new();
    let mut result = Ok(());
    history.replay(model, |state, CardEvent { id, stamp, change, .. }| {
        let Change::Answer(review) = change else { return };
        if result.is_err() {
            return;
        }
        let recall = state.recall(model, stamp.day);
        let answer = records.map(|records| answer_cells(records.get(id)));
        line.clear();
        push_row(
            &mut line,
            [
                &*deck,
                &*question,
                &facet,
                &*topic,
                &*prompt,
                &stamp.day.date().to_string(),
                &time_text(stamp.utc_ms),
                &stamp.offset_minutes.to_string(),
                review.source.name(),
                review.kind.name(),
                &review.rating.number().to_string(),
                &review.proposed_rating.number().to_string(),
                &review.score.to_string(),
                &review.blind_chance.to_string(),
                if review.hint_used { "true" } else { "false" },
                review.confidence.map_or("", Confidence::name),
                &review.latency_ms.to_string(),
                // Practice and tests that only measure do not reschedule the card, so the due date in the log never
                // applied.
                &if review.source.moves_schedule() { due_text(review.due) } else { String::new() },
                &recall.map_or_else(String::new, |recall| format!("{recall:.6}")),
            ]
            .into_iter()
            .chain(answer.iter().flatten().map(String::as_str)),
        );
        result = out.write_all(line.as_bytes());
    });
    result
}

/// The cells of [`ANSWER_COLUMNS`]; empty if what was answered is not known.
fn answer_cells(record: Option<&AnswerRecord>) -> [String; 2] {
    let Some(record) = record else { return Default::default() };
    let words = match &record.response {
        // What was recalled was not typed; the rating says whether it was right.
        Response::Recall => String::new(),
        response => response.text(&record.shown_options),
    };
    let json = serde_json::json!({ "response": record.response, "shown": record.shown_options });
    [guarded(&words).into_owned(), json.to_string()]
}

/// When a card became due: a study day, or the time of a learning step.
pub(super) fn due_text(due: Due) -> String {
    match due {
        Due::Day(day) => day.date().to_string(),
        Due::At(ms) => time_text(ms),
    }
}

/// RFC 3339 in UTC with milliseconds. Empty if the number is out of range, which happens only in a damaged log.
fn time_text(utc_ms: i64) -> String {
    Timestamp::from_millisecond(utc_ms).map_or_else(|_| String::new(), |time| format!("{time:.3}"))
}

/// The beginning of a prompt, on one line and without Markdown.
fn excerpt(prompt: &str) -> String {
    let words = markdown::plain(prompt);
    let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(MAX_PROMPT_CHARS) {
        line.truncate(end);
        line.push('…');
    }
    line
}
