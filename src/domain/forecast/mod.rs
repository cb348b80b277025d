//! Forecasts of the score on the day of an exam: without further study, at the current pace, and with a plan.
//!
//! Without study, recall follows from the memory states alone. The effect of studying is simulated, in a few
//! dozen runs from today to the exam ([`crate::domain::simulate::exam`]). Every range includes three
//! uncertainties: chance in what is remembered until then, chance in the test itself, and how well this
//! learner remembers in general, as far as the answers leave it open ([`stability`]).

mod input;
mod planning;
mod runs;
pub mod stability;

pub use input::ForecastInput;

use super::day::StudyDay;
use super::goal::ExamPlan;
use super::simulate::exam::{SimCard, SimRules, StudyPace};
use planning::PlanSearch;
use runs::RunStats;
use stability::StabilityPosterior;

/// Number of simulation runs for the figures that are shown.
const FORECAST_RUNS: u32 = 32;
/// Maximum number of points on the curve.
const MAX_POINTS: usize = 25;
/// Maximum of cards times days in one run. With more, a sample of the cards is simulated.
const MAX_CARD_DAYS: usize = 250_000;
/// The same maximum while searching for a plan, which takes many more runs.
const MAX_CARD_DAYS_IN_SEARCH: usize = 30_000;
/// A sample never has fewer cards than this.
const MIN_SAMPLE: usize = 300;

/// An expected score with its 95 % range. All values are shares of the points, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreRange {
    /// The expected score.
    pub expected: f64,
    /// The low end of the range.
    pub low: f64,
    /// The high end of the range.
    pub high: f64,
}

/// The forecast for one topic, or for all topics together, on the exam day.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicForecast {
    /// The topic's key. Empty for all topics together.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// Number of cards that the exam covers.
    pub cards: usize,
    /// How many of them were never seen.
    pub unseen: usize,
    /// The score if nothing more is studied.
    pub without_study: ScoreRange,
    /// The score at the pace of the last two weeks. `None` if nothing was studied in them.
    pub at_current_pace: Option<ScoreRange>,
    /// The score with the plan. `None` if no study day is left.
    pub with_plan: Option<ScoreRange>,
    /// The score if the weakest cards are reviewed once more on the morning of the exam. `None` until the day
    /// before the exam.
    pub after_weakest_review: Option<ScoreRange>,
}

/// The expected score of a test on one of the days until the exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastPoint {
    /// The study day.
    pub day: StudyDay,
    /// The score if nothing more is studied.
    pub without_study: ScoreRange,
    /// The score at the current pace. `None` if nothing was studied in the last two weeks.
    pub at_current_pace: Option<ScoreRange>,
    /// The score with the plan. `None` if no study day is left.
    pub with_plan: Option<ScoreRange>,
}

/// A plan and what it is expected to achieve.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanForecast {
    /// The plan.
    pub plan: ExamPlan,
    /// Whether the expected score reaches the target. Both are compared in whole percent, as they are shown.
    pub reaches_target: bool,
    /// Expected minutes on each day until the exam. The first value is what is left of today.
    pub minutes_by_day: Vec<f64>,
    /// What more time would achieve, if no amount of time reaches the target and the learner's limit is below
    /// that time.
    pub closest: Option<ClosestToTarget>,
}

/// How close to the target more time would come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosestToTarget {
    /// Time limit for each study day, in minutes.
    pub minutes_a_day: u32,
    /// The expected score with it. On the day before the exam this includes the review on the morning of the
    /// exam.
    pub score: ScoreRange,
}

/// The current pace: the average of the last two weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurrentPace {
    /// Minutes on a day with study.
    pub minutes: f64,
    /// New cards on a day with study.
    pub new_cards: f64,
    /// Share of days without study, 0 to 1.
    pub days_off_share: f64,
}

/// The forecast for one goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The study day on which it was made.
    pub day: StudyDay,
    /// The study day of the exam.
    pub exam_day: StudyDay,
    /// The score to reach, 0 to 1.
    pub target: f64,
    /// One forecast for each topic that the exam covers, in the deck's order.
    pub topics: Vec<TopicForecast>,
    /// The forecast for all topics together.
    pub total: TopicForecast,
    /// The scores day by day, from today to the exam day. Some days are left out if there are many.
    pub curve: Vec<ForecastPoint>,
    /// The current pace. `None` if nothing was studied in the last two weeks.
    pub pace: Option<CurrentPace>,
    /// The plan. `None` if no study day is left.
    pub plan: Option<PlanForecast>,
    /// Expected seconds for reviewing the weakest cards on the morning of the exam. 0 until the day before
    /// the exam.
    pub weakest_review_seconds: f64,
    /// How many cards were simulated, if there were too many to simulate all. `None` if all were.
    pub sampled_cards: Option<usize>,
}

impl Forecast {
    /// The score to expect from a learner who follows the plan, or who reviews the weakest cards on the exam
    /// day itself.
    pub fn expected(&self) -> ScoreRange {
        self.total.with_plan.or(self.total.after_weakest_review).unwrap_or(self.total.without_study)
    }

    /// Computes the forecast. An `existing_plan` from today is used again, except on the last evening, when
    /// the plan depends on how much of the evening is left. Otherwise the best plan is searched for. Returns
    /// `None` as soon as `keep_going` returns `false`.
    pub fn compute(
        input: &ForecastInput,
        existing_plan: Option<&ExamPlan>,
        keep_going: impl Fn() -> bool + Sync,
    ) -> Option<Self> {
        let Simulated {
            days,
            exam_day_stats,
            curve_stats,
            pace_stats,
            plan,
            closest,
            exam_day_run,
            sampled_cards,
        } = Simulated::run(input, existing_plan, keep_going)?;
        let (last_index, total_index) = (days.len() - 1, input.topics.len());
        let plan_stats = plan.as_ref().map(|(_, stats)| stats);
        let weakest_review_run = exam_day_run.as_ref().or(plan_stats).filter(|_| input.days <= 1);
        let topic_forecast = |index: usize, topic: &str, name: &str| {
            let of_topic = |card: &&SimCard| index == input.topics.len() || card.topic == index;
            let cards = input.cards.iter().filter(of_topic);
            TopicForecast {
                topic: topic.to_owned(),
                name: name.to_owned(),
                cards: cards.clone().count(),
                unseen: cards.filter(|card| card.memory.is_none()).count(),
                without_study: exam_day_stats.of_topic(0, index),
                at_current_pace: pace_stats.as_ref().map(|stats| stats.of_topic(last_index, index)),
                with_plan: plan_stats.map(|stats| stats.of_topic(last_index, index)),
                after_weakest_review: weakest_review_run.map(|stats| stats.after_weakest_review(index)),
            }
        };
        let topics: Vec<TopicForecast> = input
            .topics
            .iter()
            .enumerate()
            .map(|(index, (key, name))| topic_forecast(index, key, name))
            .collect();
        let total = topic_forecast(total_index, "", "All topics");
        let curve = days
            .iter()
            .enumerate()
            .map(|(index, day)| ForecastPoint {
                day: input.today.plus(day.unsigned_abs()),
                without_study: if index == last_index {
                    exam_day_stats.total(0)
                } else {
                    curve_stats.total(index)
                },
                at_current_pace: pace_stats.as_ref().map(|stats| stats.total(index)),
                with_plan: plan_stats.map(|stats| stats.total(index)),
            })
            .collect();
        let plan_forecast = plan.as_ref().map(|(plan, stats)| PlanForecast {
            plan: *plan,
            reaches_target: rounded_percent(stats.on_exam_day().expected) >= rounded_percent(input.target),
            minutes_by_day: stats.minutes_by_day(),
            closest,
        });
        Some(Self {
            day: input.today,
            exam_day: input.today.plus(input.days),
            target: input.target,
            topics,
            total,
            curve,
            pace: input.pace.map(|pace| CurrentPace {
                minutes: pace.minutes.unwrap_or(0.0),
                new_cards: pace.new_cards,
                days_off_share: pace.days_off_share,
            }),
            plan: plan_forecast,
            weakest_review_seconds: weakest_review_run.map_or(0.0, RunStats::weakest_review_seconds),
            sampled_cards,
        })
    }
}

/// What the simulations behind a forecast found.
struct Simulated {
    /// The days of the curve, counted from today; the exam day is the last one.
    days: Vec<i32>,
    /// Without study, on the exam day, for all cards.
    exam_day_stats: RunStats,
    /// Without study, on every day of the curve.
    curve_stats: RunStats,
    /// At the current pace.
    pace_stats: Option<RunStats>,
    /// The plan, and what studying by it achieves.
    plan: Option<(ExamPlan, RunStats)>,
    closest: Option<ClosestToTarget>,
    /// A review of the weakest cards on the exam day.
    exam_day_run: Option<RunStats>,
    /// How many cards were simulated, if not all.
    sampled_cards: Option<usize>,
}

impl Simulated {
    /// Simulates the days until the exam; see [`Forecast::compute`].
    fn run(
        input: &ForecastInput,
        existing_plan: Option<&ExamPlan>,
        keep_going: impl Fn() -> bool + Sync,
    ) -> Option<Self> {
        let days = curve_days(input.days);
        let (simulated, weight) = sample_cards(input, MAX_CARD_DAYS);
        let posterior = StabilityPosterior::from_answers(&input.samples, input.model());
        let exam_day_stats = runs::without_study(input, &posterior, &days[days.len() - 1..], 1.0);
        let curve_stats = runs::without_study(&simulated, &posterior, &days, weight);
        let fuzz = input.scheduler.fuzz;
        let (mut pace_stats, mut plan_with_stats, mut closest) = (None, None, None);
        let usual_rules = SimRules {
            retention: input.scheduler.desired_retention,
            pre_exam_recall_threshold: None,
            pre_exam_review_days: 1,
            fuzz,
        };
        let run = |(rules, pace): (&SimRules, &StudyPace)| {
            runs::with_study(&simulated, &posterior, &days, weight, (rules, pace), FORECAST_RUNS, &keep_going)
        };
        let mut exam_day_run = None;
        if input.days > 0 && !input.cards.is_empty() {
            if let Some(current) = &input.pace {
                pace_stats = Some(run((&usual_rules, current))?);
            }
            let reusable = existing_plan.filter(|plan| plan.made_on == input.today.date() && input.days > 1);
            let plan = match reusable {
                Some(plan) => *plan,
                None => {
                    let (search_input, weight) = sample_cards(input, MAX_CARD_DAYS_IN_SEARCH);
                    PlanSearch {
                        input: &search_input,
                        posterior: &posterior,
                        cards_per_sim_card: weight,
                        keep_going: &keep_going,
                    }
                    .run()?
                }
            };
            let (rules, pace): (SimRules, StudyPace) = planning::simulation_of(&plan, fuzz);
            let with_plan = run((&rules, &pace))?;
            if let Some(minutes_a_day) = plan.nearest_minutes {
                let new_cards = input.cards.len() as f64;
                let longer = StudyPace { minutes: Some(f64::from(minutes_a_day)), new_cards, ..pace };
                let stats = run((&rules, &longer))?;
                let score = if input.days == 1 {
                    stats.after_weakest_review(input.topics.len())
                } else {
                    stats.on_exam_day()
                };
                closest = Some(ClosestToTarget { minutes_a_day, score });
            }
            plan_with_stats = Some((plan, with_plan));
        } else if !input.cards.is_empty() {
            let no_study = StudyPace { minutes: Some(0.0), new_cards: 0.0, days_off_share: 0.0 };
            exam_day_run = Some(run((&usual_rules, &no_study))?);
        }
        let sampled_cards = (simulated.cards.len() < input.cards.len()).then_some(simulated.cards.len());
        Some(Self {
            exam_day_stats,
            curve_stats,
            pace_stats,
            plan: plan_with_stats,
            closest,
            exam_day_run,
            sampled_cards,
            days,
        })
    }
}

/// A share in whole percent, as it is shown. A score that looks like the target counts as the target.
fn rounded_percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// The days on the curve, counted from today. Today and the exam day are always among them.
fn curve_days(days: u32) -> Vec<i32> {
    let last = i32::try_from(days).unwrap_or(i32::MAX);
    let points = MAX_POINTS.min(days as usize + 1);
    let mut all: Vec<i32> = (0..points)
        .map(|nth| (f64::from(last) * nth as f64 / (points - 1).max(1) as f64).round() as i32)
        .collect();
    all.dedup();
    all
}

/// The same input with a sample of its cards, and how many cards each card of the sample stands for.
fn sample_cards(input: &ForecastInput, max_card_days: usize) -> (ForecastInput, f64) {
    let sample_size = (max_card_days / (input.days as usize).max(1)).max(MIN_SAMPLE);
    let total = input.cards.len();
    if total <= sample_size {
        return (input.clone(), 1.0);
    }
    // Take cards at regular distances, sorted by topic, so that every topic keeps its share.
    let mut order: Vec<usize> = (0..total).collect();
    order.sort_by_key(|card| input.cards[*card].topic);
    let cards = (0..sample_size).map(|nth| input.cards[order[nth * total / sample_size]]).collect();
    (ForecastInput { cards, ..input.clone() }, total as f64 / sample_size as f64)
}
