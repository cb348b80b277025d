//! Parses tokens to a tree. After an error it continues within the question if the meaning is clear, otherwise at the
//! next question ([`super::recover`]), so that one pass finds all errors.

use super::diagnostics::{DiagnosticBuilder, DiagnosticSink};
use super::keywords;
use super::lexer::{Bracket, Lexer, Token, is_word_char};
use super::tree::{Node, Span, StructBody, StructField, Value, excerpt};

/// Deeper nesting is refused, because the parser is recursive.
const MAX_DEPTH: usize = 64;

/// Raised when the parser cannot continue within a question: it has to resynchronize at the next one.
pub(super) struct Resync;

/// A bracket that is not closed yet.
#[derive(Clone, Copy)]
pub(super) struct OpenBracket {
    pub bracket: Bracket,
    pub span: Span,
}

/// The parser, with one token of lookahead.
pub(super) struct Parser<'a, 'f> {
    pub lexer: Lexer<'a>,
    pub sink: &'f mut DiagnosticSink<'a>,
    pub token: Token<'a>,
    pub span: Span,
    /// Byte offset of the end of the previous token, where a missing comma belongs.
    pub previous_end: usize,
    pub open_brackets: Vec<OpenBracket>,
    /// The number of brackets that are open around a question.
    pub question_level: usize,
    pub in_question: bool,
    /// Whether a bracket was reported that is still open at the end of the file.
    pub reported_end: bool,
    /// Whether an unclosed bracket was reported just before. Then a missing comma is not reported as well.
    pub reported_unclosed: bool,
    /// Whether a part of the current question was skipped.
    pub has_skipped: bool,
}

/// Parses the whole text as one value; `None` if the text is empty.
pub(super) fn parse<'a>(text: &'a str, sink: &mut DiagnosticSink<'a>) -> Option<Node<'a>> {
    let mut parser = Parser::new(text, sink);
    parser.bump();
    parser.skip_attributes();
    if parser.token == Token::End {
        return None;
    }
    let errors = parser.sink.error_count();
    let node = parser.value().unwrap_or(Node { span: parser.span, value: Value::Unreadable });
    // After an error, the rest is most likely a consequence of it.
    let is_struct = matches!(node.value, Value::Struct(..));
    if parser.token != Token::End && is_struct && parser.sink.error_count() == errors {
        let help = "remove what follows the deck's last bracket, or remove that bracket";
        parser.sink.error("trailing-text", parser.span, "the deck ended before this", help);
    }
    Some(node)
}

/// Parses the whole text as one question; `None` if the text is empty.
pub(super) fn parse_question<'a>(text: &'a str, sink: &mut DiagnosticSink<'a>) -> Option<Node<'a>> {
    let mut parser = Parser::new(text, sink);
    parser.bump();
    if parser.token == Token::End {
        return None;
    }
    let node = parser.question(0);
    if parser.token != Token::End && !node.is_reported() {
        let message = "the question ended before this";
        let help = "remove what follows the question’s last bracket";
        parser.sink.error("trailing-text", parser.span, message, help);
    }
    Some(node)
}

impl<'a, 'f> Parser<'a, 'f> {
    fn new(text: &'a str, sink: &'f mut DiagnosticSink<'a>) -> Self {
        Parser {
            lexer: Lexer::new(text),
            sink,
            token: Token::End,
            span: Span::default(),
            previous_end: 0,
            open_brackets: Vec::new(),
            question_level: 0,
            in_question: false,
            reported_end: false,
            reported_unclosed: false,
            has_skipped: false,
        }
    }
}

impl<'a> Parser<'a, '_> {
    /// Advances to the next token.
    pub fn bump(&mut self) {
        self.previous_end = self.span.end as usize;
        (self.token, self.span) = self.lexer.next(self.sink);
    }

    fn take(&mut self) -> Token<'a> {
        let token = std::mem::replace(&mut self.token, Token::End);
        self.bump();
        token
    }

    /// Skips attributes such as `#![enable(…)]`: all extensions of ron that they could enable are always enabled.
    fn skip_attributes(&mut self) {
        while self.token == Token::Unexpected('#') {
            while !matches!(self.token, Token::Close(Bracket::Square) | Token::End) {
                self.bump();
            }
            self.bump();
        }
    }

    /// Parses a value.
    pub fn value(&mut self) -> Result<Node<'a>, Resync> {
        let start = self.span;
        let value = match &self.token {
            Token::Text(_) | Token::Number(_) | Token::Char(_) | Token::Invalid => match self.take() {
                Token::Text(text) => Value::Text(text),
                Token::Number(number) => Value::Number(number),
                Token::Char(c) => Value::Char(c),
                _ => Value::Unreadable,
            },
            Token::Name(name) => {
                let name = *name;
                self.bump();
                return self.bare_word(name, start);
            }
            Token::Open(Bracket::Round) => {
                self.check_question_start()?;
                return self.parenthesized(None, start);
            }
            Token::Open(Bracket::Square) => Value::List(self.list()?),
            Token::Open(Bracket::Curly)
                if self.lexer.peek_field(self.span.end as usize, &keywords::QUESTION_FIELDS) =>
            {
                return self.curly_question();
            }
            Token::Open(Bracket::Curly) => Value::Map(self.map()?),
            Token::End => Value::Unreadable,
            Token::Comma | Token::Close(_) => {
                let (point, message) = (self.point_here(), "a value is missing here");
                self.report(DiagnosticBuilder::error("missing-value", point, message, "").without_help());
                Value::Unreadable
            }
            Token::Colon | Token::Equals | Token::Unexpected(_) => {
                let message = format!("{} cannot begin a value", self.text_at(self.span));
                let help = "a text stands in straight double quotes: \"…\"";
                self.report(DiagnosticBuilder::error("unexpected", self.span, message, help));
                self.skip_entry();
                Value::Unreadable
            }
        };
        Ok(Node { span: self.span_since(start), value })
    }

    /// Parses a value that begins with a bare word, which has just been read.
    fn bare_word(&mut self, name: &'a str, start: Span) -> Result<Node<'a>, Resync> {
        let value = match name {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "inf" | "inff32" | "inff64" => Value::Number(f64::INFINITY),
            "NaN" | "NaNf32" | "NaNf64" => Value::Number(f64::NAN),
            _ if self.token == Token::Open(Bracket::Round) => {
                let node = self.parenthesized(Some(name), start)?;
                // ron's extension `implicit_some`: `Some(x)` means the same as `x`.
                return Ok(match node.value {
                    Value::Struct(Some("Some"), StructBody::Items(mut items)) if items.len() == 1 => {
                        items.pop().unwrap_or(Node { span: node.span, value: Value::Unreadable })
                    }
                    value => Node { span: node.span, value },
                });
            }
            _ if self.is_unquoted_text() => {
                self.report_leftover();
                Value::Unreadable
            }
            _ => Value::Name(name),
        };
        Ok(Node { span: self.span_since(start), value })
    }

    /// Parses `(…)`. `name` is the word before it, if there is one, and `start` the span where the value begins.
    pub(super) fn parenthesized(&mut self, name: Option<&'a str>, start: Span) -> Result<Node<'a>, Resync> {
        let named = match self.lexer.peek_key(self.span.end as usize) {
            Some(_) => true,
            None => self.lexer.peek_quoted_key(self.span.end as usize),
        };
        let body = if named {
            StructBody::Fields(self.fields(name, Bracket::Round)?)
        } else {
            let mut items = Vec::new();
            self.entries(Bracket::Round, false, |parser| {
                if parser.at_key() {
                    return parser.key_among_items();
                }
                items.push(parser.value()?);
                Ok(true)
            })?;
            StructBody::Items(items)
        };
        Ok(Node { span: self.span_since(start), value: Value::Struct(name, body) })
    }

    /// Parses a question in curly brackets, `{ id: …, prompt: … }`, as in other notations, and reports it.
    fn curly_question(&mut self) -> Result<Node<'a>, Resync> {
        let start = self.span;
        let message = "a question stands in round brackets";
        let help = "write ( instead of {, and ) instead of the } that belongs to it";
        let diagnostic = DiagnosticBuilder::error("curly-brackets", start, message, help);
        let should_report = !(self.in_question && self.has_skipped);
        let fields = self.fields(None, Bracket::Curly);
        let span = self.span_since(start);
        let closing = Span { start: span.end.saturating_sub(1), end: span.end };
        let diagnostic = if fields.is_ok() && self.text_at(closing) == "}" {
            let changes = [(start, "(".to_owned()), (closing, ")".to_owned())];
            diagnostic.fix_all("Write round brackets", changes)
        } else {
            diagnostic
        };
        if should_report {
            self.sink.push(diagnostic);
        }
        Ok(Node { span, value: Value::Struct(None, StructBody::Fields(fields?)) })
    }

    /// Parses the fields between brackets. `owner` is the name before the bracket, if there is one.
    fn fields(&mut self, owner: Option<&'a str>, bracket: Bracket) -> Result<Vec<StructField<'a>>, Resync> {
        // The field `questions` has its special meaning only directly in the deck.
        let is_deck = self.open_brackets.is_empty();
        let mut fields: Vec<StructField<'a>> = Vec::new();
        self.entries(bracket, true, |parser| {
            parser.check_question_start()?;
            let is_answer = parser.in_question && owner.is_some_and(|name| name != "Question");
            if is_answer && parser.lexer.is_one_of(parser.span, &keywords::QUESTION_FIELDS) && parser.at_key()
            {
                return Ok(false);
            }
            let span = parser.span;
            let Some(name) = parser.field_name() else {
                let message = format!("{} stands where a field's name should be", parser.token_excerpt());
                let help = "a field is written like topic: \"origins\"";
                parser.report(DiagnosticBuilder::error("expected-field", span, message, help));
                parser.skip_entry();
                return Ok(true);
            };
            let value = if is_deck && name == "questions" && parser.token == Token::Open(Bracket::Square) {
                parser.questions()
            } else {
                parser.value()?
            };
            fields.push(StructField { name, span, value });
            Ok(true)
        })?;
        Ok(fields)
    }

    /// Parses `name:`, tolerating quotes and a wrong separator. `None` if there is no name.
    fn field_name(&mut self) -> Option<std::borrow::Cow<'a, str>> {
        let span = self.span;
        let name = match &self.token {
            Token::Name(name) => (*name).into(),
            Token::Text(name) if self.lexer.peek_colon(span.end as usize) => {
                let name = name.clone();
                let message = "the name of a field stands without quotes";
                let help = format!("write {}: …", excerpt(&name));
                let is_word = name.chars().all(is_word_char);
                let fix = is_word.then(|| ("Remove the quotation marks", name.clone()));
                self.report(
                    DiagnosticBuilder::error("quoted-field", span, message, help).fix_if_certain(span, fix),
                );
                name
            }
            _ => return None,
        };
        self.bump();
        self.colon(&name);
        Some(name)
    }

    /// Parses the colon after a name, and reports if it is missing or another sign.
    fn colon(&mut self, name: &str) {
        match self.token {
            Token::Colon => self.bump(),
            Token::Equals => {
                let sign = Span::new(self.previous_end, self.span.end as usize);
                // There may be comments between the name and the sign.
                let sign = if self.text_at(sign).trim_start() == "=" { sign } else { self.span };
                let (message, help) = ("a colon belongs here, not =", format!("write {}: …", excerpt(name)));
                let diagnostic = DiagnosticBuilder::error("equals-sign", self.span, message, help);
                self.report(diagnostic.fix("Write a colon", sign, ":"));
                self.bump();
            }
            // At the end of the file the unclosed bracket is reported instead.
            Token::End => {}
            _ => {
                let message = format!("a colon is missing after {}", excerpt(name));
                let point = self.point_after_previous();
                let help = format!("write {}: …", excerpt(name));
                let diagnostic = DiagnosticBuilder::error("missing-colon", point, message, help);
                self.report(diagnostic.fix("Write the missing colon", point, ":"));
            }
        }
    }

    fn list(&mut self) -> Result<Vec<Node<'a>>, Resync> {
        let mut items = Vec::new();
        self.entries(Bracket::Square, false, |parser| {
            if parser.at_key() {
                return Ok(false);
            }
            items.push(parser.value()?);
            Ok(true)
        })?;
        Ok(items)
    }

    fn map(&mut self) -> Result<Vec<(Node<'a>, Node<'a>)>, Resync> {
        let mut entries = Vec::new();
        self.entries(Bracket::Curly, false, |parser| {
            let span = parser.span;
            if let Token::Name(name) = parser.token
                && parser.at_key()
            {
                if name == "questions" || (parser.in_question && keywords::QUESTION_FIELDS.contains(&name)) {
                    return Ok(false);
                }
                let help = format!("write \"{}\": …", excerpt(name));
                let diagnostic =
                    DiagnosticBuilder::error("unquoted-key", span, "a key stands in quotes", help);
                parser.report(diagnostic.fix("Put the key in quotation marks", span, format!("\"{name}\"")));
            }
            let key = parser.value()?;
            let key_text = parser.text_at(key.span);
            parser.colon(key_text);
            let value = parser.value()?;
            entries.push((key, value));
            Ok(true)
        })?;
        Ok(entries)
    }

    /// Parses the entries between a pair of brackets. `entry` parses one entry, or returns `false` if the next token
    /// cannot belong here, because the bracket was never closed. `named` says that entries are fields.
    fn entries(
        &mut self,
        bracket: Bracket,
        named: bool,
        mut entry: impl FnMut(&mut Self) -> Result<bool, Resync>,
    ) -> Result<(), Resync> {
        let opening = self.span;
        if self.open_brackets.len() >= MAX_DEPTH {
            let message = "brackets are nested too deep here";
            let help = format!("a deck needs no more than {MAX_DEPTH} levels");
            self.report(DiagnosticBuilder::error("too-deep", opening, message, help));
            return Err(Resync);
        }
        self.open_brackets.push(OpenBracket { bracket, span: opening });
        self.bump();
        loop {
            match self.token {
                Token::Close(closing) if closing == bracket => {
                    self.open_brackets.pop();
                    self.bump();
                    return Ok(());
                }
                Token::Close(_) => {
                    if self.recover_wrong_closing(opening) {
                        return Ok(());
                    }
                }
                Token::Comma => self.skip_stray_comma(),
                Token::End => {
                    self.report_unclosed(opening);
                    self.open_brackets.pop();
                    // An incomplete question is unusable; an incomplete deck still has its complete questions.
                    return if self.in_question { Err(Resync) } else { Ok(()) };
                }
                _ => {
                    if !entry(self)? {
                        self.report_unclosed_before_field(opening);
                        self.open_brackets.pop();
                        return Ok(());
                    }
                    self.separator(named);
                }
            }
        }
    }

    /// Parses the separator after an entry: a comma, or nothing before a closing bracket.
    fn separator(&mut self, named: bool) {
        self.report_missing_separator(named);
        if self.token == Token::Comma {
            self.bump();
        }
    }

    /// Reports and skips anything between an entry and its comma.
    fn report_missing_separator(&mut self, named: bool) {
        let recovered = std::mem::take(&mut self.reported_unclosed);
        match &self.token {
            Token::Comma | Token::Close(_) | Token::End => {}
            Token::Name(_) if recovered && self.at_key() => {}
            Token::Open(Bracket::Round) if self.in_question && self.at_question_start() => {}
            _ if self.adjoins_text() => self.report_inner_quote(),
            Token::Name(_) if self.at_key() => self.report_missing_comma(),
            Token::Text(_) if named && !self.lexer.peek_colon(self.span.end as usize) => {
                self.report_leftover()
            }
            Token::Open(_) if named => self.report_leftover(),
            Token::Text(_) | Token::Open(_) | Token::Number(_) => self.report_missing_comma(),
            _ => self.report_leftover(),
        }
    }

    /// Handles `right: …` among entries without names: either it belongs outside of the bracket, or named and unnamed
    /// entries are mixed. Returns `false` in the first case.
    fn key_among_items(&mut self) -> Result<bool, Resync> {
        if self.lexer.is_one_of(self.span, &keywords::QUESTION_FIELDS) {
            return Ok(false);
        }
        let message = format!("{} has a name, and what comes before it has none", self.token_excerpt());
        let help = "name every entry between these brackets, or none";
        self.report(DiagnosticBuilder::error("mixed-form", self.span, message, help));
        if self.field_name().is_some() {
            self.value()?;
        }
        Ok(true)
    }

    pub(super) fn report_missing_comma(&mut self) {
        let point = self.point_after_previous();
        let help = format!("write a comma before {}", excerpt(self.text_at(self.span)));
        let diagnostic = DiagnosticBuilder::error("missing-comma", point, "a comma is missing here", help);
        self.report(diagnostic.fix("Write the missing comma", point, ","));
    }
}
