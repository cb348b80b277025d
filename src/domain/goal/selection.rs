//! Selecting the cards of an exam for one day, so that every topic gets its share. Sessions and forecasts use
//! the same selection.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Share of the day's time that new cards may take while the due reviews do not all fit next to them.
const NEW_CARD_TIME_SHARE: f64 = 0.5;
/// Tolerance for rounding errors when seconds are added up, in seconds.
const ROUNDING_SECONDS: f64 = 1e-3;

/// What the selection needs to know about the cards. A card is an index into the pool.
pub trait CardPool {
    /// Index of its topic.
    fn topic(&self, card: usize) -> usize;
    /// Index of its question. Siblings share a question.
    fn question(&self, card: usize) -> usize;
    /// How long it is expected to take today, in seconds.
    fn seconds(&self, card: usize) -> f64;
    /// How much a review today raises the probability of recalling it on the exam day.
    fn gain(&self, card: usize) -> f64;
    /// How overdue it is, as a fraction of its interval. The most overdue card of a question is the one to
    /// take.
    fn relative_overdueness(&self, card: usize) -> f64;
}

/// What is left of a day's limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RemainingBudget {
    /// Time left in seconds. `None` means no limit.
    pub seconds: Option<f64>,
    /// Number of new cards left.
    pub new_cards: usize,
}

/// The selected cards of a day, as indices into the pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Cards that were seen before.
    pub reviews: Vec<usize>,
    /// New cards, with the topics taking turns.
    pub new_cards: Vec<usize>,
    /// How many due cards did not fit.
    pub postponed: usize,
    /// Expected time for all of them, including the cards in learning steps, in seconds.
    pub seconds: f64,
}

/// Selects the cards of a day.
///
/// Cards in learning steps (`in_steps`) are always taken. `unseen` holds the new cards of each topic in the
/// author's order; the selected ones are removed from it. `taken` says for each question whether it was asked
/// today already, and is updated. Pass `None` if no two cards share a question.
pub fn select_cards(
    cards: &impl CardPool,
    in_steps: &[usize],
    mut due: Vec<usize>,
    unseen: &mut [VecDeque<usize>],
    budget: RemainingBudget,
    mut taken: Option<&mut [bool]>,
) -> Selection {
    let step_seconds = in_steps.iter().map(|card| cards.seconds(*card)).sum();
    let mut selection = Selection { seconds: step_seconds, ..Selection::default() };
    let seconds_left = budget.seconds.map_or(f64::INFINITY, |seconds| (seconds - selection.seconds).max(0.0));
    if let Some(taken) = taken.as_deref_mut() {
        in_steps.iter().for_each(|card| taken[cards.question(*card)] = true);
        keep_one_per_question(cards, &mut due, taken);
    }
    let card_seconds: Vec<f64> = due.iter().map(|card| cards.seconds(*card)).collect();
    let due_seconds: f64 = card_seconds.iter().sum();
    let new_card_seconds = if seconds_left.is_finite() {
        (seconds_left * NEW_CARD_TIME_SHARE).max(seconds_left - due_seconds)
    } else {
        seconds_left
    };
    // If hardly any time is left, still take one card, so that the day is not empty.
    let fits = |used: f64, seconds: f64, limit: f64| {
        used + seconds <= limit + ROUNDING_SECONDS
            || (used == 0.0 && in_steps.is_empty() && seconds <= seconds_left * 2.0)
    };

    let mut used = 0.0;
    let counts: Vec<usize> = unseen.iter().map(VecDeque::len).collect();
    for topic in TopicTurns::new(counts) {
        if selection.new_cards.len() >= budget.new_cards {
            break;
        }
        let is_open = |card: &usize| taken.as_deref().is_none_or(|taken| !taken[cards.question(*card)]);
        let Some(index) = unseen[topic].iter().position(is_open) else { continue };
        let seconds = cards.seconds(unseen[topic][index]);
        if !fits(used, seconds, new_card_seconds) {
            break;
        }
        used += seconds;
        if let Some(card) = unseen[topic].remove(index) {
            if let Some(taken) = taken.as_deref_mut() {
                taken[cards.question(card)] = true;
            }
            selection.new_cards.push(card);
        }
    }

    if used + due_seconds <= seconds_left + ROUNDING_SECONDS {
        used += due_seconds;
        selection.reviews = due;
    } else {
        let due_count = due.len();
        let topics = due.iter().map(|card| cards.topic(*card) + 1).max().unwrap_or(0);
        let mut waiting = vec![VecDeque::new(); topics];
        let ranked = by_gain(cards, due.into_iter().zip(card_seconds));
        ranked.into_iter().for_each(|(card, seconds)| waiting[cards.topic(card)].push_back((card, seconds)));
        for topic in TopicTurns::new(waiting.iter().map(VecDeque::len).collect()) {
            let Some((card, seconds)) = waiting[topic].pop_front() else { continue };
            if !fits(used, seconds, seconds_left) {
                break;
            }
            used += seconds;
            selection.reviews.push(card);
        }
        selection.postponed = due_count - selection.reviews.len();
    }
    selection.seconds += used;
    selection
}

/// Keeps one card of each question: the most overdue one, or the one with the highest gain if none is
/// overdue. Siblings wait for another day. Removes all cards of a question that was asked today already.
fn keep_one_per_question(cards: &impl CardPool, due: &mut Vec<usize>, taken: &mut [bool]) {
    let already_asked: Vec<usize> =
        due.iter().filter(|card| taken[cards.question(**card)]).copied().collect();
    let is_first = |card: &usize| !std::mem::replace(&mut taken[cards.question(*card)], true);
    if already_asked.is_empty() && due.iter().map(is_first).filter(|is_first| !is_first).count() == 0 {
        return;
    }
    due.iter().for_each(|card| taken[cards.question(*card)] = false);
    already_asked.iter().for_each(|card| taken[cards.question(*card)] = true);
    let mut ranked: Vec<(f64, usize)> = by_gain(cards, due.drain(..).map(|card| (card, 0.0)))
        .iter()
        .map(|(card, _)| (cards.relative_overdueness(*card), *card))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    due.extend(ranked.into_iter().map(|(_, card)| card));
    due.retain(|card| !std::mem::replace(&mut taken[cards.question(*card)], true));
}

/// Sorts by descending gain. Each card comes with its seconds.
fn by_gain(cards: &impl CardPool, due: impl Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let mut ranked: Vec<(f64, (usize, f64))> = due.map(|card| (cards.gain(card.0), card)).collect();
    ranked.sort_by(|(gain_a, a), (gain_b, b)| gain_b.total_cmp(gain_a).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(_, card)| card).collect()
}

/// An iterator over topic indices that interleaves the topics in proportion: wherever it is stopped, every
/// topic has had its share of the turns, rounded up or down.
///
/// For example, a topic with 3 of 10 cards has its turns due by the 4th, 7th and 10th turn of all, and not
/// before the 1st, 4th and 7th. The turn that is due first comes first. These are the "Pfair" windows of
/// Baruah and others (1996).
#[derive(Clone, Debug)]
pub struct TopicTurns {
    counts: Vec<usize>,
    taken: Vec<usize>,
    total: usize,
    turn: usize,
    /// Topics whose next turn may not come yet: from which turn on it may, and the topic.
    waiting: BinaryHeap<Reverse<(usize, usize)>>,
    /// The others: by which turn their next one is due, and the topic.
    released: BinaryHeap<Reverse<(usize, usize)>>,
}

impl TopicTurns {
    /// Takes the number of cards of each topic.
    pub fn new(counts: Vec<usize>) -> Self {
        let waiting = (0..counts.len()).filter(|topic| counts[*topic] > 0).map(|topic| Reverse((0, topic)));
        Self {
            taken: vec![0; counts.len()],
            total: counts.iter().sum(),
            turn: 0,
            waiting: waiting.collect(),
            released: BinaryHeap::new(),
            counts,
        }
    }
}

impl Iterator for TopicTurns {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let Self { counts, taken, total, turn, waiting, released } = self;
        while let Some(Reverse((_, topic))) =
            waiting.peek().copied().filter(|Reverse((from, _))| *from <= *turn)
        {
            waiting.pop();
            released.push(Reverse((((taken[topic] + 1) * *total).div_ceil(counts[topic]), topic)));
        }
        let Reverse((_, topic)) = released.pop()?;
        taken[topic] += 1;
        *turn += 1;
        if taken[topic] < counts[topic] {
            waiting.push(Reverse((taken[topic] * *total / counts[topic], topic)));
        }
        Some(topic)
    }
}
