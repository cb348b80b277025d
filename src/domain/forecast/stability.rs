//! How long this learner remembers, estimated from the answers: one factor on the model's stability.
//!
//! The estimate is a Bayesian posterior on a grid over the logarithm of the factor. The prior is normal
//! around factor 1, which is "as the model says". Many answers move the estimate far, few answers only a
//! little, and what remains uncertain widens every forecast.

use crate::domain::expectation::expected_score;
use crate::domain::memory::{Memory, MemoryModel};
use crate::domain::parallel;

/// Standard deviation of the prior, on the natural logarithm of the factor. At 0.4 a typical learner's factor
/// lies between two thirds and one and a half.
const PRIOR_LOG_DEVIATION: f64 = 0.4;
/// Weight of one answer in the likelihood. Answers to the same card resemble each other, so each says less
/// than an independent observation would.
const ANSWER_WEIGHT: f64 = 0.5;
/// The grid reaches this far to each side of 0, on the natural logarithm of the factor.
const GRID_LOG_HALF_WIDTH: f64 = 1.6;
/// Number of grid steps to each side.
const GRID_STEPS: i32 = 16;

/// An answer at least one day after the previous one, with the memory state before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecallSample {
    /// The memory state before the answer.
    pub memory: Memory,
    /// Days since the previous answer.
    pub elapsed_days: u32,
    /// The probability that a blind guess is right, 0 to 1.
    pub blind_chance: f64,
    /// Whether the answer was fully right.
    pub is_right: bool,
}

/// The posterior distribution of the factor.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityPosterior {
    /// Factors in ascending order, each with its probability. The probabilities sum to 1.
    grid: Vec<(f64, f64)>,
}

impl StabilityPosterior {
    /// Computes the posterior from answers. Without answers it is the prior.
    pub fn from_answers(answers: &[RecallSample], model: &MemoryModel) -> Self {
        let step = GRID_LOG_HALF_WIDTH / f64::from(GRID_STEPS);
        let steps: Vec<i32> = (-GRID_STEPS..=GRID_STEPS).collect();
        let mut grid: Vec<(f64, f64)> = parallel::map(&steps, |nth| {
            let log = f64::from(*nth) * step;
            let factor = log.exp();
            let likelihood: f64 = answers.iter().map(|answer| log_likelihood(answer, factor, model)).sum();
            (factor, ANSWER_WEIGHT * likelihood - (log / PRIOR_LOG_DEVIATION).powi(2) / 2.0)
        });
        let max_log = grid.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
        for (_, log) in &mut grid {
            *log = (*log - max_log).exp();
        }
        let sum: f64 = grid.iter().map(|(_, weight)| *weight).sum();
        for (_, weight) in &mut grid {
            *weight /= sum;
        }
        Self { grid }
    }

    /// The quantile of the factor: the factor is below the returned value with this `probability` (0 to 1).
    /// Interpolates on the logarithm.
    pub fn quantile(&self, probability: f64) -> f32 {
        // Half of a grid point's probability lies on either side of it.
        let mut cumulative = self.grid[0].1 / 2.0;
        for pair in self.grid.windows(2) {
            let width = (pair[0].1 + pair[1].1) / 2.0;
            if cumulative + width >= probability && width > 0.0 {
                let fraction = ((probability - cumulative) / width).clamp(0.0, 1.0);
                let (low, high) = (pair[0].0.ln(), pair[1].0.ln());
                return (low + fraction * (high - low)).exp() as f32;
            }
            cumulative += width;
        }
        self.grid.last().map_or(1.0, |(factor, _)| *factor as f32)
    }
}

fn log_likelihood(answer: &RecallSample, factor: f64, model: &MemoryModel) -> f64 {
    let stability = answer.memory.stability * factor as f32;
    let recall = model.recall(Memory { stability, ..answer.memory }, answer.elapsed_days);
    let right = expected_score(recall, answer.blind_chance).clamp(1e-6, 1.0 - 1e-6);
    if answer.is_right { right.ln() } else { (1.0 - right).ln() }
}
