//! Typing slips: one letter is missing, one is too many after the first, two neighbours are swapped, or one
//! letter is taken from the key next to it; or one jamo of a Hangul word. Never one that makes another word,
//! but for a plural in *s*.

use unicode_normalization::UnicodeNormalization;

use super::dictionary;
use super::fold::roman;
use super::number::is_number_word;

/// Shorter words have no slips: US is not UK.
pub(super) const MIN_LETTERS: usize = 5;
/// The same for words that are not in the dictionary, such as those of another language: *pero* is not
/// *perro*.
const MIN_LETTERS_UNLISTED: usize = 7;
/// The first letter may be missing only in words of at least this many letters.
const MIN_LETTERS_WITHOUT_FIRST: usize = 8;
/// Hangul words of fewer syllables have no slips: 안전 (safety) is not 안정 (stability).
const MIN_SYLLABLES: usize = 3;
/// Rows of keys on the keyboards of several scripts. A key is next to those on its left and right, and to two
/// in the row below.
const KEYBOARDS: [[&str; 3]; 5] = [
    ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
    ["qwertzuiop", "asdfghjkl", "yxcvbnm"],
    ["azertyuiop", "qsdfghjklm", "wxcvbn"],
    ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
    [";ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"],
];

/// The single edit that turns the expected word into the given one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LetterEdit {
    /// The letter at this index of the expected word is missing.
    Dropped(usize),
    /// There is an additional letter at this index.
    Added(usize),
    /// The letter at this index was replaced.
    Replaced(usize),
    /// The letters at this index and the next were swapped.
    Swapped(usize),
}

/// Whether `given` is `expected` with a slip. Both must be lower case and composed.
pub(super) fn is_slip(given: &str, expected: &str) -> bool {
    let is_number = |word: &str| is_number_word(word) || roman(word).is_some();
    if is_number_word(given) || is_number_word(expected) || (is_number(given) && is_number(expected)) {
        return false;
    }
    if expected.chars().any(is_syllable) {
        return is_hangul_slip(given, expected);
    }
    let (given_letters, expected_letters): (Vec<char>, Vec<char>) =
        (given.chars().collect(), expected.chars().collect());
    if !given_letters.iter().chain(&expected_letters).all(is_alphabetic_script) {
        return false;
    }
    let Some(edit) = one_edit(&given_letters, &expected_letters) else { return false };
    let is_listed = dictionary::is_english(expected);
    let count = expected_letters.len();
    if count < if is_listed { MIN_LETTERS } else { MIN_LETTERS_UNLISTED } {
        return false;
    }
    if is_plural(given, expected) {
        return true;
    }
    let is_typing = match edit {
        // Without its first letter a word may become its opposite (typical, atypical), unless that letter is
        // a consonant.
        LetterEdit::Dropped(0) => count >= MIN_LETTERS_WITHOUT_FIRST && !is_vowel(expected_letters[0]),
        LetterEdit::Dropped(_) => true,
        LetterEdit::Added(at) => at > 0,
        LetterEdit::Swapped(_) => true,
        LetterEdit::Replaced(at) => at > 0 && are_neighbours(given_letters[at], expected_letters[at]),
    };
    is_typing && !has_other_ending(given, expected) && !dictionary::is_english(given)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether one of the words is the regular plural of the other.
pub(super) fn is_plural(given: &str, expected: &str) -> bool {
    let adds_s = |one: &str, many: &str| many.strip_suffix('s') == Some(one) && !one.ends_with('s');
    adds_s(given, expected) || adds_s(expected, given)
}

/// Endings that are one slip apart and change the meaning: examiner and examinee, -stomy (an opening) and
/// -tomy (a cut).
const ENDINGS: [[&str; 2]; 6] =
    [["er", "ee"], ["or", "ee"], ["stomy", "tomy"], ["ol", "il"], ["in", "on"], ["us", "is"]];

/// Whether the two words are one stem with such endings: examiner, examinee.
fn has_other_ending(given: &str, expected: &str) -> bool {
    let is_pair = |a: &str, b: &str| {
        ENDINGS
            .iter()
            .any(|[one, other]| a.strip_suffix(one).is_some_and(|stem| b.strip_suffix(other) == Some(stem)))
    };
    is_pair(given, expected) || is_pair(expected, given)
}

/// Letters of alphabetic scripts. A Chinese character or a kana is more than a letter of a word.
fn is_alphabetic_script(c: &char) -> bool {
    matches!(c, 'a'..='z' | '\u{df}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        | '\u{1e00}'..='\u{1fff}')
        && c.is_alphabetic()
}

fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_hangul_slip(given: &str, expected: &str) -> bool {
    let (given_syllables, expected_syllables): (Vec<char>, Vec<char>) =
        (given.chars().collect(), expected.chars().collect());
    if expected_syllables.len() < MIN_SYLLABLES
        || given_syllables.len() != expected_syllables.len()
        || !given_syllables.iter().chain(&expected_syllables).all(|c| is_syllable(*c))
    {
        return false;
    }
    let jamo = |text: &str| text.nfd().collect::<Vec<char>>();
    if one_edit(&jamo(given), &jamo(expected)).is_none() || dictionary::is_korean(given) {
        return false;
    }
    // The first word of a compound decides what is meant: 종전선언 is not 정전선언.
    let front: String = given_syllables[..2].iter().collect();
    given_syllables[..2] == expected_syllables[..2] || !dictionary::is_korean(&front)
}

/// The single edit between two words; `None` when there is none, or more than one.
fn one_edit(given: &[char], expected: &[char]) -> Option<LetterEdit> {
    let same = given.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let (given_rest, expected_rest) = (&given[same..], &expected[same..]);
    match given_rest.len() as isize - expected_rest.len() as isize {
        -1 if *given_rest == expected_rest[1..] => Some(LetterEdit::Dropped(same)),
        1 if given_rest[1..] == *expected_rest => Some(LetterEdit::Added(same)),
        0 if !given_rest.is_empty() && given_rest[1..] == expected_rest[1..] => {
            Some(LetterEdit::Replaced(same))
        }
        0 if given_rest.len() > 1
            && (given_rest[0], given_rest[1]) == (expected_rest[1], expected_rest[0])
            && given_rest[2..] == expected_rest[2..] =>
        {
            Some(LetterEdit::Swapped(same))
        }
        _ => None,
    }
}

fn are_neighbours(a: char, b: char) -> bool {
    KEYBOARDS.iter().any(|rows| {
        let place = |c: char| {
            rows.iter()
                .enumerate()
                .find_map(|(row, keys)| keys.chars().position(|key| key == c).map(|at| (row, at)))
        };
        let (Some((row_a, at_a)), Some((row_b, at_b))) = (place(a), place(b)) else { return false };
        match row_a as isize - row_b as isize {
            0 => at_a.abs_diff(at_b) == 1,
            // Each row is shifted half a key to the right of the row above.
            1 => at_b == at_a || at_b == at_a + 1,
            -1 => at_a == at_b || at_a == at_b + 1,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_typing_errors_are_slips() {
        for (given, expected) in [
            ("aliance", "alliance"),
            ("allaince", "alliance"),
            ("mitocondria", "mitochondria"),
            ("deterrrence", "deterrence"),
            ("sovereignry", "sovereignty"),
            ("neurons", "neuron"),
            ("남북정상회당", "남북정상회담"),
        ] {
            assert!(is_slip(given, expected), "{given} for {expected}");
        }
    }

    #[test]
    fn edits_that_make_another_word_are_not_slips() {
        for (given, expected) in [
            ("efferent", "afferent"),
            ("angle", "angel"),
            ("employee", "employer"),
            ("atypical", "typical"),
            ("sulfite", "sulfate"),
            ("vivax", "vitax"),
            ("billion", "million"),
            ("안전", "안정"),
            ("종전협정", "정전협정"),
            ("핵화", "비핵화"),
            ("ラーメン", "サーメン"),
        ] {
            assert!(!is_slip(given, expected), "{given} for {expected}");
        }
    }
}
