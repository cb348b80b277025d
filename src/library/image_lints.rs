//! What is wrong with the pictures of a deck file, as diagnostics of the deck.

use std::collections::HashMap;
use std::path::Path;

use super::images::{ImageFault, check};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::formats::ron_deck::images::placed_images;

/// No more than this are reported, as of other faults.
const MAX_REPORTED: usize = 200;

/// Looks at the files of a deck's pictures. What can be seen of a path alone the parser has said already.
/// `whole`: every picture is decoded; else only its head is read.
pub fn lint(path: &Path, text: &str, deck: &Deck, whole: bool) -> Vec<Diagnostic> {
    let folder = image_folder(path);
    let mut seen: HashMap<String, Option<ImageFault>> = HashMap::new();
    let mut found = Vec::new();
    for place in placed_images(text, deck) {
        if place.image.path_error().is_some() {
            continue;
        }
        let file = place.image.file.clone();
        let fault = seen.entry(file).or_insert_with(|| check(folder, &place.image, whole).err());
        let Some(fault) = fault else { continue };
        found.push(Diagnostic {
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
        if found.len() == MAX_REPORTED {
            break;
        }
    }
    found
}

/// The folder that a deck's pictures lie in.
pub fn image_folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Puts the lints of pictures among those of the text, in the order of the file.
pub fn merge(diagnostics: &mut Vec<Diagnostic>, mut found: Vec<Diagnostic>) {
    diagnostics.append(&mut found);
    // “And 12 more” speaks of all: it stays last.
    diagnostics.sort_by_key(|diagnostic| (diagnostic.code == "more", diagnostic.span.start));
}
