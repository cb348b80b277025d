//! Plans which cards a session starts with.

use std::collections::HashSet;

use super::{Scope, SessionKind};
use crate::app::core::Core;
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Due;
use crate::domain::goal::session_workload::plan_weakest_review;
use crate::domain::goal::today::{ActiveGoal, DayProgress, TimeBudget, plan_for_exams};
use crate::domain::ids::CardKey;
use crate::domain::question::Question;
use crate::domain::queue::{SessionPlan, StudyCandidate, StudyLimits};
use crate::domain::workload;

/// The cards of a session, in their order.
pub(super) fn plan_session(core: &Core, scope: &Scope, kind: SessionKind, now: &Moment) -> SessionPlan {
    let cards = cards_in(core, scope);
    // For some kinds of session the plan sees other states than the real ones.
    let states: Vec<CardState> = match kind {
        SessionKind::Ahead | SessionKind::AllInScope | SessionKind::Practice => {
            cards.iter().map(|(key, _)| planned_state(core, key, kind, now)).collect()
        }
        SessionKind::Today
        | SessionKind::Weakest(_)
        | SessionKind::MostValuable(_)
        | SessionKind::ExtraNew(_) => Vec::new(),
    };
    let candidates: Vec<StudyCandidate<'_>> = cards
        .iter()
        .enumerate()
        .map(|(at, (key, question))| {
            let state = states.get(at).unwrap_or_else(|| core.progress.state(key));
            StudyCandidate { key: key.clone(), topic: question.topic.as_str(), state }
        })
        .collect();
    // Sessions with a fixed number of cards need no times.
    let seconds = || {
        let seconds_per_answer = core.figures.seconds_per_answer;
        let each = cards.iter().zip(&candidates).map(|((_, question), card)| {
            seconds_per_answer
                * workload::expected_answers(card.state, &question.answer, &core.scheduler.model, now.day())
        });
        each.collect::<Vec<f64>>()
    };
    if let SessionKind::Weakest(most) = kind {
        let mut plan = plan_weakest_review(&candidates, &[], &core.scheduler.model, now, f64::INFINITY);
        plan.queue.truncate(most.saturating_sub(plan.learning.len()));
        return plan;
    }
    let limits = limits(core, kind, now);
    let exams = &core.active_goals;
    let budget = (kind == SessionKind::Today)
        .then(|| TimeBudget { card_seconds: seconds(), progress: day_progress(core, exams, now.day()) });
    plan_for_exams(&candidates, exams, limits, &core.scheduler, now, budget.as_ref())
}

/// What was studied on a day for each exam, including cards outside of the session's scope.
fn day_progress(core: &Core, exams: &[ActiveGoal], day: StudyDay) -> Vec<DayProgress> {
    let studied = core.progress.cards().filter(|(_, card)| card.state.last_day == Some(day));
    let cards = studied.filter_map(|(key, _)| {
        let (deck, question) = core.card_locations().get(key)?;
        Some((key, core.library.decks()[*deck].deck.questions[*question].topic.as_str()))
    });
    DayProgress::per_exam(day, exams, cards, &core.progress)
}

fn limits(core: &Core, kind: SessionKind, now: &Moment) -> StudyLimits {
    match kind {
        SessionKind::Today => StudyLimits {
            new_cards: core.new_cards_left(now.day()),
            reviews: core.settings.minutes_a_day.map(|minutes| core.figures.cards_left_in(minutes)),
            allow_repeats: false,
        },
        SessionKind::MostValuable(cards) => {
            StudyLimits { new_cards: 0, reviews: Some(cards), allow_repeats: false }
        }
        SessionKind::AllInScope => StudyLimits { new_cards: usize::MAX, reviews: None, allow_repeats: true },
        SessionKind::Weakest(cards) => {
            StudyLimits { new_cards: cards, reviews: Some(cards), allow_repeats: false }
        }
        SessionKind::Ahead => StudyLimits { new_cards: 0, reviews: None, allow_repeats: false },
        SessionKind::ExtraNew(cards) => {
            StudyLimits { new_cards: cards, reviews: Some(0), allow_repeats: false }
        }
        SessionKind::Practice => StudyLimits { new_cards: 0, reviews: Some(50), allow_repeats: true },
    }
}

/// The cards in scope, each with its question.
fn cards_in<'a>(core: &'a Core, scope: &Scope) -> Vec<(CardKey, &'a Question)> {
    let mut cards = Vec::new();
    let chosen: HashSet<&CardKey> = match scope {
        Scope::Cards(cards) => cards.iter().collect(),
        _ => HashSet::new(),
    };
    for loaded in core.library.decks() {
        let deck = &loaded.deck;
        let is_in_scope = match scope {
            Scope::All | Scope::Cards(_) => true,
            Scope::Deck(id) | Scope::Topic { deck: id, .. } => *id == deck.id,
        };
        if !is_in_scope {
            continue;
        }
        cards.reserve(if chosen.is_empty() { deck.questions.len() } else { 0 });
        cards.extend(deck.cards().filter_map(|(key, index)| {
            let question: &Question = &deck.questions[index];
            match scope {
                Scope::Topic { topic, .. } if *topic != question.topic => None,
                Scope::Cards(_) if !chosen.contains(&key) => None,
                _ => Some((key, question)),
            }
        }));
    }
    cards
}

/// The state that the plan sees. Some kinds of session treat cards as due today: `Ahead` the cards in review
/// that were not answered today, `AllInScope` every card that is due on a day, `Practice` every card with a
/// memory.
fn planned_state(core: &Core, key: &CardKey, kind: SessionKind, now: &Moment) -> CardState {
    let mut state = *core.progress.state(key);
    match kind {
        SessionKind::Ahead if state.phase == CardPhase::Review && state.last_day != Some(now.day()) => {
            state.due = Some(Due::Day(now.day()));
        }
        // Cards in learning steps keep their due time.
        SessionKind::AllInScope if matches!(state.due, Some(Due::Day(_))) => {
            state.due = Some(Due::Day(now.day()));
        }
        SessionKind::Practice if state.memory.is_some() => {
            state.phase = CardPhase::Review;
            state.due = Some(Due::Day(now.day()));
        }
        _ => {}
    }
    state
}
