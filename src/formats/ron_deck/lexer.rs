//! Splits text into tokens. A malformed token is reported here and passed on as the token that was probably meant, so
//! that the parser can continue.

use std::borrow::Cow;
use std::cell::Cell;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::tree::Span;

/// A kind of bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub fn opening(self) -> char {
        match self {
            Bracket::Round => '(',
            Bracket::Square => '[',
            Bracket::Curly => '{',
        }
    }

    pub fn closing(self) -> char {
        match self {
            Bracket::Round => ')',
            Bracket::Square => ']',
            Bracket::Curly => '}',
        }
    }
}

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    Equals,
    Text(Cow<'a, str>),
    Number(f64),
    Char(char),
    Name(&'a str),
    /// A malformed value that was reported.
    Invalid,
    /// A character that begins no token.
    Unexpected(char),
    End,
}

/// Reads tokens from a text.
pub(super) struct Lexer<'a> {
    pub text: &'a str,
    /// Byte offset where the next token is searched.
    pub at: usize,
    /// How many bytes may still be scanned without result. It bounds the time for a text made to be slow, such as one
    /// with very many unclosed quotation marks.
    pub scan_budget: usize,
    /// The same budget for comments, which are also skipped by methods that only look ahead.
    comment_scan_budget: Cell<usize>,
    /// A part of the text without a line feed, up to the end of its line. In a deck that is written in one line, every
    /// text would look for that end again.
    line: Cell<(usize, usize)>,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        let scan_budget = text.len().saturating_mul(4);
        Self { text, at: 0, scan_budget, comment_scan_budget: Cell::new(scan_budget), line: Cell::default() }
    }

    /// The byte at `at`; 0 at the end of the text. No token begins with a 0 byte, so this is not ambiguous.
    pub fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The text from `at` on; empty at the end.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }

    /// Reads one token. At the end of the text, it returns [`Token::End`] every time.
    pub fn next(&mut self, sink: &mut DiagnosticSink<'_>) -> (Token<'a>, Span) {
        let (mut start, mut unclosed) = self.skip_space(self.at);
        while self.is_hash_comment(start) {
            let end = self.line_end(start);
            let message = "a comment does not begin with #";
            let help = "write // before a comment";
            let diagnostic = DiagnosticBuilder::error("odd-comment", Span::new(start, end), message, help);
            let sign = Span::new(start, start + 1);
            sink.push(diagnostic.fix("Begin the comment with //", sign, "//"));
            (start, unclosed) = self.skip_space(end);
        }
        if let Some(comment) = unclosed {
            let message = "the comment that begins here with /* never ends";
            let help = "write */ where the comment ends";
            sink.error("unclosed-comment", Span::new(comment, comment + 2), message, help);
        }
        self.at = start;
        let token = self.token(start, sink);
        debug_assert!(self.at > start || token == Token::End, "every token takes at least a byte");
        (token, Span::new(start, self.at))
    }

    /// Whether a comment `# like this` begins here, on a line of its own. `#!` begins an attribute instead.
    fn is_hash_comment(&self, start: usize) -> bool {
        let begins_line = self.text[..start].trim_end_matches([' ', '\t']).ends_with('\n');
        self.byte(start) == b'#' && begins_line && !self.rest(start + 1).trim_start().starts_with('!')
    }

    fn token(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let single = match self.byte(start) {
            b'(' => Token::Open(Bracket::Round),
            b')' => Token::Close(Bracket::Round),
            b'[' => Token::Open(Bracket::Square),
            b']' => Token::Close(Bracket::Square),
            b'{' => Token::Open(Bracket::Curly),
            b'}' => Token::Close(Bracket::Curly),
            b',' => Token::Comma,
            b':' => Token::Colon,
            b'=' => Token::Equals,
            b'"' => return self.quoted(start, sink),
            b'\'' => return self.single_quoted(start, sink),
            b'r' if self.begins_raw(start) => return self.raw(start, sink),
            b'0'..=b'9' | b'+' | b'-' | b'.' => return self.number(start, sink),
            b if b.is_ascii_alphabetic() || b == b'_' => return self.name(start),
            _ => return self.non_ascii(start, sink),
        };
        self.at = start + 1;
        single
    }

    /// Skips white space and comments. Also returns the offset of an unclosed block comment, if there is one; it is
    /// treated as if it ended with its line.
    pub fn skip_space(&self, mut at: usize) -> (usize, Option<usize>) {
        let bytes = self.text.as_bytes();
        let mut unclosed = None;
        loop {
            match bytes.get(at) {
                None => return (self.text.len(), unclosed),
                Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
                Some(b'/') if bytes.get(at + 1) == Some(&b'/') => at = self.line_end(at),
                Some(b'/') if bytes.get(at + 1) == Some(&b'*') => {
                    let scan_budget = self.comment_scan_budget.get();
                    at = if scan_budget == 0 { None } else { block_comment_end(bytes, at) }.unwrap_or_else(
                        || {
                            self.comment_scan_budget.set(scan_budget.saturating_sub(self.text.len() - at));
                            unclosed = unclosed.or(Some(at));
                            self.line_end(at)
                        },
                    );
                }
                Some(b'!'..=b'~') => return (at, unclosed),
                Some(_) => match self.rest(at).chars().next() {
                    Some(c) if is_space(c) => at += c.len_utf8(),
                    _ => return (at, unclosed),
                },
            }
        }
    }

    /// The end of the line, before its line feed.
    pub fn line_end(&self, from: usize) -> usize {
        let (start, end) = self.line.get();
        // The line that is not known yet is empty.
        if start <= from && from < end {
            return end;
        }
        let end = from + self.rest(from).find('\n').unwrap_or(self.text.len().saturating_sub(from));
        self.line.set((from, end));
        end
    }

    fn name(&mut self, start: usize) -> Token<'a> {
        // `r#word` is a raw identifier, as in ron.
        let from = if self.rest(start).starts_with("r#") { start + 2 } else { start };
        let rest = self.rest(from);
        let len = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
        self.at = from + len;
        Token::Name(&rest[..len])
    }

    /// Reads a token that begins with a non-ASCII character, or with an ASCII character that begins no other token.
    fn non_ascii(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let Some(c) = self.rest(start).chars().next() else { return Token::End };
        if matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '『') {
            return self.smart_quoted(start, c, sink);
        }
        if is_word_char(c) {
            return self.name(start);
        }
        self.at = start + c.len_utf8();
        let meant = match c {
            '，' | '、' | ';' | '；' => Token::Comma,
            '：' => Token::Colon,
            '＝' => Token::Equals,
            '（' => Token::Open(Bracket::Round),
            '）' => Token::Close(Bracket::Round),
            '［' => Token::Open(Bracket::Square),
            '］' => Token::Close(Bracket::Square),
            '｛' => Token::Open(Bracket::Curly),
            '｝' => Token::Close(Bracket::Curly),
            _ => return Token::Unexpected(c),
        };
        let right = match &meant {
            Token::Comma => ',',
            Token::Colon | Token::Equals => ':',
            Token::Open(bracket) => bracket.opening(),
            Token::Close(bracket) => bracket.closing(),
            _ => c,
        };
        let span = Span::new(start, self.at);
        let (message, help) = (format!("{c} cannot stand here"), format!("write the plain {right}"));
        let diagnostic = DiagnosticBuilder::error("odd-punctuation", span, message, help);
        sink.push(diagnostic.fix(format!("Write {right} for {c}"), span, right.to_string()));
        meant
    }
}

/// Whether a character can be part of a bare word (an identifier).
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_space(c: char) -> bool {
    // In addition to the white space of ron, this skips invisible characters that are pasted along from web pages
    // and word processors.
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// The end of the block comment that begins at `start`; comments nest, as in Rust. `None` if it is never closed.
pub(super) fn block_comment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'/', Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            (b'*', Some(b'/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
}
