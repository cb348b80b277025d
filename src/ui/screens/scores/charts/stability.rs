//! The chart of cards by stability: the days until their recall falls to 90 %.

use super::{ChartCard, ChartContext};
use crate::text;
use crate::ui::widgets::chart::{ChartMark, Graph};

/// The chart, with a bar for each range of stability. Only cards that were seen count.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let bins = &context.data.stability;
    let seen: usize = bins.iter().sum();
    let Some(middle) = median_bin(bins) else {
        return ChartCard::empty(text::scores::STABILITY_CHART, text::scores::NEEDS_SEEN_CARD);
    };
    let summary = text::scores::stability_chart(seen, text::scores::STABILITY_SPANS[middle]);
    ChartCard::new(text::scores::STABILITY_CHART, summary, move |width| graph(context, width))
}

/// The bin with the median card. `None` without cards.
fn median_bin(bins: &[usize]) -> Option<usize> {
    let seen: usize = bins.iter().sum();
    let mut below = 0;
    bins.iter().position(|cards| {
        below += cards;
        seen > 0 && 2 * below >= seen
    })
}

fn graph(context: ChartContext<'_>, width: f32) -> Graph {
    let bins = context.data.stability;
    let middle = median_bin(&bins);
    let marks = bins
        .iter()
        .zip(text::scores::STABILITY_SPANS)
        .enumerate()
        .map(|(bin, (cards, span))| {
            let description = text::scores::stability_chart_bar(span, *cards);
            ChartMark {
                strong: middle == Some(bin),
                ..ChartMark::new(bin as f64, *cards as f64, description)
            }
        })
        .collect();
    let every = if width < 380.0 { 2 } else { 1 };
    let edges = text::scores::STABILITY_EDGES.into_iter().enumerate().step_by(every);
    Graph::bars(marks, edges.map(|(edge, label)| (edge as f64 + 0.5, label.replace(' ', "\u{a0}"))).collect())
}
