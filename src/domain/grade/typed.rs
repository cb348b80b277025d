//! Typed answers: right apart from forgiven differences, almost right with a typing slip, or wrong.
//!
//! Right is tried first. A difference that changes the meaning is never right, and a slip never passes
//! without the learner being asked.

use super::dictionary::canonical_spelling;
use super::fold::{ComparisonKeys, FoldedText, TextOrigin, Word, WordBreak};
use super::{Marks, TypedMarks, Verdict, accents, align, alternatives, case, characters, number_word, slip};
use crate::domain::task::TypedForm;

pub use super::fold::normalise;

/// Score of a slip until the learner says what was meant.
const ALMOST_SCORE: f64 = 0.5;
/// Number of words of a name whose family name may come first or last.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;
/// Longer texts are only right or wrong: they were pasted, or are far more than a slip away from any answer.
const MAX_ALIGNED_CHARS: usize = 500;

/// The verdict on one typed text.
pub(in crate::domain) struct TypedVerdict {
    pub(in crate::domain) score: f64,
    pub(in crate::domain) headline: String,
    pub(in crate::domain) almost: bool,
    pub(in crate::domain) note: Option<String>,
    pub(in crate::domain) marks: TypedMarks,
}

impl TypedVerdict {
    fn right(marks: TypedMarks) -> Self {
        Self { score: 1.0, headline: "Right".to_owned(), almost: false, note: None, marks }
    }

    /// A slip, with its marks and the number of letters that differ.
    fn almost((marks, letters): (TypedMarks, usize)) -> Self {
        let headline = format!("Almost: {}", letter_count(letters));
        Self { score: ALMOST_SCORE, headline, almost: true, note: None, marks }
    }

    fn wrong(headline: &str, note: Option<String>, marks: TypedMarks) -> Self {
        Self { score: 0.0, headline: headline.to_owned(), almost: false, note, marks }
    }
}

pub(in crate::domain) fn grade(form: &TypedForm, typed: &str) -> Verdict {
    let TypedVerdict { score, headline, almost, note, marks } = grade_typed_text(form, typed);
    Verdict { score, headline, marks: Marks::Typed(marks), almost, note }
}

/// Grades `typed` against the accepted answers.
pub(in crate::domain) fn grade_typed_text(form: &TypedForm, typed: &str) -> TypedVerdict {
    if let Some(same) = form.accepted.iter().find(|accepted| accepted.trim() == typed.trim()) {
        return TypedVerdict::right(align::agreeing(typed, same));
    }
    let is_long = |text: &String| text.chars().count() > MAX_ALIGNED_CHARS;
    if typed.chars().count() > MAX_ALIGNED_CHARS || form.accepted.iter().any(is_long) {
        return grade_long_text(form, typed);
    }
    if normalise(typed).is_empty() {
        return TypedVerdict::wrong("No answer", None, unanswered(form));
    }
    let expected: Vec<ExpectedText> =
        form.accepted.iter().flat_map(|text| ExpectedText::alternatives(text, form.strict)).collect();
    if let Some(text) = matching_text(typed, &expected, form.strict) {
        if form.strict || !accents::differ(typed, &text) {
            return TypedVerdict::right(align::agreeing(typed, &text));
        }
        // A missing accent would be forgiven. A different one is a slip at best, and another word when the
        // word is short.
        let (marks, letters) = align::differing(typed, &text);
        return match text.chars().count() < slip::MIN_LETTERS {
            true => TypedVerdict::wrong("Wrong", None, marks),
            false => TypedVerdict::almost((marks, letters)),
        };
    }
    let nearest = expected.iter().min_by_key(|one| one.distance(typed));
    let Some(nearest) = nearest else { return TypedVerdict::wrong("Wrong", None, TypedMarks::default()) };
    // A list of alternatives with a wrong one is no slip. But the answer may contain an "or" itself.
    let is_several = |text: &str| !alternatives::of_learner(text).is_empty();
    if is_several(typed) && !expected.iter().any(|one| is_several(&one.text)) {
        return TypedVerdict::wrong("Wrong", None, align::differing(typed, &nearest.text).0);
    }
    if let Some(other) = expected.iter().find(|one| case::changes_meaning(typed, &one.text)) {
        let why = format!("Capitals count here: “{}” is not “{}”.", typed.trim(), other.text);
        return TypedVerdict::wrong("Wrong", Some(why), align::differing(typed, &other.text).0);
    }
    let given = FoldedText::readings(typed, TextOrigin::Learner, form.strict);
    if let Some(why) = confusable_reason(form, &given, &expected) {
        return TypedVerdict::wrong("Wrong", Some(why), align::differing(typed, &nearest.text).0);
    }
    let slip = expected.iter().find_map(|one| {
        let words = given.iter().find_map(|given| slip_words(given, &one.plain))?;
        Some((one, words))
    });
    let Some((one, (given_word, expected_word))) = slip else {
        return TypedVerdict::wrong("Wrong", None, align::differing(typed, &nearest.text).0);
    };
    let (marks, letters) = align::differing(typed, &one.text);
    if let Some(why) = reserved_reason(form, typed, &given_word, &expected_word) {
        return TypedVerdict::wrong("Wrong", Some(why), marks);
    }
    if form.strict {
        let (count, verb) = (letter_count(letters), if letters > 1 { "differ" } else { "differs" });
        return TypedVerdict::wrong("Wrong", Some(format!("Spelling counts here: {count} {verb}.")), marks);
    }
    TypedVerdict::almost((marks, letters))
}

/// Grades a text that is too long to be compared letter by letter, or in every reading.
fn grade_long_text(form: &TypedForm, typed: &str) -> TypedVerdict {
    let key = |text: &str| FoldedText::plain(text, form.strict).keys(form.strict);
    let given = key(typed);
    let is_right = |accepted: &&String| {
        key(accepted).is_match(&given)
            && !case::changes_meaning(typed, accepted)
            && !differ_in_raised_digits(typed, accepted)
            && (form.strict || !accents::differ(typed, accepted))
    };
    match form.accepted.iter().find(is_right) {
        Some(accepted) => TypedVerdict::right(align::agreeing(typed, accepted)),
        None => {
            let marks = TypedMarks { typed: vec![(typed.trim().to_owned(), false)], ..unanswered(form) };
            TypedVerdict::wrong("Wrong", None, marks)
        }
    }
}

/// "one letter", "two letters".
fn letter_count(letters: usize) -> String {
    let letters = letters.max(1);
    format!("{} {}", number_word(letters), if letters == 1 { "letter" } else { "letters" })
}

/// The marks of an empty text: the first accepted answer, with no letter agreeing.
pub(in crate::domain) fn unanswered(form: &TypedForm) -> TypedMarks {
    let mut marks = align::agreeing("", form.accepted.first().map_or("", String::as_str));
    for (_, agrees) in &mut marks.expected {
        *agrees = false;
    }
    marks
}

/// One text that is right, prepared for comparison.
struct ExpectedText {
    text: String,
    plain: FoldedText,
    keys: Vec<ComparisonKeys>,
    /// Of a name: the name with its family name first, or last.
    name_rotations: Vec<ComparisonKeys>,
}

impl ExpectedText {
    /// An accepted answer and the alternatives that it lists: "film / movie" accepts either.
    fn alternatives(accepted: &str, strict: bool) -> Vec<Self> {
        let of = |text: String| {
            let readings = FoldedText::readings(&text, TextOrigin::Author, strict);
            let keys = readings.iter().map(|reading| reading.keys(strict)).collect();
            let rotated =
                if strict { Vec::new() } else { readings.iter().flat_map(name_rotations).collect() };
            let plain = readings.into_iter().next().unwrap_or_default();
            Self { text, plain, keys, name_rotations: rotated }
        };
        alternatives::of_author(accepted).into_iter().map(of).collect()
    }

    fn matches(&self, given: &[ComparisonKeys]) -> bool {
        given.iter().any(|given| self.keys.iter().chain(&self.name_rotations).any(|key| key.is_match(given)))
    }

    /// The edit distance to a typed text, for choosing the nearest answer to show.
    fn distance(&self, typed: &str) -> usize {
        strsim::osa_distance(&normalise(typed), &normalise(&self.text))
    }
}

/// The accepted text that `typed` matches; `None` if it is not right.
fn matching_text(typed: &str, expected: &[ExpectedText], strict: bool) -> Option<String> {
    let find_match = |text: &str| {
        if let Some(same) = expected.iter().find(|one| one.text.trim() == text.trim()) {
            return Some(same);
        }
        let readings = FoldedText::readings(text, TextOrigin::Learner, strict);
        let given: Vec<ComparisonKeys> = readings.iter().map(|reading| reading.keys(strict)).collect();
        let is_other = |one: &ExpectedText| {
            case::changes_meaning(text, &one.text) || differ_in_raised_digits(text, &one.text)
        };
        expected.iter().find(|one| one.matches(&given) && !is_other(one))
    };
    if let Some(one) = find_match(typed) {
        return Some(one.text.clone());
    }
    // A list of several answers is right when each of them is.
    let all_match =
        |parts: Vec<String>| parts.len() > 1 && parts.iter().all(|part| find_match(part).is_some());
    let several = all_match(alternatives::of_learner(typed)) || all_match(alternatives::of_list(typed));
    several.then(|| expected.first().map(|one| one.text.clone())).flatten()
}

/// Whether one has superscripts where the other has subscripts: x² is not x₂. Either may be typed as a plain
/// digit.
fn differ_in_raised_digits(given: &str, expected: &str) -> bool {
    let has_raised = |text: &str| text.chars().any(|c| characters::from_superscript(c).is_some());
    let has_lowered = |text: &str| text.chars().any(characters::is_subscript);
    (has_raised(given) && !has_raised(expected) && has_lowered(expected))
        || (has_lowered(given) && !has_lowered(expected) && has_raised(expected))
}

/// The keys of a name of two or three capitalised words with its last word first, and with its first word
/// last. Hyphenated words count as one: Park Chung-hee.
fn name_rotations(name: &FoldedText) -> Vec<ComparisonKeys> {
    let mut units: Vec<Vec<Word>> = Vec::new();
    for word in &name.words {
        match units.last_mut() {
            Some(unit) if word.break_before == Some(WordBreak::Hyphen) => unit.push(word.clone()),
            _ => units.push(vec![word.clone()]),
        }
    }
    let is_spelt = |word: &Word| word.letters.iter().all(|letter| letter.c.is_alphabetic());
    let is_name_word =
        |unit: &Vec<Word>| unit[0].is_capitalised() && unit[0].letters.len() > 1 && unit.iter().all(is_spelt);
    if !NAME_WORDS.contains(&units.len()) || name.article_words > 0 || !units.iter().all(is_name_word) {
        return Vec::new();
    }
    let rotated = |by: usize| {
        let mut units = units.clone();
        units.rotate_left(by);
        FoldedText { words: units.concat(), article_words: 0 }.keys(false)
    };
    vec![rotated(1), rotated(units.len() - 1)]
}

/// The word of `given` that is a slip, and the word of `expected` that was meant, both folded; `None` unless
/// all other words agree.
fn slip_words(given: &FoldedText, expected: &FoldedText) -> Option<(String, String)> {
    let texts = |words: &[Word]| -> Vec<String> {
        let spelt = |word: &Word| word.text();
        let is_not_the = |text: &String| text != "the";
        let all: Vec<String> = words.iter().map(spelt).collect();
        if all.len() > 1 { all.into_iter().filter(is_not_the).collect() } else { all }
    };
    let (given, expected) = (texts(given.without_article()), texts(expected.without_article()));
    let same = |a: &String, b: &String| canonical_spelling(a) == canonical_spelling(b);
    let one_slip = |given: &[String], expected: &[String]| {
        let mut differing = given.iter().zip(expected).filter(|(a, b)| !same(a, b));
        let (a, b) = differing.next()?;
        (differing.next().is_none() && slip::is_slip(a, b)).then(|| (a.clone(), b.clone()))
    };
    if given.len() == expected.len() {
        return one_slip(&given, &expected);
    }
    let is_negated =
        |words: &[String]| words.iter().any(|word| matches!(word.as_str(), "not" | "no" | "non"));
    if is_negated(&given) || is_negated(&expected) {
        return None;
    }
    if given.len() + 1 == expected.len() {
        return with_joined_neighbours(&expected).find_map(|expected| one_slip(&given, &expected));
    }
    if expected.len() + 1 == given.len() {
        return with_joined_neighbours(&given).find_map(|given| one_slip(&given, &expected));
    }
    None
}

/// The words with two neighbours joined to one, in every way: a space may be missing, or one too many.
fn with_joined_neighbours(words: &[String]) -> impl Iterator<Item = Vec<String>> + '_ {
    (1..words.len()).map(|at| {
        let mut joined = words.to_vec();
        let second = joined.remove(at);
        joined[at - 1].push_str(&second);
        joined
    })
}

/// Why the typed text is wrong, when the author listed it as confusable: the whole text, or a word that
/// differs.
fn confusable_reason(form: &TypedForm, given: &[FoldedText], expected: &[ExpectedText]) -> Option<String> {
    let keys: Vec<ComparisonKeys> = given.iter().map(|reading| reading.keys(false)).collect();
    let is_right_word =
        |word: &str| expected.iter().any(|one| one.plain.words.iter().any(|it| it.text() == word));
    let same = |confusable: &str| {
        let other = FoldedText::readings(confusable, TextOrigin::Author, false);
        let is_whole = other.iter().any(|other| keys.iter().any(|key| other.keys(false).is_match(key)));
        let is_word = |word: &Word| {
            let text = word.text();
            other.iter().any(|other| other.words.len() == 1 && other.words[0].text() == text)
                && !is_right_word(&text)
        };
        is_whole || given.iter().any(|given| given.words.len() > 1 && given.words.iter().any(is_word))
    };
    form.confusable.iter().find(|other| same(&other.text)).map(|other| match &other.why {
        Some(why) => why.clone(),
        None => format!("“{}” is something else.", other.text),
    })
}

/// Why a difference is not a slip: the typed text, or its word that differs, is another answer of the deck or
/// stands in the prompt.
fn reserved_reason(form: &TypedForm, typed: &str, given: &str, expected: &str) -> Option<String> {
    let is_other_form = slip::is_plural(given, expected);
    let in_prompt = || {
        let (prompt, _) = FoldedText::new(&form.prompt, TextOrigin::Author, false, Default::default());
        prompt.words.iter().any(|word| word.text() == given)
    };
    let whole = normalise(typed);
    let wanted = if is_other_form { &[whole.as_str()][..] } else { &[&whole, given] };
    if form.reserved.contains_any(wanted) {
        Some(format!("“{}” is another answer of this deck.", typed.trim()))
    } else if !is_other_form && in_prompt() {
        Some(format!("“{given}” is another word: it stands in the question."))
    } else {
        None
    }
}
