//! Order: the share of pairs of items that are in order (Kendall's tau, scaled to 0 to 1).

use super::{Marks, Verdict, share};
use crate::domain::task::TaskOrderItem;

/// Scores 0, without marks, unless `order` contains every item once.
pub(super) fn grade(items: &[TaskOrderItem], order: &[usize]) -> Verdict {
    if order.is_empty() {
        return Verdict::no_answer(Marks::Order(Vec::new()));
    }
    let mut seen = vec![false; items.len()];
    for index in order {
        match seen.get_mut(*index) {
            Some(seen) if !*seen => *seen = true,
            _ => return wrong(),
        }
    }
    if seen.contains(&false) {
        return wrong();
    }
    let positions = positions(items, order);
    let pairs = positions.len() * (positions.len() - 1) / 2;
    let in_order: usize = (0..positions.len())
        .map(|at| positions[at + 1..].iter().filter(|later| **later > positions[at]).count())
        .sum();
    // A single item has no pairs, and is in order.
    let score = if pairs == 0 { 1.0 } else { share(in_order, pairs) };
    let headline =
        if in_order == pairs { "Right".to_owned() } else { format!("{in_order} of {pairs} pairs in order") };
    Verdict::new(score, headline, Marks::Order(positions))
}

/// The correct position of the item at each position. Items with equal texts are interchangeable: the first
/// of them takes their first position.
fn positions(items: &[TaskOrderItem], order: &[usize]) -> Vec<usize> {
    let mut positions = vec![0; order.len()];
    for (at, index) in order.iter().enumerate() {
        let text = &items[*index].text;
        let before = order[..at].iter().filter(|other| items[**other].text == *text).count();
        let mut equal_positions: Vec<usize> =
            items.iter().filter(|item| item.text == *text).map(|item| item.right_position).collect();
        equal_positions.sort_unstable();
        positions[at] = equal_positions[before];
    }
    positions
}

fn wrong() -> Verdict {
    Verdict::new(0.0, "Wrong", Marks::Order(Vec::new()))
}
