//! What the learner will know on the day of an exam: if nothing is studied any more, at today's pace, and with a plan.
//!
//! Recall of what is left alone follows from the memories. What studying adds is tried out, in some dozens of walks
//! from today to the exam ([`crate::domain::simulate::walk`]). Every range holds three things: chance in what is
//! remembered until then, the chance of the test itself, and what the answers so far leave open about how long this
//! learner keeps things ([`keeps`]).

mod input;
mod planning;
mod runs;
pub mod stability;

pub use input::ForecastInput;

use super::day::StudyDay;
use super::goal::ExamPlan;
use super::simulate::exam::{SimRules, StudyPace};
use planning::PlanSearch;
use stability::StabilityPosterior;

/// Walks for the figures that are shown.
const FORECAST_RUNS: u32 = 32;
/// Points of a curve, at most.
const MAX_POINTS: usize = 25;
/// Cards times days of one walk, at most: beyond it a sample of the cards stands for all.
const MAX_CARD_DAYS: usize = 250_000;
/// The same while ways are tried out, of which there are many.
const MAX_CARD_DAYS_IN_SEARCH: usize = 30_000;
/// Fewer cards than this are not sampled from.
const MIN_SAMPLE: usize = 300;

/// An expected share with its 95 % range, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreRange {
    /// Expected share of the points.
    pub expected: f64,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// One topic, or all of them, on the day of the exam.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicForecast {
    /// The topic's key; empty for all of them.
    pub topic: String,
    /// Its name.
    pub name: String,
    /// Cards asked.
    pub cards: usize,
    /// How many of them were never seen.
    pub unseen: usize,
    /// If nothing is studied any more.
    pub without_study: ScoreRange,
    /// At the pace of the last two weeks; `None` when nothing was studied in them.
    pub at_current_pace: Option<ScoreRange>,
    /// With the plan; `None` when there is no day left to study.
    pub with_plan: Option<ScoreRange>,
    /// With the plan, and the weakest cards gone through once more on the morning of the exam; `None` until the day
    /// before it.
    pub after_weakest_review: Option<ScoreRange>,
}

/// What a test would give on one of the days until the exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastPoint {
    /// The day.
    pub day: StudyDay,
    /// If nothing is studied any more.
    pub without_study: ScoreRange,
    /// At today's pace.
    pub at_current_pace: Option<ScoreRange>,
    /// With the plan.
    pub with_plan: Option<ScoreRange>,
}

/// The plan, and what it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanForecast {
    /// What the scheduler follows.
    pub plan: ExamPlan,
    /// Whether the target is expected to be reached.
    pub reaches_target: bool,
    /// Minutes on each day until the exam, what is left of today first.
    pub minutes_by_day: Vec<f64>,
    /// What comes nearest to a target that is out of reach, where the learner gives it less time than that.
    pub closest: Option<ClosestToTarget>,
}

/// What more time would bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosestToTarget {
    /// Minutes a study day, at most.
    pub minutes_a_day: u32,
    /// What that comes to; on the day before the exam with its morning.
    pub score: ScoreRange,
}

/// Today's pace, as the last two weeks show it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurrentPace {
    /// Minutes on a day with study.
    pub minutes: f64,
    /// New cards on a day with study.
    pub new_cards: f64,
    /// Share of days without study, 0 to 1.
    pub days_off: f64,
}

/// The forecast of one goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The study day it was made on.
    pub day: StudyDay,
    /// The study day of the exam.
    pub exam_day: StudyDay,
    /// Share to reach, 0 to 1.
    pub target: f64,
    /// The topics asked, in the deck's order.
    pub topics: Vec<TopicForecast>,
    /// All of them together.
    pub total: TopicForecast,
    /// Day by day, both ends included; some days are left out when there are many.
    pub curve: Vec<ForecastPoint>,
    /// Today's pace.
    pub pace: Option<CurrentPace>,
    /// The plan; `None` when there is no day left to study.
    pub plan: Option<PlanForecast>,
    /// Seconds that going through the weakest cards on the morning of the exam takes; 0 until the day before it.
    pub weakest_review_seconds: f64,
    /// How many of the cards stood for all of them, where there were too many to try out.
    pub sampled_cards: Option<usize>,
}

impl Forecast {
    /// What to expect of who does what there is to do: with the plan, on the day itself after the weakest cards.
    pub fn expected(&self) -> ScoreRange {
        self.total.with_plan.or(self.total.after_weakest_review).unwrap_or(self.total.without_study)
    }

    /// Works it out. A plan made today is kept, but for the last evening, which goes by what is left of it; else the
    /// best is looked for. `None` when `is_scheduled` said no on
    /// the way.
    pub fn of(input: &ForecastInput, made: Option<&ExamPlan>, is_wanted: impl Fn() -> bool) -> Option<Self> {
        let days = curve_days(input.days);
        let (walked, weight) = sample_cards(input, MAX_CARD_DAYS);
        let keeps = StabilityPosterior::from_answers(&input.samples, input.model());
        let (last, all) = (days.len() - 1, input.topics.len());
        let on_the_day = runs::without_study(input, &keeps, &days[last..], 1.0);
        let until_then = runs::without_study(&walked, &keeps, &days, weight);
        let fuzz = input.scheduler.fuzz;
        let (mut pace, mut plan, mut found, mut nearest) = (None, None, None, None);
        let usual = SimRules {
            retention: input.scheduler.desired_retention,
            pre_exam_review: None,
            pre_exam_review_days: 1,
            fuzz,
        };
        let studied = |(rules, steps): (&SimRules, &StudyPace)| {
            runs::with_study(&walked, &keeps, &days, weight, (rules, steps), FORECAST_RUNS, &is_wanted)
        };
        let mut morning = None;
        if input.days > 0 && !input.cards.is_empty() {
            if let Some(todays) = &input.pace {
                pace = Some(studied((&usual, todays))?);
            }
            let kept = made.filter(|plan| plan.made_on == input.today.date() && input.days > 1);
            let way = match kept {
                Some(plan) => *plan,
                None => {
                    let (tried, weight) = sample_cards(input, MAX_CARD_DAYS_IN_SEARCH);
                    PlanSearch { input: &tried, posterior: &keeps, weight, keep_going: &is_wanted }.run()?
                }
            };
            let (rules, steps): (SimRules, StudyPace) = planning::simulation_of(&way, fuzz);
            let with_it = studied((&rules, &steps))?;
            if let Some(minutes_a_day) = way.nearest_minutes {
                let new_cards = input.cards.len() as f64;
                let longer = StudyPace { minutes: Some(f64::from(minutes_a_day)), new_cards, ..steps };
                let sums = studied((&rules, &longer))?;
                let reaches =
                    if input.days == 1 { sums.after_weakest_review(all) } else { sums.on_exam_day() };
                nearest = Some(ClosestToTarget { minutes_a_day, score: reaches });
            }
            (plan, found) = (Some(with_it), Some(way));
        } else if !input.cards.is_empty() {
            let nothing = StudyPace { minutes: Some(0.0), new_cards: 0.0, days_off: 0.0 };
            morning = Some(studied((&usual, &nothing))?);
        }
        let morning = morning.as_ref().or(plan.as_ref()).filter(|_| input.days <= 1);
        let line = |place: usize, topic: &str, name: &str| {
            let of_topic =
                |card: &&super::simulate::exam::SimCard| place == input.topics.len() || card.topic == place;
            let cards = input.cards.iter().filter(of_topic);
            TopicForecast {
                topic: topic.to_owned(),
                name: name.to_owned(),
                cards: cards.clone().count(),
                unseen: cards.filter(|card| card.memory.is_none()).count(),
                without_study: on_the_day.of_topic(0, place),
                at_current_pace: pace.as_ref().map(|sums| sums.of_topic(last, place)),
                with_plan: plan.as_ref().map(|sums| sums.of_topic(last, place)),
                after_weakest_review: morning.map(|sums| sums.after_weakest_review(place)),
            }
        };
        let topics: Vec<TopicForecast> =
            input.topics.iter().enumerate().map(|(place, (key, name))| line(place, key, name)).collect();
        let total = line(all, "", "All topics");
        let curve = days
            .iter()
            .enumerate()
            .map(|(at, day)| ForecastPoint {
                day: input.today.plus(day.unsigned_abs()),
                without_study: if at == last { on_the_day.total(0) } else { until_then.total(at) },
                at_current_pace: pace.as_ref().map(|sums| sums.total(at)),
                with_plan: plan.as_ref().map(|sums| sums.total(at)),
            })
            .collect();
        let planned = found.zip(plan.as_ref()).map(|(found, sums)| PlanForecast {
            plan: found,
            reaches_target: rounded_percent(sums.on_exam_day().expected) >= rounded_percent(input.target),
            minutes_by_day: sums.minutes_by_day(),
            closest: nearest,
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
                days_off: pace.days_off,
            }),
            plan: planned,
            weakest_review_seconds: morning.map_or(0.0, runs::RunStats::weakest_review_seconds),
            sampled_cards: (walked.cards.len() < input.cards.len()).then_some(walked.cards.len()),
        })
    }
}

/// As it is shown: what looks like the target is the target.
fn rounded_percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// The days of a curve, today and the exam among them.
fn curve_days(days: u32) -> Vec<i32> {
    let last = i32::try_from(days).unwrap_or(i32::MAX);
    let points = MAX_POINTS.min(days as usize + 1);
    let mut all: Vec<i32> = (0..points)
        .map(|nth| (f64::from(last) * nth as f64 / (points - 1).max(1) as f64).round() as i32)
        .collect();
    all.dedup();
    all
}

/// The same goal over a sample of its cards, and how many cards each of them stands for.
fn sample_cards(input: &ForecastInput, most_card_days: usize) -> (ForecastInput, f64) {
    let most = (most_card_days / (input.days as usize).max(1)).max(MIN_SAMPLE);
    let all = input.cards.len();
    if all <= most {
        return (input.clone(), 1.0);
    }
    // Every so manieth, topic by topic, so that all topics keep their share.
    let mut order: Vec<usize> = (0..all).collect();
    order.sort_by_key(|card| input.cards[*card].topic);
    let cards = (0..most).map(|nth| input.cards[order[nth * all / most]]).collect();
    (ForecastInput { cards, ..input.clone() }, all as f64 / most as f64)
}
