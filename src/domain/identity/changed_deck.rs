//! The part of a deck that an edit changed, and what lies between which questions in it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::QuestionKey;
use crate::domain::question::Question;

/// A question in the changed part of a deck.
pub(super) struct QuestionSlot<'a> {
    pub(super) question: &'a Arc<Question>,
    /// Whether the deck contains it before and after the edit.
    pub(super) is_in_both: bool,
}

/// The changed part of a deck: everything between the unchanged questions at its beginning and its end, with
/// one unchanged neighbour on each side.
pub(super) struct ChangedDeck<'a> {
    pub(super) id: &'a Arc<str>,
    pub(super) before: Vec<QuestionSlot<'a>>,
    pub(super) after: Vec<QuestionSlot<'a>>,
}

impl<'a> ChangedDeck<'a> {
    pub(super) fn new(id: &'a Arc<str>, before: &'a [Arc<Question>], after: &'a [Arc<Question>]) -> Self {
        // Most edits change only one question or a few, so skip what is the same at the beginning and the
        // end.
        let alike = |(one, other): &(&Arc<Question>, &Arc<Question>)| one.id == other.id;
        let same_at_start = before.iter().zip(after).take_while(alike).count();
        let same_at_end = before[same_at_start..]
            .iter()
            .rev()
            .zip(after[same_at_start..].iter().rev())
            .take_while(alike)
            .count();
        // Keep one unchanged question on each side as a neighbour.
        let from = same_at_start.saturating_sub(1);
        let same_at_end = same_at_end.saturating_sub(1);
        let (before, after) =
            (&before[from..before.len() - same_at_end], &after[from..after.len() - same_at_end]);
        let ids = |questions: &'a [Arc<Question>]| -> HashSet<&'a str> {
            questions.iter().map(|question| &*question.id).collect()
        };
        let (old, new) = (ids(before), ids(after));
        let slots = |questions: &'a [Arc<Question>], others: &HashSet<&str>| {
            let is_in_both = |question: &Question| others.contains(&*question.id);
            questions
                .iter()
                .map(|question| QuestionSlot { question, is_in_both: is_in_both(question) })
                .collect()
        };
        Self { id, before: slots(before, &new), after: slots(after, &old) }
    }

    pub(super) fn key(&self, slot: &QuestionSlot<'_>) -> QuestionKey {
        QuestionKey { deck: self.id.clone(), question: slot.question.id.clone() }
    }

    /// Questions that are only in the old deck.
    pub(super) fn vanished(&self) -> impl Iterator<Item = (&QuestionSlot<'a>, QuestionKey)> {
        self.before.iter().filter(|slot| !slot.is_in_both).map(|slot| (slot, self.key(slot)))
    }

    /// Questions that are only in the new deck.
    pub(super) fn appeared(&self) -> impl Iterator<Item = (&QuestionSlot<'a>, QuestionKey)> {
        self.after.iter().filter(|slot| !slot.is_in_both).map(|slot| (slot, self.key(slot)))
    }
}

/// Ids of the two unchanged questions around a position. `None` at the beginning or end of the deck.
pub(super) type Neighbours<'a> = (Option<&'a str>, Option<&'a str>);

/// Groups the changed questions that fulfil `is_included` by their unchanged neighbours.
pub(super) fn runs_by_neighbours<'s>(
    slots: &'s [QuestionSlot<'_>],
    is_included: impl Fn(&QuestionSlot<'_>) -> bool,
) -> HashMap<Neighbours<'s>, Vec<&'s QuestionSlot<'s>>> {
    let mut runs = HashMap::new();
    let mut previous: Option<&str> = None;
    let mut run = Vec::new();
    for slot in slots {
        if slot.is_in_both {
            if !run.is_empty() {
                runs.insert((previous, Some(&*slot.question.id)), std::mem::take(&mut run));
            }
            previous = Some(&slot.question.id);
        } else if is_included(slot) {
            run.push(slot);
        }
    }
    if !run.is_empty() {
        runs.insert((previous, None), run);
    }
    runs
}
