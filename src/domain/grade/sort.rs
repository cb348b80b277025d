//! Sort: how many items are in the right bin, corrected for guessing.

use super::{Marks, Verdict, parts_right, share};
use crate::domain::task::TaskSortItem;

/// `given` is for each item the index of a bin.
pub(super) fn grade(bins: &[String], items: &[TaskSortItem], given: &[Option<usize>]) -> Verdict {
    let total = items.len();
    let bin = |index: Option<usize>| index.filter(|index| *index < bins.len());
    let labels: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let wanted: Vec<Option<usize>> = items.iter().map(|item| bin(Some(item.bin))).collect();
    let assigned: Vec<Option<usize>> =
        (0..total).map(|item| bin(given.get(item).copied().flatten())).collect();
    let right = parts_right(&labels, &wanted, &assigned);
    if assigned.iter().all(Option::is_none) {
        return Verdict::no_answer(Marks::Parts(right));
    }
    let hits = right.iter().filter(|right| **right).count();
    let headline =
        if hits == total { "Right".to_owned() } else { format!("{hits} of {total} in the right bin") };
    let score = if hits == total { share(hits, total) } else { beyond_chance(bins.len(), items, &right) };
    Verdict::new(score, headline, Marks::Parts(right))
}

/// The score corrected for guessing. With `s` the mean, over the `n` bins that have items, of the share of
/// their items sorted correctly, it is `(n·s − 1) / (n − 1)`, but at least 0. Everything in one bin makes `s
/// = 1/n`, whatever the sizes of the bins, and so does blind guessing on average: both score 0. All right is
/// 1, and every item of a bin is worth the same.
fn beyond_chance(bins: usize, items: &[TaskSortItem], right: &[bool]) -> f64 {
    let shares: Vec<f64> = (0..bins)
        .filter_map(|bin| {
            let inside: Vec<bool> = items
                .iter()
                .zip(right)
                .filter(|(item, _)| item.bin == bin)
                .map(|(_, right)| *right)
                .collect();
            let hits = inside.iter().filter(|right| **right).count();
            (!inside.is_empty()).then(|| share(hits, inside.len()))
        })
        .collect();
    match shares.len() {
        0 => 0.0,
        // With only one bin that has items, everything belongs there.
        1 => shares[0],
        filled => ((shares.iter().sum::<f64>() - 1.0) / (filled as f64 - 1.0)).clamp(0.0, 1.0),
    }
}
