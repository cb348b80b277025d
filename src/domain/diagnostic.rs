//! What is wrong with a deck, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use super::edit::Edit;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The question, or the deck, cannot be used.
    Error,
    /// It works, and would be better otherwise.
    Lint,
}

impl Severity {
    /// The word shown and written to JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Lint => "lint",
        }
    }
}

/// One fault or lint of a deck file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name, such as `unknown-field`.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Bytes of the file that it speaks of.
    pub span: Range<usize>,
    /// Line of the span's beginning, from 1.
    pub line: u32,
    /// Column of the span's beginning in characters, from 1.
    pub column: u32,
    /// A second place that has to do with it, such as the first of two equal ids.
    pub related: Option<(u32, String)>,
    /// What mends it, where that is certain.
    pub fix: Option<Fix>,
}

/// A change of the text that mends one fault and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a button: a verb and its object, such as “Write the missing comma”.
    pub title: String,
    /// Of the text that was read.
    pub edit: Edit,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.line, self.column, self.severity.name(), self.message)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}
