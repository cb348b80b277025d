//! Which cards a session begins with.

use std::collections::HashSet;

use super::App;
use super::command::{Scope, Take};
use crate::domain::card::{Card, CardState, Phase};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::{Due, Source};
use crate::domain::goal::today::{Clocked, plan_towards};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::queue::{Candidate, Limits, Plan};

/// Answers that a card was given on a day, practice left out.
pub(super) fn answers_on(progress: &Progress, key: &CardKey, day: StudyDay) -> usize {
    let reviews = progress.card(key).into_iter().flat_map(Card::reviews);
    reviews.filter(|(stamp, review)| stamp.day == day && review.source != Source::Practice).count()
}

impl App {
    /// The cards in scope that are to be asked, in their order.
    pub(super) fn plan_of(&self, scope: &Scope, take: Take, now: &Moment) -> Plan {
        let cards = self.cards_in(scope);
        // As the plan is to see them, where that is otherwise than they stand.
        let states: Vec<CardState> = match take {
            Take::Ahead | Take::These | Take::Practice => {
                cards.iter().map(|(key, _)| self.state_for(key, take, now)).collect()
            }
            Take::Today | Take::MostValuable(_) | Take::MoreNew(_) => Vec::new(),
        };
        let candidates: Vec<Candidate<'_>> = cards
            .into_iter()
            .enumerate()
            .map(|(at, (key, topic))| {
                let state = states.get(at).unwrap_or_else(|| self.progress.state(&key));
                Candidate { key, topic, state }
            })
            .collect();
        let limits = self.limits(take, now);
        let clocked = Clocked {
            seconds: self.figures.seconds_a_card,
            answered_today: |key: &CardKey| answers_on(&self.progress, key, now.day()),
        };
        let clocked = (take == Take::Today).then_some(&clocked);
        plan_towards(&candidates, self.goals.followed(), limits, &self.scheduler, now, clocked)
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
            Take::Ahead => Limits { new_cards: 0, reviews: None, again_today: false },
            Take::MoreNew(cards) => Limits { new_cards: cards, reviews: Some(0), again_today: false },
            Take::Practice => Limits { new_cards: 0, reviews: Some(50), again_today: true },
        }
    }

    /// The cards in scope, each with its topic.
    fn cards_in(&self, scope: &Scope) -> Vec<(CardKey, &str)> {
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
                let topic = deck.questions[index].topic.as_str();
                match scope {
                    Scope::Topic { topic: name, .. } if name != topic => None,
                    Scope::Cards(_) if !named.contains(&key) => None,
                    _ => Some((key, topic)),
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
