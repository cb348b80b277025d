//! High-confidence errors by topic: wrong answers that the learner was sure of, to look at and to study.

use std::sync::Arc;

use indexmap::IndexMap;

use super::core::Core;
use super::scores::ScoresCommand;
use super::study::{Scope, SessionKind, StudyCommand};
use super::{App, Command, Setting};
use crate::domain::answer_text::{AnswerText, answer_text, prompt_text, right_answer_text};
use crate::domain::card::Card;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::ids::CardKey;
use crate::domain::overconfidence::{HighConfidenceError, high_confidence_error};
use crate::domain::queue::StudyCandidate;
use crate::store::Store;

/// The high-confidence errors of one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicMistakes {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key.
    pub topic: String,
    /// Newest first; never empty.
    pub mistakes: Vec<Mistake>,
}

/// A high-confidence error with its card.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The card.
    pub card: CardKey,
    /// The wrong answer.
    pub error: HighConfidenceError,
}

/// The high-confidence errors of a deck by topic, in the deck's order, without suspended cards.
pub(super) fn mistakes_in_deck<'a>(
    deck: &'a Deck,
    cards: impl IntoIterator<Item = (&'a StudyCandidate<'a>, &'a Card)>,
) -> Vec<TopicMistakes> {
    let mut topics: IndexMap<&str, Vec<Mistake>> =
        deck.topics.keys().map(|topic| (topic.as_str(), Vec::new())).collect();
    for (candidate, card) in cards {
        if let Some(error) = high_confidence_error(card).filter(|_| !candidate.state.suspended) {
            topics.entry(candidate.topic).or_default().push(Mistake { card: candidate.key.clone(), error });
        }
    }
    topics.retain(|_, mistakes| !mistakes.is_empty());
    topics
        .into_iter()
        .map(|(topic, mut mistakes)| {
            mistakes
                .sort_by_key(|mistake| std::cmp::Reverse((mistake.error.stamp.utc_ms, mistake.error.event)));
            TopicMistakes { deck: deck.id.clone(), topic: topic.to_owned(), mistakes }
        })
        .collect()
}

/// The command that the list of errors offers first: study them. Without any it turns on the question for confidence, or
/// goes back if that is on already.
pub fn primary(app: &App) -> Command {
    match app.figures().high_confidence_errors.as_slice() {
        [] if !app.settings().ask_confidence => Command::Set(Setting::AskConfidence(true)),
        [] => Command::Scores(ScoresCommand::Back),
        topics => study_command(topics),
    }
}

/// The command that starts a session with exactly the cards of these errors.
pub fn study_command<'a>(topics: impl IntoIterator<Item = &'a TopicMistakes>) -> Command {
    let cards = topics.into_iter().flat_map(|topic| &topic.mistakes).map(|mistake| mistake.card.clone());
    Command::Study(StudyCommand::Start(Scope::Cards(cards.collect()), SessionKind::AllInScope))
}

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
