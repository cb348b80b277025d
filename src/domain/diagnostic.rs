//! Diagnostics of deck files: what is wrong, where, and how to fix it.

use std::fmt;
use std::ops::Range;

use super::edit::Edit;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The question, or the whole deck, cannot be used.
    Error,
    /// It works, but could be better.
    Lint,
}

impl Severity {
    /// The name that is shown and written to JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Lint => "lint",
        }
    }
}

/// One error or lint of a deck file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// A stable code, such as `unknown-field`.
    pub code: &'static str,
    /// What is wrong, without a full stop.
    pub message: String,
    /// How to fix it; `None` when the message says so already.
    pub help: Option<String>,
    /// The byte range of the file that it refers to.
    pub span: Range<usize>,
    /// Line of the beginning of the span, from 1.
    pub line: u32,
    /// Column of the beginning of the span in characters, from 1.
    pub column: u32,
    /// Line and label of a related place, such as the first of two equal ids.
    pub related: Option<(u32, String)>,
    /// The edit that fixes it, where one is certain to be right.
    pub fix: Option<Fix>,
}

/// An edit that fixes one problem and changes nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The label of its button: a verb and its object, such as “Write the missing comma”.
    pub title: String,
    /// The edit of the text that was parsed.
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
