//! The chart of predicted recall against the actual scores.

use super::{ChartCard, ChartContext, axes};
use crate::domain::score::wilson_95;
use crate::text;
use crate::ui::widgets::chart::{ChartMark, ChartStyle, Graph, Reference};

/// The chart, with a point for each bin of predicted recall. Its summary says whether the predictions were too high.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let bins = &context.data.calibration;
    let answers: usize = bins.iter().map(|bin| bin.actual.answers).sum();
    let scored: f64 = bins.iter().map(|bin| bin.actual.score_sum).sum();
    let Some(interval) = wilson_95(scored, answers) else {
        return ChartCard::empty(text::scores::CALIBRATION_CHART, text::scores::CALIBRATION_CHART_EMPTY);
    };
    let predicted =
        bins.iter().map(|bin| bin.predicted * bin.actual.answers as f64).sum::<f64>() / answers as f64;
    let summary = text::scores::calibration_chart(predicted, scored / answers as f64, interval);
    ChartCard::new(text::scores::CALIBRATION_CHART, summary, move |_| graph(context))
}

fn graph(context: ChartContext<'_>) -> Graph {
    let marks: Vec<ChartMark> = context
        .data
        .calibration
        .iter()
        .filter_map(|bin| {
            let (score, interval) = bin.actual.mean_score().zip(bin.actual.score_interval())?;
            let answers = bin.actual.answers;
            let description = text::scores::calibration_chart_point(bin.predicted, score, interval, answers);
            Some(ChartMark { interval: Some(interval), ..ChartMark::new(bin.predicted, score, description) })
        })
        .collect();
    let lowest =
        marks.iter().filter_map(|mark| Some(mark.position.min(mark.interval?.0))).fold(0.9, f64::min);
    let (low, labels) = axes::share_axis(lowest);
    Graph {
        style: ChartStyle::Points,
        marks,
        position_range: (low, 1.0),
        values: (low, 1.0),
        position_labels: labels.clone(),
        value_labels: labels,
        reference: Some(Reference::Diagonal),
    }
}
