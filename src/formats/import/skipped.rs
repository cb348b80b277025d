//! Rows that cannot become a question, and the reasons.

use std::fmt;

/// The maximum number of rows that are listed; all are counted.
const MAX_LISTED: usize = 300;
/// How many characters of a row are shown.
const EXCERPT_CHARS: usize = 60;

/// Why a row becomes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// The prompt is empty.
    NoPrompt,
    /// The answer is empty.
    NoAnswer,
    /// The row ends before the column with the answer.
    TooFewColumns {
        /// Columns in this row.
        found: usize,
        /// Columns up to and including the answer.
        needed: usize,
    },
    /// A quotation mark opens and never closes.
    UnclosedQuote,
    /// An earlier question has the same prompt.
    DuplicatePrompt {
        /// The line of the earlier question, from 1.
        line: u32,
    },
    /// A cell is so long that a separator or quotation mark must be missing.
    TooLong,
    /// A gap has no text.
    EmptyGap,
    /// A card with gaps in the file contains no valid gap.
    NoGap,
    /// An answer follows no question.
    NoQuestion,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::NoPrompt => f.write_str("the question is empty"),
            SkipReason::NoAnswer => f.write_str("the answer is empty"),
            SkipReason::TooFewColumns { found: 1, needed } => {
                write!(f, "there is only 1 column, but {needed} are needed")
            }
            SkipReason::TooFewColumns { found, needed } => {
                write!(f, "there are only {found} columns, but {needed} are needed")
            }
            SkipReason::UnclosedQuote => f.write_str("a quotation mark is never closed"),
            SkipReason::DuplicatePrompt { line } => write!(f, "line {line} asks the same"),
            SkipReason::TooLong => f.write_str("a cell is longer than 100,000 characters"),
            SkipReason::EmptyGap => f.write_str("a gap is empty"),
            SkipReason::NoGap => f.write_str("there is no gap: write the answer as [answer]"),
            SkipReason::NoQuestion => f.write_str("there is no question before this answer"),
        }
    }
}

/// A row that becomes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// The line in which it begins, from 1.
    pub line: u32,
    /// Why it is skipped.
    pub reason: SkipReason,
    /// The beginning of its text; may be empty.
    pub excerpt: String,
}

impl fmt::Display for SkippedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// All rows of a file that become no question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedRows {
    /// The first 300 of them.
    pub rows: Vec<SkippedRow>,
    /// How many there are in all.
    pub total: usize,
}

impl SkippedRows {
    pub(super) fn add(&mut self, line: u32, reason: SkipReason, text: &str) {
        self.total += 1;
        if self.rows.len() < MAX_LISTED {
            let mut excerpt: String =
                text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(EXCERPT_CHARS + 1).collect();
            if excerpt.chars().count() > EXCERPT_CHARS {
                excerpt.pop();
                excerpt.push('…');
            }
            self.rows.push(SkippedRow { line, reason, excerpt });
        }
    }
}
