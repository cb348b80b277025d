//! Errors of the progress file, with messages for the learner.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// Why the progress could not be read or written. After any of these errors but [`StoreError::Unconfirmed`] nothing
/// has changed, and nothing is half written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process has the data directory open for writing.
    #[error(
        "Linchpin is already open on {}{}. Close the other one first; nothing was changed.",
        dir.display(),
        pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// The process that has it open, if known.
        pid: Option<u32>,
    },
    /// Another program is writing to the file right now. SQLite reports the same where the disk has no locks.
    #[error(
        "Another program is busy with {}, or its disk does not support locks. Nothing was saved by this step; \
         try again. If that does not help, choose a data folder on another disk.",
        path.display()
    )]
    Busy {
        /// The progress file.
        path: PathBuf,
    },
    /// The file is damaged. See [`Store::restore`](super::Store::restore).
    #[error(
        "The progress file {} is damaged ({what}). It was left as it is; \
         to go back to a backup, use Linchpin's window or run: linchpin backup restore",
        path.display()
    )]
    Damaged {
        /// The progress file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another program replaced, changed or removed the file while it was open. Nothing more is written to it.
    #[error(
        "Another program replaced or changed {} while Linchpin was using it, as programs that sync folders do. \
         This answer was not saved, and nothing more is written to that file. {}",
        path.display(),
        match copy {
            Some(copy) => format!("Everything before it is in {}.", copy.display()),
            None => format!("Keep {}-wal: it holds the newest answers.", path.display()),
        }
    )]
    Replaced {
        /// The progress file.
        path: PathBuf,
        /// A backup of everything that was in the file before.
        copy: Option<PathBuf>,
    },
    /// The write-ahead log beside the file was written for another file.
    #[error(
        "{} is not the file that {} belongs to: one of them was replaced, by a program that syncs folders \
         or by hand. Nothing was changed. Put back the file that was there before. To use this one instead, move {} \
         to another folder; the answers in it do not count then.",
        path.display(),
        log.display(),
        log.display()
    )]
    ForeignLog {
        /// The progress file.
        path: PathBuf,
        /// The log.
        log: PathBuf,
    },
    /// The disk did not confirm that something was written. Nothing more is written until the file is opened again.
    #[error(
        "The disk reported an error while {} was written. The answer given at that moment may or may not be saved; \
         Linchpin checks at the next start, and saves nothing until then. Check the disk, then close Linchpin and open \
         it again.",
        path.display()
    )]
    Unconfirmed {
        /// The progress file.
        path: PathBuf,
    },
    /// The data directory is on a disk without locks.
    #[error(
        "The disk that holds {} does not support locks, which keep two programs from writing at the same time. \
         Nothing was changed; choose a data folder on another disk.",
        path.display()
    )]
    NoLocks {
        /// The file that could not be locked.
        path: PathBuf,
    },
    /// There is a file where the data directory should be.
    #[error("{} is a file, not a folder. Nothing was changed; choose another data folder.", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The file is intact, but contains an entry that this version does not know. Replaying the log without
    /// it would give wrong results.
    #[error(
        "The progress file {} holds an entry that this version of Linchpin does not know ({what}). \
         Nothing was changed. Install the newest version; if this is the newest one, the file is damaged, \
         and Linchpin's window and linchpin backup restore go back to a backup.",
        path.display()
    )]
    UnknownEntry {
        /// The progress file.
        path: PathBuf,
        /// The unknown entry.
        what: String,
    },
    /// The file was written by a newer version of the program.
    #[error(
        "The progress file {} was written by a newer version of Linchpin \
         (format {found}, this one knows {known}). Nothing was changed; install the newest version.",
        path.display()
    )]
    Newer {
        /// The progress file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The newest schema version that this program knows.
        known: u32,
    },
    /// The file was written by an older version, and it was opened for reading only, so it cannot be
    /// migrated.
    #[error(
        "The progress file {} was written by an older version of Linchpin \
         (format {found}, this one knows {known}). Nothing was changed; \
         open Linchpin once, or run: linchpin study. That brings it up to date.",
        path.display()
    )]
    Older {
        /// The progress file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The schema version that this program needs.
        known: u32,
    },
    /// The file is an SQLite file of another program.
    #[error(
        "{} belongs to another program. Nothing was changed; move it away or choose another data folder.",
        path.display()
    )]
    ForeignFile {
        /// The file that is in the place of the progress file.
        path: PathBuf,
    },
    /// Writing is not allowed: no permission, a read-only disk, or a store that was opened for reading.
    #[error(
        "{} cannot be written to here. Nothing was changed; \
         check the rights of the folder or choose another data folder.",
        path.display()
    )]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// The disk is full.
    #[error(
        "The disk that holds {} is full, so this was not saved. Make room and try again; \
         everything before it is safe.",
        path.display()
    )]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// Two files say different things of one entry, so they cannot be united.
    #[error(
        "{} and {} have different content for the same entry ({what}), which two copies of one history never have. \
         Nothing was changed. One of them was edited by another program, or put back from an old copy without Linchpin's \
         noticing; look at their backups for the last state that fits.",
        path.display(),
        other.display()
    )]
    Conflict {
        /// The progress file.
        path: PathBuf,
        /// The file that was to be added to it.
        other: PathBuf,
        /// The entry.
        what: String,
    },
    /// The file that was to be added is the progress file itself.
    #[error("{} is the progress that Linchpin is using now. Choose that of another data folder.", path.display())]
    Itself {
        /// The progress file.
        path: PathBuf,
    },
    /// There is no progress in a folder.
    #[error("There is no progress in {}. Choose a data folder of Linchpin, or a backup file.", path.display())]
    NoProgress {
        /// The folder, or the file that is not there.
        path: PathBuf,
    },
    /// There is no undamaged backup to restore.
    #[error("There is no sound backup in {}. Nothing was changed.", dir.display())]
    NoBackup {
        /// The folder of the backups.
        dir: PathBuf,
    },
    /// The operating system reported an error.
    #[error(
        "{} could not be read or written: {source}. Nothing was changed; check the disk and try again.",
        path.display()
    )]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Any other SQLite error. It is a bug in this program.
    #[error(
        "Linchpin made a mistake with {}: {source}. Nothing was changed; please report this.",
        path.display()
    )]
    Sql {
        /// The progress file.
        path: PathBuf,
        /// The error of SQLite.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Whether the file is damaged.
    pub fn is_damage(&self) -> bool {
        matches!(self, StoreError::Damaged { .. })
    }

    /// Whether restoring a backup may help. A damaged letter can make an entry that no version knows.
    pub fn may_need_backup(&self) -> bool {
        self.is_damage() || matches!(self, StoreError::UnknownEntry { .. } | StoreError::ForeignLog { .. })
    }

    /// Whether the store that returned it writes nothing more, so that the data must be opened again.
    pub fn is_final(&self) -> bool {
        matches!(self, StoreError::Replaced { .. } | StoreError::Unconfirmed { .. })
    }

    /// Whether an SQL error means that the disk did not confirm a write.
    pub(super) fn is_failed_sync(error: &rusqlite::Error) -> bool {
        error.sqlite_error().is_some_and(|error| {
            [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC].contains(&error.extended_code)
        })
    }

    /// Whether an SQL error of a file that is not write-protected means that there is none of the memory shared by
    /// processes that a write-ahead log needs: some network disks do not have it, or its file cannot be written.
    pub(super) fn is_without_shared_memory(error: &rusqlite::Error) -> bool {
        const CODES: [i32; 3] =
            [ffi::SQLITE_IOERR_SHMOPEN, ffi::SQLITE_IOERR_SHMMAP, ffi::SQLITE_IOERR_SHMLOCK];
        error.sqlite_error().is_some_and(|error| {
            matches!(error.code, ErrorCode::CannotOpen | ErrorCode::ReadOnly)
                || CODES.contains(&error.extended_code)
        })
    }

    /// The kind of error for the program's log. Without the path and the details, because these may contain
    /// part of an answer.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            StoreError::InUse { .. } => "in use",
            StoreError::Busy { .. } => "busy",
            StoreError::Damaged { .. } => "damaged",
            StoreError::Replaced { .. } => "replaced",
            StoreError::ForeignLog { .. } => "log of another file",
            StoreError::Unconfirmed { .. } => "not confirmed by the disk",
            StoreError::NoLocks { .. } => "no locks",
            StoreError::NotAFolder { .. } => "not a folder",
            StoreError::UnknownEntry { .. } => "unknown entry",
            StoreError::Newer { .. } => "newer",
            StoreError::Older { .. } => "older",
            StoreError::ForeignFile { .. } => "not ours",
            StoreError::ReadOnly { .. } => "read only",
            StoreError::DiskFull { .. } => "disk full",
            StoreError::Conflict { .. } => "conflict",
            StoreError::Itself { .. } => "the same file",
            StoreError::NoProgress { .. } => "no progress",
            StoreError::NoBackup { .. } => "no backup",
            StoreError::Io { .. } => "io",
            StoreError::Sql { .. } => "sql",
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        StoreError::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// Converts the error of a system call that reads.
    pub(super) fn reading(path: &Path, source: io::Error) -> Self {
        StoreError::Io { path: path.to_owned(), source }
    }

    /// Converts the error of a system call that writes.
    pub(super) fn writing(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                StoreError::ReadOnly { path }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull { path },
            _ => StoreError::Io { path, source },
        }
    }

    /// Converts the error of an SQL statement.
    pub(super) fn sql(path: &Path, source: rusqlite::Error) -> Self {
        let damaged = |what: String| StoreError::Damaged { path: path.to_owned(), what };
        match &source {
            // The file contains values that the schema does not allow.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::Utf8Error(..) => return damaged(source.to_string()),
            rusqlite::Error::SqliteFailure(error, _)
                if error.extended_code == ffi::SQLITE_IOERR_CORRUPTFS =>
            {
                return damaged(source.to_string());
            }
            // Creating the file that processes share fails only where there is no room for it.
            rusqlite::Error::SqliteFailure(error, _) if error.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
                return StoreError::DiskFull { path: path.to_owned() };
            }
            _ => {}
        }
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(source.to_string()),
            Some(ErrorCode::DiskFull) => StoreError::DiskFull { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::OutOfMemory,
            ) => StoreError::Io { path, source: io::Error::other(source) },
            _ => StoreError::Sql { path, source },
        }
    }
}
