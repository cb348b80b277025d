//! Exams: what an exam covers, when it is, and how much of it the learner wants to know.

pub mod selection;
pub mod session_workload;
pub mod today;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day::StudyDay;
use super::memory::MemoryModel;
use super::schedule::{PreExamReview, Scheduler};
use selection::RemainingBudget;

/// An exam that the learner prepares for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The learner's name for it.
    pub name: String,
    /// Id of the deck that it covers.
    pub deck: Arc<str>,
    /// Keys of the topics that it covers. Empty means the whole deck.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The day of the exam.
    pub exam: Date,
    /// The expected score to reach, in percent. See [`TARGET_PERCENT`].
    pub target_percent: u8,
    /// The time limit in minutes a day. `None` means as little time as the target takes.
    #[serde(default)]
    pub minutes_a_day: Option<u32>,
    /// The plan, or `None` until it is computed. It is not saved with the goal, because it can always be
    /// computed again.
    #[serde(skip)]
    pub plan: Option<ExamPlan>,
}

/// The study plan for an exam, which the scheduler follows until the exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamPlan {
    /// Desired retention until the exam, in percent.
    pub retention_percent: u8,
    /// A card whose recall on the exam day would be below this, in percent, gets one extra review in the last
    /// days before the exam. `None` means no extra reviews.
    #[serde(rename = "last_look_percent")]
    pub pre_exam_review_percent: Option<u8>,
    /// How many days before the exam these extra reviews are spread over. At least 1.
    #[serde(rename = "last_look_days")]
    pub pre_exam_review_days: u32,
    /// New cards on each study day.
    pub new_cards_a_day: u32,
    /// Time limit for each study day, in minutes.
    pub minutes_a_day: u32,
    /// Minutes a day that would reach the target, if `minutes_a_day` does not. `None` if it does, or if no
    /// amount of time would.
    #[serde(default)]
    pub enough_minutes: Option<u32>,
    /// Minutes a day that would come closest to the target, if no amount of time reaches it and the learner's
    /// limit is below that.
    #[serde(default)]
    pub nearest_minutes: Option<u32>,
    /// The study day on which the plan was computed.
    pub made_on: Date,
}

/// How many days ahead an exam may be for a forecast. Further ahead a forecast would say nothing.
pub const MAX_DAYS_AHEAD: u32 = 1_000;

/// The allowed range of the target, in percent.
pub const TARGET_PERCENT: std::ops::RangeInclusive<u8> = 50..=99;

impl Goal {
    /// Whether the exam covers a topic. `deck` is the deck's id, `topic` the topic's key.
    pub fn covers(&self, deck: &str, topic: &str) -> bool {
        *self.deck == *deck && (self.topics.is_empty() || self.topics.iter().any(|covered| covered == topic))
    }

    /// The study day of the exam.
    pub fn exam_day(&self) -> StudyDay {
        StudyDay::from_date(self.exam)
    }

    /// Days until the exam. 0 on the exam day and after it.
    pub fn days_left(&self, today: StudyDay) -> u32 {
        self.exam_day().days_since(today)
    }

    /// Whether the exam is over: it was on an earlier day. It no longer affects the schedule then.
    pub fn is_over(&self, today: StudyDay) -> bool {
        self.exam_day() < today
    }

    /// Whether the exam is too far ahead for a forecast. See [`MAX_DAYS_AHEAD`].
    pub fn is_too_far(&self, today: StudyDay) -> bool {
        self.days_left(today) > MAX_DAYS_AHEAD
    }

    /// Whether the exam is on a later day, so that there is still a study day before it.
    pub fn is_ahead(&self, today: StudyDay) -> bool {
        today < self.exam_day()
    }

    /// Clamps the target to its range. The settings file may have been edited by hand.
    pub fn clamp_to_range(&mut self) {
        self.target_percent = self.target_percent.clamp(*TARGET_PERCENT.start(), *TARGET_PERCENT.end());
    }

    /// The target as a share from 0 to 1.
    pub fn target(&self) -> f64 {
        f64::from(self.target_percent) / 100.0
    }
}

impl ExamPlan {
    /// The same plan with the values clamped to what the program can compute. The file may have been edited
    /// by hand.
    pub fn clamped(&self) -> Self {
        Self {
            retention_percent: self.retention_percent.clamp(70, 97),
            pre_exam_review_percent: self.pre_exam_review_percent.map(|percent| percent.min(99)),
            pre_exam_review_days: self.pre_exam_review_days.clamp(1, 60),
            ..*self
        }
    }

    /// The time and new cards left for today, after `seconds` of study and `new_cards` new cards.
    pub fn remaining_budget(&self, seconds: f64, new_cards: usize) -> RemainingBudget {
        RemainingBudget {
            seconds: Some((f64::from(self.minutes_a_day) * 60.0 - seconds).max(0.0)),
            new_cards: (self.new_cards_a_day as usize).saturating_sub(new_cards),
        }
    }

    /// The scheduler for the cards of an exam on day `exam`.
    pub fn scheduler(&self, model: &MemoryModel, fuzz: bool, exam: StudyDay) -> Scheduler {
        Scheduler {
            model: model.clone(),
            desired_retention: f32::from(self.retention_percent) / 100.0,
            fuzz,
            pre_exam_review: self.pre_exam_review_percent.map(|percent| PreExamReview {
                exam,
                recall_threshold: f32::from(percent) / 100.0,
                window_days: self.pre_exam_review_days,
            }),
        }
    }
}
