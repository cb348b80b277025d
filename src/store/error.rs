//! What can go wrong with the progress file, in words for the person whose progress it is.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the progress could not be read or written. Whatever it is: nothing was changed, nothing is half
/// written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A second writer.
    #[error(
        "Linchpin is already open on {}{}. Close the other one first; nothing was changed.",
        dir.display(),
        pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// Who holds it, if that can be told.
        pid: Option<u32>,
    },
    /// Another program is in the middle of writing.
    #[error("Another program is busy with {}. Nothing was saved by this step; try again.", path.display())]
    Busy {
        /// The progress file.
        path: PathBuf,
    },
    /// The file cannot be trusted any more; see
    /// [`Store::restore_newest_backup`](super::Store::restore_newest_backup).
    #[error(
        "The progress file {} is damaged ({what}). It was left as it is; \
         Linchpin's window offers the newest sound backup, where there is one.",
        path.display()
    )]
    Damaged {
        /// The progress file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Sound, but with an entry that this program does not know, so that folding it would be wrong.
    #[error(
        "The progress file {} holds an entry that this version of Linchpin does not know ({what}). \
         Nothing was changed; install the newest version.",
        path.display()
    )]
    UnknownEntry {
        /// The progress file.
        path: PathBuf,
        /// Which entry.
        what: String,
    },
    /// Written by a later version of the program.
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
        /// The newest schema version this program knows.
        known: u32,
    },
    /// Written by an earlier version, and opened for reading only.
    #[error(
        "The progress file {} was written by an older version of Linchpin \
         (format {found}, this one knows {known}). Nothing was changed; \
         open the Linchpin window once, which brings it up to date.",
        path.display()
    )]
    Older {
        /// The progress file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The schema version this program needs.
        known: u32,
    },
    /// A SQLite file of some other program.
    #[error(
        "{} belongs to another program. Nothing was changed; move it away or choose another data folder.",
        path.display()
    )]
    NotOurs {
        /// The file in the place of the progress file.
        path: PathBuf,
    },
    /// No right to write, a read-only disk, or a store opened for reading.
    #[error(
        "{} cannot be written to here. Nothing was changed; \
         check the rights of the folder or choose another data folder.",
        path.display()
    )]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// No room.
    #[error(
        "The disk that holds {} is full, so this was not saved. Make room and try again; \
         everything before it is safe.",
        path.display()
    )]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// Nothing to restore from.
    #[error("There is no sound backup in {}. Nothing was changed.", dir.display())]
    NoBackup {
        /// The folder of the backups.
        dir: PathBuf,
    },
    /// The disk or the system refused.
    #[error(
        "{} could not be read or written: {source}. Nothing was changed; check the disk and try again.",
        path.display()
    )]
    Io {
        /// What was to be read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that SQLite refused: a mistake in this program.
    #[error(
        "Linchpin made a mistake with {}: {source}. Nothing was changed; please report this.",
        path.display()
    )]
    Sql {
        /// The progress file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Whether setting the file aside and putting a backup in its place would help.
    pub fn is_damage(&self) -> bool {
        matches!(self, StoreError::Damaged { .. })
    }

    /// What it is, for the log: without the path and without what was found, which may be part of an answer.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            StoreError::InUse { .. } => "in use",
            StoreError::Busy { .. } => "busy",
            StoreError::Damaged { .. } => "damaged",
            StoreError::UnknownEntry { .. } => "unknown entry",
            StoreError::Newer { .. } => "newer",
            StoreError::Older { .. } => "older",
            StoreError::NotOurs { .. } => "not ours",
            StoreError::ReadOnly { .. } => "read only",
            StoreError::DiskFull { .. } => "disk full",
            StoreError::NoBackup { .. } => "no backup",
            StoreError::Io { .. } => "io",
            StoreError::Sql { .. } => "sql",
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        StoreError::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// The error of a system call that reads.
    pub(super) fn reading(path: &Path, source: io::Error) -> Self {
        StoreError::Io { path: path.to_owned(), source }
    }

    /// The error of a system call that writes.
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

    /// The error of a statement.
    pub(super) fn sql(path: &Path, source: rusqlite::Error) -> Self {
        let damaged = |what: String| StoreError::Damaged { path: path.to_owned(), what };
        match &source {
            // Values that the schema does not allow.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::Utf8Error(..) => return damaged(source.to_string()),
            rusqlite::Error::SqliteFailure(error, _)
                if error.extended_code == rusqlite::ffi::SQLITE_IOERR_CORRUPTFS =>
            {
                return damaged(source.to_string());
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
