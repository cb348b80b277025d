//! Plans which cards a session starts with.

use std::collections::HashSet;

use super::App;
use crate::app::study::{Scope, SessionKind};
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Due;
use crate::domain::goal::session_workload::plan_weakest_review;
use crate::domain::goal::today::{ActiveGoal, DayProgress, TimeBudget, plan_for_exams};
use crate::domain::ids::CardKey;
use crate::domain::question::Question;
use crate::domain::queue::{SessionPlan, StudyCandidate, StudyLimits};
use crate::domain::workload;

impl App {
    /// The cards of a session, in their order.
    pub(super) fn plan_session(&self, scope: &Scope, kind: SessionKind, now: &Moment) -> SessionPlan {
        let cards = self.cards_in(scope);
        // For some kinds of session the plan sees other states than the real ones.
        let states: Vec<CardState> = match kind {
            SessionKind::Ahead | SessionKind::AllInScope | SessionKind::Practice => {
                cards.iter().map(|(key, _)| self.planned_state(key, kind, now)).collect()
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
                let state = states.get(at).unwrap_or_else(|| self.progress.state(key));
                StudyCandidate { key: key.clone(), topic: question.topic.as_str(), state }
            })
            .collect();
        // Sessions with a fixed number of cards need no times.
        let seconds = || {
            let seconds_per_answer = self.figures.seconds_per_answer;
            let each = cards.iter().zip(&candidates).map(|((_, question), card)| {
                seconds_per_answer
                    * workload::expected_answers(
                        card.state,
                        &question.answer,
                        &self.scheduler.model,
                        now.day(),
                    )
            });
            each.collect::<Vec<f64>>()
        };
        if let SessionKind::Weakest(most) = kind {
            let mut plan = plan_weakest_review(&candidates, &[], &self.scheduler.model, now, f64::INFINITY);
            plan.queue.truncate(most.saturating_sub(plan.learning.len()));
            return plan;
        }
        let limits = self.limits(kind, now);
        let exams = self.goals.active();
        let budget = (kind == SessionKind::Today)
            .then(|| TimeBudget { card_seconds: seconds(), progress: self.day_progress(exams, now.day()) });
        plan_for_exams(&candidates, exams, limits, &self.scheduler, now, budget.as_ref())
    }

    /// What was studied on a day for each exam, including cards outside of the session's scope.
    fn day_progress(&self, exams: &[ActiveGoal], day: StudyDay) -> Vec<DayProgress> {
        let studied = self.progress.cards().filter(|(_, card)| card.state().last_day == Some(day));
        let cards = studied.filter_map(|(key, _)| {
            let (deck, question) = self.card_locations().get(key)?;
            Some((key, self.library.decks()[*deck].deck.questions[*question].topic.as_str()))
        });
        DayProgress::per_exam(day, exams, cards, &self.progress)
    }

    fn limits(&self, kind: SessionKind, now: &Moment) -> StudyLimits {
        match kind {
            SessionKind::Today => StudyLimits {
                new_cards: self.new_cards_left(now.day()),
                reviews: self.settings.minutes_a_day.map(|minutes| self.figures.cards_left_in(minutes)),
                allow_repeats: false,
            },
            SessionKind::MostValuable(cards) => {
                StudyLimits { new_cards: 0, reviews: Some(cards), allow_repeats: false }
            }
            SessionKind::AllInScope => {
                StudyLimits { new_cards: usize::MAX, reviews: None, allow_repeats: true }
            }
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
    fn cards_in(&self, scope: &Scope) -> Vec<(CardKey, &Question)> {
        let mut cards = Vec::new();
        let chosen: HashSet<&CardKey> = match scope {
            Scope::Cards(cards) => cards.iter().collect(),
            _ => HashSet::new(),
        };
        for loaded in self.library.decks() {
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
    fn planned_state(&self, key: &CardKey, kind: SessionKind, now: &Moment) -> CardState {
        let mut state = *self.progress.state(key);
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
}
