//! What is entered about an exam.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::settings::range;
use crate::domain::day::StudyDay;
use crate::domain::goal::{Goal, MAX_DAYS_AHEAD, TARGET_PERCENT};
use crate::domain::grade::date::{format_date, parse_dates};

/// Days until the exam that a new form begins with.
const DEFAULT_DAYS: u32 = 28;

/// What is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalForm {
    /// As the learner calls it; empty for "Exam".
    pub name: String,
    /// The deck's id.
    pub deck: Arc<str>,
    /// Keys of the topics picked; none: all.
    pub topics: BTreeSet<String>,
    /// The day as typed.
    pub day: String,
    /// Percent.
    pub target_percent: u8,
    /// Minutes a day; `None`: as few as it takes.
    pub minutes_a_day: Option<u32>,
}

/// Why a typed day cannot be the day of an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDay {
    /// No date.
    #[error("That is not a date: write it as 2026-12-31 or 31 December 2026")]
    Unreadable,
    /// Before today.
    #[error("That day is over: choose today or a later one")]
    Past,
    /// Too far off.
    #[error("That is too far off to foresee: choose a day within {MAX_DAYS_AHEAD} days")]
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

    /// The form of one that is there.
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

    /// The day as a date. Where it has several readings ("5/4/2027") it is the soonest that is not over.
    ///
    /// # Errors
    /// When it is none, or not one on which an exam can be.
    pub fn exam(&self, today: StudyDay) -> Result<Date, BadDay> {
        let dates = parse_dates(&self.day);
        let ahead = dates.iter().filter(|date| **date >= today.date()).min();
        match ahead {
            Some(date) if StudyDay::from_date(*date).days_since(today) > MAX_DAYS_AHEAD => {
                Err(BadDay::TooFar)
            }
            Some(date) => Ok(*date),
            None if dates.is_empty() => Err(BadDay::Unreadable),
            None => Err(BadDay::Past),
        }
    }

    /// The goal that it describes.
    ///
    /// # Errors
    /// As [`GoalForm::exam`].
    pub fn goal(&self, today: StudyDay) -> Result<Goal, BadDay> {
        let name = self.name.trim();
        Ok(Goal {
            name: if name.is_empty() { "Exam".to_owned() } else { name.to_owned() },
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
