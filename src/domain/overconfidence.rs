//! How sure the learner said to be before a verdict, and how the answers went.

use super::card::Card;
use super::day::{Stamp, StudyDay};
use super::event::{Change, Confidence, EventId, ReviewSource};
use super::score::Accuracy;

/// An answer that the learner was sure of, that was not right, and that was not put right since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HighConfidenceError {
    /// The answer.
    pub event: EventId,
    /// When it was given.
    pub stamp: Stamp,
    /// 0 to below 1.
    pub score: f64,
}

/// A card's newest answer that the learner was sure of, if it was not wholly right and none since was. Answers of
/// study and of tests; practice is left out, as an answer that was wrong and as one that puts right.
pub fn high_confidence_error(card: &Card) -> Option<HighConfidenceError> {
    // Most cards have no such answer at all: that is seen without looking at what was taken back.
    let says_sure = |change: &Change| matches!(change, Change::Answer(review) if review.confidence == Some(Confidence::Sure));
    if !card.events().iter().any(|entry| says_sure(&entry.change)) {
        return None;
    }
    let mut newest = None;
    for (event, stamp, review) in
        card.original_answers().filter(|(.., it)| it.source != ReviewSource::Practice)
    {
        if review.score >= 1.0 {
            newest = None;
        } else if review.confidence == Some(Confidence::Sure) {
            newest = Some(HighConfidenceError { event, stamp, score: review.score });
        }
    }
    newest
}

/// Adds a card's answers in the days wanted to what was said of them: guess, think so, sure. Only what was said
/// before the verdict counts, for of a wrong answer nobody says afterwards that it was a guess.
pub fn add_accuracy_by_confidence(
    sums: &mut [Accuracy; 3],
    card: &Card,
    is_wanted: impl Fn(StudyDay) -> bool,
) {
    let is_told = |change: &Change| matches!(change, Change::Answer(review) if review.confidence.is_some());
    if !card.events().iter().any(|entry| is_told(&entry.change)) {
        return;
    }
    for (_, stamp, review) in card.original_answers() {
        if let Some(said) = review.confidence
            && review.source != ReviewSource::Practice
            && is_wanted(stamp.day)
        {
            sums[said as usize].add(review.score);
        }
    }
}
