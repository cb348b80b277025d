//! Everything that is an answer somewhere in a deck: never taken for a slip in another answer.

use std::collections::HashSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::grade::typed;
use super::question::{Answer, Question};

/// The answers, options and items of a deck. They are looked through when a slip is judged, which is seldom.
#[derive(Clone, Debug, Default)]
pub struct ReservedAnswers {
    questions: Arc<Vec<Arc<Question>>>,
    /// Of the deck that these questions were taken from.
    other_answers: Arc<[String]>,
}

impl ReservedAnswers {
    pub(super) fn new(questions: Arc<Vec<Arc<Question>>>, others: Arc<[String]>) -> Self {
        Self { questions, other_answers: others }
    }

    /// Whether one of these words or texts, as [`typed::normalise`] gives them, is an answer, or a word of one.
    pub fn contains_any(&self, wanted: &[&str]) -> bool {
        self.answer_texts().any(|text| wanted.iter().any(|wanted| has_word(text, wanted)))
    }

    fn answer_texts(&self) -> impl Iterator<Item = &str> {
        self.questions
            .iter()
            .flat_map(|question| answer_texts(question))
            .chain(self.other_answers.iter().map(String::as_str))
    }

    /// The texts that a slip in the answer to one of these questions could be: enough for grading them, and of a large
    /// deck far fewer.
    pub(super) fn similar_to<'q>(&self, asked: impl IntoIterator<Item = &'q Question>) -> Arc<[String]> {
        let shapes: Vec<LetterSignature> =
            asked.into_iter().flat_map(answer_texts).flat_map(LetterSignature::of_words).collect();
        let is_near = |text: &str| {
            LetterSignature::of_words(text)
                .into_iter()
                .any(|shape| shapes.iter().any(|other| shape.is_near(*other)))
        };
        let mut known = HashSet::new();
        self.answer_texts().filter(|text| known.insert(*text) && is_near(text)).map(str::to_owned).collect()
    }
}

/// They differ in what they hold, not in where it lies.
impl PartialEq for ReservedAnswers {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.questions, &other.questions) || self.questions == other.questions;
        same && self.other_answers == other.other_answers
    }
}

/// What is an answer, an option or an item of a question.
fn answer_texts(question: &Question) -> Vec<&str> {
    let own: Vec<&String> = match &question.answer {
        Answer::Typed { accepted, also_reverse, .. } => accepted.iter().chain(also_reverse).collect(),
        Answer::Cloze(cloze) => cloze.gaps().flat_map(|gap| &gap.accepted).collect(),
        Answer::Choice { right, wrong } => {
            std::iter::once(right).chain(wrong.iter().map(|option| &option.text)).collect()
        }
        Answer::Choices { right, wrong } => {
            right.iter().chain(wrong.iter().map(|option| &option.text)).collect()
        }
        Answer::Order(items) => items.iter().map(|item| &item.text).collect(),
        Answer::Match(pairs) => pairs.iter().flat_map(|(left, right)| [left, right]).collect(),
        Answer::Sort(bins) => {
            bins.iter().flat_map(|bin| std::iter::once(&bin.name).chain(&bin.items)).collect()
        }
        Answer::Recall { .. } | Answer::Number { .. } | Answer::Date { .. } | Answer::Bool(_) => Vec::new(),
    };
    own.into_iter().chain(&question.typed).map(String::as_str).collect()
}

/// Whether a text is `wanted`, or one of its words is.
fn has_word(text: &str, wanted: &str) -> bool {
    if text.is_ascii() && wanted.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        return letters.eq(wanted.bytes()) || words.any(|word| word.eq_ignore_ascii_case(wanted));
    }
    typed::normalise(text) == wanted || text.split_whitespace().any(|word| typed::normalise(word) == wanted)
}

/// Which letters a word has, roughly, and how many: words that differ much here differ much.
#[derive(Clone, Copy)]
struct LetterSignature {
    letters: u64,
    length: u32,
}

impl LetterSignature {
    /// A slip is one edit, which changes two signs of a shape at most; an accent and a doubled letter are allowed for.
    const EDITS: u32 = 3;

    /// Of each word, and of all of them together; syllables taken apart.
    fn of_words(text: &str) -> Vec<Self> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(Self::of_word).chain([Self::of_word(text)]).collect()
    }

    fn of_word(word: &str) -> Self {
        let letters = word.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.fold(Self { letters: 0, length: 0 }, |shape, c| Self {
            letters: shape.letters | 1 << (u32::from(c) % 64),
            length: shape.length + 1,
        })
    }

    fn is_near(self, other: LetterSignature) -> bool {
        self.length.abs_diff(other.length) <= Self::EDITS
            && (self.letters ^ other.letters).count_ones() <= 2 * Self::EDITS
    }
}
