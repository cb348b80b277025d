//! How the recall of a topic changed over the last 30 days, replayed from the history.

use crate::domain::card::CardState;
use crate::domain::day::StudyDay;
use crate::domain::memory::MemoryModel;

/// How many days a trend looks back.
pub const TREND_DAYS: u32 = 30;
/// Days between two points.
const STEP_DAYS: u32 = 3;
/// Number of points of a trend.
pub const TREND_POINTS: usize = (TREND_DAYS / STEP_DAYS) as usize + 1;

/// Mean recall every third day of the last 30. The last point is today. A point includes the cards seen until
/// then; cards that were being learned count as 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trend {
    sums: [f64; TREND_POINTS],
    seen: [usize; TREND_POINTS],
}

impl Trend {
    /// The points, oldest first. `None` for a day before the first answer.
    pub fn points(&self) -> [Option<f64>; TREND_POINTS] {
        std::array::from_fn(|point| {
            (self.seen[point] > 0).then(|| self.sums[point] / self.seen[point] as f64)
        })
    }

    /// The change in recall between the first and the last point with data, from −1 to 1. `None` with less
    /// than two such points.
    pub fn change(&self) -> Option<f64> {
        let points = self.points();
        let mut values = points.iter().flatten();
        let first = values.next()?;
        Some(values.next_back()? - first)
    }

    /// Adds the trend of other cards.
    pub fn absorb(&mut self, other: &Trend) {
        for point in 0..TREND_POINTS {
            self.sums[point] += other.sums[point];
            self.seen[point] += other.seen[point];
        }
    }
}

/// Samples the recall of one card at every point, while its history is replayed.
#[derive(Clone, Debug)]
pub(super) struct TrendSampler {
    today: StudyDay,
    next: usize,
}

impl TrendSampler {
    pub(super) fn new(today: StudyDay) -> Self {
        Self { today, next: 0 }
    }

    fn day(&self) -> StudyDay {
        let days_back = (TREND_POINTS - 1 - self.next) as u32 * STEP_DAYS;
        StudyDay(self.today.0.saturating_sub(days_back.cast_signed()))
    }

    /// Something happened to the card on `day`. Samples every point before that day with the state before the
    /// event.
    pub(super) fn advance_to(
        &mut self,
        state_before: &CardState,
        day: StudyDay,
        model: &MemoryModel,
        trend: &mut Trend,
    ) {
        while self.next < TREND_POINTS && self.day() < day {
            self.sample(state_before, model, trend);
        }
    }

    /// Samples the remaining points with the final state of the card.
    pub(super) fn finish(&mut self, state: &CardState, model: &MemoryModel, trend: &mut Trend) {
        while self.next < TREND_POINTS {
            self.sample(state, model, trend);
        }
    }

    fn sample(&mut self, state: &CardState, model: &MemoryModel, trend: &mut Trend) {
        if let Some(recall) = state.recall_now(model, self.day()) {
            trend.sums[self.next] += recall;
            trend.seen[self.next] += 1;
        }
        self.next += 1;
    }
}
