//! Which cards of a question have progress.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::domain::identity::{Move, QuestionKey, has_progress};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::progress::Progress;

/// The cards of some questions that have progress, or will have.
pub(super) type Cards = HashMap<QuestionKey, Vec<CardKey>>;

/// Finds the cards of questions: most have the two sides whose names are known, so only gaps need a search.
pub(super) struct Holdings<'a> {
    progress: &'a Progress,
    waiting: Cards,
    gaps: OnceCell<Cards>,
}

impl<'a> Holdings<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        Self { progress, waiting: Cards::new(), gaps: OnceCell::new() }
    }

    /// With cards that will have progress: they are asked in a test that is not handed in, and go along as if they had.
    pub(super) fn and(mut self, waiting: impl IntoIterator<Item = CardKey>) -> Self {
        for card in waiting {
            let cards = self.waiting.entry(QuestionKey::of(&card)).or_default();
            if !self.progress.card(&card).is_some_and(has_progress) && !cards.contains(&card) {
                cards.push(card);
            }
        }
        self.waiting.retain(|_, cards| !cards.is_empty());
        self
    }

    /// Whether a question has progress.
    pub(super) fn has(&self, question: &QuestionKey) -> bool {
        self.sides(question).next().is_some()
            || self.waiting.contains_key(question)
            || self.gaps().contains_key(question)
    }

    /// Its cards with progress.
    pub(super) fn cards(&self, question: &QuestionKey) -> Vec<CardKey> {
        let others = [self.gaps().get(question), self.waiting.get(question)];
        self.sides(question).chain(others.into_iter().flatten().flatten().cloned()).collect()
    }

    /// Those of several questions; a question without progress is not in it.
    pub(super) fn of<'k>(&self, questions: impl IntoIterator<Item = &'k QuestionKey>) -> Cards {
        let with_progress = questions.into_iter().filter(|question| self.has(question));
        with_progress.map(|question| (question.clone(), self.cards(question))).collect()
    }

    /// Whether the learner refused that progress moves from one question to the other, or took it back.
    pub(super) fn was_refused(&self, from: &QuestionKey, to: &QuestionKey) -> bool {
        self.cards(from).iter().any(|card| {
            let other = to.card(card.facet.clone());
            self.progress.are_kept_apart(card, &other) || self.progress.was_move_taken_back(card, &other)
        })
    }

    fn sides(&self, question: &QuestionKey) -> impl Iterator<Item = CardKey> {
        let cards = [Facet::Front, Facet::Reverse].map(|facet| question.card(facet));
        cards.into_iter().filter(|card| self.progress.card(card).is_some_and(has_progress))
    }

    fn gaps(&self) -> &Cards {
        self.gaps.get_or_init(|| {
            let mut gaps = Cards::new();
            for (key, card) in self.progress.cards() {
                if matches!(key.facet, Facet::Gap(_)) && has_progress(card) {
                    gaps.entry(QuestionKey::of(key)).or_default().push(key.clone());
                }
            }
            for cards in gaps.values_mut() {
                cards.sort_unstable();
            }
            gaps
        })
    }
}

/// Every card with progress of the questions that move, with its new key. Sides that the new question does not ask
/// go along: the kind may be changed back.
pub(super) fn pairs(moves: &[Move], cards: &Cards) -> Vec<(CardKey, CardKey)> {
    let with = |pair: &Move| {
        let to = pair.to.clone();
        let cards = cards.get(&pair.from).into_iter().flatten().cloned();
        cards.map(move |card| (card.clone(), to.card(card.facet))).collect::<Vec<_>>()
    };
    moves.iter().flat_map(with).collect()
}

/// The new key of a card whose question moved.
pub(super) fn moved_keys(moves: &[Move]) -> impl Fn(&CardKey) -> Option<CardKey> {
    let to: HashMap<QuestionKey, QuestionKey> =
        moves.iter().map(|pair| (pair.from.clone(), pair.to.clone())).collect();
    move |card| to.get(&QuestionKey::of(card)).map(|to| to.card(card.facet.clone()))
}
