//! What there is to study for an exam today, counted once: the session, the button, the page and the forecast's first
//! day all go by it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Due;
use crate::domain::ids::CardKey;
use crate::domain::memory::Model;
use crate::domain::queue::{StudyCandidate, StudyPlan};

/// Seconds that going through the weakest once more may take: a quarter of an hour.
pub const WEAKEST_REVIEW_SECONDS: f64 = 15.0 * 60.0;

/// A session's cards and time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionWorkload {
    /// All its cards.
    pub cards: usize,
    /// How many of them were never seen.
    pub new_cards: usize,
    /// Seconds that they are expected to take.
    pub seconds: f64,
    /// Topics that it asks, by key.
    pub topics: IndexMap<String, TopicWorkload>,
}

/// The part of a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TopicWorkload {
    /// Cards.
    pub cards: usize,
    /// Seconds that they are expected to take.
    pub seconds: f64,
    /// Whole minutes; those of all parts add up to the whole.
    pub minutes: u32,
}

impl SessionWorkload {
    /// Of a plan over candidates, each of which takes so many seconds.
    pub fn of(plan: &StudyPlan, candidates: &[StudyCandidate<'_>], seconds: &[f64]) -> Self {
        let places: HashMap<&CardKey, usize> =
            candidates.iter().enumerate().map(|(at, candidate)| (&candidate.key, at)).collect();
        let mut sitting = Self::default();
        for at in plan.queue.iter().chain(&plan.learning).filter_map(|key| places.get(key).copied()) {
            let takes = seconds.get(at).copied().unwrap_or(0.0);
            let topic = sitting.topics.entry(candidates[at].topic.to_owned()).or_default();
            topic.cards += 1;
            topic.seconds += takes;
            sitting.cards += 1;
            sitting.new_cards += usize::from(candidates[at].state.memory.is_none());
            sitting.seconds += takes;
        }
        sitting.apportion_minutes();
        sitting
    }

    /// Minutes, rounded up.
    pub fn minutes(&self) -> u32 {
        whole_minutes(self.seconds)
    }

    /// Every topic has its minutes rounded down, and those that lost most get one more, until they are all there.
    fn apportion_minutes(&mut self) {
        let all = f64::from(self.minutes());
        let scale = if self.seconds > 0.0 { all / self.seconds } else { 0.0 };
        let mut lost = Vec::new();
        let mut left = self.minutes();
        for (at, part) in self.topics.values_mut().enumerate() {
            let exact = part.seconds * scale;
            part.minutes = exact as u32;
            left = left.saturating_sub(part.minutes);
            lost.push((exact.fract(), at));
        }
        lost.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, at) in lost.into_iter().take(left as usize) {
            self.topics[at].minutes += 1;
        }
    }
}

/// Minutes as they are told, rounded up; a hair over a whole one is that one.
pub fn whole_minutes(seconds: f64) -> u32 {
    (seconds / 60.0 - 1e-6).ceil().max(0.0) as u32
}

/// Plans going through the weakest cards once more, due or not, weakest first: those that are being learned, the seen
/// ones by recall, then those never seen, the topics in turns. Each question comes once, and what was answered today already does not.
/// `most` is how many seconds it may take; what is on its minutes comes in any case.
pub fn plan_weakest_review(
    candidates: &[StudyCandidate<'_>],
    seconds: &[f64],
    model: &Model,
    now: &Moment,
    most: f64,
) -> StudyPlan {
    let today = now.day();
    let on_steps = |state: &CardState| match state.due {
        Some(Due::At(ms)) => Some(ms),
        _ => None,
    };
    let question = |at: usize| (&candidates[at].key.deck, &candidates[at].key.question);
    let takes = |at: usize| seconds.get(at).copied().unwrap_or(0.0);
    let mut taken = HashSet::new();
    let (mut learning, mut ranked) = (Vec::new(), Vec::new());
    let mut unseen_of_topic: HashMap<&str, usize> = HashMap::new();
    for (at, StudyCandidate { state, topic, .. }) in candidates.iter().enumerate() {
        let asked_today = state.last_day == Some(today);
        if asked_today {
            taken.insert(question(at));
        }
        if !state.is_available(today) {
            continue;
        }
        match (on_steps(state), state.recall(model, today)) {
            (Some(ms), _) => learning.push((ms, at)),
            (None, _) if asked_today => {}
            (None, Some(recall)) => ranked.push((recall, 0, at)),
            (None, None) => {
                let turn = unseen_of_topic.entry(topic).or_default();
                ranked.push((f64::INFINITY, *turn, at));
                *turn += 1;
            }
        }
    }
    learning.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| candidates[a.1].key.cmp(&candidates[b.1].key)));
    taken.extend(learning.iter().map(|(_, at)| question(*at)));
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut used: f64 = learning.iter().map(|(_, at)| takes(*at)).sum();
    let mut plan = StudyPlan::default();
    for (_, _, at) in ranked {
        if !taken.insert(question(at)) {
            continue;
        }
        if used + takes(at) > most {
            break;
        }
        used += takes(at);
        let is_new = candidates[at].state.memory.is_none();
        (plan.new_cards, plan.reviews) =
            (plan.new_cards + usize::from(is_new), plan.reviews + usize::from(!is_new));
        plan.queue.push(candidates[at].key.clone());
    }
    plan.learning = learning.into_iter().map(|(_, at)| candidates[at].key.clone()).collect();
    plan
}
