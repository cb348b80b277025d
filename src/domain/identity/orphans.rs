//! Progress of questions that no deck contains.

use std::collections::BTreeMap;

use super::QuestionKey;
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
    for (key, summary) in progress.cards().filter(|(_, summary)| summary.has_progress()) {
        let question = QuestionKey::of(key);
        if !is_in_use(&question) {
            let (last, answers) = found.entry(question).or_default();
            *last = (*last).max(summary.last_answered);
            *answers += summary.answers();
        }
    }
    let orphan = |(question, (last_studied, answers))| Orphan { question, last_studied, answers };
    found.into_iter().map(orphan).collect()
}
