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
pub mod habits;
pub mod number;
mod order;
mod pairs;
mod signs;
mod slip;
mod sort;
pub mod text;

use super::rating::Rating;
use super::task::{Form, Response, Task, TaskPiece, TextForm};

/// Why a response cannot be graded at all: text that is no number, or no date. Asking again is kinder than a
/// wrong answer; who does not know says so. `None`: it can be graded.
pub fn unreadable(task: &Task, response: &Response) -> Option<&'static str> {
    let Response::Text(text) = response else { return None };
    match &task.form {
        Form::Number { value, unit, habits, .. } => match number::read(text, unit.as_deref(), *habits) {
            // "44 BC" where 44 is asked for: the prompt says which years are meant.
            Ok(readings) if *value > 0.0 && readings.iter().all(|it| it.value < 0.0) && !has_sign(text) => {
                Some(number::Unread::More.words())
            }
            Ok(_) => None,
            Err(unread) => Some(unread.words()),
        },
        Form::Date { habits, .. } if date::read(text, *habits).is_empty() => Some(date::UNREADABLE),
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
pub enum Outcome {
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
    /// Whether it is a slip of the fingers.
    pub almost: bool,
    /// The gap, from 0 in reading order, whose answer it was held against: another one where the gaps may be filled in
    /// any order.
    pub held: usize,
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
        } else if self.almost {
            Outcome::Almost
        } else if self.score > 0.0 {
            Outcome::Partly
        } else {
            Outcome::Wrong
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
/// A [`Form::Reveal`] has no score of its own (0, no headline): the learner's rating makes it, see [`recalled`].
pub fn grade(task: &Task, response: &Response) -> Verdict {
    match (&task.form, response) {
        (Form::Reveal { .. }, _) => Verdict::new(0.0, "", Marks::None),
        (form, Response::GaveUp) => Verdict::new(0.0, "Not known", unanswered(form)),
        (Form::Text(form), Response::Text(typed)) => text::grade(form, typed),
        (Form::Number { value, within, unit, habits }, Response::Text(typed)) => {
            number::grade(*value, *within, unit.as_deref(), *habits, typed)
        }
        (Form::Date { value, within_days, habits }, Response::Text(typed)) => {
            date::grade(*value, *within_days, *habits, typed)
        }
        (Form::Bool { right }, Response::Bool(said)) => choice::grade_bool(*right, *said),
        (Form::Pick { options, many: false }, Response::Picks(picks)) => choice::grade_one(options, picks),
        (Form::Pick { options, many: true }, Response::Picks(picks)) => choice::grade_many(options, picks),
        (Form::Gaps { pieces, any_order }, Response::Gaps(typed)) => cloze::grade(pieces, *any_order, typed),
        (Form::Arrange { items }, Response::Arrangement(order)) => order::grade(items, order),
        (Form::Pair { lefts, rights, right_of }, Response::Pairs(given)) => {
            pairs::grade(lefts, rights, right_of, given)
        }
        (Form::Bins { bins, items }, Response::Bins(given)) => sort::grade(bins, items, given),
        (_, _) => Verdict::new(0.0, "Wrong", Marks::None),
    }
}

/// The score that a self-grade is stored with: 0 for Again, 1 for the others.
pub fn recalled(rating: Rating) -> f64 {
    match rating {
        Rating::Again => 0.0,
        Rating::Hard | Rating::Good | Rating::Easy => 1.0,
    }
}

/// The wholly right response: [`grade`] gives it 1 (but for [`Form::Reveal`], which has no score of its own).
pub fn right_answer(task: &Task) -> Response {
    match &task.form {
        Form::Reveal { .. } => Response::Recalled,
        Form::Text(form) => Response::Text(form.accepted.first().cloned().unwrap_or_default()),
        Form::Number { value, .. } => Response::Text(number::format_number(*value)),
        Form::Date { value, .. } => Response::Text(date::format_date(*value)),
        Form::Bool { right } => Response::Bool(*right),
        Form::Pick { options, .. } => {
            Response::Picks((0..options.len()).filter(|index| options[*index].right).collect())
        }
        Form::Gaps { pieces, .. } => {
            let first = |answer: &TextForm| answer.accepted.first().cloned().unwrap_or_default();
            Response::Gaps(pieces.iter().filter_map(TaskPiece::gap).map(first).collect())
        }
        Form::Arrange { items } => {
            let mut order: Vec<usize> = (0..items.len()).collect();
            order.sort_by_key(|index| items[*index].place);
            Response::Arrangement(order)
        }
        Form::Pair { right_of, .. } => Response::Pairs(right_of.iter().copied().map(Some).collect()),
        Form::Bins { items, .. } => Response::Bins(items.iter().map(|item| Some(item.bin)).collect()),
    }
}

/// The marks of giving up: what would have been right, and nothing given.
fn unanswered(form: &Form) -> Marks {
    match form {
        Form::Reveal { .. } | Form::Number { .. } | Form::Date { .. } => Marks::None,
        Form::Text(form) => Marks::Text(text::unanswered(form)),
        Form::Bool { right } => choice::bool_marks(*right, None),
        Form::Pick { options, .. } => choice::marks(options, &[]),
        Form::Gaps { pieces, .. } => cloze::grade(pieces, false, &[]).marks,
        Form::Arrange { .. } => Marks::Places(Vec::new()),
        Form::Pair { lefts, .. } => Marks::Parts(vec![false; lefts.len()]),
        Form::Bins { items, .. } => Marks::Parts(vec![false; items.len()]),
    }
}

/// A share as a score: nothing out of nothing is worth nothing.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Small numbers as words, in headlines.
fn in_words(number: usize) -> String {
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
