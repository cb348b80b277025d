//! One writer at a time, and knowing what this process already has open.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::StoreError;

/// Held for as long as a store may write. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    file: File,
}

impl WriterLock {
    /// Takes the lock of a data directory, or says who has it.
    pub(super) fn acquire(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join("linchpin.lock");
        // Not truncated on opening: until the lock is ours, the pid inside is another's.
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::writing(&path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Where locks are mandatory (Windows) it cannot be read; the message does without.
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(StoreError::InUse { dir: dir.to_owned(), pid });
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::writing(&path, error)),
        }
        // The pid only serves the message: on a full disk the lock is as good without it.
        let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Self { file })
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Closing is not enough: a child process started a moment ago (a browser, say) shares the handle
        // until it has become the other program. When it fails, closing is what is left.
        let _ = self.file.unlock();
    }
}

/// The progress files that this process has open through SQLite.
static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A mark that this process has a progress file open through SQLite.
///
/// On Unix, closing *any* handle of a file drops every lock the process has on it, SQLite's too
/// (<https://sqlite.org/howtocorrupt.html>, 2.2). So the header is looked at only while nobody here has the
/// file open.
#[derive(Debug)]
pub(super) struct OpenHandleGuard {
    path: PathBuf,
}

impl OpenHandleGuard {
    /// Marks the file as open, after `inspect`, which is skipped when the file is open already.
    pub(super) fn register(
        path: &Path,
        inspect: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let path = path.canonicalize().map_err(|error| StoreError::reading(path, error))?;
        // Held while inspecting: nobody may open the file before the inspection has closed it.
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if !open.contains(&path) {
            inspect()?;
        }
        open.push(path.clone());
        Ok(Self { path })
    }
}

impl Drop for OpenHandleGuard {
    fn drop(&mut self) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = open.iter().position(|path| *path == self.path) {
            open.swap_remove(at);
        }
    }
}
