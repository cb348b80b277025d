//! Allowing one writer at a time, and tracking which files this process has open.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::StoreError;

/// The lock on a data directory, held for as long as a store may write. The operating system releases it when
/// the process ends, even after a crash.
#[derive(Debug)]
pub(super) struct WriterLock {
    file: File,
}

impl WriterLock {
    /// Takes the lock of a data directory. Fails with [`StoreError::InUse`] if another process has it.
    pub(super) fn acquire(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join("linchpin.lock");
        // Do not truncate the file on opening. Until we have the lock, it contains the id of the other
        // process.
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
                // Where locks are mandatory (Windows) the file cannot be read. Then the message has no
                // process id.
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(StoreError::InUse { dir: dir.to_owned(), pid });
            }
            // The file could be opened, so it is the lock itself that the disk refuses.
            Err(TryLockError::Error(error)) => {
                tracing::error!(%error, "no locks");
                return Err(StoreError::NoLocks { path });
            }
        }
        // The process id is only for the message. If the disk is full, the lock works without it.
        let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Self { file })
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Closing is not enough: a child process that is just being started (a browser, for example) shares
        // the handle until it runs its own program. If unlocking fails, closing has to do.
        let _ = self.file.unlock();
    }
}

/// The progress files that this process has open in SQLite.
static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Marks a progress file as open in this process for as long as the guard lives.
///
/// On Unix, closing *any* handle of a file releases every lock that the process has on it, including SQLite's
/// (<https://sqlite.org/howtocorrupt.html>, section 2.2). So the header may only be read while this process
/// does not have the file open.
#[derive(Debug)]
pub(super) struct OpenHandleGuard {
    path: PathBuf,
}

impl OpenHandleGuard {
    /// Marks a file as open. Calls `inspect` first, unless the file is open already.
    pub(super) fn register(
        path: &Path,
        inspect: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let path = path.canonicalize().map_err(|error| StoreError::reading(path, error))?;
        // Keep this lock while inspecting, so that no other thread opens the file before the inspection has
        // closed it.
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
