//! The files of a data directory: their names, and moving them without losing any.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::backup;
use super::error::StoreError;

/// The progress file of a data directory.
pub(super) fn progress_path(dir: &Path) -> PathBuf {
    dir.join("progress.db")
}

/// SQLite's write-ahead log of a file.
pub(super) fn wal_path(path: &Path) -> PathBuf {
    with_suffix(path, "-wal")
}

/// The path with something behind its whole name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether there is a progress file; an error when there is none although there was one.
///
/// The program never leaves an empty file (a new one is renamed into place complete), so an empty one counts
/// as missing: a new start where nothing speaks against it, damage where a backup or a write-ahead log does.
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
    if !backup::backups_newest_first(dir).is_empty() {
        return Err(StoreError::damaged(&path, "it is missing or empty, but there are backups of it"));
    }
    Ok(false)
}

/// Creates a directory and what it is in, so that it is still there after a power cut.
pub(super) fn create_dir(dir: &Path) -> Result<(), StoreError> {
    if dir.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(dir).map_err(|error| StoreError::writing(dir, error))?;
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_dir(parent),
        _ => Ok(()),
    }
}

/// Waits until what was created, renamed or removed in a directory is on the disk.
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    // Elsewhere a directory cannot be opened, and renaming is durable enough.
    if cfg!(unix) {
        let synced = fs::File::open(dir).and_then(|dir| dir.sync_all());
        return synced.map_err(|error| StoreError::writing(dir, error));
    }
    Ok(())
}

/// Waits until a file is on the disk.
pub(super) fn sync_file(path: &Path) -> Result<(), StoreError> {
    let synced = OpenOptions::new().write(true).open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| StoreError::writing(path, error))
}

/// Puts a complete and synced file into its place.
pub(super) fn rename_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|error| StoreError::writing(to, error))?;
    to.parent().map_or(Ok(()), sync_dir)
}

/// Removes a leftover of an earlier attempt, if there is one.
pub(super) fn remove_leftover(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::writing(path, error)),
        _ => Ok(()),
    }
}

/// Where a file is and which file it is there: another text for every copy. Only ever compared as a whole.
/// A text that changes without need (device numbers do, on some systems) costs no more than a new log id.
pub(super) fn file_identity(path: &Path) -> Result<String, StoreError> {
    let reading = |error| StoreError::reading(path, error);
    let place = path.canonicalize().map_err(reading)?;
    let found = fs::metadata(path).map_err(reading)?;
    #[cfg(unix)]
    let number = {
        use std::os::unix::fs::MetadataExt;
        format!("{}:{}", found.dev(), found.ino())
    };
    #[cfg(not(unix))]
    let number = "";
    let born = found.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok());
    Ok(format!("{}\n{number}\n{}", place.display(), born.map_or(0, |born| born.as_nanos())))
}
