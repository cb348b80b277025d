//! The licences of everything that is linked into the program, as `examples/licences.rs` gathered them.

use std::sync::OnceLock;

/// The whole file: a line for each part, then every text.
pub const TEXT: &str = include_str!("../../assets/licences.txt");

/// What begins the line above a text; behind it stands the text's number.
const TEXT_MARK: &str = "\n== ";

/// Something that Linchpin is built from: a crate, or what comes without one, such as a typeface or a list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedPart {
    /// Its name, of a crate that in the registry.
    pub name: &'static str,
    /// Its version; empty where it has none.
    pub version: &'static str,
    /// Its licence in the notation of SPDX. A choice is written as its authors leave it.
    pub licence: &'static str,
    /// The web page of its source; empty where it names none.
    pub source: &'static str,
    /// The numbers of its texts, with blanks between them.
    numbers: &'static str,
}

/// Parts by name, and their texts.
#[derive(Debug)]
pub struct Licences {
    parts: Vec<LinkedPart>,
    texts: Vec<&'static str>,
}

impl Licences {
    /// Those inside the program.
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

    /// Everything, by name without regard to case.
    pub fn parts(&self) -> &[LinkedPart] {
        &self.parts
    }

    /// The parts whose name or licence has these words in it, as indices of [`Licences::parts`]; all for none.
    pub fn search(&self, words: &str) -> Vec<usize> {
        let words = words.trim().to_lowercase();
        let has_words = |text: &str| text.to_lowercase().contains(&words);
        let found = |part: &LinkedPart| has_words(part.name) || has_words(part.licence);
        (0..self.parts.len()).filter(|index| found(&self.parts[*index])).collect()
    }

    /// The texts of a part's licences and notices, at least one.
    pub fn texts(&self, part: &LinkedPart) -> impl Iterator<Item = &'static str> {
        let numbers = part.numbers.split(' ').filter_map(|number| number.parse::<usize>().ok());
        numbers.filter_map(|number| self.texts.get(number.checked_sub(1)?).copied())
    }
}

/// A line of the list; `None` for a comment.
fn part(line: &'static str) -> Option<LinkedPart> {
    let mut cells = line.split('\t');
    let (name, version, licence) = (cells.next()?, cells.next()?, cells.next()?);
    Some(LinkedPart { name, version, licence, source: cells.next()?, numbers: cells.next()? })
}
