//! A simulated learner: a memory that follows the model, and answers drawn from it. The random generator is
//! an argument, so the same generator gives the same answers.

pub mod exam;

use rand::{Rng, RngExt};

use super::expectation::SLIP_PROBABILITY;
use super::memory::{Memory, MemoryModel};
use super::rating::Rating;

/// A learner whose memory follows the model exactly.
#[derive(Clone, Debug)]
pub struct SimulatedLearner {
    /// How the memory learns and forgets.
    pub model: MemoryModel,
    /// How well the learner remembers, as a factor on the model's stability. With 0.8 everything is forgotten
    /// in four fifths of the time.
    pub stability_factor: f32,
}

/// The result of asking a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedAnswer {
    /// Whether the learner recalled the answer. The true memory depends on this.
    pub knew: bool,
    /// Whether the answer was right. An observer sees only this.
    pub is_right: bool,
}

impl SimulatedLearner {
    /// The probability of recall `days` days after the last answer. 0 for a card that was never seen.
    pub fn recall(&self, memory: Option<Memory>, days: u32) -> f64 {
        memory.map_or(0.0, |memory| {
            let scaled = Memory { stability: memory.stability * self.stability_factor, ..memory };
            self.model.recall(scaled, days)
        })
    }

    /// Answers a question. A recalled answer is right unless the learner slips; otherwise it is right with
    /// `blind_chance`, the same as in [`super::expectation::expected_score`].
    pub fn answer(
        &self,
        memory: Option<Memory>,
        days: u32,
        blind_chance: f64,
        rng: &mut impl Rng,
    ) -> SimulatedAnswer {
        let knew = rng.random::<f64>() < self.recall(memory, days);
        let chance = if knew { 1.0 - SLIP_PROBABILITY } else { blind_chance };
        SimulatedAnswer { knew, is_right: rng.random::<f64>() < chance }
    }

    /// The true memory after the right answer was shown. It depends only on whether the answer was recalled,
    /// not on a lucky guess or a slip.
    pub fn memory_after(&self, memory: Option<Memory>, days: u32, knew: bool) -> Memory {
        self.model.after(memory, days, if knew { Rating::Good } else { Rating::Again })
    }
}
