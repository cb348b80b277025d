//! Memory after FSRS-6, the only place that names the `fsrs` crate: its next version has another interface.
//!
//! Formulas and default parameters: the Free Spaced Repetition Scheduler, version 6, 21 parameters,
//! <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>.

use fsrs::{FSRS, MemoryState};

use super::rating::Rating;

/// The longest interval that is ever given, in days (about a century).
pub const MAX_INTERVAL_DAYS: u32 = 36_500;

/// What the model knows of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until recall falls to 90 %.
    pub stability: f32,
    /// 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

/// The model with its parameters.
#[derive(Clone, Debug)]
pub struct Model {
    fsrs: FSRS,
    decay: f32,
}

/// Parameters that are not 21 finite numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("FSRS-6 takes 21 finite parameters")]
pub struct BadParameters;

impl Default for Model {
    fn default() -> Self {
        Self { fsrs: FSRS::default(), decay: fsrs::FSRS6_DEFAULT_DECAY }
    }
}

impl Model {
    /// A model with fitted parameters.
    ///
    /// # Errors
    /// When they are not 21 finite numbers.
    pub fn new(parameters: &[f32; 21]) -> Result<Self, BadParameters> {
        if parameters.iter().any(|w| !w.is_finite()) {
            return Err(BadParameters);
        }
        let fsrs = FSRS::new(parameters).map_err(|_| BadParameters)?;
        // The crate keeps the last parameter within 0.1 and 0.8; the curve must use the same.
        Ok(Self { fsrs, decay: parameters[20].clamp(0.1, 0.8) })
    }

    /// The memory after a review, for each rating from Again to Easy; `days` since the review before
    /// (0 takes the short-term formula), ignored for a card that was never reviewed.
    pub fn after_each(&self, before: Option<Memory>, days: u32) -> [Memory; 4] {
        let states = self.fsrs.next_states(before.map(MemoryState::from), 0.9, days);
        match states {
            Ok(states) => [states.again, states.hard, states.good, states.easy].map(|state| Memory {
                stability: state.memory.stability,
                difficulty: state.memory.difficulty,
            }),
            // The crate refuses states that are not finite; ours come from its own output, so what remains is
            // a log that was tampered with: take the card as new rather than lose the session.
            Err(_) if before.is_some() => self.after_each(None, 0),
            Err(_) => [Memory { stability: 1.0, difficulty: 5.0 }; 4],
        }
    }

    /// The memory after one rating.
    pub fn after(&self, before: Option<Memory>, days: u32, rating: Rating) -> Memory {
        self.after_each(before, days)[usize::from(rating.number()) - 1]
    }

    /// Recall: the predicted probability of knowing it `days` after the last review.
    pub fn recall(&self, memory: Memory, days: u32) -> f64 {
        f64::from(fsrs::current_retrievability(memory.into(), days as f32, self.decay))
    }

    /// Days until recall falls to `retention`, unrounded and uncapped.
    pub fn interval_days(&self, stability: f32, retention: f32) -> f32 {
        self.fsrs.next_interval(Some(stability), retention, Rating::Good.number().into())
    }
}

impl From<Memory> for MemoryState {
    fn from(memory: Memory) -> Self {
        MemoryState { stability: memory.stability, difficulty: memory.difficulty }
    }
}
