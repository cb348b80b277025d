//! What to study today, and in which order.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use indexmap::IndexMap;
use rand::seq::SliceRandom;

use super::card::{CardPhase, CardState};
use super::day::{Moment, StudyDay};
use super::event::Due;
use super::ids::CardKey;
use super::memory::{Memory, Model};
use super::rating::Rating;
use super::seed::{rng, seed_of};

/// Days ahead that the order of due cards looks.
const HORIZON_DAYS: u32 = 90;

/// A card that may be asked.
#[derive(Clone, Debug)]
pub struct StudyCandidate<'a> {
    /// Which.
    pub key: CardKey,
    /// Its topic's key, for keeping neighbours apart.
    pub topic: &'a str,
    /// Where it stands.
    pub state: &'a CardState,
}

/// A due card with what it gains.
type CandidateWithGain<'c, 'a> = (&'c StudyCandidate<'a>, f64);

/// How much to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyLimits {
    /// New cards that may still be introduced today.
    pub new_cards: usize,
    /// Due cards to take, the most valuable ones; `None`: all.
    pub reviews: Option<usize>,
    /// Cards answered today may come again, and their siblings too: practice.
    pub allow_repeats: bool,
}

/// The day's cards in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyPlan {
    /// Reviews with new cards spread among them.
    pub queue: Vec<CardKey>,
    /// Cards on minute steps, soonest first.
    pub learning: Vec<CardKey>,
    /// How many of `queue` are reviews.
    pub reviews: usize,
    /// How many of `queue` are new.
    pub new_cards: usize,
    /// Due cards left out by [`StudyLimits::reviews`].
    pub postponed: usize,
}

/// Plans a study session. `candidates` come in deck order and, inside a deck, in the author's order.
/// The same arguments give the same plan: the shuffle's seed is the study day.
pub fn plan(
    candidates: &[StudyCandidate<'_>],
    limits: StudyLimits,
    model: &Model,
    now: &Moment,
) -> StudyPlan {
    plan_by(candidates, limits, now, |candidate| expected_gain(candidate.state, model, now.day()), |_| false)
}

/// The same, where `gain` says what is most valuable, and `is_first` which cards come before the others: they count
/// towards the limits, and those that are due are not held back by them.
pub fn plan_by(
    candidates: &[StudyCandidate<'_>],
    limits: StudyLimits,
    now: &Moment,
    gain: impl Fn(&StudyCandidate<'_>) -> f64,
    is_first: impl Fn(&StudyCandidate<'_>) -> bool,
) -> StudyPlan {
    let today = now.day();
    let askable: Vec<&StudyCandidate<'_>> =
        candidates.iter().filter(|candidate| candidate.state.is_available(today)).collect();
    let mut taken: HashSet<(Arc<str>, Arc<str>)> = candidates
        .iter()
        .filter(|candidate| !limits.allow_repeats && candidate.state.last_day == Some(today))
        .map(|candidate| question_key(&candidate.key))
        .collect();

    let mut learning: Vec<(i64, CardKey)> = askable
        .iter()
        .filter_map(|candidate| match candidate.state.due {
            Some(Due::At(ms)) => Some((ms, candidate.key.clone())),
            _ => None,
        })
        .collect();
    learning.sort();
    taken.extend(learning.iter().map(|(_, key)| question_key(key)));

    let mut due: Vec<CandidateWithGain<'_, '_>> = askable
        .iter()
        .filter(|candidate| is_due(candidate.state, today))
        .map(|candidate| (*candidate, gain(candidate)))
        .collect();
    let by_gain = |(a, gain_a): &CandidateWithGain<'_, '_>, (b, gain_b): &CandidateWithGain<'_, '_>| {
        gain_b.total_cmp(gain_a).then_with(|| a.key.cmp(&b.key))
    };
    // Of two siblings the more urgent one comes today, the other one on another day: a few minutes after the first it
    // would be known from that one.
    let urgency = |(candidate, _): &CandidateWithGain<'_, '_>| relative_overdueness(candidate.state, today);
    due.sort_by(|a, b| urgency(b).total_cmp(&urgency(a)).then_with(|| by_gain(a, b)));
    due.retain(|(candidate, _)| taken.insert(question_key(&candidate.key)));
    due.sort_by(by_gain);
    let all_due = due.len();
    if let Some(limit) = limits.reviews {
        let mut others =
            limit.saturating_sub(due.iter().filter(|(candidate, _)| is_first(candidate)).count());
        due.retain(|(candidate, _)| {
            let comes = is_first(candidate) || others > 0;
            others -= usize::from(comes && !is_first(candidate));
            comes
        });
    }
    let left_for_later = all_due - due.len();

    let (first, others): (Vec<&StudyCandidate<'_>>, _) =
        askable.iter().partition(|candidate| is_first(candidate));
    let mut new_cards = round_robin_new(&first, limits.new_cards, &mut taken);
    new_cards.extend(round_robin_new(&others, limits.new_cards - new_cards.len(), &mut taken));

    let mut reviews: Vec<(CardKey, &str)> =
        due.into_iter().map(|(candidate, _)| (candidate.key.clone(), candidate.topic)).collect();
    reviews.shuffle(&mut rng(seed_of(&format!("study order {}", today.0))));
    let reviews = separate_topics(reviews);

    let (review_count, new_count) = (reviews.len(), new_cards.len());
    StudyPlan {
        queue: interleave(reviews, new_cards),
        learning: learning.into_iter().map(|(_, key)| key).collect(),
        reviews: review_count,
        new_cards: new_count,
        postponed: left_for_later,
    }
}

/// Whether a card comes back today or should have come back before. Its phase does not matter: after two
/// machines' logs were united a card may stand on a step and yet have been granted a day.
pub fn is_due(state: &CardState, today: StudyDay) -> bool {
    matches!(state.due, Some(Due::Day(day)) if day <= today)
}

/// What reviewing a card today is expected to add to knowing it in 90 days:
/// `R·R90(after Good) + (1−R)·R90(after Again) − R90(left alone)`.
///
/// In a simulated month after a month away this left 103 of 1,000 cards overdue at a recall of 0.946,
/// lowest recall first left 258 at 0.936.
pub fn expected_gain(state: &CardState, model: &Model, today: StudyDay) -> f64 {
    expected_gain_within(state, model, today, HORIZON_DAYS)
}

/// The same for knowing it in so many days: before an exam those until its day.
pub fn expected_gain_within(state: &CardState, model: &Model, today: StudyDay, horizon_days: u32) -> f64 {
    state
        .memory
        .map_or(0.0, |memory| memory_gain(model, memory, state.days_since_review(today), horizon_days))
}

/// The same for a memory, `days` after its last answer.
pub fn memory_gain(model: &Model, memory: Memory, days: u32, horizon_days: u32) -> f64 {
    let recall = model.recall(memory, days);
    let after = model.after_each(Some(memory), days);
    let later = |rating: Rating| model.recall(after[usize::from(rating.number()) - 1], horizon_days);
    recall * later(Rating::Good) + (1.0 - recall) * later(Rating::Again)
        - model.recall(memory, days + horizon_days)
}

fn question_key(key: &CardKey) -> (Arc<str>, Arc<str>) {
    (key.deck.clone(), key.question.clone())
}

/// How long a card has been overdue, seen against its interval; 0 up to a tenth of it, where nothing presses. Of two
/// siblings that are due the one comes where this is more.
pub fn relative_overdueness(state: &CardState, today: StudyDay) -> f64 {
    let Some(Due::Day(due)) = state.due else { return 0.0 };
    // Whoever put it off until some day does not wait for it before.
    let due = state.buried_until.map_or(due, |until| due.max(until));
    let interval = state.last_day.map_or(state.interval_days, |last| due.days_since(last));
    let overdue = today.days_since(due);
    if overdue * 10 > interval { f64::from(overdue) / f64::from(interval.max(1)) } else { 0.0 }
}

/// New cards, one a question, decks taking turns.
fn round_robin_new(
    askable: &[&StudyCandidate<'_>],
    limit: usize,
    taken: &mut HashSet<(Arc<str>, Arc<str>)>,
) -> Vec<CardKey> {
    let mut decks: Vec<VecDeque<&CardKey>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    // Candidates come deck by deck: one look at the map a deck, not a card.
    let mut last = None;
    for StudyCandidate { key, .. } in
        askable.iter().filter(|candidate| candidate.state.phase == CardPhase::New)
    {
        let at = match last {
            Some((deck, at)) if Arc::ptr_eq(deck, &key.deck) => at,
            _ => *places.entry(&key.deck).or_insert_with(|| {
                decks.push(VecDeque::new());
                decks.len() - 1
            }),
        };
        last = Some((&key.deck, at));
        decks[at].push_back(key);
    }
    let mut chosen = Vec::new();
    while chosen.len() < limit {
        let before = chosen.len();
        for waiting in &mut decks {
            if chosen.len() == limit {
                break;
            }
            while let Some(key) = waiting.pop_front() {
                if taken.insert(question_key(key)) {
                    chosen.push(key.clone());
                    break;
                }
            }
        }
        if chosen.len() == before {
            break;
        }
    }
    chosen
}

/// Cards of one topic with their places in the order given.
type RankedCards = VecDeque<(usize, CardKey)>;

/// Keeps the order given, but for neighbours of one topic: as few as can be.
fn separate_topics(cards: Vec<(CardKey, &str)>) -> Vec<CardKey> {
    let mut topics: IndexMap<(Arc<str>, &str), RankedCards> = IndexMap::new();
    let mut left = cards.len();
    for (rank, (key, topic)) in cards.into_iter().enumerate() {
        topics.entry((key.deck.clone(), topic)).or_default().push_back((rank, key));
    }
    let mut ordered = Vec::with_capacity(left);
    let mut last = None;
    while left > 0 {
        let others = || (0..topics.len()).filter(|topic| last != Some(*topic) && !topics[*topic].is_empty());
        // A topic with more than half of what is left must come now, or its cards end up side by side.
        let largest = others().find(|topic| topics[*topic].len() * 2 > left);
        let first = || others().min_by_key(|topic| topics[*topic].front().map(|(rank, _)| *rank));
        let Some(topic) = largest.or_else(first).or(last) else { break };
        if let Some((_, key)) = topics[topic].pop_front() {
            ordered.push(key);
        }
        last = Some(topic);
        left -= 1;
    }
    ordered
}

/// Puts the new cards among the reviews at even distances, a review first.
fn interleave(reviews: Vec<CardKey>, new_cards: Vec<CardKey>) -> Vec<CardKey> {
    let total = reviews.len() + new_cards.len();
    let (mut reviews, mut new_cards) = (reviews.into_iter(), new_cards.into_iter());
    let share = new_cards.len();
    (0..total)
        .filter_map(|at| {
            let is_new = (at + 1) * share / total > at * share / total;
            if is_new {
                new_cards.next().or_else(|| reviews.next())
            } else {
                reviews.next().or_else(|| new_cards.next())
            }
        })
        .collect()
}
