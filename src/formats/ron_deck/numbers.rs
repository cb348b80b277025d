//! Numbers in the notation of ron 0.12, and common mistakes in writing them.

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::lexer::{Lexer, Token, is_word_char};
use super::tree::{Span, excerpt};

/// Type suffixes of Rust. They have no meaning here, but ron allows them.
const SUFFIXES: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64"];

impl<'a> Lexer<'a> {
    /// Reads a token that begins with a digit, a sign or a point.
    pub(super) fn number(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let end = self.number_end(start);
        let written = &self.text[start..end];
        self.at = end;
        if let Some(value) = parse(written) {
            return Token::Number(value);
        }
        if !written.bytes().any(|b| b.is_ascii_digit()) && !written.ends_with(|c: char| c.is_alphabetic()) {
            // Only signs or points, such as a list marker or a dash.
            self.at = start + 1;
            return Token::Unexpected(char::from(self.byte(start)));
        }
        let span = Span::new(start, end);
        let (help, fix) = if looks_like_date(written) {
            let fix = ("Put the date in quotation marks", format!("\"{written}\""));
            ("write a date in quotes: \"2023-04-26\"", Some(fix))
        } else {
            ("a number is written like 1953, -2.5 or 10_000; anything else needs quotes", None)
        };
        let message = format!("{} is not a number", excerpt(written));
        sink.push(DiagnosticBuilder::error("bad-number", span, message, help).fix_if_certain(span, fix));
        Token::Invalid
    }

    fn number_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        let mut previous = '\0';
        for (at, c) in rest.char_indices() {
            let sign = matches!(c, '+' | '-');
            let exponent = matches!(previous, 'e' | 'E') && !rest.starts_with("0x");
            // Read 2023-04-26 without quotes as one token, so that it is one mistake and not three numbers.
            let in_date = c == '-'
                && previous.is_ascii_digit()
                && rest[at + 1..].starts_with(|next: char| next.is_ascii_digit());
            let belongs = is_word_char(c) || c == '.' || in_date || (sign && (at == 0 || exponent));
            if !belongs {
                return start + at;
            }
            previous = c;
        }
        self.text.len()
    }
}

fn looks_like_date(written: &str) -> bool {
    written.bytes().filter(|b| matches!(b, b'-' | b'.')).count() == 2
}

/// The value of a number; `None` if it is malformed.
fn parse(written: &str) -> Option<f64> {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, written.strip_prefix('+').unwrap_or(written)),
    };
    if matches!(digits, "inf" | "inff32" | "inff64") {
        return Some(sign * f64::INFINITY);
    }
    if matches!(digits, "NaN" | "NaNf32" | "NaNf64") {
        return Some(f64::NAN);
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let bare = SUFFIXES
        .iter()
        .filter(|suffix| !(suffix.starts_with('f') && digits.starts_with("0x")))
        .find_map(|suffix| digits.strip_suffix(suffix))
        .unwrap_or(digits);
    let plain = bare.replace('_', "");
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((prefix, radix)) = radix.into_iter().find(|(prefix, _)| plain.starts_with(prefix)) {
        let digits = &plain[prefix.len()..];
        // `from_str_radix` would accept a second sign.
        let is_valid = digits.bytes().all(|b| b.is_ascii_alphanumeric());
        return u128::from_str_radix(digits, radix)
            .ok()
            .filter(|_| is_valid)
            .map(|value| sign * value as f64);
    }
    // `parse` also accepts "infinity", but that does not begin with a digit or a point.
    plain.parse::<f64>().ok().map(|value| sign * value)
}
