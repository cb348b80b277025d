//! Deck files on disk: read as text, written beside and renamed.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::diagnostic::Diagnostic;
use crate::formats::ron_deck;

/// How a file writes its text, so that saving keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-8 with a mark at the beginning.
    Utf8WithBom,
    /// UTF-16, low byte first, with its mark.
    Utf16Le,
    /// UTF-16, high byte first, with its mark.
    Utf16Be,
}

/// Why a deck file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DeckReadError {
    /// The system does not give it.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no text.
    #[error("{0}")]
    NotText(Box<Diagnostic>),
}

/// Reads a deck file.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn read(path: &Path) -> Result<(String, Encoding), DeckReadError> {
    let bytes = std::fs::read(path)?;
    let encoding = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8WithBom,
        [0xFF, 0xFE, ..] => Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    };
    let recoded = match ron_deck::decode(&bytes).map_err(|fault| DeckReadError::NotText(Box::new(fault)))? {
        // It is all of the bytes, which need not be copied.
        Cow::Borrowed(text) if text.len() == bytes.len() => None,
        text => Some(text.into_owned()),
    };
    let text = match recoded {
        Some(text) => text,
        None => {
            String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?
        }
    };
    Ok((text, encoding))
}

/// Writes a deck file: beside it, synced, then renamed over it, so that there is always a whole one.
///
/// # Errors
/// When it cannot be written; the old one stays then.
pub fn write(path: &Path, text: &str, encoding: Encoding) -> io::Result<()> {
    // Through a link to the file itself: a rename would put a file in the link's place.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // A rename would not ask.
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is protected against writing"));
    }
    let beside = temp_path(folder, &name);
    let written = (|| {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(&encode(text, encoding))?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, &target)?;
        sync_folder(folder);
        Ok(())
    })();
    if written.is_err() {
        // Nothing of it is needed any more; the error that counts is the one above.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Writes a file that is not there yet, whole or not at all; `false` when there is one of that name already.
///
/// # Errors
/// When it cannot be written.
pub fn create(path: &Path, text: &str, encoding: Encoding) -> io::Result<bool> {
    create_with(path, |out| out.write_all(&encode(text, encoding)))
}

/// The same for what is written piece by piece, so that a large file need not be in memory.
///
/// # Errors
/// When it cannot be written.
pub fn create_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<bool> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = temp_path(folder, &name);
    let written = (|| {
        let mut pieces = io::BufWriter::new(std::fs::File::create(&beside)?);
        write(&mut pieces)?;
        let file = pieces.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        // A rename would replace what another program made meanwhile; a second name for the file does not.
        match std::fs::hard_link(&beside, path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            // Some file systems know no second names.
            Err(_) if path.symlink_metadata().is_err() => std::fs::rename(&beside, path).map(|()| true),
            Err(_) => Ok(false),
        }
    })();
    // Its other name is all that is needed, or nothing of it is.
    let _ = std::fs::remove_file(&beside);
    written
}

/// A name that no deck has and no other program uses, so that nothing is loaded or written by halves.
fn temp_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}.{}.saving", std::process::id()))
}

/// Makes a rename last through a loss of power, where the system can.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        // Some systems sync no folders; the file itself is on the disk.
        let _ = folder.sync_all();
    }
}

fn encode(text: &str, encoding: Encoding) -> Cow<'_, [u8]> {
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>().into()
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().into(),
        Encoding::Utf8WithBom => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat().into(),
        Encoding::Utf16Le => utf16([0xFF, 0xFE], u16::to_le_bytes),
        Encoding::Utf16Be => utf16([0xFE, 0xFF], u16::to_be_bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_encoding() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deck.ron");
        for encoding in [Encoding::Utf8, Encoding::Utf8WithBom, Encoding::Utf16Le, Encoding::Utf16Be] {
            write(&path, "동맹 — “alliance”\r\n", encoding).expect("written");
            let (text, found) = read(&path).expect("read");
            assert_eq!((text.as_str(), found), ("동맹 — “alliance”\r\n", encoding));
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside");
    }

    #[test]
    fn a_new_file_never_replaces_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deck.ron");
        assert!(create(&path, "one", Encoding::Utf8).expect("written"));
        assert!(!create(&path, "other", Encoding::Utf8).expect("written"));
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "one");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside");
    }
}
