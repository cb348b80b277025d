//! The data of the charts on the scores screen, counted by replaying the history of every card.

mod calibration;
mod days;
mod due;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

pub use calibration::CalibrationBin;
pub use days::{MonthRetention, StudiedDay};
pub use due::DueForecast;

use super::scored_cards::{ScoredCard, ScoredHistories};
use super::trend::{self, Trend};
use super::{Accuracy, Period};
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::StudyDay;
use crate::domain::event::{Change, ReviewSource};
use crate::domain::expectation::expected_score;
use crate::domain::history::CardEvent;
use crate::domain::memory::MemoryModel;
use crate::domain::question::Kind;
use crate::domain::rating::Rating;
use crate::domain::replay::{ReplayError, ReplayedEvent};
use calibration::Predictions;
use days::retention_by_month;

/// Number of bins in [`ChartData::recall`].
pub const RECALL_BINS: usize = 10;
/// Upper limits of the bins in [`ChartData::stability`], in days. One more bin has no upper limit.
pub const STABILITY_DAYS: [u32; 9] = [1, 3, 7, 14, 30, 90, 180, 365, 730];
/// How many days the forecast of due cards looks ahead, at most.
const MAX_DAYS_AHEAD: u32 = 365;

/// The data of all charts, for some cards and a period. Days, time and retention describe what was done, so
/// they include suspended cards. Everything else leaves them out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    /// The study day on which it was computed.
    pub today: StudyDay,
    /// The forecast of due cards.
    pub due: DueForecast,
    /// Days with answers in the period, oldest first.
    pub days: Vec<StudiedDay>,
    /// Retention by month in the period, oldest first.
    pub retention: Vec<MonthRetention>,
    /// Number of seen cards by recall today, in tenths from 0–10 % to 90–100 %. Cards that are being learned
    /// are in the first bin.
    pub recall: [usize; RECALL_BINS],
    /// How many of them are being learned.
    pub learning: usize,
    /// Number of seen cards by stability. See [`STABILITY_DAYS`].
    pub stability: [usize; STABILITY_DAYS.len() + 1],
    /// Accuracy in the period by kind of question, in the order of [`Kind::ALL`]. Kinds without answers are
    /// left out.
    pub kinds: Vec<(Kind, Accuracy)>,
    /// Predicted against actual scores in the period, lowest prediction first.
    pub calibration: Vec<CalibrationBin>,
    /// Accuracy in the period by the learner's confidence: guess, think so, sure.
    pub confidence: [Accuracy; 3],
    /// One trend for each of [`ScoredCards::topics`](super::scored_cards::ScoredCards::topics).
    pub trends: Vec<Trend>,
}

/// The counts of one pass over some of the cards.
#[derive(Clone, Debug, Default)]
struct ChartCounts {
    due: DueForecast,
    days: HashMap<StudyDay, StudiedDay, foldhash::fast::RandomState>,
    recall: [usize; RECALL_BINS],
    learning: usize,
    stability: [usize; STABILITY_DAYS.len() + 1],
    kinds: [Accuracy; Kind::ALL.len()],
    predictions: Predictions,
    confidence: [Accuracy; 3],
    trends: Vec<Trend>,
}

impl ChartData {
    /// Replays the history of every card.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn compute(
        cards: &ScoredHistories<'_>,
        model: &MemoryModel,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Self, ReplayError> {
        let ScoredHistories { scored, keys, progress } = cards;
        let days_ahead = period.days().map_or(MAX_DAYS_AHEAD, |days| days.min(MAX_DAYS_AHEAD));
        let longest_answer_ms = progress.longest_answer_ms();
        let scope = ChartScope { model, today, period, longest_answer_ms };
        let mut counts = ChartCounts {
            due: DueForecast::over(days_ahead),
            trends: vec![Trend::default(); scored.topics.len()],
            ..ChartCounts::default()
        };
        let mut samplers = vec![trend::TrendSampler::new(today); scored.cards.len()];
        progress.replay(keys, model, cancel, |event| {
            counts.add_event(&scored.cards[event.card], &mut samplers[event.card], event, &scope);
        })?;
        for (card, mut sampler) in scored.cards.iter().zip(samplers).filter(|(card, _)| !card.state.suspended)
        {
            counts.add_state(card.state, &scope);
            sampler.finish(card.state, model, &mut counts.trends[card.topic]);
        }
        let mut days: Vec<StudiedDay> = counts.days.into_values().collect();
        days.sort_unstable_by_key(|studied| studied.day);
        Ok(Self {
            today,
            due: counts.due,
            retention: retention_by_month(&days),
            days,
            recall: counts.recall,
            learning: counts.learning,
            stability: counts.stability,
            kinds: Kind::ALL
                .into_iter()
                .zip(counts.kinds)
                .filter(|(_, accuracy)| accuracy.answers > 0)
                .collect(),
            calibration: counts.predictions.equal_weight_bins(),
            confidence: counts.confidence,
            trends: counts.trends,
        })
    }
}

/// The parameters of a pass.
struct ChartScope<'a> {
    model: &'a MemoryModel,
    today: StudyDay,
    period: Period,
    longest_answer_ms: u32,
}

impl ChartCounts {
    fn add_event(
        &mut self,
        card: &ScoredCard<'_>,
        sampler: &mut trend::TrendSampler,
        replayed: ReplayedEvent<'_>,
        scope: &ChartScope<'_>,
    ) {
        let ReplayedEvent { before, event: CardEvent { stamp, change, .. }, stated, .. } = replayed;
        let is_counted = !card.state.suspended;
        if is_counted {
            sampler.advance_to(before, stamp.day, scope.model, &mut self.trends[card.topic]);
        }
        let Change::Answer(review) = change else { return };
        if !scope.period.contains(stamp.day, scope.today) {
            return;
        }
        let studied = self.days.entry(stamp.day).or_insert_with(|| StudiedDay::on(stamp.day));
        studied.answer_ms += u64::from(review.capped_latency_ms(scope.longest_answer_ms));
        if review.source == ReviewSource::Practice {
            return;
        }
        studied.accuracy.add(review.score);
        // Only answers at least one day after the previous one were predicted.
        let days = before.days_since_review(stamp.day);
        let memory = before.memory.filter(|_| days > 0);
        if memory.is_some() && before.phase == CardPhase::Review {
            studied.reviewed += 1;
            studied.recalled += usize::from(review.rating != Rating::Again);
        }
        if is_counted {
            self.kinds[review.kind as usize].add(review.score);
            if let Some(memory) = memory {
                let recall = scope.model.recall(memory, days);
                self.predictions.add(expected_score(recall, review.blind_chance), review.score);
            }
            // Afterwards only right answers are reported as guesses, so the confidence stated before counts.
            if let Some(confidence) = stated {
                self.confidence[confidence as usize].add(review.score);
            }
        }
    }

    fn add_state(&mut self, state: &CardState, scope: &ChartScope<'_>) {
        self.due.add(state, scope.today);
        if let (Some(memory), Some(recall)) = (state.memory, state.recall_now(scope.model, scope.today)) {
            self.learning += usize::from(state.is_being_learned());
            self.recall[((recall * RECALL_BINS as f64) as usize).min(RECALL_BINS - 1)] += 1;
            let bin = STABILITY_DAYS.iter().position(|days| memory.stability < *days as f32);
            self.stability[bin.unwrap_or(STABILITY_DAYS.len())] += 1;
        }
    }
}
