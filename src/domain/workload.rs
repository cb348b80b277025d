//! Workload: how many answers a card needs on a day, and how many seconds an answer takes.
//!
//! Sessions, plans, forecasts and all times that are shown use these functions, so that they agree.

use super::card::{CardPhase, CardState};
use super::day::StudyDay;
use super::event::Review;
use super::expectation::{SLIP_PROBABILITY, expected_score};
use super::memory::MemoryModel;
use super::progress::Progress;
use super::question::{Answer, Kind};
use super::schedule::learning_step_count;
use super::score::{ANSWER_SECONDS, VERDICT_SECONDS};

/// Approximate answers per review of an unknown card: one in ten is forgotten, and one in twenty is a slip.
pub const DEFAULT_ANSWERS_PER_REVIEW: f64 = 1.15;

/// How fast the learner answers, measured over the whole history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnswerPace {
    /// Mean seconds per answer, including reading the verdict.
    pub seconds_per_answer: f64,
    /// Answers given today, without practice.
    pub answers_today: usize,
}

impl AnswerPace {
    /// Measures the whole history.
    pub fn of_history(progress: &Progress, today: StudyDay) -> Self {
        let (mut answer_ms, mut answers, mut answers_today) = (0u64, 0, 0);
        for (_, summary) in progress.cards() {
            answer_ms += summary.answer_ms;
            answers += summary.answers();
            answers_today += summary.answers_on(today).answers as usize;
        }
        let seconds_per_answer = match answers {
            0 => ANSWER_SECONDS + VERDICT_SECONDS,
            _ => seconds_of(answer_ms, answers) / answers as f64,
        };
        Self { seconds_per_answer, answers_today }
    }
}

/// Seconds that an answer took, including reading the verdict; a longer answer counts as `longest_ms`.
pub fn answer_seconds(review: &Review, longest_ms: u32) -> f64 {
    f64::from(review.capped_latency_ms(longest_ms)) / 1_000.0 + VERDICT_SECONDS
}

/// Seconds that answers took that were given in `answer_ms` milliseconds, including reading the verdicts.
pub fn seconds_of(answer_ms: u64, answers: usize) -> f64 {
    answer_ms as f64 / 1_000.0 + answers as f64 * VERDICT_SECONDS
}

/// Expected number of answers that a card takes today.
pub fn expected_answers(state: &CardState, answer: &Answer, model: &MemoryModel, today: StudyDay) -> f64 {
    let (kind, blind_chance) = (answer.kind(), answer.blind_chance());
    let is_on_step = matches!(state.due, Some(super::event::Due::At(_)));
    match (state.phase, state.recall(model, today)) {
        (CardPhase::Learning { .. } | CardPhase::Relearning { .. }, _) if is_on_step => {
            let (steps, left) = steps_left(state.phase, kind);
            answers_for_steps(steps, left)
        }
        (_, Some(recall)) => answers_for_review(recall, blind_chance),
        (_, None) => answers_for_new(learning_step_count(kind), blind_chance),
    }
}

/// The number of steps of a card in learning or relearning, and how many of them are left.
pub fn steps_left(phase: CardPhase, kind: Kind) -> (u8, u8) {
    match phase {
        CardPhase::Learning { step } => {
            let steps = learning_step_count(kind);
            (steps, steps.saturating_sub(step).max(1))
        }
        _ => (1, 1),
    }
}

/// Expected answers of a new card on its first day. An unknown answer is seldom right at first; after that it
/// has to be right `steps` times in a row.
pub fn answers_for_new(steps: u8, blind_chance: f64) -> f64 {
    1.0 + blind_chance * answers_for_steps(steps, steps.saturating_sub(1))
        + (1.0 - blind_chance) * answers_for_steps(steps, steps)
}

/// Expected answers of a card on learning steps, with `left` steps left.
pub fn answers_for_steps(steps: u8, left: u8) -> f64 {
    answers_until_streak(steps) - answers_until_streak(steps.saturating_sub(left))
}

/// Expected answers of a review: a card that was forgotten is shown again until it is right.
pub fn answers_for_review(recall: f64, blind_chance: f64) -> f64 {
    1.0 + (1.0 - expected_score(recall, blind_chance)) * answers_until_streak(1)
}

/// Expected answers until `right` answers in a row are right, when an answer seen a moment ago is known
/// except for slips.
fn answers_until_streak(right: u8) -> f64 {
    (1..=i32::from(right)).map(|nth| (1.0 - SLIP_PROBABILITY).powi(-nth)).sum()
}
