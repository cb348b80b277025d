//! Tests of the past, beside each other.

use std::sync::Arc;

use super::paper::Paper;
use super::report::{Report, Tally, TopicReport};
use super::setup::Setup;
use super::sitting::{Phase, Sitting, Step};

/// A test of the past with all that it takes to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// What was asked.
    pub paper: Arc<Paper>,
    /// How it was answered.
    pub sitting: Sitting,
    /// What it came to.
    pub report: Report,
}

impl Past {
    /// Folds the steps of a test and grades it; `None` for one that was not closed.
    pub fn new(paper: Arc<Paper>, steps: &[Step]) -> Option<Self> {
        let sitting = Sitting::from_steps(paper.items.len(), steps);
        Self::of(paper, sitting)
    }

    /// Grades a test; `None` for one that was not closed.
    pub fn of(paper: Arc<Paper>, sitting: Sitting) -> Option<Self> {
        if sitting.phase() != Phase::Closed {
            return None;
        }
        let report = Report::new(&paper, &sitting);
        Some(Self { paper, sitting, report })
    }
}

/// A test of the past as a list tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// What was asked for.
    pub setup: Setup,
    /// All of it.
    pub total: Tally,
    /// Its topics.
    pub topics: Vec<TopicReport>,
}

impl Outline {
    /// The outline of a test.
    pub fn of(past: &Past) -> Self {
        Self { setup: past.paper.setup.clone(), total: past.report.total, topics: past.report.topics.clone() }
    }
}

/// What changed from an earlier test of the same setup, in shares of the score from −1 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Since {
    /// In all.
    pub total: f64,
    /// By topic, in the order of the newer test; `None` where the earlier one did not ask about it.
    pub topics: Vec<Option<f64>>,
}

/// How `later` compares with the newest of the tests `before` it, newest last, that had the same setup.
pub fn since<'a>(later: &Outline, before: impl DoubleEndedIterator<Item = &'a Outline>) -> Option<Since> {
    let earlier = before.rev().find(|earlier| earlier.setup.is_like(&later.setup))?;
    let topics = later.topics.iter().map(|topic| {
        let same = earlier.topics.iter().find(|it| it.deck == topic.deck && it.topic == topic.topic)?;
        Some(topic.tally.share() - same.tally.share())
    });
    Some(Since { total: later.total.share() - earlier.total.share(), topics: topics.collect() })
}
