//! Renders a diagnostic with the line of the file it points to, and carets below that.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::layout::{safe, safe_text, width};
use crate::domain::diagnostic::Diagnostic;

/// The spaces that replace a tab.
const TAB: &str = "    ";
/// At least this many columns of a long line are shown before the carets.
const MIN_COLUMNS_BEFORE: usize = 24;
/// No more columns are filled, however wide the terminal is.
const MAX_COLUMNS: usize = 1_000;
/// More bytes of a line, on either side, than fit into these columns.
const NEAR_BYTES: usize = 8 * MAX_COLUMNS;

/// Renders the diagnostic: position and message, the line with carets, the help, and the related position. Without
/// `text` the line is left out.
pub fn render(path: &str, text: Option<&str>, diagnostic: &Diagnostic, columns: usize) -> String {
    let number = diagnostic.line.to_string();
    let margin = " ".repeat(number.len());
    let path = safe_text(path);
    let mut out = format!(
        "{path}:{}:{}: {}: {} [{}]\n",
        diagnostic.line,
        diagnostic.column,
        diagnostic.severity.name(),
        safe_text(&diagnostic.message),
        diagnostic.code
    );
    if let Some((line, carets)) =
        text.and_then(|text| line_with_carets(text, diagnostic.span.clone(), columns))
    {
        out.push_str(&format!("{margin} |\n{number} | {line}\n{margin} | {carets}\n"));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&format!("{margin} = help: {}\n", safe_text(help)));
    }
    if let Some((line, message)) = &diagnostic.related {
        out.push_str(&format!("{margin} = {path}:{line}: {}\n", safe_text(message)));
    }
    out
}

/// Line and column of a byte offset, both from 1, the column in characters. `known` is those of another offset before
/// it. An offset that is not at a character boundary gives the end of the text.
pub fn line_and_column(text: &str, known: (usize, u32, u32), at: usize) -> (u32, u32) {
    let (from, line, column) = known;
    let between = text.get(from..at).or_else(|| text.get(from..)).unwrap_or_default();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match between.rsplit_once('\n') {
        Some((lines, last)) => {
            (line.saturating_add(count(lines.matches('\n').count() + 1)), count(last.chars().count() + 1))
        }
        None => (line, column.saturating_add(count(between.chars().count()))),
    }
}

/// The line in which a span begins, shortened to `columns`, and the carets below it. The carets of a span of several
/// lines end with the first line. `None` when the span is outside of the text or not at character boundaries.
fn line_with_carets(text: &str, span: Range<usize>, columns: usize) -> Option<(String, String)> {
    let columns = columns.saturating_sub(12).clamp(40, MAX_COLUMNS);
    // A deck may be one line of many megabytes with an error in each question, so only what is near is looked at.
    let near = text.floor_char_boundary(span.start.saturating_sub(NEAR_BYTES))
        ..text.floor_char_boundary(span.start.saturating_add(NEAR_BYTES));
    let newline = text.get(near.start..span.start)?.rfind('\n');
    let start = newline.map_or(near.start, |newline| near.start + newline + 1);
    let is_begun = newline.is_none() && near.start > 0;
    let line = text[start..near.end].split('\n').next()?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    let from = (span.start - start).min(line.len());
    let to = (span.end.max(span.start) - start).min(line.len());
    let (left, middle, right) = (line.get(..from)?, line.get(from..to)?, line.get(to..)?);
    let (left, middle, right) = (printable(left), printable(middle), printable(right));
    // The beginning of a long line is cut off before the part that the span marks.
    let needed = width(&middle).max(1) + "…".width();
    let most_left = columns.saturating_sub(needed).clamp(MIN_COLUMNS_BEFORE, columns);
    let is_cut = is_begun || width(&left) > most_left;
    let left = if is_cut { format!("…{}", tail(&left, most_left - 1)) } else { left };
    let carets = width(&middle).clamp(1, columns.saturating_sub(width(&left)).max(1));
    let line = format!("{left}{middle}{right}");
    let line = if width(&line) > columns { format!("{}…", head(&line, columns - 1)) } else { line };
    Some((line.trim_end().to_owned(), format!("{}{}", " ".repeat(width(&left)), "^".repeat(carets))))
}

/// The text with tabs expanded and unsafe characters replaced.
fn printable(text: &str) -> String {
    text.split('\t').map(|part| part.chars().map(safe).collect::<String>()).collect::<Vec<_>>().join(TAB)
}

/// The longest beginning of the text that fits into `columns`.
fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The longest end of the text that fits into `columns`.
fn tail(text: &str, columns: usize) -> &str {
    let mut remaining = width(text);
    let start = text.char_indices().find(|(_, c)| {
        let fits = remaining <= columns;
        remaining -= c.width().unwrap_or(0).min(remaining);
        fits
    });
    &text[start.map_or(text.len(), |(at, _)| at)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carets(text: &str, part: &str) -> (String, String) {
        let at = text.find(part).expect("it is there");
        line_with_carets(text, at..at + part.len(), 80).expect("a line")
    }

    #[test]
    fn carets_are_below_the_span_they_mark() {
        assert_eq!(carets("a\n\tid: 3,\r\nb", "3"), ("    id: 3,".into(), "        ^".into()));
        assert_eq!(carets("(\"한미\" 동맹)", "동맹"), ("(\"한미\" 동맹)".into(), "        ^^^^".into()));
        assert_eq!(line_with_carets("ab", 2..2, 80), Some(("ab".into(), "  ^".into())));
        assert_eq!(line_with_carets("ab\ncd", 1..4, 80), Some(("ab".into(), " ^".into())));
        assert_eq!(line_with_carets("한", 1..2, 80), None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_marked_span() {
        let text = format!("{}HERE{}", "x".repeat(500), "y".repeat(500));
        let (line, below) = carets(&text, "HERE");
        assert!(width(&line) <= 80 && line.starts_with('…') && line.ends_with('…'), "{line}");
        let at = below.find('^').expect("carets");
        assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "HERE");
        let (line, below) = line_with_carets(&"z".repeat(1000), 3..900, 80).expect("a line");
        assert!(width(&line) <= 80 && width(&below) <= 80);
    }

    #[test]
    fn of_a_line_of_megabytes_only_what_is_near_is_shown() {
        let text = format!("{}HERE{}", "x\u{301}".repeat(1 << 20), "y".repeat(1 << 20));
        let (line, below) = carets(&text, "HERE");
        assert!(width(&line) <= 80 && line.starts_with('…') && line.ends_with('…'), "{line}");
        assert_eq!(below.trim_start(), "^^^^");
    }

    #[test]
    fn columns_count_characters() {
        let text = "한미\n동맹\n";
        assert_eq!(line_and_column(text, (0, 1, 1), "한미\n동".len()), (2, 2));
        assert_eq!(line_and_column(text, (3, 1, 2), "한미".len()), (1, 3));
        assert_eq!(line_and_column(text, (3, 1, 2), text.len()), (3, 1));
        assert_eq!(line_and_column(text, (0, 1, 1), 1), (3, 1), "inside of a character");
    }
}
