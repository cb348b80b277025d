//! Today's cards when exams are ahead: those of an exam come as its plan has them, the others as ever.

use std::collections::{HashMap, VecDeque};

use super::selection::{CardPool, select_cards};
use super::{ExamPlan, Goal};
use crate::domain::card::{Card, CardPhase, CardState};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::{Due, Review, ReviewSource};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::queue::{
    StudyCandidate, StudyLimits, StudyPlan, expected_gain, expected_gain_within, is_due, plan, plan_by,
    relative_overdueness,
};
use crate::domain::schedule::Scheduler;
use crate::domain::workload::answer_seconds;

/// An exam ahead, with a plan.
#[derive(Clone, Debug)]
pub struct ActiveGoal {
    /// What it is about.
    pub goal: Goal,
    /// The plan in force.
    pub plan: ExamPlan,
    /// Its rules.
    pub scheduler: Scheduler,
}

/// How a session keeps to the time of the plans.
#[derive(Clone, Debug)]
pub struct TimeBudget {
    /// Seconds that each of the candidates is expected to take today, in their order.
    pub card_seconds: Vec<f64>,
    /// What was done today for each of the exams, in their order.
    pub progress: Vec<DayProgress>,
}

/// What was done for an exam on a day, over all of its cards: a session over some of them has no time of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayProgress {
    /// Seconds spent, practice left out.
    pub seconds: f64,
    /// Cards begun.
    pub new_cards: usize,
}

impl DayProgress {
    /// For each of `exams`; `cards` are all that may belong to one, each with its topic.
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
            let Some(card) = progress.card(key).filter(|card| card.state().last_day == Some(day)) else {
                continue;
            };
            if let Some(at) = ActiveGoal::index_covering(exams, &key.deck, topic, day) {
                done[at].absorb(&Self::of_card(card, day, progress.longest_answer_ms()));
            }
        }
        done
    }

    /// For one card; of a longer answer so many milliseconds count.
    pub fn of_card(card: &Card, day: StudyDay, longest_ms: u32) -> Self {
        if card.state().last_day != Some(day) {
            return Self::default();
        }
        let counts = |review: &Review| review.source != ReviewSource::Practice;
        let today = card.reviews().filter(|(stamp, review)| stamp.day == day && counts(review));
        Self {
            seconds: today.map(|(_, review)| answer_seconds(&review, longest_ms)).sum(),
            new_cards: usize::from(card.state().first_day == Some(day)),
        }
    }

    /// Adds what was done for another card.
    pub fn absorb(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.new_cards += other.new_cards;
    }
}

impl ActiveGoal {
    /// The goals ahead that have a plan, the nearest exam first.
    pub fn all(goals: &[Goal], scheduler: &Scheduler, today: StudyDay) -> Vec<Self> {
        let mut all: Vec<Self> = goals
            .iter()
            .filter(|goal| goal.is_ahead(today))
            .filter_map(|goal| {
                let plan = goal.plan?;
                let rules = plan.scheduler(&scheduler.model, scheduler.fuzz, goal.exam_day());
                Some(Self { goal: goal.clone(), plan, scheduler: rules })
            })
            .collect();
        all.sort_by_key(|followed| followed.goal.exam);
        all
    }

    /// The first of them whose exam asks a topic.
    pub fn covering<'f>(all: &'f [Self], deck: &str, topic: &str, today: StudyDay) -> Option<&'f Self> {
        Self::index_covering(all, deck, topic, today).map(|at| &all[at])
    }

    fn index_covering(all: &[Self], deck: &str, topic: &str, today: StudyDay) -> Option<usize> {
        all.iter().position(|followed| followed.goal.is_ahead(today) && followed.goal.covers(deck, topic))
    }
}

/// Plans a session as [`plan`] does. Cards of an exam that have their last look count as due, and what is most
/// valuable is told by the day of the exam. With `clocked` the cards of each exam also keep to the time and the
/// number of new cards of its plan, every topic with its share; cards of other topics take what the day's numbers
/// leave.
pub fn plan_for_exams(
    candidates: &[StudyCandidate<'_>],
    exams: &[ActiveGoal],
    limits: StudyLimits,
    scheduler: &Scheduler,
    now: &Moment,
    clocked: Option<&TimeBudget>,
) -> StudyPlan {
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
            let looks = |exam: &ActiveGoal| {
                exam.scheduler.needs_pre_exam_review(&candidate.key, candidate.state, today)
            };
            // What is on its minutes comes today in any case.
            let comes = is_due(candidate.state, today) || matches!(candidate.state.due, Some(Due::At(_)));
            let is_last_look = !comes && exam_of(candidate).is_some_and(looks);
            let due = if is_last_look { Some(Due::Day(today)) } else { candidate.state.due };
            CardState { due, ..*candidate.state }
        })
        .collect();
    let gain = |candidate: &StudyCandidate<'_>| match exam_of(candidate) {
        Some(exam) => expected_gain_within(candidate.state, model, today, exam.goal.days_left(today)),
        None => expected_gain(candidate.state, model, today),
    };
    let mut seen: Vec<StudyCandidate<'_>> = candidates
        .iter()
        .zip(&states)
        .map(|(candidate, state)| StudyCandidate {
            key: candidate.key.clone(),
            topic: candidate.topic,
            state,
        })
        .collect();
    let mut limits = limits;
    let mut waits = 0;
    if let Some(clocked) = clocked {
        let kept = select_within_plans(&seen, exams, today, clocked, &gain);
        waits = kept.left_out;
        // What they leave of the day's new cards is for the other topics.
        limits.new_cards = limits.new_cards.max(kept.new_cards);
        let mut all: Vec<Option<StudyCandidate<'_>>> = seen.into_iter().map(Some).collect();
        seen = kept.order.into_iter().filter_map(|at| all.get_mut(at)?.take()).collect();
    }
    let mut planned =
        plan_by(&seen, limits, now, gain, |candidate| clocked.is_some() && exam_of(candidate).is_some());
    planned.postponed += waits;
    planned
}

/// What the plans of exams leave of the candidates.
struct ExamSelection {
    /// Places of those kept; new cards of exams first, in the order in which they come.
    order: Vec<usize>,
    /// Due cards that are not.
    left_out: usize,
    /// New cards of exams.
    new_cards: usize,
}

/// The candidates as they are chosen from.
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

    fn urgency(&self, card: usize) -> f64 {
        relative_overdueness(self.candidates[card].state, self.today)
    }
}

fn select_within_plans<'a>(
    candidates: &[StudyCandidate<'a>],
    exams: &[ActiveGoal],
    today: StudyDay,
    clocked: &TimeBudget,
    gain: &impl Fn(&StudyCandidate<'a>) -> f64,
) -> ExamSelection {
    let places: Vec<Option<usize>> = candidates
        .iter()
        .map(|candidate| ActiveGoal::index_covering(exams, &candidate.key.deck, candidate.topic, today))
        .collect();
    let (topics, _) = dense_ids(candidates.iter().map(|candidate| (&candidate.key.deck, candidate.topic)));
    let (questions, most) =
        dense_ids(candidates.iter().map(|candidate| (&candidate.key.deck, &candidate.key.question)));
    let mut taken = vec![false; most];
    for (at, _) in candidates.iter().enumerate().filter(|(_, card)| card.state.last_day == Some(today)) {
        taken[questions[at]] = true;
    }
    let of_topics = topics.iter().map(|topic| topic + 1).max().unwrap_or(0);
    let cards = CandidatePool {
        candidates,
        topics: &topics,
        questions: &questions,
        seconds: &clocked.card_seconds,
        today,
        gain,
    };

    // What is on its minutes comes in any case, and what is no exam's has other limits.
    let is_on_steps = |at: &usize| matches!(candidates[*at].state.due, Some(Due::At(_)));
    let mut kept: Vec<bool> = (0..candidates.len()).map(|at| places[at].is_none()).collect();
    let (mut first, mut left_out) = (Vec::new(), 0);
    for ((place, exam), done) in exams.iter().enumerate().zip(&clocked.progress) {
        let asked = (0..candidates.len()).filter(|at| places[*at] == Some(place));
        let asked: Vec<usize> = asked.filter(|at| candidates[*at].state.is_available(today)).collect();
        let (on_steps, others): (Vec<usize>, Vec<usize>) = asked.into_iter().partition(is_on_steps);
        let mut unseen = vec![VecDeque::new(); of_topics];
        for at in others.iter().filter(|at| candidates[**at].state.phase == CardPhase::New) {
            unseen[topics[*at]].push_back(*at);
        }
        let due = others.into_iter().filter(|at| is_due(candidates[*at].state, today)).collect();
        let room = exam.plan.remaining_budget(done.seconds, done.new_cards);
        let chosen = select_cards(&cards, &on_steps, due, &mut unseen, room, Some(&mut taken));
        on_steps.into_iter().chain(chosen.reviews).for_each(|at| kept[at] = true);
        first.extend(chosen.new_cards);
        left_out += chosen.left_out;
    }
    let new_cards = first.len();
    let others = (0..candidates.len()).filter(|at| kept[*at]);
    ExamSelection { order: first.iter().copied().chain(others).collect(), left_out, new_cards }
}

/// A number from 0 for each of the names, equal for equal ones; and how many numbers there are.
fn dense_ids<N: std::hash::Hash + Eq>(names: impl Iterator<Item = N>) -> (Vec<usize>, usize) {
    let mut numbers: HashMap<N, usize> = HashMap::new();
    let all = names.map(|name| {
        let next = numbers.len();
        *numbers.entry(name).or_insert(next)
    });
    let all = all.collect();
    (all, numbers.len())
}
