//! Finds the smallest changes that give one value the meaning of another.

use std::ops::Range;

use super::insert_point::InsertPoint;
use super::layout::{IndentStyle, MAX_WIDTH, indent};
use super::printer::NodePrinter;
use super::{Edit, Splice, entries};
use crate::formats::ron_deck::diagnostics::DiagnosticSink;
use crate::formats::ron_deck::parser;
use crate::formats::ron_deck::tree::{Node, StructBody, StructField, Value};

/// If more steps are needed, the whole value is rewritten.
const MAX_STEPS: usize = 2_000;

/// Changes the text of a value step by step until it means the same as `wanted`. Top-level fields named in
/// `unchanged` are not touched, however they are written.
pub(super) fn edit_to_match(
    text: &str,
    wanted: &Node<'_>,
    unchanged: &[&str],
    printer: &NodePrinter<'_>,
) -> String {
    let mut text = text.to_owned();
    for _ in 0..MAX_STEPS {
        let splices = {
            let mut sink = DiagnosticSink::new(&text);
            let Some(node) = parser::parse(&text, &mut sink) else { break };
            NodeDiff { text: &text, printer }.first_change(&node, wanted, unchanged)
        };
        match splices {
            Some(splices) => text = Edit::new(splices).apply(&text),
            None => return text,
        }
    }
    let margin = indent(&text, 0);
    format!("{margin}{}", printer.value(wanted, margin, margin.chars().count()))
}

/// Whether two values mean the same. The order of fields and optional empty fields make no difference.
fn same_value(a: &Node<'_>, b: &Node<'_>) -> bool {
    let all =
        |a: &[Node<'_>], b: &[Node<'_>]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b));
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => all(a, b),
        (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_pair(a, b)),
        (Value::Struct(name, StructBody::Items(items)), Value::Name(word))
        | (Value::Name(word), Value::Struct(name, StructBody::Items(items))) => {
            items.is_empty() && *name == Some(word)
        }
        (Value::Struct(one, StructBody::Items(a)), Value::Struct(two, StructBody::Items(b))) => {
            one == two && all(a, b)
        }
        (Value::Struct(one, StructBody::Fields(a)), Value::Struct(two, StructBody::Fields(b))) => {
            let covers = |a: &[StructField<'_>], b: &[StructField<'_>]| {
                a.iter().all(|field| match b.iter().find(|other| other.name == field.name) {
                    Some(other) => same_value(&field.value, &other.value),
                    None => is_default_value(&field.value),
                })
            };
            one == two && covers(a, b) && covers(b, a)
        }
        (a, b) => a == b,
    }
}

fn same_pair(a: &(Node<'_>, Node<'_>), b: &(Node<'_>, Node<'_>)) -> bool {
    same_value(&a.0, &b.0) && same_value(&a.1, &b.1)
}

/// Whether a field with this value means the same as no field.
fn is_default_value(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Bool(value) => !value,
        Value::Number(value) => *value == 0.0,
        Value::Name(name) => *name == "None",
        _ => false,
    }
}

/// Compares a value in the text with the wanted one. Each method returns the splices of the first necessary change,
/// or `None` if nothing has to change.
struct NodeDiff<'c> {
    text: &'c str,
    printer: &'c NodePrinter<'c>,
}

impl NodeDiff<'_> {
    /// The first change of the whole value.
    fn first_change(&self, current: &Node<'_>, wanted: &Node<'_>, unchanged: &[&str]) -> Option<Vec<Splice>> {
        match (&current.value, &wanted.value) {
            (Value::Struct(_, StructBody::Fields(current)), Value::Struct(_, StructBody::Fields(wanted))) => {
                self.fields_change(current, wanted, unchanged)
            }
            _ => self.value_change(current, wanted),
        }
    }

    /// The first change of a nested value.
    fn value_change(&self, current: &Node<'_>, wanted: &Node<'_>) -> Option<Vec<Splice>> {
        if same_value(current, wanted) {
            return None;
        }
        let change = match (&current.value, &wanted.value) {
            (Value::List(items), Value::List(wanted)) if items.is_empty() => {
                // Insert directly after the bracket, so that a comment in the empty list stays.
                let first = wanted.first().map(|first| self.printer.flat(first));
                first.map(|printed| vec![Splice::insert(current.span.start as usize + 1, printed)])
            }
            (Value::List(current), Value::List(wanted)) => self.items_change(current, wanted),
            (Value::Map(current), Value::Map(wanted)) => self.pairs_change(current, wanted),
            (
                Value::Struct(one, StructBody::Items(current)),
                Value::Struct(two, StructBody::Items(wanted)),
            ) if one == two && current.len() == wanted.len() => {
                current.iter().zip(wanted).find_map(|(current, wanted)| self.value_change(current, wanted))
            }
            (
                Value::Struct(one, StructBody::Fields(current)),
                Value::Struct(two, StructBody::Fields(wanted)),
            ) if one == two => self.fields_change(current, wanted, &[]),
            _ => None,
        };
        change.or_else(|| Some(self.rewrite(current, wanted)))
    }

    /// Replaces the value as a whole.
    fn rewrite(&self, current: &Node<'_>, wanted: &Node<'_>) -> Vec<Splice> {
        let range = current.span.range();
        let before = super::layout::column(self.text, range.start);
        let replacement = self.printer.value(wanted, indent(self.text, range.start), before);
        vec![Splice { range, replacement }]
    }

    fn fields_change(
        &self,
        current: &[StructField<'_>],
        wanted: &[StructField<'_>],
        unchanged: &[&str],
    ) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> =
            current.iter().map(|field| field.span.start as usize..field.value.span.end as usize).collect();
        for (at, field) in current.iter().enumerate() {
            if unchanged.contains(&&*field.name) {
                continue;
            }
            let change = match wanted.iter().find(|other| other.name == field.name) {
                Some(other) => self.value_change(&field.value, &other.value),
                None if is_default_value(&field.value) => None,
                None => {
                    let previous = at.checked_sub(1).and_then(|at| ranges.get(at));
                    Some(entries::remove(self.text, &ranges[at], previous))
                }
            };
            if change.is_some() {
                return change;
            }
        }
        let missing = |field: &StructField<'_>| {
            !unchanged.contains(&&*field.name) && !current.iter().any(|other| other.name == field.name)
        };
        let at = wanted.iter().position(missing)?;
        let field = &wanted[at];
        let before = wanted[..at].iter().rev();
        let previous =
            before.filter_map(|other| current.iter().position(|field| field.name == other.name)).next();
        Some(match previous {
            Some(previous) => self.insert_field_after(&ranges[previous], field),
            None => {
                let printed = self.printer.flat_field(field);
                insert_field_before(self.text, ranges.first()?.start, &printed, self.printer.style)
            }
        })
    }

    fn insert_field_after(&self, previous: &Range<usize>, field: &StructField<'_>) -> Vec<Splice> {
        let mut point = InsertPoint::after(self.text, previous, self.printer.style);
        let flat = self.printer.flat_field(field);
        if !point.on_own_line && !point.fits(self.text, flat.chars().count(), MAX_WIDTH) {
            point.on_own_line = true;
        }
        let printed = if point.on_own_line { self.printer.field(field, &point.indent) } else { flat };
        point.insert(&printed, self.printer.style)
    }

    fn items_change(&self, current: &[Node<'_>], wanted: &[Node<'_>]) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> = current.iter().map(|item| item.span.range()).collect();
        let change =
            ListChange::first(current.len(), wanted.len(), |a, b| same_value(&current[a], &wanted[b]));
        match change {
            ListChange::Change(at) => self.value_change(&current[at], &wanted[at]),
            ListChange::Remove(at) => Some(self.remove(&ranges, at)),
            ListChange::Insert(at) => {
                let point = self.insert_point(&ranges, at)?;
                let printed = self.printer.value(&wanted[at], &point.indent, point.column);
                Some(point.insert(&printed, self.printer.style))
            }
            ListChange::RewriteAll => None,
        }
    }

    fn pairs_change(
        &self,
        current: &[(Node<'_>, Node<'_>)],
        wanted: &[(Node<'_>, Node<'_>)],
    ) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> =
            current.iter().map(|(key, value)| key.span.start as usize..value.span.end as usize).collect();
        let change =
            ListChange::first(current.len(), wanted.len(), |a, b| same_pair(&current[a], &wanted[b]));
        match change {
            ListChange::Change(at) => {
                let ((key, value), (wanted_key, wanted_value)) = (&current[at], &wanted[at]);
                self.value_change(key, wanted_key).or_else(|| self.value_change(value, wanted_value))
            }
            ListChange::Remove(at) => Some(self.remove(&ranges, at)),
            ListChange::Insert(at) => {
                let point = self.insert_point(&ranges, at)?;
                let printed = self.printer.pair(&wanted[at], &point.indent);
                Some(point.insert(&printed, self.printer.style))
            }
            ListChange::RewriteAll => None,
        }
    }

    fn remove(&self, ranges: &[Range<usize>], at: usize) -> Vec<Splice> {
        let previous = at.checked_sub(1).and_then(|at| ranges.get(at));
        entries::remove(self.text, &ranges[at], previous)
    }

    fn insert_point(&self, ranges: &[Range<usize>], at: usize) -> Option<InsertPoint> {
        match at.checked_sub(1) {
            Some(previous) => Some(InsertPoint::after(self.text, ranges.get(previous)?, self.printer.style)),
            None => Some(InsertPoint::before(self.text, ranges.first()?.start)),
        }
    }
}

/// The splices that insert a field before the first one, which begins at `at`.
pub(super) fn insert_field_before(text: &str, at: usize, printed: &str, style: &IndentStyle) -> Vec<Splice> {
    let mut point = InsertPoint::before(text, at);
    // An id and a topic are short and share a line.
    if point.on_own_line && point.fits(text, printed.chars().count(), MAX_WIDTH) {
        point.on_own_line = false;
    }
    point.insert(printed, style)
}

/// The next change that brings a list closer to another one. The numbers are indexes.
enum ListChange {
    Change(usize),
    Remove(usize),
    Insert(usize),
    RewriteAll,
}

impl ListChange {
    /// The first change, given the lengths of both lists and a comparison of their entries by index.
    fn first(current: usize, wanted: usize, same: impl Fn(usize, usize) -> bool) -> Self {
        let shorter = current.min(wanted);
        if shorter == 0 {
            return ListChange::RewriteAll;
        }
        let begin = (0..shorter).take_while(|at| same(*at, *at)).count();
        let end = (1..=shorter - begin).take_while(|back| same(current - back, wanted - back)).count();
        if begin + end == wanted && current > wanted {
            ListChange::Remove(begin)
        } else if begin + end == current && wanted > current {
            ListChange::Insert(begin)
        } else {
            ListChange::Change(begin)
        }
    }
}
