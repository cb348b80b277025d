//! Once a day, beside the learner's work: the progress file is checked, and a sound one is backed up.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::store::{Store, StoreError};

const DAY_MS: i64 = 24 * 3_600_000;

/// A check and a backup under way.
#[derive(Debug)]
pub struct DailyBackup {
    result: Receiver<Result<(), StoreError>>,
}

impl DailyBackup {
    /// Begins on a thread of its own, which reads through a connection of its own; calls `wake` when it is done.
    /// `None`: the newest backup is less than a day old, nothing is to be done.
    pub fn spawn_if_due(data: &Path, now_ms: i64, wake: impl FnOnce() + Send + 'static) -> Option<Self> {
        if Store::newest_backup_ms(data).is_some_and(|made| (0..DAY_MS).contains(&(now_ms - made))) {
            return None;
        }
        let data = data.to_owned();
        let (sender, result) = channel();
        std::thread::spawn(move || {
            let done = Store::open_read_only(&data).and_then(|store| {
                // A backup is checked before and after it is written.
                store.backup(now_ms).map(drop)
            });
            // The window may have been closed meanwhile: then nobody waits for the result.
            let _ = sender.send(done);
            wake();
        });
        Some(Self { result })
    }

    /// The result, once; `None` while it is under way.
    pub fn poll(&self) -> Option<Result<(), StoreError>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Disconnected) => Some(Ok(())),
            Err(TryRecvError::Empty) => None,
        }
    }
}
