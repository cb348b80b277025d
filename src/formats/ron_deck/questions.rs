//! Parses the list of questions. An error in one question must not affect the others.

use super::diagnostics::DiagnosticBuilder;
use super::keywords;
use super::lexer::{Bracket, Token};
use super::parser::{OpenBracket, Parser, Resync};
use super::tree::{Node, Value, excerpt};

impl<'a> Parser<'a, '_> {
    /// Parses the list of questions. Whatever happens inside a question, the next one is found.
    pub(super) fn questions(&mut self) -> Node<'a> {
        let opening = self.span;
        let level = self.open_brackets.len() + 1;
        self.open_brackets.push(OpenBracket { bracket: Bracket::Square, span: opening });
        self.question_level = level;
        self.bump();
        let mut questions: Vec<Node<'a>> = Vec::new();
        loop {
            match self.token {
                Token::Close(Bracket::Square)
                    if self.is_list_end() || !questions.last().is_some_and(Node::is_reported) =>
                {
                    self.bump();
                    break;
                }
                Token::End => {
                    self.report_unclosed(opening);
                    break;
                }
                Token::Close(Bracket::Round) if self.is_deck_end() => {
                    self.report_unclosed(opening);
                    break;
                }
                Token::Close(_) => {
                    let (message, help) =
                        ("this bracket closes nothing", "remove it, or look for one too many before it");
                    let diagnostic = DiagnosticBuilder::error("stray-bracket", self.span, message, help);
                    self.report_after_last(diagnostic, &mut questions);
                    self.bump();
                    if self.token == Token::Comma {
                        self.bump();
                    }
                }
                Token::Comma => self.skip_stray_comma(),
                Token::Name(name) if self.at_key() => {
                    if keywords::DECK_FIELDS.contains(&name) && !keywords::QUESTION_FIELDS.contains(&name) {
                        self.report_unclosed(opening);
                        break;
                    }
                    let message = format!("{} stands outside of any question", excerpt(name));
                    let help = "the question before it was closed too early: look for a ) too many";
                    let diagnostic = DiagnosticBuilder::error("stray-field", self.span, message, help);
                    self.report_after_last(diagnostic, &mut questions);
                    self.resync(level);
                }
                _ => {
                    let question = self.question(level);
                    let is_whole = !question.is_reported();
                    questions.push(question);
                    match self.token {
                        Token::Comma => self.bump(),
                        Token::Open(_) if is_whole => self.report_missing_comma(),
                        _ => {}
                    }
                }
            }
        }
        self.open_brackets.truncate(level - 1);
        Node { span: self.span_since(opening), value: Value::List(questions) }
    }

    /// Parses one question; `level` brackets are open around it.
    pub(super) fn question(&mut self, level: usize) -> Node<'a> {
        let start = self.span;
        let errors = self.sink.error_count();
        self.in_question = true;
        self.has_skipped = false;
        let read = match self.token {
            // `value` cannot be used here: it would take the bracket as the beginning of another question.
            Token::Open(Bracket::Round) => self.parenthesized(None, start),
            _ => self.value(),
        };
        self.in_question = false;
        let node = read.unwrap_or_else(|Resync| {
            self.resync(level);
            Node { span: self.span_since(start), value: Value::Unreadable }
        });
        self.open_brackets.truncate(level);
        if self.sink.error_count() == errors || node.value == Value::Unreadable {
            return node;
        }
        let wrap = if self.has_skipped { Value::Partial } else { Value::Recovered };
        Node { span: node.span, value: wrap(Box::new(node)) }
    }

    /// Reports a diagnostic and marks the last question as partial. If that question has an error already, nothing is
    /// reported, because this one is most likely a consequence.
    fn report_after_last(&mut self, diagnostic: DiagnosticBuilder, questions: &mut [Node<'a>]) {
        match questions.last_mut() {
            Some(node) if node.is_reported() => {}
            Some(node) => {
                self.report(diagnostic);
                let content = std::mem::replace(node, Node { span: node.span, value: Value::Unreadable });
                node.value = Value::Partial(Box::new(content));
            }
            None => self.report(diagnostic),
        }
    }

    /// Skips to the end of the current question or the beginning of the next one.
    fn resync(&mut self, level: usize) {
        self.sink.mute();
        loop {
            match self.token {
                Token::End => break,
                Token::Open(Bracket::Round) if self.at_question_start() => {
                    self.open_brackets.truncate(level);
                    break;
                }
                Token::Open(bracket) => self.open_brackets.push(OpenBracket { bracket, span: self.span }),
                Token::Close(bracket) => {
                    let inner = self.open_brackets.get(level..).unwrap_or(&[]);
                    match inner.iter().rposition(|opened| opened.bracket == bracket) {
                        Some(at) => {
                            self.open_brackets.truncate(level + at);
                            if at == 0 {
                                self.bump();
                                break;
                            }
                        }
                        None if bracket == Bracket::Square && self.is_list_end() => {
                            self.open_brackets.truncate(level);
                            break;
                        }
                        None if bracket == Bracket::Round && self.is_deck_end() => {
                            self.open_brackets.truncate(level);
                            break;
                        }
                        None => {}
                    }
                }
                _ => {}
            }
            self.bump();
        }
        self.sink.unmute();
    }
}
