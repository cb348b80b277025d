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
    let places = places(items, order);
    let pairs = places.len() * (places.len() - 1) / 2;
    let in_order: usize = (0..places.len())
        .map(|at| places[at + 1..].iter().filter(|later| **later > places[at]).count())
        .sum();
    // A single item has no pairs, and is in order.
    let score = if pairs == 0 { 1.0 } else { share(in_order, pairs) };
    let headline =
        if in_order == pairs { "Right".to_owned() } else { format!("{in_order} of {pairs} pairs in order") };
    Verdict::new(score, headline, Marks::Order(places))
}

/// The correct position of the item at each position. Items with equal texts are interchangeable: the first
/// of them takes their first position.
fn places(items: &[TaskOrderItem], order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (at, index) in order.iter().enumerate() {
        let text = &items[*index].text;
        let before = order[..at].iter().filter(|other| items[**other].text == *text).count();
        let mut alike: Vec<usize> =
            items.iter().filter(|item| item.text == *text).map(|item| item.right_position).collect();
        alike.sort_unstable();
        places[at] = alike[before];
    }
    places
}

fn wrong() -> Verdict {
    Verdict::new(0.0, "Wrong", Marks::Order(Vec::new()))
}
