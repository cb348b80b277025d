//! Prints values, on one line or broken over several.

use super::layout::{IndentStyle, MAX_WIDTH};
use crate::formats::ron_deck::tree::{Node, StructBody, StructField, Value};

/// Prints nodes in a given layout.
pub(super) struct NodePrinter<'l> {
    pub style: &'l IndentStyle,
    /// The text that the nodes were parsed from.
    pub source: &'l str,
    /// Whether values are never broken over several lines.
    pub one_line: bool,
}

impl NodePrinter<'_> {
    /// Prints a value on one line.
    pub fn flat(&self, node: &Node<'_>) -> String {
        match &node.value {
            Value::List(items) => format!("[{}]", self.flat_items(items)),
            Value::Map(entries) => {
                let entries: Vec<String> = entries.iter().map(|entry| self.flat_pair(entry)).collect();
                if entries.is_empty() { "{}".to_owned() } else { format!("{{{}}}", entries.join(", ")) }
            }
            Value::Struct(name, StructBody::Items(items)) => {
                format!("{}({})", name.unwrap_or(""), self.flat_items(items))
            }
            Value::Struct(name, StructBody::Fields(fields)) => {
                let fields: Vec<String> = fields.iter().map(|field| self.flat_field(field)).collect();
                format!("{}({})", name.unwrap_or(""), fields.join(", "))
            }
            _ => self.source.get(node.span.range()).unwrap_or("").to_owned(),
        }
    }

    fn flat_items(&self, items: &[Node<'_>]) -> String {
        items.iter().map(|item| self.flat(item)).collect::<Vec<_>>().join(", ")
    }

    fn flat_pair(&self, (key, value): &(Node<'_>, Node<'_>)) -> String {
        format!("{}: {}", self.flat(key), self.flat(value))
    }

    /// Prints `name: value` on one line.
    pub fn flat_field(&self, field: &StructField<'_>) -> String {
        format!("{}: {}", field.name, self.flat(&field.value))
    }

    /// Prints a value, broken over several lines if it does not fit. Its first line is indented by `indent` and has
    /// `before` characters before the value.
    pub fn value(&self, node: &Node<'_>, indent: &str, before: usize) -> String {
        let flat = self.flat(node);
        if self.one_line || before + flat.chars().count() < MAX_WIDTH {
            return flat;
        }
        let inner = format!("{indent}{}", self.style.unit);
        let deep = inner.chars().count();
        let (open, lines, close) = match &node.value {
            Value::List(items) if !items.is_empty() => {
                ("[".to_owned(), items.iter().map(|item| self.value(item, &inner, deep)).collect(), "]")
            }
            Value::Map(entries) if !entries.is_empty() => {
                ("{".to_owned(), entries.iter().map(|entry| self.pair(entry, &inner)).collect(), "}")
            }
            Value::Struct(name, StructBody::Items(items)) => match items.as_slice() {
                [only] => {
                    let name = name.unwrap_or("");
                    let before = before + name.chars().count() + 1;
                    return format!("{name}({})", self.value(only, indent, before));
                }
                _ => return flat,
            },
            Value::Struct(name, StructBody::Fields(fields)) => {
                let lines: Vec<String> = fields.iter().map(|field| self.field(field, &inner)).collect();
                (format!("{}(", name.unwrap_or("")), lines, ")")
            }
            _ => return flat,
        };
        self.lines(&open, &lines, close, indent)
    }

    /// Prints `name: value` at the beginning of a line.
    pub fn field(&self, field: &StructField<'_>, indent: &str) -> String {
        let before = indent.chars().count() + field.name.chars().count() + 2;
        format!("{}: {}", field.name, self.value(&field.value, indent, before))
    }

    /// Prints `key: value` at the beginning of a line.
    pub fn pair(&self, (key, value): &(Node<'_>, Node<'_>), indent: &str) -> String {
        let key = self.flat(key);
        let before = indent.chars().count() + key.chars().count() + 2;
        format!("{key}: {}", self.value(value, indent, before))
    }

    /// Prints brackets with one line for each entry.
    pub fn lines(&self, open: &str, lines: &[String], close: &str, indent: &str) -> String {
        let (newline, unit) = (self.style.newline, &self.style.unit);
        let mut out = String::from(open);
        for line in lines {
            out.push_str(&format!("{newline}{indent}{unit}{line},"));
        }
        out.push_str(&format!("{newline}{indent}{close}"));
        out
    }

    /// Prints a question with its brackets, in the layout of [`crate::formats::ron_deck::write::question`].
    pub fn question(&self, node: &Node<'_>, indent: &str) -> String {
        let Value::Struct(_, StructBody::Fields(fields)) = &node.value else { return self.flat(node) };
        let inner = format!("{indent}{}", self.style.unit);
        let (first, others) =
            fields.split_at(fields.iter().take_while(|field| matches!(&*field.name, "id" | "topic")).count());
        let first: Vec<String> = first.iter().map(|field| self.flat_field(field)).collect();
        let mut lines = vec![first.join(", ")];
        lines.extend(others.iter().map(|field| self.field(field, &inner)));
        self.lines("(", &lines, ")", indent)
    }
}
