//! Study days in every time zone, across its clock changes.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linchpin::domain::day::{Moment, StudyDay};
use proptest::prelude::*;

use super::cases;
use crate::fixtures::time::HOUR;

/// Zones with a history: half hours, days left out, two hours at once, changes at midnight.
const ZONES: [&str; 22] = [
    "UTC",
    "Asia/Seoul",
    "Asia/Pyongyang",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Lisbon",
    "America/New_York",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Adak",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kwajalein",
];

fn zone() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(ZONES.to_vec()).prop_map(|name| TimeZone::get(name).expect("a zone"))
}

/// A time from 1980 to 2040, more often than not within a day or two of a change of the clocks.
fn time(zone: &TimeZone, ms: i64, near: Option<i64>) -> i64 {
    let timestamp = Timestamp::from_millisecond(ms).expect("in range");
    let change = zone.following(timestamp).next().map(|change| change.timestamp().as_millisecond());
    match (near, change) {
        (Some(offset), Some(change)) => change + offset,
        _ => ms,
    }
}

prop_compose! {
    fn moment_parts()(
        zone in zone(),
        ms in 315_532_800_000..2_208_988_800_000i64,
        near in prop::option::weighted(0.8, -30 * HOUR..30 * HOUR),
        rollover in 0..24u8,
    ) -> (TimeZone, i64, u8) {
        let ms = time(&zone, ms, near);
        (zone, ms, rollover)
    }
}

proptest! {
    #![proptest_config(cases(4096))]

    #[test]
    fn a_study_day_ends_when_the_next_one_begins((zone, ms, rollover) in moment_parts()) {
        let moment = |ms| Moment::at_ms(ms, zone.clone(), rollover);
        let now = moment(ms);
        prop_assert_eq!(now.ms(), ms);
        prop_assert!(now.day_ends_ms > ms, "ends {} ms ago", ms - now.day_ends_ms);
        // 48 hours where a whole calendar day is left out.
        prop_assert!(now.day_ends_ms - ms <= 49 * HOUR);
        prop_assert_eq!(moment(now.day_ends_ms - 1).day(), now.day());
        prop_assert!(moment(now.day_ends_ms).day() > now.day());
        prop_assert_eq!(moment(now.day_ends_ms - 1).day_ends_ms, now.day_ends_ms);
    }

    #[test]
    fn study_days_never_go_back_within_a_time_zone((zone, ms, rollover) in moment_parts(), after in 0..4 * HOUR) {
        let (now, then) =
            (Moment::at_ms(ms, zone.clone(), rollover), Moment::at_ms(ms + after, zone, rollover));
        prop_assert!(now.day() <= then.day());
    }

    #[test]
    fn the_study_day_is_near_the_calendar_day((zone, ms, rollover) in moment_parts()) {
        let local = Timestamp::from_millisecond(ms).expect("in range").to_zoned_datetime(zone.clone());
        let now = Moment::at_ms(ms, zone, rollover);
        let distance = StudyDay::from_date(local.date()).0 - now.day().0;
        prop_assert!((-1..=2).contains(&distance), "off by {} days", distance);
        prop_assert_eq!(now.stamp.offset_minutes, local.offset().seconds() / 60);
    }

    #[test]
    fn the_days_between_two_moments_are_never_negative(a in moment_parts(), b in moment_parts()) {
        let day = |(zone, ms, rollover): (TimeZone, i64, u8)| Moment::at_ms(ms, zone, rollover).day();
        let (a, b) = (day(a), day(b));
        prop_assert!(a.days_since(b) == 0 || b.days_since(a) == 0);
        prop_assert_eq!(a.days_since(b).max(b.days_since(a)), a.0.abs_diff(b.0));
    }

    #[test]
    fn a_study_day_converts_to_its_date_and_back(day in -4_371_222..2_932_896i32, days in 0..200_000u32) {
        let day = StudyDay(day);
        prop_assert_eq!(StudyDay::from_date(day.date()), day);
        prop_assert_eq!(day.plus(days).days_since(day), days);
    }
}

#[test]
fn days_from_a_damaged_log_do_not_overflow() {
    for day in [i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX - 1, i32::MAX].map(StudyDay) {
        for other in [i32::MIN, -1, 0, 1, i32::MAX].map(StudyDay) {
            day.days_since(other);
        }
        day.plus(u32::MAX);
        day.date();
    }
    Moment::at_ms(i64::MAX, TimeZone::UTC, 4);
    Moment::at_ms(i64::MIN, TimeZone::UTC, 255);
}
