//! How much was not forgotten, month by month, beside what the learner aims at.

use super::{ChartCard, ChartContext, axes};
use crate::app::words;
use crate::domain::score::wilson_95;
use crate::ui::widgets::chart::{ChartMark, ChartStyle, Graph, Reference};

const TITLE: &str = "Retention by month";
/// Points that the name of a month takes.
const MONTH_WIDTH: f32 = 44.0;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn chart(view: ChartContext<'_>) -> ChartCard<'_> {
    let months = &view.pictures.retention;
    let reviewed: usize = months.iter().map(|month| month.reviewed).sum();
    let recalled: usize = months.iter().map(|month| month.recalled).sum();
    let Some(interval) = wilson_95(recalled as f64, reviewed) else {
        return ChartCard::empty(TITLE, "Needs answers to cards that had waited for a day or more.");
    };
    let reading = format!(
        "You still knew {} of what came back after days ({}, n {reviewed}); you aim at {}.",
        words::percent(recalled as f64 / reviewed as f64),
        words::percent_range(interval),
        words::percent(view.target)
    );
    ChartCard::new(TITLE, reading, move |width| graph(view, width))
}

fn graph(view: ChartContext<'_>, width: f32) -> Graph {
    let months = &view.pictures.retention;
    let name = |month: i8| MONTHS.get(usize::try_from(month - 1).unwrap_or(0)).copied().unwrap_or("");
    let marks: Vec<ChartMark> = months
        .iter()
        .enumerate()
        .map(|(nth, month)| {
            let told = format!(
                "{} {}: {} of {} ({})",
                name(month.month),
                month.year,
                words::percent(month.share()),
                words::count(month.reviewed, "answer"),
                words::percent_range(month.interval())
            );
            ChartMark { interval: Some(month.interval()), ..ChartMark::new(nth as f64, month.share(), told) }
        })
        .collect();
    let lowest = months.iter().map(|month| month.interval().0).fold(view.target, f64::min);
    let (low, value_labels) = axes::share_axis(lowest);
    let every =
        ((marks.len() as f32 * MONTH_WIDTH) / (width - 60.0).max(MONTH_WIDTH)).ceil().max(1.0) as usize;
    let labels = months.iter().enumerate().step_by(every);
    Graph {
        style: ChartStyle::Points,
        places: (-0.6, marks.len() as f64 - 0.4),
        values: (low, 1.0),
        place_labels: labels.map(|(nth, month)| (nth as f64, name(month.month).to_owned())).collect(),
        value_labels,
        reference: Some(Reference::Level(view.target, format!("aim {}", words::percent(view.target)))),
        marks,
    }
}
