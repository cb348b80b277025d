//! Backups: whole files beside the progress file, each checked before it counts as one.

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
    create_dir, progress_of, put_in_place, remove_leftover, sync_dir, sync_file, with_suffix,
};
use super::lock::WriterLock;
use super::migrate::{MIGRATIONS, version_of};
use super::{Store, open, thinning};

/// What [`Store::restore_newest_backup`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the damaged file is now; `None` when there was none.
    pub set_aside: Option<PathBuf>,
    /// The backup that is in its place.
    pub from: PathBuf,
}

impl Store {
    /// Writes a checked copy into `backups/`, named after the time given, and returns its path. Earlier ones
    /// are thinned to the last 5, and the newest of 7 days, 4 weeks and 12 months.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when there is nothing sound to copy: then no backup is written and none
    /// removed.
    pub fn backup(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        self.write_backup(utc_ms)
            .inspect(|_| tracing::info!("backup made"))
            .inspect_err(|error| tracing::error!(error = error.kind(), "backup not made"))
    }

    fn write_backup(&self, utc_ms: i64) -> Result<PathBuf, StoreError> {
        let Some(dir) = self.path.parent().filter(|_| self.presence.is_some()) else {
            return Err(StoreError::reading(&self.path, io::ErrorKind::NotFound.into()));
        };
        self.check()?;
        let folder = folder_of(dir);
        let mut time = utc_ms;
        let mut path = folder.join(name_of(time));
        // Two within a millisecond: no backup ever replaces another.
        while path.exists() {
            time += 1;
            path = folder.join(name_of(time));
        }
        write(&self.conn, &path)?;
        thin(&folder, time)?;
        Ok(path)
    }

    /// The newest backup that is sound in every page.
    pub fn newest_backup(dir: &Path) -> Option<PathBuf> {
        candidates(dir).into_iter().find(|path| open::check_closed(path, version_of(MIGRATIONS)).is_ok())
    }

    /// When the newest backup was made, by its name, in UTC milliseconds; sound or not.
    pub fn newest_backup_ms(dir: &Path) -> Option<i64> {
        times(&folder_of(dir)).last().copied()
    }

    /// Renames the progress file, with its write-ahead log, to a name with the time given, and puts a copy of
    /// the newest sound backup in its place. Events added from then on belong to a new log.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`] and [`StoreError::InUse`], before anything was moved.
    pub fn restore_newest_backup(dir: &Path, utc_ms: i64) -> Result<Restored, StoreError> {
        let _lock = WriterLock::take(dir)?;
        let from = Store::newest_backup(dir).ok_or_else(|| StoreError::NoBackup { dir: folder_of(dir) })?;
        let path = progress_of(dir);
        let new = with_suffix(&path, ".new");
        remove_leftover(&new)?;
        // Not `fs::copy`: a write-protected backup must not become a write-protected progress file.
        let copied = fs::File::open(&from).and_then(|mut source| {
            let mut target = fs::File::create(&new)?;
            io::copy(&mut source, &mut target)?;
            target.sync_all()
        });
        copied.map_err(|error| StoreError::writing(&new, error))?;
        drop(open::check_closed(&new, version_of(MIGRATIONS))?);
        let set_aside = set_aside(dir, &path, utc_ms)?;
        put_in_place(&new, &path)?;
        tracing::warn!("progress restored from the newest sound backup");
        Ok(Restored { set_aside, from })
    }
}

/// All backups, the newest first; after them those made before a migration.
pub(super) fn candidates(dir: &Path) -> Vec<PathBuf> {
    let folder = folder_of(dir);
    let dated = times(&folder).into_iter().rev().map(|time| folder.join(name_of(time)));
    let mut by_version: Vec<PathBuf> = names(&folder)
        .iter()
        .filter(|name| name.starts_with("version-") && name.ends_with(".db"))
        .map(|name| folder.join(name))
        .collect();
    by_version.sort();
    dated.chain(by_version.into_iter().rev()).collect()
}

/// A backup of a file of an older version; kept for good.
pub(super) fn before_migration(conn: &Connection, dir: &Path, version: u32) -> Result<(), StoreError> {
    open::check(conn, &progress_of(dir))?;
    let folder = folder_of(dir);
    let free =
        (1..).map(|nth| folder.join(format!("version-{version}-{nth}.db"))).find(|path| !path.exists());
    free.map_or(Ok(()), |path| write(conn, &path))
}

/// Written beside, synced, reopened and checked, then renamed.
fn write(conn: &Connection, to: &Path) -> Result<(), StoreError> {
    if let Some(folder) = to.parent() {
        create_dir(folder)?;
    }
    let partial = with_suffix(to, ".partial");
    remove_leftover(&partial)?;
    let written = write_partial(conn, &partial).and_then(|()| put_in_place(&partial, to));
    if written.is_err() {
        // Not a backup and never was one; the error that led here is the one to tell.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn write_partial(conn: &Connection, partial: &Path) -> Result<(), StoreError> {
    let sql = |error| StoreError::sql(partial, error);
    let before = count(conn).map_err(sql)?;
    // As bytes: a path need not be valid Unicode.
    let name = ToSqlOutput::Borrowed(ValueRef::Text(partial.as_os_str().as_encoded_bytes()));
    conn.execute("VACUUM INTO ?1", [name]).map_err(sql)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(partial, flags).map_err(sql)?;
    // Whoever puts it into place, by hand too, gets a new log id: the numbers after it were given out
    // already.
    copy.execute("UPDATE meta SET home = ''", []).map_err(sql)?;
    copy.close().map_err(|(_, error)| sql(error))?;
    sync_file(partial)?;
    let copy = open::check_closed(partial, u32::MAX)?;
    if count(&copy).map_err(sql)? < before {
        return Err(StoreError::damaged(partial, "the copy has fewer events than the original"));
    }
    Ok(())
}

fn count(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("SELECT count(*) FROM event", [], |row| row.get(0))
}

/// Removes what [`thinning`] does not keep, but never the one just made: a clock may have been wrong.
fn thin(folder: &Path, just_made: i64) -> Result<(), StoreError> {
    let times = times(folder);
    let kept = thinning::kept(&times);
    for time in times.iter().filter(|time| !kept.contains(time) && **time != just_made) {
        remove_leftover(&folder.join(name_of(*time)))?;
    }
    sync_dir(folder)
}

/// Renames the progress file and what belongs to it, so that the three together still are what they were.
fn set_aside(dir: &Path, path: &Path, utc_ms: i64) -> Result<Option<PathBuf>, StoreError> {
    const PARTS: [&str; 4] = ["", "-wal", "-shm", "-journal"];
    let name = |time| dir.join(format!("progress.damaged-{}.db", stamp_of(time)));
    let is_taken = |to: &Path| PARTS.iter().any(|part| with_suffix(to, part).exists());
    let mut time = utc_ms;
    while is_taken(&name(time)) {
        time += 1;
    }
    let to = name(time);
    let mut moved = false;
    // The file itself first: were it left alone without its log, it would look whole with answers missing.
    for part in PARTS {
        match fs::rename(with_suffix(path, part), with_suffix(&to, part)) {
            Ok(()) => moved = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::writing(path, error)),
        }
    }
    sync_dir(dir)?;
    Ok(moved.then_some(to))
}

fn folder_of(dir: &Path) -> PathBuf {
    dir.join("backups")
}

/// The times of the backups in a folder.
fn times(folder: &Path) -> BTreeSet<i64> {
    names(folder).iter().filter_map(|name| time_of(name)).collect()
}

/// The names in a folder; none when there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

const STAMP: &str = "%Y-%m-%dT%H-%M-%S";

/// A time as it stands in a name: without colons, which Windows does not allow.
fn stamp_of(utc_ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(utc_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}.{:03}Z", timestamp.strftime(STAMP), utc_ms.rem_euclid(1000))
}

fn name_of(utc_ms: i64) -> String {
    format!("progress-{}.db", stamp_of(utc_ms))
}

/// The time in a name that [`name_of`] made.
fn time_of(name: &str) -> Option<i64> {
    let stamp = name.strip_prefix("progress-")?.strip_suffix("Z.db")?;
    let (seconds, millis) = stamp.split_once('.')?;
    let seconds = DateTime::strptime(STAMP, seconds).ok()?.to_zoned_datetime(TimeZone::UTC).ok()?;
    let time = seconds.timestamp().as_second() * 1000 + millis.parse::<i64>().ok()?;
    (name_of(time) == name).then_some(time)
}
