//! Accents that were not left out, but replaced: pêcher and pécher are two words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether two texts that are the same without their accents have two different ones on one letter.
pub(super) fn differ(given: &str, expected: &str) -> bool {
    let (given, expected) = (accented(given), accented(expected));
    let same_letters = given.len() == expected.len() && given.iter().zip(&expected).all(|(a, b)| a.0 == b.0);
    // A mark of several may be left out too.
    let is_part = |a: &str, b: &str| a.chars().all(|mark| b.contains(mark));
    same_letters && given.iter().zip(&expected).any(|((_, a), (_, b))| !is_part(a, b) && !is_part(b, a))
}

/// The letters in lower case, each with its marks.
fn accented(text: &str) -> Vec<(char, String)> {
    let mut letters: Vec<(char, String)> = Vec::new();
    for c in text.nfd().flat_map(char::to_lowercase) {
        if !is_combining_mark(c) {
            if c.is_alphanumeric() {
                letters.push((c, String::new()));
            }
        } else if let Some((_, marks)) = letters.last_mut() {
            marks.push(c);
        }
    }
    letters
}
