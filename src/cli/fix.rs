//! `linchpin check --fix`: what is certain is mended in the file; the file as it was is kept beside it.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::layout::safe_text;
use crate::formats::ron_deck::fix::fix_and_pin_ids;
use crate::library::file::{self, Encoding};

/// What was mended in a file.
#[derive(Clone, Debug, Serialize)]
pub struct FixedFile {
    mended: Vec<AppliedFixReport>,
    /// How many ids were written.
    ids: usize,
    /// The old encoding, where it changed.
    encoding: Option<&'static str>,
    /// Where the old file is.
    kept: String,
}

#[derive(Clone, Debug, Serialize)]
struct AppliedFixReport {
    line: u32,
    code: &'static str,
    message: String,
    title: String,
}

/// Mends a file; `None` when there is nothing to mend, or it is no text.
///
/// # Errors
/// When it could be mended and cannot be saved: it is as it was then. What to tell.
pub fn fix_file(path: &Path) -> Result<Option<FixedFile>, String> {
    let Ok((text, encoding)) = file::read(path) else { return Ok(None) };
    let repaired = fix_and_pin_ids(&text);
    if repaired.text == text && encoding == Encoding::Utf8 {
        return Ok(None);
    }
    let not_saved = |error: io::Error| format!("this file could be mended, but cannot be saved: {error}");
    let kept = back_up(path).map_err(not_saved)?;
    file::write(path, &repaired.text, Encoding::Utf8).map_err(not_saved)?;
    let mended = repaired.applied.into_iter();
    let mended = mended.map(|it| AppliedFixReport {
        line: it.line,
        code: it.code,
        message: it.message,
        title: it.title,
    });
    let mended = mended.collect();
    Ok(Some(FixedFile {
        mended,
        ids: repaired.pinned_ids,
        encoding: encoding_name(encoding),
        kept: kept.display().to_string(),
    }))
}

fn encoding_name(encoding: Encoding) -> Option<&'static str> {
    match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf8WithBom => Some("UTF-8 with a mark at the beginning"),
        Encoding::Utf16Le | Encoding::Utf16Be => Some("UTF-16"),
    }
}

/// Copies the file beside itself, under a name that was free.
fn back_up(path: &Path) -> io::Result<PathBuf> {
    let bytes = std::fs::read(path)?;
    let mut number = 1;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(".before-fix");
        if number > 1 {
            name.push(format!("-{number}"));
        }
        let kept = PathBuf::from(name);
        match OpenOptions::new().write(true).create_new(true).open(&kept) {
            Ok(mut copy) => {
                copy.write_all(&bytes)?;
                copy.sync_all()?;
                return Ok(kept);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

impl FixedFile {
    /// A line for each thing.
    pub fn print(&self, path: &str, out: &mut impl Write) -> io::Result<()> {
        let path = safe_text(path);
        for AppliedFixReport { line, code, message, .. } in &self.mended {
            writeln!(out, "{path}:{line}: fixed: {} [{code}]", safe_text(message))?;
        }
        if self.ids > 0 {
            writeln!(out, "{path}: fixed: {} written", super::counted(self.ids, "id"))?;
        }
        if let Some(encoding) = self.encoding {
            writeln!(out, "{path}: fixed: saved as UTF-8; it was {encoding}")?;
        }
        writeln!(out, "{path}: the file as it was is kept as {}\n", safe_text(&self.kept))
    }
}
