//! Today's cards when exams are ahead. The cards of an exam follow its plan, all other cards the general
//! settings.

use std::collections::{HashMap, VecDeque};

use super::selection::{CardPool, select_cards};
use super::{ExamPlan, Goal};
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Due;
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::queue::{
    SessionPlan, StudyCandidate, StudyLimits, expected_gain, expected_gain_within, is_due, plan, plan_by,
    relative_overdueness,
};
use crate::domain::schedule::Scheduler;
use crate::domain::summary::CardSummary;
use crate::domain::workload::seconds_of;

/// A goal whose exam is ahead and that has a plan.
#[derive(Clone, Debug)]
pub struct ActiveGoal {
    /// The goal.
    pub goal: Goal,
    /// Its plan.
    pub plan: ExamPlan,
    /// The scheduler for its cards until the exam.
    pub scheduler: Scheduler,
}

/// The time limits of the plans, for a session that keeps to them.
#[derive(Clone, Debug)]
pub struct TimeBudget {
    /// Expected time of each candidate today, in seconds, in the order of the candidates.
    pub card_seconds: Vec<f64>,
    /// What was done today for each exam, in the order of the exams.
    pub progress: Vec<DayProgress>,
}

/// What was done for an exam on one day, over all its cards. A session over some of these cards has no limits
/// of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayProgress {
    /// Time spent in seconds, without practice.
    pub seconds: f64,
    /// New cards begun.
    pub new_cards: usize,
}

impl DayProgress {
    /// The progress of a day for each of `exams`. `cards` are all cards that may belong to one of them, each
    /// with its topic's key.
    pub fn per_exam<'a>(
        day: StudyDay,
        exams: &[ActiveGoal],
        cards: impl IntoIterator<Item = (&'a CardKey, &'a str)>,
        progress: &Progress,
    ) -> Vec<Self> {
        let mut done = vec![Self::default(); exams.len()];
        if exams.is_empty() {
            return done;
        }
        for (key, topic) in cards {
            let Some(card) = progress.summary(key).filter(|card| card.state.last_day == Some(day)) else {
                continue;
            };
            if let Some(index) = ActiveGoal::index_covering(exams, &key.deck, topic, day) {
                done[index].absorb(&Self::of_card(card, day));
            }
        }
        done
    }

    /// The progress of a day in one card.
    pub fn of_card(card: &CardSummary, day: StudyDay) -> Self {
        if card.state.last_day != Some(day) {
            return Self::default();
        }
        let today = card.answers_on(day);
        Self {
            seconds: seconds_of(today.answer_ms.into(), today.answers as usize),
            new_cards: usize::from(card.state.first_day == Some(day)),
        }
    }

    /// Adds the progress in another card.
    pub fn absorb(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.new_cards += other.new_cards;
    }
}

impl ActiveGoal {
    /// The goals whose exam is ahead and that have a plan, the next exam first.
    pub fn all(goals: &[Goal], scheduler: &Scheduler, today: StudyDay) -> Vec<Self> {
        let mut all: Vec<Self> = goals
            .iter()
            .filter(|goal| goal.is_ahead(today))
            .filter_map(|goal| {
                let plan = goal.plan?;
                let exam_scheduler = plan.scheduler(&scheduler.model, scheduler.fuzz, goal.exam_day());
                Some(Self { goal: goal.clone(), plan, scheduler: exam_scheduler })
            })
            .collect();
        all.sort_by_key(|active| active.goal.exam);
        all
    }

    /// The first of them whose exam covers a topic. Only the next exam of a topic affects its cards.
    pub fn covering<'f>(all: &'f [Self], deck: &str, topic: &str, today: StudyDay) -> Option<&'f Self> {
        Self::index_covering(all, deck, topic, today).map(|index| &all[index])
    }

    fn index_covering(all: &[Self], deck: &str, topic: &str, today: StudyDay) -> Option<usize> {
        all.iter().position(|active| active.goal.is_ahead(today) && active.goal.covers(deck, topic))
    }
}

/// Plans a session like [`plan`], with exams taken into account.
///
/// A card that is in for a pre-exam review counts as due. The gain of a review is the gain in recall on the
/// exam day. With `budget`, the cards of each exam also keep to the time and the number of new cards of its
/// plan, and every topic gets its share. Cards of other topics get what is left of the general limits.
pub fn plan_for_exams(
    candidates: &[StudyCandidate<'_>],
    exams: &[ActiveGoal],
    limits: StudyLimits,
    scheduler: &Scheduler,
    now: &Moment,
    budget: Option<&TimeBudget>,
) -> SessionPlan {
    let (model, today) = (&scheduler.model, now.day());
    let exam_of = |candidate: &StudyCandidate<'_>| {
        ActiveGoal::covering(exams, &candidate.key.deck, candidate.topic, today)
    };
    if !candidates.iter().any(|candidate| exam_of(candidate).is_some()) {
        return plan(candidates, limits, model, now);
    }
    let states: Vec<CardState> = candidates
        .iter()
        .map(|candidate| {
            let needs_review = |exam: &ActiveGoal| {
                exam.scheduler.needs_pre_exam_review(&candidate.key, candidate.state, today)
            };
            // A card in learning steps is shown today anyway.
            let is_shown_anyway =
                is_due(candidate.state, today) || matches!(candidate.state.due, Some(Due::At(_)));
            let is_pre_exam_review = !is_shown_anyway && exam_of(candidate).is_some_and(needs_review);
            let due = if is_pre_exam_review { Some(Due::Day(today)) } else { candidate.state.due };
            CardState { due, ..*candidate.state }
        })
        .collect();
    let gain = |candidate: &StudyCandidate<'_>| match exam_of(candidate) {
        Some(exam) => expected_gain_within(candidate.state, model, today, exam.goal.days_left(today)),
        None => expected_gain(candidate.state, model, today),
    };
    let mut studied: Vec<StudyCandidate<'_>> = candidates
        .iter()
        .zip(&states)
        .map(|(candidate, state)| StudyCandidate {
            key: candidate.key.clone(),
            topic: candidate.topic,
            state,
        })
        .collect();
    let mut limits = limits;
    let mut left_out = 0;
    if let Some(budget) = budget {
        let selected = select_within_plans(&studied, exams, today, budget, &gain);
        left_out = selected.postponed;
        // What the exams leave of the day's new cards is for the other topics.
        limits.new_cards = limits.new_cards.max(selected.new_cards);
        let mut all: Vec<Option<StudyCandidate<'_>>> = studied.into_iter().map(Some).collect();
        studied = selected.order.into_iter().filter_map(|index| all.get_mut(index)?.take()).collect();
    }
    let mut planned =
        plan_by(&studied, limits, now, gain, |candidate| budget.is_some() && exam_of(candidate).is_some());
    planned.postponed += left_out;
    planned
}

/// Which candidates remain after the limits of the exam plans.
struct ExamSelection {
    /// Indices of the candidates that remain: the new cards of exams first, in the order in which they are
    /// shown.
    order: Vec<usize>,
    /// How many due cards do not remain.
    postponed: usize,
    /// How many new cards of exams are among them.
    new_cards: usize,
}

/// The candidates of a session, as [`select_cards`] needs them.
struct CandidatePool<'c, 'a, G> {
    candidates: &'c [StudyCandidate<'a>],
    topics: &'c [usize],
    questions: &'c [usize],
    seconds: &'c [f64],
    today: StudyDay,
    gain: &'c G,
}

impl<'a, G: Fn(&StudyCandidate<'a>) -> f64> CardPool for CandidatePool<'_, 'a, G> {
    fn topic(&self, card: usize) -> usize {
        self.topics[card]
    }

    fn question(&self, card: usize) -> usize {
        self.questions[card]
    }

    fn seconds(&self, card: usize) -> f64 {
        self.seconds.get(card).copied().unwrap_or(0.0)
    }

    fn gain(&self, card: usize) -> f64 {
        (self.gain)(&self.candidates[card])
    }

    fn relative_overdueness(&self, card: usize) -> f64 {
        relative_overdueness(self.candidates[card].state, self.today)
    }
}

/// Applies the limits of each exam's plan to its candidates. Candidates of no exam all remain.
fn select_within_plans<'a>(
    candidates: &[StudyCandidate<'a>],
    exams: &[ActiveGoal],
    today: StudyDay,
    budget: &TimeBudget,
    gain: &impl Fn(&StudyCandidate<'a>) -> f64,
) -> ExamSelection {
    let exam_of: Vec<Option<usize>> = candidates
        .iter()
        .map(|candidate| ActiveGoal::index_covering(exams, &candidate.key.deck, candidate.topic, today))
        .collect();
    let (topics, _) = dense_ids(candidates.iter().map(|candidate| (&candidate.key.deck, candidate.topic)));
    let (questions, question_count) =
        dense_ids(candidates.iter().map(|candidate| (&candidate.key.deck, &candidate.key.question)));
    let mut taken = vec![false; question_count];
    for (index, _) in candidates.iter().enumerate().filter(|(_, card)| card.state.last_day == Some(today)) {
        taken[questions[index]] = true;
    }
    let topic_count = topics.iter().map(|topic| topic + 1).max().unwrap_or(0);
    let pool = CandidatePool {
        candidates,
        topics: &topics,
        questions: &questions,
        seconds: &budget.card_seconds,
        today,
        gain,
    };

    // Cards in learning steps are always shown, and other limits apply to cards of no exam.
    let is_in_steps = |index: &usize| matches!(candidates[*index].state.due, Some(Due::At(_)));
    let mut kept: Vec<bool> = (0..candidates.len()).map(|index| exam_of[index].is_none()).collect();
    let (mut new_first, mut left_out) = (Vec::new(), 0);
    for ((exam_index, exam), done) in exams.iter().enumerate().zip(&budget.progress) {
        let available = (0..candidates.len()).filter(|index| exam_of[*index] == Some(exam_index));
        let available: Vec<usize> =
            available.filter(|index| candidates[*index].state.is_available(today)).collect();
        let (in_steps, others): (Vec<usize>, Vec<usize>) = available.into_iter().partition(is_in_steps);
        let mut unseen = vec![VecDeque::new(); topic_count];
        for index in others.iter().filter(|index| candidates[**index].state.phase == CardPhase::New) {
            unseen[topics[*index]].push_back(*index);
        }
        let due = others.into_iter().filter(|index| is_due(candidates[*index].state, today)).collect();
        let remaining = exam.plan.remaining_budget(done.seconds, done.new_cards);
        let selection = select_cards(&pool, &in_steps, due, &mut unseen, remaining, Some(&mut taken));
        in_steps.into_iter().chain(selection.reviews).for_each(|index| kept[index] = true);
        new_first.extend(selection.new_cards);
        left_out += selection.postponed;
    }
    let new_cards = new_first.len();
    let others = (0..candidates.len()).filter(|index| kept[*index]);
    ExamSelection { order: new_first.iter().copied().chain(others).collect(), postponed: left_out, new_cards }
}

/// Numbers the names from 0, equal names alike. Also returns how many different names there are.
fn dense_ids<N: std::hash::Hash + Eq>(names: impl Iterator<Item = N>) -> (Vec<usize>, usize) {
    let mut numbers: HashMap<N, usize> = HashMap::new();
    let all = names.map(|name| {
        let next = numbers.len();
        *numbers.entry(name).or_insert(next)
    });
    let all = all.collect();
    (all, numbers.len())
}
