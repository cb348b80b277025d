//! The diagnostics of a deck file, with source lines.

use std::path::Path;

use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::library::file::{self, DeckReadError};
use crate::library::{Library, LibraryProblemKind, image_lints};

/// Number of lines shown before and after the line of a diagnostic.
const CONTEXT_LINES: usize = 2;
/// Of files up to this size, lints are shown too: they may have to be parsed for that. For larger ones the errors
/// from loading must do.
const MAX_PARSED_BYTES: u64 = 1 << 20;

/// The diagnostics of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Errors: they keep questions from being used.
    pub errors: Vec<DiagnosticSnippet>,
    /// Lints: what could be better.
    pub lints: Vec<DiagnosticSnippet>,
}

/// A diagnostic with the source lines around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticSnippet {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// Line numbers, from 1, and the lines.
    pub lines: Vec<(u32, String)>,
    /// Number of marked characters, from the diagnostic's column on, within its line; at least 1.
    pub width: usize,
}

impl Inspection {
    /// Collects what the library has found in a file, and reads the lines around it.
    pub(super) fn read(path: &Path, library: &mut Library) -> Self {
        // For files that cannot be read or are too large.
        let known: Vec<Diagnostic> = library
            .problems()
            .iter()
            .filter(|problem| problem.origin.is_file(path))
            .filter_map(|problem| match &problem.kind {
                LibraryProblemKind::Diagnostic(diagnostic) => Some(diagnostic.clone()),
                _ => None,
            })
            .collect();
        let is_small = std::fs::metadata(path).is_ok_and(|data| data.len() <= MAX_PARSED_BYTES);
        if !is_small && known.is_empty() {
            return Self::default();
        }
        match file::read(path) {
            Ok((text, _)) if is_small => {
                let parsed = library.parse_once(path, &text);
                let mut diagnostics = parsed.diagnostics.clone();
                if let Some(deck) = &parsed.deck {
                    // Only image headers are read: whole images would take too long for a page.
                    image_lints::merge(&mut diagnostics, image_lints::lint(path, &text, deck, false));
                }
                Self::from_text(&text, diagnostics)
            }
            Ok((text, _)) => Self::from_text(&text, known),
            Err(DeckReadError::NotText(diagnostic)) => Self::from_text("", vec![*diagnostic]),
            Err(DeckReadError::Io(_)) => Self::from_text("", known),
        }
    }

    fn from_text(text: &str, diagnostics: Vec<Diagnostic>) -> Self {
        let mut inspection = Self::default();
        let last =
            diagnostics.iter().map(|diagnostic| diagnostic.line as usize + CONTEXT_LINES).max().unwrap_or(0);
        let lines: Vec<&str> = text.lines().take(last).collect();
        for diagnostic in diagnostics {
            let snippet = snippet(diagnostic, &lines, text);
            match snippet.diagnostic.severity {
                Severity::Error => inspection.errors.push(snippet),
                Severity::Lint => inspection.lints.push(snippet),
            }
        }
        inspection
    }
}

fn snippet(diagnostic: Diagnostic, lines: &[&str], text: &str) -> DiagnosticSnippet {
    let at = diagnostic.line as usize;
    let first = at.saturating_sub(CONTEXT_LINES).max(1);
    let shown = (first..=at + CONTEXT_LINES)
        .filter_map(|number| Some((number as u32, (*lines.get(number - 1)?).replace('\t', "    "))))
        .collect();
    let marked = text.get(diagnostic.span.clone()).unwrap_or("");
    let width = marked.lines().next().map_or(0, |line| line.chars().count()).max(1);
    DiagnosticSnippet { diagnostic, lines: shown, width }
}
