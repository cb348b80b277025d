//! Guesses the separator between cells.

use std::borrow::Cow;
use std::collections::HashMap;

use super::table::RowReader;

/// In order of preference: separators that rarely occur inside a text come first.
const CANDIDATES: [&str; 9] = ["\t", ";", "|", ",", " - ", " – ", " — ", " = ", ": "];
/// How many rows are examined.
const SAMPLE_ROWS: usize = 200;
/// A candidate counts only if at least this percentage of rows has the usual number of cells.
const MIN_PERCENT: usize = 50;

/// From this percentage of rows with the same number of cells on, that number is taken as the number of columns.
const STEADY_PERCENT: usize = 80;

/// Statistics of a text split at a separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SplitStats {
    /// The most frequent number of cells in a row.
    pub usual_cells: usize,
    /// The largest number of cells in a row.
    pub max_cells: usize,
    /// Rows with the usual number of cells, in percent.
    pub usual_percent: usize,
}

/// Splits the first rows of a text and counts their cells.
pub(super) fn split_stats(text: &str, separator: &str, row_end: Option<&str>) -> SplitStats {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut rows = RowReader::new(text, (0, 1), separator, row_end, 0);
    let mut cells = Vec::new();
    let mut total = 0;
    while total < SAMPLE_ROWS && rows.next(&mut cells).is_some() {
        total += 1;
        // A cell that begins with a quotation mark but is not quoted: this separator splits a quoted cell.
        let splits_quoted_cell =
            cells.iter().any(|cell| matches!(cell, Cow::Borrowed(cell) if cell.starts_with('"')));
        *counts.entry(if splits_quoted_cell { 1 } else { cells.len() }).or_default() += 1;
    }
    let usual_cells =
        counts.iter().max_by_key(|(cells, count)| (**count, **cells)).map_or(1, |(cells, _)| *cells);
    let usual_percent = counts.get(&usual_cells).map_or(0, |count| count * 100 / total.max(1));
    let max_cells = counts.keys().copied().max().unwrap_or(1);
    if separator == "\t" || usual_percent >= STEADY_PERCENT {
        return SplitStats { usual_cells, max_cells, usual_percent };
    }
    // With a separator like ` - `, the first one in a line separates prompt and answer, and others belong to the
    // answer, so every line with one counts. A comma in a sentence is weaker evidence.
    let split_rows: usize = counts.iter().filter(|(cells, _)| **cells > 1).map(|(_, count)| *count).sum();
    let usual_percent = if separator.len() > 1 { split_rows * 100 / total.max(1) } else { usual_percent };
    SplitStats { usual_cells: max_cells.min(2), max_cells, usual_percent }
}

/// The most likely separator; a tab if none splits the lines.
pub(super) fn guess(text: &str, extension: &str) -> &'static str {
    let mut best = ("\t", 0);
    for separator in CANDIDATES {
        let stats = split_stats(text, separator, None);
        let mut usual_percent = if stats.usual_cells < 2 { 0 } else { stats.usual_percent };
        // A tab in a text is there on purpose, and a file's extension is a hint.
        let is_named = matches!((extension, separator), ("csv", "," | ";") | ("tsv" | "tab", "\t"));
        if usual_percent >= MIN_PERCENT && (separator == "\t" || is_named) {
            usual_percent += 20;
        }
        if usual_percent >= MIN_PERCENT && usual_percent > best.1 {
            best = (separator, usual_percent);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_separators_are_guessed() {
        for (text, separator) in [
            ("a\tb, c\nd\te, f\n", "\t"),
            ("a,b\nc,d\n", ","),
            ("a;1,5\nb;2,5\n", ";"),
            ("a|b\nc|d\n", "|"),
            ("a, or b - c\nd - e, f - g\nh - i\nj\n", " - "),
            ("\"a;b\",c\n\"d;e\",f\n", ","),
            ("one\ntwo\nthree\n", "\t"),
        ] {
            assert_eq!(guess(text, "txt"), separator, "{text:?}");
        }
    }
}
