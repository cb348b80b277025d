//! `linchpin check --fix`: applies certain fixes to a deck file, after copying the original next to it.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::layout::safe_text;
use crate::atomic_file;
use crate::formats::ron_deck::{self, fix::fix_and_pin_ids};
use crate::library::file::{self, Encoding};
use crate::plain_file;
use crate::text;

/// What was fixed in a file, as `check --json` prints it.
#[derive(Clone, Debug, Serialize)]
pub struct FixedFile {
    mended: Vec<AppliedFixReport>,
    /// Number of ids written into questions that had none.
    ids: usize,
    /// The old encoding; null when it was UTF-8 already.
    encoding: Option<&'static str>,
    /// The path of the copy of the original.
    kept: String,
}

/// One fix, with the code and message of the error that it removed.
#[derive(Clone, Debug, Serialize)]
struct AppliedFixReport {
    line: u32,
    code: &'static str,
    message: String,
    title: String,
}

/// Fixes a file. `None` when there is nothing to fix, or the file cannot be read as text.
///
/// # Errors
/// When there are fixes but they cannot be saved, as a message. The file is unchanged then.
pub fn fix_file(path: &Path) -> Result<Option<FixedFile>, String> {
    let Ok((text, encoding)) = file::read(path) else { return Ok(None) };
    let fixed = fix_and_pin_ids(&text);
    if fixed.text == text && encoding == Encoding::Utf8 {
        return Ok(None);
    }
    let not_saved = |error: io::Error| format!("this file could be mended, but cannot be saved: {error}");
    let copy_path = back_up(path).map_err(not_saved)?;
    file::write(path, &fixed.text, Encoding::Utf8).map_err(not_saved)?;
    let fixes = fixed.applied.into_iter();
    let fixes = fixes.map(|it| AppliedFixReport {
        line: it.line,
        code: it.code,
        message: it.message,
        title: it.title,
    });
    Ok(Some(FixedFile {
        mended: fixes.collect(),
        ids: fixed.pinned_ids,
        encoding: encoding_name(encoding),
        kept: copy_path.display().to_string(),
    }))
}

/// The name of an encoding that was replaced by UTF-8; `None` for UTF-8 itself.
fn encoding_name(encoding: Encoding) -> Option<&'static str> {
    match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf8WithBom => Some("UTF-8 with a mark at the beginning"),
        Encoding::Utf16Le | Encoding::Utf16Be => Some("UTF-16"),
    }
}

/// Copies the file to a new name in the same folder and returns its path. Never replaces a file.
fn back_up(path: &Path) -> io::Result<PathBuf> {
    let bytes = plain_file::read(path, ron_deck::MAX_BYTES as u64)?;
    let name = copy_name(path.file_name().unwrap_or_default());
    let copy_path = |number: u32| {
        let mut name = name.clone();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        path.with_file_name(name)
    };
    atomic_file::create_first_unused((1..).map(copy_path), |out| out.write_all(&bytes))
}

/// The name of the copy of a file. Of a name that leaves no room for more, only the beginning.
fn copy_name(name: &OsStr) -> OsString {
    // File systems allow 255 bytes.
    const MOST_BYTES: usize = 230;
    let mut copy = name.to_owned();
    if name.len() > MOST_BYTES {
        let text = name.to_string_lossy();
        copy = text[..text.floor_char_boundary(MOST_BYTES)].into();
    }
    copy.push(".before-fix");
    copy
}

impl FixedFile {
    /// Prints a line for each change.
    pub fn print(&self, path: &str, out: &mut impl Write) -> io::Result<()> {
        let path = safe_text(path);
        for AppliedFixReport { line, code, message, .. } in &self.mended {
            writeln!(out, "{path}:{line}: {}", text::terminal::fixed(&safe_text(message), code))?;
        }
        if self.ids > 0 {
            writeln!(out, "{path}: {}", text::terminal::fixed_ids(self.ids))?;
        }
        if let Some(encoding) = self.encoding {
            writeln!(out, "{path}: {}", text::terminal::fixed_encoding(encoding))?;
        }
        writeln!(out, "{path}: {}\n", text::terminal::original_kept(&safe_text(&self.kept)))
    }
}
