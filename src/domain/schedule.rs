//! What each rating would do to a card: pure transitions that return all four outcomes at once,
//! so that the interval on a button is the interval given.

use rand::RngExt;

use super::card::{CardPhase, CardState};
use super::day::{Moment, StudyDay};
use super::event::Due;
use super::ids::CardKey;
use super::memory::{MAX_INTERVAL_DAYS, Memory, Model};
use super::question::Kind;
use super::rating::Rating;
use super::seed::{Seed, rng, seed_of};

const MINUTE_MS: i64 = 60_000;
/// Minutes before a new card comes back, step by step.
const LEARNING_STEP_MINUTES: [i64; 2] = [1, 10];
/// True or false is right by chance every other time: one step more before it counts as learned.
const LEARNING_STEP_MINUTES_BOOL: [i64; 3] = [1, 10, 10];
const RELEARNING_STEP_MINUTES: [i64; 1] = [10];
/// Between Again and Good on the first learning step.
const HARD_FIRST_STEP_MINUTES: i64 = 6;

/// The rules: a model and what the learner asked for.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// The memory model.
    pub model: Model,
    /// Recall at which a card should come back, 0.70 to 0.99.
    pub desired_retention: f32,
    /// Whether intervals are spread a little so that cards learned together drift apart.
    pub fuzz: bool,
    /// Before an exam: no interval reaches over it where a last look before it pays.
    pub pre_exam_review: Option<PreExamReview>,
}

/// A look at a card in the last days before an exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PreExamReview {
    /// The study day of the exam.
    pub exam: StudyDay,
    /// It pays for cards that would be recalled on that day with less than this, 0 to 1.
    pub recall_threshold: f32,
    /// Days before the exam over which last looks are spread, so that they do not meet on the last evening; from 1.
    pub window_days: u32,
}

/// What a rating would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatingOutcome {
    /// The rating.
    pub rating: Rating,
    /// Memory afterwards.
    pub memory: Memory,
    /// Phase afterwards.
    pub phase: CardPhase,
    /// When the card comes back.
    pub due: Due,
}

/// The figures behind an interval, for "Why this interval?".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalReason {
    /// Recall just before the answer; `None` for a card never seen, and for one that was being learned.
    pub recall_before: Option<f64>,
    /// Days of stability before.
    pub stability_before: Option<f32>,
    /// Days of stability after the rating.
    pub stability_after: f32,
    /// 1 to 10, after the rating.
    pub difficulty_after: f32,
    /// The recall aimed at.
    pub desired_retention: f32,
    /// Interval before spreading, in days; `None` while the card is on minute steps.
    pub exact_days: Option<f32>,
    /// Smallest and largest interval that spreading may give; `None` also where a last look comes before.
    pub fuzz_days: Option<(u32, u32)>,
    /// Whether the interval ends with a last look before an exam.
    pub is_pre_exam_review: bool,
}

impl Default for Scheduler {
    fn default() -> Self {
        Self { model: Model::default(), desired_retention: 0.9, fuzz: true, pre_exam_review: None }
    }
}

impl Scheduler {
    /// All four outcomes for a card of a kind, answered now.
    /// The better the rating, the later the card comes back, never earlier.
    pub fn outcomes(&self, key: &CardKey, kind: Kind, state: &CardState, now: &Moment) -> [RatingOutcome; 4] {
        let days = state.last_day.map_or(0, |last| now.day().days_since(last));
        let memories = self.model.after_each(state.memory, days);
        let mut floor_days = 1;
        Rating::ALL.map(|rating| {
            let memory = memories[usize::from(rating.number()) - 1];
            let (phase, minutes) = next_phase(state.phase, kind, rating);
            let due = match minutes {
                Some(minutes) => Due::At(now.ms() + minutes * MINUTE_MS),
                None => {
                    let least = self.min_interval_days(state, now.day(), rating, memory);
                    let interval =
                        self.fuzzed_interval_days(key, state.reviews, memory, least).max(floor_days);
                    floor_days = interval;
                    Due::Day(self.due_before_exam(key, memory, now.day(), now.day().plus(interval)))
                }
            };
            RatingOutcome { rating, memory, phase, due }
        })
    }

    /// The outcome of one rating.
    pub fn outcome(
        &self,
        key: &CardKey,
        kind: Kind,
        state: &CardState,
        now: &Moment,
        rating: Rating,
    ) -> RatingOutcome {
        self.outcomes(key, kind, state, now)[usize::from(rating.number()) - 1]
    }

    /// Why a rating leads to its interval.
    pub fn reason(&self, state: &CardState, now: &Moment, outcome: &RatingOutcome) -> IntervalReason {
        let exact = self.model.interval_days(outcome.memory.stability, self.desired_retention);
        let on_days = matches!(outcome.due, Due::Day(_));
        let least_days = self.min_interval_days(state, now.day(), outcome.rating, outcome.memory);
        let spread = (on_days && self.fuzz).then(|| fuzz_range(exact)).flatten();
        let spread = spread.map(|(low, high)| (low.max(least_days).min(high), high));
        let least = spread.map_or(whole_days(exact), |(low, _)| low);
        let is_last_look = self.pre_exam_review.is_some()
            && matches!(outcome.due, Due::Day(day) if day < now.day().plus(least));
        IntervalReason {
            recall_before: state.recall(&self.model, now.day()).filter(|_| !state.is_being_learned()),
            stability_before: state.memory.map(|memory| memory.stability),
            stability_after: outcome.memory.stability,
            difficulty_after: outcome.memory.difficulty,
            desired_retention: self.desired_retention,
            exact_days: on_days.then_some(exact),
            fuzz_days: spread.filter(|_| !is_last_look),
            is_pre_exam_review: is_last_look,
        }
    }

    /// The day on which a card comes back, moved to its last look before an exam where that pays. The better the
    /// rating the less it pays, so better ratings still come back later.
    fn due_before_exam(&self, key: &CardKey, memory: Memory, today: StudyDay, due: StudyDay) -> StudyDay {
        match self.pre_exam_review {
            Some(look) if today < look.day(key) && look.is_worthwhile(&self.model, memory, today) => {
                due.min(look.day(key))
            }
            _ => due,
        }
    }

    /// Whether a card that comes back later is to be looked at today, because of an exam.
    pub fn needs_pre_exam_review(&self, key: &CardKey, state: &CardState, today: StudyDay) -> bool {
        let (Some(look), Some(memory), Some(last)) = (self.pre_exam_review, state.memory, state.last_day)
        else {
            return false;
        };
        let day = look.day(key);
        (day..look.exam).contains(&today) && last < day && look.is_worthwhile(&self.model, memory, last)
    }

    /// The interval for a memory in whole days, 1 to [`MAX_INTERVAL_DAYS`], spread by a seed made from the card
    /// and how often it was reviewed; spreading goes no lower than `least`.
    fn fuzzed_interval_days(&self, key: &CardKey, reviews: u32, memory: Memory, least: u32) -> u32 {
        let exact = self.model.interval_days(memory.stability, self.desired_retention);
        let spread = if self.fuzz { fuzz_range(exact) } else { None };
        match spread {
            Some((low, high)) => {
                let low = low.max(least).min(high);
                rng(seed_of(&format!("interval {key} {reviews}"))).random_range(low..=high)
            }
            None => whole_days(exact),
        }
    }

    /// The shortest interval that spreading may give. Who knew a card on its day or later does not get it back after
    /// a shorter time than before, and after a longer one where the interval itself is longer. 1 for all others: early
    /// answers, Again and Hard; and where today's rules, such as a higher recall to aim at, would not have given the
    /// old interval either.
    fn min_interval_days(&self, state: &CardState, today: StudyDay, rating: Rating, memory: Memory) -> u32 {
        let was_due = matches!(state.due, Some(Due::Day(day)) if day <= today);
        let old = state.interval_days;
        let (Some(before), CardPhase::Review, true) = (state.memory, state.phase, was_due) else { return 1 };
        if rating < Rating::Good || old == 0 {
            return 1;
        }
        let exact = |memory: Memory| self.model.interval_days(memory.stability, self.desired_retention);
        let longest_then = fuzz_range(exact(before)).map_or(whole_days(exact(before)), |(_, high)| high);
        match whole_days(exact(memory)) {
            new if new > old => old + 1,
            _ if old <= longest_then => old,
            _ => 1,
        }
    }
}

impl PreExamReview {
    /// The day of a card's last look.
    pub fn day(&self, key: &CardKey) -> StudyDay {
        let before = days_before_exam(pre_exam_seed(key), self.window_days);
        StudyDay(self.exam.0.saturating_sub(i32::try_from(before).unwrap_or(i32::MAX)))
    }

    /// Whether a card with this memory since `last` would be recalled too badly on the day of the exam.
    pub fn is_worthwhile(&self, model: &Model, memory: Memory, last: StudyDay) -> bool {
        model.recall(memory, self.exam.days_since(last)) < f64::from(self.recall_threshold)
    }
}

/// What tells the day of a card's last look from another card's.
pub fn pre_exam_seed(key: &CardKey) -> Seed {
    seed_of(&format!("last look {key}"))
}

/// How many days before an exam a card has its last look, from 1 to `days`, as many cards on each.
pub fn days_before_exam(look_seed: Seed, days: u32) -> u64 {
    1 + look_seed % u64::from(days.max(1))
}

/// Rounds an interval and keeps it within 1 and [`MAX_INTERVAL_DAYS`].
pub fn whole_days(exact: f32) -> u32 {
    // `as` saturates, and takes NaN to 0: both end inside the bounds.
    (exact.round() as u32).clamp(1, MAX_INTERVAL_DAYS)
}

/// Smallest and largest interval that spreading may give; `None` below 2.5 days.
///
/// The width is Anki's (its manual, "Fuzz factor"): 1 day, and 15 % of the part from 2.5 to 7 days,
/// 10 % of the part from 7 to 20, 5 % of the rest, to each side.
pub fn fuzz_range(exact: f32) -> Option<(u32, u32)> {
    if exact.is_nan() || exact < 2.5 {
        return None;
    }
    let part = |from: f32, to: f32| (exact.min(to) - from).max(0.0);
    let delta = 1.0 + 0.15 * part(2.5, 7.0) + 0.10 * part(7.0, 20.0) + 0.05 * part(20.0, f32::INFINITY);
    let low = whole_days(exact - delta).max(2);
    Some((low, whole_days(exact + delta).max(low)))
}

/// Right answers in a row that a new card of a kind needs on its first day.
pub fn learning_step_count(kind: Kind) -> u8 {
    let steps =
        if kind == Kind::Bool { LEARNING_STEP_MINUTES_BOOL.len() } else { LEARNING_STEP_MINUTES.len() };
    steps as u8
}

/// The phase after a rating, and the minutes of its step; no minutes: the card waits for days.
fn next_phase(phase: CardPhase, kind: Kind, rating: Rating) -> (CardPhase, Option<i64>) {
    let learning: &[i64] =
        if kind == Kind::Bool { &LEARNING_STEP_MINUTES_BOOL } else { &LEARNING_STEP_MINUTES };
    let (steps, step, relearning) = match phase {
        CardPhase::New => (learning, 0, false),
        CardPhase::Learning { step } => (learning, usize::from(step), false),
        CardPhase::Review if rating == Rating::Again => {
            return (CardPhase::Relearning { step: 0 }, Some(RELEARNING_STEP_MINUTES[0]));
        }
        CardPhase::Review => return (CardPhase::Review, None),
        CardPhase::Relearning { step } => (&RELEARNING_STEP_MINUTES[..], usize::from(step), true),
    };
    // A card may stand on a step that its kind no longer has.
    let step = step.min(steps.len() - 1);
    let at = |step: usize, minutes: i64| {
        let step = u8::try_from(step).unwrap_or(0);
        (
            if relearning { CardPhase::Relearning { step } } else { CardPhase::Learning { step } },
            Some(minutes),
        )
    };
    match rating {
        Rating::Again => at(0, steps[0]),
        Rating::Hard if step == 0 && !relearning => at(0, HARD_FIRST_STEP_MINUTES),
        Rating::Hard => at(step, steps[step]),
        Rating::Good if step + 1 < steps.len() => at(step + 1, steps[step + 1]),
        Rating::Good | Rating::Easy => (CardPhase::Review, None),
    }
}

/// The phase after a rating, for folding the log.
pub fn phase_after(phase: CardPhase, kind: Kind, rating: Rating) -> CardPhase {
    next_phase(phase, kind, rating).0
}

/// An interval in the words of a button: "10 min", "3 days", "4 months", "2.5 years".
pub fn interval_text(due: Due, now: &Moment) -> String {
    match due {
        Due::At(ms) => {
            let minutes = ((ms - now.ms()) as f64 / MINUTE_MS as f64).round().max(1.0);
            if minutes < 60.0 { format!("{minutes} min") } else { format!("{} h", (minutes / 60.0).round()) }
        }
        Due::Day(day) => day_text(day, now.day()),
    }
}

fn day_text(day: StudyDay, today: StudyDay) -> String {
    let days = day.days_since(today);
    let tenths = |value: f64| {
        let value = (value * 10.0).round() / 10.0;
        if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
    };
    match days {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        2..=59 => format!("{days} days"),
        60..=729 => format!("{} months", tenths((f64::from(days) / 30.44).round())),
        _ => format!("{} years", tenths(f64::from(days) / 365.25)),
    }
}
