//! Guessing what stands between the cells.

use std::borrow::Cow;
use std::collections::HashMap;

use super::table::RowReader;

/// In the order of preference: what hardly ever stands inside a text comes first.
const CANDIDATES: [&str; 9] = ["\t", ";", "|", ",", " - ", " – ", " — ", " = ", ": "];
/// So many rows are looked at.
const SAMPLE_ROWS: usize = 200;
/// Rows that must have the usual number of cells, in percent.
const MIN_PERCENT: usize = 50;

/// Rows of the same number of cells that make a table of them, in percent.
const STEADY_PERCENT: usize = 80;

/// How a text looks when it is cut at a separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SplitStats {
    /// Cells that most rows have.
    pub usual_cells: usize,
    /// The most cells that a row has.
    pub max_cells: usize,
    /// Rows with the usual number, in percent.
    pub usual_percent: usize,
}

/// Cuts the first rows.
pub(super) fn split_stats(text: &str, separator: &str, row_end: Option<&str>) -> SplitStats {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut rows = RowReader::new(text, (0, 1), separator, row_end, 0);
    let mut cells = Vec::new();
    let mut total = 0;
    while total < SAMPLE_ROWS && rows.next(&mut cells).is_some() {
        total += 1;
        // A mark that quotes nothing stands where this separator cuts a quoted cell in two.
        let is_torn = cells.iter().any(|cell| matches!(cell, Cow::Borrowed(cell) if cell.starts_with('"')));
        *counts.entry(if is_torn { 1 } else { cells.len() }).or_default() += 1;
    }
    let usual = counts.iter().max_by_key(|(cells, count)| (**count, **cells)).map_or(1, |(cells, _)| *cells);
    let share = counts.get(&usual).map_or(0, |count| count * 100 / total.max(1));
    let most = counts.keys().copied().max().unwrap_or(1);
    if separator == "\t" || share >= STEADY_PERCENT {
        return SplitStats { usual_cells: usual, max_cells: most, usual_percent: share };
    }
    // Words around a dash: the first one parts them, others belong to the answer. A comma in a sentence says less.
    let parted: usize = counts.iter().filter(|(cells, _)| **cells > 1).map(|(_, count)| *count).sum();
    let share = if separator.len() > 1 { parted * 100 / total.max(1) } else { share };
    SplitStats { usual_cells: most.min(2), max_cells: most, usual_percent: share }
}

/// The likely separator; a tab where nothing parts the lines.
pub(super) fn guess(text: &str, extension: &str) -> &'static str {
    let mut best = ("\t", 0);
    for separator in CANDIDATES {
        let cut = split_stats(text, separator, None);
        let mut share = if cut.usual_cells < 2 { 0 } else { cut.usual_percent };
        // A tab is typed on purpose, and the name of a file says something.
        let is_named = matches!((extension, separator), ("csv", "," | ";") | ("tsv" | "tab", "\t"));
        if share >= MIN_PERCENT && (separator == "\t" || is_named) {
            share += 20;
        }
        if share >= MIN_PERCENT && share > best.1 {
            best = (separator, share);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_separators_are_guessed() {
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
