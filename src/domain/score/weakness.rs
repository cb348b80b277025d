//! The cards of a topic, weakest first.

use std::cmp::Ordering as Order;
use std::sync::atomic::AtomicBool;

use super::{Accuracy, Period};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::ReviewSource;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::rating::Rating;
use crate::domain::replay::ReplayError;

/// How well one card is known.
#[derive(Clone, Debug, PartialEq)]
pub struct CardScore {
    /// The card.
    pub key: CardKey,
    /// Index of its question in the deck.
    pub question: usize,
    /// Recall today, 0 to 1; 0 while the card is being learned. `None` if it was never seen.
    pub recall: Option<f64>,
    /// Whether it is still being learned, so that it counts as not known yet.
    pub is_being_learned: bool,
    /// Whether it was recalled on a later day than it was learned on.
    pub has_survived_a_night: bool,
    /// The rating of the last answer that counted for the schedule.
    pub last_rating: Option<Rating>,
    /// Stability: days until recall falls to 90 %. `None` if it was never seen.
    pub stability_days: Option<f32>,
    /// Accuracy in study and tests, in the period.
    pub accuracy: Accuracy,
    /// How often it was forgotten after it had been learned.
    pub lapses: u32,
    /// Whether it is suspended.
    pub suspended: bool,
}

/// The cards of a topic, lowest recall first. Cards with equal recall are sorted by their last rating and
/// then by stability, lowest first. After them come the cards that were never seen in the author's order, and
/// then suspended cards.
///
/// # Errors
/// When the log cannot be read, or `cancel` was set meanwhile.
pub fn by_weakness(
    deck: &Deck,
    topic: &str,
    progress: &Progress,
    model: &MemoryModel,
    today: StudyDay,
    period: Period,
    cancel: &AtomicBool,
) -> Result<Vec<CardScore>, ReplayError> {
    let of_topic = deck.cards().filter(|(_, index)| deck.questions[*index].topic == topic);
    let (keys, questions): (Vec<CardKey>, Vec<usize>) = of_topic.unzip();
    let mut accuracies = vec![Accuracy::default(); keys.len()];
    progress.for_each_answer(&keys, cancel, |at, stamp, review| {
        if review.source != ReviewSource::Practice && period.contains(stamp.day, today) {
            accuracies[at].add(review.score);
        }
    })?;
    let mut cards: Vec<CardScore> = keys
        .into_iter()
        .zip(questions)
        .zip(accuracies)
        .map(|((key, question), accuracy)| {
            let state = progress.state(&key);
            CardScore {
                question,
                recall: state.recall_now(model, today),
                is_being_learned: state.is_being_learned(),
                has_survived_a_night: state.has_survived_a_night(),
                last_rating: state.last_rating,
                stability_days: state.memory.map(|memory| memory.stability),
                accuracy,
                lapses: state.lapses,
                suspended: state.suspended,
                key,
            }
        })
        .collect();
    cards.sort_by(|a, b| {
        let stability = |card: &CardScore| card.stability_days.map(f64::from);
        let by_recall = a.suspended.cmp(&b.suspended).then_with(|| compare_none_last(a.recall, b.recall));
        let by_rating = by_recall.then_with(|| a.last_rating.cmp(&b.last_rating));
        by_rating.then_with(|| compare_none_last(stability(a), stability(b)))
    });
    Ok(cards)
}

/// Compares ascending, with `None` after all values.
fn compare_none_last(a: Option<f64>, b: Option<f64>) -> Order {
    match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Order::Less,
        (None, Some(_)) => Order::Greater,
        (None, None) => Order::Equal,
    }
}
