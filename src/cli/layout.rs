//! Text for a terminal: its width, its line breaks, and characters that must not be printed.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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

/// Breaks a text between words into lines of at most `columns`; a longer word is broken anywhere.
/// Afterwards no-break spaces become ordinary ones, so that a search in the output finds them.
/// There is at least one line, which may be empty.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    // Not `split_whitespace`, which would split at no-break spaces.
    for word in safe_text(text).split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if width(&line) + c.width().unwrap_or(0) > columns {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines.into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// Pads a text with spaces to `columns`; a longer text is truncated and ends in "…".
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = safe_text(text);
    if width(&fitted) > columns {
        while width(&fitted) + 1 > columns && fitted.pop().is_some() {}
        fitted.push('…');
    }
    let missing = columns.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
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
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(wrap("a\u{1b}[2Jb", 80), ["a\u{fffd}[2Jb"]);
    }
}
