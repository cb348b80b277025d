//! Decodes a file to text, and recognizes files that cannot be imported.

use std::borrow::Cow;

use crate::formats::ron_deck;

use super::ImportError;

/// The text of a file.
///
/// # Errors
/// If the bytes are not text, or a format that cannot be imported.
pub(super) fn decode_text<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, ImportError> {
    if let Some(error) = binary_file_error(name, bytes) {
        return Err(error);
    }
    let text = ron_deck::decode(bytes).map_err(|diagnostic| match diagnostic.code {
        "too-large" => ImportError::TooLarge,
        _ => ImportError::NotText { line: diagnostic.line, column: diagnostic.column },
    })?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(ImportError::Empty);
    }
    match text_file_error(name, start) {
        Some(error) => Err(error),
        None => Ok(text),
    }
}

/// Recognizes binary formats by their first bytes.
fn binary_file_error(name: &str, bytes: &[u8]) -> Option<ImportError> {
    if bytes.starts_with(b"SQLite format 3\0") {
        return Some(ImportError::AnkiPackage);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(ImportError::Document);
    }
    // The container of Microsoft Office before 2007.
    let is_old_office = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if !is_old_office && !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    Some(match extension(name).as_str() {
        "apkg" | "colpkg" => ImportError::AnkiPackage,
        "xlsx" | "xls" | "ods" | "numbers" => ImportError::Spreadsheet,
        "docx" | "doc" | "odt" | "pages" | "hwp" | "hwpx" => ImportError::Document,
        _ => ImportError::Archive,
    })
}

/// Recognizes text formats that hold no table: RTF, HTML, deck files, JSON.
fn text_file_error(name: &str, start: &str) -> Option<ImportError> {
    let extension = extension(name);
    let beginning: String = start.chars().take(16).collect::<String>().to_lowercase();
    if beginning.starts_with("{\\rtf") {
        return Some(ImportError::Document);
    }
    if beginning.starts_with("<!doctype html") || beginning.starts_with("<html") {
        return Some(ImportError::WebPage);
    }
    let is_deck = start.strip_prefix("Deck").is_some_and(|rest| rest.trim_start().starts_with('('));
    if is_deck || (extension == "ron" && start.starts_with(['(', '#', '/'])) {
        return Some(ImportError::Deck);
    }
    // A table may also begin with a bracket, so the whole text must parse as JSON.
    let is_json = start.starts_with(['{', '['])
        && (extension == "json" || serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok());
    is_json.then_some(ImportError::Json)
}

/// The extension of a file's name in lower case; empty if it has none.
pub(super) fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
}
