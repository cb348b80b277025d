//! Tests of the past, beside each other.

use std::sync::Arc;

use super::drawn_test::DrawnTest;
use super::report::{TestReport, TestTally, TestTopicReport};
use super::setup::TestSetup;
use super::test_attempt::{AttemptPhase, LoggedAttemptEvent, TestAttempt};

/// A test of the past with all that it takes to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompletedAttempt {
    /// What was asked.
    pub test: Arc<DrawnTest>,
    /// How it was answered.
    pub attempt: TestAttempt,
    /// What it came to.
    pub report: TestReport,
}

impl CompletedAttempt {
    /// Folds the steps of a test and grades it; `None` for one that was not closed.
    pub fn from_events(paper: Arc<DrawnTest>, steps: &[LoggedAttemptEvent]) -> Option<Self> {
        let sitting = TestAttempt::from_events(paper.items.len(), steps);
        Self::grade(paper, sitting)
    }

    /// Grades a test; `None` for one that was not closed.
    pub fn grade(paper: Arc<DrawnTest>, sitting: TestAttempt) -> Option<Self> {
        if sitting.phase() != AttemptPhase::Completed {
            return None;
        }
        let report = TestReport::new(&paper, &sitting);
        Some(Self { test: paper, attempt: sitting, report })
    }
}

/// A test of the past as a list tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptSummary {
    /// What was asked for.
    pub setup: TestSetup,
    /// All of it.
    pub total: TestTally,
    /// Its topics.
    pub topics: Vec<TestTopicReport>,
}

impl AttemptSummary {
    /// The outline of a test.
    pub fn of(past: &CompletedAttempt) -> Self {
        Self { setup: past.test.setup.clone(), total: past.report.total, topics: past.report.topics.clone() }
    }
}

/// What changed from an earlier test of the same setup, in shares of the score from −1 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreChange {
    /// In all.
    pub total: f64,
    /// By topic, in the order of the newer test; `None` where the earlier one did not ask about it.
    pub topics: Vec<Option<f64>>,
}

/// How `later` compares with the newest of the tests `before` it, newest last, that had the same setup.
pub fn change_since_previous<'a>(
    later: &AttemptSummary,
    before: impl DoubleEndedIterator<Item = &'a AttemptSummary>,
) -> Option<ScoreChange> {
    let earlier = before.rev().find(|earlier| earlier.setup.is_comparable_to(&later.setup))?;
    let topics = later.topics.iter().map(|topic| {
        let same = earlier.topics.iter().find(|it| it.deck == topic.deck && it.topic == topic.topic)?;
        Some(topic.tally.share() - same.tally.share())
    });
    Some(ScoreChange { total: later.total.share() - earlier.total.share(), topics: topics.collect() })
}
