//! How well the cards seen are known today.

use super::{ChartCard, ChartContext};
use crate::app::words;
use crate::domain::score::charts::RECALL_BINS;
use crate::ui::widgets::chart::{ChartMark, Graph};

const TITLE: &str = "Recall today";

pub fn chart(view: ChartContext<'_>) -> ChartCard<'_> {
    let bins = &view.pictures.recall;
    let seen: usize = bins.iter().sum();
    if seen == 0 {
        return ChartCard::empty(TITLE, "Needs a card that was answered.");
    }
    let well = bins[RECALL_BINS - 1];
    let poorly: usize = bins[..RECALL_BINS / 2].iter().sum();
    let reading = format!(
        "Of {} seen, {well} would be recalled today with {} or more, and {poorly} with less than {}.",
        words::count(seen, "card"),
        words::percent(0.9),
        words::percent(0.5)
    );
    let reading = match view.pictures.learning {
        0 => reading,
        1 => format!("{reading} 1 is being learned and counts as not yet."),
        learning => format!("{reading} {learning} are being learned and count as not yet."),
    };
    ChartCard::new(TITLE, reading, move |width| graph(view, width))
}

fn graph(view: ChartContext<'_>, width: f32) -> Graph {
    let bins = view.pictures.recall;
    let share = |bin: usize| bin as f64 / RECALL_BINS as f64;
    let marks = bins
        .iter()
        .enumerate()
        .map(|(bin, cards)| {
            let range = words::percent_range((share(bin), share(bin + 1)));
            let told = format!("{range}\u{a0}%: {}", words::count(*cards, "card"));
            ChartMark { strong: bin + 1 == RECALL_BINS, ..ChartMark::new(bin as f64, *cards as f64, told) }
        })
        .collect();
    let every = if width < 260.0 { RECALL_BINS / 2 } else { RECALL_BINS / 5 };
    // At the edges of the bars, not below them.
    let labels = (0..=RECALL_BINS).step_by(every);
    Graph::bars(marks, labels.map(|edge| (edge as f64 - 0.5, words::percent(share(edge)))).collect())
}
