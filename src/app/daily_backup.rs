//! Once a day, on a background thread: the progress file is checked and backed up.

use std::path::Path;

use crate::background::{BackgroundTask, RepaintSignal};
use crate::store::{Store, StoreError};

const DAY_MS: i64 = 24 * 3_600_000;

/// Checks and backs up the progress in the folder `data` on its own connection. Returns `None`, and does nothing, if
/// the newest backup is less than a day old.
pub(super) fn spawn_if_due(
    data: &Path,
    now_ms: i64,
    wake: RepaintSignal,
) -> Option<BackgroundTask<Result<(), StoreError>>> {
    if Store::newest_backup_ms(data).is_some_and(|made| (0..DAY_MS).contains(&(now_ms - made))) {
        return None;
    }
    let data = data.to_owned();
    Some(BackgroundTask::spawn("backup", wake, move |_| {
        // `backup` checks the data before and after writing.
        Some(Store::open_read_only(&data).and_then(|store| store.backup(now_ms).map(drop)))
    }))
}
