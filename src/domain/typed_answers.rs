//! Every typed answer of a deck: never forgiven as a misspelling of another.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::grade::text;
use super::question::{Answer, Question};

/// Counts how often each answer is accepted, normalised, so that a question can leave without the others being
/// asked. What has changed since is kept beside: a change of one question of many is cheap.
#[derive(Clone, Debug, Default)]
pub struct TypedAnswers {
    counts: Arc<HashMap<String, u32>>,
    changes: HashMap<String, i64>,
}

impl TypedAnswers {
    /// Of all these questions.
    pub fn of<'q>(questions: impl IntoIterator<Item = &'q Question>) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in questions.into_iter().flat_map(words) {
            *counts.entry(text::normalise(word)).or_default() += 1;
        }
        Self { counts: Arc::new(counts), changes: HashMap::new() }
    }

    /// Whether a normalised answer is accepted anywhere in the deck.
    pub fn contains(&self, normalised: &str) -> bool {
        self.count(normalised) > 0
    }

    fn count(&self, normalised: &str) -> u32 {
        let counted = self.counts.get(normalised).copied().unwrap_or(0);
        let now = i64::from(counted) + self.changes.get(normalised).copied().unwrap_or(0);
        u32::try_from(now).unwrap_or(0)
    }

    /// Those that a typo in an answer to one of these questions could be: enough for grading them, and of a large deck far
    /// fewer. No typo has more than two edits, of which each changes a word's length by one letter at most and two signs of
    /// its `Shape`; one edit more is allowed for.
    pub fn near<'q>(&self, questions: impl IntoIterator<Item = &'q Question>) -> Self {
        const FEW: usize = 1_000;
        const EDITS: u32 = 3;
        if self.counts.len() + self.changes.len() <= FEW {
            return self.clone();
        }
        let asked: Vec<Shape> =
            questions.into_iter().flat_map(words).map(|word| Shape::of(&text::normalise(word))).collect();
        let near = |shape: Shape| asked.iter().any(|other| shape.is_within(EDITS, *other));
        let all = self.counts.keys().chain(self.changes.keys());
        let counts = all
            .filter(|word| near(Shape::of(word)) && self.contains(word))
            .map(|word| (word.clone(), self.count(word)))
            .collect();
        Self { counts: Arc::new(counts), changes: HashMap::new() }
    }

    /// The same after some questions went and others came.
    pub fn changed<'q>(
        &self,
        gone: impl IntoIterator<Item = &'q Question>,
        fresh: impl IntoIterator<Item = &'q Question>,
    ) -> Self {
        let mut changed = self.clone();
        let gone = gone.into_iter().flat_map(words).map(|word| (word, -1));
        let fresh = fresh.into_iter().flat_map(words).map(|word| (word, 1));
        for (word, by) in gone.chain(fresh) {
            *changed.changes.entry(text::normalise(word)).or_default() += by;
        }
        changed.changes.retain(|_, by| *by != 0);
        changed
    }
}

/// Which letters a word has, roughly, and how many: words that differ much here differ much.
#[derive(Clone, Copy)]
struct Shape {
    letters: u64,
    length: u32,
}

impl Shape {
    /// Of letters and digits only, syllables taken apart: typos are counted in jamo.
    fn of(word: &str) -> Self {
        word.nfd().filter(|c| c.is_alphanumeric()).fold(Self { letters: 0, length: 0 }, |shape, c| Self {
            letters: shape.letters | 1 << (u32::from(c) % 64),
            length: shape.length + 1,
        })
    }

    fn is_within(self, edits: u32, other: Shape) -> bool {
        self.length.abs_diff(other.length) <= edits
            && (self.letters ^ other.letters).count_ones() <= 2 * edits
    }
}

/// A map has another order every time; the same deck is to have the same bytes.
impl Serialize for TypedAnswers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut counts: Vec<(&str, u32)> = self
            .counts
            .keys()
            .chain(self.changes.keys().filter(|word| !self.counts.contains_key(*word)))
            .map(|word| (word.as_str(), self.count(word)))
            .filter(|(_, count)| *count > 0)
            .collect();
        counts.sort_unstable();
        counts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TypedAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let counts: Vec<(String, u32)> = Vec::deserialize(deserializer)?;
        Ok(Self { counts: Arc::new(counts.into_iter().collect()), changes: HashMap::new() })
    }
}

impl PartialEq for TypedAnswers {
    fn eq(&self, other: &Self) -> bool {
        let mut words = [self, other].into_iter().flat_map(|it| it.counts.keys().chain(it.changes.keys()));
        let same = Arc::ptr_eq(&self.counts, &other.counts) && self.changes == other.changes;
        same || words.all(|word| self.contains(word) == other.contains(word))
    }
}

/// What may be typed in answer to a question.
fn words(question: &Question) -> Vec<&str> {
    let words: Vec<&String> = match &question.answer {
        Answer::Typed { accepted, also_reverse, .. } => accepted.iter().chain(also_reverse).collect(),
        Answer::Cloze(cloze) => cloze.gaps().flat_map(|gap| &gap.accepted).collect(),
        _ => question.typed.iter().collect(),
    };
    words.into_iter().map(String::as_str).collect()
}
