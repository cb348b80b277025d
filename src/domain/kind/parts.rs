//! What the kinds whose parts are arranged or assigned have in common: Order, Match and Sort.

use rand::seq::SliceRandom;

use super::PART_SEPARATOR;
use crate::domain::answer_text::AnswerText;
use crate::domain::seed::{Seed, rng};

/// Shuffles the items, but not into the order given, in which the task would already be solved. `text` is
/// what the learner sees: items with equal texts count as equal.
pub(super) fn shuffled_unsolved<T: Clone>(items: Vec<T>, seed: Seed, text: impl Fn(&T) -> &str) -> Vec<T> {
    let mut shuffled = items.clone();
    shuffled.shuffle(&mut rng(seed));
    let is_solved =
        |shuffled: &[T]| shuffled.iter().zip(&items).all(|(shown, right)| text(shown) == text(right));
    if shuffled.len() > 1 && is_solved(&shuffled) {
        shuffled.rotate_left(1);
    }
    shuffled
}

/// How many orders there are of so many items.
pub(super) fn factorial(items: usize) -> f64 {
    (1..=items).map(|item| item as f64).product()
}

/// For each part, whether it was assigned correctly. For part `i`, `labels[i]` is its text, `wanted[i]` its
/// right target and `given[i]` the learner's. Parts with equal texts are interchangeable.
pub(super) fn parts_right<K: PartialEq>(
    labels: &[&str],
    wanted: &[Option<K>],
    given: &[Option<K>],
) -> Vec<bool> {
    let is_correct = |part: usize, owner: usize| given[part].is_some() && given[part] == wanted[owner];
    let mut right: Vec<bool> = (0..labels.len()).map(|part| is_correct(part, part)).collect();
    let mut taken = right.clone();
    for part in 0..labels.len() {
        if right[part] {
            continue;
        }
        let twin = (0..labels.len())
            .find(|twin| !taken[*twin] && labels[*twin] == labels[part] && is_correct(part, *twin));
        if let Some(twin) = twin {
            taken[twin] = true;
            right[part] = true;
        }
    }
    right
}

/// A part of a response that was assigned to something.
pub(super) struct AssignedPart<'a> {
    /// The left side, or the item.
    pub(super) part: &'a str,
    /// Where it was put; `None`: nowhere.
    pub(super) assigned: Option<&'a str>,
    /// Where it belongs.
    pub(super) belongs: &'a str,
}

/// The response and the right answer, both reduced to the parts that were misplaced.
pub(super) fn misplaced_only<'a>(parts: impl Iterator<Item = AssignedPart<'a>>) -> AnswerText {
    let (mut response, mut right) = (Vec::new(), Vec::new());
    for AssignedPart { part, assigned, belongs } in parts.filter(|part| part.assigned != Some(part.belongs)) {
        response.push(assigned_text(part, assigned.unwrap_or("…")));
        right.push(assigned_text(part, belongs));
    }
    AnswerText { response: response.join(PART_SEPARATOR), right: right.join(PART_SEPARATOR) }
}

/// "part – target", CommonMark.
pub(super) fn assigned_text(part: &str, target: &str) -> String {
    format!("{part} – {target}")
}

/// One text for each part: the part, and the target that it was assigned to.
pub(super) fn assigned_parts<'a>(
    parts: impl Iterator<Item = &'a String>,
    assigned: &[Option<usize>],
    targets: &[String],
    plain: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let target = |index: Option<usize>| match index {
        Some(index) => targets.get(index).map(|target| plain(target)).unwrap_or_default(),
        None => "–".to_owned(),
    };
    parts.zip(assigned).map(|(part, index)| assigned_text(&plain(part), &target(*index))).collect()
}
