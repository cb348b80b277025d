//! The time that scores look back on.

use serde::{Deserialize, Serialize};

use crate::domain::day::StudyDay;

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Period {
    /// 7 study days, today with them.
    Week,
    /// 30 study days.
    #[default]
    Month,
    /// 365 study days.
    Year,
    /// Everything.
    All,
}

impl Period {
    /// From short to long.
    pub const EACH: [Period; 4] = [Period::Week, Period::Month, Period::Year, Period::All];

    /// Study days, today with them; `None`: no end.
    pub fn days(self) -> Option<u32> {
        match self {
            Period::Week => Some(7),
            Period::Month => Some(30),
            Period::Year => Some(365),
            Period::All => None,
        }
    }

    /// As shown.
    pub fn label(self) -> &'static str {
        match self {
            Period::Week => "7 days",
            Period::Month => "30 days",
            Period::Year => "365 days",
            Period::All => "All time",
        }
    }

    /// Whether an answer of that study day is in it. Days after today are: who flew west answered "tomorrow".
    pub fn contains(self, day: StudyDay, today: StudyDay) -> bool {
        self.days().is_none_or(|days| today.days_since(day) < days)
    }
}
