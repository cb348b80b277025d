//! Finds the cards of a question that have progress.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::domain::identity::{ProgressMove, QuestionKey};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::progress::Progress;

/// The cards of questions that have progress, or will have.
pub(super) type CardsByQuestion = HashMap<QuestionKey, Vec<CardKey>>;

/// Finds cards with progress by question. Front and reverse have known keys; only the gaps of a Cloze need a
/// search.
pub(super) struct ProgressIndex<'a> {
    progress: &'a Progress,
    pending: CardsByQuestion,
    gaps: OnceCell<CardsByQuestion>,
}

impl<'a> ProgressIndex<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        Self { progress, pending: CardsByQuestion::new(), gaps: OnceCell::new() }
    }

    /// Adds cards that will have progress: they are in a test that is not handed in, and move like cards with
    /// progress.
    pub(super) fn with_pending(mut self, pending: &[CardKey]) -> Self {
        for card in pending {
            let cards = self.pending.entry(QuestionKey::of(card)).or_default();
            if !self.progress.has_progress(card) && !cards.contains(card) {
                cards.push(card.clone());
            }
        }
        self.pending.retain(|_, cards| !cards.is_empty());
        self
    }

    /// Whether a question has progress.
    pub(super) fn has_progress(&self, question: &QuestionKey) -> bool {
        self.front_and_reverse(question).next().is_some()
            || self.pending.contains_key(question)
            || self.gaps().contains_key(question)
    }

    /// The cards of a question that have progress.
    pub(super) fn cards(&self, question: &QuestionKey) -> Vec<CardKey> {
        let others = [self.gaps().get(question), self.pending.get(question)];
        self.front_and_reverse(question).chain(others.into_iter().flatten().flatten().cloned()).collect()
    }

    /// The cards of several questions. Questions without progress are left out.
    pub(super) fn by_question<'k>(
        &self,
        questions: impl IntoIterator<Item = &'k QuestionKey>,
    ) -> CardsByQuestion {
        let with_progress = questions.into_iter().filter(|question| self.has_progress(question));
        with_progress.map(|question| (question.clone(), self.cards(question))).collect()
    }

    /// Whether the learner rejected this move of progress, or undid it.
    pub(super) fn was_rejected(&self, from: &QuestionKey, to: &QuestionKey) -> bool {
        self.cards(from).iter().any(|card| {
            let other = to.card(card.facet.clone());
            self.progress.is_match_rejected(card, &other) || self.progress.was_rekey_retracted(card, &other)
        })
    }

    fn front_and_reverse(&self, question: &QuestionKey) -> impl Iterator<Item = CardKey> {
        let cards = [Facet::Front, Facet::Reverse].map(|facet| question.card(facet));
        cards.into_iter().filter(|card| self.progress.has_progress(card))
    }

    fn gaps(&self) -> &CardsByQuestion {
        self.gaps.get_or_init(|| {
            let mut gaps = CardsByQuestion::new();
            for (key, summary) in self.progress.cards() {
                if matches!(key.facet, Facet::Gap(_)) && summary.has_progress() {
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

/// Every card with progress of the moved questions, with its new key. Cards that the new question does not
/// have move too, because its kind may be changed back.
pub(super) fn card_moves(moves: &[ProgressMove], cards: &CardsByQuestion) -> Vec<(CardKey, CardKey)> {
    let with = |pair: &ProgressMove| {
        let to = pair.to.clone();
        let cards = cards.get(&pair.from).into_iter().flatten().cloned();
        cards.map(move |card| (card.clone(), to.card(card.facet))).collect::<Vec<_>>()
    };
    moves.iter().flat_map(with).collect()
}
