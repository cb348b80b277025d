//! The memory model, FSRS-6. This is the only module that uses the `fsrs` crate, because the interface of
//! that crate changes between versions.
//!
//! Formulas and default parameters: the Free Spaced Repetition Scheduler, version 6, 21 parameters,
//! <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>.

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState};

use super::rating::Rating;

/// The longest interval in days (about a century).
pub const MAX_INTERVAL_DAYS: u32 = 36_500;

/// The memory state of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until recall falls to 90 %.
    pub stability: f32,
    /// 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

/// The FSRS-6 model with its parameters.
#[derive(Clone, Debug)]
pub struct MemoryModel {
    fsrs: FSRS,
    decay: f32,
    parameters: [f32; 21],
}

/// The error of parameters that are not 21 finite numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("FSRS-6 takes 21 finite parameters")]
pub struct InvalidParametersError;

impl Default for MemoryModel {
    fn default() -> Self {
        Self { fsrs: FSRS::default(), decay: fsrs::FSRS6_DEFAULT_DECAY, parameters: DEFAULT_PARAMETERS }
    }
}

impl MemoryModel {
    /// A model with fitted parameters.
    ///
    /// # Errors
    /// When a parameter is not finite, or the `fsrs` crate refuses them.
    pub fn new(parameters: &[f32; 21]) -> Result<Self, InvalidParametersError> {
        if parameters.iter().any(|w| !w.is_finite()) {
            return Err(InvalidParametersError);
        }
        let fsrs = FSRS::new(parameters).map_err(|_| InvalidParametersError)?;
        // The crate clamps the last parameter to 0.1..=0.8; the forgetting curve must use the same value.
        Ok(Self { fsrs, decay: parameters[20].clamp(0.1, 0.8), parameters: *parameters })
    }

    /// The memory after a review, for each rating from Again to Easy. `days` is the time since the previous
    /// review: 0 selects the short-term formula, and for a new card (`before` is `None`) it is ignored.
    pub fn after_each(&self, before: Option<Memory>, days: u32) -> [Memory; 4] {
        let states = self.fsrs.next_states(before.map(MemoryState::from), 0.9, days);
        match states {
            Ok(states) => [states.again, states.hard, states.good, states.easy].map(|state| Memory {
                stability: state.memory.stability,
                difficulty: state.memory.difficulty,
            }),
            // The crate refuses states that are not finite. Ours come from its own output, so this can only
            // be a log that was tampered with: treat the card as new instead of losing the session.
            Err(_) if before.is_some() => self.after_each(None, 0),
            Err(_) => [Memory { stability: 1.0, difficulty: 5.0 }; 4],
        }
    }

    /// The memory after one rating; see [`MemoryModel::after_each`], which takes four times as long.
    pub fn after(&self, before: Option<Memory>, days: u32, rating: Rating) -> Memory {
        let review = FSRSReview { rating: rating.number().into(), delta_t: days };
        let after = self.fsrs.memory_state(FSRSItem { reviews: vec![review] }, before.map(MemoryState::from));
        match after {
            Ok(MemoryState { stability, difficulty }) => Memory { stability, difficulty },
            // What is not finite is dealt with there.
            Err(_) => self.after_each(before, days)[usize::from(rating.number()) - 1],
        }
    }

    /// The parameters.
    pub fn parameters(&self) -> &[f32; 21] {
        &self.parameters
    }

    /// Recall (retrievability): the predicted probability (0 to 1) of remembering, `days` after the last
    /// review.
    pub fn recall(&self, memory: Memory, days: u32) -> f64 {
        f64::from(fsrs::current_retrievability(memory.into(), days as f32, self.decay))
    }

    /// Days until recall falls to `retention`, not rounded and not capped.
    pub fn interval_days(&self, stability: f32, retention: f32) -> f32 {
        self.fsrs.next_interval(Some(stability), retention, Rating::Good.number().into())
    }
}

impl From<Memory> for MemoryState {
    fn from(memory: Memory) -> Self {
        MemoryState { stability: memory.stability, difficulty: memory.difficulty }
    }
}
