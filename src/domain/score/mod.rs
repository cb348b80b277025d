//! Scores of topics: pure folds over cards.

mod accuracy;
pub mod charts;
pub mod confusion;
mod knowledge_level;
pub mod passages;
mod period;
pub mod scored_cards;
pub mod study_set;
pub mod table;
pub mod trend;
pub mod weakness;

pub use accuracy::{Accuracy, wilson_95};
pub use knowledge_level::{DECLINING_BELOW, KNOWN_FROM, KnowledgeLevel};
pub use period::Period;

use super::card::{CardPhase, CardState};
use super::day::StudyDay;
use super::event::Due;
use super::expectation::{Expectation, expected_score};
use super::memory::MemoryModel;
use super::queue::is_due;
use super::summary::CardSummary;

/// A card is mastered if its recall is at least this after [`MASTERY_DAYS`] without study.
pub const MASTERY_RECALL: f64 = 0.8;
/// How many days without study mastery looks ahead.
pub const MASTERY_DAYS: u32 = 30;

/// Default time for an answer in seconds, used until there are enough answers to measure it.
pub const ANSWER_SECONDS: f64 = 12.0;
/// Time for reading the verdict on an answer, in seconds.
pub const VERDICT_SECONDS: f64 = 4.0;

/// How well the cards of a topic, or of a whole deck, are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Number of cards, without suspended ones.
    pub cards: usize,
    /// Number of cards that were answered at least once, even if only in a test that did not change the
    /// schedule.
    pub seen: usize,
    /// Number of seen cards that have a memory state, because an answer counted for the schedule.
    pub cards_with_memory: usize,
    /// Number of cards that would still be recalled with a probability of [`MASTERY_RECALL`] after
    /// [`MASTERY_DAYS`] without study.
    pub mastered: usize,
    /// Number of cards with a memory state that are still being learned and so count as not known yet. See
    /// [`super::known`].
    pub learning: usize,
    /// Number of cards with a memory state that have survived a night.
    pub survived_a_night: usize,
    /// Sum of today's recall over the cards with a memory state.
    recall_sum: f64,
    /// The expected score of a test today.
    pub expected: Expectation,
    /// Accuracy in study and tests.
    pub accuracy: Accuracy,
    /// Number of cards due today or earlier, including cards in learning steps.
    pub due: usize,
    /// Number of new cards.
    pub new_cards: usize,
    /// Number of suspended cards.
    pub suspended: usize,
    /// The last study day with an answer. `None` without answers.
    pub last_studied: Option<StudyDay>,
}

impl Score {
    /// Share of mastered cards, 0 to 1. Unseen cards count as not mastered. `None` without cards.
    pub fn mastery(&self) -> Option<f64> {
        ratio(self.mastered, self.cards)
    }

    /// Share of cards that were ever seen, 0 to 1. `None` without cards.
    pub fn coverage(&self) -> Option<f64> {
        ratio(self.seen, self.cards)
    }

    /// The expected number of cards known today: the sum of their recall, rounded. Cards that are being
    /// learned add nothing.
    pub fn known(&self) -> usize {
        self.recall_sum.round() as usize
    }

    /// The expected number of cards that were learned and would not be recalled today.
    pub fn forgotten(&self) -> usize {
        self.cards_with_memory.saturating_sub(self.learning + self.known())
    }

    /// Mean recall today over the cards with a memory state. Cards that are being learned count as 0. `None`
    /// without such cards.
    pub fn recall_now(&self) -> Option<f64> {
        (self.cards_with_memory > 0).then(|| self.recall_sum / self.cards_with_memory as f64)
    }

    /// Adds the score of other cards.
    pub fn absorb(&mut self, other: &Score) {
        // All are named, so that the compiler asks for a new one: without it totals would leave it out.
        let Score {
            cards,
            seen,
            cards_with_memory,
            mastered,
            learning,
            survived_a_night,
            recall_sum,
            expected,
            accuracy,
            due,
            new_cards,
            suspended,
            last_studied,
        } = other;
        self.cards += cards;
        self.seen += seen;
        self.cards_with_memory += cards_with_memory;
        self.mastered += mastered;
        self.learning += learning;
        self.survived_a_night += survived_a_night;
        self.recall_sum += recall_sum;
        self.expected.absorb(expected);
        self.accuracy.absorb(accuracy);
        self.due += due;
        self.new_cards += new_cards;
        self.suspended += suspended;
        self.last_studied = self.last_studied.max(*last_studied);
    }
}

impl Score {
    /// Adds the current state of a card.
    fn add_state(
        &mut self,
        (state, summary): (&CardState, Option<&CardSummary>),
        blind_chance: f64,
        model: &MemoryModel,
        today: StudyDay,
    ) {
        if state.suspended {
            self.suspended += 1;
            return;
        }
        self.cards += 1;
        let mut recall = 0.0;
        if let Some(memory) = state.memory {
            recall = state.recall_now(model, today).unwrap_or(0.0);
            self.cards_with_memory += 1;
            self.learning += usize::from(state.is_being_learned());
            self.survived_a_night += usize::from(state.has_survived_a_night());
            self.recall_sum += recall;
            if model.recall(memory, state.days_since_review(today) + MASTERY_DAYS) >= MASTERY_RECALL {
                self.mastered += 1;
            }
        }
        self.seen +=
            usize::from(state.memory.is_some() || summary.is_some_and(|summary| summary.has_scored_answer));
        self.expected.add(expected_score(recall, blind_chance));
        self.new_cards += usize::from(state.phase == CardPhase::New);
        if state.is_available(today) {
            self.due += usize::from(is_due(state, today) || matches!(state.due, Some(Due::At(_))));
        }
    }

    /// Adds all answers to a card.
    fn add_answers(&mut self, summary: &CardSummary) {
        self.last_studied = self.last_studied.max(summary.last_studied);
        self.accuracy.absorb(&summary.accuracy);
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
