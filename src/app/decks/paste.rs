//! A pasted list with one question per line, interpreted like an imported file.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::deck::Deck;
use crate::domain::question::Question;
use crate::formats::import::{ImportAs, ImportOptions, read, sniff};
use crate::text::words;

/// The result of interpreting a pasted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastedQuestions {
    /// In the order of the lines.
    pub questions: Vec<Question>,
    /// Why lines were skipped, one message each.
    pub skipped: Vec<String>,
    /// Number of skipped lines.
    pub skipped_count: usize,
}

/// The ids of a deck's questions.
pub fn question_ids(deck: &Deck) -> HashSet<Arc<str>> {
    deck.questions.iter().map(|question| question.id.clone()).collect()
}

/// Reads a list as questions of a topic. Questions whose ids are in `taken_ids` are skipped, because they exist
/// already.
pub fn questions(
    text: &str,
    import_as: ImportAs,
    topic: &str,
    taken_ids: &HashSet<Arc<str>>,
) -> PastedQuestions {
    // Text that cannot be interpreted contains no question; the dialog shows how many there are.
    let Ok(sniffed) = sniff("", text.as_bytes()) else { return PastedQuestions::default() };
    let options = ImportOptions { import_as, has_headings: false, ..sniffed.options.clone() };
    let Ok(imported) = read(&sniffed, &options, &mut |_| true) else { return PastedQuestions::default() };
    let mut pasted = PastedQuestions {
        skipped: imported.skipped.rows.iter().map(ToString::to_string).collect(),
        skipped_count: imported.skipped.total,
        questions: Vec::new(),
    };
    for question in imported.questions {
        if taken_ids.contains(&question.id) {
            let prompt = words::excerpt(&question.prompt);
            pasted.skipped.push(crate::text::decks::asked_already(&prompt));
            pasted.skipped_count += 1;
        } else {
            pasted.questions.push(Question { topic: topic.to_owned(), ..question });
        }
    }
    pasted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ron_deck::question_id_from_prompt;

    #[test]
    fn the_separator_is_detected_and_skipped_lines_are_reported() {
        for separator in ["\t", " = ", " - ", ";", ": "] {
            let text = format!("Nearest planet{separator}Mercury\n\nLargest planet{separator}Jupiter\n");
            let pasted = questions(&text, ImportAs::Typed, "t", &HashSet::new());
            let prompts: Vec<&str> = pasted.questions.iter().map(|it| it.prompt.as_str()).collect();
            assert_eq!(prompts, ["Nearest planet", "Largest planet"], "{separator:?}");
        }
        let pasted = questions("a\tb\nlonely\na\tc\n", ImportAs::Typed, "t", &HashSet::new());
        assert_eq!((pasted.questions.len(), pasted.skipped_count), (1, 2), "{:?}", pasted.skipped);
        let pasted =
            questions("a\tb\n", ImportAs::Typed, "t", &HashSet::from([question_id_from_prompt("a").into()]));
        assert_eq!((pasted.questions.len(), pasted.skipped_count), (0, 1));
    }
}
