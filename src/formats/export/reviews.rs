//! The review history as CSV: one row per answer that was not undone.

use std::io::{self, Write};

use jiff::Timestamp;

use super::cells::push_row;
use crate::domain::answer_text::prompt_text;
use crate::domain::card::{Card, CardEvent};
use crate::domain::deck::Deck;
use crate::domain::event::{Change, Confidence, Due};
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::question::Question;
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

/// Writes the row with the column names.
///
/// # Errors
/// Those of the writer.
pub fn write_heading(out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    push_row(&mut line, COLUMNS);
    out.write_all(line.as_bytes())
}

/// Writes the answers of one card, oldest first. `source` is its deck and question, or `None` if they no longer
/// exist; the columns `topic` and `prompt` are empty then.
///
/// # Errors
/// Those of the writer.
pub fn write_card(
    out: &mut dyn Write,
    key: &CardKey,
    source: Option<(&Deck, &Question)>,
    card: &Card,
    model: &MemoryModel,
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
    card.replay(|state, CardEvent { stamp, change, .. }| {
        let Change::Answer(review) = change else { return };
        if result.is_err() {
            return;
        }
        let recall = state.recall(model, stamp.day);
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
            ],
        );
        result = out.write_all(line.as_bytes());
    });
    result
}

/// When a card became due: a study day, or the time of a learning step.
fn due_text(due: Due) -> String {
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
