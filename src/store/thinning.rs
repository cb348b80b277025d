//! Deciding which backups to keep: many recent ones and few old ones.

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use jiff::{Timestamp, civil, tz::TimeZone};

const KEEP_RECENT: usize = 5;
const KEEP_DAILY: usize = 7;
const KEEP_WEEKLY: usize = 4;
const KEEP_MONTHLY: usize = 12;

/// The backups to keep, out of all backups. Backups are identified by their time in UTC milliseconds. Periods
/// without a backup do not count, so a holiday does not cost any backups.
pub(super) fn times_to_keep(times: &BTreeSet<i64>) -> BTreeSet<i64> {
    let newest_first: Vec<(i64, civil::Date)> = times.iter().rev().map(|time| (*time, date(*time))).collect();
    let mut to_keep: BTreeSet<i64> = newest_first.iter().take(KEEP_RECENT).map(|(time, _)| *time).collect();
    to_keep.extend(newest_of_each(&newest_first, KEEP_DAILY, |date| date));
    to_keep.extend(newest_of_each(&newest_first, KEEP_WEEKLY, |date| {
        let week = date.iso_week_date();
        (week.year(), week.week())
    }));
    to_keep.extend(newest_of_each(&newest_first, KEEP_MONTHLY, |date| (date.year(), date.month())));
    to_keep
}

/// The newest backup of each of the last `count` periods that have one.
fn newest_of_each<P: Eq + Hash>(
    newest_first: &[(i64, civil::Date)],
    count: usize,
    period: impl Fn(civil::Date) -> P,
) -> Vec<i64> {
    let mut seen = HashSet::new();
    let newest = newest_first.iter().filter(|(_, date)| seen.insert(period(*date)));
    newest.take(count).map(|(time, _)| *time).collect()
}

fn date(utc_ms: i64) -> civil::Date {
    let timestamp = Timestamp::from_millisecond(utc_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.to_zoned_datetime(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn three_backups_a_day_for_two_years_leave_a_handful() {
        let noon = 20_000 * DAY + DAY / 2;
        let times: BTreeSet<i64> =
            (0..730).flat_map(|day| (0..3).map(move |nth| noon + day * DAY + nth * 60_000)).collect();
        let kept = times_to_keep(&times);
        let newest: Vec<i64> = times.iter().rev().take(KEEP_RECENT).copied().collect();
        assert!(newest.iter().all(|time| kept.contains(time)));
        assert!(kept.len() <= KEEP_RECENT + KEEP_DAILY + KEEP_WEEKLY + KEEP_MONTHLY);
        let oldest = kept.iter().min().copied().unwrap_or_default();
        let newest = newest[0];
        assert!(newest - oldest > 300 * DAY, "reaches back most of a year");
        let in_last_week = kept.iter().filter(|time| newest - **time < 7 * DAY).count();
        assert!(in_last_week >= KEEP_DAILY);
    }

    #[test]
    fn thinning_again_after_each_backup_still_reaches_back_a_year() {
        let mut times = BTreeSet::new();
        for day in 0..800 {
            times.insert(20_000 * DAY + day * DAY);
            let kept = times_to_keep(&times);
            times.retain(|time| kept.contains(time));
        }
        let (oldest, newest) = (times.first().copied(), times.last().copied());
        assert!(newest.zip(oldest).is_some_and(|(newest, oldest)| newest - oldest > 300 * DAY));
        assert!(times.len() <= KEEP_RECENT + KEEP_DAILY + KEEP_WEEKLY + KEEP_MONTHLY);
    }
}
