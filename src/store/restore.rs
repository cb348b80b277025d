//! Putting a backup in the place of the progress file. The new file is made complete in a folder of its own, brought up to
//! date, and given what a damaged file still holds; then it is renamed into place. Whatever ends the program meanwhile,
//! nothing is lost, and the next restore goes on from there.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params_from_iter};

use super::backup::{self, BackupContent, StoredBackup, backup_folder, time_text};
use super::error::StoreError;
use super::event_bytes::{RowError, kind};
use super::files::{self, create_dir, create_private, progress_path, rename_durably, sync_dir, with_suffix};
use super::lock::{OpenHandleGuard, WriterLock};
use super::log::{self, LogEnd};
use super::migrate::{MIGRATIONS, schema_version};
use super::{Store, header, open, packing, summaries};
use crate::atomic_file::{self, Durability};
use crate::domain::event::EventId;
use crate::plain_file;

/// What [`Store::restore`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredBackup {
    /// Where what was there is kept: a damaged file under another name, or a backup of a sound one. `None` if there was
    /// none.
    pub kept: Option<PathBuf>,
    /// The backup that was restored.
    pub backup: PathBuf,
    /// Number of answers that the damaged file still had and the backup did not: they are in the restored file.
    pub carried_over: u64,
}

/// What [`Store::restore`] would do.
#[derive(Debug)]
pub struct RestorePreview {
    /// What is in the progress file now: `None` without one, an error for one that is damaged.
    pub current: Result<Option<BackupContent>, StoreError>,
    /// The backup.
    pub backup: StoredBackup,
    /// Number of answers that the progress file gives and the backup does not have. Those of a damaged file are carried
    /// over, those of a sound one are only in the backup that is made of it.
    pub answers_beyond: u64,
}

impl Store {
    /// What restoring a backup would do, the newest one if none is named. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`], and what is wrong with the backup that is named.
    pub fn preview_restore(dir: &Path, backup: Option<&Path>) -> Result<RestorePreview, StoreError> {
        let backup = chosen(dir, backup)?;
        let path = progress_path(dir);
        let mut known = HashSet::new();
        for_each_id(&open::connect_closed(&backup.path, schema_version(MIGRATIONS))?, |id, _| {
            known.insert(id);
        });
        let current = match files::has_progress(dir) {
            Ok(true) => check_present(&path).and_then(|conn| backup::content_of(&conn, &path)).map(Some),
            other => other.map(|_| None),
        };
        let mut answers_beyond = 0;
        // Nothing is carried over from a damaged file of an earlier version, so nothing of it is promised.
        if let Some(conn) = connect_readable(&last_file(dir))
            && (current.is_ok() || backup::is_packed(&conn).unwrap_or(false))
        {
            for_each_id(&conn, |id, is_answer| {
                answers_beyond += u64::from(is_answer && !known.contains(&id))
            });
        }
        Ok(RestorePreview { current, backup, answers_beyond })
    }

    /// Puts a copy of a backup in the place of the progress file: of the newest one by content if none is named. A sound
    /// file that is there becomes a backup. A damaged one is renamed together with its write-ahead log, to a name with the
    /// time `utc_ms` (UTC milliseconds), and the events that can still be read from it are added to the copy. Events that
    /// are added from then on belong to a new log.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`], [`StoreError::InUse`], and what is wrong with the backup that is named. Nothing was
    /// changed then.
    pub fn restore(dir: &Path, backup: Option<&Path>, utc_ms: i64) -> Result<RestoredBackup, StoreError> {
        create_dir(dir)?;
        let _lock = WriterLock::acquire(dir)?;
        let backup = chosen(dir, backup)?.path;
        let path = progress_path(dir);
        remove_unfinished(dir)?;
        if !path.exists() && !damaged_files(dir).is_empty() {
            // A restore that was killed between two renames: its log belongs to the file again before that is read.
            rename_damaged(dir, &path, utc_ms)?;
        }
        if header::has_journal(&path) {
            // Half a transaction is taken back. If that fails, the file counts as damaged.
            let _ = open::connect_for_writing(&path);
        }
        let folder = unfinished_folder(dir);
        let new = progress_path(&folder);
        let mut store = open_copy(&backup, &folder)?;
        let sound = check_present(&path).ok();
        let mut carried_over = 0;
        if sound.is_none()
            && let Some(damaged) = connect_readable(&last_file(dir))
        {
            carried_over = carry_over(&damaged, &mut store)?;
        }
        store.check()?;
        drop(store);
        // Closing moves the log into the file, and reports no error if it cannot.
        if fs::metadata(files::wal_path(&new)).is_ok_and(|wal| wal.len() > 0) {
            return Err(StoreError::writing(&new, io::Error::other("its write-ahead log was not emptied")));
        }
        files::sync_file(&new)?;
        drop(open::check_closed(&new, schema_version(MIGRATIONS))?);
        let kept = match sound {
            Some(conn) => Some(keep_sound(conn, dir)?),
            None => rename_damaged(dir, &path, utc_ms)?,
        };
        rename_durably(&new, &path)?;
        tracing::warn!(carried_over, "progress restored from a backup");
        // What is left of it is removed at the next start.
        let _ = remove_unfinished(dir);
        Ok(RestoredBackup { kept, backup, carried_over })
    }
}

/// The backup that is named, or the newest one by content.
fn chosen(dir: &Path, named: Option<&Path>) -> Result<StoredBackup, StoreError> {
    let none = || StoreError::NoBackup { dir: backup_folder(dir) };
    let path = match named {
        Some(path) => path.to_owned(),
        None => Store::newest_backup(dir).ok_or_else(none)?,
    };
    let mut backup = backup::stored(path);
    backup.content = Ok(backup.content?);
    Ok(backup)
}

/// The folder in which a file is made that is to be restored.
fn unfinished_folder(dir: &Path) -> PathBuf {
    dir.join("progress.restoring")
}

/// Removes what a restore that was killed has left. The writer's lock must be held.
pub(super) fn remove_unfinished(dir: &Path) -> Result<(), StoreError> {
    let folder = unfinished_folder(dir);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::writing(&folder, error)),
        _ => Ok(()),
    }
}

/// Copies a backup into a data folder of its own and opens it there, which checks it and brings it up to date.
fn open_copy(backup: &Path, folder: &Path) -> Result<Store, StoreError> {
    create_dir(folder)?;
    for suffix in ["", "-wal"] {
        let (from, to) = (with_suffix(backup, suffix), with_suffix(&progress_path(folder), suffix));
        let source = match plain_file::open(&from) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => continue,
            opened => opened,
        };
        // `fs::copy` would copy the write protection of a backup too.
        create_private(&to)?;
        let copied = source.and_then(|(mut source, _)| {
            atomic_file::replace(&to, Durability::Durable, |out| io::copy(&mut source, out).map(drop))
        });
        copied.map_err(|error| StoreError::writing(&to, error))?;
    }
    Store::open(folder)
}

/// Connects to the progress file if all of it is as it was written.
fn check_present(path: &Path) -> Result<Connection, StoreError> {
    let known = schema_version(MIGRATIONS);
    let _guard = OpenHandleGuard::register(path, || open::inspect(path, known))?;
    let conn = open::connect_for_reading(path)?;
    open::read_schema_version(&conn, path, known)?;
    backup::check_all(&conn, path)?;
    Ok(conn)
}

/// The progress file, or where a restore that was killed has put it.
fn last_file(dir: &Path) -> PathBuf {
    let path = progress_path(dir);
    if path.exists() { path } else { damaged_files(dir).pop().unwrap_or(path) }
}

/// Connects to a file that may be damaged, with its write-ahead log if that belongs to it. `None` if SQLite cannot read
/// any of it.
fn connect_readable(path: &Path) -> Option<Connection> {
    if header::has_journal(path) {
        return None;
    }
    let with_log = || {
        let _guard = OpenHandleGuard::register(path, || super::generation::check_log(path))?;
        open::connect_for_reading(path)
    };
    with_log().or_else(|_| open::connect_immutable(path)).ok()
}

/// Calls `each` for the id of every event that can be read, with whether it is an answer.
fn for_each_id(conn: &Connection, mut each: impl FnMut(EventId, bool)) {
    if !backup::is_packed(conn).unwrap_or(true) {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = conn.prepare("SELECT log, seq, kind = 'answer' FROM event")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (log, seq) =
                    (row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned());
                each(EventId { log, seq }, row.get(2)?);
            }
            Ok(())
        };
        // An error ends it: what cannot be read is not there.
        let _ = read();
        return;
    }
    let _ = log::for_each_readable(conn, |event| {
        each(event.id, event.kind == kind::ANSWER);
        Ok(())
    });
}

/// Adds the events and tests of a damaged file that a store does not have. Returns how many answers were added.
fn carry_over(damaged: &Connection, store: &mut Store) -> Result<u64, StoreError> {
    if !backup::is_packed(damaged).unwrap_or(false) {
        return Ok(0);
    }
    let mut known = HashSet::new();
    for_each_id(&store.conn, |id, _| {
        known.insert(id);
    });
    let cards = log::readable_cards(damaged);
    let mut answers = 0;
    store.write(|transaction, _, end| {
        summaries::drop_tables(transaction)?;
        let added = log::for_each_readable(damaged, |mut event| {
            let key = cards.get(&event.card.into());
            if (event.card > 0 && key.is_none()) || !known.insert(event.id) {
                return Ok(());
            }
            event.card = key.map_or(Ok(0), |key| log::card_number(transaction, key))?;
            log::insert(transaction, end.position, &event)?;
            answers += u64::from(event.kind == kind::ANSWER);
            *end = LogEnd {
                position: end.position + 1,
                last_order_ms: end.last_order_ms.max(event.order_ms),
                ..*end
            };
            Ok(())
        });
        // Other errors are those of damaged rows, which are passed over.
        if let Err(RowError::Sql(error)) = added {
            return Err(error);
        }
        for table in ["test", "test_step"] {
            copy_new_rows(damaged, transaction, table);
        }
        Ok(())
    })?;
    Ok(answers)
}

/// Copies the rows of a damaged table that can be read and are not there yet.
fn copy_new_rows(from: &Connection, to: &Connection, table: &str) {
    let Ok(mut select) = from.prepare(&format!("SELECT * FROM {table}")) else { return };
    let places = vec!["?"; select.column_count()].join(", ");
    let Ok(mut insert) = to.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})")) else {
        return;
    };
    let Ok(mut rows) = select.query([]) else { return };
    while let Ok(Some(row)) = rows.next() {
        // A row that the schema does not allow is damaged.
        let _ = packing::values(row).and_then(|values| insert.execute(params_from_iter(values)));
    }
}

/// Makes a backup of a sound file that is about to be replaced, and closes it so that no log is left beside it.
fn keep_sound(conn: Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    let kept = backup::before_restore(&conn, dir)?;
    drop(conn);
    let path = progress_path(dir);
    let (conn, _) = open::connect_for_writing(&path)?;
    packing::close_completely(conn, &path)?;
    Ok(kept)
}

/// Damaged files that were set aside, the latest last.
pub(super) fn damaged_files(dir: &Path) -> Vec<PathBuf> {
    let mut names = backup::file_names(dir);
    names.retain(|name| name.starts_with("progress.damaged-") && name.ends_with(".db"));
    names.sort();
    names.into_iter().map(|name| dir.join(name)).collect()
}

/// Renames the progress file together with its SQLite files, so that they still belong together. Goes on where a rename
/// that was killed has stopped.
fn rename_damaged(dir: &Path, path: &Path, utc_ms: i64) -> Result<Option<PathBuf>, StoreError> {
    const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];
    let exists = |file: &Path, suffix| with_suffix(file, suffix).symlink_metadata().is_ok();
    let begun = damaged_files(dir).pop().filter(|to| {
        !exists(path, "") && SUFFIXES[1..].iter().all(|suffix| !(exists(path, suffix) && exists(to, suffix)))
    });
    let to = begun.unwrap_or_else(|| {
        let mut names = (utc_ms..).map(|time| dir.join(format!("progress.damaged-{}.db", time_text(time))));
        let free = names.find(|to| !SUFFIXES.iter().any(|suffix| exists(to, suffix)));
        free.unwrap_or_else(|| dir.join("progress.damaged.db"))
    });
    let mut moved = exists(&to, "");
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
