//! What the pictures of the scores show: a replay of every card's history, counted.

mod calibration;
mod days;
mod due;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

pub use calibration::CalibrationBin;
pub use days::{MonthRetention, StudiedDay};
pub use due::DueForecast;

use super::scored_cards::{Cancelled, ScoredCard, ScoredCards};
use super::trend::{self, Trend};
use super::{Accuracy, Period};
use crate::domain::card::{CardEvent, CardPhase, CardState};
use crate::domain::day::StudyDay;
use crate::domain::event::{Change, ReviewSource};
use crate::domain::expectation::expected_score;
use crate::domain::memory::Model;
use crate::domain::overconfidence::add_accuracy_by_confidence;
use crate::domain::question::Kind;
use crate::domain::rating::Rating;
use calibration::Predictions;
use days::retention_by_month;

/// Bins of [`ChartData::recall`].
pub const RECALL_BINS: usize = 10;
/// Upper ends of the bins of [`ChartData::stability`], in days; the last bin has none.
pub const STABILITY_DAYS: [u32; 9] = [1, 3, 7, 14, 30, 90, 180, 365, 730];
/// Days that the due forecast looks ahead at most.
const MAX_DAYS_AHEAD: u32 = 365;

/// Everything the pictures show, over some cards and a period. Days, time and retention tell what was done, and so of
/// suspended cards too; all else is of the cards in play.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    /// The study day they are of.
    pub today: StudyDay,
    /// Cards coming due.
    pub due: DueForecast,
    /// Days with answers in the period, oldest first.
    pub days: Vec<StudiedDay>,
    /// Months with answers to cards that were due after days, in the period, oldest first.
    pub retention: Vec<MonthRetention>,
    /// Cards seen by how well they are known today: tenths, from 0–10 % to 90–100 %; those being learned are in the first.
    pub recall: [usize; RECALL_BINS],
    /// How many of them are being learned.
    pub learning: usize,
    /// Cards seen by stability: see [`STABILITY_DAYS`].
    pub stability: [usize; STABILITY_DAYS.len() + 1],
    /// Accuracy in the period by kind of question, in the order of [`Kind::ALL`]; kinds without answers left out.
    pub kinds: Vec<(Kind, Accuracy)>,
    /// Predicted against actual in the period, lowest prediction first.
    pub calibration: Vec<CalibrationBin>,
    /// Accuracy in the period when the learner said how sure they were: guess, think so, sure.
    pub confidence: [Accuracy; 3],
    /// For each of [`ScoredCards::topics`].
    pub trends: Vec<Trend>,
}

/// What one pass over the cards counts.
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
    /// Replays every card.
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
        let days_ahead = period.days().map_or(MAX_DAYS_AHEAD, |days| days.min(MAX_DAYS_AHEAD));
        let view = ChartScope { model, today, period, longest_answer_ms: subjects.longest_answer_ms };
        let topics = subjects.topics.len();
        let empty = || ChartCounts {
            due: DueForecast::over(days_ahead),
            trends: vec![Trend::default(); topics],
            ..ChartCounts::default()
        };
        let tally =
            subjects.fold(cancel, empty, |tally, subject| tally.add(subject, &view), ChartCounts::absorb)?;
        let mut days: Vec<StudiedDay> = tally.days.into_values().collect();
        days.sort_unstable_by_key(|studied| studied.day);
        Ok(Self {
            today,
            due: tally.due,
            retention: retention_by_month(&days),
            days,
            recall: tally.recall,
            learning: tally.learning,
            stability: tally.stability,
            kinds: Kind::ALL
                .into_iter()
                .zip(tally.kinds)
                .filter(|(_, accuracy)| accuracy.answers > 0)
                .collect(),
            calibration: tally.predictions.equal_weight_bins(),
            confidence: tally.confidence,
            trends: tally.trends,
        })
    }
}

/// What a pass looks at.
struct ChartScope<'a> {
    model: &'a Model,
    today: StudyDay,
    period: Period,
    longest_answer_ms: u32,
}

impl ChartCounts {
    fn add(&mut self, subject: &ScoredCard<'_>, view: &ChartScope<'_>) {
        let state = subject.state;
        if !state.suspended {
            self.add_state(state, view);
        }
        let Some(card) = subject.card else { return };
        let mut samples = trend::TrendSampler::new(view.today);
        let trend = &mut self.trends[subject.topic];
        let is_counted = !state.suspended;
        let (days, kinds, predictions) = (&mut self.days, &mut self.kinds, &mut self.predictions);
        card.replay(|before, CardEvent { stamp, change, .. }| {
            if is_counted {
                samples.advance_to(before, stamp.day, view.model, trend);
            }
            let Change::Answer(review) = change else { return };
            if !view.period.contains(stamp.day, view.today) {
                return;
            }
            let studied = days.entry(stamp.day).or_insert_with(|| StudiedDay::on(stamp.day));
            studied.answer_ms += u64::from(review.capped_latency_ms(view.longest_answer_ms));
            if review.source == ReviewSource::Practice {
                return;
            }
            studied.accuracy.add(review.score);
            // Only of an answer to a card that had waited at least until the next day anything was predicted.
            let days = before.days_since_review(stamp.day);
            let memory = before.memory.filter(|_| days > 0);
            if memory.is_some() && before.phase == CardPhase::Review {
                studied.reviewed += 1;
                studied.recalled += usize::from(review.rating != Rating::Again);
            }
            if is_counted {
                kinds[review.kind as usize].add(review.score);
                if let Some(memory) = memory {
                    let recall = view.model.recall(memory, days);
                    predictions.add(expected_score(recall, review.blind_chance), review.score);
                }
            }
        });
        if is_counted {
            add_accuracy_by_confidence(&mut self.confidence, card, |day| {
                view.period.contains(day, view.today)
            });
            samples.finish(state, view.model, trend);
        }
    }

    fn add_state(&mut self, state: &CardState, view: &ChartScope<'_>) {
        self.due.add(state, view.today);
        if let (Some(memory), Some(recall)) = (state.memory, state.known_now(view.model, view.today)) {
            self.learning += usize::from(state.is_being_learned());
            self.recall[((recall * RECALL_BINS as f64) as usize).min(RECALL_BINS - 1)] += 1;
            let bin = STABILITY_DAYS.iter().position(|days| memory.stability < *days as f32);
            self.stability[bin.unwrap_or(STABILITY_DAYS.len())] += 1;
        }
    }

    fn absorb(&mut self, other: ChartCounts) {
        self.due.absorb(&other.due);
        for (day, theirs) in &other.days {
            self.days.entry(*day).or_insert_with(|| StudiedDay::on(*day)).absorb(theirs);
        }
        add_each(&mut self.recall, &other.recall);
        self.learning += other.learning;
        add_each(&mut self.stability, &other.stability);
        for (ours, theirs) in self.kinds.iter_mut().zip(&other.kinds) {
            ours.absorb(theirs);
        }
        self.predictions.absorb(&other.predictions);
        for (ours, theirs) in self.confidence.iter_mut().zip(&other.confidence) {
            ours.absorb(theirs);
        }
        for (ours, theirs) in self.trends.iter_mut().zip(&other.trends) {
            ours.absorb(theirs);
        }
    }
}

fn add_each(ours: &mut [usize], theirs: &[usize]) {
    for (ours, theirs) in ours.iter_mut().zip(theirs) {
        *ours += theirs;
    }
}
