//! What Choice, Choices and Bool have in common: options, and marks for each of them.

use std::borrow::Cow;

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use super::{Response, TextRole};
use crate::domain::grade::{Marks, OptionMark, Verdict};
use crate::domain::seed::{Seed, rng};

/// A wrong answer, with an optional reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongOption {
    /// The option's text, CommonMark.
    pub text: String,
    /// Why it is wrong, shown when it was picked.
    pub why: Option<String>,
}

/// One option of a Choice or Choices task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOption {
    /// CommonMark.
    pub text: String,
    /// Whether it is a correct option.
    pub is_right: bool,
    /// Why it is wrong; `None` for correct options, or when the author did not say.
    pub why: Option<String>,
}

/// The options of a task in the order shown.
pub(super) fn shuffled(right: &[String], wrong: &[WrongOption], seed: Seed) -> Vec<TaskOption> {
    let right = right.iter().map(|text| TaskOption { text: text.clone(), is_right: true, why: None });
    let wrong = wrong.iter().map(|option| TaskOption {
        text: option.text.clone(),
        is_right: false,
        why: option.why.clone(),
    });
    let mut options: Vec<TaskOption> = right.chain(wrong).collect();
    options.shuffle(&mut rng(seed));
    options
}

/// Visits the right options, then each wrong one and the reason why it is wrong.
pub(super) fn for_each_text<'a>(
    right: &'a [String],
    wrong: &'a [WrongOption],
    visit: &mut dyn FnMut(TextRole, Cow<'a, str>),
) {
    right.iter().for_each(|text| visit(TextRole::Option, text.into()));
    for option in wrong {
        visit(TextRole::Option, (&option.text).into());
        option.why.iter().for_each(|text| visit(TextRole::Note, text.into()));
    }
}

/// The texts of the options, in the order shown.
pub(super) fn texts(options: &[TaskOption]) -> Vec<String> {
    options.iter().map(|option| option.text.clone()).collect()
}

/// Picks every right option.
pub(super) fn right_response(options: &[TaskOption]) -> Response {
    Response::Choice((0..options.len()).filter(|index| options[*index].is_right).collect())
}

/// The picked options, each as a text of its own.
pub(super) fn response_parts(
    options: &[TaskOption],
    response: &Response,
    plain: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let Response::Choice(picks) = response else { return Vec::new() };
    picks.iter().filter_map(|pick| options.get(*pick)).map(|option| plain(&option.text)).collect()
}

/// Marks for each option; indices of options that do not exist are ignored.
pub(super) fn marks(options: &[TaskOption], picks: &[usize]) -> Marks {
    let marks =
        options.iter().enumerate().map(|(index, option)| mark(option.is_right, picks.contains(&index)));
    Marks::Options(marks.collect())
}

pub(super) fn mark(right: bool, picked: bool) -> OptionMark {
    match (right, picked) {
        (true, true) => OptionMark::Hit,
        (true, false) => OptionMark::Miss,
        (false, true) => OptionMark::FalseAlarm,
        (false, false) => OptionMark::CorrectRejection,
    }
}

pub(super) fn all_or_nothing(is_right: bool, marks: Marks) -> Verdict {
    let (score, headline) = if is_right { (1.0, "Right") } else { (0.0, "Wrong") };
    Verdict::new(score, headline, marks)
}
