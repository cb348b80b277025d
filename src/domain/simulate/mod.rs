//! A learner who does not exist: a memory that follows the model, and answers drawn from it.
//! Chance is an argument, so the same generator gives the same answers.

pub mod exam;

use rand::{Rng, RngExt};

use super::expectation::SLIP_PROBABILITY;
use super::memory::{Memory, Model};
use super::rating::Rating;

/// A memory that truly follows the model.
#[derive(Clone, Debug)]
pub struct SimulatedLearner {
    /// How it learns and forgets.
    pub model: Model,
    /// How long it keeps things, as a factor on the model's stability: 0.8 keeps them for four fifths of the time.
    pub stability_factor: f32,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedAnswer {
    /// Whether it was known: what memory goes by.
    pub knew: bool,
    /// Whether the answer was right: what everybody else sees.
    pub right: bool,
}

impl SimulatedLearner {
    /// Recall `days` after the last answer; nothing is known of what was never seen.
    pub fn recall(&self, memory: Option<Memory>, days: u32) -> f64 {
        memory.map_or(0.0, |memory| {
            let kept = Memory { stability: memory.stability * self.stability_factor, ..memory };
            self.model.recall(kept, days)
        })
    }

    /// Answers a question with this chance of a blind hit: what is known is right but for a slip, what is not known
    /// is right by luck, as [`super::expectation::expected_score`] has it.
    pub fn answer(
        &self,
        memory: Option<Memory>,
        days: u32,
        blind_chance: f64,
        rng: &mut impl Rng,
    ) -> SimulatedAnswer {
        let knew = rng.random::<f64>() < self.recall(memory, days);
        let chance = if knew { 1.0 - SLIP_PROBABILITY } else { blind_chance };
        SimulatedAnswer { knew, right: rng.random::<f64>() < chance }
    }

    /// The memory after the right answer was shown: what was known is known better, what was not begins again,
    /// whatever luck or a slip made of the answer.
    pub fn memory_after(&self, memory: Option<Memory>, days: u32, knew: bool) -> Memory {
        self.model.after(memory, days, if knew { Rating::Good } else { Rating::Again })
    }
}
