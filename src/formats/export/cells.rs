//! Cells and rows of CSV.

use std::borrow::Cow;

/// Adds a row: commas, CRLF, quotation marks where they are needed.
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

/// Text from a deck, for a cell that a spreadsheet opens: where it would be taken for a formula, an apostrophe
/// before it says that it is text. Decks are shared, and a cell must not choose what is computed or fetched.
pub(super) fn escape_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
