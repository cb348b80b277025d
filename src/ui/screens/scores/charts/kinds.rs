//! The chart of accuracy by kind of question.

use super::{ChartCard, ChartContext, axes};
use crate::domain::question::Kind;
use crate::domain::score::Accuracy;
use crate::text;
use crate::ui::widgets::chart::{self, ChartMark, ChartStyle, Graph};

const ROW_HEIGHT: f32 = 24.0;
/// Kinds with fewer answers are not compared in the summary.
const MIN_ANSWERS: usize = 5;

/// The chart, with a row for each kind that was answered in the period.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let mut kinds = context.data.kinds.clone();
    if kinds.is_empty() {
        return ChartCard::empty(text::scores::KINDS_CHART, text::scores::KINDS_CHART_EMPTY);
    }
    // The easiest kind comes first, at the top.
    kinds.sort_by(|(_, a), (_, b)| b.share().unwrap_or(0.0).total_cmp(&a.share().unwrap_or(0.0)));
    let height = height(kinds.len());
    let summary = summary(&kinds);
    let card = ChartCard::new(text::scores::KINDS_CHART, summary, move |_| {
        let rows = kinds.iter().map(|(kind, accuracy)| (kind.label(), *accuracy));
        accuracy_graph(rows)
    });
    ChartCard { height, ..card }
}

/// Height of a chart with this many rows, in points.
pub fn height(rows: usize) -> f32 {
    ROW_HEIGHT * rows as f32 + chart::AXIS_HEIGHT
}

fn summary(kinds: &[(Kind, Accuracy)]) -> String {
    let share = |(kind, accuracy): &(Kind, Accuracy)| (*kind, accuracy.share().unwrap_or(0.0));
    let mut compared = kinds.iter().filter(|(_, accuracy)| accuracy.answers >= MIN_ANSWERS);
    match (compared.next(), compared.next_back()) {
        (Some(best), Some(worst)) => text::scores::kinds_chart(share(best), share(worst)),
        _ => text::scores::KINDS_CHART_FEW_ANSWERS.to_owned(),
    }
}

/// A graph with a row for each accuracy and its 95 % interval.
pub fn accuracy_graph<'n>(rows: impl Iterator<Item = (&'n str, Accuracy)>) -> Graph {
    let mut place_labels = Vec::new();
    let mut marks = Vec::new();
    for (index, (name, accuracy)) in rows.enumerate() {
        let place = index as f64;
        place_labels.push((place, name.to_owned()));
        if let (Some(share), Some(interval)) = (accuracy.share(), accuracy.interval()) {
            let description = text::scores::accuracy_row(name, share, interval, accuracy.answers);
            marks.push(ChartMark { interval: Some(interval), ..ChartMark::new(place, share, description) });
        }
    }
    let (_, value_labels) = axes::share_axis(0.0);
    Graph {
        style: ChartStyle::Rows,
        position_range: (-0.5, place_labels.len() as f64 - 0.5),
        values: (0.0, 1.0),
        position_labels: place_labels,
        value_labels,
        reference: None,
        marks,
    }
}
