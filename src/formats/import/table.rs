//! Splits a text into rows and cells.
//!
//! The csv crate is not used: separators here may have several characters, plain lists contain quotation marks that
//! do not enclose a cell (`"Hello" he said`), and an unclosed one must cost only its own row, not the rest of the
//! file.

use std::borrow::Cow;

/// Reads a text row by row.
#[derive(Clone, Debug)]
pub(super) struct RowReader<'a> {
    text: &'a str,
    separator: &'a str,
    /// The separator between rows; `None` means line ends.
    row_end: Option<Cow<'a, str>>,
    /// The number of columns; the last one takes the rest of a row. 0 means no limit.
    columns: usize,
    at: usize,
    line: u32,
}

/// The position of a row. Its cells are returned separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    /// The line in which it begins, from 1.
    pub line: u32,
    /// Byte offset of its beginning in the text.
    pub start: usize,
    /// Whether a quotation mark in it is never closed; it has no cells then.
    pub is_unclosed: bool,
}

/// The result of reading a cell in quotation marks.
enum Quoted<'a> {
    Closed(Cow<'a, str>, usize),
    /// The cell is not enclosed in quotation marks: they are part of the text.
    Literal,
    Unclosed,
}

impl<'a> RowReader<'a> {
    /// Reads the rows of `text` from the byte offset `start` on, which is in line `line` (from 1).
    pub(super) fn new(
        text: &'a str,
        (start, line): (usize, u32),
        separator: &'a str,
        row_end: Option<&'a str>,
        columns: usize,
    ) -> Self {
        let row_end = row_end.filter(|end| !end.is_empty()).map(|end| match text.contains("\r\n") {
            true if end.contains('\n') => Cow::Owned(end.replace("\r\n", "\n").replace('\n', "\r\n")),
            _ => Cow::Borrowed(end),
        });
        // An empty separator would match everywhere.
        let separator = if separator.is_empty() { "\t" } else { separator };
        Self { text, separator, row_end, columns, at: start, line }
    }

    /// Byte offset of the next row.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Reads the next row that is not empty. Its cells replace those in `cells`.
    pub(super) fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Option<RawRow> {
        cells.clear();
        while let Some(length) = self.row_end_len(self.at) {
            if length == 0 {
                return None;
            }
            self.advance(self.at + length);
        }
        let mut row = RawRow { line: self.line, start: self.at, is_unclosed: false };
        let mut at = self.at;
        loop {
            let is_last = self.columns > 0 && cells.len() + 1 == self.columns;
            let (cell, next) = match self.quoted(at) {
                Quoted::Closed(cell, next) => (cell, next),
                Quoted::Literal => self.unquoted(at, is_last),
                Quoted::Unclosed => {
                    cells.clear();
                    row.is_unclosed = true;
                    let next = self.find_row_end(at);
                    self.advance(next + self.row_end_len(next).unwrap_or(0));
                    return Some(row);
                }
            };
            cells.push(cell);
            at = next;
            match self.row_end_len(at) {
                Some(length) => {
                    self.advance(at + length);
                    return Some(row);
                }
                // A cell ends at the end of the row or before a separator, so here is a separator.
                None => at += self.separator.len(),
            }
        }
    }

    /// The length in bytes of the row separator at `at`; 0 at the end of the text; `None` if there is none.
    fn row_end_len(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
        match (rest, &self.row_end) {
            ([], _) => Some(0),
            (_, Some(end)) => rest.starts_with(end.as_bytes()).then_some(end.len()),
            ([b'\r', b'\n', ..], None) => Some(2),
            ([b'\r' | b'\n', ..], None) => Some(1),
            _ => None,
        }
    }

    fn find_row_end(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let length = match &self.row_end {
            Some(end) => rest.find(&**end),
            None => rest.bytes().position(|byte| matches!(byte, b'\n' | b'\r')),
        };
        from + length.unwrap_or(rest.len())
    }

    fn is_separator(&self, at: usize) -> bool {
        self.text.as_bytes()[at..].starts_with(self.separator.as_bytes())
    }

    /// Reads a cell without quotation marks, and returns it with its end.
    fn unquoted(&self, from: usize, is_last: bool) -> (Cow<'a, str>, usize) {
        if is_last {
            let end = self.find_row_end(from);
            let mut cell = &self.text[from..end];
            // Spreadsheets pad short rows with empty cells.
            while let Some(shorter) = cell.strip_suffix(self.separator) {
                cell = shorter;
            }
            return (Cow::Borrowed(cell), end);
        }
        let bytes = self.text.as_bytes();
        let first = self.separator.as_bytes().first().copied().unwrap_or(b'\t');
        let row_first = self.row_end.as_ref().and_then(|end| end.as_bytes().first().copied());
        let is_end = |byte: u8| match row_first {
            Some(end) => byte == end,
            None => matches!(byte, b'\n' | b'\r'),
        };
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            if (byte == first && self.is_separator(at)) || (is_end(byte) && self.row_end_len(at).is_some()) {
                break;
            }
            at += 1;
        }
        (Cow::Borrowed(&self.text[from..at]), at)
    }

    /// Reads a cell in quotation marks. If a quotation mark in it is neither doubled nor at the end of a cell, the
    /// first one does not enclose the cell but is part of the text. If that mark is in a later line, the first one
    /// was never closed, and the later one begins another cell.
    fn quoted(&self, from: usize) -> Quoted<'a> {
        let bytes = self.text.as_bytes();
        let spaces = bytes[from..].iter().take_while(|byte| **byte == b' ').count();
        let open = from + spaces;
        if bytes.get(open) != Some(&b'"') || (spaces > 0 && self.is_separator(from)) {
            return Quoted::Literal;
        }
        let mut has_doubled_quote = false;
        let mut at = open + 1;
        loop {
            let Some(found) = self.text[at..].find('"') else { return Quoted::Unclosed };
            at += found;
            if bytes.get(at + 1) == Some(&b'"') {
                has_doubled_quote = true;
                at += 2;
                continue;
            }
            let after = at + 1 + bytes[at + 1..].iter().take_while(|byte| **byte == b' ').count();
            let next = [at + 1, after]
                .into_iter()
                .find(|next| self.row_end_len(*next).is_some() || self.is_separator(*next));
            let inside = &self.text[open + 1..at];
            return match next {
                Some(next) if has_doubled_quote => {
                    Quoted::Closed(Cow::Owned(inside.replace("\"\"", "\"")), next)
                }
                Some(next) => Quoted::Closed(Cow::Borrowed(inside), next),
                None if inside.contains(['\n', '\r']) => Quoted::Unclosed,
                None => Quoted::Literal,
            };
        }
    }

    fn advance(&mut self, to: usize) {
        self.line += count_line_ends(&self.text.as_bytes()[self.at..to]);
        self.at = to;
    }
}

/// How many lines end in these bytes, with LF, CR or CRLF.
pub(super) fn count_line_ends(bytes: &[u8]) -> u32 {
    let mut before = 0;
    let mut count = 0;
    for &byte in bytes {
        count += u32::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, separator: &str, columns: usize) -> Vec<(u32, Vec<String>)> {
        let mut rows = RowReader::new(text, (0, 1), separator, None, columns);
        let (mut cells, mut all) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next(&mut cells) {
            all.push((row.line, cells.iter().map(|cell| cell.to_string()).collect()));
        }
        all
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn all_line_ends_are_read_and_counted() {
        let rows = split("a,b\r\nc,\"d\r\ne\"\rf,g\n\n\nh,i", ",", 0);
        assert_eq!(
            rows,
            [row(1, &["a", "b"]), row(2, &["c", "d\r\ne"]), row(4, &["f", "g"]), row(7, &["h", "i"])]
        );
    }

    #[test]
    fn quotation_marks_count_only_around_a_whole_cell() {
        assert_eq!(split("\"a,\"\"b\"\"\",c\n", ",", 0), [row(1, &["a,\"b\"", "c"])]);
        assert_eq!(split("\"Hello\" he said\tx\n", "\t", 0), [row(1, &["\"Hello\" he said", "x"])]);
        assert_eq!(split("a, \"b, c\" ,d", ",", 0), [row(1, &["a", "b, c", "d"])]);
        assert_eq!(split("a,\"\"\n", ",", 0), [row(1, &["a", ""])]);
    }

    #[test]
    fn an_unclosed_quotation_mark_costs_only_its_row() {
        assert_eq!(
            split("a,b\n\"c,d\ne,f\n\"g\",h\n", ",", 0),
            [row(1, &["a", "b"]), row(2, &[]), row(3, &["e", "f"]), row(4, &["g", "h"])]
        );
    }

    #[test]
    fn the_last_column_takes_the_rest() {
        assert_eq!(split("a - b - c", " - ", 2), [row(1, &["a", "b - c"])]);
        assert_eq!(split("a,b,,,\n", ",", 2), [row(1, &["a", "b"])]);
        assert_eq!(split("a,", ",", 2), [row(1, &["a", ""])]);
    }

    #[test]
    fn rows_can_have_another_separator() {
        let mut rows = RowReader::new("a,b\nc;d,e", (0, 1), ",", Some(";"), 0);
        let mut cells = Vec::new();
        assert!(rows.next(&mut cells).is_some());
        assert_eq!(cells, ["a", "b\nc"]);
        assert_eq!(rows.next(&mut cells).map(|row| row.line), Some(2));
        assert_eq!(cells, ["d", "e"]);
    }
}
