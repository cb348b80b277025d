//! The files of a data directory: their names, and what [`crate::atomic_file`] does to those that SQLite writes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{backup, restore};
use super::error::StoreError;
use crate::atomic_file;

/// Path of the progress file in a data directory.
pub(super) fn progress_path(dir: &Path) -> PathBuf {
    dir.join("progress.db")
}

/// Path of SQLite's write-ahead log of a file.
pub(super) fn wal_path(path: &Path) -> PathBuf {
    with_suffix(path, "-wal")
}

/// Appends a suffix to the whole file name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether a data directory has a progress file.
///
/// The program never leaves an empty file, because it writes a new file completely before renaming it into
/// place. So an empty file counts as missing. A missing file is an error if a backup or a write-ahead log
/// shows that there was one.
///
/// # Errors
/// [`StoreError::Damaged`] if the file is missing although there was one.
pub(super) fn has_progress(dir: &Path) -> Result<bool, StoreError> {
    let path = progress_path(dir);
    match fs::metadata(&path) {
        Ok(found) if !found.is_file() => return Err(StoreError::damaged(&path, "it is not a file")),
        Ok(found) if found.len() > 0 => return Ok(true),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::reading(&path, error)),
    }
    if fs::metadata(wal_path(&path)).is_ok_and(|wal| wal.len() > 0) {
        return Err(StoreError::damaged(&path, "it is missing or empty, but its write-ahead log is there"));
    }
    if backup::has_any(dir) {
        return Err(StoreError::damaged(&path, "it is missing or empty, but there are backups of it"));
    }
    if !restore::damaged_files(dir).is_empty() {
        return Err(StoreError::damaged(&path, "it is missing or empty, but one that was set aside is there"));
    }
    Ok(false)
}

/// Creates a directory and its parents, which only their owner can read, and syncs the parent so that the directory
/// survives a power failure. One that exists keeps its rights.
pub(super) fn create_dir(dir: &Path) -> Result<(), StoreError> {
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => return Err(StoreError::NotAFolder { path: dir.to_owned() }),
        Err(_) => {}
    }
    atomic_file::create_private_folder(dir).map_err(|error| match error.kind() {
        io::ErrorKind::NotADirectory => StoreError::NotAFolder { path: dir.to_owned() },
        _ => StoreError::writing(dir, error),
    })?;
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_dir(parent),
        _ => Ok(()),
    }
}

/// [`atomic_file::sync_folder`] with the store's error.
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    atomic_file::sync_folder(dir).map_err(|error| StoreError::writing(dir, error))
}

/// [`atomic_file::sync_file`] with the store's error.
pub(super) fn sync_file(path: &Path) -> Result<(), StoreError> {
    atomic_file::sync_file(path).map_err(|error| StoreError::writing(path, error))
}

/// [`atomic_file::rename_durably`] with the store's error.
pub(super) fn rename_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    atomic_file::rename_durably(from, to).map_err(|error| StoreError::writing(to, error))
}

/// Creates an empty file that only its owner can read, for SQLite to fill. SQLite gives its logs the same rights.
pub(super) fn create_private(path: &Path) -> Result<(), StoreError> {
    atomic_file::create_private(path).map_err(|error| StoreError::writing(path, error))
}

/// Removes a file that an earlier attempt may have left behind.
pub(super) fn remove_leftover(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::writing(path, error)),
        _ => Ok(()),
    }
}
