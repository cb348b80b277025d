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
