//! Error recovery of the parser.

use super::diagnostics::DiagnosticBuilder;
use super::lexer::{Bracket, Token};
use super::parser::{Parser, Resync};
use super::tree::{Span, excerpt};

impl<'a> Parser<'a, '_> {
    /// Returns `Err` if another question begins inside of one: then a bracket was never closed, which is reported.
    pub(super) fn check_question_start(&mut self) -> Result<(), Resync> {
        if !self.in_question || self.token != Token::Open(Bracket::Round) || !self.at_question_start() {
            return Ok(());
        }
        if let Some(opened) = self.open_brackets.last() {
            self.report_unclosed(opened.span);
        }
        Err(Resync)
    }

    /// Skips the rest of an entry, up to its comma or the bracket that ends the entries.
    pub(super) fn skip_entry(&mut self) {
        self.has_skipped = true;
        self.sink.mute();
        let mut depth = 0_usize;
        loop {
            match self.token {
                Token::End => break,
                Token::Comma if depth == 0 => break,
                Token::Open(Bracket::Round) if self.in_question && self.at_question_start() => break,
                Token::Open(_) => depth += 1,
                Token::Close(_) if depth == 0 => break,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
            self.bump();
        }
        self.sink.unmute();
    }

    /// Whether more follows a bare word on its line, which is then most likely a text without quotes.
    pub(super) fn is_unquoted_text(&self) -> bool {
        let ends =
            matches!(self.token, Token::Comma | Token::Colon | Token::Equals | Token::Close(_) | Token::End);
        let between = self.lexer.text.get(self.previous_end..self.span.start as usize).unwrap_or("");
        !ends && !self.open_brackets.is_empty() && !between.contains('\n') && !self.at_key()
    }

    /// Handles a closing bracket of another kind than the open one. Returns `true` if the open bracket counts as
    /// closed: the right bracket was mistyped or forgotten. Returns `false` if the bracket is superfluous and was
    /// skipped.
    pub(super) fn recover_wrong_closing(&mut self, opening: Span) -> bool {
        let Token::Close(closing) = self.token else { return false };
        if self.in_question && self.question_follows() {
            let (bracket, right) = self.bracket_chars(opening);
            let wrong = closing.closing();
            let message = format!("{wrong} cannot close what {bracket} opened");
            let help = format!("write {right} instead");
            self.report(
                DiagnosticBuilder::error("wrong-bracket", self.span, message, help)
                    .fix(format!("Write {right} for {wrong}"), self.span, right.to_string())
                    .related(opening, "opened here"),
            );
            self.bump();
            self.open_brackets.pop();
            return true;
        }
        if self.closes_outer_bracket(closing) {
            self.report_unclosed(opening);
            self.open_brackets.pop();
            return true;
        }
        let message = "this bracket closes nothing";
        self.report(DiagnosticBuilder::error("stray-bracket", self.span, message, "remove it"));
        self.bump();
        false
    }

    /// Whether the current closing bracket closes one of the outer brackets. Inside a question, it counts as the end
    /// of the list or of the deck only if it clearly looks like that: otherwise a single missing quotation mark could
    /// lose all questions after it.
    fn closes_outer_bracket(&self, closing: Bracket) -> bool {
        let around = self.open_brackets.len().saturating_sub(1);
        let inside = if self.in_question { self.question_level.min(around) } else { 0 };
        let ends_all = match closing {
            Bracket::Square => self.is_list_end(),
            Bracket::Round => self.is_deck_end(),
            Bracket::Curly => false,
        };
        let range = if ends_all { 0..around } else { inside..around };
        self.open_brackets.get(range).unwrap_or(&[]).iter().any(|opened| opened.bracket == closing)
    }

    /// Reports a bracket that is never closed.
    pub(super) fn report_unclosed(&mut self, opening: Span) {
        if self.in_question && self.has_skipped {
            return;
        }
        // At the end of the file only the innermost bracket is reported; the others are consequences.
        if self.token == Token::End && std::mem::replace(&mut self.reported_end, true) {
            return;
        }
        let (bracket, closing) = self.bracket_chars(opening);
        let line = self.sink.line_index.line(self.span.start);
        let where_ =
            if self.token == Token::End { "the end of the file".to_owned() } else { format!("line {line}") };
        let message = format!("the {bracket} that opens here is not closed by {where_}");
        let help = format!("write {closing} where it ends");
        let diagnostic = DiagnosticBuilder::error("unclosed-bracket", opening, message, help);
        self.report(diagnostic.related(self.span, "noticed here"));
    }

    /// Reports an unclosed bracket before a field that belongs outside of it, such as a question's field inside its
    /// answer.
    pub(super) fn report_unclosed_before_field(&mut self, opening: Span) {
        let (bracket, closing) = self.bracket_chars(opening);
        self.reported_unclosed = true;
        let field = excerpt(self.text_at(self.span));
        let message = format!("the {bracket} that opens here is not closed before {field}");
        let help = format!("write {closing} before {field}");
        let diagnostic = DiagnosticBuilder::error("unclosed-bracket", opening, message, help);
        self.report(diagnostic.related(self.span, "noticed here"));
    }

    /// The opening and closing character of the open bracket at `opening`.
    fn bracket_chars(&self, opening: Span) -> (char, char) {
        let bracket = self.open_brackets.iter().rev().find(|opened| opened.span == opening);
        bracket.map_or(('(', ')'), |opened| (opened.bracket.opening(), opened.bracket.closing()))
    }

    /// Reports and skips a comma without an entry before it.
    pub(super) fn skip_stray_comma(&mut self) {
        let message = "there is nothing before this comma";
        let diagnostic = DiagnosticBuilder::error("stray-comma", self.span, message, "remove it");
        self.report(diagnostic.fix("Remove the comma", self.span, ""));
        self.bump();
    }

    /// Whether a text ended just before on the same line, and the current token looks like the rest of it.
    pub(super) fn adjoins_text(&self) -> bool {
        let before = self.lexer.text.get(..self.previous_end).unwrap_or("");
        let between = self.lexer.text.get(self.previous_end..self.span.start as usize).unwrap_or("");
        let goes_on = match self.token {
            // In ["a" "b"] a comma is missing; "a""b" is an unescaped quotation mark.
            Token::Text(_) => between.is_empty(),
            Token::Open(_) => false,
            _ => !self.at_key(),
        };
        goes_on && before.ends_with('"') && !between.contains('\n')
    }

    /// Reports an unescaped quotation mark inside a text, and skips the rest of the entry.
    pub(super) fn report_inner_quote(&mut self) {
        let message = "the text ends at the quotation mark before this, and then goes on";
        let help = "inside a text write \\\" for a quotation mark (or “ ”), and see that every text begins and ends with \"";
        let diagnostic = DiagnosticBuilder::error("inner-quote", self.span, message, help);
        self.report(diagnostic);
        self.skip_entry();
    }

    /// Reports and skips something after a value that is not just a missing comma.
    pub(super) fn report_leftover(&mut self) {
        let (code, message, help) = match self.token {
            Token::Open(bracket @ (Bracket::Square | Bracket::Curly)) => (
                "wrong-bracket",
                format!("{} cannot stand directly behind a word", bracket.opening()),
                "round brackets come first, as in Typed([\"…\"]) or Sort({…})",
            ),
            _ => (
                "unquoted-text",
                format!("{} cannot stand here: the entry before it has ended", self.token_excerpt()),
                "a text stands in straight double quotes, and a comma between two entries",
            ),
        };
        let diagnostic = DiagnosticBuilder::error(code, self.span, message, help);
        let (opening, should_report) = (self.token.clone(), !(self.in_question && self.has_skipped));
        let start = self.span;
        self.skip_entry();
        let skipped = self.span_since(start);
        let diagnostic = match opening {
            Token::Open(bracket @ (Bracket::Square | Bracket::Curly))
                if self.text_at(skipped).ends_with(bracket.closing()) =>
            {
                let (begin, end) = (skipped.start as usize, skipped.end as usize);
                let changes =
                    [(Span::new(begin, begin), "(".to_owned()), (Span::new(end, end), ")".to_owned())];
                diagnostic.fix_all("Write round brackets around it", changes)
            }
            _ => diagnostic,
        };
        if should_report {
            self.sink.push(diagnostic);
        }
    }

    /// The beginning of the current token's text, for messages.
    pub(super) fn token_excerpt(&self) -> String {
        excerpt(self.text_at(self.span))
    }

    /// The text of a span.
    pub(super) fn text_at(&self, span: Span) -> &'a str {
        self.lexer.text.get(span.range()).unwrap_or("")
    }

    /// Reports a diagnostic, unless a part of the question was skipped before: then it is most likely a consequence.
    pub(super) fn report(&mut self, diagnostic: DiagnosticBuilder) {
        if !(self.in_question && self.has_skipped) {
            self.sink.push(diagnostic);
        }
    }

    /// The span from `start` to the end of the previous token.
    pub(super) fn span_since(&self, start: Span) -> Span {
        Span { start: start.start, end: start.end.max(self.previous_end as u32) }
    }

    /// The empty span directly after the previous token.
    pub(super) fn point_after_previous(&self) -> Span {
        Span::new(self.previous_end, self.previous_end)
    }

    /// The empty span directly before the current token.
    pub(super) fn point_here(&self) -> Span {
        Span { start: self.span.start, end: self.span.start }
    }
}
