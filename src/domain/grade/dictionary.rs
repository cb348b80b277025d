//! Words of their own: one is never taken for a slip in another. And words with two spellings.
//!
//! Where the lists come from: `assets/words/README.md`.

use std::borrow::Cow;
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

/// From how many letters on *-re* is an ending, and *ae* a spelling of *e*.
const MIN_LETTERS_FOR_RE: usize = 5;
const MIN_LETTERS_FOR_AE: usize = 6;

/// Words in *-ise* are spelt so from this many letters on: shorter ones, such as *prise*, are others than in *-ize*.
const MIN_LETTERS_FOR_ISE: usize = 7;

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
pub(super) fn canonical_spelling(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let word = canonical_ending(SPELLINGS.get(word).copied().unwrap_or(word));
    let word = word.as_ref();
    // -ise, -ising, -isation, -yse, -ysing …
    for (british, american) in [("is", "iz"), ("ys", "yz")] {
        for ending in ["e", "es", "ed", "er", "ers", "ing", "able", "ation", "ations"] {
            let stem = word.strip_suffix(ending).and_then(|stem| stem.strip_suffix(british));
            if let Some(stem) = stem.filter(|_| word.len() >= MIN_LETTERS_FOR_ISE) {
                let spelt = format!("{stem}{american}{ending}");
                return SPELLINGS.get(spelt.as_str()).map_or(spelt, |other| (*other).to_owned());
            }
        }
    }
    word.to_owned()
}

/// *ae* and *oe* as *e*, *-re* as *-er*, *-gramme* as *-gram*: anaemia, metre, kilogramme. Only of English words: a French
/// *montre* is no *monter*, a German *koennen* no *kennen*.
fn canonical_ending(word: &str) -> Cow<'_, str> {
    // A timbre is no timber.
    if word.len() < MIN_LETTERS_FOR_RE || word == "timbre" {
        return Cow::Borrowed(word);
    }
    let endings = [("grammes", "grams"), ("gramme", "gram"), ("res", "ers"), ("re", "er")];
    let cut = endings.iter().find_map(|(british, other)| Some((word.strip_suffix(british)?, *other)));
    let mut spelt = match cut {
        Some((stem, other)) if other.starts_with("gram") && !stem.is_empty() => format!("{stem}{other}"),
        Some((stem, other)) if stem.ends_with(['b', 'c', 'g', 'h', 't']) => format!("{stem}{other}"),
        _ => word.to_owned(),
    };
    if word.len() >= MIN_LETTERS_FOR_AE {
        for digraph in ["ae", "oe"] {
            // Not the plural at a word's end: larvae, heroes.
            while let Some(at) = spelt[..spelt.len() - 2].find(digraph) {
                spelt.remove(at);
            }
        }
    }
    // Of what ends in -re the word itself must be English, for its twin may be another word.
    let is_known = is_english(word) || word.contains("aemi");
    let ends_in_re = cut.is_some_and(|(_, other)| other.starts_with("er"));
    if is_known || (!ends_in_re && is_english(&spelt)) { Cow::Owned(spelt) } else { Cow::Borrowed(word) }
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
            ("metre", "meter"),
            ("hypoglycaemia", "hypoglycemia"),
            ("caesarean", "cesarean"),
            ("amoeba", "ameba"),
            ("kilogrammes", "kilograms"),
        ] {
            assert_eq!(canonical_spelling(one), canonical_spelling(other), "{one}");
        }
        for (one, other) in [
            ("prise", "prize"),
            ("timbre", "timber"),
            ("there", "three"),
            ("poet", "pet"),
            ("montre", "monter"),
            ("koennen", "kennen"),
        ] {
            assert_ne!(canonical_spelling(one), canonical_spelling(other), "{one}");
        }
    }
}
