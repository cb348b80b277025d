//! Text to tokens. A token that is spelt wrong is reported here and handed on as what it was
//! probably meant to be, so that the parser can go on.

use std::borrow::Cow;
use std::cell::Cell;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::tree::Span;

/// A pair of brackets.
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

/// What a token is.
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
    /// A value that was reported as unreadable.
    Invalid,
    /// A character that begins nothing.
    Unexpected(char),
    End,
}

/// The lexer.
pub(super) struct Lexer<'a> {
    pub text: &'a str,
    /// Where the next token is looked for.
    pub at: usize,
    /// How many bytes may still be looked at in vain: a deck made to be slow is not.
    pub scan_budget: usize,
    /// The same for comments, which are also skipped while only looking ahead.
    comment_scan_budget: Cell<usize>,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        let patience = text.len().saturating_mul(4);
        Self { text, at: 0, scan_budget: patience, comment_scan_budget: Cell::new(patience) }
    }

    /// The next byte from `at`; 0 at the end (no token begins with a 0 byte, so no harm is done).
    pub fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The text from `at`; empty at the end.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }

    /// Reads one token.
    pub fn next(&mut self, faults: &mut DiagnosticSink<'_>) -> (Token<'a>, Span) {
        let (mut start, mut unclosed) = self.skip_space(self.at);
        while self.is_hash_comment(start) {
            let end = self.line_end(start);
            let fault = DiagnosticBuilder::error(
                "odd-comment",
                Span::new(start, end),
                "a comment does not begin with #",
            );
            let sign = Span::new(start, start + 1);
            faults.push(fault.help("write // before a comment").fix("Begin the comment with //", sign, "//"));
            (start, unclosed) = self.skip_space(end);
        }
        if let Some(comment) = unclosed {
            faults.push(
                DiagnosticBuilder::error(
                    "unclosed-comment",
                    Span::new(comment, comment + 2),
                    "the comment that begins here with /* never ends",
                )
                .help("write */ where the comment ends"),
            );
        }
        self.at = start;
        let token = self.token(start, faults);
        debug_assert!(self.at > start || token == Token::End, "every token takes at least a byte");
        (token, Span::new(start, self.at))
    }

    /// `# like this`, alone on its line.
    fn is_hash_comment(&self, start: usize) -> bool {
        let begins_line = self.text[..start].trim_end_matches([' ', '\t']).ends_with('\n');
        self.byte(start) == b'#' && begins_line && !self.rest(start + 1).trim_start().starts_with('!')
    }

    fn token(&mut self, start: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
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
            b'"' => return self.quoted(start, faults),
            b'\'' => return self.single_quoted(start, faults),
            b'r' if self.begins_raw(start) => return self.raw(start, faults),
            b'0'..=b'9' | b'+' | b'-' | b'.' => return self.number(start, faults),
            b if b.is_ascii_alphabetic() || b == b'_' => return self.name(start),
            _ => return self.non_ascii(start, faults),
        };
        self.at = start + 1;
        single
    }

    /// Skips white space and comments. Also returns where a block comment began that never ends: it is
    /// taken to end with its line.
    pub fn skip_space(&self, mut at: usize) -> (usize, Option<usize>) {
        let bytes = self.text.as_bytes();
        let mut unclosed = None;
        loop {
            match bytes.get(at) {
                None => return (self.text.len(), unclosed),
                Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
                Some(b'/') if bytes.get(at + 1) == Some(&b'/') => at = self.line_end(at),
                Some(b'/') if bytes.get(at + 1) == Some(&b'*') => {
                    let patience = self.comment_scan_budget.get();
                    at = if patience == 0 { None } else { block_comment_end(bytes, at) }.unwrap_or_else(
                        || {
                            self.comment_scan_budget.set(patience.saturating_sub(self.text.len() - at));
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

    /// The end of the line, without its line feed.
    pub fn line_end(&self, from: usize) -> usize {
        from + self.rest(from).find('\n').unwrap_or(self.text.len().saturating_sub(from))
    }

    fn name(&mut self, start: usize) -> Token<'a> {
        // `r#word` is a word, as in ron.
        let from = if self.rest(start).starts_with("r#") { start + 2 } else { start };
        let rest = self.rest(from);
        let len = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
        self.at = from + len;
        Token::Name(&rest[..len])
    }

    /// Everything that is not ASCII, and the ASCII that begins nothing.
    fn non_ascii(&mut self, start: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
        let Some(c) = self.rest(start).chars().next() else { return Token::End };
        if matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '『') {
            return self.smart_quoted(start, c, faults);
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
        faults.push(
            DiagnosticBuilder::error("odd-punctuation", span, format!("{c} cannot stand here"))
                .help(format!("write the plain {right}"))
                .fix(format!("Write {right} for {c}"), span, right.to_string()),
        );
        meant
    }
}

/// Whether a character can be part of a bare word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_space(c: char) -> bool {
    // Beside what ron skips: spaces that come along when text is pasted from a web page or a
    // word processor, and that nobody can see.
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Where a block comment ends; comments nest, as in Rust.
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
