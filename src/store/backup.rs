//! Backups: complete copies of the progress file in a folder next to it. Each one is checked before it counts
//! as a backup.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::event_bytes::RowError;
use super::files::{
    create_dir, create_private, progress_path, remove_leftover, rename_durably, sync_dir, sync_file,
    with_suffix,
};
use super::lock::{OpenHandleGuard, WriterLock};
use super::migrate::{MIGRATIONS, UNPACKED, schema_version};
use super::{Store, generation, log, open, restore, summaries, thinning};
use crate::domain::event::Change;

/// What is in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupContent {
    /// When the newest answer was given, in UTC milliseconds. `None` without answers.
    pub newest_answer_ms: Option<i64>,
    /// Number of answers.
    pub answer_count: u64,
    /// Number of events, answers included.
    pub event_count: u64,
}

/// A backup in the folder of backups.
#[derive(Debug)]
pub struct StoredBackup {
    /// The file.
    pub path: PathBuf,
    /// Why it was made.
    pub occasion: BackupOccasion,
    /// When it was made, in UTC milliseconds, by its name or else by the file system; that clock may have been wrong.
    pub made_ms: Option<i64>,
    /// Its size in bytes.
    pub len: u64,
    /// What is in it, or why it cannot be restored.
    pub content: Result<BackupContent, StoreError>,
}

/// Why a backup was made, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupOccasion {
    /// By hand, or once a day. Only these are ever thinned.
    Dated,
    /// Before the file was brought up to date.
    Migration,
    /// Another program had replaced the file.
    Replaced,
    /// Another backup took the place of the file.
    Restore,
    /// Two histories were united.
    Merge,
    /// A file that was called damaged and set aside, and can be read all the same.
    SetAside,
}

/// What the names of backups in the folder begin with.
const NAMES: [(&str, BackupOccasion); 5] = [
    ("progress-", BackupOccasion::Dated),
    ("version-", BackupOccasion::Migration),
    ("replaced-", BackupOccasion::Replaced),
    ("before-restore-", BackupOccasion::Restore),
    ("before-merge-", BackupOccasion::Merge),
];

impl Store {
    /// Writes a checked copy to `backups/` before the history of another file is added, and returns its path. It is never
    /// thinned.
    ///
    /// # Errors
    /// The same as [`Store::backup`].
    pub fn back_up_before_merge(&self) -> Result<PathBuf, StoreError> {
        let dir = self.path.parent().unwrap_or(Path::new(""));
        self.check()?;
        write_backup(&self.conn, dir, |folder| numbered(folder, "before-merge", ".db"))
    }

    /// Writes a checked copy to `backups/` and returns its path. The name contains the time `utc_ms` (UTC
    /// milliseconds), or the next one that is free. Older backups are then thinned to the last 5 and the newest of each
    /// of 7 days, 4 weeks and 12 months. Waits for another backup that is being made.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the progress file is damaged. No backup is written or removed then.
    pub fn backup(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        self.write_dated(utc_ms)
            .inspect(|_| tracing::info!("backup made"))
            .inspect_err(|error| tracing::error!(error = error.kind(), "backup not made"))
    }

    fn write_dated(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        let Some(dir) = self.path.parent().filter(|_| self.open_handle.is_some()) else {
            return Err(StoreError::reading(&self.path, io::ErrorKind::NotFound.into()));
        };
        if self.is_writable() {
            self.seal()?;
        }
        self.check()?;
        let path = write_backup(&self.conn, dir, |folder| {
            // Behind others of this moment, even if one of them is thinned out already: it may have been named to
            // somebody.
            let last = backup_times(folder).range(utc_ms..utc_ms + 1_000).next_back().copied();
            backup_name(last.map_or(utc_ms, |last| last + 1))
        })?;
        thin(&backup_folder(dir), &path)?;
        Ok(path)
    }

    /// All backups: those with the newest answer first, of these the one with the most events; damaged ones last. Names
    /// do not count, because a clock may have been wrong. Reads all of every backup.
    pub fn backups(dir: &Path) -> Vec<StoredBackup> {
        let checked = newest_first(dir).into_iter().map(|backup| StoredBackup {
            content: backup.content.and_then(|content| check(&backup.path).map(|()| content)),
            ..backup
        });
        let is_listed =
            |backup: &StoredBackup| backup.occasion != BackupOccasion::SetAside || backup.content.is_ok();
        let checked = checked.filter(is_listed);
        let (sound, damaged): (Vec<_>, Vec<_>) = checked.partition(|backup| backup.content.is_ok());
        sound.into_iter().chain(damaged).collect()
    }

    /// The undamaged backups, those with the newest answer first. Each is checked when it is asked for.
    pub fn sound_backups(dir: &Path) -> impl Iterator<Item = StoredBackup> {
        let readable = newest_first(dir).into_iter().filter(|backup| backup.content.is_ok());
        readable.filter(|backup| check(&backup.path).is_ok())
    }

    /// The undamaged backup with the newest answer. `None` if there is none.
    pub fn newest_backup(dir: &Path) -> Option<PathBuf> {
        Self::sound_backups(dir).next().map(|backup| backup.path)
    }

    /// Whether a backup was made within a period, according to the names, in UTC milliseconds.
    pub fn has_backup_of(dir: &Path, period: Range<i64>) -> bool {
        backup_times(&backup_folder(dir)).range(period).next().is_some()
    }
}

impl Store {
    /// Moves a write-ahead log that was written for another file out of the way, under a name beside it, so that the
    /// progress file that is there can be opened. A log that belongs to it stays.
    ///
    /// # Errors
    /// [`StoreError::InUse`] and [`StoreError::ReadOnly`]; nothing was moved then.
    pub fn set_foreign_log_aside(dir: &Path) -> Result<(), StoreError> {
        let _lock = WriterLock::acquire(dir)?;
        let path = progress_path(dir);
        let log = match OpenHandleGuard::register(&path, || generation::check_log(&path)) {
            Ok(_) => return Ok(()),
            Err(StoreError::ForeignLog { log, .. }) => log,
            Err(error) => return Err(error),
        };
        let aside = dir.join(numbered(dir, "progress.set-aside", ".db-wal"));
        fs::rename(&log, aside).map_err(|error| StoreError::writing(&log, error))?;
        tracing::warn!("a log of another progress file set aside");
        sync_dir(dir)
    }
}

/// Whether there is any file with the name of a backup.
pub(super) fn has_any(dir: &Path) -> bool {
    file_names(&backup_folder(dir)).iter().any(|name| is_backup(name))
}

/// All backups, as in [`Store::backups`], but without checking their pages.
fn newest_first(dir: &Path) -> Vec<StoredBackup> {
    let folder = backup_folder(dir);
    let names = file_names(&folder).into_iter().filter(|name| is_backup(name));
    let paths = names.map(|name| folder.join(name)).chain(restore::damaged_files(dir));
    let mut backups: Vec<StoredBackup> = paths.map(stored).collect();
    // Of two with the same content the one made last, so that the order does not depend on the file system.
    backups.sort_by(|a, b| {
        let rank = |backup: &StoredBackup| {
            (backup.content.as_ref().ok().copied(), backup_time(&name_of(&backup.path)))
        };
        rank(b).cmp(&rank(a)).then_with(|| b.path.cmp(&a.path))
    });
    backups
}

/// What is known of a backup without checking its pages.
pub(super) fn stored(path: PathBuf) -> StoredBackup {
    let name = name_of(&path);
    let occasion = NAMES.iter().find(|(start, _)| name.starts_with(start));
    let metadata = fs::metadata(&path);
    let changed_ms = || {
        let changed = metadata.as_ref().ok()?.modified().ok()?;
        Timestamp::try_from(changed).ok().map(Timestamp::as_millisecond)
    };
    StoredBackup {
        occasion: occasion.map_or(BackupOccasion::SetAside, |(_, occasion)| *occasion),
        made_ms: backup_time(&name).or_else(changed_ms),
        len: metadata.as_ref().map_or(0, fs::Metadata::len),
        content: open::connect_closed(&path, schema_version(MIGRATIONS))
            .and_then(|conn| content_of(&conn, &path)),
        path,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is in a progress file or a backup.
pub(super) fn content_of(conn: &Connection, path: &Path) -> Result<BackupContent, StoreError> {
    let read = match is_packed(conn) {
        Ok(true) => packed_content(conn),
        Ok(false) => version_3_content(conn).map_err(RowError::Sql),
        Err(error) => Err(RowError::Sql(error)),
    };
    read.map_err(|error| open::row_error(path, error))
}

fn packed_content(conn: &Connection) -> Result<BackupContent, RowError> {
    let event_count = log::event_count(conn)?;
    let mut content = BackupContent { newest_answer_ms: None, answer_count: 0, event_count };
    log::for_each_event(
        conn,
        1,
        u64::MAX,
        |_| true,
        |event| {
            if let Some(Change::Answer(_)) = event.change {
                content.answer_count += 1;
                content.newest_answer_ms = content.newest_answer_ms.max(Some(event.stamp.utc_ms));
            }
            Ok(())
        },
    )?;
    Ok(content)
}

fn version_3_content(conn: &Connection) -> rusqlite::Result<BackupContent> {
    let select = "SELECT max(at_ms) FILTER (WHERE kind = 'answer'), count(*) FILTER (WHERE kind = 'answer'), count(*) \
        FROM event";
    conn.query_row(select, [], |row| {
        Ok(BackupContent {
            newest_answer_ms: row.get(0)?,
            answer_count: row.get::<_, i64>(1)?.cast_unsigned(),
            event_count: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    })
}

/// Whether the events are in blocks and in the rows of version 4, rather than in those of version 3.
pub(super) fn is_packed(conn: &Connection) -> rusqlite::Result<bool> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version > UNPACKED)
}

/// Checks every page of a backup, and every event and answer.
fn check(path: &Path) -> Result<(), StoreError> {
    // Beside a file that was set aside there may be a log that was set aside with it because it does not belong to it.
    generation::check_log(path)?;
    let conn = open::check_closed(path, schema_version(MIGRATIONS))?;
    check_events(&conn, path)
}

/// As [`check`], of a file that is open.
pub(super) fn check_all(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    open::check_pages(conn, path)?;
    check_events(conn, path)
}

fn check_events(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let check = || if is_packed(conn)? { log::check_all(conn) } else { Ok(()) };
    check().map_err(|error| open::row_error(path, error))
}

fn is_backup(name: &str) -> bool {
    name.ends_with(".db") && NAMES.iter().any(|(start, _)| name.starts_with(start))
}

/// Makes a backup of a file with an older schema version. Such backups are never thinned.
pub(super) fn before_migration(conn: &Connection, dir: &Path, version: u32) -> Result<(), StoreError> {
    open::check_pages(conn, &progress_path(dir))?;
    write_backup(conn, dir, |folder| version_name(folder, version)).map(drop)
}

fn version_name(folder: &Path, version: u32) -> String {
    numbered(folder, &format!("version-{version}"), ".db")
}

/// A name for a backup of an older schema version, and the lock that keeps others from taking it.
pub(super) fn unused_version_name(dir: &Path, version: u32) -> Result<(PathBuf, fs::File), StoreError> {
    let folder = backup_folder(dir);
    create_dir(&folder)?;
    let lock = lock_backups(dir)?;
    Ok((folder.join(version_name(&folder, version)), lock))
}

/// Makes a backup of a file that another program replaced while it was open. It is never thinned.
pub(super) fn before_leaving(conn: &Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    open::check_pages(conn, &progress_path(dir))?;
    write_backup(conn, dir, |folder| numbered(folder, "replaced", ".db"))
}

/// Makes a backup of a sound file that a restored one is about to replace. It is never thinned.
pub(super) fn before_restore(conn: &Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    write_backup(conn, dir, |folder| numbered(folder, "before-restore", ".db"))
}

/// The first free name with a number between `start` and `end`.
fn numbered(folder: &Path, start: &str, end: &str) -> String {
    let mut nth = 1;
    let name = |nth| format!("{start}-{nth}{end}");
    while folder.join(name(nth)).symlink_metadata().is_ok() {
        nth += 1;
    }
    name(nth)
}

/// Writes a backup under a temporary name, syncs, reopens and checks it, and then renames it. `name` chooses a free name in
/// the folder while no other backup is made.
fn write_backup(
    conn: &Connection,
    dir: &Path,
    name: impl FnOnce(&Path) -> String,
) -> Result<PathBuf, StoreError> {
    let folder = backup_folder(dir);
    create_dir(&folder)?;
    // Two at a time would take the same name.
    let _lock = lock_backups(dir)?;
    let path = folder.join(name(&folder));
    let partial = with_suffix(&path, PARTIAL);
    remove_leftover(&partial)?;
    let written = write_partial(conn, &partial).and_then(|()| rename_durably(&partial, &path));
    if written.is_err() {
        // The partial file is no backup. The error to report is the one from writing.
        let _ = fs::remove_file(&partial);
    }
    written.map(|()| path)
}

fn write_partial(conn: &Connection, partial: &Path) -> Result<(), StoreError> {
    let sql = |error| StoreError::sql(partial, error);
    let row = |error| open::row_error(partial, error);
    let original = extent(conn).map_err(row)?;
    create_private(partial)?;
    // As bytes, because a path need not be valid Unicode.
    let name = ToSqlOutput::Borrowed(ValueRef::Text(partial.as_os_str().as_encoded_bytes()));
    conn.execute("VACUUM INTO ?1", [name]).map_err(sql)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(partial, flags).map_err(sql)?;
    compact(&mut copy).map_err(row)?;
    copy.close().map_err(|(_, error)| sql(error))?;
    sync_file(partial)?;
    // Read back as it will be read.
    let copy = open::check_closed(partial, u32::MAX)?;
    check_events(&copy, partial)?;
    if extent(&copy).map_err(row)? < original {
        return Err(StoreError::damaged(partial, "the copy has fewer events than the original"));
    }
    Ok(())
}

/// Makes a copy of the progress file as small as it can be.
fn compact(copy: &mut Connection) -> Result<(), RowError> {
    // Nobody reads it before it is complete and synced.
    copy.pragma_update_and_check(None, "journal_mode", "memory", |_| Ok(()))?;
    copy.pragma_update(None, "synchronous", "off")?;
    // A restored backup must get a new log id, even if it is restored by hand: event numbers after this
    // backup are already in use.
    copy.execute("UPDATE meta SET home = ''", [])?;
    if is_packed(copy)? {
        let transaction = copy.transaction()?;
        summaries::drop_tables(&transaction)?;
        log::seal_all(&transaction)?;
        transaction.commit()?;
        copy.execute_batch("VACUUM")?;
    }
    Ok(())
}

/// How many events there are, and when the newest was given where that can be told quickly.
pub(super) fn extent(conn: &Connection) -> Result<(u64, Option<i64>), RowError> {
    match is_packed(conn)? {
        true => Ok((log::event_count(conn)?, log::newest_stamp(conn)?.map(|stamp| stamp.utc_ms))),
        false => Ok((version_3_content(conn)?.event_count, None)),
    }
}

/// What the name of an unfinished backup ends in.
const PARTIAL: &str = ".partial";

/// Removes what backups that were killed have left, unless one is being made.
pub(super) fn sweep(dir: &Path) {
    if leftovers(dir).next().is_some()
        && let Ok(lock) = open_lock(dir)
        && lock.try_lock().is_ok()
    {
        remove_leftovers(dir);
    }
}

fn leftovers(dir: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = backup_folder(dir);
    let is_leftover = |name: &String| {
        let partial = name.strip_suffix("-journal").unwrap_or(name);
        partial.strip_suffix(PARTIAL).is_some_and(is_backup)
    };
    file_names(&folder).into_iter().filter(is_leftover).map(move |name| folder.join(name))
}

fn remove_leftovers(dir: &Path) {
    for path in leftovers(dir) {
        // An error is ignored: a leftover takes space and does no harm.
        let _ = fs::remove_file(path);
    }
}

fn open_lock(dir: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(dir.join("backup.lock"))
}

/// Waits until no other backup is being made, and keeps others from beginning for as long as the file is open.
fn lock_backups(dir: &Path) -> Result<fs::File, StoreError> {
    let lock = open_lock(dir).map_err(|error| StoreError::writing(dir, error))?;
    // Without locks on this disk, two backups of the same millisecond may disturb each other.
    if lock.lock().is_ok() {
        remove_leftovers(dir);
    }
    Ok(lock)
}

/// Removes the backups that [`thinning`] does not keep. Never removes the one that was just made, even if the
/// clock was wrong.
fn thin(folder: &Path, just_made: &Path) -> Result<(), StoreError> {
    let times = backup_times(folder);
    let to_keep = thinning::times_to_keep(&times);
    for time in times.difference(&to_keep) {
        let path = folder.join(backup_name(*time));
        if path != just_made {
            remove_leftover(&path)?;
        }
    }
    sync_dir(folder)
}

pub(super) fn backup_folder(dir: &Path) -> PathBuf {
    dir.join("backups")
}

/// The times of the backups in a folder, in UTC milliseconds.
fn backup_times(folder: &Path) -> BTreeSet<i64> {
    file_names(folder).iter().filter_map(|name| backup_time(name)).collect()
}

/// The file names in a folder. Empty if the folder does not exist.
pub(super) fn file_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

const TIME_FORMAT: &str = "%Y-%m-%dT%H-%M-%S";

/// A time in a file name. Without colons, because Windows does not allow them.
pub(super) fn time_text(utc_ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(utc_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}.{:03}Z", timestamp.strftime(TIME_FORMAT), utc_ms.rem_euclid(1000))
}

fn backup_name(utc_ms: i64) -> String {
    format!("progress-{}.db", time_text(utc_ms))
}

/// The time in a name that [`backup_name`] made. `None` for other names.
fn backup_time(name: &str) -> Option<i64> {
    let text = name.strip_prefix("progress-")?.strip_suffix("Z.db")?;
    let (seconds, millis) = text.split_once('.')?;
    let seconds = DateTime::strptime(TIME_FORMAT, seconds).ok()?.to_zoned_datetime(TimeZone::UTC).ok()?;
    let time = seconds.timestamp().as_second() * 1000 + millis.parse::<i64>().ok()?;
    (backup_name(time) == name).then_some(time)
}
