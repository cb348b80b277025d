//! Typed answers: exact but for what is forgiven, or within a small typo.

use unicode_normalization::UnicodeNormalization;

use super::fold::{Separators, compact, words};
use super::number::is_number_word;
use super::{Marks, TextMarks, Verdict, align, in_words};
use crate::domain::task::TextForm;

pub use super::fold::normalise;

/// From how many letters on one and two edits are a typo: (one, two).
#[derive(Clone, Copy)]
struct Bounds {
    letters: (usize, usize),
    /// Hangul is counted and compared in jamo: a syllable is two or three of them.
    jamo: (usize, usize),
}

/// A typo that is right all the same.
const FORGIVEN: Bounds = Bounds { letters: (8, 16), jamo: (12, 24) };
/// A near miss where spelling matters.
const ALMOST: Bounds = Bounds { letters: (4, 10), jamo: (6, 16) };
/// What a slip is worth until the learner says what it was.
const ALMOST_SCORE: f64 = 0.5;
/// A word of fewer letters has no typos: US is not UK, and hepatitis B not hepatitis C.
const SHORT_WORD: usize = 4;

/// How close a typed text comes to one accepted answer; the lesser is the closer.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Closeness {
    Exact,
    /// A typo, so many edits.
    Near(usize),
    /// Edits for each letter.
    Far(f64),
}

/// A typed text graded.
pub(super) struct Judged {
    pub(super) score: f64,
    pub(super) headline: String,
    pub(super) almost: bool,
    pub(super) note: Option<String>,
    pub(super) marks: TextMarks,
}

pub(super) fn grade(form: &TextForm, typed: &str) -> Verdict {
    let Judged { score, headline, almost, note, marks } = judge(form, typed);
    Verdict { score, headline, marks: Marks::Text(marks), almost, note }
}

/// Holds `typed` against the accepted answer nearest to it.
pub(super) fn judge(form: &TextForm, typed: &str) -> Judged {
    let given = Side::new(typed);
    let nearest = form
        .accepted
        .iter()
        .map(|accepted| (given.closeness(&Side::new(accepted), form), accepted))
        // Of two equally near the first: `min_by` keeps it.
        .min_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let judged =
        |score, headline: String, almost, marks| Judged { score, headline, almost, note: None, marks };
    let wrong = |headline: &str, marks| judged(0.0, headline.to_owned(), false, marks);
    if given.any.is_empty() {
        return wrong("No answer", unanswered(form));
    }
    let Some((closeness, accepted)) = nearest else { return wrong("Wrong", TextMarks::default()) };
    if closeness == Closeness::Exact {
        return judged(1.0, "Right".to_owned(), false, align::agreeing(typed, accepted));
    }
    let (marks, letters) = align::differing(typed, accepted);
    match closeness {
        Closeness::Near(_) if form.strict => {
            let letters = letters.max(1);
            let noun = if letters == 1 { "letter" } else { "letters" };
            judged(ALMOST_SCORE, format!("Almost: {} {noun}", in_words(letters)), true, marks)
        }
        Closeness::Near(_) => judged(1.0, "Right, but check the spelling".to_owned(), false, marks),
        _ => wrong("Wrong", marks),
    }
}

/// The marks of nothing typed: the first accepted answer, none of it agreeing.
pub(super) fn unanswered(form: &TextForm) -> TextMarks {
    let mut marks = align::agreeing("", form.accepted.first().map_or("", String::as_str));
    for (_, agrees) in &mut marks.expected {
        *agrees = false;
    }
    marks
}

/// One of the two texts, in the forms in which they are compared.
struct Side {
    /// With any separator between digits kept.
    any: String,
    /// With only those kept that change a number.
    numeric: String,
    /// With the leading article: "A bomb" is "A-bomb".
    whole: String,
    words: Vec<String>,
}

impl Side {
    fn new(text: &str) -> Self {
        Self {
            any: compact(text, Separators::Any, true),
            numeric: compact(text, Separators::Numeric, true),
            whole: compact(text, Separators::Any, false),
            words: words(text),
        }
    }

    fn closeness(&self, expected: &Side, form: &TextForm) -> Closeness {
        if self.any == expected.any || self.numeric == expected.numeric || self.whole == expected.whole {
            return Closeness::Exact;
        }
        let unit = Unit::of(&expected.any);
        // Separators differ harmlessly in one of the two forms, or the numbers differ.
        let same_numeric = digits(&self.numeric) == digits(&expected.numeric);
        let (a, b) =
            if same_numeric { (&self.numeric, &expected.numeric) } else { (&self.any, &expected.any) };
        let (a, b) = (unit.letters(a), unit.letters(b));
        let (given_count, count) = (a.chars().count(), b.chars().count());
        // A page pasted into the field is not worth measuring.
        let edits = if given_count > 10 * count + 100 { given_count } else { strsim::osa_distance(&a, &b) };
        let bounds = if form.strict { ALMOST } else { FORGIVEN };
        let typo = edits <= unit.allowed(count, bounds)
            && (same_numeric || digits(&self.any) == digits(&expected.any))
            && !form.reserved.contains(&self.any)
            && same_numbers(&self.words, &expected.words)
            && words_agree(&self.words, &expected.words, bounds);
        if typo {
            Closeness::Near(edits)
        } else {
            Closeness::Far(edits as f64 / given_count.max(count).max(1) as f64)
        }
    }
}

/// What a text is counted in.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Letters,
    Jamo,
}

impl Unit {
    fn of(text: &str) -> Self {
        let is_hangul = |c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}');
        if text.chars().any(is_hangul) { Unit::Jamo } else { Unit::Letters }
    }

    fn letters(self, text: &str) -> String {
        match self {
            Unit::Letters => text.to_owned(),
            Unit::Jamo => text.nfd().collect(),
        }
    }

    fn thresholds(self, bounds: Bounds) -> (usize, usize) {
        match self {
            Unit::Letters => bounds.letters,
            Unit::Jamo => bounds.jamo,
        }
    }

    /// How many edits are a typo in a text of `count` letters.
    fn allowed(self, count: usize, bounds: Bounds) -> usize {
        let (one, two) = self.thresholds(bounds);
        usize::from(count >= one) + usize::from(count >= two)
    }
}

/// The digits with the separators and the sign that belong to them.
fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_numeric() || matches!(c, '.' | '-')).collect()
}

/// Whether no number was mistaken for another: Roman numerals are the same in the same order,
/// and no number word was typed that is not expected ("seventieth" for "seventeenth").
fn same_numbers(given: &[String], expected: &[String]) -> bool {
    let is_roman = |word: &&String| word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    given.iter().filter(is_roman).eq(expected.iter().filter(is_roman))
        && given.iter().all(|word| !is_number_word(word) || expected.contains(word))
}

/// Whether the edits look like typos word by word, and not like one word for another.
fn words_agree(given: &[String], expected: &[String], bounds: Bounds) -> bool {
    if given.len() == expected.len() {
        return given.iter().zip(expected).all(|(given, expected)| word_agrees(given, expected, bounds));
    }
    // A space is missing or one too many: then at least the short words are all there.
    let short = |words: &[String]| {
        let mut short: Vec<String> =
            words.iter().filter(|word| is_short(word)).map(|word| sorted(word)).collect();
        short.sort();
        short
    };
    short(given) == short(expected)
}

fn word_agrees(given: &str, expected: &str, bounds: Bounds) -> bool {
    if given == expected {
        return true;
    }
    if is_short(given) && is_short(expected) {
        return sorted(given) == sorted(expected);
    }
    let unit = Unit::of(expected);
    let (given, expected) = (unit.letters(given), unit.letters(expected));
    // "asymmetric" is the opposite of "symmetric", not a typo of it.
    let negated = given.strip_prefix('a') == Some(&expected) || expected.strip_prefix('a') == Some(&given);
    // Two edits in a word that is not long make another word: "northern" of "southern".
    let long = expected.chars().count() >= unit.thresholds(bounds).1;
    !negated && (long || strsim::osa_distance(&given, &expected) <= 1)
}

fn is_short(word: &str) -> bool {
    Unit::of(word) == Unit::Letters && word.chars().count() < SHORT_WORD
}

/// The letters in a fixed order: those of a short word may be swapped, not replaced.
fn sorted(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}
