//! Reading and writing deck files, and other texts, in their encoding.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::atomic_file::{self, Durability};
use crate::domain::diagnostic::Diagnostic;
use crate::formats::ron_deck;
use crate::plain_file;

/// The encoding of a text file. Saving keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8WithBom,
    /// UTF-16, little-endian, with a byte order mark.
    Utf16Le,
    /// UTF-16, big-endian, with a byte order mark.
    Utf16Be,
}

/// Why a deck file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DeckReadError {
    /// The operating system reported an error.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The file is not a text.
    #[error("{0}")]
    NotText(Box<Diagnostic>),
}

/// Reads a deck file. Returns the text without its byte order mark, and the encoding.
///
/// # Errors
/// [`DeckReadError`] if the file cannot be read, is not a text, or is larger than a deck may be.
pub fn read(path: &Path) -> Result<(String, Encoding), DeckReadError> {
    let bytes = plain_file::read(path, ron_deck::MAX_BYTES as u64).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => DeckReadError::NotText(Box::new(ron_deck::too_large_file())),
        _ => DeckReadError::Io(error),
    })?;
    let encoding = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8WithBom,
        [0xFF, 0xFE, ..] => Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    };
    let recoded = match ron_deck::decode(&bytes).map_err(|fault| DeckReadError::NotText(Box::new(fault)))? {
        // The text is all of the bytes, so use them without copying.
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

/// Writes a deck file as [`atomic_file::replace`] does.
///
/// # Errors
/// Any error of the operating system, and a file that is protected against writing. The old file is not changed
/// then.
pub fn write(path: &Path, text: &str, encoding: Encoding) -> io::Result<()> {
    atomic_file::replace(path, Durability::Durable, |out| out.write_all(&encode(text, encoding)))
}

/// Writes a new file, completely or not at all. Returns `false`, and changes nothing, if there is a file with this name
/// already. A large file can be written piece by piece.
///
/// # Errors
/// Any error of the operating system or of `write`.
pub fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<bool> {
    match atomic_file::create(path, write) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a new file `stem.extension` into a folder, which is made if it is not there. If the name is taken, then
/// `stem-2.extension`, and so on. Returns the path. The file is written completely or not at all.
///
/// # Errors
/// Any error of the operating system or of `write`.
pub fn create_numbered(
    folder: &Path,
    stem: &str,
    extension: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<PathBuf> {
    atomic_file::create_folder(folder)?;
    let numbered = (2_u64..).map(|number| folder.join(format!("{stem}-{number}.{extension}")));
    let paths = std::iter::once(folder.join(format!("{stem}.{extension}"))).chain(numbered);
    atomic_file::create_first_unused(paths, write)
}

/// The bytes of a text in an encoding, with its byte order mark.
pub fn encode(text: &str, encoding: Encoding) -> Cow<'_, [u8]> {
    let utf16 = |bom: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        bom.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>().into()
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
        let path = folder.path().join("new/deck.ron");
        let read = |path: &Path| std::fs::read_to_string(path).expect("read");
        let numbered = |text: &'static str| {
            create_numbered(&folder.path().join("new"), "deck", "ron", |out| out.write_all(text.as_bytes()))
                .expect("written")
        };
        assert_eq!(numbered("one"), path);
        assert!(!create(&path, |out| out.write_all(b"other")).expect("no error"));
        assert_eq!(read(&path), "one");
        let second = numbered("two");
        assert_eq!((second.file_name(), read(&second).as_str()), (Some("deck-2.ron".as_ref()), "two"));
        assert_eq!(
            std::fs::read_dir(folder.path().join("new")).expect("a folder").count(),
            2,
            "nothing is left"
        );
    }
}
