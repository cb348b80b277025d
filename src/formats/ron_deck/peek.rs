//! Lookahead on the text, which reports nothing.

use super::keywords;
use super::lexer::{Lexer, Token, is_word_char};
use super::parser::Parser;
use super::tree::Span;

impl<'a> Lexer<'a> {
    /// The bare word at `at`, if a colon (or `=`) follows it.
    pub(super) fn peek_key(&self, at: usize) -> Option<&'a str> {
        let rest = self.rest(self.skip_space(at).0);
        let rest = rest.strip_prefix("r#").unwrap_or(rest);
        let len = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
        (len > 0 && self.peek_colon(self.text.len() - rest.len() + len)).then(|| &rest[..len])
    }

    /// Whether a quoted name and a colon follow: `"id": …`.
    pub(super) fn peek_quoted_key(&self, at: usize) -> bool {
        let (start, _) = self.skip_space(at);
        let Some(inside) = self.rest(start).strip_prefix('"') else { return false };
        let len = inside.find(|c| !is_word_char(c)).unwrap_or(inside.len());
        len > 0 && inside[len..].starts_with('"') && self.peek_colon(start + 1 + len + 1)
    }

    /// Whether a colon (or `=`) follows.
    pub(super) fn peek_colon(&self, at: usize) -> bool {
        self.rest(self.skip_space(at).0).starts_with([':', '=', '：'])
    }

    /// Whether one of these fields follows.
    pub(super) fn peek_field(&self, at: usize, fields: &[&str]) -> bool {
        self.peek_key(at).is_some_and(|name| fields.contains(&name))
    }

    /// Whether the text of a span is one of these words.
    pub(super) fn is_one_of(&self, span: Span, words: &[&str]) -> bool {
        self.text.get(span.range()).is_some_and(|word| words.contains(&word))
    }
}

impl Parser<'_, '_> {
    /// Whether another question begins after the current bracket.
    pub(super) fn question_follows(&self) -> bool {
        let (comma, _) = self.lexer.skip_space(self.span.end as usize);
        let (next, _) = self.lexer.skip_space(comma + usize::from(self.lexer.byte(comma) == b','));
        self.lexer.byte(next) == b'(' && self.lexer.peek_field(next + 1, &keywords::QUESTION_FIELDS)
    }

    /// Whether the current bracket opens a question: a field of a question follows it.
    pub(super) fn at_question_start(&self) -> bool {
        self.lexer.peek_field(self.span.end as usize, &keywords::QUESTION_FIELDS)
    }

    /// Whether the current token is a field's name.
    pub(super) fn at_key(&self) -> bool {
        matches!(self.token, Token::Name(_)) && self.lexer.peek_colon(self.span.end as usize)
    }

    /// Whether the current closing bracket is the deck's own: nothing follows it.
    pub(super) fn is_deck_end(&self) -> bool {
        let rest = self.lexer.rest(self.lexer.skip_space(self.span.end as usize).0);
        rest.is_empty()
    }

    /// Whether the current square bracket ends the list of questions: the end of the deck or a field of the deck
    /// follows.
    pub(super) fn is_list_end(&self) -> bool {
        let mut at = self.span.end as usize;
        let mut closed = false;
        loop {
            at = self.lexer.skip_space(at).0;
            match self.lexer.byte(at) {
                b')' if !closed => closed = true,
                b',' => {}
                _ if at >= self.lexer.text.len() => return true,
                _ => {
                    return !closed
                        && self.lexer.peek_field(at, &keywords::DECK_FIELDS)
                        && !self.lexer.peek_field(at, &keywords::QUESTION_FIELDS);
                }
            }
            at += 1;
        }
    }
}
