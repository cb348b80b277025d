//! A fault shown in its line of the file, with carets below it.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::layout::{safe, safe_text, width};
use crate::domain::diagnostic::Diagnostic;

/// A tab in a source line is shown as so many spaces.
const TAB: &str = "    ";
/// So much of a long line stands before the carets at least.
const MIN_COLUMNS_BEFORE: usize = 24;

/// The fault with its place, its line, what to do and what has to do with it.
pub fn render(path: &str, text: Option<&str>, fault: &Diagnostic, columns: usize) -> String {
    let number = fault.line.to_string();
    let margin = " ".repeat(number.len());
    let path = safe_text(path);
    let mut out = format!(
        "{path}:{}:{}: {}: {} [{}]\n",
        fault.line,
        fault.column,
        fault.severity.name(),
        safe_text(&fault.message),
        fault.code
    );
    if let Some((line, carets)) = text.and_then(|text| line_with_carets(text, fault.span.clone(), columns)) {
        out.push_str(&format!("{margin} |\n{number} | {line}\n{margin} | {carets}\n"));
    }
    if let Some(help) = &fault.help {
        out.push_str(&format!("{margin} = help: {}\n", safe_text(help)));
    }
    if let Some((line, what)) = &fault.related {
        out.push_str(&format!("{margin} = {path}:{line}: {}\n", safe_text(what)));
    }
    out
}

/// Byte offset to line and column, both from 1, the column in characters.
pub fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// The line that a span begins on, fit for a terminal, and the carets below it; `None` for a place
/// that the text does not have. What goes over the line's end is marked to that end.
fn line_with_carets(text: &str, span: Range<usize>, columns: usize) -> Option<(String, String)> {
    let before = text.get(..span.start)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next()?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    let from = (span.start - start).min(line.len());
    let to = (span.end.max(span.start) - start).min(line.len());
    let (left, middle, right) = (line.get(..from)?, line.get(from..to)?, line.get(to..)?);
    let (left, middle, right) = (printable(left), printable(middle), printable(right));
    let columns = columns.saturating_sub(12).max(40);
    // The beginning of a long line gives way before the part that matters does.
    let needed = width(&middle).max(1) + "…".width();
    let most_left = columns.saturating_sub(needed).clamp(MIN_COLUMNS_BEFORE, columns);
    let left = if width(&left) > most_left { format!("…{}", tail(&left, most_left - 1)) } else { left };
    let carets = width(&middle).clamp(1, columns.saturating_sub(width(&left)).max(1));
    let line = format!("{left}{middle}{right}");
    let line = if width(&line) > columns { format!("{}…", head(&line, columns - 1)) } else { line };
    Some((line.trim_end().to_owned(), format!("{}{}", " ".repeat(width(&left)), "^".repeat(carets))))
}

fn printable(text: &str) -> String {
    text.split('\t').map(|part| part.chars().map(safe).collect::<String>()).collect::<Vec<_>>().join(TAB)
}

fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

fn tail(text: &str, columns: usize) -> &str {
    let mut left = width(text);
    let start = text.char_indices().find(|(_, c)| {
        let fits = left <= columns;
        left -= c.width().unwrap_or(0).min(left);
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
    fn carets_stand_below_what_they_mark() {
        assert_eq!(carets("a\n\tid: 3,\r\nb", "3"), ("    id: 3,".into(), "        ^".into()));
        assert_eq!(carets("(\"한미\" 동맹)", "동맹"), ("(\"한미\" 동맹)".into(), "        ^^^^".into()));
        assert_eq!(line_with_carets("ab", 2..2, 80), Some(("ab".into(), "  ^".into())));
        assert_eq!(line_with_carets("ab\ncd", 1..4, 80), Some(("ab".into(), " ^".into())));
        assert_eq!(line_with_carets("한", 1..2, 80), None);
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_marked() {
        let text = format!("{}HERE{}", "x".repeat(500), "y".repeat(500));
        let (line, below) = carets(&text, "HERE");
        assert!(width(&line) <= 80 && line.starts_with('…') && line.ends_with('…'), "{line}");
        let at = below.find('^').expect("carets");
        assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "HERE");
        let (line, below) = line_with_carets(&"z".repeat(1000), 3..900, 80).expect("a line");
        assert!(width(&line) <= 80 && width(&below) <= 80);
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(line_and_column("한미\n동맹", "한미\n동".len()), (2, 2));
    }
}
