//! Statistics over many simulation runs from today to the exam.

use super::ScoreRange;
use super::input::ForecastInput;
use super::stability::StabilityPosterior;
use crate::domain::goal::session_workload::WEAKEST_REVIEW_SECONDS;
use crate::domain::parallel;
use crate::domain::seed::{self, seed_of};
use crate::domain::simulate::SimulatedLearner;
use crate::domain::simulate::exam::{self, SimCard, SimEnv, SimRules, StudyPace};

/// The review on the morning of the exam is simulated when the exam is at most this many days away.
const WEAKEST_REVIEW_FROM_DAYS: u32 = 1;
/// Half the width of the middle 95 % of a normal distribution, in standard deviations.
const Z_95: f64 = 1.959_963_984_540_054;

/// Mean and variance over runs of the summed expected score of one topic, or of all topics, on one day.
/// Updated with Welford's algorithm.
#[derive(Clone, Copy, Debug, Default)]
struct ScoreStats {
    runs: f64,
    mean: f64,
    /// Sum of the squared deviations from the mean.
    squared_deviations: f64,
    /// Mean over the runs of the variance that chance in the test adds.
    test_variance: f64,
}

/// The statistics for every topic on several days. All topics together come last.
#[derive(Clone, Debug)]
pub(super) struct RunStats {
    days: Vec<i32>,
    /// By day, then by topic.
    cells: Vec<Vec<ScoreStats>>,
    /// Number of simulated cards of each topic, and of all.
    cards: Vec<usize>,
    /// How many real cards one simulated card stands for.
    cards_per_sim_card: f64,
    /// By topic: on the exam day after the review of the weakest cards.
    after_weakest_review: Vec<ScoreStats>,
    /// Seconds of study by day, summed over the runs.
    seconds: Vec<f64>,
    /// Seconds for reviewing the weakest cards, summed over the runs.
    weakest_review_seconds: f64,
    runs: usize,
}

impl ScoreStats {
    fn add(&mut self, sum: f64, test_variance: f64) {
        self.runs += 1.0;
        let distance = sum - self.mean;
        self.mean += distance / self.runs;
        self.squared_deviations += distance * (sum - self.mean);
        self.test_variance += (test_variance - self.test_variance) / self.runs;
    }

    /// The range of the share, for a topic with this many simulated cards. Each of them stands for `weight`
    /// real cards.
    fn range(&self, cards: usize, weight: f64) -> ScoreRange {
        if cards == 0 {
            return ScoreRange::default();
        }
        let points = cards as f64 * weight;
        let study_variance = if self.runs > 1.0 {
            self.squared_deviations / (self.runs - 1.0) * (1.0 + 1.0 / self.runs)
        } else {
            0.0
        };
        let variance = study_variance * weight * weight + self.test_variance * weight;
        // Continuity correction of half a card, because sums of right answers are whole numbers.
        let half = if variance > 0.0 { Z_95 * variance.sqrt() + 0.5 } else { 0.0 };
        let mean = self.mean * weight;
        ScoreRange {
            expected: mean / points,
            low: (mean - half).max(0.0) / points,
            high: (mean + half).min(points) / points,
        }
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
            cards_per_sim_card: weight,
            seconds: vec![0.0; input.days as usize],
            weakest_review_seconds: 0.0,
            runs: 0,
        }
    }

    /// The index of a day among those of the statistics.
    fn index_of(&self, day: i32) -> Option<usize> {
        self.days.iter().position(|other| *other == day)
    }

    /// Adds a run.
    fn absorb(&mut self, run: &SimulatedRun) {
        for (day_index, scores) in &run.scores {
            add_scores(&mut self.cells[*day_index], scores);
        }
        for (day_index, seconds) in &run.seconds {
            self.seconds[*day_index] += seconds;
        }
        if let Some((seconds, scores)) = &run.weakest_review {
            self.weakest_review_seconds += seconds;
            add_scores(&mut self.after_weakest_review, scores);
        }
        self.runs += 1;
    }

    /// The range of a topic on one of the days. Both are indices.
    pub(super) fn of_topic(&self, day_index: usize, topic: usize) -> ScoreRange {
        self.cells[day_index][topic].range(self.cards[topic], self.cards_per_sim_card)
    }

    /// The range of all topics together on one of the days, by index.
    pub(super) fn total(&self, day_index: usize) -> ScoreRange {
        self.of_topic(day_index, self.cards.len() - 1)
    }

    /// The range of all topics together on the last of the days, which is the exam day.
    pub(super) fn on_exam_day(&self) -> ScoreRange {
        self.total(self.days.len() - 1)
    }

    /// The range of a topic, by index, on the exam day after the review of the weakest cards.
    pub(super) fn after_weakest_review(&self, topic: usize) -> ScoreRange {
        self.after_weakest_review[topic].range(self.cards[topic], self.cards_per_sim_card)
    }

    /// Mean seconds for reviewing the weakest cards.
    pub(super) fn weakest_review_seconds(&self) -> f64 {
        self.weakest_review_seconds * self.cards_per_sim_card / self.runs.max(1) as f64
    }

    /// Mean minutes of study on each day until the exam.
    pub(super) fn minutes_by_day(&self) -> Vec<f64> {
        let runs = self.runs.max(1) as f64;
        self.seconds.iter().map(|seconds| seconds * self.cards_per_sim_card / 60.0 / runs).collect()
    }
}

/// For each topic, and for all cards last: the sum of the expected scores, and of the variances that chance in the test
/// adds.
type TopicSums = Vec<(f64, f64)>;

/// What one simulated run gave.
#[derive(Default)]
struct SimulatedRun {
    /// By index of the day.
    scores: Vec<(usize, TopicSums)>,
    /// Seconds of study, by day.
    seconds: Vec<(usize, f64)>,
    /// Seconds for reviewing the weakest cards, and the scores after it.
    weakest_review: Option<(f64, TopicSums)>,
}

/// The scores of the cards on a day; `topics` counts those of the exam, and all cards together as one more.
fn scores_on(day: i32, topics: usize, cards: &[SimCard], learner: &SimulatedLearner) -> TopicSums {
    let mut sums = vec![(0.0, 0.0); topics];
    for card in cards {
        let expected = exam::expected_score_on(card, learner, day);
        let variance = expected * (1.0 - expected);
        for topic in [card.topic, topics - 1] {
            sums[topic].0 += expected;
            sums[topic].1 += variance;
        }
    }
    sums
}

fn add_scores(cells: &mut [ScoreStats], scores: &TopicSums) {
    for (cell, (sum, variance)) in cells.iter_mut().zip(scores) {
        cell.add(*sum, *variance);
    }
}

/// The expected score on several days if nothing more is studied. The only uncertainties are chance in the
/// test and how well this learner remembers, which is covered by several equally likely learners.
pub(super) fn without_study(
    input: &ForecastInput,
    posterior: &StabilityPosterior,
    days: &[i32],
    weight: f64,
) -> RunStats {
    const LEARNERS: u32 = 9;
    let mut stats = RunStats::new(input, days, weight);
    let topics = stats.cards.len();
    let learners: Vec<u32> = (0..LEARNERS).collect();
    let runs = parallel::map(&learners, |nth| {
        let learner = learner_at(input, posterior, *nth, LEARNERS);
        let scores = days.iter().map(|day| scores_on(*day, topics, &input.cards, &learner));
        SimulatedRun { scores: scores.enumerate().collect(), ..SimulatedRun::default() }
    });
    runs.iter().for_each(|run| stats.absorb(run));
    stats
}

/// The same for a learner who studies at this pace. Returns `None` as soon as `keep_going` returns `false`.
pub(super) fn with_study(
    input: &ForecastInput,
    posterior: &StabilityPosterior,
    days: &[i32],
    weight: f64,
    (rules, pace): (&SimRules, &StudyPace),
    runs: u32,
    keep_going: &(impl Fn() -> bool + Sync),
) -> Option<RunStats> {
    let mut stats = RunStats::new(input, days, weight);
    let pace = StudyPace {
        minutes: pace.minutes.map(|minutes| minutes / weight),
        new_cards: pace.new_cards / weight,
        ..*pace
    };
    let topics = stats.cards.len();
    let simulate = |run: &u32| {
        if !keep_going() {
            return None;
        }
        let mut cards = input.cards.clone();
        let learner = learner_at(input, posterior, *run, runs);
        let env = SimEnv {
            learner: &learner,
            model: input.model(),
            exam_day: i32::try_from(input.days).unwrap_or(i32::MAX),
            seconds_per_answer: input.seconds_per_answer,
            spent_today_seconds: input.done_today.seconds / weight,
            questions_asked_today: &input.questions_asked_today,
            new_cards_today: input.done_today.new_cards as f64 / weight,
        };
        // The same random numbers for every pace, so that only the pace makes a difference.
        let mut rng = seed::rng(seed_of(&format!("{} {run}", input.seed_text)));
        let mut simulated = SimulatedRun::default();
        exam::simulate(&mut cards, &env, rules, &pace, &mut rng, |day, cards, seconds| {
            if let Some(previous_day) = day.checked_sub(1).and_then(|day| usize::try_from(day).ok()) {
                simulated.seconds.push((previous_day, seconds));
            }
            if let Some(index) = stats.index_of(day) {
                simulated.scores.push((index, scores_on(day, topics, cards, &learner)));
            }
        });
        if input.days <= WEAKEST_REVIEW_FROM_DAYS {
            let max_seconds = WEAKEST_REVIEW_SECONDS / weight;
            let seconds = exam::review_weakest(&mut cards, &env, rules, max_seconds, &mut rng);
            simulated.weakest_review = Some((seconds, scores_on(env.exam_day, topics, &cards, &learner)));
        }
        Some(simulated)
    };
    let numbers: Vec<u32> = (0..runs).collect();
    // Added in order, so that they are rounded in the same way on every machine.
    for run in parallel::map(&numbers, simulate) {
        stats.absorb(&run?);
    }
    Some(stats)
}

/// The `nth` of `of` equally likely learners, by their stability factor.
fn learner_at(input: &ForecastInput, posterior: &StabilityPosterior, nth: u32, of: u32) -> SimulatedLearner {
    let stability_factor = posterior.quantile((f64::from(nth) + 0.5) / f64::from(of));
    SimulatedLearner { model: input.model().clone(), stability_factor }
}
