//! The licences of everything that is linked into the program, as `examples/licences.rs` collected them.

use std::sync::OnceLock;

/// The whole file: one line per part, then all texts.
pub const TEXT: &str = include_str!("../../assets/licences.txt");

/// The start of the line before a text; the text's number follows.
const TEXT_MARK: &str = "\n== ";

/// A part that Linchpin is built from: a crate, or something else such as a typeface or a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedPart {
    /// The name; for a crate, its name in the registry.
    pub name: &'static str,
    /// The version; empty if there is none.
    pub version: &'static str,
    /// The licence as an SPDX expression. A choice between licences is kept as the authors state it.
    pub licence: &'static str,
    /// The web page of the source; empty if none is given.
    pub source: &'static str,
    /// The numbers of its texts, separated by spaces.
    numbers: &'static str,
}

/// All parts and their texts.
#[derive(Debug)]
pub struct Licences {
    parts: Vec<LinkedPart>,
    texts: Vec<&'static str>,
}

impl Licences {
    /// The licences embedded in the program.
    pub fn embedded() -> &'static Self {
        static LICENCES: OnceLock<Licences> = OnceLock::new();
        LICENCES.get_or_init(|| Self::parse(TEXT))
    }

    fn parse(text: &'static str) -> Self {
        let mut pieces = text.split(TEXT_MARK);
        let list = pieces.next().unwrap_or_default();
        let mut parts: Vec<LinkedPart> = list.lines().filter_map(part).collect();
        parts.sort_by_key(|part| part.name.to_lowercase());
        let texts = pieces.filter_map(|piece| Some(piece.split_once('\n')?.1.trim_end())).collect();
        Self { parts, texts }
    }

    /// All parts, by name, ignoring case.
    pub fn parts(&self) -> &[LinkedPart] {
        &self.parts
    }

    /// The parts whose name or licence contains `query`, as indices into [`Licences::parts`]; all parts for
    /// an empty text.
    pub fn search(&self, query: &str) -> Vec<usize> {
        let query = query.trim().to_lowercase();
        let has_text = |text: &str| text.to_lowercase().contains(&query);
        let found = |part: &LinkedPart| has_text(part.name) || has_text(part.licence);
        (0..self.parts.len()).filter(|index| found(&self.parts[*index])).collect()
    }

    /// The licence texts and notices of a part, at least one.
    pub fn texts(&self, part: &LinkedPart) -> impl Iterator<Item = &'static str> {
        let numbers = part.numbers.split(' ').filter_map(|number| number.parse::<usize>().ok());
        numbers.filter_map(|number| self.texts.get(number.checked_sub(1)?).copied())
    }
}

/// Parses one line of the list; `None` for a comment.
fn part(line: &'static str) -> Option<LinkedPart> {
    let mut cells = line.split('\t');
    let (name, version, licence) = (cells.next()?, cells.next()?, cells.next()?);
    Some(LinkedPart { name, version, licence, source: cells.next()?, numbers: cells.next()? })
}
