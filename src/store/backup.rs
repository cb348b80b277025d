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
use super::files::{
    create_dir, create_private, progress_path, remove_leftover, rename_durably, sync_dir, sync_file,
    with_suffix,
};
use super::lock::{OpenHandleGuard, WriterLock};
use super::migrate::{MIGRATIONS, schema_version};
use super::{Store, generation, open, thinning};
use crate::atomic_file::{self, Durability};
use crate::plain_file;

/// What [`Store::restore_newest_backup`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredBackup {
    /// Where the damaged file is now. `None` if there was no file.
    pub damaged_file: Option<PathBuf>,
    /// The backup that was restored.
    pub backup: PathBuf,
}

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
    /// When it was made according to its name, in UTC milliseconds; that clock may have been wrong. `None` for backups
    /// of another occasion, such as a migration.
    pub made_ms: Option<i64>,
    /// What is in it, or why it cannot be restored.
    pub content: Result<BackupContent, StoreError>,
}

/// What the names of backups begin with: those of a day, those made before a migration, and what was in a file that
/// another program replaced. Only the first are ever thinned.
const NAMES: [&str; 3] = ["progress-", "version-", "replaced-"];

impl Store {
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
    /// do not count, because a clock may have been wrong. Reads every page of every backup: a second for 100 MB.
    pub fn backups(dir: &Path) -> Vec<StoredBackup> {
        let checked = newest_first(dir).into_iter().map(|backup| StoredBackup {
            content: backup.content.and_then(|content| check(&backup.path).map(|()| content)),
            ..backup
        });
        let (sound, damaged): (Vec<_>, Vec<_>) = checked.partition(|backup| backup.content.is_ok());
        sound.into_iter().chain(damaged).collect()
    }

    /// The undamaged backup with the newest answer. `None` if there is none.
    pub fn newest_backup(dir: &Path) -> Option<PathBuf> {
        let mut readable = newest_first(dir).into_iter().filter(|backup| backup.content.is_ok());
        readable.find(|backup| check(&backup.path).is_ok()).map(|backup| backup.path)
    }

    /// Whether a backup was made within a period, according to the names, in UTC milliseconds.
    pub fn has_backup_of(dir: &Path, period: Range<i64>) -> bool {
        backup_times(&backup_folder(dir)).range(period).next().is_some()
    }

    /// Renames the progress file together with its write-ahead log, and puts a copy of the newest undamaged
    /// backup in its place. The new name contains the time `utc_ms` (UTC milliseconds). Events added from
    /// then on belong to a new log.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`] and [`StoreError::InUse`]. Nothing was renamed then.
    pub fn restore_newest_backup(dir: &Path, utc_ms: i64) -> Result<RestoredBackup, StoreError> {
        let _lock = WriterLock::acquire(dir)?;
        let backup =
            Store::newest_backup(dir).ok_or_else(|| StoreError::NoBackup { dir: backup_folder(dir) })?;
        let path = progress_path(dir);
        let new = with_suffix(&path, ".new");
        remove_leftover(&new)?;
        create_private(&new)?;
        // `fs::copy` would copy the write protection of a backup too.
        let copied = plain_file::open(&backup).and_then(|(mut source, _)| {
            atomic_file::replace(&new, Durability::Durable, |out| io::copy(&mut source, out).map(drop))
        });
        copied.map_err(|error| StoreError::writing(&new, error))?;
        drop(open::check_closed(&new, schema_version(MIGRATIONS))?);
        let damaged_file = rename_damaged(dir, &path, utc_ms)?;
        rename_durably(&new, &path)?;
        tracing::warn!("progress restored from the newest sound backup");
        Ok(RestoredBackup { damaged_file, backup })
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
    let mut backups: Vec<StoredBackup> = names
        .map(|name| StoredBackup {
            made_ms: backup_time(&name),
            content: content(&folder.join(&name)),
            path: folder.join(name),
        })
        .collect();
    // Of two with the same content the one made last, so that the order does not depend on the file system.
    backups.sort_by(|a, b| {
        let rank = |backup: &StoredBackup| (backup.content.as_ref().ok().copied(), backup.made_ms);
        rank(b).cmp(&rank(a)).then_with(|| b.path.cmp(&a.path))
    });
    backups
}

fn content(path: &Path) -> Result<BackupContent, StoreError> {
    let conn = open::connect_closed(path, schema_version(MIGRATIONS))?;
    let select = "SELECT max(at_ms) FILTER (WHERE kind = 'answer'), count(*) FILTER (WHERE kind = 'answer'), count(*) \
        FROM event";
    let read = conn.query_row(select, [], |row| {
        Ok(BackupContent {
            newest_answer_ms: row.get(0)?,
            answer_count: row.get::<_, i64>(1)?.cast_unsigned(),
            event_count: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    });
    read.map_err(|error| StoreError::sql(path, error))
}

/// Checks every page of a backup.
fn check(path: &Path) -> Result<(), StoreError> {
    open::check_closed(path, schema_version(MIGRATIONS)).map(drop)
}

fn is_backup(name: &str) -> bool {
    name.ends_with(".db") && NAMES.iter().any(|start| name.starts_with(start))
}

/// Makes a backup of a file with an older schema version. Such backups are never thinned.
pub(super) fn before_migration(conn: &Connection, dir: &Path, version: u32) -> Result<(), StoreError> {
    open::check_pages(conn, &progress_path(dir))?;
    write_backup(conn, dir, |folder| numbered(folder, &format!("version-{version}"), ".db")).map(drop)
}

/// Makes a backup of a file that another program replaced while it was open. It is never thinned.
pub(super) fn before_leaving(conn: &Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    open::check_pages(conn, &progress_path(dir))?;
    write_backup(conn, dir, |folder| numbered(folder, "replaced", ".db"))
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
    let event_count = count_events(conn).map_err(sql)?;
    create_private(partial)?;
    // As bytes, because a path need not be valid Unicode.
    let name = ToSqlOutput::Borrowed(ValueRef::Text(partial.as_os_str().as_encoded_bytes()));
    conn.execute("VACUUM INTO ?1", [name]).map_err(sql)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(partial, flags).map_err(sql)?;
    // A restored backup must get a new log id, even if it is restored by hand: event numbers after this
    // backup are already in use.
    copy.execute("UPDATE meta SET home = ''", []).map_err(sql)?;
    copy.close().map_err(|(_, error)| sql(error))?;
    sync_file(partial)?;
    let copy = open::check_closed(partial, u32::MAX)?;
    if count_events(&copy).map_err(sql)? < event_count {
        return Err(StoreError::damaged(partial, "the copy has fewer events than the original"));
    }
    Ok(())
}

fn count_events(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("SELECT count(*) FROM event", [], |row| row.get(0))
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

/// Renames the progress file together with its SQLite files, so that they still belong together.
fn rename_damaged(dir: &Path, path: &Path, utc_ms: i64) -> Result<Option<PathBuf>, StoreError> {
    const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];
    let name = |time| dir.join(format!("progress.damaged-{}.db", time_text(time)));
    let is_taken = |to: &Path| SUFFIXES.iter().any(|suffix| with_suffix(to, suffix).exists());
    let mut time = utc_ms;
    while is_taken(&name(time)) {
        time += 1;
    }
    let to = name(time);
    let mut moved = false;
    // The file itself first: if only the log were renamed, the file would look complete with answers missing.
    for suffix in SUFFIXES {
        match fs::rename(with_suffix(path, suffix), with_suffix(&to, suffix)) {
            Ok(()) => moved = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::writing(path, error)),
        }
    }
    sync_dir(dir)?;
    Ok(moved.then_some(to))
}

fn backup_folder(dir: &Path) -> PathBuf {
    dir.join("backups")
}

/// The times of the backups in a folder, in UTC milliseconds.
fn backup_times(folder: &Path) -> BTreeSet<i64> {
    file_names(folder).iter().filter_map(|name| backup_time(name)).collect()
}

/// The file names in a folder. Empty if the folder does not exist.
fn file_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

const TIME_FORMAT: &str = "%Y-%m-%dT%H-%M-%S";

/// A time in a file name. Without colons, because Windows does not allow them.
fn time_text(utc_ms: i64) -> String {
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
