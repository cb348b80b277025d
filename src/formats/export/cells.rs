//! Writing rows and cells of CSV.

use std::borrow::Cow;

/// Appends one CSV row: comma separators, CRLF at the end, quotation marks only where a cell needs them.
pub(super) fn push_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let is_plain = !cell.contains(['"', ',', '\n', '\r']) && cell.trim() == cell;
        if is_plain {
            out.push_str(cell);
        } else {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push_str("\r\n");
}

/// Prefixes a cell with an apostrophe if a spreadsheet would read it as a formula.
///
/// Decks are shared between people, and a formula in a deck's text must not be able to compute or fetch anything
/// on the computer of the person who opens the export (CSV injection).
pub(super) fn escape_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
