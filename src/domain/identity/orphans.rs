//! Progress without a question.

use std::collections::BTreeMap;

use super::QuestionKey;
use crate::domain::card::{Card, CardState};
use crate::domain::day::StudyDay;
use crate::domain::progress::Progress;

/// Progress of a question that no deck has now. It is kept: the question may come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The question's key.
    pub question: QuestionKey,
    /// When it was last answered.
    pub last_studied: Option<StudyDay>,
    /// How many answers count, over all its cards.
    pub answers: usize,
}

/// Progress without a question, by key.
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

/// Whether a card has anything to lose: everything of it may have been taken back.
pub fn has_progress(card: &Card) -> bool {
    *card.state() != CardState::default() || card.reviews().next().is_some()
}
