//! What tells that a file is the one that was read, without reading it again.

use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fmt, io};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

/// A file written this shortly before it was looked at may be written again within the same tick of its file
/// system's clock: the coarsest one, FAT, counts two seconds.
const IN_DOUBT_NS: i64 = 2_000_000_000;

/// The file and its text as they were when a deck was read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// `None`: only the text is known, as of a file that was just written.
    look: Option<Look>,
    text: TextHash,
}

/// What the file system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    bytes: u64,
    modified_ns: i64,
    /// Unlike the time of modification nobody can set it; 0 where there is none.
    changed_ns: i64,
    /// 0 where there is none.
    inode: u64,
    /// When it was looked at.
    at_ns: i64,
}

/// A hash of a file's text.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHash(u128);

impl TextHash {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        Self(XxHash3_128::oneshot(text.as_bytes()))
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextHash({:032x})", self.0)
    }
}

impl Look {
    /// Looks at a file; to be done before it is read, so that a change in between shows the next time.
    #[expect(clippy::disallowed_methods, reason = "compared with times that the file system gives")]
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        let (changed_ns, inode) = of_unix(&metadata);
        Ok(Self {
            bytes: metadata.len(),
            modified_ns: metadata.modified().map_or(0, nanoseconds),
            changed_ns,
            inode,
            at_ns: nanoseconds(SystemTime::now()),
        })
    }

    /// Whether the file was left alone for long enough that its times can be trusted.
    fn is_settled(&self) -> bool {
        self.modified_ns.max(self.changed_ns).saturating_add(IN_DOUBT_NS) < self.at_ns
    }
}

impl Fingerprint {
    /// Of a file that was looked at and then read.
    pub(super) fn new(look: Look, text: TextHash) -> Self {
        Self { look: Some(look), text }
    }

    /// Of a text that is on its way to the file.
    pub(super) fn of_text(text: TextHash) -> Self {
        Self { look: None, text }
    }

    /// Whether the file is surely the same still, so that it need not be read. `false` is doubt, not certainty.
    pub(super) fn surely_holds(&self, now: &Look) -> bool {
        self.look.is_some_and(|then| then.is_settled() && then == Look { at_ns: then.at_ns, ..*now })
    }

    /// The text that the file had.
    pub(super) fn text(&self) -> TextHash {
        self.text
    }

    /// Whether the file's text is the same.
    pub(super) fn has_text(&self, text: TextHash) -> bool {
        self.text == text
    }

    /// Whether the next start can trust the file's times.
    pub(super) fn is_settled(&self) -> bool {
        self.look.is_some_and(|look| look.is_settled())
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let distance = |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => distance(after),
        Err(before) => -distance(before.duration()),
    }
}

#[cfg(unix)]
fn of_unix(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let changed = metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (changed, metadata.ino())
}

#[cfg(not(unix))]
fn of_unix(_metadata: &Metadata) -> (i64, u64) {
    (0, 0)
}
