//! What must change in a value so that it says what another says: as little as possible.

use std::ops::Range;

use super::layout::{Layout, WIDTH, indent};
use super::slot::Slot;
use super::whole::Manner;
use super::{Edit, Splice, entries};
use crate::formats::ron_deck::faults::Faults;
use crate::formats::ron_deck::parser;
use crate::formats::ron_deck::tree::{Body, Field, Node, Value};

/// More steps than this, and the value is written anew as a whole.
const MOST_STEPS: usize = 2_000;

/// The text of a value, changed step by step until it says what `wanted` says. Fields of the value
/// itself that are in `unchanged` are left alone, however they are written.
pub(super) fn follow(text: &str, wanted: &Node<'_>, unchanged: &[&str], manner: &Manner<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_STEPS {
        let splices = {
            let mut faults = Faults::new(&text);
            let Some(node) = parser::parse(&text, &mut faults) else { break };
            Comparison { text: &text, manner }.top(&node, wanted, unchanged)
        };
        match splices {
            Some(splices) => text = Edit::new(splices).apply(&text),
            None => return text,
        }
    }
    let margin = indent(&text, 0);
    format!("{margin}{}", manner.value(wanted, margin, margin.chars().count()))
}

/// Whether two values say the same.
fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    let all = |a: &[Node<'_>], b: &[Node<'_>]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => all(a, b),
        (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_pair(a, b)),
        (Value::Struct(name, Body::Items(items)), Value::Name(word))
        | (Value::Name(word), Value::Struct(name, Body::Items(items))) => {
            items.is_empty() && *name == Some(word)
        }
        (Value::Struct(one, Body::Items(a)), Value::Struct(two, Body::Items(b))) => one == two && all(a, b),
        (Value::Struct(one, Body::Fields(a)), Value::Struct(two, Body::Fields(b))) => {
            let covers = |a: &[Field<'_>], b: &[Field<'_>]| {
                a.iter().all(|field| match b.iter().find(|other| other.name == field.name) {
                    Some(other) => same(&field.value, &other.value),
                    None => says_nothing(&field.value),
                })
            };
            one == two && covers(a, b) && covers(b, a)
        }
        (a, b) => a == b,
    }
}

fn same_pair(a: &(Node<'_>, Node<'_>), b: &(Node<'_>, Node<'_>)) -> bool {
    same(&a.0, &b.0) && same(&a.1, &b.1)
}

/// Whether a field with this value might as well be left out.
fn says_nothing(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Bool(value) => !value,
        Value::Number(value) => *value == 0.0,
        Value::Name(name) => *name == "None",
        _ => false,
    }
}

/// The value that stands in the text, held beside the one that is wanted.
struct Comparison<'c> {
    text: &'c str,
    manner: &'c Manner<'c>,
}

impl Comparison<'_> {
    /// The first step; `None` when there is nothing left to do.
    fn top(&self, is: &Node<'_>, wanted: &Node<'_>, unchanged: &[&str]) -> Option<Vec<Splice>> {
        match (&is.value, &wanted.value) {
            (Value::Struct(_, Body::Fields(is)), Value::Struct(_, Body::Fields(wanted))) => {
                self.fields(is, wanted, unchanged)
            }
            _ => self.value(is, wanted),
        }
    }

    fn value(&self, is: &Node<'_>, wanted: &Node<'_>) -> Option<Vec<Splice>> {
        if same(is, wanted) {
            return None;
        }
        let step = match (&is.value, &wanted.value) {
            (Value::List(items), Value::List(wanted)) if items.is_empty() => {
                // Behind the bracket: a comment in the empty list stays.
                let first = wanted.first().map(|first| self.manner.flat(first));
                first.map(|words| vec![Splice::insert(is.span.start as usize + 1, words)])
            }
            (Value::List(is), Value::List(wanted)) => self.items(is, wanted),
            (Value::Map(is), Value::Map(wanted)) => self.pairs(is, wanted),
            (Value::Struct(one, Body::Items(is)), Value::Struct(two, Body::Items(wanted)))
                if one == two && is.len() == wanted.len() =>
            {
                is.iter().zip(wanted).find_map(|(is, wanted)| self.value(is, wanted))
            }
            (Value::Struct(one, Body::Fields(is)), Value::Struct(two, Body::Fields(wanted)))
                if one == two =>
            {
                self.fields(is, wanted, &[])
            }
            _ => None,
        };
        step.or_else(|| Some(self.anew(is, wanted)))
    }

    /// The value written anew in its place.
    fn anew(&self, is: &Node<'_>, wanted: &Node<'_>) -> Vec<Splice> {
        let range = is.span.range();
        let before = super::layout::column(self.text, range.start);
        let with = self.manner.value(wanted, indent(self.text, range.start), before);
        vec![Splice { range, with }]
    }

    fn fields(&self, is: &[Field<'_>], wanted: &[Field<'_>], unchanged: &[&str]) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> =
            is.iter().map(|field| field.span.start as usize..field.value.span.end as usize).collect();
        for (at, field) in is.iter().enumerate() {
            if unchanged.contains(&&*field.name) {
                continue;
            }
            let step = match wanted.iter().find(|other| other.name == field.name) {
                Some(other) => self.value(&field.value, &other.value),
                None if says_nothing(&field.value) => None,
                None => {
                    let previous = at.checked_sub(1).and_then(|at| ranges.get(at));
                    Some(entries::remove(self.text, &ranges[at], previous))
                }
            };
            if step.is_some() {
                return step;
            }
        }
        let missing = |field: &Field<'_>| {
            !unchanged.contains(&&*field.name) && !is.iter().any(|other| other.name == field.name)
        };
        let at = wanted.iter().position(missing)?;
        let field = &wanted[at];
        let before = wanted[..at].iter().rev();
        let previous = before.filter_map(|other| is.iter().position(|field| field.name == other.name)).next();
        Some(match previous {
            Some(previous) => self.behind(&ranges[previous], field),
            None => {
                let words = self.manner.flat_field(field);
                in_front(self.text, ranges.first()?.start, &words, self.manner.layout)
            }
        })
    }

    fn behind(&self, previous: &Range<usize>, field: &Field<'_>) -> Vec<Splice> {
        let mut slot = Slot::behind(self.text, previous, self.manner.layout);
        let flat = self.manner.flat_field(field);
        if !slot.own_line && !slot.fits(self.text, flat.chars().count(), WIDTH) {
            slot.own_line = true;
        }
        let words = if slot.own_line { self.manner.field(field, &slot.indent) } else { flat };
        slot.fill(&words, self.manner.layout)
    }

    fn items(&self, is: &[Node<'_>], wanted: &[Node<'_>]) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> = is.iter().map(|item| item.span.range()).collect();
        let step = Step::of(is.len(), wanted.len(), |a, b| same(&is[a], &wanted[b]));
        match step {
            Step::Change(at) => self.value(&is[at], &wanted[at]),
            Step::Remove(at) => Some(self.remove(&ranges, at)),
            Step::Insert(at) => {
                let slot = self.slot(&ranges, at)?;
                let words = self.manner.value(&wanted[at], &slot.indent, slot.column);
                Some(slot.fill(&words, self.manner.layout))
            }
            Step::Anew => None,
        }
    }

    fn pairs(&self, is: &[(Node<'_>, Node<'_>)], wanted: &[(Node<'_>, Node<'_>)]) -> Option<Vec<Splice>> {
        let ranges: Vec<Range<usize>> =
            is.iter().map(|(key, value)| key.span.start as usize..value.span.end as usize).collect();
        let step = Step::of(is.len(), wanted.len(), |a, b| same_pair(&is[a], &wanted[b]));
        match step {
            Step::Change(at) => {
                let ((key, value), (wanted_key, wanted_value)) = (&is[at], &wanted[at]);
                self.value(key, wanted_key).or_else(|| self.value(value, wanted_value))
            }
            Step::Remove(at) => Some(self.remove(&ranges, at)),
            Step::Insert(at) => {
                let slot = self.slot(&ranges, at)?;
                let words = self.manner.pair(&wanted[at], &slot.indent);
                Some(slot.fill(&words, self.manner.layout))
            }
            Step::Anew => None,
        }
    }

    fn remove(&self, ranges: &[Range<usize>], at: usize) -> Vec<Splice> {
        let previous = at.checked_sub(1).and_then(|at| ranges.get(at));
        entries::remove(self.text, &ranges[at], previous)
    }

    fn slot(&self, ranges: &[Range<usize>], at: usize) -> Option<Slot> {
        match at.checked_sub(1) {
            Some(previous) => Some(Slot::behind(self.text, ranges.get(previous)?, self.manner.layout)),
            None => Some(Slot::before(self.text, ranges.first()?.start)),
        }
    }
}

/// The splices that put a field before the first one, which begins at `at`.
pub(super) fn in_front(text: &str, at: usize, words: &str, layout: &Layout) -> Vec<Splice> {
    let mut slot = Slot::before(text, at);
    // An id and a topic are short, and stand on one line.
    if slot.own_line && slot.fits(text, words.chars().count(), WIDTH) {
        slot.own_line = false;
    }
    slot.fill(words, layout)
}

/// What to do next to a list so that it becomes another.
enum Step {
    Change(usize),
    Remove(usize),
    Insert(usize),
    Anew,
}

impl Step {
    fn of(is: usize, wanted: usize, same: impl Fn(usize, usize) -> bool) -> Self {
        let shorter = is.min(wanted);
        if shorter == 0 {
            return Step::Anew;
        }
        let begin = (0..shorter).take_while(|at| same(*at, *at)).count();
        let end = (1..=shorter - begin).take_while(|back| same(is - back, wanted - back)).count();
        if begin + end == wanted && is > wanted {
            Step::Remove(begin)
        } else if begin + end == is && wanted > is {
            Step::Insert(begin)
        } else {
            Step::Change(begin)
        }
    }
}
