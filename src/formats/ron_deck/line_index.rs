//! Converts byte offsets to lines and columns.

use std::cell::OnceCell;

use super::tree::Span;

/// Characters are counted from the last multiple of this many bytes, so that the time for a column does not depend on
/// the length of the line: a program may write a whole deck in one.
const CHECKPOINT_BYTES: usize = 1 << 10;

/// The offsets of the lines of a text, and how many characters come before some of its bytes. They are computed on
/// first use, because most texts need no positions.
pub(super) struct LineIndex<'a> {
    text: &'a str,
    starts: OnceCell<Vec<u32>>,
    /// The number of characters that begin before each multiple of [`CHECKPOINT_BYTES`].
    checkpoints: OnceCell<Vec<u32>>,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, starts: OnceCell::new(), checkpoints: OnceCell::new() }
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
        (line, 1 + self.chars_before(offset) - self.chars_before(start))
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

    /// The number of characters that begin before a byte offset.
    fn chars_before(&self, offset: u32) -> u32 {
        let checkpoints = self.checkpoints.get_or_init(|| {
            let add = |total: &mut u32, block| Some(std::mem::replace(total, *total + count_chars(block)));
            self.text.as_bytes().chunks(CHECKPOINT_BYTES).scan(0, add).collect()
        });
        let offset = (offset as usize).min(self.text.len());
        let block = (offset / CHECKPOINT_BYTES).min(checkpoints.len().saturating_sub(1));
        let rest = &self.text.as_bytes()[block * CHECKPOINT_BYTES..offset];
        checkpoints.get(block).copied().unwrap_or(0) + count_chars(rest)
    }
}

/// The number of characters that begin in a part of a text, which may begin or end inside of one.
fn count_chars(part: &[u8]) -> u32 {
    part.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_counting_from_the_beginning() {
        let line = "동맹 — “alliance” 🇰🇷 a ".repeat(200);
        for text in [String::new(), "a".to_owned(), format!("{line}\n\n{line}\r\n"), line] {
            let index = LineIndex::new(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..at];
                let line = before.matches('\n').count() as u32 + 1;
                let column = before.rsplit('\n').next().unwrap_or(before).chars().count() as u32 + 1;
                assert_eq!(index.position(at as u32), (line, column), "at {at}");
            }
        }
    }
}
