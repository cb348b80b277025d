//! Rows that make no question, and why.

use std::fmt;

/// The most rows that are listed; all are counted.
const MOST: usize = 300;
/// The most characters shown of a row.
const EXCERPT: usize = 60;

/// Why a row makes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
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
    SamePrompt {
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

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NoPrompt => f.write_str("the question is empty"),
            Reason::NoAnswer => f.write_str("the answer is empty"),
            Reason::TooFewColumns { found: 1, needed } => {
                write!(f, "there is only 1 column where {needed} are needed")
            }
            Reason::TooFewColumns { found, needed } => {
                write!(f, "there are only {found} columns where {needed} are needed")
            }
            Reason::UnclosedQuote => f.write_str("a quotation mark opens a column and is never closed"),
            Reason::SamePrompt { line } => write!(f, "the same is asked in line {line}"),
            Reason::TooLong => f.write_str("a column is longer than 100,000 characters"),
            Reason::EmptyGap => f.write_str("a gap holds no words"),
            Reason::NoGap => f.write_str("there is no gap: write the answer as [answer]"),
            Reason::NoQuestion => f.write_str("this answer follows no question"),
        }
    }
}

/// A row that makes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// Where it begins, from 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
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
pub struct Skipped {
    /// The first few hundred.
    pub rows: Vec<SkippedRow>,
    /// How many there are.
    pub total: usize,
}

impl Skipped {
    pub(super) fn add(&mut self, line: u32, reason: Reason, text: &str) {
        self.total += 1;
        if self.rows.len() < MOST {
            let mut excerpt: String =
                text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(EXCERPT + 1).collect();
            if excerpt.chars().count() > EXCERPT {
                excerpt.pop();
                excerpt.push('…');
            }
            self.rows.push(SkippedRow { line, reason, excerpt });
        }
    }
}
