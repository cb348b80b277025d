//! Many walks to the exam, and what they have in common.

use super::Range;
use super::input::Input;
use super::keeps::Keeps;
use crate::domain::goal::sitting::WEAKEST_SECONDS;
use crate::domain::seed::{rng, seed_of};
use crate::domain::simulate::Mind;
use crate::domain::simulate::walk::{self, Pace, Rules, Walker, World};

/// Days before the exam from which on its morning is foreseen too.
const MORNING_FROM: u32 = 1;
/// Half the width of a normal distribution's middle 95 %, in standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// Expected sums of scores over runs: of one topic, or of all, on one day.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    runs: f64,
    mean: f64,
    /// Sum of squared distances from the mean.
    squares: f64,
    /// Mean of the variance that a test adds.
    test: f64,
}

/// The sums of every topic, and of all of them last, on some days.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    days: Vec<i32>,
    cells: Vec<Vec<Sum>>,
    /// Cards of each topic in the walks, and of all.
    cards: Vec<usize>,
    /// Cards that one card of the walks stands for.
    weight: f64,
    /// The same on the day of the exam, after the weakest cards were gone through once more.
    morning: Vec<Sum>,
    /// Seconds studied on each day, summed over the runs, and on the morning of the exam.
    seconds: Vec<f64>,
    morning_seconds: f64,
    runs: usize,
}

impl Sum {
    fn add(&mut self, mean: f64, test: f64) {
        self.runs += 1.0;
        let distance = mean - self.mean;
        self.mean += distance / self.runs;
        self.squares += distance * (mean - self.mean);
        self.test += (test - self.test) / self.runs;
    }

    /// Of a share of so many cards, each of which stands for `weight` of them.
    fn range(&self, cards: usize, weight: f64) -> Range {
        if cards == 0 {
            return Range::default();
        }
        let of = cards as f64 * weight;
        let study =
            if self.runs > 1.0 { self.squares / (self.runs - 1.0) * (1.0 + 1.0 / self.runs) } else { 0.0 };
        let variance = study * weight * weight + self.test * weight;
        // Half a card, because sums of right answers are whole numbers.
        let half = if variance > 0.0 { Z * variance.sqrt() + 0.5 } else { 0.0 };
        let mean = self.mean * weight;
        Range { expected: mean / of, low: (mean - half).max(0.0) / of, high: (mean + half).min(of) / of }
    }
}

impl Sums {
    fn new(input: &Input, days: &[i32], weight: f64) -> Self {
        let mut cards = vec![0; input.topics.len() + 1];
        for card in &input.cards {
            cards[card.topic] += 1;
        }
        cards[input.topics.len()] = input.cards.len();
        Self {
            days: days.to_vec(),
            cells: vec![vec![Sum::default(); cards.len()]; days.len()],
            morning: vec![Sum::default(); cards.len()],
            cards,
            weight,
            seconds: vec![0.0; input.days as usize],
            morning_seconds: 0.0,
            runs: 0,
        }
    }

    fn note(&mut self, day: i32, cards: &[Walker], mind: &Mind) {
        let Some(point) = self.days.iter().position(|point| *point == day) else { return };
        add_to(&mut self.cells[point], day, cards, mind);
    }

    /// The range of a topic, by its place, on the day of that place.
    pub(super) fn of_topic(&self, point: usize, topic: usize) -> Range {
        self.cells[point][topic].range(self.cards[topic], self.weight)
    }

    /// The range of all topics on the day of that place.
    pub(super) fn total(&self, point: usize) -> Range {
        self.of_topic(point, self.cards.len() - 1)
    }

    /// The range of all topics on the last of the days.
    pub(super) fn at_the_exam(&self) -> Range {
        self.total(self.days.len() - 1)
    }

    /// The range of a topic, by its place, after the morning of the exam.
    pub(super) fn in_the_morning(&self, topic: usize) -> Range {
        self.morning[topic].range(self.cards[topic], self.weight)
    }

    /// Seconds that going through the weakest takes, on average.
    pub(super) fn morning_seconds(&self) -> f64 {
        self.morning_seconds * self.weight / self.runs.max(1) as f64
    }

    /// Minutes studied on each day until the exam, on average.
    pub(super) fn minutes(&self) -> Vec<f64> {
        let runs = self.runs.max(1) as f64;
        self.seconds.iter().map(|seconds| seconds * self.weight / 60.0 / runs).collect()
    }
}

/// Notes what the cards of each topic, and all of them last, would give on a day.
fn add_to(cells: &mut [Sum], day: i32, cards: &[Walker], mind: &Mind) {
    let all = cells.len() - 1;
    let mut sums = vec![(0.0, 0.0); cells.len()];
    for card in cards {
        let expected = walk::expected(card, mind, day);
        let test = expected * (1.0 - expected);
        for topic in [card.topic, all] {
            sums[topic].0 += expected;
            sums[topic].1 += test;
        }
    }
    for (cell, (mean, test)) in cells.iter_mut().zip(sums) {
        cell.add(mean, test);
    }
}

/// The expected score on some days when nothing is studied any more: no chance in it but the test's, and what is not
/// known of how long things are kept.
pub(super) fn stopped(input: &Input, keeps: &Keeps, days: &[i32], weight: f64) -> Sums {
    const POINTS: u32 = 9;
    let mut sums = Sums::new(input, days, weight);
    for nth in 0..POINTS {
        let mind = mind(input, keeps, nth, POINTS);
        for day in days {
            sums.note(*day, &input.cards, &mind);
        }
    }
    sums
}

/// The same for one who studies at a pace; `None` when `is_wanted` said no on the way.
pub(super) fn studied(
    input: &Input,
    keeps: &Keeps,
    days: &[i32],
    weight: f64,
    (rules, pace): (&Rules, &Pace),
    runs: u32,
    is_wanted: &impl Fn() -> bool,
) -> Option<Sums> {
    let mut sums = Sums::new(input, days, weight);
    let pace = Pace {
        minutes: pace.minutes.map(|minutes| minutes / weight),
        new_cards: pace.new_cards / weight,
        ..*pace
    };
    let mut cards = Vec::with_capacity(input.cards.len());
    for run in 0..runs {
        if !is_wanted() {
            return None;
        }
        cards.clone_from(&input.cards);
        let mind = mind(input, keeps, run, runs);
        let world = World {
            mind: &mind,
            model: input.model(),
            exam: i32::try_from(input.days).unwrap_or(i32::MAX),
            seconds: input.seconds,
            spent_today: input.done_today.seconds / weight,
            asked_today: &input.asked_today,
            begun_today: input.done_today.begun as f64 / weight,
        };
        // The same chance for every pace: what differs is the pace.
        let mut chance = rng(seed_of(&format!("{} {run}", input.seed)));
        walk::walk(&mut cards, &world, rules, &pace, &mut chance, |day, cards, seconds| {
            if let Some(before) = day.checked_sub(1).and_then(|day| usize::try_from(day).ok()) {
                sums.seconds[before] += seconds;
            }
            sums.note(day, cards, &mind);
        });
        if input.days <= MORNING_FROM {
            let most = WEAKEST_SECONDS / weight;
            sums.morning_seconds +=
                walk::go_through_the_weakest(&mut cards, &world, rules, most, &mut chance);
            add_to(&mut sums.morning, world.exam, &cards, &mind);
        }
        sums.runs += 1;
    }
    Some(sums)
}

/// A mind as the answers tell it, the `nth` of so many that are as likely as each other.
fn mind(input: &Input, keeps: &Keeps, nth: u32, of: u32) -> Mind {
    let keeps = keeps.quantile((f64::from(nth) + 0.5) / f64::from(of));
    Mind { model: input.model().clone(), keeps }
}
