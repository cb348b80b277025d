//! The form of an exam date.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::settings::range;
use crate::domain::day::StudyDay;
use crate::domain::goal::{Goal, MAX_DAYS_AHEAD, TARGET_PERCENT};
use crate::domain::grade::date::{format_date, parse_dates};
use crate::text;

/// Days until the exam in a new form.
const DEFAULT_DAYS: u32 = 28;

/// An exam date as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalForm {
    /// The learner's name for the exam; if it is empty, "Exam".
    pub name: String,
    /// The deck's id.
    pub deck: Arc<str>,
    /// Keys of the selected topics; empty means all topics.
    pub topics: BTreeSet<String>,
    /// The day as typed.
    pub day: String,
    /// The target score, in percent.
    pub target_percent: u8,
    /// Limit of study minutes a day; `None` means as few as the target takes.
    pub minutes_a_day: Option<u32>,
}

/// Why a typed day cannot be an exam day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExamDayError {
    /// The text is not a date.
    #[error("{}", text::goals::NO_DATE)]
    Unreadable,
    /// The day is before today.
    #[error("{}", text::goals::PAST_DAY)]
    Past,
    /// The day is more than [`MAX_DAYS_AHEAD`] days ahead.
    #[error("{}", text::goals::day_too_far())]
    TooFar,
}

impl GoalForm {
    /// The form of a new exam.
    pub fn new(deck: Arc<str>, today: StudyDay) -> Self {
        Self {
            name: String::new(),
            deck,
            topics: BTreeSet::new(),
            day: format_date(today.plus(DEFAULT_DAYS).date()),
            target_percent: 85,
            minutes_a_day: None,
        }
    }

    /// The form of an existing exam.
    pub fn of(goal: &Goal) -> Self {
        Self {
            name: goal.name.clone(),
            deck: goal.deck.clone(),
            topics: goal.topics.iter().cloned().collect(),
            day: format_date(goal.exam),
            target_percent: goal.target_percent,
            minutes_a_day: goal.minutes_a_day,
        }
    }

    /// The exam day. A text with several interpretations, such as "5/4/2027", means the soonest one that is
    /// not over.
    ///
    /// # Errors
    /// When the text is not a date, or not a possible exam day.
    pub fn exam(&self, today: StudyDay) -> Result<Date, ExamDayError> {
        let dates = parse_dates(&self.day);
        let ahead = dates.iter().filter(|date| **date >= today.date()).min();
        match ahead {
            Some(date) if StudyDay::from_date(*date).days_since(today) > MAX_DAYS_AHEAD => {
                Err(ExamDayError::TooFar)
            }
            Some(date) => Ok(*date),
            None if dates.is_empty() => Err(ExamDayError::Unreadable),
            None => Err(ExamDayError::Past),
        }
    }

    /// The goal that the form describes.
    ///
    /// # Errors
    /// As [`GoalForm::exam`].
    pub fn goal(&self, today: StudyDay) -> Result<Goal, ExamDayError> {
        let name = self.name.trim();
        Ok(Goal {
            name: if name.is_empty() { text::goals::DEFAULT_NAME.to_owned() } else { name.to_owned() },
            deck: self.deck.clone(),
            topics: self.topics.iter().cloned().collect(),
            exam: self.exam(today)?,
            target_percent: self.target_percent.clamp(*TARGET_PERCENT.start(), *TARGET_PERCENT.end()),
            minutes_a_day: self
                .minutes_a_day
                .map(|minutes| minutes.clamp(*range::MINUTES.start(), *range::MINUTES.end())),
            plan: None,
        })
    }
}
