//! The part of a deck that changed, and what stands between which questions in it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::QuestionKey;
use crate::domain::question::Question;

/// A question in the part of a deck that changed.
pub(super) struct QuestionSlot<'a> {
    pub(super) question: &'a Arc<Question>,
    /// Whether it is in the deck before and after.
    pub(super) is_in_both: bool,
}

/// A deck that changed: what lies between the questions that begin and end it as before.
pub(super) struct ChangedDeck<'a> {
    pub(super) id: &'a Arc<str>,
    pub(super) before: Vec<QuestionSlot<'a>>,
    pub(super) after: Vec<QuestionSlot<'a>>,
}

impl<'a> ChangedDeck<'a> {
    pub(super) fn new(id: &'a Arc<str>, before: &'a [Arc<Question>], after: &'a [Arc<Question>]) -> Self {
        // Only one question or a few change in most edits: what begins and ends alike need not be looked at.
        let alike = |(one, other): &(&Arc<Question>, &Arc<Question>)| one.id == other.id;
        let begins = before.iter().zip(after).take_while(alike).count();
        let ends = before[begins..].iter().rev().zip(after[begins..].iter().rev()).take_while(alike).count();
        // With a neighbour on each side, for the places.
        let from = begins.saturating_sub(1);
        let ends = ends.saturating_sub(1);
        let (before, after) = (&before[from..before.len() - ends], &after[from..after.len() - ends]);
        let ids = |questions: &'a [Arc<Question>]| -> HashSet<&'a str> {
            questions.iter().map(|question| &*question.id).collect()
        };
        let (old, new) = (ids(before), ids(after));
        let spots = |questions: &'a [Arc<Question>], others: &HashSet<&str>| {
            let stays = |question: &Question| others.contains(&*question.id);
            questions.iter().map(|question| QuestionSlot { question, is_in_both: stays(question) }).collect()
        };
        Self { id, before: spots(before, &new), after: spots(after, &old) }
    }

    pub(super) fn key(&self, spot: &QuestionSlot<'_>) -> QuestionKey {
        QuestionKey { deck: self.id.clone(), question: spot.question.id.clone() }
    }

    pub(super) fn vanished(&self) -> impl Iterator<Item = (&QuestionSlot<'a>, QuestionKey)> {
        self.before.iter().filter(|spot| !spot.is_in_both).map(|spot| (spot, self.key(spot)))
    }

    pub(super) fn appeared(&self) -> impl Iterator<Item = (&QuestionSlot<'a>, QuestionKey)> {
        self.after.iter().filter(|spot| !spot.is_in_both).map(|spot| (spot, self.key(spot)))
    }
}

/// The ids of the questions around a place; `None` at the deck's beginning and end.
pub(super) type Neighbours<'a> = (Option<&'a str>, Option<&'a str>);

/// What came or went between each two questions that stay.
pub(super) fn runs_between_kept<'s>(
    spots: &'s [QuestionSlot<'_>],
    open: impl Fn(&QuestionSlot<'_>) -> bool,
) -> HashMap<Neighbours<'s>, Vec<&'s QuestionSlot<'s>>> {
    let mut runs = HashMap::new();
    let mut previous: Option<&str> = None;
    let mut run = Vec::new();
    for spot in spots {
        if spot.is_in_both {
            if !run.is_empty() {
                runs.insert((previous, Some(&*spot.question.id)), std::mem::take(&mut run));
            }
            previous = Some(&spot.question.id);
        } else if open(spot) {
            run.push(spot);
        }
    }
    if !run.is_empty() {
        runs.insert((previous, None), run);
    }
    runs
}
