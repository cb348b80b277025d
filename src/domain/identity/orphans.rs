//! Progress of questions that no deck contains.

use std::collections::BTreeMap;

use super::QuestionKey;
use crate::domain::card::{Card, CardState};
use crate::domain::day::StudyDay;
use crate::domain::progress::Progress;

/// Progress of a question that no deck contains now. It is kept, because the question may come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The question's key.
    pub question: QuestionKey,
    /// The last study day with an answer. `None` without answers.
    pub last_studied: Option<StudyDay>,
    /// Number of answers to all its cards. Retracted answers do not count.
    pub answers: usize,
}

/// Finds all progress of questions that are not in use, sorted by key.
pub fn orphans(progress: &Progress, is_in_use: impl Fn(&QuestionKey) -> bool) -> Vec<Orphan> {
    let mut found: BTreeMap<QuestionKey, (Option<StudyDay>, usize)> = BTreeMap::new();
    for (key, card) in progress.cards().filter(|(_, card)| has_progress(card)) {
        let question = QuestionKey::of(key);
        if !is_in_use(&question) {
            let (last, answers) = found.entry(question).or_default();
            *last = (*last).max(card.reviews().map(|(stamp, _)| stamp.day).max());
            *answers += card.reviews().count();
        }
    }
    let orphan = |(question, (last_studied, answers))| Orphan { question, last_studied, answers };
    found.into_iter().map(orphan).collect()
}

/// Whether a card has any progress. A card may have events and no progress, if all of them were retracted.
pub fn has_progress(card: &Card) -> bool {
    *card.state() != CardState::default() || card.reviews().next().is_some()
}
