//! Confidence stated before the verdict, compared with how the answers went.

use super::card::Card;
use super::day::{Stamp, StudyDay};
use super::event::{Change, Confidence, EventId, ReviewSource};
use super::score::Accuracy;

/// A high-confidence error: an answer that the learner was sure of and that was not right, with no right
/// answer since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HighConfidenceError {
    /// The event of the answer.
    pub event: EventId,
    /// When it was given.
    pub stamp: Stamp,
    /// The score, from 0 to below 1.
    pub score: f64,
}

/// The card's newest high-confidence error; `None` when it has none, or was answered right since. Answers in
/// study and tests count; practice counts neither as an error nor as a correction.
pub fn high_confidence_error(card: &Card) -> Option<HighConfidenceError> {
    // Most cards have no such answer: this check avoids resolving retractions.
    let is_sure = |change: &Change| matches!(change, Change::Answer(review) if review.confidence == Some(Confidence::Sure));
    if !card.events().iter().any(|event| is_sure(&event.change)) {
        return None;
    }
    let mut newest = None;
    for (event, stamp, review) in
        card.original_answers().filter(|(.., review)| review.source != ReviewSource::Practice)
    {
        if review.score >= 1.0 {
            newest = None;
        } else if review.confidence == Some(Confidence::Sure) {
            newest = Some(HighConfidenceError { event, stamp, score: review.score });
        }
    }
    newest
}

/// Adds the card's answers on the days that `includes_day` accepts to `sums`, which are indexed by
/// [`Confidence`]: guess, think so, sure. Only the confidence stated before the verdict counts, because
/// afterwards only right answers are reported as guesses.
pub fn add_accuracy_by_confidence(
    sums: &mut [Accuracy; 3],
    card: &Card,
    includes_day: impl Fn(StudyDay) -> bool,
) {
    let has_confidence =
        |change: &Change| matches!(change, Change::Answer(review) if review.confidence.is_some());
    if !card.events().iter().any(|event| has_confidence(&event.change)) {
        return;
    }
    for (_, stamp, review) in card.original_answers() {
        if let Some(confidence) = review.confidence
            && review.source != ReviewSource::Practice
            && includes_day(stamp.day)
        {
            sums[confidence as usize].add(review.score);
        }
    }
}
