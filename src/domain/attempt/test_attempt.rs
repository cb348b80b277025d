//! The state of a test that is being taken: a fold over events that are only ever appended.

use serde::{Deserialize, Serialize};

use crate::domain::event::Confidence;
use crate::domain::task::Response;

/// An event of a test, with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedAttemptEvent {
    /// When it happened, in UTC milliseconds.
    pub at_ms: i64,
    /// How much of the test's time had passed, in milliseconds. See [`super::TestClock`].
    pub clock_ms: i64,
    /// What happened.
    pub event: AttemptEvent,
}

/// What can happen in a test. Items are numbered from 0. The names are stored; they never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptEvent {
    /// This item is now on the screen: at the beginning, after a pause, or after another item.
    Show(usize),
    /// The learner entered, changed or cleared an answer.
    Answer {
        /// The item.
        item: usize,
        /// The answer in the indices of the task as shown, even if it is not complete yet. `None` clears it.
        response: Option<Response>,
    },
    /// The learner flagged an item for later, or removed the flag.
    Flag {
        /// The item.
        item: usize,
        /// Whether it is flagged now.
        flagged: bool,
    },
    /// The learner said how sure they are, or withdrew that.
    #[serde(rename = "confide")]
    SetConfidence {
        /// The item.
        item: usize,
        /// How sure. `None` withdraws it.
        confidence: Option<Confidence>,
    },
    /// Time passed. Saved regularly, so that little time is lost if the program crashes.
    #[serde(rename = "beat")]
    Heartbeat,
    /// The learner left the test for a while.
    Pause,
    /// The test was handed in: no more answers are accepted.
    HandIn {
        /// Whether it was handed in because the time was up.
        by_time: bool,
    },
    /// The learner graded an answer that the program cannot grade.
    #[serde(rename = "judge")]
    SelfGrade {
        /// The item.
        item: usize,
        /// The learner's grade.
        #[serde(rename = "worth")]
        grade: SelfGrade,
    },
    /// The score of each item by the grading rules of that day, in millionths of a point. Recorded so that
    /// later rules do not change old results.
    Grade {
        /// One score for each item.
        scores_ppm: Vec<u32>,
    },
    /// Everything is graded, and the answers are in the event log.
    #[serde(rename = "close")]
    Complete,
    /// After completion: the learner decided whether a typing slip counts as the right answer, or withdrew
    /// that decision.
    #[serde(rename = "decide")]
    ResolveSlip {
        /// The item.
        item: usize,
        /// Whether it counts as right. `None` withdraws the decision.
        #[serde(rename = "meant")]
        accepted: Option<bool>,
    },
    /// The learner abandoned the test: it counts for nothing.
    Discard,
}

/// How many units of a stored score make one point.
const PPM: f64 = 1_000_000.0;

impl AttemptEvent {
    /// The event that records these scores, each from 0 to 1.
    pub fn grade(scores: impl IntoIterator<Item = f64>) -> Self {
        AttemptEvent::Grade {
            scores_ppm: scores.into_iter().map(|score| (score * PPM).round() as u32).collect(),
        }
    }

    /// The stored name of this kind of event. The same as its serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            AttemptEvent::Show(_) => "show",
            AttemptEvent::Answer { .. } => "answer",
            AttemptEvent::Flag { .. } => "flag",
            AttemptEvent::SetConfidence { .. } => "confide",
            AttemptEvent::Heartbeat => "beat",
            AttemptEvent::Pause => "pause",
            AttemptEvent::HandIn { .. } => "hand_in",
            AttemptEvent::SelfGrade { .. } => "judge",
            AttemptEvent::Grade { .. } => "grade",
            AttemptEvent::Complete => "close",
            AttemptEvent::ResolveSlip { .. } => "decide",
            AttemptEvent::Discard => "discard",
        }
    }
}

/// How the learner graded an answer in their own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfGrade {
    /// Not the right answer.
    Wrong,
    /// Some of the right answer.
    Partly,
    /// Everything that matters.
    Right,
}

impl SelfGrade {
    /// Every grade, in the order of their keys.
    pub const ALL: [SelfGrade; 3] = [SelfGrade::Wrong, SelfGrade::Partly, SelfGrade::Right];

    /// The grade as a score.
    pub fn score(self) -> f64 {
        match self {
            SelfGrade::Wrong => 0.0,
            SelfGrade::Partly => 0.5,
            SelfGrade::Right => 1.0,
        }
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            SelfGrade::Wrong => "Wrong",
            SelfGrade::Partly => "Partly",
            SelfGrade::Right => "Right",
        }
    }
}

/// How far a test has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptPhase {
    /// Not begun, or left for a while.
    Paused,
    /// Being answered, or the program crashed while it was.
    Running,
    /// Handed in; answers in the learner's own words still need a self-grade.
    SelfGrading,
    /// Graded.
    Completed,
    /// Abandoned.
    Discarded,
}

/// The state of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemState {
    /// The answer. `None` if there is none.
    pub response: Option<Response>,
    /// When the answer was given, in UTC milliseconds.
    pub answered_at_ms: Option<i64>,
    /// Whether the learner flagged it for later.
    pub flagged: bool,
    /// How sure the learner is, if they said so.
    pub confidence: Option<Confidence>,
    /// Whether the item was ever shown.
    pub seen: bool,
    /// How long the item was on the screen, in milliseconds.
    pub spent_ms: i64,
    /// The learner's own grade, for an answer that the program cannot grade.
    pub self_grade: Option<SelfGrade>,
    /// Whether a typing slip counts as the right answer. `None` until the learner decides.
    pub slip_accepted: Option<bool>,
}

/// The state of a test that is being taken or was completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestAttempt {
    items: Vec<ItemState>,
    current_item: usize,
    phase: AttemptPhase,
    clock_ms: i64,
    timed_out: bool,
    ended_at_ms: Option<i64>,
    scores_ppm: Vec<u32>,
}

impl TestAttempt {
    /// A test with this many items that was not begun.
    pub fn new(items: usize) -> Self {
        Self {
            items: vec![ItemState::default(); items],
            current_item: 0,
            phase: AttemptPhase::Paused,
            clock_ms: 0,
            timed_out: false,
            ended_at_ms: None,
            scores_ppm: Vec::new(),
        }
    }

    /// Replays the events of a test with this many items. The events are in the order in which they happened.
    pub fn from_events<'a>(items: usize, events: impl IntoIterator<Item = &'a LoggedAttemptEvent>) -> Self {
        let mut attempt = Self::new(items);
        for event in events {
            attempt.apply(event);
        }
        attempt
    }

    /// Applies one event. An event that does not fit the phase, such as an answer after the test was handed
    /// in, changes nothing but the times.
    pub fn apply(&mut self, logged: &LoggedAttemptEvent) {
        if self.phase == AttemptPhase::Running {
            let passed = (logged.clock_ms - self.clock_ms).max(0);
            if let Some(state) = self.items.get_mut(self.current_item) {
                state.spent_ms += passed;
            }
        }
        self.clock_ms = self.clock_ms.max(logged.clock_ms);
        let is_open = matches!(self.phase, AttemptPhase::Paused | AttemptPhase::Running);
        match &logged.event {
            AttemptEvent::Show(item) if is_open && *item < self.items.len() => {
                self.phase = AttemptPhase::Running;
                self.current_item = *item;
                self.items[*item].seen = true;
            }
            AttemptEvent::Answer { item, response } if is_open => {
                if let Some(state) = self.items.get_mut(*item) {
                    state.response.clone_from(response);
                    state.answered_at_ms = response.is_some().then_some(logged.at_ms);
                }
            }
            AttemptEvent::Flag { item, flagged } if is_open => {
                if let Some(state) = self.items.get_mut(*item) {
                    state.flagged = *flagged;
                }
            }
            AttemptEvent::SetConfidence { item, confidence } if is_open => {
                if let Some(state) = self.items.get_mut(*item) {
                    state.confidence = *confidence;
                }
            }
            AttemptEvent::Pause if is_open => self.phase = AttemptPhase::Paused,
            AttemptEvent::HandIn { by_time } if is_open => {
                self.phase = AttemptPhase::SelfGrading;
                self.timed_out = *by_time;
                self.ended_at_ms = Some(logged.at_ms);
            }
            AttemptEvent::SelfGrade { item, grade } if self.phase == AttemptPhase::SelfGrading => {
                if let Some(state) = self.items.get_mut(*item) {
                    state.self_grade = Some(*grade);
                }
            }
            AttemptEvent::ResolveSlip { item, accepted } if self.phase == AttemptPhase::Completed => {
                if let Some(state) = self.items.get_mut(*item) {
                    state.slip_accepted = *accepted;
                }
            }
            AttemptEvent::Grade { scores_ppm } if self.phase == AttemptPhase::SelfGrading => {
                self.scores_ppm.clone_from(scores_ppm)
            }
            AttemptEvent::Complete if self.phase == AttemptPhase::SelfGrading => {
                self.phase = AttemptPhase::Completed
            }
            AttemptEvent::Discard if self.phase != AttemptPhase::Completed => {
                self.phase = AttemptPhase::Discarded
            }
            _ => {}
        }
    }

    /// The state of every item.
    pub fn items(&self) -> &[ItemState] {
        &self.items
    }

    /// Index of the item on the screen.
    pub fn current_item(&self) -> usize {
        self.current_item
    }

    /// How far the test has come.
    pub fn phase(&self) -> AttemptPhase {
        self.phase
    }

    /// How much of the test's time had passed at the last event, in milliseconds.
    pub fn clock_ms(&self) -> i64 {
        self.clock_ms
    }

    /// Whether the test was handed in because the time was up.
    pub fn timed_out(&self) -> bool {
        self.timed_out
    }

    /// The score of an item when the test was completed, 0 to 1. `None` before that, and for tests from
    /// versions that did not record it.
    pub fn recorded_score(&self, item: usize) -> Option<f64> {
        self.scores_ppm.get(item).map(|score| f64::from(*score) / PPM)
    }

    /// When the test was handed in, in UTC milliseconds. `None` before that.
    pub fn ended_at_ms(&self) -> Option<i64> {
        self.ended_at_ms
    }
}
