//! What there is to study for an exam today. Computed in one place, so that the session, its button, the exam
//! page and the first day of the forecast agree.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Due;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::queue::{SessionPlan, StudyCandidate};

/// Time limit for reviewing the weakest cards on the exam day, in seconds: a quarter of an hour.
pub const WEAKEST_REVIEW_SECONDS: f64 = 15.0 * 60.0;

/// The cards and the expected time of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionWorkload {
    /// Number of cards.
    pub cards: usize,
    /// How many of them are new.
    pub new_cards: usize,
    /// Expected time in seconds.
    pub seconds: f64,
    /// The share of each topic, by the topic's key.
    pub topics: IndexMap<String, TopicWorkload>,
}

/// The share of one topic in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TopicWorkload {
    /// Number of cards.
    pub cards: usize,
    /// Expected time in seconds.
    pub seconds: f64,
    /// Whole minutes. The minutes of all topics add up to [`SessionWorkload::minutes`].
    pub minutes: u32,
}

impl SessionWorkload {
    /// The workload of a plan. `seconds` is the expected time of each of the candidates, in their order.
    pub fn of(plan: &SessionPlan, candidates: &[StudyCandidate<'_>], seconds: &[f64]) -> Self {
        let index_of: HashMap<&CardKey, usize, RandomState> =
            candidates.iter().enumerate().map(|(index, candidate)| (&candidate.key, index)).collect();
        let mut workload = Self::default();
        for index in plan.queue.iter().chain(&plan.learning).filter_map(|key| index_of.get(key).copied()) {
            let card_seconds = seconds.get(index).copied().unwrap_or(0.0);
            let topic = workload.topics.entry(candidates[index].topic.to_owned()).or_default();
            topic.cards += 1;
            topic.seconds += card_seconds;
            workload.cards += 1;
            workload.new_cards += usize::from(candidates[index].state.memory.is_none());
            workload.seconds += card_seconds;
        }
        workload.apportion_minutes();
        workload
    }

    /// Expected time in minutes, rounded up.
    pub fn minutes(&self) -> u32 {
        whole_minutes(self.seconds)
    }

    /// Rounds the minutes of each topic down and gives what is missing to the topics that lost most by it
    /// (largest remainder method).
    fn apportion_minutes(&mut self) {
        let total = f64::from(self.minutes());
        let scale = if self.seconds > 0.0 { total / self.seconds } else { 0.0 };
        let mut remainders = Vec::new();
        let mut missing = self.minutes();
        for (index, topic) in self.topics.values_mut().enumerate() {
            let exact = topic.seconds * scale;
            topic.minutes = exact as u32;
            missing = missing.saturating_sub(topic.minutes);
            remainders.push((exact.fract(), index));
        }
        remainders.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, index) in remainders.into_iter().take(missing as usize) {
            self.topics[index].minutes += 1;
        }
    }
}

/// Seconds as whole minutes, rounded up. The tolerance keeps a rounding error from adding a minute.
pub fn whole_minutes(seconds: f64) -> u32 {
    (seconds / 60.0 - 1e-6).ceil().max(0.0) as u32
}

/// Plans one more pass through the weakest cards, due or not: cards in learning steps first, then seen cards
/// by ascending recall, then new cards with the topics taking turns.
///
/// At most one card of a question is taken, and none of a question that was answered today. `most_seconds`
/// limits the expected time; cards in learning steps are taken even if they exceed it.
pub fn plan_weakest_review(
    candidates: &[StudyCandidate<'_>],
    seconds: &[f64],
    model: &MemoryModel,
    now: &Moment,
    most_seconds: f64,
) -> SessionPlan {
    let today = now.day();
    let step_due_ms = |state: &CardState| match state.due {
        Some(Due::At(ms)) => Some(ms),
        _ => None,
    };
    let question = |index: usize| (&candidates[index].key.deck, &candidates[index].key.question);
    let takes = |index: usize| seconds.get(index).copied().unwrap_or(0.0);
    let mut taken = HashSet::new();
    let (mut learning, mut ranked) = (Vec::new(), Vec::new());
    let mut unseen_of_topic: HashMap<&str, usize> = HashMap::new();
    for (index, StudyCandidate { state, topic, .. }) in candidates.iter().enumerate() {
        let asked_today = state.last_day == Some(today);
        if asked_today {
            taken.insert(question(index));
        }
        if !state.is_available(today) {
            continue;
        }
        match (step_due_ms(state), state.recall(model, today)) {
            (Some(ms), _) => learning.push((ms, index)),
            (None, _) if asked_today => {}
            (None, Some(recall)) => ranked.push((recall, 0, index)),
            (None, None) => {
                let turn = unseen_of_topic.entry(topic).or_default();
                ranked.push((f64::INFINITY, *turn, index));
                *turn += 1;
            }
        }
    }
    learning.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| candidates[a.1].key.cmp(&candidates[b.1].key)));
    taken.extend(learning.iter().map(|(_, index)| question(*index)));
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut used: f64 = learning.iter().map(|(_, index)| takes(*index)).sum();
    let mut plan = SessionPlan::default();
    for (_, _, index) in ranked {
        if !taken.insert(question(index)) {
            continue;
        }
        if used + takes(index) > most_seconds {
            break;
        }
        used += takes(index);
        let is_new = candidates[index].state.memory.is_none();
        (plan.new_cards, plan.reviews) =
            (plan.new_cards + usize::from(is_new), plan.reviews + usize::from(!is_new));
        plan.queue.push(candidates[index].key.clone());
    }
    plan.learning = learning.into_iter().map(|(_, index)| candidates[index].key.clone()).collect();
    plan
}
