//! What the operating system says of a file, by which a change from outside is noticed.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file as it was at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileStamp {
    /// Device and inode; zeros on systems that do not tell. There (Windows) an open file cannot be replaced.
    file: (u64, u64),
    /// In bytes.
    len: u64,
    /// When the content last changed, in nanoseconds of the system's own count.
    modified: i128,
    /// When content, name or rights last changed. No program can set it back, so a file that was put back differs
    /// even where its date was restored.
    changed: i128,
}

impl FileStamp {
    /// Looks at a file, following links. Takes microseconds.
    ///
    /// # Errors
    /// Any error of the operating system, such as a missing file.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        let since = |time: io::Result<SystemTime>| {
            let elapsed = time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            elapsed.map_or(0, |elapsed| elapsed.as_nanos().cast_signed())
        };
        #[cfg(unix)]
        let (file, changed) = {
            use std::os::unix::fs::MetadataExt;
            let changed = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
            ((metadata.dev(), metadata.ino()), changed)
        };
        #[cfg(not(unix))]
        let (file, changed) = ((0, 0), since(metadata.created()));
        Ok(Self { file, len: metadata.len(), modified: since(metadata.modified()), changed })
    }

    /// Length of the file in bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Whether both are of the same file, whatever is in it.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.file == other.file
    }

    /// Whether it is the same file and nobody has written to it.
    pub(super) fn is_unwritten_since(&self, earlier: &Self) -> bool {
        (self.file, self.len, self.modified) == (earlier.file, earlier.len, earlier.modified)
    }

    /// As a text that is only compared as a whole.
    pub(super) fn to_text(self) -> String {
        let (device, inode) = self.file;
        format!("{device}:{inode} {} {} {}", self.len, self.modified, self.changed)
    }
}
