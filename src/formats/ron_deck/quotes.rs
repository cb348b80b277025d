//! Texts in quotes, straight and otherwise.

use std::borrow::Cow;

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::escapes::unescape;
use super::lexer::{Lexer, Token};
use super::tree::Span;
use super::write;

impl<'a> Lexer<'a> {
    /// `"…"`, from its first quote.
    pub(super) fn quoted(&mut self, start: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
        let inside = start + 1;
        let line_end = self.line_end(inside);
        let mut close = closing_quote(self.text, inside, line_end);
        if close.is_none() && self.scan_budget > 0 {
            close = closing_quote(self.text, inside, self.text.len());
            let looked_at = close.unwrap_or(self.text.len()) - line_end;
            // A text may run over several lines. But where it does and something impossible follows
            // it, its closing quote is in truth the opening one of a later text.
            close = close.filter(|close| self.can_follow_text(close + 1));
            if close.is_none() {
                self.scan_budget = self.scan_budget.saturating_sub(looked_at);
            }
        }
        let Some(close) = close else { return self.unclosed_text(start, inside, faults) };
        self.at = close + 1;
        Token::Text(unescape(self.text, inside, close, faults))
    }

    /// Whether what comes at `at` may come after a text that runs over several lines.
    fn can_follow_text(&self, at: usize) -> bool {
        let (next, _) = self.skip_space(at);
        match self.rest(next).chars().next() {
            None | Some(',' | ')' | ']' | '}' | ':' | '=' | ';' | '，' | '）' | '：') => true,
            // A missing comma: the text was closed at the end of a line.
            Some(_) => self.text[at..next].contains('\n'),
        }
    }

    /// A text that never closes is taken to end with its line. Brackets and the comma at the end of
    /// the line are taken to stand outside it, unless they were opened inside.
    fn unclosed_text(&mut self, start: usize, inside: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
        let end = self.trim_line(inside);
        self.at = end.max(inside);
        let text = &self.text[inside..self.at];
        let fault = DiagnosticBuilder::error(
            "unclosed-text",
            Span::new(start, self.at),
            "the text that begins here with \" is never closed",
        );
        let curly = text.chars().next_back().filter(|c| matches!(c, '”' | '“' | '’' | '＂'));
        faults.push(match curly {
            Some(c) => {
                let last = Span::new(self.at - c.len_utf8(), self.at);
                let help = "end it with the straight quotation mark \", not with a curly one";
                fault.help(help).fix("End the text with a straight quotation mark", last, "\"")
            }
            None => fault.help("write \" where the text ends"),
        });
        Token::Text(Cow::Borrowed(text))
    }

    /// The end of the line without the punctuation that belongs to the structure.
    fn trim_line(&self, inside: usize) -> usize {
        let line = &self.text[inside..self.line_end(inside)];
        let mut kept = line.trim_end();
        if let Some(before) = kept.strip_suffix(',') {
            kept = before.trim_end();
        }
        while let Some(last) = kept.chars().next_back() {
            let opening = match last {
                ')' => '(',
                ']' => '[',
                '}' => '{',
                _ => break,
            };
            if kept.matches(last).count() <= kept.matches(opening).count() {
                break;
            }
            kept = kept[..kept.len() - 1].trim_end();
        }
        inside + kept.len()
    }

    /// Whether `r` begins a raw text rather than a word.
    pub(super) fn begins_raw(&self, start: usize) -> bool {
        self.rest(start + 1).trim_start_matches('#').starts_with('"')
            && (self.byte(start + 1) == b'"' || self.byte(start + 1) == b'#')
    }

    /// `r"…"`, `r#"…"#`.
    pub(super) fn raw(&mut self, start: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
        let rest = self.rest(start + 1);
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let inside = start + 1 + hashes + 1;
        let ending = format!("\"{}", "#".repeat(hashes));
        let found = if self.scan_budget > 0 { self.rest(inside).find(&ending) } else { None };
        let Some(len) = found else {
            self.scan_budget = self.scan_budget.saturating_sub(self.text.len() - start);
            let token = self.unclosed_raw(start, inside, &ending, faults);
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
        faults: &mut DiagnosticSink<'_>,
    ) -> Token<'a> {
        self.at = self.trim_line(inside).max(inside);
        faults.push(
            DiagnosticBuilder::error(
                "unclosed-text",
                Span::new(start, self.at),
                format!("the text that begins here with {} is never closed", &self.text[start..inside]),
            )
            .help(format!("write {ending} where the text ends")),
        );
        Token::Text(Cow::Borrowed(&self.text[inside..self.at]))
    }

    /// `'x'` is a letter; `'more'` is a text in the wrong quotes.
    pub(super) fn single_quoted(&mut self, start: usize, faults: &mut DiagnosticSink<'_>) -> Token<'a> {
        let inside = start + 1;
        let line = &self.text[inside..self.line_end(inside)];
        if let Some(escape) = line.strip_prefix('\\') {
            let body = escape.find('\'').map(|len| if len == 0 { 2 } else { 1 + len });
            if let Some(len) = body.filter(|len| line[*len..].starts_with('\'')) {
                self.at = inside + len + 1;
                let text = unescape(self.text, inside, inside + len, faults);
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
            faults,
        )
    }

    /// `“…”`: what a word processor makes of quotes.
    pub(super) fn smart_quoted(
        &mut self,
        start: usize,
        opening: char,
        faults: &mut DiagnosticSink<'_>,
    ) -> Token<'a> {
        let closing: &[char] = match opening {
            '「' => &['」'],
            '『' => &['』'],
            '«' => &['»', '"'],
            '»' => &['«', '"'],
            _ => &['”', '“', '"', '‟', '＂'],
        };
        let message = "curly quotation marks cannot enclose a text";
        self.wrongly_quoted(start, opening, closing, "smart-quotes", message, faults)
    }

    fn wrongly_quoted(
        &mut self,
        start: usize,
        opening: char,
        closing: &[char],
        code: &'static str,
        message: &'static str,
        faults: &mut DiagnosticSink<'_>,
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
            // An apostrophe or a quotation inside goes on; the end has punctuation behind it.
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
        let fault = DiagnosticBuilder::error(code, span, message)
            .help("write the straight quotation mark \" before and after the text");
        // `\'` is an apostrophe; any other backslash may be meant either way.
        let plain = text.replace("\\'", "'");
        faults.push(if is_closed && !plain.contains('\\') {
            fault.fix("Write straight quotation marks", span, write::quoted(&plain))
        } else {
            fault
        });
        Token::Text(Cow::Borrowed(text))
    }
}

/// The quote that closes a text, before `end`: the first one that no backslash escapes.
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
