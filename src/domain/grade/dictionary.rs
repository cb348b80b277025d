//! Dictionaries: a word of the language is never a slip of another word. Also British and American spellings.
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

/// Least number of letters of words in which *-re* is an ending; below, of words in which *ae* is a spelling
/// of *e*.
const MIN_LETTERS_FOR_RE: usize = 5;
const MIN_LETTERS_FOR_AE: usize = 6;

/// Least number of letters of words in which *-ise* is a spelling of *-ize*: shorter ones, such as *prise*,
/// are other words.
const MIN_LETTERS_FOR_ISE: usize = 7;

/// Whether an English word, in lower case and without accents, is in the dictionary, or its singular in *-s*.
pub(super) fn is_english(word: &str) -> bool {
    let Some(words) = LazyLock::force(&ENGLISH) else { return false };
    words.contains(word) || word.strip_suffix('s').is_some_and(|one| words.contains(one))
}

/// Whether a Korean word, in composed syllables, is in the dictionary.
pub(super) fn is_korean(word: &str) -> bool {
    LazyLock::force(&KOREAN).as_ref().is_some_and(|words| words.contains(word))
}

/// The canonical spelling of a word: *color* for *colour*, *organize* for *organise*. Other words stay as
/// they are.
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

/// Replaces *ae* and *oe* with *e*, *-re* with *-er*, and *-gramme* with *-gram*: anaemia, metre, kilogramme.
/// Only in English words: a French *montre* is not *monter*, and a German *koennen* not *kennen*.
fn canonical_ending(word: &str) -> Cow<'_, str> {
    // A timbre is not a timber.
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
            // Not a plural at the end of a word: larvae, heroes.
            while let Some(at) = spelt[..spelt.len() - 2].find(digraph) {
                spelt.remove(at);
            }
        }
    }
    // A word in -re must be English itself, because its counterpart may be another word.
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
