//! The period over which scores are computed.

use serde::{Deserialize, Serialize};

use crate::domain::day::StudyDay;

/// How far back to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Period {
    /// 7 study days, including today.
    Week,
    /// 30 study days, including today.
    #[default]
    Month,
    /// 365 study days, including today.
    Year,
    /// Everything.
    All,
}

impl Period {
    /// Every period, from short to long.
    pub const EACH: [Period; 4] = [Period::Week, Period::Month, Period::Year, Period::All];

    /// Number of study days, including today. `None` means no limit.
    pub fn days(self) -> Option<u32> {
        match self {
            Period::Week => Some(7),
            Period::Month => Some(30),
            Period::Year => Some(365),
            Period::All => None,
        }
    }

    /// Whether the period includes a study day. It includes days after today too: travelling west can set the
    /// date back.
    pub fn contains(self, day: StudyDay, today: StudyDay) -> bool {
        self.days().is_none_or(|days| today.days_since(day) < days)
    }
}
