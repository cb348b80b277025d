//! Escaping plain text for Markdown.

/// Whether a text means the same read as HTML, as Markdown and as plain text. True of most cells, which then need no
/// conversion.
pub(super) fn is_plain(text: &str) -> bool {
    let mut previous = b' ';
    let has_no_special = text.bytes().all(|byte| {
        let is_special =
            matches!(byte, b'<' | b'&' | b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'\t' | b'\n' | b'\r');
        let is_doubled = byte == b' ' && previous == b' ';
        previous = byte;
        !is_special && !is_doubled
    });
    // Other special characters matter only at the start of a line, and the first character is a letter. A no-break
    // space has to be replaced, so it goes through the full conversion.
    has_no_special
        && !text.contains('\u{a0}')
        && text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first >= 0x80)
}

/// Appends a word (without white space), escaped for Markdown. If `starts_line` is set, characters that begin a
/// block, such as a list item or a heading, are escaped as well.
pub(super) fn push_word(out: &mut String, word: &str, starts_line: bool) {
    let mut unescaped = word;
    if starts_line {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        match word.as_bytes().get(digits) {
            Some(b'.' | b')') if digits > 0 => {
                out.push_str(&word[..digits]);
                out.push('\\');
                out.push_str(&word[digits..=digits]);
                unescaped = &word[digits + 1..];
            }
            Some(b'#' | b'+' | b'-' | b'>' | b'=' | b'~') if digits == 0 => {
                out.push('\\');
                out.push_str(&word[..1]);
                unescaped = &word[1..];
            }
            _ => {}
        }
    }
    let mut previous = out.chars().next_back().filter(|_| unescaped.len() < word.len());
    let mut rest = unescaped.chars().peekable();
    while let Some(c) = rest.next() {
        let between_letters = |next: Option<&char>| {
            previous.is_some_and(char::is_alphanumeric) && next.is_some_and(|next| next.is_alphanumeric())
        };
        let is_mark = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' => true,
            '_' => !between_letters(rest.peek()),
            '&' => rest.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        previous = Some(c);
    }
}
