//! Which cards a session begins with.

use std::collections::HashSet;

use super::App;
use super::command::{Scope, Take};
use crate::domain::card::{CardState, Phase};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::effort;
use crate::domain::event::Due;
use crate::domain::goal::sitting::weakest;
use crate::domain::goal::today::{Clocked, Done, Followed, plan_towards};
use crate::domain::ids::CardKey;
use crate::domain::question::Question;
use crate::domain::queue::{Candidate, Limits, Plan};

impl App {
    /// The cards in scope that are to be asked, in their order.
    pub(super) fn plan_of(&self, scope: &Scope, take: Take, now: &Moment) -> Plan {
        let cards = self.cards_in(scope);
        // As the plan is to see them, where that is otherwise than they stand.
        let states: Vec<CardState> = match take {
            Take::Ahead | Take::These | Take::Practice => {
                cards.iter().map(|(key, _)| self.state_for(key, take, now)).collect()
            }
            Take::Today | Take::Weakest(_) | Take::MostValuable(_) | Take::MoreNew(_) => Vec::new(),
        };
        let candidates: Vec<Candidate<'_>> = cards
            .iter()
            .enumerate()
            .map(|(at, (key, question))| {
                let state = states.get(at).unwrap_or_else(|| self.progress.state(key));
                Candidate { key: key.clone(), topic: question.topic.as_str(), state }
            })
            .collect();
        // Seconds are of no interest to those that go by number.
        let seconds = || {
            let pace = self.figures.seconds_an_answer;
            let each = cards.iter().zip(&candidates).map(|((_, question), card)| {
                pace * effort::answers(card.state, &question.answer, &self.scheduler.model, now.day())
            });
            each.collect::<Vec<f64>>()
        };
        if let Take::Weakest(most) = take {
            let mut plan = weakest(&candidates, &[], &self.scheduler.model, now, f64::INFINITY);
            plan.queue.truncate(most.saturating_sub(plan.learning.len()));
            return plan;
        }
        let limits = self.limits(take, now);
        let exams = self.goals.followed();
        let clocked = (take == Take::Today)
            .then(|| Clocked { seconds: seconds(), done: self.done_for(exams, now.day()) });
        plan_towards(&candidates, exams, limits, &self.scheduler, now, clocked.as_ref())
    }

    /// What was done on a day for each of the exams, also outside of the session's scope.
    fn done_for(&self, exams: &[Followed], day: StudyDay) -> Vec<Done> {
        let studied = self.progress.cards().filter(|(_, card)| card.state().last_day == Some(day));
        let cards = studied.filter_map(|(key, _)| {
            let (deck, question) = self.questions().get(key)?;
            Some((key, self.library.decks()[*deck].deck.questions[*question].topic.as_str()))
        });
        Done::on(day, exams, cards, &self.progress)
    }

    fn limits(&self, take: Take, now: &Moment) -> Limits {
        match take {
            Take::Today => Limits {
                new_cards: self.new_cards_left(now.day()),
                reviews: self.settings.minutes_a_day.map(|minutes| self.figures.cards_left_in(minutes)),
                again_today: false,
            },
            Take::MostValuable(cards) => Limits { new_cards: 0, reviews: Some(cards), again_today: false },
            Take::These => Limits { new_cards: usize::MAX, reviews: None, again_today: true },
            Take::Weakest(cards) => Limits { new_cards: cards, reviews: Some(cards), again_today: false },
            Take::Ahead => Limits { new_cards: 0, reviews: None, again_today: false },
            Take::MoreNew(cards) => Limits { new_cards: cards, reviews: Some(0), again_today: false },
            Take::Practice => Limits { new_cards: 0, reviews: Some(50), again_today: true },
        }
    }

    /// The cards in scope, each with its question.
    fn cards_in(&self, scope: &Scope) -> Vec<(CardKey, &Question)> {
        let mut cards = Vec::new();
        let named: HashSet<&CardKey> = match scope {
            Scope::Cards(cards) => cards.iter().collect(),
            _ => HashSet::new(),
        };
        for loaded in self.library.decks() {
            let deck = &loaded.deck;
            let wanted = match scope {
                Scope::All | Scope::Cards(_) => true,
                Scope::Deck(id) | Scope::Topic { deck: id, .. } => *id == deck.id,
            };
            if !wanted {
                continue;
            }
            cards.reserve(if named.is_empty() { deck.questions.len() } else { 0 });
            cards.extend(deck.cards().filter_map(|(key, index)| {
                let question: &Question = &deck.questions[index];
                match scope {
                    Scope::Topic { topic, .. } if *topic != question.topic => None,
                    Scope::Cards(_) if !named.contains(&key) => None,
                    _ => Some((key, question)),
                }
            }));
        }
        cards
    }

    /// For studying ahead and for practice whatever was seen before today counts as due.
    fn state_for(&self, key: &CardKey, take: Take, now: &Moment) -> CardState {
        let mut state = *self.progress.state(key);
        match take {
            Take::Ahead if state.phase == Phase::Review && state.last_day != Some(now.day()) => {
                state.due = Some(Due::Day(now.day()));
            }
            // Cards on their minutes stay there.
            Take::These if matches!(state.due, Some(Due::Day(_))) => {
                state.due = Some(Due::Day(now.day()));
            }
            Take::Practice if state.memory.is_some() => {
                state.phase = Phase::Review;
                state.due = Some(Due::Day(now.day()));
            }
            _ => {}
        }
        state
    }
}
