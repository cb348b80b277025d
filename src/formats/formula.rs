//! Cells of tables that a spreadsheet would run as formulas.
//!
//! Decks are shared between people, and a formula in a deck's text must not compute or fetch anything on the computer of
//! the person who opens an exported table. As OWASP advises against CSV injection, such a cell gets an apostrophe before
//! it. What an import takes back is exactly what was written, whatever the text.

use std::borrow::Cow;

use crate::domain::grade::is_blank;

/// Signs that begin a formula; those of full width do in Japanese spreadsheets.
const BEGINNINGS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text as a cell that no spreadsheet runs.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell made by [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_formula(cell)).unwrap_or(cell)
}

/// Whether a spreadsheet might run the cell, were it not for the apostrophes that it begins with. They make no
/// difference, so that a text that begins with some gets one more, and loses only that one.
fn is_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    let visible = text.trim_start_matches(|c| is_blank(c) || c == '\'');
    text.starts_with(['\t', '\r', '\n']) || (visible.starts_with(BEGINNINGS) && !is_number(visible))
}

/// Whether it is nothing but a number, such as -5 or +2.5, which does no harm and is to be counted with.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_and_every_text_comes_back() {
        for formula in
            ["=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1", "-- x", "-", "- a list", "-5 °C", "+49 30 1", "-1.2.3"]
        {
            for before in
                ["", " ", "\n", "\t", "\r\n", "\u{feff}", "\u{200b}", "\u{a0}\u{202e}", "'", "''", " ' "]
            {
                let text = format!("{before}{formula}");
                let cell = guarded(&text);
                assert_eq!(cell.strip_prefix('\''), Some(&*text), "{text:?}");
                assert_eq!(unguarded(&cell), text);
            }
        }
        for text in ["", "'", "''", "' '", "'tis", "a = b", "1-1", "-5", "+5", "-2.5", "-0,5", "'-5", "’=1"]
        {
            assert_eq!((guarded(text), unguarded(text)), (text.into(), text));
        }
    }
}
