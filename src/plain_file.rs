//! Reads files that anybody may have put there, so that none can hang the program or fill the memory.
//!
//! A deck folder, a list to import or a settings file may be a pipe that nobody writes to, a device that never ends, or
//! a file of many gigabytes. Here only a plain file is opened, its size is looked at before it is read, and no more is
//! read than the caller has asked for, even if the file grows meanwhile.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Opens a plain file for reading, or a link to one. Returns its size too, in bytes. It never waits for another program.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] if it is a folder, a pipe, a socket or a device; else any error of the operating
/// system.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    // Looked at before it is opened, because opening a device can do something, and after that, because it may be
    // another one by then.
    check_is_plain(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    check_is_plain(&metadata)?;
    Ok((file, metadata.len()))
}

/// Reads a whole plain file.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] if it has more than `most` bytes; else as [`open()`].
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, size) = open(path)?;
    if size > most {
        return Err(too_large());
    }
    // The size is 0 for the files of Linux that are no files, as in /proc, and a file may grow.
    let mut bytes = Vec::with_capacity(usize::try_from(size).map_or(0, |size| size.saturating_add(1)));
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Reads a whole plain file of text.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] if it is not UTF-8; else as [`read`].
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}

fn check_is_plain(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a folder"))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file"))
    }
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it is too large")
}
