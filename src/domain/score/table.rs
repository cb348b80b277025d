//! The table of topics. It is shown first, so it is computed without replaying any history.

use std::sync::atomic::AtomicBool;

use super::scored_cards::{Cancelled, ScoredCards, TopicKey};
use super::{Period, Score};
use crate::domain::day::StudyDay;
use crate::domain::memory::MemoryModel;

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
    /// Median time of an answer in the period, in milliseconds. `None` without answers.
    pub median_ms: Option<u32>,
}

impl TopicTable {
    /// Computes every row.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn compute(
        cards: &ScoredCards<'_>,
        model: &MemoryModel,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let topics = cards.topics.len();
        let sums = cards.fold(
            cancel,
            || vec![(Score::default(), Vec::new()); topics],
            |sums: &mut Vec<(Score, Vec<u32>)>, card| {
                let (score, times) = &mut sums[card.topic];
                score.add_state((card.state, card.card), card.blind_chance, model, today);
                if !card.state.suspended {
                    score.add_answers(card.card, period, today, |ms| times.push(ms));
                }
            },
            |ours, theirs| {
                for ((score, times), (other, more)) in ours.iter_mut().zip(theirs) {
                    score.absorb(&other);
                    times.extend(more);
                }
            },
        )?;
        let mut total = TopicRow::default();
        let mut all_times = Vec::new();
        let rows = cards.topics.iter().zip(sums).map(|(key, (score, mut times))| {
            total.score.absorb(&score);
            all_times.extend_from_slice(&times);
            TopicRow { key: key.clone(), score, median_ms: median(&mut times) }
        });
        let rows = rows.collect();
        total.median_ms = median(&mut all_times);
        Ok(Self { rows, total })
    }
}

/// The median. Of an even number, the lower of the two in the middle.
fn median(times: &mut [u32]) -> Option<u32> {
    let middle = times.len().checked_sub(1)? / 2;
    Some(*times.select_nth_unstable(middle).1)
}
