//! Folding: texts are reduced to what counts before they are compared.
//!
//! Dropped: Unicode normalisation form, width, case, spaces, quotation marks, apostrophes, hyphens and full
//! stops inside of words, final punctuation, an English article; accents too, unless `strict`. The case of
//! symbols ([`super::case`]) and accents that were replaced ([`super::accents`]) are looked at apart. A sign
//! that carries meaning stays: `Cl-`, `10^2`, `n!`, `ls -l`, `(a,b)`. Whether it does depends on what is
//! around it ([`super::signs`]).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::signs::{self, Sign};
use super::{characters, dictionary};

pub(super) use super::characters::is_dash;

/// Who wrote a text. An author's text decides what an ambiguous sign means; a learner's is tried in every
/// reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextOrigin {
    Author,
    Learner,
}

/// An ambiguity of a text that can be read in two ways: a bit of [`AmbiguitySet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ambiguity {
    /// ä as *ae* instead of *a*.
    Digraph,
    /// A mark between digits as a decimal point instead of a group separator: 3,142 and 6·25.
    DecimalPoint,
    /// A superscript as a plain digit instead of with `^`: m2 for m².
    InlineSuperscript,
    /// A hyphen at a single letter or small word as nothing instead of a minus: b-52 and cl-. Also a dot of a
    /// date as a hyphen.
    DroppedMark,
    /// The colon of a time as a point: 8.30 for 8:30.
    TimePoint,
    /// A Roman numeral as a number: World War 2.
    RomanNumeral,
}

/// A set of ambiguities: those that a text has, or those that a reading resolves in the less plain way. The
/// empty set is the plainest reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AmbiguitySet(u8);

impl AmbiguitySet {
    /// The most readings of one text that are tried; no real answer has more.
    const MAX_READINGS: usize = 64;

    pub(super) fn contains(self, ambiguity: Ambiguity) -> bool {
        self.0 & (1 << ambiguity as u8) != 0
    }

    fn insert(&mut self, ambiguity: Ambiguity) {
        self.0 |= 1 << ambiguity as u8;
    }

    /// All subsets of this set.
    fn subsets(self) -> impl Iterator<Item = AmbiguitySet> {
        // Counting down and masking enumerates all numbers whose bits are among these.
        let mut next = Some(self.0);
        std::iter::from_fn(move || {
            let bits = next?;
            next = (bits > 0).then(|| (bits - 1) & self.0);
            Some(AmbiguitySet(bits))
        })
        .take(Self::MAX_READINGS)
    }
}

/// One folded letter, digit or sign.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) c: char,
    /// Whether it was written as a capital.
    pub(super) is_capital: bool,
    /// Index of the grapheme cluster that it came from.
    pub(super) cluster: usize,
}

/// What separates two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordBreak {
    /// White space.
    Space,
    /// A hyphen, or another mark that separates words.
    Hyphen,
    /// Anything between two digits: 19 53 is not 1953.
    Digits,
}

/// A folded word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) letters: Vec<Letter>,
    /// What separates it from the previous word; `None` for the first.
    pub(super) break_before: Option<WordBreak>,
}

impl Word {
    /// Its letters, before alternative spellings are unified.
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.c).collect()
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.letters.first().is_some_and(|first| first.is_capital)
    }
}

/// A folded text, in one of its readings.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldedText {
    pub(super) words: Vec<Word>,
    /// How many of the words are a leading article, or the *to* of a verb: 0 or 1.
    pub(super) article_words: usize,
}

/// The folded text in its plainest reading: without spaces, accents, forgiven signs and articles. Text that
/// is only punctuation is kept, so that punctuation can be an answer.
pub fn normalise(text: &str) -> String {
    FoldedText::plain(text, false).keys(false).without_articles
}

/// The keys by which two texts are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComparisonKeys {
    /// All words joined, with articles.
    whole: String,
    first_word: String,
    /// All words joined, without articles.
    pub(super) without_articles: String,
    /// Words that negate the meaning.
    negations: Vec<String>,
}

impl ComparisonKeys {
    /// Whether the two texts say the same. Articles make no difference, but an article never becomes part of
    /// a word: "a theist" is not "atheist". Nor does a *not*.
    pub(super) fn is_match(&self, other: &ComparisonKeys) -> bool {
        self.negations == other.negations
            && (self.without_articles == other.without_articles
                || (self.whole == other.whole && self.first_word == other.first_word))
    }
}

impl FoldedText {
    /// Folds a text, resolving its ambiguities as in `reading`. Also returns the ambiguities that the text
    /// has.
    pub(super) fn new(
        text: &str,
        origin: TextOrigin,
        strict: bool,
        reading: AmbiguitySet,
    ) -> (Self, AmbiguitySet) {
        let mut ambiguities = AmbiguitySet::default();
        let letters = letters(text, strict, reading, &mut ambiguities);
        let words = words(&letters, origin, strict, reading, &mut ambiguities);
        let mut folded = Self { words, article_words: 0 };
        folded.article_words = usize::from(folded.begins_with_article());
        if let Some(numbers) = folded.with_roman_numerals() {
            ambiguities.insert(Ambiguity::RomanNumeral);
            if reading.contains(Ambiguity::RomanNumeral) {
                folded = numbers;
            }
        }
        if folded.words.is_empty() {
            folded.words = punctuation_word(text);
        }
        (folded, ambiguities)
    }

    /// An author's text folded in its plainest reading.
    pub(super) fn plain(text: &str, strict: bool) -> Self {
        Self::new(&composed(text), TextOrigin::Author, strict, AmbiguitySet::default()).0
    }

    /// The text folded in every reading, the plainest one first.
    pub(super) fn readings(text: &str, origin: TextOrigin, strict: bool) -> Vec<Self> {
        let text = composed(text);
        let (plain, ambiguities) = Self::new(&text, origin, strict, AmbiguitySet::default());
        let others = ambiguities.subsets().filter(|reading| *reading != AmbiguitySet::default());
        let mut readings = vec![plain];
        readings.extend(others.map(|reading| Self::new(&text, origin, strict, reading).0));
        readings
    }

    /// The comparison keys. With `as_spelt` British and American spellings differ.
    pub(super) fn keys(&self, as_spelt: bool) -> ComparisonKeys {
        let texts: Vec<String> = self
            .words
            .iter()
            .map(|word| if as_spelt { word.text() } else { dictionary::canonical_spelling(&word.text()) })
            .collect();
        let join = |from: usize, skips: &dyn Fn(usize) -> bool| {
            let mut key = String::new();
            for (at, text) in texts.iter().enumerate().skip(from).filter(|(at, _)| !skips(*at)) {
                if at > from && self.words[at].break_before == Some(WordBreak::Digits) {
                    key.push(' ');
                }
                key.push_str(text);
            }
            key
        };
        let last = texts.len().saturating_sub(1);
        let is_negation =
            |text: &&String| matches!(text.as_str(), "not" | "no" | "non" | "never" | "without");
        ComparisonKeys {
            whole: join(0, &|_| false),
            first_word: texts.first().cloned().unwrap_or_default(),
            without_articles: join(self.article_words, &|at| texts[at] == "the" && at < last),
            negations: texts.iter().filter(is_negation).cloned().collect(),
        }
    }

    /// The words without a leading article.
    pub(super) fn without_article(&self) -> &[Word] {
        &self.words[self.article_words.min(self.words.len())..]
    }

    fn begins_with_article(&self) -> bool {
        let [first, second, ..] = self.words.as_slice() else { return false };
        // Only white space ends an article: the "A" of "A-bomb" is none.
        second.break_before == Some(WordBreak::Space)
            && matches!(first.text().as_str(), "a" | "an" | "the" | "to")
            // "A few" is more than "few", and "a priori" is Latin.
            && !matches!(second.text().as_str(), "few" | "little" | "lot" | "priori" | "posteriori" | "fortiori")
    }

    /// The text with digits in place of Roman numerals; `None` if there are none. Only capitals count, and
    /// not in the first word.
    fn with_roman_numerals(&self) -> Option<Self> {
        let mut changed = self.clone();
        let mut any = false;
        for word in changed.words.iter_mut().skip(1) {
            let capitals = word.letters.iter().all(|letter| letter.is_capital);
            // A single C, D, L or M is more likely a letter: vitamin C.
            let may_be = word.letters.len() > 1 || matches!(word.text().as_str(), "i" | "v" | "x");
            if let Some(value) = roman(&word.text()).filter(|_| capitals && may_be) {
                let cluster = word.letters[0].cluster;
                let digits = value.to_string();
                word.letters = digits.chars().map(|c| Letter { c, is_capital: false, cluster }).collect();
                any = true;
            }
        }
        any.then_some(changed)
    }
}

/// The text with jamo composed that were typed one by one.
fn composed(text: &str) -> Cow<'_, str> {
    let is_single_jamo = |c| matches!(c, '\u{3131}'..='\u{318e}');
    if text.contains(is_single_jamo) { Cow::Owned(text.nfkc().collect()) } else { Cow::Borrowed(text) }
}

/// The value of a Roman numeral in lower case; `None` unless it is in canonical form.
pub(super) fn roman(text: &str) -> Option<u32> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = text;
    let mut value = 0;
    for (numeral_value, digits) in DIGITS {
        // Ones, tens, hundreds and thousands may be repeated up to three times, all others not.
        let most = if digits.len() == 1 && numeral_value.to_string().starts_with('1') { 3 } else { 1 };
        for _ in 0..most {
            let Some(tail) = rest.strip_prefix(digits) else { break };
            (rest, value) = (tail, value + numeral_value);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// Folds the text letter by letter; each letter knows its grapheme cluster.
fn letters(text: &str, strict: bool, reading: AmbiguitySet, ambiguities: &mut AmbiguitySet) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut was_superscript = false;
    for (cluster, written) in text.trim().graphemes(true).enumerate() {
        let mut is_superscript = false;
        for c in written.nfc() {
            let last_is_digit = letters.last().is_some_and(|last| last.c.is_numeric());
            if let Some(digit) = characters::from_superscript(c) {
                is_superscript = true;
                if !was_superscript {
                    // After a plain digit a superscript must keep its `^`: 10² is not 102.
                    let is_free = !last_is_digit || ends_in_subscript(&letters, text);
                    if is_free {
                        ambiguities.insert(Ambiguity::InlineSuperscript);
                    }
                    if !(is_free && reading.contains(Ambiguity::InlineSuperscript)) {
                        letters.push(Letter { c: '^', is_capital: false, cluster });
                    }
                }
                was_superscript = true;
                letters.push(Letter { c: digit, is_capital: false, cluster });
                continue;
            }
            let folded = fold_char(c, strict, reading, ambiguities);
            // 2½ is 2 1/2, not 21/2.
            if folded.contains('/') && folded.len() > 1 && last_is_digit {
                letters.push(Letter { c: ' ', is_capital: false, cluster });
            }
            let is_capital = c.is_uppercase();
            letters.extend(folded.chars().map(|c| Letter { c, is_capital, cluster }));
        }
        was_superscript = is_superscript;
        // Marks can be composed only when all of the cluster is there.
        compose(&mut letters, cluster);
    }
    letters
}

/// Whether the letters end in a subscript, which is part of a name: SO₄²⁻.
fn ends_in_subscript(letters: &[Letter], text: &str) -> bool {
    let written = letters.last().and_then(|last| text.trim().graphemes(true).nth(last.cluster));
    written.is_some_and(|written| written.chars().all(characters::is_subscript))
}

/// Folds one character: NFKC, lower case, one sign for many that look alike, and without accents unless
/// `strict`.
fn fold_char(c: char, strict: bool, reading: AmbiguitySet, ambiguities: &mut AmbiguitySet) -> String {
    let mut text: String = String::new();
    for c in characters::canonical(c).nfkc().flat_map(char::to_lowercase).nfkc() {
        match c {
            // The final sigma is the same letter.
            'ς' => text.push('σ'),
            // Maße and Masse are two words where spelling is what is learned.
            'ß' if !strict => text.push_str("ss"),
            // The fraction slash of ½ and others.
            '\u{2044}' => text.push('/'),
            '≤' => text.push_str("<="),
            '≥' => text.push_str(">="),
            '≠' => text.push_str("!="),
            '→' => text.push_str("->"),
            '⇒' => text.push_str("=>"),
            c => text.push(c),
        }
    }
    // A breve is an accent elsewhere, but makes й a letter of its own.
    if strict || text == "й" {
        return text;
    }
    let is_digraph = |c: char| matches!(c, 'ä' | 'ö' | 'ü' | 'å' | 'ø');
    if text.chars().any(is_digraph) {
        ambiguities.insert(Ambiguity::Digraph);
        if reading.contains(Ambiguity::Digraph) {
            return text.chars().map(characters::digraph).collect();
        }
    }
    text.chars()
        .map(|c| characters::without_stroke(c).map_or_else(|| c.to_string(), str::to_owned))
        .collect::<String>()
        .nfd()
        .filter(|c| !is_accent(*c))
        .nfc()
        .collect()
}

/// Composes the letters of one cluster where they are one letter: jamo, or a base and its mark.
fn compose(letters: &mut Vec<Letter>, cluster: usize) {
    let start = letters.iter().rposition(|letter| letter.cluster != cluster).map_or(0, |at| at + 1);
    if letters.len() < start + 2 || !letters[start..].iter().any(|letter| is_combining(letter.c)) {
        return;
    }
    let is_capital = letters[start].is_capital;
    let composed: String = letters[start..].iter().map(|letter| letter.c).nfc().collect();
    letters.truncate(start);
    letters.extend(composed.chars().map(|c| Letter { c, is_capital, cluster }));
}

fn is_combining(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}')
}

/// Marks that are often left out because they are hard to type: accents, vowel points. Not those that make
/// another letter: the voicing marks of kana, the vowel signs of Indic scripts, a stroke through a sign.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{337}' | '\u{339}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'
        | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6dc}')
}

/// Splits the letters into words and drops signs that carry no meaning.
fn words(
    letters: &[Letter],
    origin: TextOrigin,
    strict: bool,
    reading: AmbiguitySet,
    ambiguities: &mut AmbiguitySet,
) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word: Vec<Letter> = Vec::new();
    let mut break_before: Option<WordBreak> = None;
    let context = signs::SignContext::new(letters, origin, strict);
    let mut end = |word: &mut Vec<Letter>, break_before: &mut Option<WordBreak>, next: WordBreak| {
        if !word.is_empty() {
            words.push(Word { letters: std::mem::take(word), break_before: break_before.take() });
        }
        // White space takes precedence over a hyphen next to it.
        if !words.is_empty() && *break_before != Some(WordBreak::Space) {
            *break_before = Some(next);
        }
    };
    for (at, letter) in letters.iter().enumerate() {
        let mut keep = |c: char| word.push(Letter { c, ..letter.clone() });
        match context.sign_at(at) {
            Sign::Letter if letter.is_capital && context.case_matters(at) => {
                letter.c.to_uppercase().for_each(keep);
            }
            Sign::Letter => keep(letter.c),
            Sign::Kept(c) => keep(c),
            Sign::LeadingZero => {
                keep('0');
                keep('.');
            }
            Sign::Dropped => {}
            Sign::Ambiguous { readings, otherwise } => {
                readings.iter().for_each(|(ambiguity, _)| ambiguities.insert(*ambiguity));
                let chosen = readings.iter().find(|(ambiguity, _)| reading.contains(*ambiguity));
                if let Some(c) = chosen.map_or(otherwise, |(_, c)| *c) {
                    keep(c);
                }
            }
            Sign::And => {
                end(&mut word, &mut break_before, WordBreak::Space);
                let and = "and".chars().map(|c| Letter { c, ..letter.clone() });
                word.extend(and);
                end(&mut word, &mut break_before, WordBreak::Space);
            }
            Sign::Separator(next) => end(&mut word, &mut break_before, next),
        }
    }
    end(&mut word, &mut break_before, WordBreak::Space);
    for at in 1..words.len() {
        let digit = |letter: Option<&Letter>| letter.is_some_and(|letter| letter.c.is_numeric());
        if digit(words[at - 1].letters.last()) && digit(words[at].letters.first()) {
            words[at].break_before = Some(WordBreak::Digits);
        }
    }
    words
}

/// Text that is only punctuation, as one word.
fn punctuation_word(text: &str) -> Vec<Word> {
    let letters: Vec<Letter> = text
        .trim()
        .graphemes(true)
        .enumerate()
        .flat_map(|(cluster, written)| {
            let plain: String = written.chars().flat_map(characters::canonical).collect();
            let folded: Vec<char> = plain.nfkc().filter(|c| !characters::is_blank(*c)).collect();
            folded.into_iter().map(move |c| Letter { c, is_capital: false, cluster })
        })
        .collect();
    if letters.is_empty() { Vec::new() } else { vec![Word { letters, break_before: None }] }
}
