//! Grading: a task and a response make a verdict. One file a kind; every rule is a pure function.

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

/// Why a response cannot be graded at all: text that is no number, or no date. Asking again is kinder than a
/// wrong answer; who does not know says so. `None`: it can be graded.
pub fn unreadable_reason(task: &Task, response: &Response) -> Option<&'static str> {
    let Response::Typed(text) = response else { return None };
    match &task.form {
        TaskForm::Number { value, unit, habits, .. } => {
            match number::read_numbers(text, unit.as_deref(), *habits) {
                // "44 BC" where 44 is asked for: the prompt says which years are meant.
                Ok(readings)
                    if *value > 0.0 && readings.iter().all(|it| it.value < 0.0) && !has_sign(text) =>
                {
                    Some(number::NumberError::ExtraText.message())
                }
                Ok(_) => None,
                Err(unread) => Some(unread.message()),
            }
        }
        TaskForm::Date { habits, .. } if date::read_dates(text, *habits).is_empty() => Some(date::UNREADABLE),
        _ => None,
    }
}

fn has_sign(text: &str) -> bool {
    text.trim_start().starts_with(characters::is_dash) || text.to_lowercase().contains("minus")
}

/// What an answer was worth, and what to show for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// 0 to 1; 1 only when wholly right.
    pub score: f64,
    /// A few words: "Right", "Almost: one letter", "5 of 6 pairs in order".
    pub headline: String,
    /// Part by part.
    pub marks: Marks,
    /// Whether nothing but slips of the fingers stands between the answer and a right one.
    pub almost: bool,
    /// Why, where the headline alone would be hard to believe: a sentence, plain text.
    pub note: Option<String>,
}

/// Where an answer stands between right and wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correctness {
    /// Score 1.
    Right,
    /// A slip of the fingers: half a point until the learner says what it was.
    Almost,
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
    Typed(TypedMarks),
    /// One for each gap.
    Cloze(Vec<GapMark>),
    /// For each option as shown.
    Options(Vec<OptionMark>),
    /// For each place of the arrangement given: the right place (from 0) of the item put there.
    Order(Vec<usize>),
    /// For each left (or item): whether it was put right.
    Parts(Vec<bool>),
}

/// A typed answer beside the accepted answer nearest to it, cut into grapheme clusters.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TypedMarks {
    /// What was typed; `true` where it agrees.
    pub typed: Vec<(String, bool)>,
    /// The accepted answer; `true` where it agrees.
    pub expected: Vec<(String, bool)>,
}

/// One gap's result.
#[derive(Clone, Debug, PartialEq)]
pub struct GapMark {
    /// 0 to 1.
    pub score: f64,
    /// Whether it is a slip of the fingers.
    pub almost: bool,
    /// The gap, from 0 in reading order, whose answer it was held against: another one where the gaps may be filled in
    /// any order.
    pub answer_gap: usize,
    /// Letter by letter.
    pub letters: TypedMarks,
}

/// One option's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionMark {
    /// Right, and picked.
    Hit,
    /// Right, and not picked.
    Miss,
    /// Wrong, and picked.
    FalseAlarm,
    /// Wrong, and left alone.
    CorrectRejection,
}

impl Verdict {
    /// Right, partly right or wrong.
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

    /// A verdict that needs no more words than its headline.
    pub fn new(score: f64, headline: impl Into<String>, marks: Marks) -> Self {
        Self { score, headline: headline.into(), marks, almost: false, note: None }
    }

    /// Of a response that holds nothing.
    fn no_answer(marks: Marks) -> Self {
        Self::new(0.0, "No answer", marks)
    }
}

/// What `response` is worth to `task`. The score is never below 0, above 1 or NaN, whatever the response holds:
/// responses come back from the log, and a deck may have changed since.
///
/// A [`TaskForm::Recall`] has no score of its own (0, no headline): the learner's rating makes it, see [`recalled`].
pub fn grade(task: &Task, response: &Response) -> Verdict {
    match (&task.form, response) {
        (TaskForm::Recall { .. }, _) => Verdict::new(0.0, "", Marks::None),
        (form, Response::GaveUp) => Verdict::new(0.0, "Not known", unanswered(form)),
        (TaskForm::Typed(form), Response::Typed(typed)) => typed::grade(form, typed),
        (TaskForm::Number { value, within, unit, habits }, Response::Typed(typed)) => {
            number::grade(*value, *within, unit.as_deref(), *habits, typed)
        }
        (TaskForm::Date { value, within_days, habits }, Response::Typed(typed)) => {
            date::grade(*value, *within_days, *habits, typed)
        }
        (TaskForm::Bool { right }, Response::Bool(said)) => choice::grade_bool(*right, *said),
        (TaskForm::Choice { options, many: false }, Response::Choice(picks)) => {
            choice::grade_one(options, picks)
        }
        (TaskForm::Choice { options, many: true }, Response::Choice(picks)) => {
            choice::grade_many(options, picks)
        }
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

/// The score that a self-grade is stored with: 0 for Again, 1 for the others.
pub fn self_grade_score(rating: Rating) -> f64 {
    match rating {
        Rating::Again => 0.0,
        Rating::Hard | Rating::Good | Rating::Easy => 1.0,
    }
}

/// The wholly right response: [`grade`] gives it 1 (but for [`TaskForm::Recall`], which has no score of its own).
pub fn right_response(task: &Task) -> Response {
    match &task.form {
        TaskForm::Recall { .. } => Response::Recall,
        TaskForm::Typed(form) => Response::Typed(form.accepted.first().cloned().unwrap_or_default()),
        TaskForm::Number { value, .. } => Response::Typed(number::format_number(*value)),
        TaskForm::Date { value, .. } => Response::Typed(date::format_date(*value)),
        TaskForm::Bool { right } => Response::Bool(*right),
        TaskForm::Choice { options, .. } => {
            Response::Choice((0..options.len()).filter(|index| options[*index].right).collect())
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

/// The marks of giving up: what would have been right, and nothing given.
fn unanswered(form: &TaskForm) -> Marks {
    match form {
        TaskForm::Recall { .. } | TaskForm::Number { .. } | TaskForm::Date { .. } => Marks::None,
        TaskForm::Typed(form) => Marks::Typed(typed::unanswered(form)),
        TaskForm::Bool { right } => choice::bool_marks(*right, None),
        TaskForm::Choice { options, .. } => choice::marks(options, &[]),
        TaskForm::Cloze { pieces, .. } => cloze::grade(pieces, false, &[]).marks,
        TaskForm::Order { .. } => Marks::Order(Vec::new()),
        TaskForm::Match { lefts, .. } => Marks::Parts(vec![false; lefts.len()]),
        TaskForm::Sort { items, .. } => Marks::Parts(vec![false; items.len()]),
    }
}

/// A share as a score: nothing out of nothing is worth nothing.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Small numbers as words, in headlines.
fn number_word(number: usize) -> String {
    match number {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        more => more.to_string(),
    }
}

/// Which parts were put right, where parts with the same label may be exchanged with each other:
/// `given[i]` is what part `i` got, `wanted[i]` what it should get, `labels[i]` how it looks.
fn parts_right<K: PartialEq>(labels: &[&str], wanted: &[Option<K>], given: &[Option<K>]) -> Vec<bool> {
    let is_wanted = |part: usize, by: usize| given[part].is_some() && given[part] == wanted[by];
    let mut right: Vec<bool> = (0..labels.len()).map(|part| is_wanted(part, part)).collect();
    let mut taken = right.clone();
    for part in 0..labels.len() {
        if right[part] {
            continue;
        }
        let twin = (0..labels.len())
            .find(|twin| !taken[*twin] && labels[*twin] == labels[part] && is_wanted(part, *twin));
        if let Some(twin) = twin {
            taken[twin] = true;
            right[part] = true;
        }
    }
    right
}
