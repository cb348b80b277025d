//! Match: the share of pairs matched correctly.

use super::{Marks, Verdict, parts_right, share};

/// `given` is for each left the index of a right. A right that was given twice counts once.
pub(super) fn grade(
    lefts: &[String],
    rights: &[String],
    right_of: &[usize],
    given: &[Option<usize>],
) -> Verdict {
    let total = lefts.len();
    let text = |index: Option<usize>| index.and_then(|index| rights.get(index)).map(String::as_str);
    let labels: Vec<&str> = lefts.iter().map(String::as_str).collect();
    let wanted: Vec<Option<&str>> = (0..total).map(|left| text(right_of.get(left).copied())).collect();
    let chosen = |left: usize| given.get(left).copied().flatten();
    let assigned: Vec<Option<&str>> = (0..total).map(|left| text(chosen(left))).collect();
    let mut right = parts_right(&labels, &wanted, &assigned);
    for left in 0..total {
        right[left] = right[left] && !(0..left).any(|before| right[before] && chosen(before) == chosen(left));
    }
    if assigned.iter().all(Option::is_none) {
        return Verdict::no_answer(Marks::Parts(right));
    }
    let hits = right.iter().filter(|right| **right).count();
    let headline = if hits == total { "Right".to_owned() } else { format!("{hits} of {total} pairs") };
    Verdict::new(share(hits, total), headline, Marks::Parts(right))
}
