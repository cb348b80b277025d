//! Grading: a task and a response make a verdict. One file a kind; every rule is a pure function.

pub mod text;

use super::task::{Response, Task};

/// What an answer was worth, and what to show for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// 0 to 1; 1 only when wholly right.
    pub score: f64,
    /// A few words: "Right", "Almost: one letter", "5 of 6 pairs in order".
    pub headline: String,
    /// Part by part.
    pub marks: Marks,
}

/// Where an answer stands between right and wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Score 1.
    Right,
    /// In between.
    Partly,
    /// Score 0.
    Wrong,
}

/// What to show, part by part.
#[derive(Clone, Debug, PartialEq)]
pub enum Marks {
    /// Nothing beyond the headline.
    None,
    /// A typed answer against the accepted answer nearest to it.
    Text(TextMarks),
    /// One for each gap.
    Gaps(Vec<GapMark>),
    /// For each option as shown.
    Options(Vec<OptionMark>),
    /// For each place of the arrangement given: the right place (from 0) of the item put there.
    Places(Vec<usize>),
    /// For each left (or item): whether it was put right.
    Parts(Vec<bool>),
}

/// A typed answer beside the accepted answer nearest to it, cut into grapheme clusters.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TextMarks {
    /// What was typed; `true` where it agrees.
    pub given: Vec<(String, bool)>,
    /// The accepted answer; `true` where it agrees.
    pub expected: Vec<(String, bool)>,
}

/// One gap's result.
#[derive(Clone, Debug, PartialEq)]
pub struct GapMark {
    /// 0 to 1.
    pub score: f64,
    /// Letter by letter.
    pub text: TextMarks,
}

/// One option's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionMark {
    /// Right, and picked.
    Hit,
    /// Right, and not picked.
    Missed,
    /// Wrong, and picked.
    FalseAlarm,
    /// Wrong, and left alone.
    Passed,
}

impl Verdict {
    /// Right, partly right or wrong.
    pub fn outcome(&self) -> Outcome {
        if self.score >= 1.0 {
            Outcome::Right
        } else if self.score > 0.0 {
            Outcome::Partly
        } else {
            Outcome::Wrong
        }
    }
}
