//! Which cards of a question have progress.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::domain::identity::{ProgressMove, QuestionKey, has_progress};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::progress::Progress;

/// The cards of some questions that have progress, or will have.
pub(super) type CardsByQuestion = HashMap<QuestionKey, Vec<CardKey>>;

/// Finds the cards of questions: most have the two sides whose names are known, so only gaps need a search.
pub(super) struct ProgressIndex<'a> {
    progress: &'a Progress,
    pending: CardsByQuestion,
    gaps: OnceCell<CardsByQuestion>,
}

impl<'a> ProgressIndex<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        Self { progress, pending: CardsByQuestion::new(), gaps: OnceCell::new() }
    }

    /// With cards that will have progress: they are asked in a test that is not handed in, and go along as if they had.
    pub(super) fn with_pending(mut self, waiting: impl IntoIterator<Item = CardKey>) -> Self {
        for card in waiting {
            let cards = self.pending.entry(QuestionKey::of(&card)).or_default();
            if !self.progress.card(&card).is_some_and(has_progress) && !cards.contains(&card) {
                cards.push(card);
            }
        }
        self.pending.retain(|_, cards| !cards.is_empty());
        self
    }

    /// Whether a question has progress.
    pub(super) fn has_progress(&self, question: &QuestionKey) -> bool {
        self.sides(question).next().is_some()
            || self.pending.contains_key(question)
            || self.gaps().contains_key(question)
    }

    /// Its cards with progress.
    pub(super) fn cards(&self, question: &QuestionKey) -> Vec<CardKey> {
        let others = [self.gaps().get(question), self.pending.get(question)];
        self.sides(question).chain(others.into_iter().flatten().flatten().cloned()).collect()
    }

    /// Those of several questions; a question without progress is not in it.
    pub(super) fn by_question<'k>(
        &self,
        questions: impl IntoIterator<Item = &'k QuestionKey>,
    ) -> CardsByQuestion {
        let with_progress = questions.into_iter().filter(|question| self.has_progress(question));
        with_progress.map(|question| (question.clone(), self.cards(question))).collect()
    }

    /// Whether the learner refused that progress moves from one question to the other, or took it back.
    pub(super) fn was_rejected(&self, from: &QuestionKey, to: &QuestionKey) -> bool {
        self.cards(from).iter().any(|card| {
            let other = to.card(card.facet.clone());
            self.progress.is_match_rejected(card, &other) || self.progress.was_rekey_retracted(card, &other)
        })
    }

    fn sides(&self, question: &QuestionKey) -> impl Iterator<Item = CardKey> {
        let cards = [Facet::Front, Facet::Reverse].map(|facet| question.card(facet));
        cards.into_iter().filter(|card| self.progress.card(card).is_some_and(has_progress))
    }

    fn gaps(&self) -> &CardsByQuestion {
        self.gaps.get_or_init(|| {
            let mut gaps = CardsByQuestion::new();
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
pub(super) fn card_moves(moves: &[ProgressMove], cards: &CardsByQuestion) -> Vec<(CardKey, CardKey)> {
    let with = |pair: &ProgressMove| {
        let to = pair.to.clone();
        let cards = cards.get(&pair.from).into_iter().flatten().cloned();
        cards.map(move |card| (card.clone(), to.card(card.facet))).collect::<Vec<_>>()
    };
    moves.iter().flat_map(with).collect()
}

/// The new key of a card whose question moved.
pub(super) fn moved_keys(moves: &[ProgressMove]) -> impl Fn(&CardKey) -> Option<CardKey> {
    let to: HashMap<QuestionKey, QuestionKey> =
        moves.iter().map(|pair| (pair.from.clone(), pair.to.clone())).collect();
    move |card| to.get(&QuestionKey::of(card)).map(|to| to.card(card.facet.clone()))
}
