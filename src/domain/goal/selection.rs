//! Which cards of an exam a day takes, so that every topic gets its share. Sessions and forecasts both choose here.

use std::collections::VecDeque;

/// Share of a day's time that new cards may take while more reviews wait than fit beside them.
const NEW_CARD_TIME_SHARE: f64 = 0.5;
/// Seconds that rounding may add up to.
const ROUNDING_SECONDS: f64 = 1e-3;

/// What has to be known of the cards, which are told by their place.
pub trait CardPool {
    /// The place of its topic.
    fn topic(&self, card: usize) -> usize;
    /// The place of its question, which it may share with other cards.
    fn question(&self, card: usize) -> usize;
    /// Seconds that it is expected to take today.
    fn seconds(&self, card: usize) -> f64;
    /// What a review today adds to knowing it on the day of the exam.
    fn gain(&self, card: usize) -> f64;
    /// How much it presses, seen against its interval: of the cards of one question the most urgent one comes.
    fn urgency(&self, card: usize) -> f64;
}

/// How much fits into the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RemainingBudget {
    /// Seconds left; `None`: as many as it takes.
    pub seconds: Option<f64>,
    /// New cards left.
    pub new_cards: usize,
}

/// The cards chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Those that were seen before.
    pub reviews: Vec<usize>,
    /// Those never seen, topics taking turns.
    pub new_cards: Vec<usize>,
    /// Cards due that did not fit.
    pub left_out: usize,
    /// Expected seconds of all of them, those on minute steps too.
    pub seconds: f64,
}

/// Chooses. Cards `on_steps` come in any case. `unseen` are the new cards of each topic, in the author's order; those
/// chosen are taken out of it. `taken` tells which questions were asked today already; `None` where no two cards share
/// a question.
pub fn select_cards(
    cards: &impl CardPool,
    on_steps: &[usize],
    mut due: Vec<usize>,
    unseen: &mut [VecDeque<usize>],
    room: RemainingBudget,
    mut taken: Option<&mut [bool]>,
) -> Selection {
    let steps = on_steps.iter().map(|card| cards.seconds(*card)).sum();
    let mut chosen = Selection { seconds: steps, ..Selection::default() };
    let left = room.seconds.map_or(f64::INFINITY, |seconds| (seconds - chosen.seconds).max(0.0));
    if let Some(taken) = taken.as_deref_mut() {
        on_steps.iter().for_each(|card| taken[cards.question(*card)] = true);
        keep_one_per_question(cards, &mut due, taken);
    }
    let takes: Vec<f64> = due.iter().map(|card| cards.seconds(*card)).collect();
    let due_seconds: f64 = takes.iter().sum();
    let for_new = if left.is_finite() { (left * NEW_CARD_TIME_SHARE).max(left - due_seconds) } else { left };
    // Where next to nothing fits, one card does.
    let fits = |used: f64, seconds: f64, most: f64| {
        used + seconds <= most + ROUNDING_SECONDS
            || (used == 0.0 && on_steps.is_empty() && seconds <= left * 2.0)
    };

    let mut used = 0.0;
    let counts: Vec<usize> = unseen.iter().map(VecDeque::len).collect();
    for topic in TopicTurns::new(counts) {
        if chosen.new_cards.len() >= room.new_cards {
            break;
        }
        let is_open = |card: &usize| taken.as_deref().is_none_or(|taken| !taken[cards.question(*card)]);
        let Some(at) = unseen[topic].iter().position(is_open) else { continue };
        let seconds = cards.seconds(unseen[topic][at]);
        if !fits(used, seconds, for_new) {
            break;
        }
        used += seconds;
        if let Some(card) = unseen[topic].remove(at) {
            if let Some(taken) = taken.as_deref_mut() {
                taken[cards.question(card)] = true;
            }
            chosen.new_cards.push(card);
        }
    }

    if used + due_seconds <= left + ROUNDING_SECONDS {
        used += due_seconds;
        chosen.reviews = due;
    } else {
        let all = due.len();
        let topics = due.iter().map(|card| cards.topic(*card) + 1).max().unwrap_or(0);
        let mut waiting = vec![VecDeque::new(); topics];
        let ranked = by_gain(cards, due.into_iter().zip(takes));
        ranked.into_iter().for_each(|(card, seconds)| waiting[cards.topic(card)].push_back((card, seconds)));
        for topic in TopicTurns::new(waiting.iter().map(VecDeque::len).collect()) {
            let Some((card, seconds)) = waiting[topic].pop_front() else { continue };
            if !fits(used, seconds, left) {
                break;
            }
            used += seconds;
            chosen.reviews.push(card);
        }
        chosen.left_out = all - chosen.reviews.len();
    }
    chosen.seconds += used;
    chosen
}

/// Of the cards of one question the most urgent one comes today, or else the one that gains most, the others another
/// day; none where one was asked today.
fn keep_one_per_question(cards: &impl CardPool, due: &mut Vec<usize>, taken: &mut [bool]) {
    let before: Vec<usize> = due.iter().filter(|card| taken[cards.question(**card)]).copied().collect();
    let is_first = |card: &usize| !std::mem::replace(&mut taken[cards.question(*card)], true);
    if before.is_empty() && due.iter().map(is_first).filter(|is_first| !is_first).count() == 0 {
        return;
    }
    due.iter().for_each(|card| taken[cards.question(*card)] = false);
    before.iter().for_each(|card| taken[cards.question(*card)] = true);
    let mut ranked: Vec<(f64, usize)> = by_gain(cards, due.drain(..).map(|card| (card, 0.0)))
        .iter()
        .map(|(card, _)| (cards.urgency(*card), *card))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    due.extend(ranked.into_iter().map(|(_, card)| card));
    due.retain(|card| !std::mem::replace(&mut taken[cards.question(*card)], true));
}

/// The cards that gain most first, each with its seconds.
fn by_gain(cards: &impl CardPool, due: impl Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let mut ranked: Vec<(f64, (usize, f64))> = due.map(|card| (cards.gain(card.0), card)).collect();
    ranked.sort_by(|(gain_a, a), (gain_b, b)| gain_b.total_cmp(gain_a).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(_, card)| card).collect()
}

/// Topics by turns: whenever one stops, every topic has had its share of the turns so far, rounded up or down.
///
/// The turns of a topic with 3 of 10 cards are due by the 4th, 7th and 10th of all turns, and may not come before the
/// 1st, 4th and 7th; the turn that is due first comes first (the "Pfair" windows of Baruah and others, 1996).
#[derive(Clone, Debug)]
pub struct TopicTurns {
    counts: Vec<usize>,
    taken: Vec<usize>,
    total: usize,
    turn: usize,
}

impl TopicTurns {
    /// For topics with so many cards each.
    pub fn new(counts: Vec<usize>) -> Self {
        Self { taken: vec![0; counts.len()], total: counts.iter().sum(), counts, turn: 0 }
    }
}

impl Iterator for TopicTurns {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let Self { counts, taken: had, total: all, turn } = self;
        let open = (0..counts.len()).filter(|topic| had[*topic] < counts[*topic]);
        let released = open.filter(|topic| had[*topic] * *all / counts[*topic] <= *turn);
        let topic = released.min_by_key(|topic| ((had[*topic] + 1) * *all).div_ceil(counts[*topic]))?;
        had[topic] += 1;
        *turn += 1;
        Some(topic)
    }
}
