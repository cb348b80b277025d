//! Words of their own: one is never taken for a slip in another. And words with two spellings.
//!
//! Where the lists come from: `assets/words/README.md`.

use std::collections::HashMap;
use std::sync::LazyLock;

use fst::Set;

static ENGLISH: LazyLock<Option<Set<&'static [u8]>>> =
    LazyLock::new(|| Set::new(include_bytes!("../../../assets/words/english.fst").as_slice()).ok());
static KOREAN: LazyLock<Option<Set<&'static [u8]>>> =
    LazyLock::new(|| Set::new(include_bytes!("../../../assets/words/korean.fst").as_slice()).ok());

/// British spelling to American.
static SPELLINGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../../assets/words/spelling.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// Words in *-ise* are spelt so from this many letters on: shorter ones, such as *prise*, are others than in *-ize*.
const LEAST_LETTERS_OF_ISE: usize = 7;

/// Whether an English word, in lower case and without accents, is in the dictionary. Its regular plural is too.
pub(super) fn is_english(word: &str) -> bool {
    let Some(words) = LazyLock::force(&ENGLISH) else { return false };
    words.contains(word) || word.strip_suffix('s').is_some_and(|one| words.contains(one))
}

/// Whether a Korean word, in composed syllables, is in the dictionary.
pub(super) fn is_korean(word: &str) -> bool {
    LazyLock::force(&KOREAN).as_ref().is_some_and(|words| words.contains(word))
}

/// A word in the spelling that stands for all of its spellings: *color* for *colour*, *organize* for *organise*.
/// Other words stay as they are.
pub(super) fn one_spelling(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let word = SPELLINGS.get(word).copied().unwrap_or(word);
    // -ise, -ising, -isation, -yse, -ysing …
    for (british, american) in [("is", "iz"), ("ys", "yz")] {
        for ending in ["e", "es", "ed", "er", "ers", "ing", "able", "ation", "ations"] {
            let stem = word.strip_suffix(ending).and_then(|stem| stem.strip_suffix(british));
            if let Some(stem) = stem.filter(|_| word.len() >= LEAST_LETTERS_OF_ISE) {
                let spelt = format!("{stem}{american}{ending}");
                return SPELLINGS.get(spelt.as_str()).map_or(spelt, |other| (*other).to_owned());
            }
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        assert!(ENGLISH.is_some() && KOREAN.is_some() && SPELLINGS.len() > 1_000);
        for word in ["efferent", "angle", "neurons", "zambia"] {
            assert!(is_english(word), "{word}");
        }
        assert!(is_korean("종전") && is_korean("동맹군") && !is_korean("통멩"));
    }

    #[test]
    fn a_word_has_one_spelling() {
        for (one, other) in [
            ("colour", "color"),
            ("organisation", "organization"),
            ("analysed", "analyzed"),
            ("denuclearisation", "denuclearization"),
        ] {
            assert_eq!(one_spelling(one), one_spelling(other), "{one}");
        }
        assert_ne!(one_spelling("prise"), one_spelling("prize"));
    }
}
