//! The answers of a deck, none of which may be graded as a slip of another.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::grade::typed;
use super::question::Question;

/// The answers, options and items of a deck. They are extracted from the questions on demand, because slips
/// are seldom judged.
#[derive(Clone, Debug, Default)]
pub struct ReservedAnswers {
    questions: Arc<Vec<Arc<Question>>>,
    /// Answers of the deck that these questions are an excerpt of.
    other_answers: Arc<[String]>,
}

impl ReservedAnswers {
    pub(super) fn new(questions: Arc<Vec<Arc<Question>>>, other_answers: Arc<[String]>) -> Self {
        Self { questions, other_answers }
    }

    /// Whether one of these texts, as normalised by [`typed::normalise`], is an answer of the deck, or a word
    /// of one.
    pub fn contains_any(&self, wanted: &[&str]) -> bool {
        self.answer_texts().any(|text| wanted.iter().any(|wanted| has_word(&text, wanted)))
    }

    fn answer_texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.questions
            .iter()
            .flat_map(|question| answer_texts(question))
            .chain(self.other_answers.iter().map(Cow::from))
    }

    /// The texts for which a slip in an answer to one of these questions could be mistaken. They
    /// suffice for grading those questions, and are far fewer than all answers of a large deck.
    pub(super) fn similar_to<'q>(&self, questions: impl IntoIterator<Item = &'q Question>) -> Arc<[String]> {
        let signatures: Vec<LetterSignature> = questions
            .into_iter()
            .flat_map(answer_texts)
            .flat_map(|text| LetterSignature::of_words(&text))
            .collect();
        let is_near = |text: &str| {
            LetterSignature::of_words(text)
                .into_iter()
                .any(|signature| signatures.iter().any(|other| signature.is_near(*other)))
        };
        let mut seen = HashSet::new();
        let texts = self.answer_texts().filter(|text| seen.insert(text.clone()) && is_near(text));
        texts.map(Cow::into_owned).collect()
    }
}

/// Equality of contents; the pointer comparison is only a shortcut.
impl PartialEq for ReservedAnswers {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.questions, &other.questions) || self.questions == other.questions;
        same && self.other_answers == other.other_answers
    }
}

/// The answers, options and items of a question.
fn answer_texts(question: &Question) -> Vec<Cow<'_, str>> {
    let mut texts = Vec::new();
    question.answer.for_each_text(|role, text| {
        if role.is_answer() {
            texts.push(text);
        }
    });
    texts.extend(question.typed.iter().map(Cow::from));
    texts
}

/// Whether a text, or one of its words, equals `wanted`.
fn has_word(text: &str, wanted: &str) -> bool {
    if text.is_ascii() && wanted.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        return letters.eq(wanted.bytes()) || words.any(|word| word.eq_ignore_ascii_case(wanted));
    }
    typed::normalise(text) == wanted || text.split_whitespace().any(|word| typed::normalise(word) == wanted)
}

/// A hash of the letters of a word and their number: words with very different signatures are very different.
#[derive(Clone, Copy)]
struct LetterSignature {
    letters: u64,
    length: u32,
}

impl LetterSignature {
    /// A slip is a single edit, which changes at most two bits of a signature; an accent and a doubled letter
    /// are allowed in addition.
    const EDITS: u32 = 3;

    /// The signatures of each word and of the whole text; Hangul syllables are decomposed into jamo.
    fn of_words(text: &str) -> Vec<Self> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(Self::of_word).chain([Self::of_word(text)]).collect()
    }

    fn of_word(word: &str) -> Self {
        let letters = word.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.fold(Self { letters: 0, length: 0 }, |signature, c| Self {
            letters: signature.letters | 1 << (u32::from(c) % 64),
            length: signature.length + 1,
        })
    }

    fn is_near(self, other: LetterSignature) -> bool {
        self.length.abs_diff(other.length) <= Self::EDITS
            && (self.letters ^ other.letters).count_ones() <= 2 * Self::EDITS
    }
}
