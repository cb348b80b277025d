//! Backups: complete copies of the progress file in a folder next to it. Each one is checked before it counts
//! as a backup.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::files::{
    create_dir, progress_path, remove_leftover, rename_durably, sync_dir, sync_file, with_suffix,
};
use super::lock::WriterLock;
use super::migrate::{MIGRATIONS, UNPACKED, schema_version};
use super::{Store, log, open, thinning};
use crate::atomic_file;

/// What [`Store::restore_newest_backup`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredBackup {
    /// Where the damaged file is now. `None` if there was no file.
    pub damaged_file: Option<PathBuf>,
    /// The backup that was restored.
    pub backup: PathBuf,
}

impl Store {
    /// Writes a checked copy to `backups/` and returns its path. The name contains the time `utc_ms` (UTC
    /// milliseconds). Older backups are then thinned to the last 5 and the newest of each of 7 days, 4 weeks
    /// and 12 months.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the progress file is damaged. No backup is written or removed then.
    pub fn backup(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        self.write_backup(utc_ms)
            .inspect(|_| tracing::info!("backup made"))
            .inspect_err(|error| tracing::error!(error = error.kind(), "backup not made"))
    }

    fn write_backup(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        let Some(dir) = self.path.parent().filter(|_| self.open_handle.is_some()) else {
            return Err(StoreError::reading(&self.path, io::ErrorKind::NotFound.into()));
        };
        if self.is_writable() {
            self.seal()?;
        }
        self.check()?;
        let folder = backup_folder(dir);
        let mut time = utc_ms;
        let mut path = folder.join(backup_name(time));
        // Never replace another backup, not even one of the same millisecond.
        while path.exists() {
            time += 1;
            path = folder.join(backup_name(time));
        }
        write_backup(&self.conn, &path)?;
        thin(&folder, time)?;
        Ok(path)
    }

    /// The newest backup with no damaged page. `None` if there is none.
    pub fn newest_backup(dir: &Path) -> Option<PathBuf> {
        backups_newest_first(dir)
            .into_iter()
            .find(|path| open::check_closed(path, schema_version(MIGRATIONS)).is_ok())
    }

    /// When the newest backup was made, in UTC milliseconds, according to its name. The backup is not
    /// checked.
    pub fn newest_backup_ms(dir: &Path) -> Option<i64> {
        backup_times(&backup_folder(dir)).last().copied()
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
        // `fs::copy` would copy the write protection of a backup too.
        let copied = fs::File::open(&backup)
            .and_then(|mut source| atomic_file::create(&new, |out| io::copy(&mut source, out).map(|_| ())));
        copied.map_err(|error| StoreError::writing(&new, error))?;
        drop(open::check_closed(&new, schema_version(MIGRATIONS))?);
        let damaged_file = rename_damaged(dir, &path, utc_ms)?;
        rename_durably(&new, &path)?;
        tracing::warn!("progress restored from the newest sound backup");
        Ok(RestoredBackup { damaged_file, backup })
    }
}

/// All backups, newest first. Backups made before a migration come last.
pub(super) fn backups_newest_first(dir: &Path) -> Vec<PathBuf> {
    let folder = backup_folder(dir);
    let dated = backup_times(&folder).into_iter().rev().map(|time| folder.join(backup_name(time)));
    let mut by_version: Vec<PathBuf> = file_names(&folder)
        .iter()
        .filter(|name| name.starts_with("version-") && name.ends_with(".db"))
        .map(|name| folder.join(name))
        .collect();
    by_version.sort();
    dated.chain(by_version.into_iter().rev()).collect()
}

/// Makes a backup of a file with an older schema version. Such backups are never thinned.
pub(super) fn before_migration(conn: &Connection, dir: &Path, version: u32) -> Result<(), StoreError> {
    open::check_pages(conn, &progress_path(dir))?;
    write_backup(conn, &unused_version_name(dir, version))
}

/// A name for a backup of an older schema version.
pub(super) fn unused_version_name(dir: &Path, version: u32) -> PathBuf {
    let name = |nth: u32| backup_folder(dir).join(format!("version-{version}-{nth}.db"));
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// Writes a backup under a temporary name, syncs, reopens and checks it, and then renames it.
fn write_backup(conn: &Connection, to: &Path) -> Result<(), StoreError> {
    if let Some(folder) = to.parent() {
        create_dir(folder)?;
    }
    let partial = with_suffix(to, ".partial");
    remove_leftover(&partial)?;
    let written = write_partial(conn, &partial).and_then(|()| rename_durably(&partial, to));
    if written.is_err() {
        // The partial file is no backup. The error to report is the one from writing.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn write_partial(conn: &Connection, partial: &Path) -> Result<(), StoreError> {
    let sql = |error| StoreError::sql(partial, error);
    let event_count = count_events(conn).map_err(sql)?;
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

fn count_events(conn: &Connection) -> rusqlite::Result<u64> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version > UNPACKED {
        true => log::event_count(conn),
        false => {
            conn.query_row("SELECT count(*) FROM event", [], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))
        }
    }
}

/// Removes the backups that [`thinning`] does not keep. Never removes the one that was just made, even if the
/// clock was wrong.
fn thin(folder: &Path, just_made: i64) -> Result<(), StoreError> {
    let times = backup_times(folder);
    let to_keep = thinning::times_to_keep(&times);
    for time in times.iter().filter(|time| !to_keep.contains(time) && **time != just_made) {
        remove_leftover(&folder.join(backup_name(*time)))?;
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
