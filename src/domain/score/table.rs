//! The table of topics: what is wanted first, without replaying any history.

use std::sync::atomic::AtomicBool;

use super::scored_cards::{Cancelled, ScoredCards, TopicKey};
use super::{Period, Score};
use crate::domain::day::StudyDay;
use crate::domain::memory::Model;

/// How every topic stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicTable {
    /// Deck by deck, in the authors' order.
    pub rows: Vec<TopicRow>,
    /// All rows as one.
    pub total: TopicRow,
}

/// How one topic stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicRow {
    /// Which; empty for the total.
    pub key: TopicKey,
    /// Its score; accuracy is that of the period.
    pub score: Score,
    /// Median time from question to answer in the period, in milliseconds.
    pub median_ms: Option<u32>,
}

impl TopicTable {
    /// Computes every row.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn compute(
        subjects: &ScoredCards<'_>,
        model: &Model,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let topics = subjects.topics.len();
        let sums = subjects.fold(
            cancel,
            || vec![(Score::default(), Vec::new()); topics],
            |sums: &mut Vec<(Score, Vec<u32>)>, subject| {
                let (score, times) = &mut sums[subject.topic];
                score.add_state((subject.state, subject.card), subject.blind_chance, model, today);
                if !subject.state.suspended {
                    score.add_answers(subject.card, period, today, |ms| times.push(ms));
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
        let rows = subjects.topics.iter().zip(sums).map(|(key, (score, mut times))| {
            total.score.absorb(&score);
            all_times.extend_from_slice(&times);
            TopicRow { key: key.clone(), score, median_ms: median(&mut times) }
        });
        let rows = rows.collect();
        total.median_ms = median(&mut all_times);
        Ok(Self { rows, total })
    }
}

/// The middle one, the lower of two.
fn median(times: &mut [u32]) -> Option<u32> {
    let middle = times.len().checked_sub(1)? / 2;
    Some(*times.select_nth_unstable(middle).1)
}
