//! A deck as a table.

use crate::domain::deck::Deck;

pub use super::answer_text::{answer_text, kind_name};
use super::cells::push_row;

/// The columns, in their order; [`crate::formats::import`] knows them by these names.
pub const COLUMNS: [&str; 8] = ["prompt", "answer", "topic", "tags", "explanation", "hint", "kind", "id"];

/// A deck as CSV: commas, CRLF, quotation marks where they are needed, the first row naming the columns.
///
/// `topic` is the topic's name. `tags` have commas between them. `id` is empty where the author wrote none.
/// `kind` is that of the deck file, and `Both` for a recall that is asked both ways. What is read back as
/// it was: Recall, Number (`1953 ± 2 years`), Date (`2023-04-26 ± 3`), Bool (`true`), Cloze (its gaps stay in the
/// prompt) and the accepted answers of Typed, with ` | ` between them. The other kinds are there to be read by people:
/// the right options with `✓` and the wrong ones with `✗`, an order as a numbered list, pairs and groups a
/// line each; read back, they are recalled.
///
/// ```
/// use linchpin::formats::{export, ron_deck};
///
/// let deck = ron_deck::parse(
///     r#"Deck(format: 1, id: "war", title: "The war", topics: {"dates": "Dates"}, questions: [
///         (id: "begin", topic: "dates", prompt: "When did it begin?", answer: Number(1950)),
///     ])"#,
/// );
/// let table = deck.deck.map(|deck| export::csv::table(&deck));
/// assert_eq!(
///     table.as_deref(),
///     Some("prompt,answer,topic,tags,explanation,hint,kind,id\r\nWhen did it begin?,1950,Dates,,,,Number,begin\r\n")
/// );
/// ```
pub fn table(deck: &Deck) -> String {
    let mut out = String::with_capacity(deck.questions.len() * 160);
    push_row(&mut out, COLUMNS);
    for question in deck.questions.iter() {
        let cell = answer_text(&question.answer);
        let tags = tags_cell(&question.tags);
        push_row(
            &mut out,
            [
                question.prompt.as_str(),
                &cell,
                deck.topic_name(&question.topic),
                &tags,
                question.explain.as_deref().unwrap_or(""),
                question.hint.as_deref().unwrap_or(""),
                kind_name(&question.answer),
                if question.id_is_written { &*question.id } else { "" },
            ],
        );
    }
    out
}

fn tags_cell(tags: &[String]) -> String {
    let joined = tags.join(", ");
    // A single tag of several words would else be read as several tags.
    if tags.len() == 1 && joined.contains(char::is_whitespace) { joined + "," } else { joined }
}
