//! Inserts an entry between brackets: a field, an item or a question.

use std::ops::Range;

use super::Splice;
use super::layout::{IndentStyle, column, indent, is_first_in_line, line_start, rest_of_line};
use crate::formats::ron_deck::lexer::Lexer;

/// Where to insert an entry, and what has to be written around it.
pub(super) struct InsertPoint {
    /// Byte offset of the insertion.
    pub at: usize,
    /// Byte offset where the previous entry lacks its comma.
    missing_comma_at: Option<usize>,
    /// Whether the new entry begins a line.
    pub on_own_line: bool,
    /// The indentation of its lines.
    pub indent: String,
    /// Whether a comma has to follow it.
    needs_comma_after: bool,
    /// Whether it goes before the neighbouring entry, not after it.
    is_before: bool,
    /// The number of characters before it on its line.
    pub column: usize,
}

/// The offset of the comma after an entry that ends at `end`; comments are skipped. `None` if it has no comma.
pub(super) fn comma_after(text: &str, end: usize) -> Option<usize> {
    let at = next_token(text, end);
    text[at..].starts_with(',').then_some(at)
}

/// The offset of the next token.
pub(super) fn next_token(text: &str, at: usize) -> usize {
    Lexer::new(text).skip_space(at).0
}

impl InsertPoint {
    /// Directly after an entry.
    pub fn after(text: &str, entry: &Range<usize>, style: &IndentStyle) -> Self {
        let comma = comma_after(text, entry.end);
        let after = comma.map_or(entry.end, |comma| comma + 1);
        let next = next_token(text, after);
        let is_last = text[next..].starts_with([')', ']', '}']) || next >= text.len();
        let on_own_line = text[after..next].contains('\n');
        let indent = if is_first_in_line(text, entry.start) {
            indent(text, entry.start).to_owned()
        } else if on_own_line && !is_last {
            indent(text, next).to_owned()
        } else {
            format!("{}{}", indent(text, entry.start), style.unit)
        };
        let at = if on_own_line { rest_of_line(text, after).unwrap_or(after) } else { after };
        let column = if on_own_line { indent.chars().count() } else { column(text, after) + 2 };
        Self {
            at,
            missing_comma_at: comma.is_none().then_some(entry.end),
            on_own_line,
            indent,
            needs_comma_after: comma.is_some() || !is_last,
            is_before: false,
            column,
        }
    }

    /// Directly before an entry. `at` is its beginning, or the beginning of the comment above it.
    pub fn before(text: &str, at: usize) -> Self {
        let on_own_line = is_first_in_line(text, at);
        Self {
            at,
            missing_comma_at: None,
            on_own_line,
            indent: indent(text, at).to_owned(),
            needs_comma_after: true,
            is_before: true,
            column: column(text, at),
        }
    }

    /// Whether an entry of `chars` characters still fits on the line, which may have at most `width`.
    pub fn fits(&self, text: &str, chars: usize, width: usize) -> bool {
        let line = &text[line_start(text, self.at)..];
        let line = line.split('\n').next().map_or(0, |line| line.chars().count());
        line + chars + 2 <= width
    }

    /// The splices that insert the text.
    pub fn insert(&self, content: &str, style: &IndentStyle) -> Vec<Splice> {
        let broken = format!("{}{}", style.newline, self.indent);
        let space = if self.on_own_line { broken.as_str() } else { " " };
        if self.is_before {
            return vec![Splice::insert(self.at, format!("{content},{space}"))];
        }
        let comma = if self.needs_comma_after { "," } else { "" };
        let entry = format!("{space}{content}{comma}");
        match self.missing_comma_at {
            Some(at) if at == self.at => vec![Splice::insert(at, format!(",{entry}"))],
            Some(at) => vec![Splice::insert(at, ","), Splice::insert(self.at, entry)],
            None => vec![Splice::insert(self.at, entry)],
        }
    }
}
