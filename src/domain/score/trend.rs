//! How well a topic was known over the last 30 days, as the history tells it.

use crate::domain::card::CardState;
use crate::domain::day::StudyDay;
use crate::domain::memory::Model;

/// Days that a trend looks back.
pub const TREND_DAYS: u32 = 30;
/// Days between two points.
const STEP_DAYS: u32 = 3;
/// Points of a trend.
pub const TREND_POINTS: usize = (TREND_DAYS / STEP_DAYS) as usize + 1;

/// Mean recall of the cards seen until then, those being learned as 0, on each third day of the last 30; the last point is today.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trend {
    sums: [f64; TREND_POINTS],
    seen: [usize; TREND_POINTS],
}

impl Trend {
    /// Oldest first; `None` for a day before the first answer.
    pub fn points(&self) -> [Option<f64>; TREND_POINTS] {
        std::array::from_fn(|at| (self.seen[at] > 0).then(|| self.sums[at] / self.seen[at] as f64))
    }

    /// How much recall changed over the time that is known, in shares; `None` with less than two points.
    pub fn change(&self) -> Option<f64> {
        let points = self.points();
        let mut known = points.iter().flatten();
        let first = known.next()?;
        Some(known.next_back()? - first)
    }

    /// Adds the cards of another.
    pub fn absorb(&mut self, other: &Trend) {
        for at in 0..TREND_POINTS {
            self.sums[at] += other.sums[at];
            self.seen[at] += other.seen[at];
        }
    }
}

/// One card's way through the points.
pub(super) struct TrendSampler {
    today: StudyDay,
    next: usize,
}

impl TrendSampler {
    pub(super) fn new(today: StudyDay) -> Self {
        Self { today, next: 0 }
    }

    fn day(&self) -> StudyDay {
        let back = (TREND_POINTS - 1 - self.next) as u32 * STEP_DAYS;
        StudyDay(self.today.0.saturating_sub(back.cast_signed()))
    }

    /// Something happened on `day`: every point before that day saw the card as it was before.
    pub(super) fn advance_to(&mut self, before: &CardState, day: StudyDay, model: &Model, trend: &mut Trend) {
        while self.next < TREND_POINTS && self.day() < day {
            self.sample(before, model, trend);
        }
    }

    /// Nothing more happened.
    pub(super) fn finish(&mut self, state: &CardState, model: &Model, trend: &mut Trend) {
        while self.next < TREND_POINTS {
            self.sample(state, model, trend);
        }
    }

    fn sample(&mut self, state: &CardState, model: &Model, trend: &mut Trend) {
        if let Some(recall) = state.known_now(model, self.day()) {
            trend.sums[self.next] += recall;
            trend.seen[self.next] += 1;
        }
        self.next += 1;
    }
}
