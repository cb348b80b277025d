//! How sure the learner was, and how right.

use super::{Picture, View, kinds};
use crate::app::words;

const NAMES: [&str; 3] = ["Guess", "Think so", "Sure"];

/// `None` where the learner never said how sure they were.
pub fn picture(view: View<'_>) -> Option<Picture<'_>> {
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
    let picture = Picture::new("Confidence against accuracy", reading, move |_| {
        kinds::of_accuracies(NAMES.into_iter().zip(said).rev())
    });
    Some(Picture { height: kinds::height(NAMES.len()), ..picture })
}
