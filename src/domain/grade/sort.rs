//! Sorting: how many items lie right, less what comes of putting everything into one bin.

use super::{Marks, Verdict, parts_right, share};
use crate::domain::task::TaskSortItem;

/// `given` holds for each item the index of a bin.
pub(super) fn grade(bins: &[String], items: &[TaskSortItem], given: &[Option<usize>]) -> Verdict {
    let total = items.len();
    let bin = |index: Option<usize>| index.filter(|index| *index < bins.len());
    let labels: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let wanted: Vec<Option<usize>> = items.iter().map(|item| bin(Some(item.bin))).collect();
    let got: Vec<Option<usize>> = (0..total).map(|item| bin(given.get(item).copied().flatten())).collect();
    let right = parts_right(&labels, &wanted, &got);
    if got.iter().all(Option::is_none) {
        return Verdict::no_answer(Marks::Parts(right));
    }
    let hits = right.iter().filter(|right| **right).count();
    let headline =
        if hits == total { "Right".to_owned() } else { format!("{hits} of {total} in the right bin") };
    let score = if hits == total { share(hits, total) } else { beyond_chance(bins.len(), items, &right) };
    Verdict::new(score, headline, Marks::Parts(right))
}

/// With `s` the mean over the `n` bins that have items of the share of their items that lie right, `(n·s − 1) / (n − 1)`,
/// and never below nothing. Everything in one bin makes `s = 1/n`, whatever the bins' sizes, and so does blind guessing on
/// average: both are worth 0. All right is 1, and each item put right is worth the same within its bin.
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
        // With one bin that has items, everything belongs there.
        1 => shares[0],
        filled => ((shares.iter().sum::<f64>() - 1.0) / (filled as f64 - 1.0)).clamp(0.0, 1.0),
    }
}
