//! The chart of cards by stability: the days until their recall falls to 90 %.

use super::{ChartCard, ChartContext};
use crate::app::words;
use crate::domain::score::charts::STABILITY_DAYS;
use crate::ui::widgets::chart::{ChartMark, Graph};

const TITLE: &str = "Stability";
/// The values between the bars, short enough for the axis.
const EDGES: [&str; STABILITY_DAYS.len()] =
    ["1 d", "3 d", "1 wk", "2 wk", "1 mo", "3 mo", "6 mo", "1 yr", "2 yr"];
/// The ranges of the bars in words.
const SPANS: [&str; STABILITY_DAYS.len() + 1] = [
    "less than a day",
    "1 to 3 days",
    "3 to 7 days",
    "1 to 2 weeks",
    "2 to 4 weeks",
    "1 to 3 months",
    "3 to 6 months",
    "6 to 12 months",
    "1 to 2 years",
    "more than 2 years",
];

/// The chart, with a bar for each range of stability. Only cards that were seen count.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let bins = &context.data.stability;
    let seen: usize = bins.iter().sum();
    let Some(middle) = median_bin(bins) else {
        return ChartCard::empty(TITLE, "Needs a card that was answered.");
    };
    let summary = format!(
        "The time until recall falls to {}: the middle one of {} lasts {}.",
        words::percent(0.9),
        words::count(seen, "card"),
        SPANS[middle]
    );
    ChartCard::new(TITLE, summary, move |width| graph(context, width))
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
        .zip(SPANS)
        .enumerate()
        .map(|(bin, (cards, span))| {
            let description = format!("{}: {}", words::capitalised(span), words::count(*cards, "card"));
            ChartMark {
                strong: middle == Some(bin),
                ..ChartMark::new(bin as f64, *cards as f64, description)
            }
        })
        .collect();
    let every = if width < 380.0 { 2 } else { 1 };
    let edges = EDGES.into_iter().enumerate().step_by(every);
    Graph::bars(marks, edges.map(|(edge, label)| (edge as f64 + 0.5, label.replace(' ', "\u{a0}"))).collect())
}
