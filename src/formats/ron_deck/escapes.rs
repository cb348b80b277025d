//! Escapes in texts: `\n`, `\u{AC00}`, `\xEA\xB0\x80` and line continuations, with the meaning that ron 0.12 gives
//! them.

use std::borrow::Cow;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::tree::Span;

/// Decodes `text[from..to]`, and reports invalid escapes. Borrowed if it contains no backslash.
pub(super) fn unescape<'a>(
    text: &'a str,
    from: usize,
    to: usize,
    sink: &mut DiagnosticSink<'_>,
) -> Cow<'a, str> {
    let raw = &text[from..to];
    let Some(first) = raw.find('\\') else { return Cow::Borrowed(raw) };
    let mut decoded = String::with_capacity(raw.len());
    decoded.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(escape) = rest.strip_prefix('\\') {
        let after = match unescape_one(escape) {
            Some((c, after)) => {
                decoded.extend(c);
                after
            }
            None => {
                let at = to - rest.len();
                let end = at + 1 + escape.chars().next().map_or(0, char::len_utf8);
                let message = format!("{} means nothing inside a text", &text[at..end]);
                let help = "for a backslash write \\\\; or put r before the opening quotation mark";
                let diagnostic = DiagnosticBuilder::error("bad-escape", Span::new(at, end), message, help);
                sink.push(diagnostic.fix("Write \\\\ for the backslash", Span::new(at, at + 1), "\\\\"));
                escape
            }
        };
        let next = after.find('\\').unwrap_or(after.len());
        decoded.push_str(&after[..next]);
        rest = &after[next..];
    }
    Cow::Owned(decoded)
}

/// Decodes one escape, given the text after its backslash. Returns its character (`None` for a line continuation) and
/// the rest of the text; `None` if the escape is invalid.
fn unescape_one(escape: &str) -> Option<(Option<char>, &str)> {
    let mut chars = escape.chars();
    let c = match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        c @ ('\'' | '"' | '\\') => c,
        'x' => return byte_escapes(escape),
        'u' => return unicode_escape(chars.as_str()),
        '\n' => return Some((None, skip_continuation(chars.as_str()))),
        '\r' => {
            let rest = chars.as_str().strip_prefix('\n')?;
            return Some((None, skip_continuation(rest)));
        }
        _ => return None,
    };
    Some((Some(c), chars.as_str()))
}

/// Skips the white space at the beginning of the next line, which is only layout.
fn skip_continuation(rest: &str) -> &str {
    rest.trim_start_matches([' ', '\t', '\n', '\r'])
}

/// `{…}` after `\u`, with one to six hexadecimal digits.
fn unicode_escape(rest: &str) -> Option<(Option<char>, &str)> {
    let (digits, rest) = rest.strip_prefix('{')?.split_once('}')?;
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((Some(c), rest))
}

/// `xEA\xB0\x80`: one to four bytes that are one character in UTF-8.
fn byte_escapes(escape: &str) -> Option<(Option<char>, &str)> {
    let mut bytes = [0; 4];
    let mut rest = escape;
    for len in 1..=4 {
        let digits = rest.strip_prefix('x')?.get(..2)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        bytes[len - 1] = u8::from_str_radix(digits, 16).ok()?;
        rest = &rest[3..];
        if let Some(c) = str::from_utf8(&bytes[..len]).ok().and_then(|text| text.chars().next()) {
            return Some((Some(c), rest));
        }
        rest = rest.strip_prefix('\\')?;
    }
    None
}
