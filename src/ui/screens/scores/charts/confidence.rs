//! The chart of accuracy by stated confidence.

use super::{ChartCard, ChartContext, kinds};
use crate::app::words;

const NAMES: [&str; 3] = ["Guess", "Think so", "Sure"];

/// The chart. `None` if the learner never stated a confidence in the period.
pub fn chart(context: ChartContext<'_>) -> Option<ChartCard<'_>> {
    let accuracies = context.data.confidence;
    if accuracies.iter().all(|accuracy| accuracy.answers == 0) {
        return None;
    }
    let [guess, _, sure] = accuracies;
    let summary = match (sure.share(), guess.share()) {
        (Some(sure), Some(guess)) => format!(
            "When you were sure, {} was right; when you guessed, {}.",
            words::percent(sure),
            words::percent(guess)
        ),
        (Some(sure), None) => format!("When you were sure, {} was right.", words::percent(sure)),
        (None, Some(guess)) => format!("When you guessed, {} was right.", words::percent(guess)),
        (None, None) => "You were never quite sure, and never only guessed.".to_owned(),
    };
    let card = ChartCard::new("Confidence against accuracy", summary, move |_| {
        kinds::accuracy_graph(NAMES.into_iter().zip(accuracies).rev())
    });
    Some(ChartCard { height: kinds::height(NAMES.len()), ..card })
}
