//! Scheduling: what each rating would do to a card. All four outcomes are computed at once by pure functions,
//! so that the interval shown on a button is the interval that the card gets.

use rand::RngExt;

use super::card::{CardPhase, CardState};
use super::day::{Moment, StudyDay};
use super::event::Due;
use super::ids::CardKey;
use super::memory::{MAX_INTERVAL_DAYS, Memory, MemoryModel};
use super::question::Kind;
use super::rating::Rating;
use super::seed::{Seed, rng, seed_of};

const MINUTE_MS: i64 = 60_000;
/// The learning steps in minutes.
const LEARNING_STEP_MINUTES: [i64; 2] = [1, 10];
/// The learning steps of Bool, in minutes: one step more, because every other blind guess is right.
const LEARNING_STEP_MINUTES_BOOL: [i64; 3] = [1, 10, 10];
const RELEARNING_STEP_MINUTES: [i64; 1] = [10];
/// Hard on the first learning step: between the first two steps, as in Anki.
const HARD_FIRST_STEP_MINUTES: i64 = 6;

/// The scheduling rules: the memory model and the learner's settings.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// The memory model.
    pub model: MemoryModel,
    /// The recall (retrievability) at which a card becomes due, 0.70 to 0.99.
    pub desired_retention: f32,
    /// Whether intervals are fuzzed, so that cards learned together drift apart.
    pub fuzz: bool,
    /// The review before an exam: no interval extends past it where it is worthwhile. `None`: no exam is
    /// planned.
    pub pre_exam_review: Option<PreExamReview>,
}

/// A last review of a card in the days before an exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PreExamReview {
    /// The study day of the exam.
    pub exam: StudyDay,
    /// The review is worthwhile for cards whose predicted recall on the day of the exam is below this, 0 to
    /// 1.
    pub recall_threshold: f32,
    /// How many days before the exam these reviews are spread over, so that they do not all fall on the last
    /// evening; at least 1.
    pub window_days: u32,
}

/// What a rating would do to a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatingOutcome {
    /// The rating.
    pub rating: Rating,
    /// The memory after the rating.
    pub memory: Memory,
    /// The phase after the rating.
    pub phase: CardPhase,
    /// When the card is due after the rating.
    pub due: Due,
}

/// The figures behind an interval, for "Why this interval?".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalReason {
    /// Predicted recall just before the answer; `None` for a new card, and for one that was being learned.
    pub recall_before: Option<f64>,
    /// Stability before the answer, in days; `None` for a new card.
    pub stability_before: Option<f32>,
    /// Stability after the rating, in days.
    pub stability_after: f32,
    /// Difficulty after the rating, 1 to 10.
    pub difficulty_after: f32,
    /// The desired retention in force, 0 to 1.
    pub desired_retention: f32,
    /// The interval in days before it is fuzzed; `None` on a learning step.
    pub exact_days: Option<f32>,
    /// The smallest and largest fuzzed interval in days; `None` where the interval is not fuzzed, and where a
    /// review before the exam replaces it.
    pub fuzz_days: Option<(u32, u32)>,
    /// Whether the interval was shortened for a review before an exam.
    pub is_pre_exam_review: bool,
}

impl Default for Scheduler {
    fn default() -> Self {
        Self { model: MemoryModel::default(), desired_retention: 0.9, fuzz: true, pre_exam_review: None }
    }
}

/// The outcome of a rating; `outcomes` are in the order of ratings.
pub fn outcome_of(outcomes: &[RatingOutcome; 4], rating: Rating) -> &RatingOutcome {
    &outcomes[usize::from(rating.number()) - 1]
}

impl Scheduler {
    /// The outcomes of all four ratings for a card of a kind answered `now`, from Again to Easy. A better
    /// rating never makes the card due earlier.
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
                    let min_days = self.min_interval_days(state, now.day(), rating, memory);
                    let interval =
                        self.fuzzed_interval_days(key, state.reviews, memory, min_days).max(floor_days);
                    floor_days = interval;
                    Due::Day(self.due_before_exam(key, memory, now.day(), now.day().plus(interval)))
                }
            };
            RatingOutcome { rating, memory, phase, due }
        })
    }

    /// The outcome of one rating; see [`Scheduler::outcomes`].
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

    /// The figures that lead to the interval of an outcome; `state` is the card's state before it.
    pub fn reason(&self, state: &CardState, now: &Moment, outcome: &RatingOutcome) -> IntervalReason {
        let exact = self.model.interval_days(outcome.memory.stability, self.desired_retention);
        let is_in_days = matches!(outcome.due, Due::Day(_));
        let min_days = self.min_interval_days(state, now.day(), outcome.rating, outcome.memory);
        let fuzz_days = (is_in_days && self.fuzz).then(|| fuzz_range(exact)).flatten();
        let fuzz_days = fuzz_days.map(|(low, high)| (low.max(min_days).min(high), high));
        let min_days = fuzz_days.map_or(whole_days(exact), |(low, _)| low);
        let is_pre_exam_review = self.pre_exam_review.is_some()
            && matches!(outcome.due, Due::Day(day) if day < now.day().plus(min_days));
        IntervalReason {
            recall_before: state.recall(&self.model, now.day()).filter(|_| !state.is_being_learned()),
            stability_before: state.memory.map(|memory| memory.stability),
            stability_after: outcome.memory.stability,
            difficulty_after: outcome.memory.difficulty,
            desired_retention: self.desired_retention,
            exact_days: is_in_days.then_some(exact),
            fuzz_days: fuzz_days.filter(|_| !is_pre_exam_review),
            is_pre_exam_review,
        }
    }

    /// The day on which a card is due, moved to its review before the exam where that is worthwhile. The
    /// better the rating, the less worthwhile it is, so that better ratings still come later.
    fn due_before_exam(&self, key: &CardKey, memory: Memory, today: StudyDay, due: StudyDay) -> StudyDay {
        match self.pre_exam_review {
            Some(review) if today < review.day(key) && review.is_worthwhile(&self.model, memory, today) => {
                due.min(review.day(key))
            }
            _ => due,
        }
    }

    /// Whether a card that is not due yet needs a review today because of an exam.
    pub fn needs_pre_exam_review(&self, key: &CardKey, state: &CardState, today: StudyDay) -> bool {
        let (Some(review), Some(memory), Some(last)) = (self.pre_exam_review, state.memory, state.last_day)
        else {
            return false;
        };
        let day = review.day(key);
        (day..review.exam).contains(&today) && last < day && review.is_worthwhile(&self.model, memory, last)
    }

    /// The interval for a memory in whole days, 1 to [`MAX_INTERVAL_DAYS`]. It is fuzzed by a seed derived
    /// from the card and its number of reviews, but not below `min_days`.
    fn fuzzed_interval_days(&self, key: &CardKey, reviews: u32, memory: Memory, min_days: u32) -> u32 {
        let exact = self.model.interval_days(memory.stability, self.desired_retention);
        let range = if self.fuzz { fuzz_range(exact) } else { None };
        match range {
            Some((low, high)) => {
                let low = low.max(min_days).min(high);
                rng(seed_of(&format!("interval {key} {reviews}"))).random_range(low..=high)
            }
            None => whole_days(exact),
        }
    }

    /// The shortest interval that fuzzing may give. A card that was recalled on its due day or later does not
    /// get a shorter interval than before, and gets a longer one where the unfuzzed interval is longer. For
    /// all other answers it is 1: early answers, Again and Hard, and where today's settings, such as a higher
    /// desired retention, would not have given the old interval either.
    fn min_interval_days(&self, state: &CardState, today: StudyDay, rating: Rating, memory: Memory) -> u32 {
        let was_due = matches!(state.due, Some(Due::Day(day)) if day <= today);
        let old = state.interval_days;
        let (Some(before), CardPhase::Review, true) = (state.memory, state.phase, was_due) else { return 1 };
        if rating < Rating::Good || old == 0 {
            return 1;
        }
        let exact = |memory: Memory| self.model.interval_days(memory.stability, self.desired_retention);
        let old_max_days = fuzz_range(exact(before)).map_or(whole_days(exact(before)), |(_, high)| high);
        match whole_days(exact(memory)) {
            new if new > old => old + 1,
            _ if old <= old_max_days => old,
            _ => 1,
        }
    }
}

impl PreExamReview {
    /// The study day of a card's review before the exam.
    pub fn day(&self, key: &CardKey) -> StudyDay {
        let before = days_before_exam(pre_exam_seed(key), self.window_days);
        StudyDay(self.exam.0.saturating_sub(i32::try_from(before).unwrap_or(i32::MAX)))
    }

    /// Whether a card that has this memory since `last` would have too low a recall on the day of the exam.
    pub fn is_worthwhile(&self, model: &MemoryModel, memory: Memory, last: StudyDay) -> bool {
        model.recall(memory, self.exam.days_since(last)) < f64::from(self.recall_threshold)
    }
}

/// The seed that decides on which day a card has its review before the exam.
pub fn pre_exam_seed(key: &CardKey) -> Seed {
    seed_of(&format!("last look {key}"))
}

/// How many days before the exam a card has its review: 1 to `window_days`, spread evenly over the cards.
pub fn days_before_exam(seed: Seed, window_days: u32) -> u64 {
    1 + seed % u64::from(window_days.max(1))
}

/// Rounds an interval to whole days, within 1 and [`MAX_INTERVAL_DAYS`].
pub fn whole_days(exact: f32) -> u32 {
    // `as` saturates and turns NaN into 0; the clamp makes both valid.
    (exact.round() as u32).clamp(1, MAX_INTERVAL_DAYS)
}

/// The smallest and largest fuzzed interval in days; `None` for intervals below 2.5 days, which are not
/// fuzzed.
///
/// The width is Anki's (its manual, "Fuzz factor"), to each side: 1 day, plus 15 % of the part from 2.5 to 7
/// days, 10 % of the part from 7 to 20, and 5 % of the rest.
pub fn fuzz_range(exact: f32) -> Option<(u32, u32)> {
    if exact.is_nan() || exact < 2.5 {
        return None;
    }
    let part = |from: f32, to: f32| (exact.min(to) - from).max(0.0);
    let delta = 1.0 + 0.15 * part(2.5, 7.0) + 0.10 * part(7.0, 20.0) + 0.05 * part(20.0, f32::INFINITY);
    let low = whole_days(exact - delta).max(2);
    Some((low, whole_days(exact + delta).max(low)))
}

/// The number of learning steps of a kind: how many right answers in a row a new card needs on its first day.
pub fn learning_step_count(kind: Kind) -> u8 {
    learning_steps(kind).len() as u8
}

fn learning_steps(kind: Kind) -> &'static [i64] {
    if kind == Kind::Bool { &LEARNING_STEP_MINUTES_BOOL } else { &LEARNING_STEP_MINUTES }
}

/// The phase after a rating, and the minutes of its step; `None` when the card leaves the steps and gets an
/// interval of days.
fn next_phase(phase: CardPhase, kind: Kind, rating: Rating) -> (CardPhase, Option<i64>) {
    let learning = learning_steps(kind);
    let (steps, step, relearning) = match phase {
        CardPhase::New => (learning, 0, false),
        CardPhase::Learning { step } => (learning, usize::from(step), false),
        CardPhase::Review if rating == Rating::Again => {
            return (CardPhase::Relearning { step: 0 }, Some(RELEARNING_STEP_MINUTES[0]));
        }
        CardPhase::Review => return (CardPhase::Review, None),
        CardPhase::Relearning { step } => (&RELEARNING_STEP_MINUTES[..], usize::from(step), true),
    };
    // The card may be on a step that its kind does not have: the question's kind may have changed.
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

/// The time until a card is due, as text for a button: "10 min", "3 days", "4 months", "2.5 years".
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
