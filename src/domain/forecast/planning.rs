//! Searching for the plan that reaches the target with the fewest minutes. If no plan reaches it, the search
//! says what comes closest.

use std::collections::HashSet;

use super::input::ForecastInput;
use super::runs::with_study;
use super::stability::StabilityPosterior;
use crate::domain::goal::ExamPlan;
use crate::domain::goal::session_workload::whole_minutes;
use crate::domain::parallel;
use crate::domain::simulate::exam::{SimCard, SimRules, StudyPace};
use crate::domain::workload::answers_for_new;

/// Desired retentions to try, in percent, in ascending order. A higher retention gives a better score and
/// takes more time.
const RETENTIONS: [u8; 7] = [70, 76, 82, 87, 91, 94, 97];
/// Pre-exam reviews to try: the recall in percent below which a card gets one, and over how many days before
/// the exam they are spread.
const PRE_EXAM_REVIEWS: [(Option<u8>, u32); 6] =
    [(None, 1), (Some(90), 7), (Some(90), 21), (Some(97), 7), (Some(97), 14), (Some(97), 28)];
/// The same for the last evening, when all such reviews fall on that evening.
const LAST_EVENING_REVIEWS: [(Option<u8>, u32); 4] = [(None, 1), (Some(80), 1), (Some(90), 1), (Some(97), 1)];
/// The longest study day that a plan may ask for, in minutes: ten hours.
const MAX_MINUTES_A_DAY: f64 = 600.0;
/// The same for the last evening: three hours.
const MAX_MINUTES_LAST_EVENING: f64 = 180.0;
/// Simulation runs for each candidate.
const RUNS_PER_CANDIDATE: u32 = 3;
/// How much a candidate must exceed the target. With so few runs the expected score is a little off.
const TARGET_MARGIN: f64 = 0.005;
/// Limits for the longest day to try, as multiples of the mean day. The plan uses the smallest one that still
/// reaches the target, so that no day is much longer than another.
const LONGEST_DAY_FACTORS: [f64; 3] = [1.0, 1.2, 1.5];
/// The last days before the exam bring no new cards, so that all of them come back once. Their number is the
/// days until the exam divided by this,
const DAYS_AFTER_NEW_DIVISOR: u32 = 4;
/// but at least 1 and at most this.
const MAX_DAYS_AFTER_NEW: u32 = 7;

/// When cards come back under a plan. Percentages and days as in [`ExamPlan`].
#[derive(Clone, Copy, Debug)]
struct PlanOptions {
    retention_percent: u8,
    pre_exam_review_percent: Option<u8>,
    pre_exam_review_days: u32,
}

/// A candidate for the plan and its simulated result.
#[derive(Clone, Copy, Debug)]
struct PlanCandidate {
    options: PlanOptions,
    /// Mean minutes a day.
    mean_minutes: f64,
    /// Minutes on the longest day.
    longest_minutes: f64,
    /// Expected score on the exam day, 0 to 1.
    expected: f64,
}

/// The search for a plan.
pub(super) struct PlanSearch<'a, W: Fn() -> bool + Sync> {
    pub(super) input: &'a ForecastInput,
    pub(super) posterior: &'a StabilityPosterior,
    /// How many real cards one card of the input stands for.
    pub(super) cards_per_sim_card: f64,
    /// Returns `false` when the search is cancelled.
    pub(super) keep_going: W,
}

/// The simulation rules and the pace of a plan.
pub(super) fn simulation_of(plan: &ExamPlan, fuzz: bool) -> (SimRules, StudyPace) {
    let options = PlanOptions {
        retention_percent: plan.retention_percent,
        pre_exam_review_percent: plan.pre_exam_review_percent,
        pre_exam_review_days: plan.pre_exam_review_days,
    };
    let pace = StudyPace {
        minutes: Some(f64::from(plan.minutes_a_day)),
        new_cards: f64::from(plan.new_cards_a_day),
        days_off_share: 0.0,
    };
    (options.rules(fuzz), pace)
}

impl PlanOptions {
    fn rules(self, fuzz: bool) -> SimRules {
        let fraction = |percent: u8| f32::from(percent) / 100.0;
        SimRules {
            retention: fraction(self.retention_percent),
            pre_exam_recall_threshold: self.pre_exam_review_percent.map(fraction),
            pre_exam_review_days: self.pre_exam_review_days,
            fuzz,
        }
    }
}

impl<W: Fn() -> bool + Sync> PlanSearch<'_, W> {
    /// Searches for the plan. Returns `None` if the search was cancelled.
    pub(super) fn run(&self) -> Option<ExamPlan> {
        let limit = self.input.minutes_a_day.map(f64::from);
        let max_minutes = if self.is_last_evening() { MAX_MINUTES_LAST_EVENING } else { MAX_MINUTES_A_DAY };
        let best = self.cheapest(limit.unwrap_or(max_minutes))?;
        if self.reaches_target(&best) {
            let minutes = self.min_longest_day(&best)?;
            return Some(self.exam_plan(&best, minutes));
        }
        // Never ask for more time than the candidate takes.
        let longest_day = self.whole_minutes(best.longest_minutes);
        let minutes = self.input.minutes_a_day.map_or(longest_day, |limit| limit.min(longest_day));
        let mut plan = self.exam_plan(&best, minutes);
        if limit.is_some() {
            let unlimited = self.cheapest(max_minutes)?;
            if self.reaches_target(&unlimited) {
                plan.enough_minutes = Some(self.min_longest_day(&unlimited)?.max(minutes + 1));
            } else {
                plan.nearest_minutes =
                    Some(self.whole_minutes(unlimited.longest_minutes)).filter(|nearest| *nearest > minutes);
            }
        }
        Some(plan)
    }

    /// Whether the exam is tomorrow, so that today is the last study day.
    fn is_last_evening(&self) -> bool {
        self.input.days == 1
    }

    /// Minutes rounded up, at least 1. On the last evening the time already studied today is added.
    fn whole_minutes(&self, minutes: f64) -> u32 {
        let spent_seconds = if self.is_last_evening() { self.input.done_today.seconds } else { 0.0 };
        whole_minutes(minutes * 60.0 + spent_seconds).max(1)
    }

    fn reaches_target(&self, candidate: &PlanCandidate) -> bool {
        candidate.expected >= self.input.target + TARGET_MARGIN
    }

    fn exam_plan(&self, candidate: &PlanCandidate, minutes: u32) -> ExamPlan {
        ExamPlan {
            retention_percent: candidate.options.retention_percent,
            pre_exam_review_percent: candidate.options.pre_exam_review_percent,
            pre_exam_review_days: candidate.options.pre_exam_review_days,
            new_cards_a_day: self.new_cards_a_day().min(self.max_new_cards_in(minutes)),
            minutes_a_day: minutes,
            enough_minutes: None,
            nearest_minutes: None,
            made_on: self.input.today.date(),
        }
    }

    /// The number of new cards on each study day with which all of them are seen early enough before the
    /// exam.
    fn new_cards_a_day(&self) -> u32 {
        // On a single evening only one card of each question is shown.
        let questions: HashSet<usize> = self.unseen().map(|card| card.question).collect();
        let cards = if self.is_last_evening() { questions.len() } else { self.unseen().count() };
        let unseen = cards as f64 * self.cards_per_sim_card + self.input.done_today.new_cards as f64;
        let days_without_new = (self.input.days / DAYS_AFTER_NEW_DIVISOR).clamp(1, MAX_DAYS_AFTER_NEW);
        let days = self.input.days.saturating_sub(days_without_new).max(1);
        (unseen / f64::from(days)).ceil() as u32
    }

    /// How many new cards fit into this many minutes if nothing else is studied. Cards begun today count too.
    fn max_new_cards_in(&self, minutes: u32) -> u32 {
        let min_answers =
            self.unseen().map(|card| answers_for_new(card.steps, card.blind_chance)).fold(f64::NAN, f64::min);
        let begun = self.input.done_today.new_cards as f64;
        // `as` saturates. Without new cards the division gives NaN, which means no limit.
        let fit = f64::from(minutes) * 60.0 / (min_answers * self.input.seconds_per_answer.max(1.0));
        if fit.is_nan() { u32::MAX } else { (fit.floor().max(1.0) + begun) as u32 }
    }

    fn unseen(&self) -> impl Iterator<Item = &SimCard> {
        self.input.cards.iter().filter(|card| card.memory.is_none())
    }

    /// Finds the candidate with the fewest minutes among those that reach the target with no day much longer
    /// than another. If none reaches it, finds the one that comes closest. Returns `None` if the search was
    /// cancelled.
    fn cheapest(&self, limit: f64) -> Option<PlanCandidate> {
        let is_last = self.is_last_evening();
        let reviews: &[_] = if is_last { &LAST_EVENING_REVIEWS } else { &PRE_EXAM_REVIEWS };
        let longest_days = self.input.days.max(PRE_EXAM_REVIEWS[1].1);
        let reviews: Vec<(Option<u8>, u32)> = reviews
            .iter()
            .copied()
            .filter(|(review, days)| review.is_none() || is_last || *days <= longest_days)
            .collect();
        let mut best: Option<PlanCandidate> = None;
        for candidates in parallel::map(&reviews, |review| self.candidates(*review, limit)) {
            for candidate in candidates? {
                let is_better = best.is_none_or(|best| {
                    match (self.reaches_target(&candidate), self.reaches_target(&best)) {
                        (true, true) => candidate.mean_minutes < best.mean_minutes,
                        (false, false) => candidate.expected > best.expected,
                        (reaches, _) => reaches,
                    }
                });
                if is_better {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    /// The candidates with one kind of pre-exam reviews, in a binary search for the lowest retention that reaches the
    /// target. Returns `None` if the search was cancelled.
    fn candidates(
        &self,
        (review, review_days): (Option<u8>, u32),
        limit: f64,
    ) -> Option<Vec<PlanCandidate>> {
        let is_last = self.is_last_evening();
        let mut candidates = Vec::new();
        let (mut low, mut high) = (0, RETENTIONS.len() - 1);
        loop {
            let middle = (low + high) / 2;
            // If the exam is tomorrow, nothing comes back before it, so the learner's own retention
            // applies.
            let usual = (self.input.scheduler.desired_retention * 100.0).round() as u8;
            let options = PlanOptions {
                retention_percent: if is_last { usual } else { RETENTIONS[middle] },
                pre_exam_review_percent: review,
                pre_exam_review_days: review_days,
            };
            let candidate = self.evaluate_evenly(options, limit)?;
            candidates.push(candidate);
            if low >= high || is_last {
                return Some(candidates);
            }
            if self.reaches_target(&candidate) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
    }

    /// First simulates the options without a limit to see how much time they take. Then, if any day is much
    /// longer than the mean, simulates them again with a limit for each day.
    fn evaluate_evenly(&self, options: PlanOptions, max_minutes: f64) -> Option<PlanCandidate> {
        let unlimited = self.evaluate(options, None)?;
        if self.is_last_evening() {
            let minutes_left = (max_minutes - self.input.done_today.seconds / 60.0).max(0.0);
            return if unlimited.longest_minutes <= minutes_left {
                Some(unlimited)
            } else {
                self.evaluate(options, Some(max_minutes))
            };
        }
        let longest_day = unlimited.mean_minutes * LONGEST_DAY_FACTORS[LONGEST_DAY_FACTORS.len() - 1];
        let limit = f64::from(self.whole_minutes(longest_day)).min(max_minutes);
        if unlimited.longest_minutes <= limit {
            return Some(unlimited);
        }
        Some(PlanCandidate { longest_minutes: limit, ..self.evaluate(options, Some(limit))? })
    }

    /// The fewest minutes for the longest day with which the options still reach the target. `None` if the
    /// search was cancelled.
    fn min_longest_day(&self, candidate: &PlanCandidate) -> Option<u32> {
        for factor in LONGEST_DAY_FACTORS {
            let minutes = f64::from(self.whole_minutes(candidate.mean_minutes * factor));
            if minutes >= candidate.longest_minutes {
                break;
            }
            if self.reaches_target(&self.evaluate(candidate.options, Some(minutes))?) {
                return Some(minutes as u32);
            }
        }
        Some(self.whole_minutes(candidate.longest_minutes))
    }

    /// Simulates the options with a time limit for each day. `None` as limit means no limit; `None` as result
    /// means that the search was cancelled.
    fn evaluate(&self, options: PlanOptions, minutes: Option<f64>) -> Option<PlanCandidate> {
        let input = self.input;
        let pace = StudyPace { minutes, new_cards: f64::from(self.new_cards_a_day()), days_off_share: 0.0 };
        let exam = [i32::try_from(input.days).unwrap_or(i32::MAX)];
        let rules = options.rules(input.scheduler.fuzz);
        let stats = with_study(
            input,
            self.posterior,
            &exam,
            self.cards_per_sim_card,
            (&rules, &pace),
            RUNS_PER_CANDIDATE,
            &self.keep_going,
        )?;
        let minutes_by_day = stats.minutes_by_day();
        let mean_minutes = minutes_by_day.iter().sum::<f64>() / minutes_by_day.len().max(1) as f64;
        let longest_minutes = minutes_by_day.iter().copied().fold(0.0, f64::max);
        Some(PlanCandidate { options, mean_minutes, longest_minutes, expected: stats.on_exam_day().expected })
    }
}
