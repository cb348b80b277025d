//! The chart of actual retention by month, against the desired retention.

use super::{ChartCard, ChartContext, axes};
use crate::domain::score::wilson_95;
use crate::text;
use crate::ui::widgets::chart::{ChartMark, ChartStyle, Graph, Reference};

/// Width of a month's name, in points.
const MONTH_WIDTH: f32 = 44.0;

/// The chart, with a point for each month of the period. Only answers to cards that had waited for a day or more count.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let months = &context.data.retention;
    let reviewed: usize = months.iter().map(|month| month.reviewed).sum();
    let recalled: usize = months.iter().map(|month| month.recalled).sum();
    let Some(interval) = wilson_95(recalled as f64, reviewed) else {
        return ChartCard::empty(text::scores::RETENTION_CHART, text::scores::RETENTION_CHART_EMPTY);
    };
    let retained = recalled as f64 / reviewed as f64;
    let summary = text::scores::retention_chart(retained, interval, reviewed, context.target);
    ChartCard::new(text::scores::RETENTION_CHART, summary, move |width| graph(context, width))
}

fn graph(context: ChartContext<'_>, width: f32) -> Graph {
    let months = &context.data.retention;
    let marks: Vec<ChartMark> = months
        .iter()
        .enumerate()
        .map(|(index, month)| {
            let description = text::scores::retention_chart_point(month);
            ChartMark {
                interval: Some(month.interval()),
                ..ChartMark::new(index as f64, month.share(), description)
            }
        })
        .collect();
    let lowest = months.iter().map(|month| month.interval().0).fold(context.target, f64::min);
    let (low, value_labels) = axes::share_axis(lowest);
    let every =
        ((marks.len() as f32 * MONTH_WIDTH) / (width - 60.0).max(MONTH_WIDTH)).ceil().max(1.0) as usize;
    let labels = months.iter().enumerate().step_by(every);
    Graph {
        style: ChartStyle::Points,
        position_range: (-0.6, marks.len() as f64 - 0.4),
        values: (low, 1.0),
        position_labels: labels
            .map(|(index, month)| (index as f64, text::scores::month_name(month.month).to_owned()))
            .collect(),
        value_labels,
        reference: Some(Reference::Level(context.target, text::scores::retention_target(context.target))),
        marks,
    }
}
