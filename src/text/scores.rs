//! Texts of the scores: the table, the charts, a topic.

use crate::domain::score::Score;

/// "12 known, 6 being learned, of 20 seen"; `None` where nothing was seen.
pub fn known_text(score: &Score) -> Option<String> {
    let Score { seen, learning, .. } = *score;
    let known = score.known();
    match (seen, learning) {
        (0, _) => None,
        (_, 0) => Some(format!("{known} known of {seen} seen")),
        _ => Some(format!("{known} known, {learning} being learned, of {seen} seen")),
    }
}

/// What happened to the seen cards that [`known_text`] does not count: "You may have forgotten 2."; empty if there
/// are none.
pub fn seen_but_not_known_text(score: &Score) -> String {
    let fading = match score.forgotten() {
        0 => String::new(),
        cards => format!("You may have forgotten {cards}."),
    };
    let tested = match score.seen - score.cards_with_memory.min(score.seen) {
        0 => String::new(),
        1 => "1 was only asked in a test.".to_owned(),
        cards => format!("{cards} were only asked in a test."),
    };
    [fading, tested].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

// High-confidence errors.

/// The title of their page.
pub const SURE_BUT_WRONG: &str = "Sure, but wrong";

/// What the page lists.
pub const SURE_BUT_WRONG_HELP: &str = "Answers that you were sure of but that were not right: surprises like these are \
    what you learn most from. Answer one right, and it leaves the list.";

/// The list is empty, and cards ask for confidence.
pub const NO_ERRORS: &str = "Nothing to put right. When you say “Sure” but your answer isn’t right, the question is \
    listed here until you get it right.";

/// The list is empty, and cards do not ask for confidence.
pub const NOTHING_YET: &str = "Nothing here yet. When you say “Sure” but your answer isn’t right, the question is listed \
    here until you get it right. These are the answers that you learn most from.";

/// What the button below does that makes cards ask for confidence.
pub const ASK_CONFIDENCE_HELP: &str = "Adds three choices under each question: Sure, Think so and Guess, with the keys Y, \
    M and G. They are optional, and the keys work either way.";

/// Starts to study the errors of the list, or of one topic.
pub fn study_errors(errors: usize) -> String {
    if errors == 1 { "Study this one".to_owned() } else { format!("Study these {errors}") }
}

/// Shows more of a long list.
pub fn show_more(more: usize, all: usize) -> String {
    format!("Show {more} more of {all}")
}

/// The link to the screen Scores.
pub const SCORES: &str = "Scores";

/// Leaves the page while the list is empty.
pub const BACK_TO_SCORES: &str = "Back to the scores";

/// A passage that a question cites; `number` counts from 1.
pub fn passage(number: usize) -> String {
    format!("Passage {number}")
}
