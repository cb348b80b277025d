//! What the pictures of the scores show: a replay of every card's history, counted.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use super::subjects::{Cancelled, Subject, Subjects};
use super::trend::{self, Trend};
use super::{Accuracy, LONGEST_ANSWER_MS, Period};
use crate::domain::card::{CardState, Entry, Phase};
use crate::domain::day::StudyDay;
use crate::domain::event::{Change, Confidence, Due, Review, Source};
use crate::domain::expectation::expected_score;
use crate::domain::memory::Model;
use crate::domain::question::Kind;
use crate::domain::rating::Rating;

/// Bins of [`Pictures::recall`].
pub const RECALL_BINS: usize = 10;
/// Upper ends of the bins of [`Pictures::stability`], in days; the last bin has none.
pub const STABILITY_DAYS: [u32; 9] = [1, 3, 7, 14, 30, 90, 180, 365, 730];
/// Most bins of [`Pictures::calibration`].
const CALIBRATION_BINS: usize = 10;
/// Days that the due forecast looks ahead at most.
const MOST_DAYS_AHEAD: u32 = 365;
/// Predictions are gathered by the percent before bins of equal weight are made.
const FINE_BINS: usize = 100;

/// Everything the pictures show, over some cards and a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pictures {
    /// The study day they are of.
    pub today: StudyDay,
    /// Cards coming due.
    pub due: DueForecast,
    /// Days with answers in the period, oldest first.
    pub days: Vec<StudiedDay>,
    /// Months with answers to cards that were due after days, in the period, oldest first.
    pub retention: Vec<MonthRetention>,
    /// Cards seen by recall today: tenths, from 0–10 % to 90–100 %.
    pub recall: [usize; RECALL_BINS],
    /// Cards seen by stability: see [`STABILITY_DAYS`].
    pub stability: [usize; STABILITY_DAYS.len() + 1],
    /// Accuracy in the period by kind of question, in the order of [`Kind::ALL`]; kinds without answers left out.
    pub kinds: Vec<(Kind, Accuracy)>,
    /// Predicted against actual in the period, lowest prediction first.
    pub calibration: Vec<CalibrationBin>,
    /// Accuracy in the period when the learner said how sure they were: guess, think so, sure.
    pub confidence: [Accuracy; 3],
    /// For each of [`Subjects::topics`].
    pub trends: Vec<Trend>,
}

/// Cards coming due, those suspended left out, as if nothing more was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueForecast {
    /// Due before today.
    pub backlog: usize,
    /// For each day from today on: cards due on that day itself.
    pub days: Vec<usize>,
    /// Due after the last of [`DueForecast::days`].
    pub later: usize,
}

/// A study day with answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StudiedDay {
    /// Which.
    pub day: StudyDay,
    /// Its answers, practice left out.
    pub accuracy: Accuracy,
    /// Time from question to answer, each at most [`LONGEST_ANSWER_MS`], practice with it, in milliseconds.
    pub ms: u64,
    /// Answers to cards that had waited for days.
    pub reviewed: usize,
    /// How many of those were not forgotten.
    pub recalled: usize,
}

/// How much was not forgotten in a calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRetention {
    /// Calendar year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// Answers to cards that had waited for days.
    pub reviewed: usize,
    /// How many of those were not forgotten.
    pub recalled: usize,
}

/// Answers with about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// Mean of what was predicted: the expected score.
    pub predicted: f64,
    /// What happened.
    pub actual: Accuracy,
}

impl MonthRetention {
    /// Share not forgotten, 0 to 1.
    pub fn share(&self) -> f64 {
        self.recalled as f64 / self.reviewed.max(1) as f64
    }

    /// Its 95 % interval.
    pub fn interval(&self) -> (f64, f64) {
        super::wilson_95(self.recalled as f64, self.reviewed).unwrap_or((0.0, 1.0))
    }
}

/// What one pass over the cards counts.
#[derive(Clone, Debug, Default)]
struct Tally {
    due: Vec<usize>,
    backlog: usize,
    later: usize,
    days: HashMap<StudyDay, StudiedDay, foldhash::fast::RandomState>,
    recall: [usize; RECALL_BINS],
    stability: [usize; STABILITY_DAYS.len() + 1],
    kinds: [Accuracy; Kind::ALL.len()],
    fine: Vec<(f64, Accuracy)>,
    confidence: [Accuracy; 3],
    trends: Vec<Trend>,
}

impl Pictures {
    /// Replays every card.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn compute(
        subjects: &Subjects<'_>,
        model: &Model,
        today: StudyDay,
        period: Period,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let days_ahead = period.days().map_or(MOST_DAYS_AHEAD, |days| days.min(MOST_DAYS_AHEAD));
        let view = View { model, today, period };
        let topics = subjects.topics.len();
        let empty = || Tally {
            due: vec![0; days_ahead as usize],
            fine: vec![Default::default(); FINE_BINS],
            trends: vec![Trend::default(); topics],
            ..Tally::default()
        };
        let tally =
            subjects.fold(cancel, empty, |tally, subject| tally.add(subject, &view), Tally::absorb)?;
        let mut days: Vec<StudiedDay> = tally.days.into_values().collect();
        days.sort_unstable_by_key(|studied| studied.day);
        Ok(Self {
            today,
            due: DueForecast { backlog: tally.backlog, days: tally.due, later: tally.later },
            retention: by_month(&days),
            days,
            recall: tally.recall,
            stability: tally.stability,
            kinds: Kind::ALL
                .into_iter()
                .zip(tally.kinds)
                .filter(|(_, accuracy)| accuracy.answers > 0)
                .collect(),
            calibration: of_equal_weight(&tally.fine),
            confidence: tally.confidence,
            trends: tally.trends,
        })
    }
}

/// What a pass looks at.
struct View<'a> {
    model: &'a Model,
    today: StudyDay,
    period: Period,
}

impl Tally {
    fn add(&mut self, subject: &Subject<'_>, view: &View<'_>) {
        let state = subject.state;
        if !state.suspended {
            self.add_state(state, view);
        }
        let Some(card) = subject.card else { return };
        let mut samples = trend::Samples::new(view.today);
        let trend = &mut self.trends[subject.topic];
        let is_counted = !state.suspended;
        let (days, kinds, fine, confidence) =
            (&mut self.days, &mut self.kinds, &mut self.fine, &mut self.confidence);
        card.replay(view.model, |before, Entry { stamp, change, .. }| {
            if is_counted {
                samples.pass(before, stamp.day, view.model, trend);
            }
            let Change::Answer(review) = change else { return };
            if !view.period.contains(stamp.day, view.today) {
                return;
            }
            let studied = days
                .entry(stamp.day)
                .or_insert_with(|| StudiedDay { day: stamp.day, ..StudiedDay::default() });
            studied.ms += u64::from(review.latency_ms.min(LONGEST_ANSWER_MS));
            if review.source == Source::Practice {
                return;
            }
            studied.accuracy.add(review.score);
            kinds[review.kind as usize].add(review.score);
            if let Some(said) = review.confidence {
                confidence[rank(said)].add(review.score);
            }
            add_review(studied, fine, before, stamp.day, review, view.model);
        });
        if is_counted {
            samples.finish(state, view.model, trend);
        }
    }

    fn add_state(&mut self, state: &CardState, view: &View<'_>) {
        let due = match state.due {
            Some(Due::Day(day)) => Some(day),
            Some(Due::At(_)) => Some(view.today),
            None => None,
        };
        if let Some(due) = due {
            let due = state.buried_until.map_or(due, |until| due.max(until));
            match self.due.get_mut(due.days_since(view.today) as usize) {
                _ if due < view.today => self.backlog += 1,
                Some(cards) => *cards += 1,
                None => self.later += 1,
            }
        }
        if let (Some(memory), Some(recall)) = (state.memory, state.recall(view.model, view.today)) {
            self.recall[((recall * RECALL_BINS as f64) as usize).min(RECALL_BINS - 1)] += 1;
            let bin = STABILITY_DAYS.iter().position(|days| memory.stability < *days as f32);
            self.stability[bin.unwrap_or(STABILITY_DAYS.len())] += 1;
        }
    }

    fn absorb(&mut self, other: Tally) {
        add_each(&mut self.due, &other.due);
        self.backlog += other.backlog;
        self.later += other.later;
        for (day, theirs) in other.days {
            let ours = self.days.entry(day).or_insert_with(|| StudiedDay { day, ..StudiedDay::default() });
            ours.accuracy.absorb(&theirs.accuracy);
            ours.ms += theirs.ms;
            ours.reviewed += theirs.reviewed;
            ours.recalled += theirs.recalled;
        }
        add_each(&mut self.recall, &other.recall);
        add_each(&mut self.stability, &other.stability);
        for (ours, theirs) in self.kinds.iter_mut().zip(&other.kinds) {
            ours.absorb(theirs);
        }
        for (ours, theirs) in self.fine.iter_mut().zip(&other.fine) {
            ours.0 += theirs.0;
            ours.1.absorb(&theirs.1);
        }
        for (ours, theirs) in self.confidence.iter_mut().zip(&other.confidence) {
            ours.absorb(theirs);
        }
        for (ours, theirs) in self.trends.iter_mut().zip(&other.trends) {
            ours.absorb(theirs);
        }
    }
}

/// An answer to a card that had waited at least until the next day: what was predicted, and whether it was kept.
fn add_review(
    studied: &mut StudiedDay,
    fine: &mut [(f64, Accuracy)],
    before: &CardState,
    day: StudyDay,
    review: &Review,
    model: &Model,
) {
    let days = before.days_since_review(day);
    let Some(memory) = before.memory.filter(|_| days > 0) else { return };
    if before.phase == Phase::Review {
        studied.reviewed += 1;
        studied.recalled += usize::from(review.rating != Rating::Again);
    }
    let predicted = expected_score(model.recall(memory, days), review.blind_chance);
    let bin = ((predicted * FINE_BINS as f64) as usize).min(FINE_BINS - 1);
    fine[bin].0 += predicted;
    fine[bin].1.add(review.score);
}

fn add_each(ours: &mut [usize], theirs: &[usize]) {
    for (ours, theirs) in ours.iter_mut().zip(theirs) {
        *ours += theirs;
    }
}

/// Place in [`Pictures::confidence`].
fn rank(confidence: Confidence) -> usize {
    match confidence {
        Confidence::Guess => 0,
        Confidence::ThinkSo => 1,
        Confidence::Sure => 2,
    }
}

fn by_month(days: &[StudiedDay]) -> Vec<MonthRetention> {
    let mut months: Vec<MonthRetention> = Vec::new();
    for studied in days.iter().filter(|studied| studied.reviewed > 0) {
        let date = studied.day.date();
        let (year, month) = (date.year(), date.month());
        match months.last_mut().filter(|last| (last.year, last.month) == (year, month)) {
            Some(last) => {
                last.reviewed += studied.reviewed;
                last.recalled += studied.recalled;
            }
            None => months.push(MonthRetention {
                year,
                month,
                reviewed: studied.reviewed,
                recalled: studied.recalled,
            }),
        }
    }
    months
}

/// Neighbouring percents joined until each bin has its share of the answers: bins of equal width would leave most
/// answers in one, for most predictions are high.
fn of_equal_weight(fine: &[(f64, Accuracy)]) -> Vec<CalibrationBin> {
    let total: usize = fine.iter().map(|(_, actual)| actual.answers).sum();
    let wanted = total.div_ceil(CALIBRATION_BINS).max(1);
    let mut bins = Vec::new();
    let (mut predicted, mut actual) = (0.0, Accuracy::default());
    for (sum, answers) in fine {
        predicted += sum;
        actual.absorb(answers);
        if actual.answers >= wanted {
            bins.push(CalibrationBin { predicted: predicted / actual.answers as f64, actual });
            (predicted, actual) = (0.0, Accuracy::default());
        }
    }
    if actual.answers > 0 {
        bins.push(CalibrationBin { predicted: predicted / actual.answers as f64, actual });
    }
    bins
}
