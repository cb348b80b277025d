//! The only module that reads the system clock.

#![expect(clippy::disallowed_methods, reason = "this is the place that clippy.toml names")]

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime, civil};

use crate::domain::day::Moment;

/// The system clock, optionally shifted to another time.
#[derive(Clone, Debug)]
pub struct Clock {
    shift_ms: i64,
    zone: TimeZone,
}

/// A time that `--at` cannot parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read the time {0:?}: write it as 2026-11-23, 2026-11-23T08:30 or 2026-11-23T08:30:00+09:00[Asia/Seoul]"
)]
pub struct ParseTimeError(String);

impl Clock {
    /// The system time in the system's time zone.
    pub fn system() -> Self {
        Self { shift_ms: 0, zone: TimeZone::system() }
    }

    /// A clock that shows `time` now and runs on from there. A date without a time means noon.
    ///
    /// # Errors
    /// When the text is not a time.
    pub fn set_to(time: &str) -> Result<Self, ParseTimeError> {
        let bad = || ParseTimeError(time.to_owned());
        let zone = TimeZone::system();
        let zoned = if let Ok(zoned) = time.parse::<ZonedDateTime>() {
            zoned
        } else if let Ok(timestamp) = time.parse::<Timestamp>() {
            timestamp.to_zoned_datetime(zone)
        } else if let Ok(date) = time.parse::<civil::Date>()
            && !time.contains(['T', ' '])
        {
            date.at(12, 0, 0, 0).to_zoned_datetime(zone).map_err(|_| bad())?
        } else {
            let local = time.parse::<civil::DateTime>().map_err(|_| bad())?;
            local.to_zoned_datetime(zone).map_err(|_| bad())?
        };
        Ok(Self {
            shift_ms: zoned.timestamp().as_millisecond() - Timestamp::now().as_millisecond(),
            zone: zoned.time_zone().clone(),
        })
    }

    /// Whether it shows another time than the system's.
    pub fn is_set(&self) -> bool {
        self.shift_ms != 0
    }

    /// The current moment, with study days that begin at `rollover_hour`.
    pub fn now(&self, rollover_hour: u8) -> Moment {
        let ms = Timestamp::now().as_millisecond().saturating_add(self.shift_ms);
        Moment::at_ms(ms, self.zone.clone(), rollover_hour)
    }
}
