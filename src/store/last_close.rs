//! Whether the progress file is the very one that this computer closed last: only then its log is continued.
//!
//! A log id with a sequence number names one event for ever, on every machine. A copy, a file that was put back, or a
//! file of another machine would give out numbers that were used already, so it gets a new log id. Neither its path
//! nor its content tells: an older state may be put back in the same place. Therefore a writer that closes the file
//! notes in `progress.closed` what the operating system says of it, including the time of its last change, which
//! copying cannot set back. The note is removed when the file is opened, so after a crash there is none: that costs
//! nothing but a new log id. What cannot be seen is a whole disk that was set back to an earlier state.

use std::fs;
use std::path::{Path, PathBuf};

use super::file_stamp::FileStamp;
use super::files::with_suffix;
use crate::atomic_file::{self, Durability};
use crate::plain_file;

/// In bytes; five numbers have fewer.
const LONGEST_NOTE: u64 = 1_000;

fn note_path(path: &Path) -> PathBuf {
    path.with_extension("closed")
}

fn note(path: &Path, log: u64) -> Option<String> {
    // With a write-ahead log the file alone does not say what was written.
    let has_log = |suffix: &str| fs::metadata(with_suffix(path, suffix)).is_ok_and(|log| log.len() > 0);
    if has_log("-wal") || has_log("-journal") {
        return None;
    }
    Some(format!("{log:016x} {}\n", FileStamp::of(path).ok()?.to_text()))
}

/// Whether nothing has happened to a progress file with this log id since a writer closed it here.
pub(super) fn is_as_left(path: &Path, log: u64) -> bool {
    note(path, log).is_some_and(|wanted| {
        plain_file::read_text(&note_path(path), LONGEST_NOTE).is_ok_and(|found| found == wanted)
    })
}

/// Forgets how the file was left, before the first change.
pub(super) fn forget(path: &Path) {
    // An error is ignored: with the first change the note does not fit the file any more.
    let _ = fs::remove_file(note_path(path));
}

/// Notes how the file is left. Errors are ignored: the next writer takes a new log id then.
pub(super) fn remember(path: &Path, log: u64) {
    if let Some(text) = note(path, log) {
        // No sync: after a power failure a missing note is as good as none.
        let _ =
            atomic_file::replace(&note_path(path), Durability::Cache, |out| out.write_all(text.as_bytes()));
    }
}
