//! High-confidence errors by topic: wrong answers that the learner was sure of, to look at and to study.

use std::sync::Arc;

use indexmap::IndexMap;

use super::scope::SessionOffer;
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::overconfidence::HighConfidenceError;
use crate::domain::queue::StudyCandidate;
use crate::domain::summary::CardSummary;

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
    cards: impl IntoIterator<Item = (&'a StudyCandidate<'a>, &'a CardSummary)>,
) -> Vec<TopicMistakes> {
    let mut topics: IndexMap<&str, Vec<Mistake>> =
        deck.topics.keys().map(|topic| (topic.as_str(), Vec::new())).collect();
    for (candidate, summary) in cards.into_iter().filter(|(candidate, _)| !candidate.state.suspended) {
        if let Some(error) = &summary.high_confidence_error {
            let mistake = Mistake { card: candidate.key.clone(), error: **error };
            topics.entry(candidate.topic).or_default().push(mistake);
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

/// A session on exactly the cards of these errors.
pub fn session_on<'a>(topics: impl IntoIterator<Item = &'a TopicMistakes>) -> SessionOffer {
    let cards = topics.into_iter().flat_map(|topic| &topic.mistakes).map(|mistake| mistake.card.clone());
    SessionOffer::on_cards(cards.collect())
}
