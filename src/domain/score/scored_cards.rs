//! The cards that scores are computed from: looked up once, and then folded on all processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::card::CardState;
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::parallel;
use crate::domain::progress::Progress;
use crate::domain::question::Question;
use crate::domain::summary::CardSummary;

/// A card as it is scored.
#[derive(Clone, Copy, Debug)]
pub struct ScoredCard<'a> {
    /// Index into [`ScoredCards::topics`].
    pub topic: usize,
    /// The probability that a blind guess is right, 0 to 1.
    pub blind_chance: f64,
    /// Its current state.
    pub state: &'a CardState,
    /// What is known of its answers, if it has any events.
    pub summary: Option<&'a CardSummary>,
}

/// A topic of a deck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicKey {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key in the deck.
    pub topic: String,
    /// The topic's name.
    pub name: String,
}

/// Every card of some decks.
#[derive(Clone, Debug, Default)]
pub struct ScoredCards<'a> {
    /// The topics, deck by deck, in the authors' order.
    pub topics: Vec<TopicKey>,
    /// The cards, deck by deck, in the authors' order.
    pub cards: Vec<ScoredCard<'a>>,
}

/// Every card of some decks, for what is computed from single answers: these are read from the log.
#[derive(Clone, Debug)]
pub struct ScoredHistories<'a> {
    /// The cards.
    pub scored: ScoredCards<'a>,
    /// The key of each card.
    pub(super) keys: Vec<CardKey>,
    /// Where the answers are read.
    pub(super) progress: &'a Progress,
}

/// The computation was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// How many cards are processed between two checks whether the computation was cancelled.
pub(super) const CARDS_PER_CANCEL_CHECK: usize = 64;
/// How many cards are summed up at a stretch. Longer sums are made of the sums of such parts, whatever the number of
/// processors, so that they are rounded in the same way on every machine.
const CARDS_PER_PART: usize = 4_000;

impl<'a> ScoredHistories<'a> {
    /// Looks up every card of the decks.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn of(
        decks: impl IntoIterator<Item = &'a Deck>,
        progress: &'a Progress,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let mut keys = Vec::new();
        let scored = ScoredCards::visiting(decks, progress, cancel, |key, _, _| keys.push(key))?;
        Ok(Self { scored, keys, progress })
    }

    /// Keeps the cards of one topic alone.
    pub fn retain_topic(&mut self, topic: usize) {
        let mut is_kept = self.scored.cards.iter().map(|card| card.topic == topic);
        self.keys.retain(|_| is_kept.next().unwrap_or(false));
        drop(is_kept);
        self.scored.cards.retain(|card| card.topic == topic);
    }
}

impl<'a> ScoredCards<'a> {
    /// Looks up every card of the decks.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn of(
        decks: impl IntoIterator<Item = &'a Deck>,
        progress: &'a Progress,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        Self::visiting(decks, progress, cancel, |_, _, _| {})
    }

    /// The same for a caller that needs more of the cards than their scores: `visit` gets the key, the question and
    /// the state of each, in order.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn visiting(
        decks: impl IntoIterator<Item = &'a Deck>,
        progress: &'a Progress,
        cancel: &AtomicBool,
        mut visit: impl FnMut(CardKey, &'a Question, &'a CardState),
    ) -> Result<Self, Cancelled> {
        let mut scored = Self::default();
        for deck in decks {
            let first_topic = scored.topics.len();
            let key = |topic: &str| TopicKey {
                deck: deck.id.clone(),
                topic: topic.to_owned(),
                name: deck.topic_name(topic).to_owned(),
            };
            scored.topics.extend(deck.topics.keys().map(|topic| key(topic)));
            scored.cards.reserve(deck.questions.len());
            for (nth, (card_key, index)) in deck.cards().enumerate() {
                if nth % CARDS_PER_CANCEL_CHECK == 0 && cancel.load(Ordering::Relaxed) {
                    return Err(Cancelled);
                }
                let question = &deck.questions[index];
                let topic = match deck.topics.get_index_of(question.topic.as_str()) {
                    Some(topic) => first_topic + topic,
                    // Cannot happen in a valid deck: every topic that its questions name exists.
                    None => continue,
                };
                let summary = progress.summary(&card_key);
                let state = summary.map_or_else(|| progress.state(&card_key), |summary| &summary.state);
                let blind_chance = question.answer.blind_chance();
                scored.cards.push(ScoredCard { topic, blind_chance, state, summary });
                visit(card_key, question, state);
            }
        }
        Ok(scored)
    }

    /// Folds all cards into `T`. The processors share the parts of the cards, and the results are joined in order.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn fold<T: Send>(
        &self,
        cancel: &AtomicBool,
        empty: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &ScoredCard<'a>) + Sync,
        join: impl Fn(&mut T, T),
    ) -> Result<T, Cancelled> {
        let part = |cards: &[ScoredCard<'a>]| {
            let mut sum = empty();
            for cards in cards.chunks(CARDS_PER_CANCEL_CHECK) {
                if cancel.load(Ordering::Relaxed) {
                    return Err(Cancelled);
                }
                for card in cards {
                    add(&mut sum, card);
                }
            }
            Ok(sum)
        };
        if self.cards.len() <= CARDS_PER_PART {
            return part(&self.cards);
        }
        let parts: Vec<&[ScoredCard<'a>]> = self.cards.chunks(CARDS_PER_PART).collect();
        let sums = parallel::map(&parts, |cards| part(cards));
        let mut total = empty();
        for sum in sums {
            join(&mut total, sum?);
        }
        Ok(total)
    }
}
