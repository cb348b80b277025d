//! The answers of high-confidence errors, read from the log for their page.

use std::sync::Arc;

use crate::app::core::Core;
use crate::app::overconfidence::Mistake;
use crate::domain::answer_text::{AnswerText, answer_text, prompt_text, right_answer_text};
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::store::Store;

/// The errors whose answers are still to be read from the log.
pub(super) fn unread_mistakes(core: &Core) -> Vec<UnreadMistake> {
    let mistakes = core.figures.high_confidence_errors.iter().flat_map(|topic| &topic.mistakes);
    let unread = mistakes.filter_map(|mistake| {
        let (deck, question) = *core.card_locations().get(&mistake.card)?;
        let deck = core.library.decks()[deck].deck.clone();
        Some(UnreadMistake { deck, question, mistake: mistake.clone() })
    });
    unread.collect()
}

/// An error as CommonMark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MistakeSummary {
    /// The prompt.
    pub prompt: String,
    /// The learner's answer and the right one.
    pub answer: AnswerText,
}

/// An error whose answer is still to be read from the log.
#[derive(Clone, Debug)]
pub(super) struct UnreadMistake {
    deck: Arc<Deck>,
    question: usize,
    mistake: Mistake,
}

impl UnreadMistake {
    pub(super) fn event(&self) -> EventId {
        self.mistake.error.event
    }

    /// Reads the answer.
    pub(super) fn read(&self, store: &Store) -> MistakeSummary {
        let (question, facet) = (&self.deck.questions[self.question], &self.mistake.card.facet);
        let answer = match store.answer_record(self.event()) {
            Ok(Some(record)) => answer_text(question, facet, &record),
            // The right answer can be shown even if the learner's cannot be read.
            Ok(None) | Err(_) => {
                AnswerText { response: String::new(), right: right_answer_text(question, facet) }
            }
        };
        MistakeSummary { prompt: prompt_text(&self.deck, question, facet), answer }
    }
}
