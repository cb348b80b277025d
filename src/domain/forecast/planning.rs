//! The way to an exam that takes the fewest minutes: tried out, and told when there is none.

use std::collections::HashSet;

use super::input::Input;
use super::keeps::Keeps;
use super::runs::studied;
use crate::domain::effort::of_new;
use crate::domain::goal::ExamPlan;
use crate::domain::goal::sitting::whole_minutes;
use crate::domain::simulate::walk::{Pace, Rules, Walker};

/// Recalls tried, in percent, in rising order: more of it reaches more and takes longer.
const RETENTIONS: [u8; 7] = [70, 76, 82, 87, 91, 94, 97];
/// Last looks tried: below which percent, and over how many days before the exam.
const LAST_LOOKS: [(Option<u8>, u32); 6] =
    [(None, 1), (Some(90), 7), (Some(90), 21), (Some(97), 7), (Some(97), 14), (Some(97), 28)];
/// The same on the last evening: everything that is not sure has its look then, or what is weak.
const LAST_EVENING: [(Option<u8>, u32); 4] = [(None, 1), (Some(80), 1), (Some(90), 1), (Some(97), 1)];
/// Minutes a day that nobody can be asked for: ten hours.
const MOST_MINUTES: f64 = 600.0;
/// The same for the last evening: three hours.
const MOST_MINUTES_TONIGHT: f64 = 180.0;
/// Walks for each way tried.
const TRIES: u32 = 3;
/// What a way has to reach beyond the target, for so few walks are a little off.
const MARGIN: f64 = 0.005;
/// The longest day as a multiple of the mean: the smallest of these that still reaches the target is the plan's, so
/// that no evening is much longer than another.
const SPREADS: [f64; 3] = [1.0, 1.2, 1.5];
/// The last new cards come this share of the time, and at most so many days, before the exam: they are to come back.
const SHARE_AFTER_NEW: u32 = 4;
const MOST_DAYS_AFTER_NEW: u32 = 7;

/// When cards come back.
#[derive(Clone, Copy, Debug)]
struct Ways {
    retention: u8,
    last_look: Option<u8>,
    last_look_days: u32,
}

/// A way, and where it leads.
#[derive(Clone, Copy, Debug)]
struct Way {
    ways: Ways,
    /// Mean minutes a day.
    mean: f64,
    /// Minutes on the longest day.
    longest: f64,
    /// Expected share on the day.
    reaches: f64,
}

/// The search: what it is about, and who may call it off.
pub(super) struct Search<'a, W: Fn() -> bool> {
    pub(super) input: &'a Input,
    pub(super) keeps: &'a Keeps,
    /// Cards that one card of the input stands for.
    pub(super) weight: f64,
    pub(super) is_wanted: W,
}

/// What a plan means for a walk.
pub(super) fn as_walked(plan: &ExamPlan, fuzz: bool) -> (Rules, Pace) {
    let ways = Ways {
        retention: plan.retention_percent,
        last_look: plan.last_look_percent,
        last_look_days: plan.last_look_days,
    };
    let pace = Pace {
        minutes: Some(f64::from(plan.minutes_a_day)),
        new_cards: f64::from(plan.new_cards_a_day),
        days_off: 0.0,
    };
    (ways.rules(fuzz), pace)
}

impl Ways {
    fn rules(self, fuzz: bool) -> Rules {
        let share = |percent: u8| f32::from(percent) / 100.0;
        Rules {
            retention: share(self.retention),
            last_look: self.last_look.map(share),
            last_look_days: self.last_look_days,
            fuzz,
        }
    }
}

impl<W: Fn() -> bool> Search<'_, W> {
    /// Looks for the plan; `None` when it was called off.
    pub(super) fn run(&self) -> Option<ExamPlan> {
        let limit = self.input.minutes.map(f64::from);
        let most = if self.is_last_evening() { MOST_MINUTES_TONIGHT } else { MOST_MINUTES };
        let best = self.cheapest(limit.unwrap_or(most))?;
        if self.is_enough(&best) {
            let minutes = self.evened(&best)?;
            return Some(self.plan(&best, minutes));
        }
        // More than it takes nobody is asked for.
        let longest = self.whole(best.longest);
        let minutes = self.input.minutes.map_or(longest, |limit| limit.min(longest));
        let mut plan = self.plan(&best, minutes);
        if limit.is_some() {
            let free = self.cheapest(most)?;
            if self.is_enough(&free) {
                plan.enough_minutes = Some(self.evened(&free)?.max(minutes + 1));
            } else {
                plan.nearest_minutes = Some(self.whole(free.longest)).filter(|nearest| *nearest > minutes);
            }
        }
        Some(plan)
    }

    /// Whether today is the last day of study.
    fn is_last_evening(&self) -> bool {
        self.input.days == 1
    }

    /// Whole minutes, one at least. On the last evening what was studied of it already counts.
    fn whole(&self, minutes: f64) -> u32 {
        let spent = if self.is_last_evening() { self.input.done_today.seconds } else { 0.0 };
        whole_minutes(minutes * 60.0 + spent).max(1)
    }

    fn is_enough(&self, way: &Way) -> bool {
        way.reaches >= self.input.target + MARGIN
    }

    fn plan(&self, way: &Way, minutes: u32) -> ExamPlan {
        ExamPlan {
            retention_percent: way.ways.retention,
            last_look_percent: way.ways.last_look,
            last_look_days: way.ways.last_look_days,
            new_cards_a_day: self.new_cards_a_day().min(self.new_cards_in(minutes)),
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
        let unseen = cards as f64 * self.weight + self.input.done_today.begun as f64;
        let after = (self.input.days / SHARE_AFTER_NEW).clamp(1, MOST_DAYS_AFTER_NEW);
        let days = self.input.days.saturating_sub(after).max(1);
        (unseen / f64::from(days)).ceil() as u32
    }

    /// New cards that fit into some minutes at most, when nothing else is studied in them; those begun today count.
    fn new_cards_in(&self, minutes: u32) -> u32 {
        let fewest = self.unseen().map(|card| of_new(card.steps, card.blind_chance)).fold(f64::NAN, f64::min);
        let begun = self.input.done_today.begun as f64;
        // `as` saturates, and without a card never seen there is no limit.
        let fit = f64::from(minutes) * 60.0 / (fewest * self.input.seconds.max(1.0));
        if fit.is_nan() { u32::MAX } else { (fit.floor().max(1.0) + begun) as u32 }
    }

    fn unseen(&self) -> impl Iterator<Item = &Walker> {
        self.input.cards.iter().filter(|card| card.memory.is_none())
    }

    /// The way with the fewest minutes of those that reach the target with no day much longer than another, or else
    /// the one that comes nearest to the target.
    fn cheapest(&self, limit: f64) -> Option<Way> {
        let mut best: Option<Way> = None;
        let is_last = self.is_last_evening();
        let looks: &[_] = if is_last { &LAST_EVENING } else { &LAST_LOOKS };
        for (last_look, last_look_days) in looks.iter().copied() {
            if last_look.is_some() && !is_last && last_look_days > self.input.days.max(LAST_LOOKS[1].1) {
                continue;
            }
            // The lowest recall that is enough, by halving.
            let (mut low, mut high) = (0, RETENTIONS.len() - 1);
            loop {
                let middle = (low + high) / 2;
                // Nothing comes back before an exam that is tomorrow: after it the learner's own recall is right.
                let usual = (self.input.scheduler.desired_retention * 100.0).round() as u8;
                let retention = if is_last { usual } else { RETENTIONS[middle] };
                let ways = Ways { retention, last_look, last_look_days };
                let way = self.tried_evenly(ways, limit)?;
                let is_better = best.is_none_or(|best| match (self.is_enough(&way), self.is_enough(&best)) {
                    (true, true) => way.mean < best.mean,
                    (false, false) => way.reaches > best.reaches,
                    (is_enough, _) => is_enough,
                });
                if is_better {
                    best = Some(way);
                }
                if low >= high || is_last {
                    break;
                }
                if self.is_enough(&way) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
        }
        best
    }

    /// A way without limit tells how much it takes; then none of its days may take much more than that.
    fn tried_evenly(&self, ways: Ways, limit: f64) -> Option<Way> {
        let free = self.tried(ways, None)?;
        if self.is_last_evening() {
            let left = (limit - self.input.done_today.seconds / 60.0).max(0.0);
            return if free.longest <= left { Some(free) } else { self.tried(ways, Some(limit)) };
        }
        let longest = free.mean * SPREADS[SPREADS.len() - 1];
        let most = f64::from(self.whole(longest)).min(limit);
        if free.longest <= most {
            return Some(free);
        }
        Some(Way { longest: most, ..self.tried(ways, Some(most))? })
    }

    /// The fewest minutes for the longest day with which a way still reaches the target.
    fn evened(&self, way: &Way) -> Option<u32> {
        for spread in SPREADS {
            let minutes = f64::from(self.whole(way.mean * spread));
            if minutes >= way.longest {
                break;
            }
            if self.is_enough(&self.tried(way.ways, Some(minutes))?) {
                return Some(minutes as u32);
            }
        }
        Some(self.whole(way.longest))
    }

    fn tried(&self, ways: Ways, minutes: Option<f64>) -> Option<Way> {
        let input = self.input;
        let pace = Pace { minutes, new_cards: f64::from(self.new_cards_a_day()), days_off: 0.0 };
        let exam = [i32::try_from(input.days).unwrap_or(i32::MAX)];
        let rules = ways.rules(input.scheduler.fuzz);
        let sums = studied(input, self.keeps, &exam, self.weight, (&rules, &pace), TRIES, &self.is_wanted)?;
        let load = sums.minutes();
        let mean = load.iter().sum::<f64>() / load.len().max(1) as f64;
        let longest = load.iter().copied().fold(0.0, f64::max);
        Some(Way { ways, mean, longest, reaches: sums.at_the_exam().expected })
    }
}
