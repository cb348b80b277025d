//! Grading: from a task and a response to a verdict. Each kind has its own file; all rules are pure
//! functions.

mod accents;
mod align;
mod alternatives;
mod assignment;
mod case;
mod characters;
mod choice;
mod cloze;
pub mod date;
mod dictionary;
mod fold;
pub mod locale;
mod matching;
pub mod number;
mod order;
mod signs;
mod slip;
mod sort;
pub mod typed;

use super::rating::Rating;
use super::task::{Response, Task, TaskForm, TaskPiece, TypedForm};

/// Why a response cannot be graded at all, as a message to the learner: the text is not a number, or not a
/// date. Asking again is kinder than marking it wrong; whoever does not know the answer can say so. `None`:
/// it can be graded.
pub fn unreadable_reason(task: &Task, response: &Response) -> Option<&'static str> {
    let Response::Typed(text) = response else { return None };
    match &task.form {
        TaskForm::Number { value, unit, locale, .. } => {
            match number::read_numbers(text, unit.as_deref(), *locale) {
                // "44 BC" for an answer of 44: the prompt already says which years are meant.
                Ok(readings)
                    if *value > 0.0
                        && readings.iter().all(|reading| reading.value < 0.0)
                        && !has_sign(text) =>
                {
                    Some(number::NumberError::ExtraText.message())
                }
                Ok(_) => None,
                Err(error) => Some(error.message()),
            }
        }
        TaskForm::Date { locale, .. } if date::read_dates(text, *locale).is_empty() => Some(date::UNREADABLE),
        _ => None,
    }
}

fn has_sign(text: &str) -> bool {
    text.trim_start().starts_with(characters::is_dash) || text.to_lowercase().contains("minus")
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

    /// The verdict on an empty response.
    fn no_answer(marks: Marks) -> Self {
        Self::new(0.0, "No answer", marks)
    }
}

/// Grades a response to a task. The score is always within 0 and 1, never NaN, whatever the response
/// contains: responses are read back from the log, and the deck may have changed since.
///
/// A [`TaskForm::Recall`] has no score of its own (0, no headline): it follows from the learner's rating, see
/// [`self_grade_score`].
pub fn grade(task: &Task, response: &Response) -> Verdict {
    match (&task.form, response) {
        (TaskForm::Recall { .. }, _) => Verdict::new(0.0, "", Marks::None),
        (form, Response::GaveUp) => Verdict::new(0.0, "Not known", unanswered(form)),
        (TaskForm::Typed(form), Response::Typed(typed)) => typed::grade(form, typed),
        (TaskForm::Number { value, within, unit, locale }, Response::Typed(typed)) => {
            number::grade(*value, *within, unit.as_deref(), *locale, typed)
        }
        (TaskForm::Date { value, within_days, locale }, Response::Typed(typed)) => {
            date::grade(*value, *within_days, *locale, typed)
        }
        (TaskForm::Bool { right }, Response::Bool(said)) => choice::grade_bool(*right, *said),
        (TaskForm::Choice { options }, Response::Choice(picks)) => choice::grade_choice(options, picks),
        (TaskForm::Choices { options }, Response::Choice(picks)) => choice::grade_choices(options, picks),
        (TaskForm::Cloze { pieces, any_order }, Response::Cloze(typed)) => {
            cloze::grade(pieces, *any_order, typed)
        }
        (TaskForm::Order { items }, Response::Order(order)) => order::grade(items, order),
        (TaskForm::Match { lefts, rights, right_of }, Response::Match(given)) => {
            matching::grade(lefts, rights, right_of, given)
        }
        (TaskForm::Sort { bins, items }, Response::Sort(given)) => sort::grade(bins, items, given),
        (_, _) => Verdict::new(0.0, "Wrong", Marks::None),
    }
}

/// The score stored for a self-graded answer: 0 for Again, 1 for the other ratings.
pub fn self_grade_score(rating: Rating) -> f64 {
    match rating {
        Rating::Again => 0.0,
        Rating::Hard | Rating::Good | Rating::Easy => 1.0,
    }
}

/// A wholly right response: [`grade`] gives it a score of 1 (except for [`TaskForm::Recall`], which has no
/// score of its own).
pub fn right_response(task: &Task) -> Response {
    match &task.form {
        TaskForm::Recall { .. } => Response::Recall,
        TaskForm::Typed(form) => Response::Typed(form.accepted.first().cloned().unwrap_or_default()),
        TaskForm::Number { value, .. } => Response::Typed(number::format_number(*value)),
        TaskForm::Date { value, .. } => Response::Typed(date::format_date(*value)),
        TaskForm::Bool { right } => Response::Bool(*right),
        TaskForm::Choice { options } | TaskForm::Choices { options } => {
            Response::Choice((0..options.len()).filter(|index| options[*index].is_right).collect())
        }
        TaskForm::Cloze { pieces, .. } => {
            let first = |answer: &TypedForm| answer.accepted.first().cloned().unwrap_or_default();
            Response::Cloze(pieces.iter().filter_map(TaskPiece::gap).map(first).collect())
        }
        TaskForm::Order { items } => {
            let mut order: Vec<usize> = (0..items.len()).collect();
            order.sort_by_key(|index| items[*index].right_position);
            Response::Order(order)
        }
        TaskForm::Match { right_of, .. } => Response::Match(right_of.iter().copied().map(Some).collect()),
        TaskForm::Sort { items, .. } => Response::Sort(items.iter().map(|item| Some(item.bin)).collect()),
    }
}

/// The marks after giving up: the right answer, with nothing given.
fn unanswered(form: &TaskForm) -> Marks {
    match form {
        TaskForm::Recall { .. } | TaskForm::Number { .. } | TaskForm::Date { .. } => Marks::None,
        TaskForm::Typed(form) => Marks::Typed(typed::unanswered(form)),
        TaskForm::Bool { right } => choice::bool_marks(*right, None),
        TaskForm::Choice { options } | TaskForm::Choices { options } => choice::marks(options, &[]),
        TaskForm::Cloze { pieces, .. } => cloze::grade(pieces, false, &[]).marks,
        TaskForm::Order { .. } => Marks::Order(Vec::new()),
        TaskForm::Match { lefts, .. } => Marks::Parts(vec![false; lefts.len()]),
        TaskForm::Sort { items, .. } => Marks::Parts(vec![false; items.len()]),
    }
}

/// A fraction as a score; 0 of 0 is 0.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A number for headlines; small ones as words.
fn number_word(number: usize) -> String {
    match number {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        more => more.to_string(),
    }
}

/// For each part, whether it was assigned correctly. For part `i`, `labels[i]` is its text, `wanted[i]` its
/// right target and `given[i]` the learner's. Parts with equal texts are interchangeable.
fn parts_right<K: PartialEq>(labels: &[&str], wanted: &[Option<K>], given: &[Option<K>]) -> Vec<bool> {
    let is_correct = |part: usize, owner: usize| given[part].is_some() && given[part] == wanted[owner];
    let mut right: Vec<bool> = (0..labels.len()).map(|part| is_correct(part, part)).collect();
    let mut taken = right.clone();
    for part in 0..labels.len() {
        if right[part] {
            continue;
        }
        let twin = (0..labels.len())
            .find(|twin| !taken[*twin] && labels[*twin] == labels[part] && is_correct(part, *twin));
        if let Some(twin) = twin {
            taken[twin] = true;
            right[part] = true;
        }
    }
    right
}
