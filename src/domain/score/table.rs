//! The table of topics. It is shown first, so it is computed without running the memory model over any history.

use std::sync::atomic::AtomicBool;

use super::scored_cards::{Cancelled, ScoredCards, ScoredHistories, TopicKey};
use super::{Accuracy, Period, Score};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::ReviewSource;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::replay::ReplayError;

/// The scores of all topics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicTable {
    /// One row for each topic, deck by deck, in the authors' order.
    pub rows: Vec<TopicRow>,
    /// All rows together.
    pub total: TopicRow,
}

/// The score of one topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicRow {
    /// The topic. Empty for the total.
    pub key: TopicKey,
    /// Its score. The accuracy is that of the period.
    pub score: Score,
    /// Median time of an answer in the period, in milliseconds. `None` without answers, and where they were not read.
    pub median_ms: Option<u32>,
}

impl TopicTable {
    /// Computes every row over all time, without the median times: from the summaries of the cards alone.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn compute(
        cards: &ScoredCards<'_>,
        model: &MemoryModel,
        today: StudyDay,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let topics = cards.topics.len();
        let scores = cards.fold(
            cancel,
            || vec![Score::default(); topics],
            |scores: &mut Vec<Score>, card| {
                let score = &mut scores[card.topic];
                score.add_state((card.state, card.summary), card.blind_chance, model, today);
                if let Some(summary) = card.summary.filter(|_| !card.state.suspended) {
                    score.add_answers(summary);
                }
            },
            |ours, theirs| {
                ours.iter_mut().zip(&theirs).for_each(|(score, other)| score.absorb(other));
            },
        )?;
        let rows = cards.topics.iter().zip(scores);
        let rows = rows.map(|(key, score)| TopicRow { key: key.clone(), score, median_ms: None });
        let mut table = Self { rows: rows.collect(), total: TopicRow::default() };
        table.sum_up();
        Ok(table)
    }

    /// Computes every row, with the accuracy and the median times of a period. Reads the answers.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn of_period(
        cards: &ScoredHistories<'_>,
        model: &MemoryModel,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Self, ReplayError> {
        let answers = TopicAnswers::of_period(cards, today, period, cancel)?;
        Ok(Self::compute(&cards.scored, model, today, cancel)?.with_answers(answers))
    }

    /// The same as one table for each deck. Reads the answers to all of them at once.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn each_deck<'d>(
        decks: impl IntoIterator<Item = &'d Deck> + Clone,
        progress: &'d Progress,
        model: &MemoryModel,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Vec<Self>, ReplayError> {
        let cards = ScoredHistories::of(decks.clone(), progress, cancel)?;
        let mut answers = TopicAnswers::of_period(&cards, today, period, cancel)?.into_iter();
        let mut rows = Self::compute(&cards.scored, model, today, cancel)?.rows.into_iter();
        let table = |deck: &Deck| {
            let topics = deck.topics.len();
            let rows = rows.by_ref().take(topics).collect();
            let of_deck = Self { rows, total: TopicRow::default() };
            of_deck.with_answers(answers.by_ref().take(topics).collect())
        };
        Ok(decks.into_iter().map(table).collect())
    }

    /// Puts the accuracy and the median times of a period in the place of those of all time.
    fn with_answers(mut self, answers: Vec<TopicAnswers>) -> Self {
        let mut all_times = Vec::new();
        for (row, TopicAnswers(answers)) in self.rows.iter_mut().zip(answers) {
            row.score.accuracy = Accuracy::default();
            answers.iter().for_each(|(_, score, _)| row.score.accuracy.add(*score));
            let mut times: Vec<u32> = answers.into_iter().map(|(.., ms)| ms).collect();
            all_times.extend_from_slice(&times);
            row.median_ms = median(&mut times);
        }
        self.sum_up();
        self.total.median_ms = median(&mut all_times);
        self
    }

    fn sum_up(&mut self) {
        self.total.score = Score::default();
        self.rows.iter().for_each(|row| self.total.score.absorb(&row.score));
    }
}

/// The answers to the cards of a topic in a period: the position of the card, the score and the time in milliseconds.
#[derive(Clone, Debug, Default)]
struct TopicAnswers(Vec<(usize, f64, u32)>);

impl TopicAnswers {
    /// The answers of each topic, without practice and suspended cards.
    fn of_period(
        cards: &ScoredHistories<'_>,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Vec<Self>, ReplayError> {
        let ScoredHistories { scored, keys, progress } = cards;
        let mut topics = vec![Self::default(); scored.topics.len()];
        progress.for_each_answer(keys, cancel, |at, stamp, review| {
            let card = &scored.cards[at];
            let counts = review.source != ReviewSource::Practice && !card.state.suspended;
            if counts && period.contains(stamp.day, today) {
                topics[card.topic].0.push((at, review.score, review.latency_ms));
            }
        })?;
        // Card by card: the order in which answers were stored must not change how a sum is rounded.
        topics.iter_mut().for_each(|TopicAnswers(answers)| answers.sort_by_key(|(at, ..)| *at));
        Ok(topics)
    }
}

/// The median. Of an even number, the lower of the two in the middle.
fn median(times: &mut [u32]) -> Option<u32> {
    let middle = times.len().checked_sub(1)? / 2;
    Some(*times.select_nth_unstable(middle).1)
}
