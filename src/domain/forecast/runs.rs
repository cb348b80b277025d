//! Many walks to the exam, and what they have in common.

use super::ScoreRange;
use super::input::ForecastInput;
use super::stability::StabilityPosterior;
use crate::domain::goal::session_workload::WEAKEST_REVIEW_SECONDS;
use crate::domain::seed::{rng, seed_of};
use crate::domain::simulate::SimulatedLearner;
use crate::domain::simulate::exam::{self, SimCard, SimEnv, SimRules, StudyPace};

/// Days before the exam from which on its morning is foreseen too.
const WEAKEST_REVIEW_FROM_DAYS: u32 = 1;
/// Half the width of a normal distribution's middle 95 %, in standard deviations.
const Z_95: f64 = 1.959_963_984_540_054;

/// Expected sums of scores over runs: of one topic, or of all, on one day.
#[derive(Clone, Copy, Debug, Default)]
struct ScoreStats {
    runs: f64,
    mean: f64,
    /// Sum of squared distances from the mean.
    squared_deviations: f64,
    /// Mean of the variance that a test adds.
    test_variance: f64,
}

/// The sums of every topic, and of all of them last, on some days.
#[derive(Clone, Debug)]
pub(super) struct RunStats {
    days: Vec<i32>,
    cells: Vec<Vec<ScoreStats>>,
    /// Cards of each topic in the walks, and of all.
    cards: Vec<usize>,
    /// Cards that one card of the walks stands for.
    weight: f64,
    /// The same on the day of the exam, after the weakest cards were gone through once more.
    after_weakest_review: Vec<ScoreStats>,
    /// Seconds studied on each day, summed over the runs, and on the morning of the exam.
    seconds: Vec<f64>,
    weakest_review_seconds: f64,
    runs: usize,
}

impl ScoreStats {
    fn add(&mut self, mean: f64, test: f64) {
        self.runs += 1.0;
        let distance = mean - self.mean;
        self.mean += distance / self.runs;
        self.squared_deviations += distance * (mean - self.mean);
        self.test_variance += (test - self.test_variance) / self.runs;
    }

    /// Of a share of so many cards, each of which stands for `weight` of them.
    fn range(&self, cards: usize, weight: f64) -> ScoreRange {
        if cards == 0 {
            return ScoreRange::default();
        }
        let of = cards as f64 * weight;
        let study = if self.runs > 1.0 {
            self.squared_deviations / (self.runs - 1.0) * (1.0 + 1.0 / self.runs)
        } else {
            0.0
        };
        let variance = study * weight * weight + self.test_variance * weight;
        // Half a card, because sums of right answers are whole numbers.
        let half = if variance > 0.0 { Z_95 * variance.sqrt() + 0.5 } else { 0.0 };
        let mean = self.mean * weight;
        ScoreRange { expected: mean / of, low: (mean - half).max(0.0) / of, high: (mean + half).min(of) / of }
    }
}

impl RunStats {
    fn new(input: &ForecastInput, days: &[i32], weight: f64) -> Self {
        let mut cards = vec![0; input.topics.len() + 1];
        for card in &input.cards {
            cards[card.topic] += 1;
        }
        cards[input.topics.len()] = input.cards.len();
        Self {
            days: days.to_vec(),
            cells: vec![vec![ScoreStats::default(); cards.len()]; days.len()],
            after_weakest_review: vec![ScoreStats::default(); cards.len()],
            cards,
            weight,
            seconds: vec![0.0; input.days as usize],
            weakest_review_seconds: 0.0,
            runs: 0,
        }
    }

    fn record(&mut self, day: i32, cards: &[SimCard], mind: &SimulatedLearner) {
        let Some(point) = self.days.iter().position(|point| *point == day) else { return };
        record_scores(&mut self.cells[point], day, cards, mind);
    }

    /// The range of a topic, by its place, on the day of that place.
    pub(super) fn of_topic(&self, point: usize, topic: usize) -> ScoreRange {
        self.cells[point][topic].range(self.cards[topic], self.weight)
    }

    /// The range of all topics on the day of that place.
    pub(super) fn total(&self, point: usize) -> ScoreRange {
        self.of_topic(point, self.cards.len() - 1)
    }

    /// The range of all topics on the last of the days.
    pub(super) fn on_exam_day(&self) -> ScoreRange {
        self.total(self.days.len() - 1)
    }

    /// The range of a topic, by its place, after the morning of the exam.
    pub(super) fn after_weakest_review(&self, topic: usize) -> ScoreRange {
        self.after_weakest_review[topic].range(self.cards[topic], self.weight)
    }

    /// Seconds that going through the weakest takes, on average.
    pub(super) fn weakest_review_seconds(&self) -> f64 {
        self.weakest_review_seconds * self.weight / self.runs.max(1) as f64
    }

    /// Minutes studied on each day until the exam, on average.
    pub(super) fn minutes_by_day(&self) -> Vec<f64> {
        let runs = self.runs.max(1) as f64;
        self.seconds.iter().map(|seconds| seconds * self.weight / 60.0 / runs).collect()
    }
}

/// Notes what the cards of each topic, and all of them last, would give on a day.
fn record_scores(cells: &mut [ScoreStats], day: i32, cards: &[SimCard], mind: &SimulatedLearner) {
    let all = cells.len() - 1;
    let mut sums = vec![(0.0, 0.0); cells.len()];
    for card in cards {
        let expected = exam::expected_score_on(card, mind, day);
        let test = expected * (1.0 - expected);
        for topic in [card.topic, all] {
            sums[topic].0 += expected;
            sums[topic].1 += test;
        }
    }
    for (cell, (mean, test)) in cells.iter_mut().zip(sums) {
        cell.add(mean, test);
    }
}

/// The expected score on some days when nothing is studied any more: no chance in it but the test's, and what is not
/// known of how long things are kept.
pub(super) fn without_study(
    input: &ForecastInput,
    keeps: &StabilityPosterior,
    days: &[i32],
    weight: f64,
) -> RunStats {
    const POINTS: u32 = 9;
    let mut sums = RunStats::new(input, days, weight);
    for nth in 0..POINTS {
        let mind = learner_at(input, keeps, nth, POINTS);
        for day in days {
            sums.record(*day, &input.cards, &mind);
        }
    }
    sums
}

/// The same for one who studies at a pace; `None` when `is_scheduled` said no on the way.
pub(super) fn with_study(
    input: &ForecastInput,
    keeps: &StabilityPosterior,
    days: &[i32],
    weight: f64,
    (rules, pace): (&SimRules, &StudyPace),
    runs: u32,
    is_wanted: &impl Fn() -> bool,
) -> Option<RunStats> {
    let mut sums = RunStats::new(input, days, weight);
    let pace = StudyPace {
        minutes: pace.minutes.map(|minutes| minutes / weight),
        new_cards: pace.new_cards / weight,
        ..*pace
    };
    let mut cards = Vec::with_capacity(input.cards.len());
    for run in 0..runs {
        if !is_wanted() {
            return None;
        }
        cards.clone_from(&input.cards);
        let mind = learner_at(input, keeps, run, runs);
        let world = SimEnv {
            learner: &mind,
            model: input.model(),
            exam_day: i32::try_from(input.days).unwrap_or(i32::MAX),
            seconds_per_answer: input.seconds_per_answer,
            spent_today_seconds: input.done_today.seconds / weight,
            questions_asked_today: &input.questions_asked_today,
            new_cards_today: input.done_today.new_cards as f64 / weight,
        };
        // The same chance for every pace: what differs is the pace.
        let mut chance = rng(seed_of(&format!("{} {run}", input.seed)));
        exam::simulate(&mut cards, &world, rules, &pace, &mut chance, |day, cards, seconds| {
            if let Some(before) = day.checked_sub(1).and_then(|day| usize::try_from(day).ok()) {
                sums.seconds[before] += seconds;
            }
            sums.record(day, cards, &mind);
        });
        if input.days <= WEAKEST_REVIEW_FROM_DAYS {
            let most = WEAKEST_REVIEW_SECONDS / weight;
            sums.weakest_review_seconds += exam::review_weakest(&mut cards, &world, rules, most, &mut chance);
            record_scores(&mut sums.after_weakest_review, world.exam_day, &cards, &mind);
        }
        sums.runs += 1;
    }
    Some(sums)
}

/// A mind as the answers tell it, the `nth` of so many that are as likely as each other.
fn learner_at(input: &ForecastInput, keeps: &StabilityPosterior, nth: u32, of: u32) -> SimulatedLearner {
    let keeps = keeps.quantile((f64::from(nth) + 0.5) / f64::from(of));
    SimulatedLearner { model: input.model().clone(), stability_factor: keeps }
}
