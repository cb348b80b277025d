//! The way to an exam that takes the fewest minutes: tried out, and told when there is none.

use super::input::Input;
use super::runs::{Sums, studied};
use crate::domain::goal::ExamPlan;
use crate::domain::simulate::walk::{Pace, Rules};

/// Recalls tried, in percent.
const RETENTIONS: [u8; 7] = [70, 76, 82, 87, 91, 94, 97];
/// Last looks tried, in percent.
const LAST_LOOKS: [Option<u8>; 3] = [None, Some(90), Some(97)];
/// Walks for each way tried.
const TRIES: u32 = 3;
/// A day's time as a multiple of the mean: the smallest that still reaches the target is the plan's, so that no
/// evening is much longer than another.
const SPREADS: [f64; 6] = [1.0, 1.1, 1.25, 1.5, 2.0, 3.0];
/// The last new cards come this share of the time, and at most so many days, before the exam: they are to come back.
const SHARE_AFTER_NEW: u32 = 4;
const MOST_DAYS_AFTER_NEW: u32 = 7;

/// A way, and where it leads.
#[derive(Clone, Copy, Debug)]
struct Way {
    retention: u8,
    last_look: Option<u8>,
    /// Mean minutes a day.
    minutes: f64,
    /// Most minutes on one day.
    peak: f64,
    /// Expected share on the day.
    reaches: f64,
}

/// New cards a study day, for all to be seen early enough.
fn new_cards_a_day(input: &Input, weight: f64) -> u32 {
    let unseen = input.cards.iter().filter(|card| card.memory.is_none()).count() as f64 * weight;
    let after = (input.days / SHARE_AFTER_NEW).clamp(1, MOST_DAYS_AFTER_NEW);
    let days = input.days.saturating_sub(after).max(1);
    (unseen / f64::from(days)).ceil() as u32
}

/// What a plan means for a walk.
pub(super) fn as_walked(plan: &ExamPlan, fuzz: bool) -> (Rules, Pace) {
    let share = |percent: u8| f32::from(percent) / 100.0;
    let rules = Rules {
        retention: share(plan.retention_percent),
        last_look: plan.last_look_percent.map(share),
        fuzz,
    };
    let new_cards = f64::from(plan.new_cards_a_day);
    (rules, Pace { minutes: Some(f64::from(plan.minutes_a_day)), new_cards, days_off: 0.0 })
}

/// Looks for the plan; `None` when `is_wanted` said no on the way.
pub(super) fn find(input: &Input, weight: f64, is_wanted: &impl Fn() -> bool) -> Option<ExamPlan> {
    let limit = input.minutes.map(f64::from);
    let limited = cheapest(input, weight, limit, is_wanted)?;
    if limited.reaches >= input.target {
        let minutes = spread(input, weight, limited, limit, is_wanted)?;
        return Some(plan(input, weight, limited, minutes, None));
    }
    let Some(limit) = input.minutes else {
        // No number of minutes reaches it: the way that comes nearest.
        let minutes = (limited.minutes * 1.5).min(limited.peak);
        return Some(plan(input, weight, limited, whole(minutes), None));
    };
    let free = cheapest(input, weight, None, is_wanted)?;
    let enough = match free.reaches >= input.target {
        true => Some(spread(input, weight, free, None, is_wanted)?.max(limit + 1)),
        false => None,
    };
    Some(plan(input, weight, limited, limit, enough))
}

fn plan(input: &Input, weight: f64, way: Way, minutes: u32, enough: Option<u32>) -> ExamPlan {
    ExamPlan {
        retention_percent: way.retention,
        last_look_percent: way.last_look,
        new_cards_a_day: new_cards_a_day(input, weight),
        minutes_a_day: minutes,
        enough_minutes: enough,
        made_on: input.today.date(),
    }
}

/// The way with the fewest minutes of those that reach the target, or else the one that comes nearest to it.
fn cheapest(input: &Input, weight: f64, limit: Option<f64>, is_wanted: &impl Fn() -> bool) -> Option<Way> {
    let mut best: Option<Way> = None;
    for last_look in LAST_LOOKS {
        for retention in RETENTIONS {
            let way = tried(input, weight, (retention, last_look), limit, is_wanted)?;
            let is_better =
                best.is_none_or(|best| match (way.reaches >= input.target, best.reaches >= input.target) {
                    (true, true) => way.minutes < best.minutes,
                    (false, false) => way.reaches > best.reaches,
                    (reaches, _) => reaches,
                });
            let reaches = way.reaches >= input.target;
            if is_better {
                best = Some(way);
            }
            // A higher recall only takes longer.
            if reaches {
                break;
            }
        }
    }
    best
}

/// The fewest minutes, the same every day, with which a way still reaches the target.
fn spread(
    input: &Input,
    weight: f64,
    way: Way,
    limit: Option<f64>,
    is_wanted: &impl Fn() -> bool,
) -> Option<u32> {
    for spread in SPREADS {
        let minutes = f64::from(whole(way.minutes * spread));
        if minutes >= limit.unwrap_or(f64::INFINITY).min(way.peak) {
            break;
        }
        let flat = tried(input, weight, (way.retention, way.last_look), Some(minutes), is_wanted)?;
        if flat.reaches >= input.target {
            return Some(whole(minutes));
        }
    }
    Some(whole(way.peak.min(limit.unwrap_or(f64::INFINITY))))
}

fn tried(
    input: &Input,
    weight: f64,
    (retention, last_look): (u8, Option<u8>),
    minutes: Option<f64>,
    is_wanted: &impl Fn() -> bool,
) -> Option<Way> {
    let share = |percent: u8| f32::from(percent) / 100.0;
    let rules =
        Rules { retention: share(retention), last_look: last_look.map(share), fuzz: input.scheduler.fuzz };
    let new_cards = f64::from(new_cards_a_day(input, weight));
    let pace = Pace { minutes, new_cards, days_off: 0.0 };
    let exam = [i32::try_from(input.days).unwrap_or(i32::MAX)];
    let sums: Sums = studied(input, &exam, weight, (&rules, &pace), TRIES, is_wanted)?;
    let load = sums.minutes();
    let mean = load.iter().sum::<f64>() / load.len().max(1) as f64;
    let peak = load.iter().copied().fold(0.0, f64::max);
    let reaches = sums.at_the_exam().expected;
    Some(Way { retention, last_look, minutes: mean, peak, reaches })
}

/// Whole minutes, one at least.
fn whole(minutes: f64) -> u32 {
    (minutes.ceil() as u32).max(1)
}
