//! Texts of `linchpin backup`.

use std::fmt::Display;

use jiff::Timestamp;

use crate::text::words::count;

/// The headings of the list.
pub const HEADINGS: [&str; 6] = ["Made (UTC)", "Answers", "Newest answer", "Size", "Why", "Name"];
/// Instead of the list.
pub const NONE: &str = "no backups yet";
/// In place of a figure that is not known.
pub const UNKNOWN: &str = "–";
/// In place of the answers of a backup that cannot be restored.
pub const DAMAGED: &str = "damaged";

// Why a backup was made.

/// By hand or once a day.
pub const DATED: &str = "daily or by hand";
/// Before a migration.
pub const MIGRATION: &str = "before an update";
/// Another program put another file into its place.
pub const REPLACED: &str = "file was replaced";
/// Another backup was restored.
pub const RESTORE: &str = "before restoring";
/// Two histories were united.
pub const MERGE: &str = "before merging";
/// A damaged file that was set aside and can be read.
pub const SET_ASIDE: &str = "set aside";

/// A time in UTC milliseconds.
pub fn time(utc_ms: Option<i64>) -> String {
    let time = utc_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    time.map_or_else(|| UNKNOWN.to_owned(), |time| time.strftime("%Y-%m-%d %H:%M").to_string())
}

/// A size on disk.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

fn answers(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "answer")
}

fn content(number: u64, newest_ms: Option<i64>) -> String {
    match newest_ms {
        Some(_) => format!("{}, the newest of {} UTC", answers(number), time(newest_ms)),
        None => answers(number),
    }
}

/// The progress as it is now.
pub fn now(number: u64, newest_ms: Option<i64>) -> String {
    format!("Now:     {}", content(number, newest_ms))
}

/// There is no progress file.
pub const NOW_NOTHING: &str = "Now:     no progress";

/// The progress cannot be opened.
pub fn now_damaged(error: impl Display) -> String {
    format!("Now:     {error}")
}

/// The backup that would be restored.
pub fn chosen(path: impl Display, number: u64, newest_ms: Option<i64>) -> String {
    format!("Backup:  {}\n         {path}", content(number, newest_ms))
}

/// Answers of a sound file that are not in the backup.
pub fn set_back(number: u64) -> String {
    match number {
        0 => "The backup has every answer that is there now.".to_owned(),
        1 => "1 answer of now is not in the backup. It is kept in a backup of its own.".to_owned(),
        _ => {
            format!("{number} answers of now are not in the backup. They are kept in a backup of their own.")
        }
    }
}

/// Answers of a damaged file that are not in the backup.
pub fn can_be_carried_over(number: u64) -> String {
    match number {
        0 => {
            "The damaged file has no answer that can be read and is not in the backup. It is kept.".to_owned()
        }
        _ => format!(
            "The damaged file has {} that can be read and the backup does not have: added to it. The file is kept.",
            answers(number)
        ),
    }
}

/// The question; `y` is yes.
pub const QUESTION: &str = "Restore this backup? [y/N] ";
/// Without a terminal nobody can be asked.
pub const NEEDS_YES: &str = "nothing was changed; to restore this backup, add --yes";
/// The answer was no.
pub const NOTHING_CHANGED: &str = "Nothing was changed.";

/// It is done.
pub fn restored(path: impl Display) -> String {
    format!("Restored: {path}")
}

/// Answers of the damaged file are in the restored one.
pub fn carried_over(number: u64) -> String {
    format!("Added {} from the damaged file.", answers(number))
}

/// Where the earlier file is.
pub fn kept(path: impl Display) -> String {
    format!("What was there before is kept as {path}")
}
