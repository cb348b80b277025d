//! The way to an exam that takes the fewest minutes: tried out, and told when there is none.

use std::collections::HashSet;

use super::input::ForecastInput;
use super::runs::with_study;
use super::stability::StabilityPosterior;
use crate::domain::goal::ExamPlan;
use crate::domain::goal::session_workload::whole_minutes;
use crate::domain::simulate::exam::{SimCard, SimRules, StudyPace};
use crate::domain::workload::answers_for_new;

/// Recalls tried, in percent, in rising order: more of it reaches more and takes longer.
const RETENTIONS: [u8; 7] = [70, 76, 82, 87, 91, 94, 97];
/// Last looks tried: below which percent, and over how many days before the exam.
const PRE_EXAM_REVIEWS: [(Option<u8>, u32); 6] =
    [(None, 1), (Some(90), 7), (Some(90), 21), (Some(97), 7), (Some(97), 14), (Some(97), 28)];
/// The same on the last evening: everything that is not sure has its look then, or what is weak.
const LAST_EVENING_REVIEWS: [(Option<u8>, u32); 4] = [(None, 1), (Some(80), 1), (Some(90), 1), (Some(97), 1)];
/// Minutes a day that nobody can be asked for: ten hours.
const MAX_MINUTES_A_DAY: f64 = 600.0;
/// The same for the last evening: three hours.
const MAX_MINUTES_LAST_EVENING: f64 = 180.0;
/// Walks for each way tried.
const RUNS_PER_CANDIDATE: u32 = 3;
/// What a way has to reach beyond the target, for so few walks are a little off.
const TARGET_MARGIN: f64 = 0.005;
/// The longest day as a multiple of the mean: the smallest of these that still reaches the target is the plan's, so
/// that no evening is much longer than another.
const LONGEST_DAY_FACTORS: [f64; 3] = [1.0, 1.2, 1.5];
/// The last new cards come this share of the time, and at most so many days, before the exam: they are to come back.
const SHARE_AFTER_NEW: u32 = 4;
const MAX_DAYS_AFTER_NEW: u32 = 7;

/// When cards come back.
#[derive(Clone, Copy, Debug)]
struct PlanOptions {
    retention: u8,
    pre_exam_review: Option<u8>,
    pre_exam_review_days: u32,
}

/// A way, and where it leads.
#[derive(Clone, Copy, Debug)]
struct PlanCandidate {
    options: PlanOptions,
    /// Mean minutes a day.
    mean_minutes: f64,
    /// Minutes on the longest day.
    longest_minutes: f64,
    /// Expected share on the day.
    expected: f64,
}

/// The search: what it is about, and who may call it off.
pub(super) struct PlanSearch<'a, W: Fn() -> bool> {
    pub(super) input: &'a ForecastInput,
    pub(super) posterior: &'a StabilityPosterior,
    /// Cards that one card of the input stands for.
    pub(super) weight: f64,
    pub(super) keep_going: W,
}

/// What a plan means for a walk.
pub(super) fn simulation_of(plan: &ExamPlan, fuzz: bool) -> (SimRules, StudyPace) {
    let ways = PlanOptions {
        retention: plan.retention_percent,
        pre_exam_review: plan.pre_exam_review_percent,
        pre_exam_review_days: plan.pre_exam_review_days,
    };
    let pace = StudyPace {
        minutes: Some(f64::from(plan.minutes_a_day)),
        new_cards: f64::from(plan.new_cards_a_day),
        days_off: 0.0,
    };
    (ways.rules(fuzz), pace)
}

impl PlanOptions {
    fn rules(self, fuzz: bool) -> SimRules {
        let share = |percent: u8| f32::from(percent) / 100.0;
        SimRules {
            retention: share(self.retention),
            pre_exam_review: self.pre_exam_review.map(share),
            pre_exam_review_days: self.pre_exam_review_days,
            fuzz,
        }
    }
}

impl<W: Fn() -> bool> PlanSearch<'_, W> {
    /// Looks for the plan; `None` when it was called off.
    pub(super) fn run(&self) -> Option<ExamPlan> {
        let limit = self.input.minutes_a_day.map(f64::from);
        let most = if self.is_last_evening() { MAX_MINUTES_LAST_EVENING } else { MAX_MINUTES_A_DAY };
        let best = self.cheapest(limit.unwrap_or(most))?;
        if self.reaches_target(&best) {
            let minutes = self.min_longest_day(&best)?;
            return Some(self.exam_plan(&best, minutes));
        }
        // More than it takes nobody is asked for.
        let longest = self.whole_minutes(best.longest_minutes);
        let minutes = self.input.minutes_a_day.map_or(longest, |limit| limit.min(longest));
        let mut plan = self.exam_plan(&best, minutes);
        if limit.is_some() {
            let free = self.cheapest(most)?;
            if self.reaches_target(&free) {
                plan.enough_minutes = Some(self.min_longest_day(&free)?.max(minutes + 1));
            } else {
                plan.nearest_minutes =
                    Some(self.whole_minutes(free.longest_minutes)).filter(|nearest| *nearest > minutes);
            }
        }
        Some(plan)
    }

    /// Whether today is the last day of study.
    fn is_last_evening(&self) -> bool {
        self.input.days == 1
    }

    /// Whole minutes, one at least. On the last evening what was studied of it already counts.
    fn whole_minutes(&self, minutes: f64) -> u32 {
        let spent = if self.is_last_evening() { self.input.done_today.seconds } else { 0.0 };
        whole_minutes(minutes * 60.0 + spent).max(1)
    }

    fn reaches_target(&self, way: &PlanCandidate) -> bool {
        way.expected >= self.input.target + TARGET_MARGIN
    }

    fn exam_plan(&self, way: &PlanCandidate, minutes: u32) -> ExamPlan {
        ExamPlan {
            retention_percent: way.options.retention,
            pre_exam_review_percent: way.options.pre_exam_review,
            pre_exam_review_days: way.options.pre_exam_review_days,
            new_cards_a_day: self.new_cards_a_day().min(self.max_new_cards_in(minutes)),
            minutes_a_day: minutes,
            enough_minutes: None,
            nearest_minutes: None,
            made_on: self.input.today.date(),
        }
    }

    /// New cards a study day, for all to be seen early enough.
    fn new_cards_a_day(&self) -> u32 {
        // On one evening only one card of a question comes.
        let questions: HashSet<usize> = self.unseen().map(|card| card.question).collect();
        let cards = if self.is_last_evening() { questions.len() } else { self.unseen().count() };
        let unseen = cards as f64 * self.weight + self.input.done_today.new_cards as f64;
        let after = (self.input.days / SHARE_AFTER_NEW).clamp(1, MAX_DAYS_AFTER_NEW);
        let days = self.input.days.saturating_sub(after).max(1);
        (unseen / f64::from(days)).ceil() as u32
    }

    /// New cards that fit into some minutes at most, when nothing else is studied in them; those begun today count.
    fn max_new_cards_in(&self, minutes: u32) -> u32 {
        let fewest =
            self.unseen().map(|card| answers_for_new(card.steps, card.blind_chance)).fold(f64::NAN, f64::min);
        let begun = self.input.done_today.new_cards as f64;
        // `as` saturates, and without a card never seen there is no limit.
        let fit = f64::from(minutes) * 60.0 / (fewest * self.input.seconds_per_answer.max(1.0));
        if fit.is_nan() { u32::MAX } else { (fit.floor().max(1.0) + begun) as u32 }
    }

    fn unseen(&self) -> impl Iterator<Item = &SimCard> {
        self.input.cards.iter().filter(|card| card.memory.is_none())
    }

    /// The way with the fewest minutes of those that reach the target with no day much longer than another, or else
    /// the one that comes nearest to the target.
    fn cheapest(&self, limit: f64) -> Option<PlanCandidate> {
        let mut best: Option<PlanCandidate> = None;
        let is_last = self.is_last_evening();
        let looks: &[_] = if is_last { &LAST_EVENING_REVIEWS } else { &PRE_EXAM_REVIEWS };
        for (last_look, last_look_days) in looks.iter().copied() {
            if last_look.is_some() && !is_last && last_look_days > self.input.days.max(PRE_EXAM_REVIEWS[1].1)
            {
                continue;
            }
            // The lowest recall that is enough, by halving.
            let (mut low, mut high) = (0, RETENTIONS.len() - 1);
            loop {
                let middle = (low + high) / 2;
                // Nothing comes back before an exam that is tomorrow: after it the learner's own recall is right.
                let usual = (self.input.scheduler.desired_retention * 100.0).round() as u8;
                let retention = if is_last { usual } else { RETENTIONS[middle] };
                let ways = PlanOptions {
                    retention,
                    pre_exam_review: last_look,
                    pre_exam_review_days: last_look_days,
                };
                let way = self.evaluate_evenly(ways, limit)?;
                let is_better =
                    best.is_none_or(|best| match (self.reaches_target(&way), self.reaches_target(&best)) {
                        (true, true) => way.mean_minutes < best.mean_minutes,
                        (false, false) => way.expected > best.expected,
                        (is_enough, _) => is_enough,
                    });
                if is_better {
                    best = Some(way);
                }
                if low >= high || is_last {
                    break;
                }
                if self.reaches_target(&way) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
        }
        best
    }

    /// A way without limit tells how much it takes; then none of its days may take much more than that.
    fn evaluate_evenly(&self, ways: PlanOptions, limit: f64) -> Option<PlanCandidate> {
        let free = self.evaluate(ways, None)?;
        if self.is_last_evening() {
            let left = (limit - self.input.done_today.seconds / 60.0).max(0.0);
            return if free.longest_minutes <= left { Some(free) } else { self.evaluate(ways, Some(limit)) };
        }
        let longest = free.mean_minutes * LONGEST_DAY_FACTORS[LONGEST_DAY_FACTORS.len() - 1];
        let most = f64::from(self.whole_minutes(longest)).min(limit);
        if free.longest_minutes <= most {
            return Some(free);
        }
        Some(PlanCandidate { longest_minutes: most, ..self.evaluate(ways, Some(most))? })
    }

    /// The fewest minutes for the longest day with which a way still reaches the target.
    fn min_longest_day(&self, way: &PlanCandidate) -> Option<u32> {
        for spread in LONGEST_DAY_FACTORS {
            let minutes = f64::from(self.whole_minutes(way.mean_minutes * spread));
            if minutes >= way.longest_minutes {
                break;
            }
            if self.reaches_target(&self.evaluate(way.options, Some(minutes))?) {
                return Some(minutes as u32);
            }
        }
        Some(self.whole_minutes(way.longest_minutes))
    }

    fn evaluate(&self, ways: PlanOptions, minutes: Option<f64>) -> Option<PlanCandidate> {
        let input = self.input;
        let pace = StudyPace { minutes, new_cards: f64::from(self.new_cards_a_day()), days_off: 0.0 };
        let exam = [i32::try_from(input.days).unwrap_or(i32::MAX)];
        let rules = ways.rules(input.scheduler.fuzz);
        let sums = with_study(
            input,
            self.posterior,
            &exam,
            self.weight,
            (&rules, &pace),
            RUNS_PER_CANDIDATE,
            &self.keep_going,
        )?;
        let load = sums.minutes_by_day();
        let mean = load.iter().sum::<f64>() / load.len().max(1) as f64;
        let longest = load.iter().copied().fold(0.0, f64::max);
        Some(PlanCandidate {
            options: ways,
            mean_minutes: mean,
            longest_minutes: longest,
            expected: sums.on_exam_day().expected,
        })
    }
}
