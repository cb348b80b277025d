//! Accuracy by kind of question.

use super::{ChartCard, ChartContext, axes};
use crate::app::decks::form::kind_name;
use crate::app::words;
use crate::domain::question::Kind;
use crate::domain::score::Accuracy;
use crate::ui::widgets::chart::{self, ChartMark, ChartStyle, Graph};

const TITLE: &str = "Accuracy by kind";
const ROW_HEIGHT: f32 = 24.0;
/// Answers from which on a kind is compared with others in words.
const MIN_ANSWERS: usize = 5;

pub fn chart(view: ChartContext<'_>) -> ChartCard<'_> {
    let mut kinds = view.pictures.kinds.clone();
    if kinds.is_empty() {
        return ChartCard::empty(TITLE, "No answers in this time.");
    }
    // The easiest first, as the eye goes down.
    kinds.sort_by(|(_, a), (_, b)| b.share().unwrap_or(0.0).total_cmp(&a.share().unwrap_or(0.0)));
    let height = height(kinds.len());
    let reading = summary(&kinds);
    let picture = ChartCard::new(TITLE, reading, move |_| {
        let rows = kinds.iter().map(|(kind, accuracy)| (kind_name(*kind), *accuracy));
        accuracy_graph(rows)
    });
    ChartCard { height, ..picture }
}

/// Points that so many rows take.
pub fn height(rows: usize) -> f32 {
    ROW_HEIGHT * rows as f32 + chart::AXIS_HEIGHT
}

fn summary(kinds: &[(Kind, Accuracy)]) -> String {
    let told = |(kind, accuracy): &(Kind, Accuracy)| {
        format!("“{}” with {}", kind_name(*kind), words::percent(accuracy.share().unwrap_or(0.0)))
    };
    let mut compared = kinds.iter().filter(|(_, accuracy)| accuracy.answers >= MIN_ANSWERS);
    match (compared.next(), compared.next_back()) {
        (Some(best), Some(worst)) => format!("Best at {}, hardest is {}.", told(best), told(worst)),
        _ => "The line is where the true share lies with 95\u{a0}%: few answers say little.".to_owned(),
    }
}

/// One row an accuracy, with its interval.
pub fn accuracy_graph<'n>(rows: impl Iterator<Item = (&'n str, Accuracy)>) -> Graph {
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
            marks.push(ChartMark { interval: Some(interval), ..ChartMark::new(at, share, told) });
        }
    }
    let (_, value_labels) = axes::share_axis(0.0);
    Graph {
        style: ChartStyle::Rows,
        places: (-0.5, place_labels.len() as f64 - 0.5),
        values: (0.0, 1.0),
        place_labels,
        value_labels,
        reference: None,
        marks,
    }
}
