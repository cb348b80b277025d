//! The chart of cards by their recall today.

use super::{ChartCard, ChartContext};
use crate::domain::score::charts::RECALL_BINS;
use crate::text::{self, words};
use crate::ui::widgets::chart::{ChartMark, Graph};

/// The chart, with a bar for each tenth of recall. Only cards that were seen count.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let bins = &context.data.recall;
    let seen: usize = bins.iter().sum();
    if seen == 0 {
        return ChartCard::empty(text::scores::RECALL_CHART, text::scores::NEEDS_SEEN_CARD);
    }
    let well = bins[RECALL_BINS - 1];
    let poorly: usize = bins[..RECALL_BINS / 2].iter().sum();
    let summary = text::scores::recall_chart(seen, well, poorly, context.data.learning);
    ChartCard::new(text::scores::RECALL_CHART, summary, move |width| graph(context, width))
}

fn graph(context: ChartContext<'_>, width: f32) -> Graph {
    let bins = context.data.recall;
    let share = |bin: usize| bin as f64 / RECALL_BINS as f64;
    let marks = bins
        .iter()
        .enumerate()
        .map(|(bin, cards)| {
            let description = text::scores::recall_chart_bar((share(bin), share(bin + 1)), *cards);
            ChartMark {
                strong: bin + 1 == RECALL_BINS,
                ..ChartMark::new(bin as f64, *cards as f64, description)
            }
        })
        .collect();
    let every = if width < 260.0 { RECALL_BINS / 2 } else { RECALL_BINS / 5 };
    // The labels stand at the edges of the bars, not at their centres.
    let labels = (0..=RECALL_BINS).step_by(every);
    Graph::bars(marks, labels.map(|edge| (edge as f64 - 0.5, words::percent(share(edge)))).collect())
}
