//! Rows that make no question, and why.

use std::fmt;

/// The most rows that are listed; all are counted.
const MAX_LISTED: usize = 300;
/// The most characters shown of a row.
const EXCERPT_CHARS: usize = 60;

/// Why a row makes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// Nothing is asked.
    NoPrompt,
    /// Nothing answers it.
    NoAnswer,
    /// Fewer columns than the one with the answer.
    TooFewColumns {
        /// In this row.
        found: usize,
        /// Up to the answer.
        needed: usize,
    },
    /// A quotation mark opens and never closes.
    UnclosedQuote,
    /// Asked in an earlier line already.
    DuplicatePrompt {
        /// That line.
        line: u32,
    },
    /// So much text that a separator must be missing.
    TooLong,
    /// A gap without words in it.
    EmptyGap,
    /// A text with gaps that has none.
    NoGap,
    /// An answer that follows no question.
    NoQuestion,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::NoPrompt => f.write_str("the question is empty"),
            SkipReason::NoAnswer => f.write_str("the answer is empty"),
            SkipReason::TooFewColumns { found: 1, needed } => {
                write!(f, "there is only 1 column where {needed} are needed")
            }
            SkipReason::TooFewColumns { found, needed } => {
                write!(f, "there are only {found} columns where {needed} are needed")
            }
            SkipReason::UnclosedQuote => f.write_str("a quotation mark opens a column and is never closed"),
            SkipReason::DuplicatePrompt { line } => write!(f, "the same is asked in line {line}"),
            SkipReason::TooLong => f.write_str("a column is longer than 100,000 characters"),
            SkipReason::EmptyGap => f.write_str("a gap holds no words"),
            SkipReason::NoGap => f.write_str("there is no gap: write the answer as [answer]"),
            SkipReason::NoQuestion => f.write_str("this answer follows no question"),
        }
    }
}

/// A row that makes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// Where it begins, from 1.
    pub line: u32,
    /// Why.
    pub reason: SkipReason,
    /// How it begins; perhaps empty.
    pub excerpt: String,
}

impl fmt::Display for SkippedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// All rows that make no question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedRows {
    /// The first few hundred.
    pub rows: Vec<SkippedRow>,
    /// How many there are.
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
