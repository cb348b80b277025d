//! The list of questions: a fault inside one must not cost the others.

use super::faults::Fault;
use super::lexer::{Bracket, Token};
use super::parser::{Lost, Opened, Parser};
use super::tree::{Node, Value, excerpt};
use super::words;

impl<'a> Parser<'a, '_> {
    /// The list of questions. Whatever happens inside a question, the next one is found.
    pub(super) fn questions(&mut self) -> Node<'a> {
        let opening = self.span;
        let level = self.open.len() + 1;
        self.open.push(Opened { bracket: Bracket::Square, span: opening });
        self.level = level;
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
                    self.unclosed(opening);
                    break;
                }
                Token::Close(Bracket::Round) if self.is_last_bracket() => {
                    self.unclosed(opening);
                    break;
                }
                Token::Close(_) => {
                    let fault = Fault::error("stray-bracket", self.span, "this bracket closes nothing");
                    self.blame_last(
                        fault.help("remove it, or look for one too many before it"),
                        &mut questions,
                    );
                    self.bump();
                    if self.token == Token::Comma {
                        self.bump();
                    }
                }
                Token::Comma => self.stray_comma(),
                Token::Name(name) if self.at_key() => {
                    if words::DECK.contains(&name) && !words::QUESTION.contains(&name) {
                        self.unclosed(opening);
                        break;
                    }
                    let message = format!("{} stands outside of any question", excerpt(name));
                    let fault = Fault::error("stray-field", self.span, message)
                        .help("the question before it was closed too early: look for a ) too many");
                    self.blame_last(fault, &mut questions);
                    self.resynchronise(level);
                }
                _ => {
                    let question = self.question(level);
                    let is_whole = !question.is_reported();
                    questions.push(question);
                    match self.token {
                        Token::Comma => self.bump(),
                        Token::Open(_) if is_whole => self.missing_comma(),
                        _ => {}
                    }
                }
            }
        }
        self.open.truncate(level - 1);
        Node { span: self.since(opening), value: Value::List(questions) }
    }

    /// One question; `level` brackets are open around it.
    pub(super) fn question(&mut self, level: usize) -> Node<'a> {
        let start = self.span;
        let errors = self.faults.errors();
        self.in_question = true;
        self.skipped = false;
        let read = match self.token {
            // Not through `value`, to which the bracket of a question means that another one begins.
            Token::Open(Bracket::Round) => self.round(None, start),
            _ => self.value(),
        };
        self.in_question = false;
        let node = read.unwrap_or_else(|Lost| {
            self.resynchronise(level);
            Node { span: self.since(start), value: Value::Unreadable }
        });
        self.open.truncate(level);
        if self.faults.errors() == errors || node.value == Value::Unreadable {
            return node;
        }
        let wrap = if self.skipped { Value::Partial } else { Value::Faulty };
        Node { span: node.span, value: wrap(Box::new(node)) }
    }

    /// Reports, unless the question before is faulty already: then this is most likely its echo.
    fn blame_last(&mut self, fault: Fault, questions: &mut [Node<'a>]) {
        match questions.last_mut() {
            Some(node) if node.is_reported() => {}
            Some(node) => {
                self.report(fault);
                let whole = std::mem::replace(node, Node { span: node.span, value: Value::Unreadable });
                node.value = Value::Partial(Box::new(whole));
            }
            None => self.report(fault),
        }
    }

    /// Skips to the end of this question or the beginning of the next.
    fn resynchronise(&mut self, level: usize) {
        self.faults.mute();
        loop {
            match self.token {
                Token::End => break,
                Token::Open(Bracket::Round) if self.at_question_start() => {
                    self.open.truncate(level);
                    break;
                }
                Token::Open(bracket) => self.open.push(Opened { bracket, span: self.span }),
                Token::Close(bracket) => {
                    let inner = self.open.get(level..).unwrap_or(&[]);
                    match inner.iter().rposition(|opened| opened.bracket == bracket) {
                        Some(at) => {
                            self.open.truncate(level + at);
                            if at == 0 {
                                self.bump();
                                break;
                            }
                        }
                        None if bracket == Bracket::Square && self.is_list_end() => {
                            self.open.truncate(level);
                            break;
                        }
                        None if bracket == Bracket::Round && self.is_last_bracket() => {
                            self.open.truncate(level);
                            break;
                        }
                        None => {}
                    }
                }
                _ => {}
            }
            self.bump();
        }
        self.faults.unmute();
    }
}
