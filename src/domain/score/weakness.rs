//! The questions of a topic, weakest first.

use std::cmp::Ordering as Order;
use std::sync::atomic::{AtomicBool, Ordering};

use super::scored_cards::{CARDS_PER_CANCEL_CHECK, Cancelled};
use super::{Accuracy, Period};
use crate::domain::card::Card;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::ReviewSource;
use crate::domain::ids::CardKey;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::rating::Rating;

/// How one card stands.
#[derive(Clone, Debug, PartialEq)]
pub struct CardScore {
    /// Which.
    pub key: CardKey,
    /// Index of its question in the deck.
    pub question: usize,
    /// How well it is known today, 0 while it is being learned; `None`: never seen.
    pub recall: Option<f64>,
    /// Not known yet.
    pub is_being_learned: bool,
    /// Recalled on a later day than it was learned on.
    pub has_survived_a_night: bool,
    /// How the last answer that the schedule counted went.
    pub last_rating: Option<Rating>,
    /// Days until recall falls to 90 %; `None`: never seen.
    pub stability_days: Option<f32>,
    /// Answers in study and tests, in the period.
    pub accuracy: Accuracy,
    /// How often it was forgotten after it had been learned.
    pub lapses: u32,
    /// Not asked until resumed.
    pub suspended: bool,
}

/// The cards of a topic, those known worst first: of two that are known alike the one whose last answer was worse, then
/// the less stable one. Then those never seen in the author's order, then suspended ones.
///
/// # Errors
/// [`Cancelled`] when `cancel` is set meanwhile.
pub fn by_weakness(
    deck: &Deck,
    topic: &str,
    progress: &Progress,
    model: &Model,
    today: StudyDay,
    period: Period,
    cancel: &AtomicBool,
) -> Result<Vec<CardScore>, Cancelled> {
    let cards = deck.cards().filter(|(_, index)| deck.questions[*index].topic == topic).enumerate();
    let cards: Result<Vec<CardScore>, Cancelled> = cards
        .map(|(nth, (key, question))| {
            if nth % CARDS_PER_CANCEL_CHECK == 0 && cancel.load(Ordering::Relaxed) {
                return Err(Cancelled);
            }
            let state = progress.state(&key);
            let mut accuracy = Accuracy::default();
            for (stamp, review) in progress.card(&key).into_iter().flat_map(Card::reviews) {
                if review.source != ReviewSource::Practice && period.contains(stamp.day, today) {
                    accuracy.add(review.score);
                }
            }
            Ok(CardScore {
                question,
                recall: state.known_now(model, today),
                is_being_learned: state.is_being_learned(),
                has_survived_a_night: state.has_survived_a_night(),
                last_rating: state.last_rating,
                stability_days: state.memory.map(|memory| memory.stability),
                accuracy,
                lapses: state.lapses,
                suspended: state.suspended,
                key,
            })
        })
        .collect();
    let mut cards = cards?;
    cards.sort_by(|a, b| {
        let stability = |card: &CardScore| card.stability_days.map(f64::from);
        let known = a.suspended.cmp(&b.suspended).then_with(|| compare_none_last(a.recall, b.recall));
        let answered = known.then_with(|| a.last_rating.cmp(&b.last_rating));
        answered.then_with(|| compare_none_last(stability(a), stability(b)))
    });
    Ok(cards)
}

fn compare_none_last(a: Option<f64>, b: Option<f64>) -> Order {
    match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Order::Less,
        (None, Some(_)) => Order::Greater,
        (None, None) => Order::Equal,
    }
}
