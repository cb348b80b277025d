//! Typed answers: right but for what is forgiven, almost with a slip of the fingers, or wrong.
//!
//! Right is tried first. Nothing that changes the meaning is ever right, and a slip is never judged in silence.

use super::dictionary::one_spelling;
use super::fold::{Folded, Gap, Keys, Word, Writer};
use super::{Marks, TextMarks, Verdict, accents, align, alternatives, case, characters, in_words, slip};
use crate::domain::task::TextForm;

pub use super::fold::normalise;

/// What a slip is worth until the learner says what it was.
const ALMOST_SCORE: f64 = 0.5;
/// Words of a name whose order may be turned: the family name first or last.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;
/// Longer texts are right or wrong: what is longer was pasted, or is no slip away from anything.
const MAX_CHARS: usize = 500;

/// A typed text graded.
pub(super) struct Judged {
    pub(super) score: f64,
    pub(super) headline: String,
    pub(super) almost: bool,
    pub(super) note: Option<String>,
    pub(super) marks: TextMarks,
}

impl Judged {
    fn right(marks: TextMarks) -> Self {
        Self { score: 1.0, headline: "Right".to_owned(), almost: false, note: None, marks }
    }

    /// A slip: its marks, and how many letters differ.
    fn almost((marks, letters): (TextMarks, usize)) -> Self {
        let headline = format!("Almost: {}", count_of(letters));
        Self { score: ALMOST_SCORE, headline, almost: true, note: None, marks }
    }

    fn wrong(headline: &str, note: Option<String>, marks: TextMarks) -> Self {
        Self { score: 0.0, headline: headline.to_owned(), almost: false, note, marks }
    }
}

pub(super) fn grade(form: &TextForm, typed: &str) -> Verdict {
    let Judged { score, headline, almost, note, marks } = judge(form, typed);
    Verdict { score, headline, marks: Marks::Text(marks), almost, note }
}

/// Holds `typed` against the accepted answers.
pub(super) fn judge(form: &TextForm, typed: &str) -> Judged {
    if let Some(same) = form.accepted.iter().find(|accepted| accepted.trim() == typed.trim()) {
        return Judged::right(align::agreeing(typed, same));
    }
    let is_long = |text: &String| text.chars().count() > MAX_CHARS;
    if typed.chars().count() > MAX_CHARS || form.accepted.iter().any(is_long) {
        return judge_page(form, typed);
    }
    if normalise(typed).is_empty() {
        return Judged::wrong("No answer", None, unanswered(form));
    }
    let expected: Vec<Expected> =
        form.accepted.iter().flat_map(|text| Expected::all(text, form.strict)).collect();
    if let Some(text) = right(typed, &expected, form.strict) {
        if form.strict || !accents::differ(typed, &text) {
            return Judged::right(align::agreeing(typed, &text));
        }
        // Left out it would be right; another one is a slip at best, and another word where that is short.
        let (marks, letters) = align::differing(typed, &text);
        return match text.chars().count() < slip::LEAST_LETTERS {
            true => Judged::wrong("Wrong", None, marks),
            false => Judged::almost((marks, letters)),
        };
    }
    let nearest = expected.iter().min_by_key(|one| one.distance(typed));
    let Some(nearest) = nearest else { return Judged::wrong("Wrong", None, TextMarks::default()) };
    // One of two alternatives that is wrong is no slip. But an answer may hold an "or" itself.
    let is_several = |text: &str| !alternatives::of_learner(text).is_empty();
    if is_several(typed) && !expected.iter().any(|one| is_several(&one.text)) {
        return Judged::wrong("Wrong", None, align::differing(typed, &nearest.text).0);
    }
    if let Some(other) = expected.iter().find(|one| case::makes_another(typed, &one.text)) {
        let why = format!("Capitals count here: “{}” is not “{}”.", typed.trim(), other.text);
        return Judged::wrong("Wrong", Some(why), align::differing(typed, &other.text).0);
    }
    let given = Folded::readings(typed, Writer::Learner, form.strict);
    if let Some(why) = confused(form, &given, &expected) {
        return Judged::wrong("Wrong", Some(why), align::differing(typed, &nearest.text).0);
    }
    let slip = expected.iter().find_map(|one| {
        let words = given.iter().find_map(|given| slip_words(given, &one.plain))?;
        Some((one, words))
    });
    let Some((one, (given_word, expected_word))) = slip else {
        return Judged::wrong("Wrong", None, align::differing(typed, &nearest.text).0);
    };
    let (marks, letters) = align::differing(typed, &one.text);
    if let Some(why) = reserved(form, typed, &given_word, &expected_word) {
        return Judged::wrong("Wrong", Some(why), marks);
    }
    if form.strict {
        let (count, verb) = (count_of(letters), if letters > 1 { "differ" } else { "differs" });
        return Judged::wrong("Wrong", Some(format!("Spelling counts here: {count} {verb}.")), marks);
    }
    Judged::almost((marks, letters))
}

/// A text too long to be measured letter by letter.
fn judge_page(form: &TextForm, typed: &str) -> Judged {
    let given = normalise(typed);
    match form.accepted.iter().find(|accepted| normalise(accepted) == given) {
        Some(accepted) => Judged::right(align::agreeing(typed, accepted)),
        None => {
            let marks = TextMarks { given: vec![(typed.trim().to_owned(), false)], ..unanswered(form) };
            Judged::wrong("Wrong", None, marks)
        }
    }
}

/// "one letter", "two letters".
fn count_of(letters: usize) -> String {
    let letters = letters.max(1);
    format!("{} {}", in_words(letters), if letters == 1 { "letter" } else { "letters" })
}

/// The marks of nothing typed: the first accepted answer, none of it agreeing.
pub(super) fn unanswered(form: &TextForm) -> TextMarks {
    let mut marks = align::agreeing("", form.accepted.first().map_or("", String::as_str));
    for (_, agrees) in &mut marks.expected {
        *agrees = false;
    }
    marks
}

/// One text that is right.
struct Expected {
    text: String,
    plain: Folded,
    keys: Vec<Keys>,
    /// The same name with its family name first, or last.
    turned: Vec<Keys>,
}

impl Expected {
    /// An accepted answer, and what it stands for: "film / movie" is either.
    fn all(accepted: &str, strict: bool) -> Vec<Self> {
        let of = |text: String| {
            let readings = Folded::readings(&text, Writer::Author, strict);
            let keys = readings.iter().map(|reading| reading.keys(strict)).collect();
            let turned = if strict { Vec::new() } else { readings.iter().flat_map(turned_names).collect() };
            let plain = readings.into_iter().next().unwrap_or_default();
            Self { text, plain, keys, turned }
        };
        alternatives::of_author(accepted).into_iter().map(of).collect()
    }

    fn is_met_by(&self, given: &[Keys]) -> bool {
        given.iter().any(|given| self.keys.iter().chain(&self.turned).any(|key| key.same(given)))
    }

    /// How far a text is from this one, in edits: for showing the two beside each other.
    fn distance(&self, typed: &str) -> usize {
        strsim::osa_distance(&normalise(typed), &normalise(&self.text))
    }
}

/// The text that `typed` says, if it is right.
fn right(typed: &str, expected: &[Expected], strict: bool) -> Option<String> {
    let met = |text: &str| {
        if let Some(same) = expected.iter().find(|one| one.text.trim() == text.trim()) {
            return Some(same);
        }
        let readings = Folded::readings(text, Writer::Learner, strict);
        let given: Vec<Keys> = readings.iter().map(|reading| reading.keys(strict)).collect();
        let is_other =
            |one: &Expected| case::makes_another(text, &one.text) || are_other_figures(text, &one.text);
        expected.iter().find(|one| one.is_met_by(&given) && !is_other(one))
    };
    if let Some(one) = met(typed) {
        return Some(one.text.clone());
    }
    // Several answers are right where every one of them is.
    let all_met = |parts: Vec<String>| parts.len() > 1 && parts.iter().all(|part| met(part).is_some());
    let several = all_met(alternatives::of_learner(typed)) || all_met(alternatives::listed(typed));
    several.then(|| expected.first().map(|one| one.text.clone())).flatten()
}

/// Whether one has raised figures where the other has lowered ones: x² is not x₂. Each may be typed in the line.
fn are_other_figures(given: &str, expected: &str) -> bool {
    let has_raised = |text: &str| text.chars().any(|c| characters::raised(c).is_some());
    let has_lowered = |text: &str| text.chars().any(characters::is_lowered);
    (has_raised(given) && !has_raised(expected) && has_lowered(expected))
        || (has_lowered(given) && !has_lowered(expected) && has_raised(expected))
}

/// A name of two or three capitalised words with its last word first, and with its first word last. What a hyphen joins
/// is one word: Park Chung-hee.
fn turned_names(name: &Folded) -> Vec<Keys> {
    let mut units: Vec<Vec<Word>> = Vec::new();
    for word in &name.words {
        match units.last_mut() {
            Some(unit) if word.gap == Some(Gap::Hyphen) => unit.push(word.clone()),
            _ => units.push(vec![word.clone()]),
        }
    }
    let is_spelt = |word: &Word| word.letters.iter().all(|letter| letter.c.is_alphabetic());
    let is_name_word =
        |unit: &Vec<Word>| unit[0].is_capitalised() && unit[0].letters.len() > 1 && unit.iter().all(is_spelt);
    if !NAME_WORDS.contains(&units.len()) || name.lead > 0 || !units.iter().all(is_name_word) {
        return Vec::new();
    }
    let turned = |by: usize| {
        let mut units = units.clone();
        units.rotate_left(by);
        Folded { words: units.concat(), lead: 0 }.keys(false)
    };
    vec![turned(1), turned(units.len() - 1)]
}

/// The word of `given` that is a slip in one of `expected`, where all others agree: both as they are compared.
fn slip_words(given: &Folded, expected: &Folded) -> Option<(String, String)> {
    let texts = |words: &[Word]| -> Vec<String> {
        let spelt = |word: &Word| word.text();
        let the = |text: &String| text != "the";
        let all: Vec<String> = words.iter().map(spelt).collect();
        if all.len() > 1 { all.into_iter().filter(the).collect() } else { all }
    };
    let (given, expected) = (texts(given.compared()), texts(expected.compared()));
    let same = |a: &String, b: &String| one_spelling(a) == one_spelling(b);
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
        return joined(&expected).find_map(|expected| one_slip(&given, &expected));
    }
    if expected.len() + 1 == given.len() {
        return joined(&given).find_map(|given| one_slip(&given, &expected));
    }
    None
}

/// The words with two neighbours written as one, in every way: a space may be missing, or one too many.
fn joined(words: &[String]) -> impl Iterator<Item = Vec<String>> + '_ {
    (1..words.len()).map(|at| {
        let mut joined = words.to_vec();
        let second = joined.remove(at);
        joined[at - 1].push_str(&second);
        joined
    })
}

/// Why what was typed is something else, where the author says so: as a whole, or for the word that differs.
fn confused(form: &TextForm, given: &[Folded], expected: &[Expected]) -> Option<String> {
    let keys: Vec<Keys> = given.iter().map(|reading| reading.keys(false)).collect();
    let is_right_word =
        |word: &str| expected.iter().any(|one| one.plain.words.iter().any(|it| it.text() == word));
    let same = |confusable: &str| {
        let other = Folded::readings(confusable, Writer::Author, false);
        let is_whole = other.iter().any(|other| keys.iter().any(|key| other.keys(false).same(key)));
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

/// Why a slip is none: what was typed, or its word that differs, is another answer of the deck or stands in the prompt.
fn reserved(form: &TextForm, typed: &str, given: &str, expected: &str) -> Option<String> {
    let is_other_form = slip::is_plural(given, expected);
    let in_prompt = || {
        let (prompt, _) = Folded::new(&form.prompt, Writer::Author, false, Default::default());
        prompt.words.iter().any(|word| word.text() == given)
    };
    let whole = normalise(typed);
    let wanted = if is_other_form { &[whole.as_str()][..] } else { &[&whole, given] };
    if form.reserved.has_any(wanted) {
        Some(format!("“{}” is another answer of this deck.", typed.trim()))
    } else if !is_other_form && in_prompt() {
        Some(format!("“{given}” is another word: it stands in the question."))
    } else {
        None
    }
}
