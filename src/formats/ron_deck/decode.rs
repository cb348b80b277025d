//! Decodes the bytes of a file to text.

#![expect(clippy::result_large_err, reason = "at most one a file")]

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::diagnostic::{Diagnostic, Severity};

use super::MAX_BYTES;

/// Decodes the bytes of a file: UTF-8 with or without a byte order mark, or UTF-16 with one, as some Windows programs
/// write it.
///
/// # Errors
/// If the bytes are neither, or more than 64 MB. The diagnostic's span counts bytes of the file.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large_file());
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(bytes, rest),
        [0xFF, 0xFE, rest @ ..] => utf16(bytes, rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(bytes, rest, u16::from_be_bytes),
        _ => utf8(bytes, bytes),
    }
}

fn utf8<'a>(file: &[u8], bytes: &'a [u8]) -> Result<Cow<'a, str>, Diagnostic> {
    let offset = file.len() - bytes.len();
    // In UTF-16 without a byte order mark every other byte of Latin text is 0.
    let begins_with_zeros = bytes.iter().take(64).filter(|byte| **byte == 0).count() > 8;
    match str::from_utf8(bytes) {
        Ok(text) if !begins_with_zeros => Ok(Cow::Borrowed(text)),
        Ok(_) => Err(not_text(file, offset..offset + 1)),
        Err(error) => {
            let start = offset + error.valid_up_to();
            let end = (start + error.error_len().unwrap_or(1)).min(file.len());
            Err(not_text(file, start..end))
        }
    }
}

fn utf16<'a>(file: &[u8], bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'a, str>, Diagnostic> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(not_text(file, file.len() - 1..file.len()));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut at = file.len() - bytes.len();
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => {
                text.push(c);
                at += 2 * c.len_utf16();
            }
            Err(_) => return Err(not_text(file, at..at + 2)),
        }
    }
    if text.len() > MAX_BYTES {
        return Err(too_large_file());
    }
    Ok(Cow::Owned(text))
}

/// The error of a file with more than [`MAX_BYTES`], which need not be read for it.
pub fn too_large_file() -> Diagnostic {
    let (message, help) = ("this file is larger than 64 MB", "split it into several decks");
    diagnostic_at("too-large", &[], 0..0, message, help)
}

fn not_text(file: &[u8], span: Range<usize>) -> Diagnostic {
    diagnostic_at(
        "not-text",
        file,
        span,
        "this file is not text in UTF-8",
        "save it again with the encoding UTF-8; in Notepad: File, Save as, Encoding",
    )
}

/// An error at a byte range of the file, with its line and column.
fn diagnostic_at(
    code: &'static str,
    file: &[u8],
    span: Range<usize>,
    message: &str,
    help: &str,
) -> Diagnostic {
    let before = file.get(..span.start).unwrap_or(file);
    let line = before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or(before);
    // Count characters: every UTF-8 byte except 10xxxxxx begins one.
    let column = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32 + 1;
    Diagnostic {
        severity: Severity::Error,
        code,
        message: message.to_owned(),
        help: Some(help.to_owned()),
        span,
        line,
        column,
        related: None,
        fix: None,
    }
}
