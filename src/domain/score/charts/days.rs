//! Statistics by study day, and retention by month.

use super::Accuracy;
use crate::domain::day::StudyDay;
use crate::domain::score::wilson_95;

/// The answers of one study day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StudiedDay {
    /// The study day.
    pub day: StudyDay,
    /// Accuracy, without practice.
    pub accuracy: Accuracy,
    /// Time spent on answers in milliseconds, practice included. Each answer counts at most the longest time
    /// that counts.
    pub answer_ms: u64,
    /// Number of reviews: answers to cards that were due after at least a day.
    pub reviewed: usize,
    /// How many of these reviews were not lapses.
    pub recalled: usize,
}

/// Retention in one calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRetention {
    /// Calendar year.
    pub year: i16,
    /// Calendar month, 1 to 12.
    pub month: i8,
    /// Number of reviews: answers to cards that were due after at least a day.
    pub reviewed: usize,
    /// How many of these reviews were not lapses.
    pub recalled: usize,
}

impl MonthRetention {
    /// Retention: the share of reviews that were not lapses, 0 to 1.
    pub fn share(&self) -> f64 {
        self.recalled as f64 / self.reviewed.max(1) as f64
    }

    /// Its 95 % confidence interval.
    pub fn interval(&self) -> (f64, f64) {
        wilson_95(self.recalled as f64, self.reviewed).unwrap_or((0.0, 1.0))
    }
}

impl StudiedDay {
    /// A study day without answers.
    pub(super) fn on(day: StudyDay) -> Self {
        Self { day, ..Self::default() }
    }
}

/// Retention by month, oldest first. Months without reviews are left out. `days` is sorted.
pub(super) fn retention_by_month(days: &[StudiedDay]) -> Vec<MonthRetention> {
    let mut months: Vec<MonthRetention> = Vec::new();
    for studied in days.iter().filter(|studied| studied.reviewed > 0) {
        let date = studied.day.date();
        let (year, month) = (date.year(), date.month());
        match months.last_mut().filter(|last| (last.year, last.month) == (year, month)) {
            Some(last) => {
                last.reviewed += studied.reviewed;
                last.recalled += studied.recalled;
            }
            None => months.push(MonthRetention {
                year,
                month,
                reviewed: studied.reviewed,
                recalled: studied.recalled,
            }),
        }
    }
    months
}
