//! How far a test is: a fold over steps that are only ever added.

use serde::{Deserialize, Serialize};

use crate::domain::event::Confidence;
use crate::domain::task::Response;

/// Something that happened in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedAttemptEvent {
    /// When, in UTC milliseconds.
    pub at_ms: i64,
    /// How much of the test's time had passed, in milliseconds: see [`super::Clock`].
    pub clock_ms: i64,
    /// What.
    pub event: AttemptEvent,
}

/// What happened. Items count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptEvent {
    /// This item came before the learner, at the beginning, after a pause, or instead of another.
    Show(usize),
    /// An item has this answer now, or none again.
    Answer {
        /// Which.
        item: usize,
        /// In the indices of the task as shown; half-finished ones too.
        response: Option<Response>,
    },
    /// An item was marked for later, or is so no more.
    Flag {
        /// Which.
        item: usize,
        /// Whether it is.
        flagged: bool,
    },
    /// The learner said how sure they are, or takes it back.
    #[serde(rename = "confide")]
    SetConfidence {
        /// Of which item.
        item: usize,
        /// How sure.
        confidence: Option<Confidence>,
    },
    /// Time went by: so much less of it is lost if the program dies.
    #[serde(rename = "beat")]
    Heartbeat,
    /// The test was left for a while.
    Pause,
    /// No more answers.
    HandIn {
        /// Because the time was over.
        by_time: bool,
    },
    /// The learner said what an answer in own words was worth.
    #[serde(rename = "judge")]
    SelfGrade {
        /// Which.
        item: usize,
        /// What it was worth.
        worth: SelfGrade,
    },
    /// What each item was worth by the rules of that day, in millionths of a point: a later rule never grades it anew.
    Grade {
        /// One for each item.
        scores_ppm: Vec<u32>,
    },
    /// Everything is graded; the answers are in the log.
    #[serde(rename = "close")]
    Complete,
    /// After that: the learner said whether a slip of the fingers was the right answer, or takes that back.
    #[serde(rename = "decide")]
    ResolveSlip {
        /// Which.
        item: usize,
        /// Whether the right answer was meant.
        meant: Option<bool>,
    },
    /// The test was given up: it counts for nothing.
    Discard,
}

/// Parts of a point in which scores are kept.
const PPM: f64 = 1_000_000.0;

impl AttemptEvent {
    /// The scores of a report.
    pub fn grade(scores: impl IntoIterator<Item = f64>) -> Self {
        AttemptEvent::Grade {
            scores_ppm: scores.into_iter().map(|score| (score * PPM).round() as u32).collect(),
        }
    }

    /// Its name on the disk.
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

/// What an answer in own words was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfGrade {
    /// Not it.
    Wrong,
    /// Some of it.
    Partly,
    /// All that matters.
    Right,
}

impl SelfGrade {
    /// Every worth, in the order of their keys.
    pub const ALL: [SelfGrade; 3] = [SelfGrade::Wrong, SelfGrade::Partly, SelfGrade::Right];

    /// As a score.
    pub fn score(self) -> f64 {
        match self {
            SelfGrade::Wrong => 0.0,
            SelfGrade::Partly => 0.5,
            SelfGrade::Right => 1.0,
        }
    }

    /// As shown.
    pub fn label(self) -> &'static str {
        match self {
            SelfGrade::Wrong => "Wrong",
            SelfGrade::Partly => "Partly",
            SelfGrade::Right => "Right",
        }
    }
}

/// Where a test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptPhase {
    /// Not begun, or left for a while.
    Paused,
    /// Being answered; or it was when the program died.
    Running,
    /// Handed in; answers in own words wait to be judged.
    SelfGrading,
    /// Graded.
    Completed,
    /// Given up.
    Discarded,
}

/// One item's answer so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemState {
    /// The answer, if there is one.
    pub response: Option<Response>,
    /// When the answer was given, in UTC milliseconds.
    pub answered_at_ms: Option<i64>,
    /// Marked for later.
    pub flagged: bool,
    /// How sure the learner said to be.
    pub confidence: Option<Confidence>,
    /// Whether it ever came before the learner.
    pub seen: bool,
    /// Milliseconds of the test's time before the learner.
    pub spent_ms: i64,
    /// What the learner said an answer in own words was worth.
    pub self_grade: Option<SelfGrade>,
    /// Whether a slip of the fingers was the right answer, if the learner said so.
    pub slip_accepted: Option<bool>,
}

/// How far a test is.
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
    /// A test of so many items that was not begun.
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

    /// What steps fold to, in their order.
    pub fn from_events<'a>(items: usize, steps: impl IntoIterator<Item = &'a LoggedAttemptEvent>) -> Self {
        let mut sitting = Self::new(items);
        for step in steps {
            sitting.apply(step);
        }
        sitting
    }

    /// One more step. What does not fit where the test stands, such as an answer after it was handed in, changes nothing.
    pub fn apply(&mut self, step: &LoggedAttemptEvent) {
        if self.phase == AttemptPhase::Running {
            let passed = (step.clock_ms - self.clock_ms).max(0);
            if let Some(sheet) = self.items.get_mut(self.current_item) {
                sheet.spent_ms += passed;
            }
        }
        self.clock_ms = self.clock_ms.max(step.clock_ms);
        let is_open = matches!(self.phase, AttemptPhase::Paused | AttemptPhase::Running);
        match &step.event {
            AttemptEvent::Show(item) if is_open && *item < self.items.len() => {
                self.phase = AttemptPhase::Running;
                self.current_item = *item;
                self.items[*item].seen = true;
            }
            AttemptEvent::Answer { item, response } if is_open => {
                if let Some(sheet) = self.items.get_mut(*item) {
                    sheet.response.clone_from(response);
                    sheet.answered_at_ms = response.is_some().then_some(step.at_ms);
                }
            }
            AttemptEvent::Flag { item, flagged } if is_open => {
                if let Some(sheet) = self.items.get_mut(*item) {
                    sheet.flagged = *flagged;
                }
            }
            AttemptEvent::SetConfidence { item, confidence } if is_open => {
                if let Some(sheet) = self.items.get_mut(*item) {
                    sheet.confidence = *confidence;
                }
            }
            AttemptEvent::Pause if is_open => self.phase = AttemptPhase::Paused,
            AttemptEvent::HandIn { by_time } if is_open => {
                self.phase = AttemptPhase::SelfGrading;
                self.timed_out = *by_time;
                self.ended_at_ms = Some(step.at_ms);
            }
            AttemptEvent::SelfGrade { item, worth } if self.phase == AttemptPhase::SelfGrading => {
                if let Some(sheet) = self.items.get_mut(*item) {
                    sheet.self_grade = Some(*worth);
                }
            }
            AttemptEvent::ResolveSlip { item, meant } if self.phase == AttemptPhase::Completed => {
                if let Some(sheet) = self.items.get_mut(*item) {
                    sheet.slip_accepted = *meant;
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

    /// Every item's answer so far.
    pub fn items(&self) -> &[ItemState] {
        &self.items
    }

    /// The item before the learner.
    pub fn current_item(&self) -> usize {
        self.current_item
    }

    /// Where it stands.
    pub fn phase(&self) -> AttemptPhase {
        self.phase
    }

    /// Milliseconds of the test's time that had passed at the last step.
    pub fn clock_ms(&self) -> i64 {
        self.clock_ms
    }

    /// Whether it was handed in because its time was over.
    pub fn timed_out(&self) -> bool {
        self.timed_out
    }

    /// What an item was worth when the test was closed, 0 to 1; `None` before, and for tests of before that was kept.
    pub fn recorded_score(&self, item: usize) -> Option<f64> {
        self.scores_ppm.get(item).map(|score| f64::from(*score) / PPM)
    }

    /// When it was handed in, in UTC milliseconds.
    pub fn ended_at_ms(&self) -> Option<i64> {
        self.ended_at_ms
    }
}

/// Whether a response holds nothing at all.
pub fn is_blank(response: &Response) -> bool {
    match response {
        Response::Typed(text) => text.trim().is_empty(),
        Response::Choice(picks) => picks.is_empty(),
        Response::Cloze(texts) => texts.iter().all(|text| text.trim().is_empty()),
        Response::Match(of) | Response::Sort(of) => of.iter().all(Option::is_none),
        Response::GaveUp => true,
        Response::Recall | Response::Bool(_) | Response::Order(_) => false,
    }
}
