//! Every typed answer of a deck: never forgiven as a misspelling of another.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
