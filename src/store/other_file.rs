//! Reading a progress file that is not ours: that of another data folder, or a backup. It is never changed; one of an
//! earlier version is brought up to date in a copy.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::error::StoreError;
use super::event_bytes::RowError;
use super::lock::{OpenHandleGuard, WriterLock};
use super::migrate::{MIGRATIONS, schema_version};
use super::{Store, backup, files, open};

/// What the names of folders with copies begin with.
const COPY: &str = "merging-";

/// Another progress file, open for reading.
pub(super) struct OtherProgress {
    pub path: PathBuf,
    source: OtherConnection,
}

enum OtherConnection {
    /// Closed before the guard is given back.
    File(Connection, #[expect(dead_code, reason = "held")] OpenHandleGuard),
    /// Closed before its folder is removed.
    Copy(Box<Store>, #[expect(dead_code, reason = "removed in the end")] CopyFolder),
}

impl OtherProgress {
    /// Opens a progress file, or that of a data folder. `own` is our progress file, beside which a copy is made.
    pub fn open(file_or_folder: &Path, own: &Path) -> Result<Self, StoreError> {
        let path = match file_or_folder.is_dir() {
            true => files::progress_path(file_or_folder),
            false => file_or_folder.to_owned(),
        };
        if !path.exists() {
            return Err(StoreError::NoProgress { path: file_or_folder.to_owned() });
        }
        if own.canonicalize().is_ok_and(|own| path.canonicalize().is_ok_and(|path| path == own)) {
            return Err(StoreError::Itself { path });
        }
        let known = schema_version(MIGRATIONS);
        let (guard, conn, found) = open::connect_foreign(&path, known)?;
        let source = match found {
            found if found == known => OtherConnection::File(conn, guard),
            _ => {
                let folder = CopyFolder::make(own)?;
                OtherConnection::Copy(Box::new(folder.fill(&conn, &path)?), folder)
            }
        };
        Ok(Self { path, source })
    }

    pub fn conn(&self) -> &Connection {
        match &self.source {
            OtherConnection::File(conn, _) => conn,
            OtherConnection::Copy(store, _) => &store.conn,
        }
    }

    pub fn error(&self, error: RowError) -> StoreError {
        open::row_error(&self.path, error)
    }
}

/// A folder of a copy, removed when it is dropped.
struct CopyFolder(PathBuf);

impl CopyFolder {
    fn make(own: &Path) -> Result<Self, StoreError> {
        let dir = own.parent().unwrap_or(own);
        files::create_dir(dir)?;
        remove_leftovers(dir);
        let folder = Self(dir.join(format!("{COPY}{}", std::process::id())));
        files::create_dir(&folder.0)?;
        Ok(folder)
    }

    /// Copies a file of an earlier version, as it is at this moment, and brings the copy up to date.
    fn fill(&self, conn: &Connection, path: &Path) -> Result<Store, StoreError> {
        let copy = files::progress_path(&self.0);
        files::create_private(&copy)?;
        let name = ToSqlOutput::Borrowed(ValueRef::Text(copy.as_os_str().as_encoded_bytes()));
        let (count, _) = backup::extent(conn).map_err(|error| open::row_error(path, error))?;
        conn.execute("VACUUM INTO ?1", [name]).map_err(|error| StoreError::sql(path, error))?;
        let store = open::writer(&self.0, MIGRATIONS, &mut |_| Ok(()))?;
        // Another process may have taken the folder for one that was left behind.
        match store.event_count()? < count {
            true => Err(StoreError::damaged(path, "its copy is not complete")),
            false => Ok(store),
        }
    }
}

impl Drop for CopyFolder {
    fn drop(&mut self) {
        // An error is ignored: what is left is removed the next time.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes what processes that were killed have left.
fn remove_leftovers(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let is_copy = entry.file_name().to_str().is_some_and(|name| name.starts_with(COPY));
        // One that is in use is locked.
        if is_copy && WriterLock::acquire(&entry.path()).is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
