//! A deck as a CSV table.

use crate::domain::deck::Deck;

use super::cells::push_row;
pub use crate::formats::answer_cell::{answer_cell, kind_name};
use crate::formats::formula::guarded;

/// The columns, in order. [`crate::formats::import`] recognizes them by these names.
pub const COLUMNS: [&str; 8] = ["prompt", "answer", "topic", "tags", "explanation", "hint", "kind", "id"];

/// Writes a deck as CSV: comma separators, CRLF line ends, quotation marks only where needed, column names in the
/// first row.
///
/// `topic` is the topic's name. `tags` are separated by commas. `id` is empty if the author wrote none. `kind` is
/// the name used in deck files, or `Both` for a Recall with a reverse card.
///
/// These kinds survive a round trip through [`crate::formats::import`]: Recall, Number (`1953 ± 2 years`), Date
/// (`2023-04-26 ± 3`), Bool (`true`), Cloze (its gaps stay in the prompt), and the accepted answers of Typed
/// (separated by ` | `). The others are written for people: right options with `✓`, wrong ones with `✗`, an Order as
/// a numbered list, a Match or Sort with one line per pair or bin. Imported again, they become Recall.
///
/// A cell that a spreadsheet would run as a formula has an apostrophe before it, which the import takes away where the
/// table has all of these columns.
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
        let cell = answer_cell(&question.answer);
        let tags = tags_cell(&question.tags);
        let cells = [
            question.prompt.as_str(),
            &cell,
            deck.topic_name(&question.topic),
            &tags,
            question.explain.as_deref().unwrap_or(""),
            question.hint.as_deref().unwrap_or(""),
            kind_name(&question.answer),
            if question.id_is_written { &*question.id } else { "" },
        ]
        .map(guarded);
        push_row(&mut out, cells.iter().map(|cell| &**cell));
    }
    out
}

fn tags_cell(tags: &[String]) -> String {
    let joined = tags.join(", ");
    // The importer splits at spaces if there is no comma, so a single tag of several words gets a trailing comma.
    if tags.len() == 1 && joined.contains(char::is_whitespace) { joined + "," } else { joined }
}
