//! What a store that writes watches over: the lock, whether the progress file is still the one that was opened, and
//! when nothing more may be written.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::error::StoreError;
use super::file_stamp::FileStamp;
use super::files::wal_path;
use super::lock::WriterLock;
use super::open::BUSY_TIMEOUT;
use super::{backup, generation, last_close};

/// From this length on, in bytes, the write-ahead log is moved into the file. As SQLite's own limit of 1,000 pages.
const LONG_LOG: u64 = 4_096_000;

/// The writer of a progress file. Dropped after the connection.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    log: u64,
    /// The progress file, as this process last wrote it.
    file: Cell<FileStamp>,
    /// The write-ahead log. `None` where there can be none, so that the file changes with every transaction.
    wal: Option<Cell<FileStamp>>,
    /// Whether the log has begun with a generation of its own.
    has_generation: Cell<bool>,
    stopped: RefCell<Option<Stop>>,
    /// Whether it was closed in order.
    is_closed: Cell<bool>,
    _lock: WriterLock,
}

/// Why nothing more is written.
#[derive(Clone, Debug)]
enum Stop {
    /// Another program changed the file. Everything that was in it before is in `copy`.
    Replaced { copy: Option<PathBuf> },
    /// The disk did not confirm what was written.
    Unconfirmed,
}

impl Writer {
    /// A writer of a file that is open in write-ahead mode or, where the disk does not allow that, without a log.
    pub(super) fn new(path: &Path, log: u64, has_wal: bool, lock: WriterLock) -> Result<Self, StoreError> {
        let stamp = |path: &Path| FileStamp::of(path).map_err(|error| StoreError::reading(path, error));
        Ok(Self {
            path: path.to_owned(),
            log,
            file: Cell::new(stamp(path)?),
            // SQLite made it when it began to use it.
            wal: has_wal.then(|| stamp(&wal_path(path))).transpose()?.map(Cell::new),
            has_generation: Cell::new(false),
            stopped: RefCell::default(),
            is_closed: Cell::new(false),
            _lock: lock,
        })
    }

    /// To be called before every transaction. Costs two looks at the disk, and a longer moment when the log is
    /// long.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] and [`StoreError::Unconfirmed`], from then on always. Any error of writing.
    pub(super) fn prepare(&self, conn: &Connection) -> Result<(), StoreError> {
        self.ensure_not_stopped()?;
        if !self.is_untouched() {
            let copy = self.copy_of_opened(conn);
            return self.stop(conn, Stop::Replaced { copy });
        }
        let Some(wal) = &self.wal else { return Ok(()) };
        if wal.get().len() > LONG_LOG {
            self.shorten_log(conn)?;
        }
        if !self.has_generation.get() {
            generation::begin(conn, None).map_err(|error| self.error(conn, error))?;
            self.has_generation.set(true);
        }
        Ok(())
    }

    /// Converts the error of a statement. After a failed sync nothing more is written: SQLite's state in memory and
    /// the disk may differ then. The next start reads what is on the disk.
    pub(super) fn error(&self, conn: &Connection, error: rusqlite::Error) -> StoreError {
        if !StoreError::is_failed_sync(&error) {
            return StoreError::sql(&self.path, error);
        }
        match self.stop(conn, Stop::Unconfirmed) {
            Err(stopped) => stopped,
            Ok(()) => StoreError::sql(&self.path, error),
        }
    }

    /// To be called before the connection is closed: decides whether closing may move the log into the file.
    pub(super) fn close(&self, conn: &Connection) {
        if self.ensure_not_stopped().is_ok() && self.is_untouched() {
            self.is_closed.set(true);
        } else {
            leave_log(conn);
        }
    }

    /// Fails with the reason for which nothing more is written.
    pub(super) fn ensure_not_stopped(&self) -> Result<(), StoreError> {
        let path = self.path.clone();
        match self.stopped.borrow().clone() {
            None => Ok(()),
            Some(Stop::Replaced { copy }) => Err(StoreError::Replaced { path, copy }),
            Some(Stop::Unconfirmed) => Err(StoreError::Unconfirmed { path }),
        }
    }

    fn stop(&self, conn: &Connection, stop: Stop) -> Result<(), StoreError> {
        tracing::error!("nothing more is written to the progress");
        leave_log(conn);
        *self.stopped.borrow_mut() = Some(stop);
        self.ensure_not_stopped()
    }

    /// Whether both files are those that were opened, and only this process has written to the progress file.
    fn is_untouched(&self) -> bool {
        let Ok(file) = FileStamp::of(&self.path) else { return false };
        let Some(wal) = &self.wal else { return file.is_same_file(&self.file.get()) };
        let Ok(found) = FileStamp::of(&wal_path(&self.path)) else { return false };
        let is_same = found.is_same_file(&wal.get()) && (found.len() > 0 || !self.has_generation.get());
        if is_same {
            wal.set(found);
        }
        is_same && file.is_unwritten_since(&self.file.get())
    }

    /// Saves what was in the file and its log until another program replaced them: both are still open here. `None`
    /// if the other program wrote into the open file itself.
    fn copy_of_opened(&self, conn: &Connection) -> Option<PathBuf> {
        let opened = self.file.get();
        let is_overwritten = FileStamp::of(&self.path)
            .is_ok_and(|file| file.is_same_file(&opened) && !file.is_unwritten_since(&opened));
        let dir = self.path.parent().filter(|_| !is_overwritten)?;
        backup::before_leaving(conn, dir)
            .inspect_err(|error| tracing::error!(error = error.kind(), "no copy"))
            .ok()
    }

    /// Moves the log into the file, to begin another one. If a reader needs the log, it stays for now.
    fn shorten_log(&self, conn: &Connection) -> Result<(), StoreError> {
        let emptied = empty_log(conn);
        self.file.set(FileStamp::of(&self.path).map_err(|error| StoreError::reading(&self.path, error))?);
        match emptied {
            Ok(true) => self.has_generation.set(false),
            Ok(false) => {}
            Err(error) if StoreError::is_failed_sync(&error) => return Err(self.error(conn, error)),
            // The log can still be written to, for example while the file has no room to grow.
            Err(_) => {}
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.is_closed.get() {
            last_close::remember(&self.path, self.log);
        }
    }
}

/// Moves the write-ahead log into the file. Returns whether the log is empty now: a reader that needs it is not waited
/// for, because somebody waits for an answer.
pub(super) fn empty_log(conn: &Connection) -> rusqlite::Result<bool> {
    conn.busy_timeout(Duration::ZERO)?;
    let is_busy = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    conn.busy_timeout(BUSY_TIMEOUT)?;
    Ok(!is_busy?)
}

/// Keeps SQLite from moving the log into the file and removing it when the connection is closed.
pub(super) fn leave_log(conn: &Connection) {
    // If even this fails, nothing more can be done. The error to report is another one.
    let _ = conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;
    use crate::domain::day::{Stamp, StudyDay};
    use crate::domain::event::Change;
    use crate::domain::ids::{CardKey, Facet};
    use crate::store::Store;

    #[test]
    fn after_a_sync_that_failed_nothing_more_is_written_until_the_next_start() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut store = Store::open(dir.path()).expect("a new store");
        let append = |store: &mut Store| {
            let stamp = Stamp { utc_ms: 0, offset_minutes: 0, day: StudyDay(0) };
            store.append(stamp, &CardKey::new("deck", "question", Facet::Front), &Change::Suspend, None)
        };
        append(&mut store).expect("room on the disk");
        let full = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), None);
        assert!(matches!(store.sql_error(full), StoreError::DiskFull { .. }));
        append(&mut store).expect("a full disk can have room again");

        let failed = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_IOERR_FSYNC), None);
        assert!(matches!(store.sql_error(failed), StoreError::Unconfirmed { .. }));
        assert!(matches!(append(&mut store), Err(StoreError::Unconfirmed { .. })));
        let log = std::fs::read(wal_path(store.path())).expect("a log");
        drop(store);
        assert_eq!(
            std::fs::read(dir.path().join("progress.db-wal")).expect("a log"),
            log,
            "it is left as it is"
        );
        let mut store = Store::open(dir.path()).expect("opened again");
        assert_eq!(store.events().expect("two events").len(), 2);
        append(&mut store).expect("room on the disk");
    }
}
