//! Detecting that a file has not changed since it was read, without reading it again.

use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fmt, io};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

/// A file that was written this shortly before its metadata was read may be written again within one tick of
/// its file system's clock, which would not show. The coarsest clock, that of FAT, ticks every two seconds.
const SETTLE_NS: i64 = 2_000_000_000;

/// The metadata and the text of a file at the time when a deck was read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// `None` if only the text is known, because the file was just written.
    stat: Option<FileStat>,
    text: TextHash,
}

/// The metadata of a file. Times are nanoseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileStat {
    bytes: u64,
    modified_ns: i64,
    /// Time of the last change of content or metadata. Unlike the modification time it cannot be set by
    /// programs. 0 where the system has none.
    changed_ns: i64,
    /// 0 where the system has none.
    inode: u64,
    /// When the metadata was read.
    observed_ns: i64,
}

/// A hash of a file's text.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHash(u128);

impl TextHash {
    /// The hash of a text.
    pub fn of(text: &str) -> Self {
        Self(XxHash3_128::oneshot(text.as_bytes()))
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextHash({:032x})", self.0)
    }
}

impl FileStat {
    /// Reads the metadata of a file. Call this before reading the file, so that a change in between is
    /// noticed the next time.
    #[expect(clippy::disallowed_methods, reason = "compared with times that the file system gives")]
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        let (changed_ns, inode) = change_time_and_inode(&metadata);
        Ok(Self {
            bytes: metadata.len(),
            modified_ns: metadata.modified().map_or(0, nanoseconds),
            changed_ns,
            inode,
            observed_ns: nanoseconds(SystemTime::now()),
        })
    }

    /// Whether the file was unchanged for long enough that its times can be trusted.
    fn is_settled(&self) -> bool {
        self.modified_ns.max(self.changed_ns).saturating_add(SETTLE_NS) < self.observed_ns
    }
}

impl Fingerprint {
    /// The fingerprint of a file whose metadata and text were read, in this order.
    pub(super) fn new(stat: FileStat, text: TextHash) -> Self {
        Self { stat: Some(stat), text }
    }

    /// The fingerprint of a file that was just written with this text.
    pub(super) fn of_text(text: TextHash) -> Self {
        Self { stat: None, text }
    }

    /// Whether the file certainly has not changed, so that it need not be read. `false` means that it may
    /// have changed.
    pub(super) fn is_unchanged(&self, now: &FileStat) -> bool {
        self.stat
            .is_some_and(|old| old.is_settled() && old == FileStat { observed_ns: old.observed_ns, ..*now })
    }

    /// The hash of the text that the file had.
    pub(super) fn text(&self) -> TextHash {
        self.text
    }

    /// Whether the file had this text.
    pub(super) fn has_text(&self, text: TextHash) -> bool {
        self.text == text
    }

    /// Whether the next start of the program can trust the times of the file.
    pub(super) fn is_settled(&self) -> bool {
        self.stat.is_some_and(|stat| stat.is_settled())
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let to_i64 = |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => to_i64(after),
        Err(before) => -to_i64(before.duration()),
    }
}

#[cfg(unix)]
/// The time of the last change in nanoseconds, and the inode number.
fn change_time_and_inode(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let changed = metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (changed, metadata.ino())
}

#[cfg(not(unix))]
/// Other systems have neither.
fn change_time_and_inode(_metadata: &Metadata) -> (i64, u64) {
    (0, 0)
}
