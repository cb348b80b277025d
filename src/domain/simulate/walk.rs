//! From today to an exam, day by day: what somebody who studies at a pace would know then, and what it takes.
//!
//! The rules are those of [`crate::domain::queue`] and [`crate::domain::schedule`], on bare figures: without keys,
//! sessions and minutes of the clock, so that hundreds of such walks take a fraction of a second.

use rand::{Rng, RngExt};

use super::Mind;
use crate::domain::expectation::expected_score;
use crate::domain::memory::{Memory, Model};
use crate::domain::rating::Rating;
use crate::domain::schedule::{days_before, fuzz_range, whole_days};
use crate::domain::seed::Seed;

/// Answers a card takes at most on one day: steps, and slips on the way.
const MOST_ANSWERS: u32 = 6;
/// Share of a day's time that new cards may take.
pub const SHARE_OF_NEW: f64 = 0.5;
/// Answers that a new card takes on its first day, about.
pub const ANSWERS_OF_A_NEW_CARD: f64 = 2.5;

/// A card; days are counted from today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walker {
    /// Which of the exam's topics.
    pub topic: usize,
    /// Chance of a blind hit.
    pub blind_chance: f64,
    /// Right answers that a new card needs on its first day.
    pub steps: u8,
    /// What tells the day of its last look from another card's.
    pub look_seed: Seed,
    /// What the program believes; `None` for a card never seen.
    pub memory: Option<Memory>,
    /// What is truly remembered.
    pub truth: Option<Memory>,
    /// Day of its last answer.
    pub last: i32,
    /// Day on which it comes back; without meaning for a card never seen.
    pub due: i32,
}

/// What the schedule goes by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Recall at which cards come back, 0 to 1.
    pub retention: f32,
    /// Recall on the day of the exam below which a card has a last look; `None`: none has.
    pub last_look: Option<f32>,
    /// Days before the exam over which last looks are spread.
    pub last_look_days: u32,
    /// Whether intervals are spread.
    pub fuzz: bool,
}

/// How much is studied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Minutes a study day; `None`: as many as it takes.
    pub minutes: Option<f64>,
    /// New cards a study day.
    pub new_cards: f64,
    /// Share of days without study, 0 to 1.
    pub days_off: f64,
}

/// The frame of a walk.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The truth.
    pub mind: &'a Mind,
    /// What the program believes of it.
    pub model: &'a Model,
    /// Days until the exam; the last day of study is the one before it.
    pub exam: i32,
    /// Seconds that an answer takes.
    pub seconds: f64,
    /// Seconds studied today already.
    pub spent_today: f64,
}

/// Walks to the exam. `morning` is called before every day's study, and once more on the day of the exam, with the
/// day, the cards as they are then and the seconds studied the day before.
pub fn walk(
    cards: &mut [Walker],
    world: &World<'_>,
    rules: &Rules,
    pace: &Pace,
    chance: &mut impl Rng,
    mut morning: impl FnMut(i32, &[Walker], f64),
) {
    let mut unseen: Vec<usize> = (0..cards.len()).filter(|card| cards[*card].memory.is_none()).collect();
    unseen.reverse();
    let mut owed = 0.0;
    let mut due: Vec<(f64, usize)> = Vec::new();
    let mut seconds = 0.0;
    for day in 0..world.exam {
        morning(day, cards, seconds);
        seconds = 0.0;
        if pace.days_off > 0.0 && chance.random::<f64>() < pace.days_off {
            continue;
        }
        let budget = pace.minutes.map(|minutes| {
            let spent = if day == 0 { world.spent_today } else { 0.0 };
            (minutes * 60.0 - spent).max(0.0)
        });
        owed += pace.new_cards;
        let wanted = owed.floor().min(unseen.len() as f64);
        let room = budget.map_or(f64::INFINITY, |budget| {
            (budget * SHARE_OF_NEW / (world.seconds * ANSWERS_OF_A_NEW_CARD)).ceil()
        });
        for _ in 0..wanted.min(room) as usize {
            owed -= 1.0;
            if let Some(card) = unseen.pop() {
                seconds += world.seconds * f64::from(learn(&mut cards[card], day, world, rules, chance));
            }
        }
        owed = owed.min(pace.new_cards.max(1.0) * 2.0);

        due.clear();
        due.extend(
            (0..cards.len()).filter(|card| is_wanted(&cards[*card], day, world, rules)).map(|it| (0.0, it)),
        );
        let left = budget.map_or(f64::INFINITY, |budget| (budget - seconds).max(0.0));
        if due.len() as f64 * world.seconds > left {
            for (gain, card) in &mut due {
                *gain = gain_on_the_day(&cards[*card], day, world);
            }
            due.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        let begun = seconds;
        for (_, card) in &due {
            if seconds - begun + world.seconds * 0.5 > left {
                break;
            }
            seconds += world.seconds * f64::from(review(&mut cards[*card], day, world, rules, chance));
        }
    }
    morning(world.exam, cards, seconds);
}

/// Expected score of a card on a day.
pub fn expected(card: &Walker, mind: &Mind, day: i32) -> f64 {
    expected_score(mind.recall(card.truth, (day - card.last).max(0).unsigned_abs()), card.blind_chance)
}

fn is_wanted(card: &Walker, day: i32, world: &World<'_>, rules: &Rules) -> bool {
    let Some(memory) = card.memory.filter(|_| card.last < day) else { return false };
    if card.due <= day {
        return true;
    }
    let look = world.exam - days_before(card.look_seed, rules.last_look_days) as i32;
    let pays =
        |below: f32| world.model.recall(memory, (world.exam - card.last).unsigned_abs()) < f64::from(below);
    look <= day && card.last < look && rules.last_look.is_some_and(pays)
}

/// What a review today adds to the chance of knowing it on the day of the exam.
fn gain_on_the_day(card: &Walker, day: i32, world: &World<'_>) -> f64 {
    let Some(memory) = card.memory else { return 0.0 };
    crate::domain::queue::gain(
        world.model,
        memory,
        (day - card.last).max(0).unsigned_abs(),
        (world.exam - day).max(0).unsigned_abs(),
    )
}

/// The first day of a card: so many right answers in a row. Returns how many answers that took.
fn learn(card: &mut Walker, day: i32, world: &World<'_>, rules: &Rules, chance: &mut impl Rng) -> u32 {
    let mut in_a_row = 0;
    let mut answers = 0;
    while in_a_row < card.steps && answers < MOST_ANSWERS {
        in_a_row = if answer(card, day, world, chance) { in_a_row + 1 } else { 0 };
        answers += 1;
    }
    grant(card, day, world, rules, chance);
    answers
}

/// A review, and another look on the same day when it was forgotten. Returns how many answers that took.
fn review(card: &mut Walker, day: i32, world: &World<'_>, rules: &Rules, chance: &mut impl Rng) -> u32 {
    let mut answers = 1;
    let mut right = answer(card, day, world, chance);
    while !right && answers < MOST_ANSWERS {
        right = answer(card, day, world, chance);
        answers += 1;
    }
    grant(card, day, world, rules, chance);
    answers
}

fn answer(card: &mut Walker, day: i32, world: &World<'_>, chance: &mut impl Rng) -> bool {
    let days = if card.memory.is_some() { (day - card.last).max(0).unsigned_abs() } else { 0 };
    let reply = world.mind.reply(card.truth, days, card.blind_chance, chance);
    card.truth = Some(world.mind.after(card.truth, days, reply.knew));
    let rating = if reply.right { Rating::Good } else { Rating::Again };
    card.memory = Some(world.model.after(card.memory, days, rating));
    card.last = day;
    reply.right
}

fn grant(card: &mut Walker, day: i32, world: &World<'_>, rules: &Rules, chance: &mut impl Rng) {
    let Some(memory) = card.memory else { return };
    let exact = world.model.interval_days(memory.stability, rules.retention);
    let days = match fuzz_range(exact) {
        Some((low, high)) if rules.fuzz => chance.random_range(low..=high),
        _ => whole_days(exact),
    };
    card.due = day.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
}
