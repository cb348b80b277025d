//! How long this learner keeps things, told by the answers: one factor on the model's stability.
//!
//! A grid over the logarithm of the factor, with a normal prior around "as the model says": answers move it, few
//! answers move it little, and what remains uncertain widens every forecast.

use crate::domain::expectation::expected_score;
use crate::domain::memory::{Memory, Model};

/// Standard deviation of the logarithm before there are answers: learners differ by half as much again, or two
/// thirds.
const PRIOR_LOG_DEVIATION: f64 = 0.4;
/// What an answer counts for: those of one card resemble each other, so they tell less than as many cards would.
const ANSWER_WEIGHT: f64 = 0.5;
/// Half the width of the grid, and its steps to each side.
const GRID_LOG_HALF_WIDTH: f64 = 1.6;
const GRID_STEPS: i32 = 16;

/// An answer after at least a day, and what the model knew before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecallSample {
    /// Before the answer.
    pub memory: Memory,
    /// Since the answer before.
    pub elapsed_days: u32,
    /// Chance of a blind hit.
    pub blind_chance: f64,
    /// Whether it was wholly right.
    pub right: bool,
}

/// What is known of the factor.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityPosterior {
    /// Factor and probability, by factor; the probabilities sum to 1.
    grid: Vec<(f64, f64)>,
}

impl StabilityPosterior {
    /// From answers.
    pub fn from_answers(answers: &[RecallSample], model: &Model) -> Self {
        let step = GRID_LOG_HALF_WIDTH / f64::from(GRID_STEPS);
        let mut grid: Vec<(f64, f64)> = (-GRID_STEPS..=GRID_STEPS)
            .map(|nth| {
                let log = f64::from(nth) * step;
                let factor = log.exp();
                let likelihood: f64 =
                    answers.iter().map(|answer| log_likelihood(answer, factor, model)).sum();
                (factor, ANSWER_WEIGHT * likelihood - (log / PRIOR_LOG_DEVIATION).powi(2) / 2.0)
            })
            .collect();
        let most = grid.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
        for (_, log) in &mut grid {
            *log = (*log - most).exp();
        }
        let sum: f64 = grid.iter().map(|(_, weight)| *weight).sum();
        for (_, weight) in &mut grid {
            *weight /= sum;
        }
        Self { grid }
    }

    /// The factor below which the share `probability` (0 to 1) lies.
    pub fn quantile(&self, probability: f64) -> f32 {
        // Half of each grid point's weight lies on either side of it.
        let mut below = self.grid[0].1 / 2.0;
        for pair in self.grid.windows(2) {
            let width = (pair[0].1 + pair[1].1) / 2.0;
            if below + width >= probability && width > 0.0 {
                let part = ((probability - below) / width).clamp(0.0, 1.0);
                let (low, high) = (pair[0].0.ln(), pair[1].0.ln());
                return (low + part * (high - low)).exp() as f32;
            }
            below += width;
        }
        self.grid.last().map_or(1.0, |(factor, _)| *factor as f32)
    }
}

fn log_likelihood(answer: &RecallSample, factor: f64, model: &Model) -> f64 {
    let stability = answer.memory.stability * factor as f32;
    let recall = model.recall(Memory { stability, ..answer.memory }, answer.elapsed_days);
    let right = expected_score(recall, answer.blind_chance).clamp(1e-6, 1.0 - 1e-6);
    if answer.right { right.ln() } else { (1.0 - right).ln() }
}
