//! Texts in quotation marks of all kinds.

use std::borrow::Cow;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::escapes::unescape;
use super::lexer::{Lexer, Token};
use super::tree::Span;
use super::write;

impl<'a> Lexer<'a> {
    /// Reads a text `"…"` that begins at `start`.
    pub(super) fn quoted(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let inside = start + 1;
        let line_end = self.line_end(inside);
        let mut close = closing_quote(self.text, inside, line_end);
        if close.is_none() && self.scan_budget > 0 {
            close = closing_quote(self.text, inside, self.text.len());
            let looked_at = close.unwrap_or(self.text.len()) - line_end;
            // A text may span several lines. But if something follows it that cannot follow a text, its closing quote
            // is in fact the opening quote of a later text, and this one was never closed.
            close = close.filter(|close| self.can_follow_text(close + 1));
            if close.is_none() {
                self.scan_budget = self.scan_budget.saturating_sub(looked_at);
            }
        }
        let Some(close) = close else { return self.unclosed_text(start, inside, sink) };
        self.at = close + 1;
        Token::Text(unescape(self.text, inside, close, sink))
    }

    /// Whether the token at `at` can follow a text that spans several lines.
    fn can_follow_text(&self, at: usize) -> bool {
        let (next, _) = self.skip_space(at);
        match self.rest(next).chars().next() {
            None | Some(',' | ')' | ']' | '}' | ':' | '=' | ';' | '，' | '）' | '：') => true,
            // If the text ends with a line, just a comma is missing.
            Some(_) => self.text[at..next].contains('\n'),
        }
    }

    /// Reports an unclosed text. It is treated as if it ended with its line, before closing brackets and a comma at
    /// the end of the line, unless the brackets were opened inside the text.
    fn unclosed_text(&mut self, start: usize, inside: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let end = self.trim_line(inside);
        self.at = end.max(inside);
        let text = &self.text[inside..self.at];
        let unclosed = |help: &'static str| {
            let message = "the text that begins here with \" is never closed";
            DiagnosticBuilder::error("unclosed-text", Span::new(start, self.at), message, help)
        };
        let curly = text.chars().next_back().filter(|c| matches!(c, '”' | '“' | '’' | '＂'));
        sink.push(match curly {
            Some(c) => {
                let last = Span::new(self.at - c.len_utf8(), self.at);
                unclosed("end it with the straight quotation mark \", not with a curly one").fix(
                    "End the text with a straight quotation mark",
                    last,
                    "\"",
                )
            }
            None => unclosed("write \" where the text ends"),
        });
        Token::Text(Cow::Borrowed(text))
    }

    /// The end of the line, before the comma and closing brackets that probably do not belong to the text.
    fn trim_line(&self, inside: usize) -> usize {
        let line = &self.text[inside..self.line_end(inside)];
        let mut trimmed = line.trim_end();
        if let Some(before) = trimmed.strip_suffix(',') {
            trimmed = before.trim_end();
        }
        while let Some(last) = trimmed.chars().next_back() {
            let opening = match last {
                ')' => '(',
                ']' => '[',
                '}' => '{',
                _ => break,
            };
            if trimmed.matches(last).count() <= trimmed.matches(opening).count() {
                break;
            }
            trimmed = trimmed[..trimmed.len() - 1].trim_end();
        }
        inside + trimmed.len()
    }

    /// Whether the `r` at `start` begins a raw text rather than a word.
    pub(super) fn begins_raw(&self, start: usize) -> bool {
        self.rest(start + 1).trim_start_matches('#').starts_with('"')
            && (self.byte(start + 1) == b'"' || self.byte(start + 1) == b'#')
    }

    /// Reads a raw text: `r"…"` or `r#"…"#`.
    pub(super) fn raw(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let rest = self.rest(start + 1);
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let inside = start + 1 + hashes + 1;
        let ending = format!("\"{}", "#".repeat(hashes));
        let found = if self.scan_budget > 0 { self.rest(inside).find(&ending) } else { None };
        let Some(len) = found else {
            self.scan_budget = self.scan_budget.saturating_sub(self.text.len() - start);
            let token = self.unclosed_raw(start, inside, &ending, sink);
            return token;
        };
        self.at = inside + len + ending.len();
        Token::Text(Cow::Borrowed(&self.text[inside..inside + len]))
    }

    fn unclosed_raw(
        &mut self,
        start: usize,
        inside: usize,
        ending: &str,
        sink: &mut DiagnosticSink<'_>,
    ) -> Token<'a> {
        self.at = self.trim_line(inside).max(inside);
        let message = format!("the text that begins here with {} is never closed", &self.text[start..inside]);
        let help = format!("write {ending} where the text ends");
        sink.error("unclosed-text", Span::new(start, self.at), message, help);
        Token::Text(Cow::Borrowed(&self.text[inside..self.at]))
    }

    /// Reads a character `'x'`, or reports a text in single quotes.
    pub(super) fn single_quoted(&mut self, start: usize, sink: &mut DiagnosticSink<'_>) -> Token<'a> {
        let inside = start + 1;
        let line = &self.text[inside..self.line_end(inside)];
        if let Some(escape) = line.strip_prefix('\\') {
            let body = escape.find('\'').map(|len| if len == 0 { 2 } else { 1 + len });
            if let Some(len) = body.filter(|len| line[*len..].starts_with('\'')) {
                self.at = inside + len + 1;
                let text = unescape(self.text, inside, inside + len, sink);
                return text.chars().next().map_or(Token::Invalid, Token::Char);
            }
        }
        let mut letters = line.chars();
        if let (Some(c), Some('\'')) = (letters.next(), letters.next())
            && c != '\''
        {
            self.at = inside + c.len_utf8() + 1;
            return Token::Char(c);
        }
        self.wrongly_quoted(
            start,
            '\'',
            &['\''],
            "single-quotes",
            "a text cannot stand in single quotes",
            sink,
        )
    }

    /// Reports a text in curly quotation marks `“…”`, as word processors write them.
    pub(super) fn smart_quoted(
        &mut self,
        start: usize,
        opening: char,
        sink: &mut DiagnosticSink<'_>,
    ) -> Token<'a> {
        let closing: &[char] = match opening {
            '「' => &['」'],
            '『' => &['』'],
            '«' => &['»', '"'],
            '»' => &['«', '"'],
            _ => &['”', '“', '"', '‟', '＂'],
        };
        let message = "curly quotation marks cannot enclose a text";
        self.wrongly_quoted(start, opening, closing, "smart-quotes", message, sink)
    }

    /// Reads a text in wrong quotation marks up to the most likely closing one, and reports it.
    fn wrongly_quoted(
        &mut self,
        start: usize,
        opening: char,
        closing: &[char],
        code: &'static str,
        message: &'static str,
        sink: &mut DiagnosticSink<'_>,
    ) -> Token<'a> {
        let inside = start + opening.len_utf8();
        let line = &self.text[inside..self.line_end(inside)];
        let mut end = None;
        let mut nested = 0_usize;
        for (at, mark) in line.match_indices(|c| c == opening || closing.contains(&c)) {
            if self.scan_budget == 0 {
                break;
            }
            self.scan_budget -= 1;
            let after = line[at + mark.len()..].trim_start();
            // Punctuation follows the end of a text. After an apostrophe or a quotation inside, the text goes on.
            let may_end = after.is_empty() || after.starts_with([',', ')', ']', '}', ':', '，', '；', ';']);
            if mark.starts_with(opening) && opening != '\'' && !may_end {
                nested += 1;
            } else if nested > 0 {
                nested -= 1;
            } else if may_end {
                end = Some((inside + at, inside + at + mark.len()));
                break;
            }
        }
        let is_closed = end.is_some();
        let (end, after) = end.unwrap_or_else(|| {
            self.scan_budget = self.scan_budget.saturating_sub(line.len());
            let end = self.trim_line(inside).max(inside);
            (end, end)
        });
        self.at = after;
        let text = &self.text[inside..end];
        let span = Span::new(start, after);
        let help = "write the straight quotation mark \" before and after the text";
        // `\'` is an apostrophe. Any other backslash may be meant literally or as an escape, so there is no certain
        // fix.
        let plain = text.replace("\\'", "'");
        let is_certain = is_closed && !plain.contains('\\');
        let fix = is_certain.then(|| ("Write straight quotation marks", write::quoted(&plain)));
        sink.push(DiagnosticBuilder::error(code, span, message, help).fix_if_certain(span, fix));
        Token::Text(Cow::Borrowed(text))
    }
}

/// The offset of the first quotation mark before `end` that is not escaped.
fn closing_quote(text: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}
