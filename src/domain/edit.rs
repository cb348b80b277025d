//! Changes of a text, and how to take them back.

use std::ops::Range;

/// Bytes `range` of the old text become `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// In the old text, on borders of characters.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A change of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the text, not overlapping.
    pub splices: Vec<Splice>,
}

impl Splice {
    /// Something new before byte `at`.
    pub fn insert(at: usize, with: impl Into<String>) -> Self {
        Self { range: at..at, replacement: with.into() }
    }

    /// Something that goes.
    pub fn remove(range: Range<usize>) -> Self {
        Self { range, replacement: String::new() }
    }
}

impl Edit {
    /// In the order of the text; what changes nothing is left out.
    pub fn new(mut splices: Vec<Splice>) -> Self {
        splices.retain(|splice| !splice.range.is_empty() || !splice.replacement.is_empty());
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        Self { splices }
    }

    /// The text after the change. A splice that the text does not have is left out.
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.splices.iter().map(|splice| splice.replacement.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut from = 0;
        for splice in &self.splices {
            let Some(kept) = text.get(from..splice.range.start) else { continue };
            out.push_str(kept);
            out.push_str(&splice.replacement);
            from = splice.range.end;
        }
        out.push_str(text.get(from..).unwrap_or(""));
        out
    }

    /// What takes the change back, for the text after it. `text` is the one before.
    pub fn inverse(&self, text: &str) -> Edit {
        let mut grown = 0_usize;
        let mut shrunk = 0_usize;
        let mut splices = Vec::with_capacity(self.splices.len());
        for splice in &self.splices {
            let start = splice.range.start + grown - shrunk;
            splices.push(Splice {
                range: start..start + splice.replacement.len(),
                replacement: text.get(splice.range.clone()).unwrap_or("").to_owned(),
            });
            grown += splice.replacement.len();
            shrunk += splice.range.len();
        }
        Edit { splices }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.splices.is_empty()
    }

    /// What makes `new` of `old`, as one splice `offset` bytes further on.
    pub fn between(old: &str, new: &str, offset: usize) -> Edit {
        if old == new {
            return Edit::default();
        }
        let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let same = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b);
        let mut kept = same.count();
        while !old_rest.is_char_boundary(old_rest.len() - kept)
            || !new_rest.is_char_boundary(new_rest.len() - kept)
        {
            kept -= 1;
        }
        let range = offset + start..offset + old.len() - kept;
        Edit { splices: vec![Splice { range, replacement: new_rest[..new_rest.len() - kept].to_owned() }] }
    }
}
