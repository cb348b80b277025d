//! Grading: from a task and a response to a verdict. Here are the rules of comparing texts, numbers and dates; what
//! each kind does with them stands in its own file in `kind`. All rules are pure functions.

mod accents;
mod align;
mod alternatives;
mod case;
mod characters;
pub mod date;
mod dictionary;
mod fold;
pub mod locale;
pub mod number;
mod signs;
mod slip;
pub mod typed;

pub use characters::is_blank;

use super::rating::Rating;
use super::task::{Response, Task};

/// Why a response cannot be graded at all, as a message to the learner: the text is not a number, or not a
/// date. Asking again is kinder than marking it wrong; whoever does not know the answer can say so. `None`:
/// it can be graded.
pub fn unreadable_reason(task: &Task, response: &Response) -> Option<&'static str> {
    if let Response::Typed(text) = response { task.form.unreadable_reason(text) } else { None }
}

/// The result of grading a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The score, 0 to 1; 1 only when wholly right.
    pub score: f64,
    /// A short summary: "Right", "Almost: one letter", "5 of 6 pairs in order".
    pub headline: String,
    /// Feedback on each part of the response.
    pub marks: Marks,
    /// Whether the response is right except for typing slips.
    pub almost: bool,
    /// An explanation, where the headline alone would be hard to believe: a sentence in plain text.
    pub note: Option<String>,
}

/// How correct an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correctness {
    /// Wholly right: score 1.
    Right,
    /// Right except for typing slips: half a point, until the learner says what was meant.
    Almost,
    /// Partly right: a score between 0 and 1.
    Partly,
    /// Wrong: score 0.
    Wrong,
}

/// Feedback on each part of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Marks {
    /// The headline says everything.
    None,
    /// For Typed: the typed text compared with the nearest accepted answer.
    Typed(TypedMarks),
    /// For Cloze: one mark per gap, in reading order.
    Cloze(Vec<GapMark>),
    /// For Bool, Choice and Choices: one mark per option as shown; for Bool they are "true" and "false".
    Options(Vec<OptionMark>),
    /// For Order: for each position of the learner's order, the correct position (from 0) of the item put
    /// there. Empty when nothing was ordered.
    Order(Vec<usize>),
    /// For Match and Sort: for each left, or item, whether it was assigned correctly.
    Parts(Vec<bool>),
}

/// A typed text and the nearest accepted answer, split into grapheme clusters.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TypedMarks {
    /// What was typed; `true` where it agrees.
    pub typed: Vec<(String, bool)>,
    /// The accepted answer; `true` where it agrees.
    pub expected: Vec<(String, bool)>,
}

/// Feedback on one gap.
#[derive(Clone, Debug, PartialEq)]
pub struct GapMark {
    /// The score of the gap, 0 to 1.
    pub score: f64,
    /// Whether it is right except for a typing slip.
    pub almost: bool,
    /// The gap, from 0 in reading order, with whose answer it was compared: another gap only where the
    /// answers may be given in any order.
    pub answer_gap: usize,
    /// The comparison letter by letter.
    pub letters: TypedMarks,
}

/// Feedback on one option, in the terms of signal detection theory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionMark {
    /// A correct option that was picked.
    Hit,
    /// A correct option that was not picked.
    Miss,
    /// A wrong option that was picked.
    FalseAlarm,
    /// A wrong option that was not picked.
    CorrectRejection,
}

impl Verdict {
    /// How correct the answer is, from score and slips.
    pub fn correctness(&self) -> Correctness {
        if self.score >= 1.0 {
            Correctness::Right
        } else if self.almost {
            Correctness::Almost
        } else if self.score > 0.0 {
            Correctness::Partly
        } else {
            Correctness::Wrong
        }
    }

    /// A verdict without slips and without a note.
    pub fn new(score: f64, headline: impl Into<String>, marks: Marks) -> Self {
        Self { score, headline: headline.into(), marks, almost: false, note: None }
    }

    /// The verdict on a response that does not fit the task.
    pub(super) fn wrong() -> Self {
        Self::new(0.0, "Wrong", Marks::None)
    }

    /// The verdict on an empty response.
    pub(super) fn no_answer(marks: Marks) -> Self {
        Self::new(0.0, "No answer", marks)
    }
}

/// Grades a response to a task. The score is always within 0 and 1, never NaN, whatever the response
/// contains: responses are read back from the log, and the deck may have changed since.
///
/// A Recall has no score of its own (0, no headline): it follows from the learner's rating, see
/// [`self_grade_score`].
pub fn grade(task: &Task, response: &Response) -> Verdict {
    task.form.grade(response)
}

/// The score stored for a self-graded answer: 0 for Again, 1 for the other ratings.
pub fn self_grade_score(rating: Rating) -> f64 {
    match rating {
        Rating::Again => 0.0,
        Rating::Hard | Rating::Good | Rating::Easy => 1.0,
    }
}

/// A wholly right response: [`grade`] gives it a score of 1, except for a Recall, which has no score of its own.
pub fn right_response(task: &Task) -> Response {
    task.form.right_response()
}

/// A fraction as a score; 0 of 0 is 0.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A number for headlines; small ones as words.
pub(super) fn number_word(number: usize) -> String {
    match number {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        more => more.to_string(),
    }
}
