//! Converts byte offsets to lines and columns.

use std::cell::OnceCell;

use super::tree::Span;

/// The offsets of the lines of a text. They are computed on first use, because most texts need no positions.
pub(super) struct LineIndex<'a> {
    text: &'a str,
    starts: OnceCell<Vec<u32>>,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let newlines = self.text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(newlines).collect()
        })
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts().partition_point(|start| *start <= offset) as u32
    }

    /// The line and column of a byte offset, both from 1. Columns count characters.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts()[line as usize - 1];
        (line, 1 + self.char_count(start, offset))
    }

    /// The text of a span; empty if the span is invalid.
    pub fn text_at(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The span of the first character of `span`, to point at a large node.
    pub fn first_char(&self, span: Span) -> Span {
        let len = self.text_at(span).chars().next().map_or(0, char::len_utf8);
        Span { start: span.start, end: span.start + len as u32 }
    }

    /// The number of characters between two byte offsets.
    pub fn char_count(&self, from: u32, to: u32) -> u32 {
        self.text.get(from as usize..to as usize).map_or(0, |part| part.chars().count()) as u32
    }
}
