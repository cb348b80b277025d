//! The page of one topic: its cards by weakness, confusions and cited passages.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::core::Core;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, EventId, ReviewSource};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::replay::ReplayError;
use crate::domain::score::Period;
use crate::domain::score::confusion::{Confusion, confusions};
use crate::domain::score::passages::{PassageScore, passage_scores_of};
use crate::domain::score::scored_cards::{Cancelled, ScoredHistories};
use crate::domain::score::study_set::StudySet;
use crate::domain::score::table::{TopicRow, TopicTable};
use crate::domain::score::weakness::{CardScore, by_weakness};
use crate::store::Store;

/// Maximum number of wrong answers that are searched for confusions, newest first.
const MAX_ANSWERS: usize = 5_000;

/// The content of the page of a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicDetail {
    /// The topic's row of the table, with the accuracy of the period.
    pub row: TopicRow,
    /// Its cards, weakest first.
    pub cards: Vec<CardScore>,
    /// Cards that are not suspended, weakest first.
    pub unsuspended: StudySet,
    /// Number of questions of the topic.
    pub questions: usize,
    /// Answers that were confused with others in the period, most frequent first; empty until the answers are
    /// read.
    pub confusions: Vec<Confusion>,
    /// The passages that its questions cite, each with the score of these questions only.
    pub passages: Vec<PassageScore>,
}

impl TopicDetail {
    /// Computes the page without confusions, and the answers that are to be read for them. `None` if there is
    /// no such topic.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub(super) fn compute(
        deck: &Deck,
        topic: &str,
        progress: &Progress,
        model: &MemoryModel,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Option<(Self, WrongAnswers)>, ReplayError> {
        let Some(at) = deck.topics.get_index_of(topic) else { return Ok(None) };
        let mut scored = ScoredHistories::of([deck], progress, cancel)?;
        // The histories of other topics are not needed.
        scored.retain_topic(at);
        let table = TopicTable::of_period(&scored, model, today, period, cancel)?;
        let Some(row) = table.rows.into_iter().nth(at) else { return Ok(None) };
        let cards = by_weakness(deck, topic, progress, model, today, period, cancel)?;
        let keys = cards.iter().map(|card| (card.key.clone(), card.question));
        let wrong = WrongAnswers::of(keys, progress, period, today, cancel)?;
        let only = |index: usize| deck.questions[index].topic == topic;
        let mut passages = passage_scores_of(deck, only, progress, model, today, cancel)?;
        passages.retain(|passage| passage.score.cards > 0);
        let askable = cards.iter().filter(|card| !card.suspended).map(|card| card.key.clone()).collect();
        let questions = deck.questions.iter().filter(|question| question.topic == topic).count();
        Ok(Some((
            Self { row, cards, unsuspended: askable, questions, confusions: Vec::new(), passages },
            wrong,
        )))
    }
}

/// The confusions in a deck within a period, read from the log on this thread.
///
/// # Errors
/// When the log cannot be read.
pub fn confusions_in(
    core: &Core,
    deck: &Deck,
    period: Period,
    today: StudyDay,
) -> Result<Vec<Confusion>, ReplayError> {
    let never_cancelled = AtomicBool::new(false);
    let wrong = WrongAnswers::of(deck.cards(), &core.progress, period, today, &never_cancelled)?;
    Ok(wrong.confusions(deck, &core.store, &never_cancelled)?)
}

/// Wrong answers: question index, facet and event; newest first.
#[derive(Debug, Default)]
pub(super) struct WrongAnswers(Vec<(usize, Facet, EventId)>);

impl WrongAnswers {
    /// The wrong answers to some cards within a period, in study and tests. Each card comes with the index of
    /// its question.
    fn of(
        cards: impl Iterator<Item = (CardKey, usize)>,
        progress: &Progress,
        period: Period,
        today: StudyDay,
        cancel: &AtomicBool,
    ) -> Result<Self, ReplayError> {
        let answered = cards.filter(|(key, _)| progress.summary(key).is_some());
        let (keys, questions): (Vec<CardKey>, Vec<usize>) = answered.unzip();
        let mut wrong: Vec<(i64, usize, Facet, EventId)> = Vec::new();
        progress.for_each_history(&keys, cancel, |at, history| {
            for (id, stamp, review) in history.original_answers() {
                let counts = review.source != ReviewSource::Practice && period.contains(stamp.day, today);
                if counts && review.score < 1.0 {
                    wrong.push((stamp.utc_ms, questions[at], keys[at].facet.clone(), id));
                }
            }
        })?;
        wrong.sort_by_key(|(at_ms, ..)| std::cmp::Reverse(*at_ms));
        wrong.truncate(MAX_ANSWERS);
        Ok(Self(wrong.into_iter().map(|(_, question, facet, id)| (question, facet, id)).collect()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the answers from the log and counts confusions.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub(super) fn confusions(
        self,
        deck: &Deck,
        store: &Store,
        cancel: &AtomicBool,
    ) -> Result<Vec<Confusion>, Cancelled> {
        let mut records: Vec<(usize, Facet, AnswerRecord)> = Vec::new();
        for (question, facet, id) in self.0 {
            if cancel.load(Ordering::Relaxed) {
                return Err(Cancelled);
            }
            // An answer that cannot be read shows no confusion. Damage to the log was reported when it was
            // opened.
            if let Ok(Some(record)) = store.answer_record(id) {
                records.push((question, facet, record));
            }
        }
        Ok(confusions(deck, records.iter().map(|(question, facet, record)| (*question, facet, record))))
    }
}
