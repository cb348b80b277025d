//! Checking the images of a deck file. Problems become diagnostics of the deck.

use std::collections::HashMap;
use std::path::Path;

use super::images::{ImageFileError, check};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::formats::ron_deck::images::placed_images;

/// Maximum number of diagnostics, the same as for other diagnostics.
const MAX_REPORTED: usize = 200;

/// Checks the image files of a deck. Problems with the paths themselves are not included, because the parser
/// reports them. If `decode_fully` is set, every image is decoded, otherwise only its header is read.
pub fn lint(path: &Path, text: &str, deck: &Deck, decode_fully: bool) -> Vec<Diagnostic> {
    let folder = image_folder(path);
    let mut faults: HashMap<String, Option<ImageFileError>> = HashMap::new();
    let mut diagnostics = Vec::new();
    for place in placed_images(text, deck) {
        if place.image.path_error().is_some() {
            continue;
        }
        let file = place.image.file.clone();
        let fault = faults.entry(file).or_insert_with(|| check(folder, &place.image, decode_fully).err());
        let Some(fault) = fault else { continue };
        diagnostics.push(Diagnostic {
            severity: Severity::Lint,
            code: fault.code(),
            message: fault.message(&place.image.file),
            help: Some(fault.help().to_owned()),
            span: place.span,
            line: place.line,
            column: place.column,
            related: None,
            fix: None,
        });
        if diagnostics.len() == MAX_REPORTED {
            break;
        }
    }
    diagnostics
}

/// The folder with the images of a deck file.
pub fn image_folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Adds diagnostics of images to those of the text, sorted by position in the file.
pub fn merge(diagnostics: &mut Vec<Diagnostic>, mut image_diagnostics: Vec<Diagnostic>) {
    diagnostics.append(&mut image_diagnostics);
    // The line “And 12 more” is about all diagnostics, so it stays last.
    diagnostics.sort_by_key(|diagnostic| (diagnostic.code == "more", diagnostic.span.start));
}
