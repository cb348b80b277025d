//! How sure the learner was, and how right.

use super::{ChartCard, ChartContext, kinds};
use crate::app::words;

const NAMES: [&str; 3] = ["Guess", "Think so", "Sure"];

/// `None` where the learner never said how sure they were.
pub fn chart(view: ChartContext<'_>) -> Option<ChartCard<'_>> {
    let said = view.pictures.confidence;
    if said.iter().all(|accuracy| accuracy.answers == 0) {
        return None;
    }
    let [guess, _, sure] = said;
    let reading = match (sure.share(), guess.share()) {
        (Some(sure), Some(guess)) => format!(
            "When you were sure, {} was right; when you guessed, {}.",
            words::percent(sure),
            words::percent(guess)
        ),
        (Some(sure), None) => format!("When you were sure, {} was right.", words::percent(sure)),
        (None, Some(guess)) => format!("When you guessed, {} was right.", words::percent(guess)),
        (None, None) => "You were never quite sure, and never only guessed.".to_owned(),
    };
    let picture = ChartCard::new("Confidence against accuracy", reading, move |_| {
        kinds::accuracy_graph(NAMES.into_iter().zip(said).rev())
    });
    Some(ChartCard { height: kinds::height(NAMES.len()), ..picture })
}
