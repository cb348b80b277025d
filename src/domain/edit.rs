//! Text edits, and their inverses.

use std::ops::Range;

/// Replaces one range of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Byte range in the old text, on character boundaries.
    pub range: Range<usize>,
    /// The text that replaces it.
    pub replacement: String,
}

/// An edit of a text: any number of splices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the text, without overlaps.
    pub splices: Vec<Splice>,
}

impl Splice {
    /// Inserts text before byte `at`.
    pub fn insert(at: usize, with: impl Into<String>) -> Self {
        Self { range: at..at, replacement: with.into() }
    }

    /// Removes a range.
    pub fn remove(range: Range<usize>) -> Self {
        Self { range, replacement: String::new() }
    }
}

impl Edit {
    /// An edit from splices in any order; splices that change nothing are dropped.
    pub fn new(mut splices: Vec<Splice>) -> Self {
        splices.retain(|splice| !splice.range.is_empty() || !splice.replacement.is_empty());
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        Self { splices }
    }

    /// Applies the edit. A splice whose range does not fit the text is skipped.
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

    /// The edit that undoes this one on the changed text; `text` is the text before the change.
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

    /// Whether the edit has no splices.
    pub fn is_empty(&self) -> bool {
        self.splices.is_empty()
    }

    /// The edit that turns `old` into `new`, as one splice, for a text in which `old` begins at byte
    /// `offset`.
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
