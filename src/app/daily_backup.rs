//! Once a day, on a background thread: the progress file is checked and backed up.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::store::{Store, StoreError};

const DAY_MS: i64 = 24 * 3_600_000;

/// A running check and backup.
#[derive(Debug)]
pub struct DailyBackup {
    result: Receiver<Result<(), StoreError>>,
}

impl DailyBackup {
    /// Checks and backs up the progress in the folder `data` on its own thread and connection; `wake` is
    /// called at the end. Returns `None`, and does nothing, if the newest backup is less than a day old.
    pub fn spawn_if_due(data: &Path, now_ms: i64, wake: impl FnOnce() + Send + 'static) -> Option<Self> {
        if Store::newest_backup_ms(data).is_some_and(|made| (0..DAY_MS).contains(&(now_ms - made))) {
            return None;
        }
        let data = data.to_owned();
        let (sender, result) = channel();
        std::thread::spawn(move || {
            let done = Store::open_read_only(&data).and_then(|store| {
                // `backup` checks the data before and after writing.
                store.backup(now_ms).map(drop)
            });
            // The receiver is gone if the window was closed meanwhile.
            let _ = sender.send(done);
            wake();
        });
        Some(Self { result })
    }

    /// The result, once; `None` while the work is running.
    pub fn poll(&self) -> Option<Result<(), StoreError>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Disconnected) => Some(Ok(())),
            Err(TryRecvError::Empty) => None,
        }
    }
}
