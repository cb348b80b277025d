//! Text for a terminal: its width, its line breaks, and characters that must not be printed.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width of a text in columns; a Hangul syllable takes two.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Replaces a character that is not safe to print. Decks come from anywhere: an escape sequence could rewrite the
/// screen, and a change of the writing direction could hide text. Tabs and line ends become spaces.
pub fn safe(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// The text with every unsafe character replaced, on one line.
pub fn safe_text(text: &str) -> String {
    text.chars().map(safe).collect()
}

/// Most characters of a line for each of its columns. No text for people comes near it; without it, characters that
/// take no room would make lines without end.
const MAX_CHARS_PER_COLUMN: usize = 32;

/// The parts of a text that stay together in a line: letters with their marks, emoji of several characters. A part with
/// a great many marks is cut, because it may be longer than any line.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true).flat_map(|cluster| {
        let mut rest = cluster;
        std::iter::from_fn(move || {
            let end = rest.char_indices().nth(MAX_CHARS_PER_COLUMN).map_or(rest.len(), |(end, _)| end);
            let part;
            (part, rest) = rest.split_at(end);
            (!part.is_empty()).then_some(part)
        })
    })
}

/// A line that is being filled.
#[derive(Default)]
struct Line {
    text: String,
    columns: usize,
    chars: usize,
}

impl Line {
    /// Adds a part of the text, if it fits into a line of `columns`. Returns whether it did.
    fn push(&mut self, part: &str, columns: usize) -> bool {
        let (part_columns, part_chars) = (width(part), part.chars().count());
        let fits = self.columns + part_columns <= columns
            && self.chars + part_chars <= columns.saturating_mul(MAX_CHARS_PER_COLUMN);
        if fits {
            self.text.push_str(part);
            self.columns += part_columns;
            self.chars += part_chars;
        }
        fits
    }
}

/// Breaks a text between words into lines of at most `columns`; a longer word is broken anywhere.
/// Afterwards no-break spaces become ordinary ones, so that a search in the output finds them.
/// There is at least one line, which may be empty.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = Line::default();
    // Not `split_whitespace`, which would split at no-break spaces.
    for word in safe_text(text).split(' ').filter(|word| !word.is_empty()) {
        if !line.text.is_empty() && (line.columns + 1 + width(word) > columns || !line.push(" ", columns)) {
            lines.push(std::mem::take(&mut line).text);
        }
        for part in clusters(word) {
            if !line.push(part, columns) {
                lines.push(std::mem::take(&mut line).text);
                line.push(part, columns);
            }
        }
    }
    if !line.text.is_empty() || lines.is_empty() {
        lines.push(line.text);
    }
    lines.into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// Pads a text with spaces to `columns`; a longer text is truncated and ends in "…".
pub fn fit(text: &str, columns: usize) -> String {
    let text = safe_text(text);
    let mut line = Line::default();
    if !clusters(&text).all(|part| line.push(part, columns)) {
        line = Line::default();
        let _ = clusters(&text).all(|part| line.push(part, columns.saturating_sub(1)));
        line.push("…", columns);
    }
    let missing = columns.saturating_sub(line.columns);
    line.text.extend(std::iter::repeat_n(' ', missing));
    line.text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_long_ones_are_cut() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn hangul_takes_two_columns() {
        assert_eq!(wrap("한미 동맹", 5), ["한미", "동맹"]);
        assert_eq!(fit("한미동맹", 5), "한미…");
        assert_eq!(fit("한미", 6), "한미  ");
    }

    #[test]
    fn letters_stay_with_their_marks_and_emoji_whole() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(wrap(&family.repeat(3), 4), [family.repeat(2), family.to_owned()]);
        assert_eq!(fit(&family.repeat(3), 4), format!("{family}… "));
        assert_eq!(fit("ne\u{301}e", 2), "n…");
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn characters_without_width_fill_lines_too_and_none_is_lost() {
        let marks = ["\u{301}", "\u{200b}", "😀\u{200d}", "\u{feff}", "e\u{301}\u{301}", "각\u{11a8}"];
        for text in marks.map(|marks| marks.repeat(20_000)) {
            let lines = wrap(&text, 40);
            assert!(lines.len() > 10, "{} lines", lines.len());
            assert!(lines.iter().all(|line| width(line) <= 40 && line.chars().count() <= 40 * 32));
            assert_eq!(lines.concat(), text);
            let cell = fit(&text, 40);
            assert!(width(&cell) <= 40 && cell.chars().count() <= 40 * 33 && cell.trim_end().ends_with('…'));
        }
    }

    #[test]
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(wrap("a\u{1b}[2Jb", 80), ["a\u{fffd}[2Jb"]);
    }
}
