//! Completed tests and how they compare with each other.

use std::sync::Arc;

use super::drawn_test::DrawnTest;
use super::report::{TestReport, TestTally, TestTopicReport};
use super::setup::TestSetup;
use super::test_attempt::{AttemptPhase, LoggedAttemptEvent, TestAttempt};

/// A completed test with everything that is needed to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompletedAttempt {
    /// The questions.
    pub test: Arc<DrawnTest>,
    /// The answers.
    pub attempt: TestAttempt,
    /// The graded result.
    pub report: TestReport,
}

impl CompletedAttempt {
    /// Replays the events of a test and grades it. Returns `None` if the test was not completed.
    pub fn from_events(test: Arc<DrawnTest>, events: &[LoggedAttemptEvent]) -> Option<Self> {
        let attempt = TestAttempt::from_events(test.items.len(), events);
        Self::grade(test, attempt)
    }

    /// Grades a test. Returns `None` if it was not completed.
    pub fn grade(test: Arc<DrawnTest>, attempt: TestAttempt) -> Option<Self> {
        if attempt.phase() != AttemptPhase::Completed {
            return None;
        }
        let report = TestReport::new(&test, &attempt);
        Some(Self { test, attempt, report })
    }
}

/// What a list of completed tests shows of one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptSummary {
    /// The setup that the test was drawn with.
    pub setup: TestSetup,
    /// The result over all questions.
    pub total: TestTally,
    /// The result by topic, in the order of [`TestReport::topics`].
    pub topics: Vec<TestTopicReport>,
}

impl AttemptSummary {
    /// The summary of a completed test.
    pub fn of(completed: &CompletedAttempt) -> Self {
        Self {
            setup: completed.test.setup.clone(),
            total: completed.report.total,
            topics: completed.report.topics.clone(),
        }
    }
}

/// How much better or worse a test went than an earlier one with the same setup. Differences of shares of the
/// score, from −1 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreChange {
    /// Over all questions.
    pub total: f64,
    /// By topic, in the order of the later test. `None` for a topic that the earlier test did not cover.
    pub topics: Vec<Option<f64>>,
}

/// Compares `later` with the newest of `earlier_tests` that has the same setup. These are sorted oldest
/// first. Returns `None` if none has the same setup.
pub fn change_since_previous<'a>(
    later: &AttemptSummary,
    earlier_tests: impl DoubleEndedIterator<Item = &'a AttemptSummary>,
) -> Option<ScoreChange> {
    let earlier = earlier_tests.rev().find(|earlier| earlier.setup.is_comparable_to(&later.setup))?;
    let topics = later.topics.iter().map(|topic| {
        let same = earlier.topics.iter().find(|it| it.deck == topic.deck && it.topic == topic.topic)?;
        Some(topic.tally.share() - same.tally.share())
    });
    Some(ScoreChange { total: later.total.share() - earlier.total.share(), topics: topics.collect() })
}
