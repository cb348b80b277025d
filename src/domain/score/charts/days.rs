//! Study days with answers, and what was kept month by month.

use super::Accuracy;
use crate::domain::day::StudyDay;
use crate::domain::score::wilson_95;

/// A study day with answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StudiedDay {
    /// Which.
    pub day: StudyDay,
    /// Its answers, practice left out.
    pub accuracy: Accuracy,
    /// Time from question to answer, none longer than the longest that counts, practice with it, in
    /// milliseconds.
    pub answer_ms: u64,
    /// Answers to cards that had waited for days.
    pub reviewed: usize,
    /// How many of those were not forgotten.
    pub recalled: usize,
}

/// How much was not forgotten in a calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRetention {
    /// Calendar year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// Answers to cards that had waited for days.
    pub reviewed: usize,
    /// How many of those were not forgotten.
    pub recalled: usize,
}

impl MonthRetention {
    /// Share not forgotten, 0 to 1.
    pub fn share(&self) -> f64 {
        self.recalled as f64 / self.reviewed.max(1) as f64
    }

    /// Its 95 % interval.
    pub fn interval(&self) -> (f64, f64) {
        wilson_95(self.recalled as f64, self.reviewed).unwrap_or((0.0, 1.0))
    }
}

impl StudiedDay {
    /// A day without answers.
    pub(super) fn on(day: StudyDay) -> Self {
        Self { day, ..Self::default() }
    }

    /// Adds answers of other cards on the same day.
    pub(super) fn absorb(&mut self, other: &StudiedDay) {
        self.accuracy.absorb(&other.accuracy);
        self.answer_ms += other.answer_ms;
        self.reviewed += other.reviewed;
        self.recalled += other.recalled;
    }
}

/// The months of some days, oldest first; those in which nothing came back are left out.
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
