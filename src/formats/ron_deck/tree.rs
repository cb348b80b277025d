//! The syntax tree: values with their spans, before they are interpreted.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::diagnostic::Diagnostic;

/// A byte range of the text. 32 bits are enough, because larger files are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Creates a span from offsets into a text of at most 64 MB.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as a range, to index the text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with its span.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// The span of the value, including brackets and quotes.
    pub span: Span,
    /// The value itself.
    pub value: Value<'a>,
}

/// A value of RON, or the remains of one that has errors.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `"…"` or `r"…"`, decoded; borrowed if it has no escapes.
    Text(Cow<'a, str>),
    /// A number of any notation.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `'x'`.
    Char(char),
    /// A bare word, such as `Cloze` or `None`.
    Name(&'a str),
    /// `[…]`.
    List(Vec<Node<'a>>),
    /// `{…}`, in the order of the text; keys may be repeated.
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `(…)` or `Name(…)`.
    Struct(Option<&'a str>, StructBody<'a>),
    /// An error was reported here, and nothing could be read.
    Unreadable,
    /// A syntax error was reported here, but the parser recovered and could read everything.
    Recovered(Box<Node<'a>>),
    /// An error was reported here, and a part had to be skipped. Fields that seem missing may be in that part.
    Partial(Box<Node<'a>>),
}

/// The content of round brackets.
#[derive(Clone, Debug, PartialEq)]
pub enum StructBody<'a> {
    /// `name: value, …`
    Fields(Vec<StructField<'a>>),
    /// `value, …`
    Items(Vec<Node<'a>>),
}

/// A field `name: value`.
#[derive(Clone, Debug, PartialEq)]
pub struct StructField<'a> {
    /// The name, without quotes.
    pub name: Cow<'a, str>,
    /// The span of the name.
    pub span: Span,
    /// The value of the field.
    pub value: Node<'a>,
}

/// The syntax tree of a text.
#[derive(Clone, Debug)]
pub struct SyntaxTree<'a> {
    /// The top-level value; `None` if the text is empty.
    pub root: Option<Node<'a>>,
    /// Syntax errors, such as wrong brackets, commas and quotes.
    pub diagnostics: Vec<Diagnostic>,
}

impl Node<'_> {
    /// Whether an error was reported in this node.
    pub(super) fn is_reported(&self) -> bool {
        matches!(self.value, Value::Unreadable | Value::Recovered(_) | Value::Partial(_))
    }

    /// A description of the value for messages such as "must be …, not …".
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

/// The first 40 characters of a text, for messages. Control characters become spaces.
pub(super) fn excerpt(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut short: String =
        text.chars().take(MAX_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX_CHARS).is_some() {
        short.push('…');
    }
    short
}
