//! Study days and moments. Only arithmetic: the clock is read by the callers.

use jiff::{ZonedDateTime, civil, tz::TimeZone};

/// How many days before tomorrow are tried as the current study day. Two are enough in most places. A skipped
/// calendar day needs one more, and the hours before the rollover after it another.
const MAX_DAYS_BACK: usize = 4;

const DAY_MS: i64 = 86_400_000;

/// A study day: starts at the rollover hour of a local calendar day. The number is that of the calendar day,
/// counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StudyDay(pub i32);

impl Stamp {
    /// The local date and hour (0 to 23) at that time.
    pub fn local(&self) -> (civil::Date, i8) {
        let offset = jiff::tz::Offset::from_seconds(self.offset_minutes.saturating_mul(60));
        let time = jiff::Timestamp::from_millisecond(self.utc_ms).unwrap_or_default();
        let local = offset.unwrap_or(jiff::tz::Offset::UTC).to_datetime(time);
        (local.date(), local.hour())
    }
}

impl StudyDay {
    /// The calendar date on which the study day starts.
    pub fn date(self) -> civil::Date {
        // Saturating: a day outside jiff's years -9999..=9999 can only come from a damaged log.
        civil::Date::constant(1970, 1, 1)
            .saturating_add(jiff::Span::new().try_days(self.0).unwrap_or_default())
    }

    /// The study day that starts on a calendar date.
    pub fn from_date(date: civil::Date) -> Self {
        let days = date.since(civil::Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days());
        Self(days)
    }

    /// Days from `earlier` to this day; 0 when `earlier` is later, which happens when clocks or time zones
    /// change.
    pub fn days_since(self, earlier: StudyDay) -> u32 {
        self.0.saturating_sub(earlier.0).max(0).unsigned_abs()
    }

    /// The day `days` later; saturates at the largest day.
    pub fn plus(self, days: u32) -> StudyDay {
        StudyDay(self.0.saturating_add(i32::try_from(days).unwrap_or(i32::MAX)))
    }
}

/// When an event happened, as stored in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01 UTC.
    pub utc_ms: i64,
    /// Local time minus UTC, in minutes.
    pub offset_minutes: i32,
    /// The study day at that time, by the rollover hour that applied then.
    pub day: StudyDay,
}

/// The current time, as the rules take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time itself.
    pub stamp: Stamp,
    /// When the current study day ends, in UTC milliseconds (exclusive).
    pub day_ends_ms: i64,
}

impl Moment {
    /// The moment of a local time. Study days start at `rollover_hour` (0 to 23; larger values count as 23).
    pub fn new(now: &ZonedDateTime, rollover_hour: u8) -> Self {
        let hour = i8::try_from(rollover_hour.min(23)).unwrap_or(0);
        // Looks for the newest day that has started, instead of comparing the local hour with the rollover
        // hour: where clocks are set back across the rollover, or a calendar day is skipped, the hour alone
        // would give the day before.
        let begin = |date: civil::Date| {
            date.at(hour, 0, 0, 0).to_zoned_datetime(now.time_zone().clone()).ok().map(|it| it.timestamp())
        };
        let has_begun = |date: civil::Date| begin(date).is_some_and(|begin| begin <= now.timestamp());
        let mut date = now.date().tomorrow().unwrap_or(now.date());
        for _ in 0..MAX_DAYS_BACK {
            if has_begun(date) {
                break;
            }
            date = date.yesterday().unwrap_or(date);
        }
        let day_ends_ms = date.tomorrow().ok().and_then(begin).map_or(i64::MAX, |end| end.as_millisecond());
        Self {
            stamp: Stamp {
                utc_ms: now.timestamp().as_millisecond(),
                offset_minutes: now.offset().seconds() / 60,
                day: StudyDay::from_date(date),
            },
            day_ends_ms,
        }
    }

    /// The moment of a UTC timestamp (in milliseconds) in a time zone.
    pub fn at_ms(utc_ms: i64, zone: TimeZone, rollover_hour: u8) -> Self {
        let timestamp = jiff::Timestamp::from_millisecond(utc_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Self::new(&timestamp.to_zoned_datetime(zone), rollover_hour)
    }

    /// The moment of a time between `earlier` and this moment of which only the UTC milliseconds are known.
    /// It takes the UTC offset of the nearer of the two. Time and study day are clamped to the range from
    /// `earlier` to this moment, whatever the time zone was in between.
    pub fn between(&self, earlier: &Stamp, utc_ms: i64, rollover_hour: u8) -> Self {
        let utc_ms = utc_ms.min(self.ms()).max(earlier.utc_ms.min(self.ms()));
        let offset_minutes = match utc_ms - earlier.utc_ms < self.ms() - utc_ms {
            true => earlier.offset_minutes,
            false => self.stamp.offset_minutes,
        };
        let to_day_ms = (i64::from(offset_minutes) - i64::from(rollover_hour) * 60) * 60_000;
        let day = (utc_ms + to_day_ms).div_euclid(DAY_MS);
        let day = StudyDay(i32::try_from(day).unwrap_or(self.day().0)).min(self.day());
        let day = day.max(earlier.day.min(self.day()));
        let day_ends_ms = match day == self.day() {
            true => self.day_ends_ms,
            false => (i64::from(day.0) + 1) * DAY_MS - to_day_ms,
        };
        Self { stamp: Stamp { utc_ms, offset_minutes, day }, day_ends_ms }
    }

    /// The current study day.
    pub fn day(&self) -> StudyDay {
        self.stamp.day
    }

    /// The time in milliseconds since 1970-01-01 UTC.
    pub fn ms(&self) -> i64 {
        self.stamp.utc_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::new(&text.parse().expect("a zoned time"), 4)
    }

    #[test]
    fn a_time_between_two_moments_has_its_own_study_day() {
        let monday = moment("2026-11-23T22:00:00+09:00[Asia/Seoul]");
        let thursday = moment("2026-11-26T10:00:00+01:00[Europe/Berlin]");
        let of = |text: &str| thursday.between(&monday.stamp, moment(text).ms(), 4);
        for text in [
            "2026-11-23T22:10:00+09:00[Asia/Seoul]",
            "2026-11-24T03:59:00+09:00[Asia/Seoul]",
            "2026-11-24T04:00:00+09:00[Asia/Seoul]",
        ] {
            assert_eq!(of(text), moment(text), "{text}");
        }
        let late = "2026-11-26T03:00:00+01:00[Europe/Berlin]";
        assert_eq!(of(late), moment(late));
        assert_eq!(of("2026-11-26T10:00:00+01:00[Europe/Berlin]"), thursday);
        // A clock that was set back or forward: never after now, never before the earlier stamp.
        assert_eq!(of("2027-01-01T10:00:00+01:00[Europe/Berlin]"), thursday);
        assert_eq!(of("2026-11-01T10:00:00+09:00[Asia/Seoul]").stamp, monday.stamp);
    }

    #[test]
    fn the_small_hours_belong_to_the_evening_before() {
        let before = moment("2026-11-24T03:59:00+09:00[Asia/Seoul]");
        let after = moment("2026-11-24T04:00:00+09:00[Asia/Seoul]");
        assert_eq!(before.day().date().to_string(), "2026-11-23");
        assert_eq!(after.day().date().to_string(), "2026-11-24");
        assert_eq!(before.day_ends_ms, after.ms());
    }

    #[test]
    fn a_day_may_have_23_or_25_hours() {
        let spring = moment("2026-03-28T04:00:00+01:00[Europe/Berlin]");
        assert_eq!(spring.day_ends_ms - spring.ms(), 23 * 3_600_000);
        let autumn = moment("2026-10-24T04:00:00+02:00[Europe/Berlin]");
        assert_eq!(autumn.day_ends_ms - autumn.ms(), 25 * 3_600_000);
    }

    #[test]
    fn flying_west_over_the_date_line_makes_no_negative_gap() {
        assert_eq!(StudyDay(10).days_since(StudyDay(12)), 0);
    }
}
