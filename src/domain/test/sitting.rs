//! How far a test is: a fold over steps that are only ever added.

use serde::{Deserialize, Serialize};

use crate::domain::event::Confidence;
use crate::domain::task::Response;

/// Something that happened in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, in UTC milliseconds.
    pub at_ms: i64,
    /// How much of the test's time had passed, in milliseconds: see [`super::Clock`].
    pub clock_ms: i64,
    /// What.
    pub act: Act,
}

/// What happened. Items count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
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
    Confide {
        /// Of which item.
        item: usize,
        /// How sure.
        confidence: Option<Confidence>,
    },
    /// Time went by: so much less of it is lost if the program dies.
    #[serde(rename = "beat")]
    Beat,
    /// The test was left for a while.
    Pause,
    /// No more answers.
    HandIn {
        /// Because the time was over.
        by_time: bool,
    },
    /// The learner said what an answer in own words was worth.
    #[serde(rename = "judge")]
    Judge {
        /// Which.
        item: usize,
        /// What it was worth.
        worth: Worth,
    },
    /// What each item was worth by the rules of that day, in millionths of a point: a later rule never grades it anew.
    Grade {
        /// One for each item.
        scores_ppm: Vec<u32>,
    },
    /// Everything is graded; the answers are in the log.
    #[serde(rename = "close")]
    Close,
    /// After that: the learner said whether a slip of the fingers was the right answer, or takes that back.
    #[serde(rename = "decide")]
    Decide {
        /// Which.
        item: usize,
        /// Whether the right answer was meant.
        meant: Option<bool>,
    },
    /// The test was given up: it counts for nothing.
    Discard,
}

/// Parts of a point in which scores are kept.
const MILLION: f64 = 1_000_000.0;

impl Act {
    /// The scores of a report.
    pub fn grade(scores: impl IntoIterator<Item = f64>) -> Self {
        Act::Grade { scores_ppm: scores.into_iter().map(|score| (score * MILLION).round() as u32).collect() }
    }

    /// Its name on the disk.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Show(_) => "show",
            Act::Answer { .. } => "answer",
            Act::Flag { .. } => "flag",
            Act::Confide { .. } => "confide",
            Act::Beat => "beat",
            Act::Pause => "pause",
            Act::HandIn { .. } => "hand_in",
            Act::Judge { .. } => "judge",
            Act::Grade { .. } => "grade",
            Act::Close => "close",
            Act::Decide { .. } => "decide",
            Act::Discard => "discard",
        }
    }
}

/// What an answer in own words was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    /// Not it.
    Wrong,
    /// Some of it.
    Partly,
    /// All that matters.
    Right,
}

impl Worth {
    /// Every worth, in the order of their keys.
    pub const ALL: [Worth; 3] = [Worth::Wrong, Worth::Partly, Worth::Right];

    /// As a score.
    pub fn score(self) -> f64 {
        match self {
            Worth::Wrong => 0.0,
            Worth::Partly => 0.5,
            Worth::Right => 1.0,
        }
    }

    /// As shown.
    pub fn label(self) -> &'static str {
        match self {
            Worth::Wrong => "Wrong",
            Worth::Partly => "Partly",
            Worth::Right => "Right",
        }
    }
}

/// Where a test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not begun, or left for a while.
    Paused,
    /// Being answered; or it was when the program died.
    Running,
    /// Handed in; answers in own words wait to be judged.
    Judging,
    /// Graded.
    Closed,
    /// Given up.
    Discarded,
}

/// One item's answer so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The answer, if there is one.
    pub response: Option<Response>,
    /// When the answer was given, in UTC milliseconds.
    pub answered_ms: Option<i64>,
    /// Marked for later.
    pub flagged: bool,
    /// How sure the learner said to be.
    pub confidence: Option<Confidence>,
    /// Whether it ever came before the learner.
    pub seen: bool,
    /// Milliseconds of the test's time before the learner.
    pub spent_ms: i64,
    /// What the learner said an answer in own words was worth.
    pub worth: Option<Worth>,
    /// Whether a slip of the fingers was the right answer, if the learner said so.
    pub meant: Option<bool>,
}

/// How far a test is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    sheets: Vec<Sheet>,
    at: usize,
    phase: Phase,
    clock_ms: i64,
    by_time: bool,
    ended_ms: Option<i64>,
    scores_ppm: Vec<u32>,
}

impl Sitting {
    /// A test of so many items that was not begun.
    pub fn new(items: usize) -> Self {
        Self {
            sheets: vec![Sheet::default(); items],
            at: 0,
            phase: Phase::Paused,
            clock_ms: 0,
            by_time: false,
            ended_ms: None,
            scores_ppm: Vec::new(),
        }
    }

    /// What steps fold to, in their order.
    pub fn from_steps<'a>(items: usize, steps: impl IntoIterator<Item = &'a Step>) -> Self {
        let mut sitting = Self::new(items);
        for step in steps {
            sitting.take(step);
        }
        sitting
    }

    /// One more step. What does not fit where the test stands, such as an answer after it was handed in, changes nothing.
    pub fn take(&mut self, step: &Step) {
        if self.phase == Phase::Running {
            let passed = (step.clock_ms - self.clock_ms).max(0);
            if let Some(sheet) = self.sheets.get_mut(self.at) {
                sheet.spent_ms += passed;
            }
        }
        self.clock_ms = self.clock_ms.max(step.clock_ms);
        let is_open = matches!(self.phase, Phase::Paused | Phase::Running);
        match &step.act {
            Act::Show(item) if is_open && *item < self.sheets.len() => {
                self.phase = Phase::Running;
                self.at = *item;
                self.sheets[*item].seen = true;
            }
            Act::Answer { item, response } if is_open => {
                if let Some(sheet) = self.sheets.get_mut(*item) {
                    sheet.response.clone_from(response);
                    sheet.answered_ms = response.is_some().then_some(step.at_ms);
                }
            }
            Act::Flag { item, flagged } if is_open => {
                if let Some(sheet) = self.sheets.get_mut(*item) {
                    sheet.flagged = *flagged;
                }
            }
            Act::Confide { item, confidence } if is_open => {
                if let Some(sheet) = self.sheets.get_mut(*item) {
                    sheet.confidence = *confidence;
                }
            }
            Act::Pause if is_open => self.phase = Phase::Paused,
            Act::HandIn { by_time } if is_open => {
                self.phase = Phase::Judging;
                self.by_time = *by_time;
                self.ended_ms = Some(step.at_ms);
            }
            Act::Judge { item, worth } if self.phase == Phase::Judging => {
                if let Some(sheet) = self.sheets.get_mut(*item) {
                    sheet.worth = Some(*worth);
                }
            }
            Act::Decide { item, meant } if self.phase == Phase::Closed => {
                if let Some(sheet) = self.sheets.get_mut(*item) {
                    sheet.meant = *meant;
                }
            }
            Act::Grade { scores_ppm } if self.phase == Phase::Judging => {
                self.scores_ppm.clone_from(scores_ppm)
            }
            Act::Close if self.phase == Phase::Judging => self.phase = Phase::Closed,
            Act::Discard if self.phase != Phase::Closed => self.phase = Phase::Discarded,
            _ => {}
        }
    }

    /// Every item's answer so far.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The item before the learner.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Milliseconds of the test's time that had passed at the last step.
    pub fn clock_ms(&self) -> i64 {
        self.clock_ms
    }

    /// Whether it was handed in because its time was over.
    pub fn ended_by_time(&self) -> bool {
        self.by_time
    }

    /// What an item was worth when the test was closed, 0 to 1; `None` before, and for tests of before that was kept.
    pub fn score_then(&self, item: usize) -> Option<f64> {
        self.scores_ppm.get(item).map(|score| f64::from(*score) / MILLION)
    }

    /// When it was handed in, in UTC milliseconds.
    pub fn ended_ms(&self) -> Option<i64> {
        self.ended_ms
    }
}

/// Whether a response holds nothing at all.
pub fn is_blank(response: &Response) -> bool {
    match response {
        Response::Text(text) => text.trim().is_empty(),
        Response::Picks(picks) => picks.is_empty(),
        Response::Gaps(texts) => texts.iter().all(|text| text.trim().is_empty()),
        Response::Pairs(of) | Response::Bins(of) => of.iter().all(Option::is_none),
        Response::GaveUp => true,
        Response::Recalled | Response::Bool(_) | Response::Arrangement(_) => false,
    }
}
