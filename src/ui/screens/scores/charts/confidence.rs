//! The chart of accuracy by stated confidence.

use super::{ChartCard, ChartContext, kinds};
use crate::text;

/// The chart. `None` if the learner never stated a confidence in the period.
pub fn chart(context: ChartContext<'_>) -> Option<ChartCard<'_>> {
    let accuracies = context.data.confidence;
    if accuracies.iter().all(|accuracy| accuracy.answers == 0) {
        return None;
    }
    let [guess, _, sure] = accuracies;
    let summary = text::scores::confidence_chart(sure.share(), guess.share());
    let card = ChartCard::new(text::scores::CONFIDENCE_CHART, summary, move |_| {
        kinds::accuracy_graph(text::scores::CONFIDENCE_NAMES.into_iter().zip(accuracies).rev())
    });
    Some(ChartCard { height: kinds::height(text::scores::CONFIDENCE_NAMES.len()), ..card })
}
