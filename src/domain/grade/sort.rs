//! Sorting: the share of items in the right bin.

use super::{Marks, Verdict, parts_right, share};
use crate::domain::task::BinItem;

/// `given` holds for each item the index of a bin.
pub(super) fn grade(bins: &[String], items: &[BinItem], given: &[Option<usize>]) -> Verdict {
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
    Verdict::new(share(hits, total), headline, Marks::Parts(right))
}
