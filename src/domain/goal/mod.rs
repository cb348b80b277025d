//! An exam: what it asks, when, and how much of it is to be known.

pub mod selection;
pub mod session_workload;
pub mod today;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day::StudyDay;
use super::memory::Model;
use super::schedule::{PreExamReview, Scheduler};
use selection::RemainingBudget;

/// An exam on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// As the learner calls it.
    pub name: String,
    /// The deck's id.
    pub deck: Arc<str>,
    /// Keys of its topics that the exam is about; empty: all of them.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The day of the exam.
    pub exam: Date,
    /// Expected score to reach, in percent.
    pub target_percent: u8,
    /// Minutes a day that the learner wants to give to it; `None`: as few as the target takes.
    #[serde(default)]
    pub minutes_a_day: Option<u32>,
    /// How to get there; `None` until it was worked out. It is not kept with the rest: it follows from it.
    #[serde(skip)]
    pub plan: Option<ExamPlan>,
}

/// How to get to an exam: what the scheduler follows until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamPlan {
    /// Recall at which cards come back, in percent.
    pub retention_percent: u8,
    /// Cards that would be recalled on the day with less than this, in percent, are looked at once more in the last
    /// days before; `None`: no card is.
    #[serde(rename = "last_look_percent")]
    pub pre_exam_review_percent: Option<u8>,
    /// How many days those are, from 1.
    #[serde(rename = "last_look_days")]
    pub pre_exam_review_days: u32,
    /// New cards a study day.
    pub new_cards_a_day: u32,
    /// Minutes a study day, at most.
    pub minutes_a_day: u32,
    /// Minutes a study day that would reach the target, where these do not; `None`: these do, or nothing would.
    #[serde(default)]
    pub enough_minutes: Option<u32>,
    /// Minutes a study day that would come nearest to the target, where the learner gives it fewer and no number
    /// reaches it.
    #[serde(default)]
    pub nearest_minutes: Option<u32>,
    /// The study day on which it was worked out.
    pub made_on: Date,
}

/// The farthest exam that is foreseen, in days: further off a forecast says nothing.
pub const MAX_DAYS_AHEAD: u32 = 1_000;

/// Smallest and largest target, in percent.
pub const TARGET_PERCENT: std::ops::RangeInclusive<u8> = 50..=99;

impl Goal {
    /// Whether the exam asks a topic of a deck.
    pub fn covers(&self, deck: &str, topic: &str) -> bool {
        *self.deck == *deck && (self.topics.is_empty() || self.topics.iter().any(|own| own == topic))
    }

    /// The study day of the exam.
    pub fn exam_day(&self) -> StudyDay {
        StudyDay::from_date(self.exam)
    }

    /// Days until the exam: 0 on its day and after.
    pub fn days_left(&self, today: StudyDay) -> u32 {
        self.exam_day().days_since(today)
    }

    /// Whether the exam was before today: the schedule is as it would be without it.
    pub fn is_over(&self, today: StudyDay) -> bool {
        self.exam_day() < today
    }

    /// Whether the exam is too far off to be foreseen.
    pub fn is_too_far(&self, today: StudyDay) -> bool {
        self.days_left(today) > MAX_DAYS_AHEAD
    }

    /// Whether there is a study day left before the exam.
    pub fn is_ahead(&self, today: StudyDay) -> bool {
        today < self.exam_day()
    }

    /// What may have been written into the file by hand goes back into its range.
    pub fn clamp_to_range(&mut self) {
        self.target_percent = self.target_percent.clamp(*TARGET_PERCENT.start(), *TARGET_PERCENT.end());
    }

    /// The target as a share, 0 to 1.
    pub fn target(&self) -> f64 {
        f64::from(self.target_percent) / 100.0
    }
}

impl ExamPlan {
    /// The same with everything in its range, whatever was in the file.
    pub fn clamped(&self) -> Self {
        Self {
            retention_percent: self.retention_percent.clamp(70, 97),
            pre_exam_review_percent: self.pre_exam_review_percent.map(|percent| percent.min(99)),
            pre_exam_review_days: self.pre_exam_review_days.clamp(1, 60),
            ..*self
        }
    }

    /// What still fits into today, after so many seconds and new cards.
    pub fn remaining_budget(&self, seconds: f64, begun: usize) -> RemainingBudget {
        RemainingBudget {
            seconds: Some((f64::from(self.minutes_a_day) * 60.0 - seconds).max(0.0)),
            new_cards: (self.new_cards_a_day as usize).saturating_sub(begun),
        }
    }

    /// The rules for the cards of an exam until its day.
    pub fn scheduler(&self, model: &Model, fuzz: bool, exam: StudyDay) -> Scheduler {
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
