//! What the text says before anyone asks what it means: values with their places.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::diagnostic::Diagnostic;

/// Bytes of the text. 32 bits are enough: larger files are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
}

impl Span {
    /// From offsets into a text of at most 64 MB.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// As the domain writes it.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// Where it stands, brackets and quotes included.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `"…"` or `r"…"`, decoded; borrowed where there was nothing to decode.
    Text(Cow<'a, str>),
    /// Any number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `'x'`.
    Char(char),
    /// A bare word, such as `Cloze` or `None`.
    Name(&'a str),
    /// `[…]`.
    List(Vec<Node<'a>>),
    /// `{…}`, keys in the author's order and perhaps repeated.
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `(…)` or `Name(…)`.
    Struct(Option<&'a str>, StructBody<'a>),
    /// A fault was reported here, and nothing could be read.
    Unreadable,
    /// A fault of spelling was reported here, and everything could be read nevertheless.
    Recovered(Box<Node<'a>>),
    /// A fault was reported here, and a part had to be skipped: what is missing may be there.
    Partial(Box<Node<'a>>),
}

/// What stands between round brackets.
#[derive(Clone, Debug, PartialEq)]
pub enum StructBody<'a> {
    /// `name: value, …`
    Fields(Vec<StructField<'a>>),
    /// `value, …`
    Items(Vec<Node<'a>>),
}

/// One `name: value`.
#[derive(Clone, Debug, PartialEq)]
pub struct StructField<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// Where the name stands.
    pub span: Span,
    /// The value.
    pub value: Node<'a>,
}

/// A text read without asking what it means.
#[derive(Clone, Debug)]
pub struct SyntaxTree<'a> {
    /// The whole; `None` when the text is empty.
    pub root: Option<Node<'a>>,
    /// Faults of spelling: brackets, commas, quotes.
    pub diagnostics: Vec<Diagnostic>,
}

impl Node<'_> {
    /// Whether a fault was reported where it stands.
    pub(super) fn is_reported(&self) -> bool {
        matches!(self.value, Value::Unreadable | Value::Recovered(_) | Value::Partial(_))
    }

    /// What a person would call it, for "expected …, found …".
    pub(super) fn describe(&self) -> Cow<'static, str> {
        match &self.value {
            Value::Text(_) => "a text in quotes".into(),
            Value::Number(_) => "a number".into(),
            Value::Bool(_) => "true or false".into(),
            Value::Char(_) => "a letter in single quotes".into(),
            Value::Name(name) => format!("the bare word {}", excerpt(name)).into(),
            Value::List(_) => "a list in [ ]".into(),
            Value::Map(_) => "a table in { }".into(),
            Value::Struct(Some(name), _) => format!("{}(…)", excerpt(name)).into(),
            Value::Struct(None, _) => "something in ( )".into(),
            Value::Unreadable | Value::Recovered(_) | Value::Partial(_) => "something unreadable".into(),
        }
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
