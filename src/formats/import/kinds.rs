//! The answer kind that a row asks for, and reading an answer of that kind.

use crate::domain::question::{Answer, Kind};
use crate::formats::answer_cell;

use super::ImportAs;
use super::rows::answer_as;

/// The answer kind that a row asks for in its `kind` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// None given. Gaps in the prompt make it a Cloze; otherwise the import option decides.
    Unspecified(ImportAs),
    /// Recall or both ways, whatever the prompt contains.
    Fixed(ImportAs),
    /// The notation of exported tables.
    Exported(Kind),
}

/// Reads a cell of the `kind` column: an answer kind by name, or the name of an Anki note type.
pub(super) fn row_kind(kind: &str, import_as: ImportAs) -> RowKind {
    match kind {
        "" => RowKind::Unspecified(import_as),
        "Both" => RowKind::Fixed(ImportAs::Both),
        other => {
            if let Some(kind) = Kind::from_name(other) {
                return RowKind::Exported(kind);
            }
            let other = other.to_lowercase();
            if import_as != ImportAs::ByLength {
                RowKind::Unspecified(import_as)
            } else if other.contains("reversed card)") && !other.contains("optional") {
                RowKind::Unspecified(ImportAs::Both)
            } else if other.contains("type in") {
                RowKind::Unspecified(ImportAs::Typed)
            } else {
                RowKind::Unspecified(import_as)
            }
        }
    }
}

/// Reads the answer as the kind that the row asks for. If that fails, it falls back to Typed or Recall by length.
pub(super) fn answer_of_kind(kind: RowKind, back: &str, plain: &str) -> Answer {
    let read = match kind {
        RowKind::Unspecified(import_as) | RowKind::Fixed(import_as) => {
            Some(answer_as(import_as, back, plain))
        }
        RowKind::Exported(kind) => answer_cell::read(kind, back, plain),
    };
    read.unwrap_or_else(|| answer_as(ImportAs::ByLength, back, plain))
}
