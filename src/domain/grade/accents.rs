//! Accents that were replaced, not just left out: pêcher and pécher are two words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether two texts that are equal without their accents have different accents on the same letter.
pub(super) fn differ(given: &str, expected: &str) -> bool {
    let (given, expected) = (accented(given), accented(expected));
    let same_letters = given.len() == expected.len() && given.iter().zip(&expected).all(|(a, b)| a.0 == b.0);
    // One of several marks on a letter may be missing.
    let is_part = |a: &str, b: &str| a.chars().all(|mark| b.contains(mark));
    same_letters && given.iter().zip(&expected).any(|((_, a), (_, b))| !is_part(a, b) && !is_part(b, a))
}

/// The letters in lower case, each with its combining marks.
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
