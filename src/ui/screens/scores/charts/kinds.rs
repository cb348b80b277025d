//! Accuracy by kind of question.

use super::{Picture, View, axes};
use crate::app::decks::form::kind_name;
use crate::app::words;
use crate::domain::question::Kind;
use crate::domain::score::Accuracy;
use crate::ui::widgets::chart::{self, Graph, Look, Mark};

const TITLE: &str = "Accuracy by kind";
const ROW: f32 = 24.0;
/// Answers from which on a kind is compared with others in words.
const ENOUGH: usize = 5;

pub fn picture(view: View<'_>) -> Picture<'_> {
    let mut kinds = view.pictures.kinds.clone();
    if kinds.is_empty() {
        return Picture::empty(TITLE, "No answers in this time.");
    }
    // The easiest first, as the eye goes down.
    kinds.sort_by(|(_, a), (_, b)| b.share().unwrap_or(0.0).total_cmp(&a.share().unwrap_or(0.0)));
    let height = height(kinds.len());
    let reading = reading(&kinds);
    let picture = Picture::new(TITLE, reading, move |_| {
        let rows = kinds.iter().map(|(kind, accuracy)| (kind_name(*kind), *accuracy));
        of_accuracies(rows)
    });
    Picture { height, ..picture }
}

/// Points that so many rows take.
pub fn height(rows: usize) -> f32 {
    ROW * rows as f32 + chart::AXIS
}

fn reading(kinds: &[(Kind, Accuracy)]) -> String {
    let told = |(kind, accuracy): &(Kind, Accuracy)| {
        format!("“{}” with {}", kind_name(*kind), words::percent(accuracy.share().unwrap_or(0.0)))
    };
    let mut compared = kinds.iter().filter(|(_, accuracy)| accuracy.answers >= ENOUGH);
    match (compared.next(), compared.next_back()) {
        (Some(best), Some(worst)) => format!("Best at {}, hardest is {}.", told(best), told(worst)),
        _ => "The line is where the true share lies with 95\u{a0}%: few answers say little.".to_owned(),
    }
}

/// One row an accuracy, with its interval.
pub fn of_accuracies<'n>(rows: impl Iterator<Item = (&'n str, Accuracy)>) -> Graph {
    let mut place_labels = Vec::new();
    let mut marks = Vec::new();
    for (nth, (name, accuracy)) in rows.enumerate() {
        let at = nth as f64;
        place_labels.push((at, name.to_owned()));
        if let (Some(share), Some(interval)) = (accuracy.share(), accuracy.interval()) {
            let told = format!(
                "{name}: {} of {} right ({})",
                words::percent(share),
                words::count(accuracy.answers, "answer"),
                words::percent_range(interval)
            );
            marks.push(Mark { interval: Some(interval), ..Mark::new(at, share, told) });
        }
    }
    let (_, value_labels) = axes::shares(0.0);
    Graph {
        look: Look::Rows,
        places: (-0.5, place_labels.len() as f64 - 0.5),
        values: (0.0, 1.0),
        place_labels,
        value_labels,
        reference: None,
        marks,
    }
}
