//! Today's cards when exams are ahead: those of an exam come as its plan has them, the others as ever.

use std::collections::HashSet;

use super::{ExamPlan, Goal};
use crate::domain::card::{CardState, Phase};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::{Due, Review, Source};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::queue::{Candidate, Limits, Plan, expected_gain, expected_gain_in, is_due, plan, plan_by};
use crate::domain::schedule::Scheduler;

/// An exam ahead, with a plan.
#[derive(Clone, Debug)]
pub struct Followed {
    /// What it is about.
    pub goal: Goal,
    /// The plan in force.
    pub plan: ExamPlan,
    /// Its rules.
    pub rules: Scheduler,
}

/// How a session keeps to the time of the plans.
#[derive(Clone, Debug)]
pub struct Clocked {
    /// Seconds that an answer takes.
    pub seconds: f64,
    /// What was done today for each of the exams, in their order.
    pub done: Vec<Done>,
}

/// What was done for an exam on a day, over all of its cards: a session over some of them has no time of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Answers given, practice left out.
    pub answers: usize,
    /// Cards begun.
    pub begun: usize,
}

impl Done {
    /// For each of `exams`; `cards` are all that may belong to one, each with its topic.
    pub fn on<'a>(
        day: StudyDay,
        exams: &[Followed],
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
            let Some(at) = Followed::place_of(exams, &key.deck, topic, day) else { continue };
            let counts = |review: &Review| review.source != Source::Practice;
            done[at].answers +=
                card.reviews().filter(|(stamp, review)| stamp.day == day && counts(review)).count();
            done[at].begun += usize::from(card.state().first_day == Some(day));
        }
        done
    }
}

impl Followed {
    /// The goals ahead that have a plan, the nearest exam first.
    pub fn all(goals: &[Goal], scheduler: &Scheduler, today: StudyDay) -> Vec<Self> {
        let mut all: Vec<Self> = goals
            .iter()
            .filter(|goal| goal.is_ahead(today))
            .filter_map(|goal| {
                let plan = goal.plan?;
                let rules = plan.scheduler(&scheduler.model, scheduler.fuzz, goal.exam_day());
                Some(Self { goal: goal.clone(), plan, rules })
            })
            .collect();
        all.sort_by_key(|followed| followed.goal.exam);
        all
    }

    /// The first of them whose exam asks a topic.
    pub fn of<'f>(all: &'f [Self], deck: &str, topic: &str, today: StudyDay) -> Option<&'f Self> {
        Self::place_of(all, deck, topic, today).map(|at| &all[at])
    }

    fn place_of(all: &[Self], deck: &str, topic: &str, today: StudyDay) -> Option<usize> {
        all.iter().position(|followed| followed.goal.is_ahead(today) && followed.goal.covers(deck, topic))
    }
}

/// Plans a session as [`plan`] does. Cards of an exam that have their last look count as due, and what is most
/// valuable is told by the day of the exam. With `clocked` the cards of each exam also keep to the time and the
/// number of new cards of its plan; cards of other topics take what the day's numbers leave.
pub fn plan_towards(
    candidates: &[Candidate<'_>],
    exams: &[Followed],
    limits: Limits,
    scheduler: &Scheduler,
    now: &Moment,
    clocked: Option<&Clocked>,
) -> Plan {
    let (model, today) = (&scheduler.model, now.day());
    let exam_of =
        |candidate: &Candidate<'_>| Followed::of(exams, &candidate.key.deck, candidate.topic, today);
    if !candidates.iter().any(|candidate| exam_of(candidate).is_some()) {
        return plan(candidates, limits, model, now);
    }
    let states: Vec<CardState> = candidates
        .iter()
        .map(|candidate| {
            let looks =
                |exam: &Followed| exam.rules.wants_a_last_look(&candidate.key, candidate.state, today);
            let is_last_look = !is_due(candidate.state, today) && exam_of(candidate).is_some_and(looks);
            let due = if is_last_look { Some(Due::Day(today)) } else { candidate.state.due };
            CardState { due, ..*candidate.state }
        })
        .collect();
    let gain = |candidate: &Candidate<'_>| match exam_of(candidate) {
        Some(exam) => expected_gain_in(candidate.state, model, today, exam.goal.days_left(today)),
        None => expected_gain(candidate.state, model, today),
    };
    let mut seen: Vec<Candidate<'_>> = candidates
        .iter()
        .zip(&states)
        .map(|(candidate, state)| Candidate { key: candidate.key.clone(), topic: candidate.topic, state })
        .collect();
    let mut limits = limits;
    let mut waits = 0;
    if let Some(clocked) = clocked {
        let (kept, left_out, new_cards) = within_the_plans(&seen, exams, today, clocked, &gain);
        let mut kept = kept.into_iter();
        seen.retain(|_| kept.next().unwrap_or(true));
        // What they leave of the day's new cards is for the other topics.
        limits.new_cards = limits.new_cards.max(new_cards);
        waits = left_out;
    }
    let mut planned =
        plan_by(&seen, limits, now, gain, |candidate| clocked.is_some() && exam_of(candidate).is_some());
    planned.left_for_later += waits;
    planned
}

/// For each candidate whether it is kept; how many due ones are not; and how many new cards the plans have.
fn within_the_plans(
    candidates: &[Candidate<'_>],
    exams: &[Followed],
    today: StudyDay,
    clocked: &Clocked,
    gain: &impl Fn(&Candidate<'_>) -> f64,
) -> (Vec<bool>, usize, usize) {
    let mut kept = vec![true; candidates.len()];
    let (mut left_out, mut new_cards) = (0, 0);
    let mut of_exams = vec![Vec::new(); exams.len()];
    for (at, Candidate { key, topic, .. }) in candidates.iter().enumerate() {
        if let Some(exam) = Followed::place_of(exams, &key.deck, topic, today) {
            of_exams[exam].push(at);
        }
    }
    for ((exam, covered), Done { answers, begun }) in exams.iter().zip(of_exams).zip(&clocked.done) {
        let (most_new, reviews) = exam.plan.limits(clocked.seconds, *answers as f64 * clocked.seconds);
        let most_new = most_new.min((exam.plan.new_cards_a_day as usize).saturating_sub(*begun));

        let askable = |at: &&usize| candidates[**at].state.is_askable(today);
        let new = covered.iter().filter(askable).filter(|at| candidates[**at].state.phase == Phase::New);
        // Siblings do not come on one day: one card a question.
        let mut questions = HashSet::new();
        for at in new {
            kept[*at] = questions.len() < most_new && questions.insert(&candidates[*at].key.question);
            new_cards += usize::from(kept[*at]);
        }
        let mut due: Vec<usize> = covered
            .iter()
            .filter(askable)
            .filter(|at| is_due(candidates[**at].state, today))
            .copied()
            .collect();
        if due.len() > reviews {
            due.sort_by(|a, b| {
                let gains = gain(&candidates[*b]).total_cmp(&gain(&candidates[*a]));
                gains.then_with(|| candidates[*a].key.cmp(&candidates[*b].key))
            });
            left_out += due.len() - reviews;
            due[reviews..].iter().for_each(|at| kept[*at] = false);
        }
    }
    (kept, left_out, new_cards)
}
