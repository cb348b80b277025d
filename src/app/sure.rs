//! The answers that the learner was sure of and that were wrong, by topic: for looking at, and for a session.

use std::sync::Arc;

use indexmap::IndexMap;

use super::App;
use super::command::{Command, Scope, Take};
use crate::domain::answer_words::{AnswerWords, answer_words, asked_words, right_words};
use crate::domain::card::Card;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::ids::CardKey;
use crate::domain::question::Question;
use crate::domain::queue::Candidate;
use crate::domain::sure::{SureButWrong, sure_but_wrong};
use crate::store::Store;

/// The mistakes of one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicMistakes {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key.
    pub topic: String,
    /// Newest first; never empty.
    pub mistakes: Vec<Mistake>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The card.
    pub card: CardKey,
    /// The answer.
    pub answer: SureButWrong,
}

/// The mistakes in a deck's cards, suspended ones left out, in the order of its topics.
pub(super) fn of_deck<'a>(
    deck: &'a Deck,
    cards: impl IntoIterator<Item = (&'a Candidate<'a>, &'a Card)>,
) -> Vec<TopicMistakes> {
    let mut topics: IndexMap<&str, Vec<Mistake>> =
        deck.topics.keys().map(|topic| (topic.as_str(), Vec::new())).collect();
    for (candidate, card) in cards {
        if let Some(answer) = sure_but_wrong(card).filter(|_| !candidate.state.suspended) {
            topics.entry(candidate.topic).or_default().push(Mistake { card: candidate.key.clone(), answer });
        }
    }
    topics.retain(|_, mistakes| !mistakes.is_empty());
    topics
        .into_iter()
        .map(|(topic, mut mistakes)| {
            mistakes.sort_by_key(|mistake| {
                std::cmp::Reverse((mistake.answer.stamp.utc_ms, mistake.answer.event))
            });
            TopicMistakes { deck: deck.id.clone(), topic: topic.to_owned(), mistakes }
        })
        .collect()
}

/// A session over exactly the cards of these mistakes.
pub fn study<'a>(topics: impl IntoIterator<Item = &'a TopicMistakes>) -> Command {
    let cards = topics.into_iter().flat_map(|topic| &topic.mistakes).map(|mistake| mistake.card.clone());
    Command::Start(Scope::Cards(cards.collect()), Take::These)
}

impl App {
    /// The deck and the question of a card; `None` when no deck has it.
    pub fn question_of(&self, card: &CardKey) -> Option<(&Arc<Deck>, &Question)> {
        let (deck, question) = *self.library.questions().get(card)?;
        let deck = &self.library.decks()[deck].deck;
        Some((deck, &deck.questions[question]))
    }

    /// The mistakes as they are to be read from the log.
    pub(super) fn unread_mistakes(&self) -> Vec<Unread> {
        let mistakes = self.figures.sure_but_wrong.iter().flat_map(|topic| &topic.mistakes);
        let unread = mistakes.filter_map(|mistake| {
            let (deck, question) = *self.library.questions().get(&mistake.card)?;
            let deck = self.library.decks()[deck].deck.clone();
            Some(Unread { deck, question, mistake: mistake.clone() })
        });
        unread.collect()
    }
}

/// A mistake in plain words, CommonMark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MistakeWords {
    /// What was asked.
    pub prompt: String,
    /// What was answered, and what is right.
    pub answer: AnswerWords,
}

/// A mistake whose answer is still to be read.
#[derive(Clone, Debug)]
pub(super) struct Unread {
    deck: Arc<Deck>,
    question: usize,
    mistake: Mistake,
}

impl Unread {
    pub(super) fn event(&self) -> EventId {
        self.mistake.answer.event
    }

    /// Reads it.
    pub(super) fn told(&self, store: &Store) -> MistakeWords {
        let (question, facet) = (&self.deck.questions[self.question], &self.mistake.card.facet);
        let answer = match store.given(self.event()) {
            Ok(Some(given)) => answer_words(question, facet, &given),
            // What is right can be told even where the log does not give the answer.
            Ok(None) | Err(_) => AnswerWords { given: String::new(), right: right_words(question, facet) },
        };
        MistakeWords { prompt: asked_words(&self.deck, question, facet), answer }
    }
}
