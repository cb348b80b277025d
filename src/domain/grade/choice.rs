//! Bool, Choice and Choices.

use super::{Marks, OptionMark, Verdict, number_word, share};
use crate::domain::task::TaskOption;

pub(super) fn grade_bool(right: bool, said: bool) -> Verdict {
    all_or_nothing(right == said, bool_marks(right, Some(said)))
}

/// Marks for "true" and "false", in this order.
pub(super) fn bool_marks(right: bool, said: Option<bool>) -> Marks {
    Marks::Options([true, false].map(|option| mark(option == right, said == Some(option))).to_vec())
}

/// Right when only the correct option was picked.
pub(super) fn grade_choice(options: &[TaskOption], picks: &[usize]) -> Verdict {
    if picks.is_empty() {
        return Verdict::no_answer(marks(options, picks));
    }
    let first = picks[0];
    let is_right =
        picks.iter().all(|pick| *pick == first) && options.get(first).is_some_and(|option| option.is_right);
    all_or_nothing(is_right, marks(options, picks))
}

/// Correct picks minus wrong picks, as a share of all correct options: picking everything gains nothing.
pub(super) fn grade_choices(options: &[TaskOption], picks: &[usize]) -> Verdict {
    let (mut hits, mut false_alarms, mut total) = (0, 0, 0);
    for (index, option) in options.iter().enumerate() {
        let picked = picks.contains(&index);
        total += usize::from(option.is_right);
        hits += usize::from(option.is_right && picked);
        false_alarms += usize::from(!option.is_right && picked);
    }
    let marks = marks(options, picks);
    if hits + false_alarms == 0 {
        return Verdict::no_answer(marks);
    }
    let score = share(hits.saturating_sub(false_alarms), total);
    let headline = match false_alarms {
        0 if hits == total => "Right".to_owned(),
        0 => format!("{hits} of {total}"),
        1 => format!("{hits} of {total}, one wrong pick"),
        more => format!("{hits} of {total}, {} wrong picks", number_word(more)),
    };
    Verdict::new(score, headline, marks)
}

/// Marks for each option; indices of options that do not exist are ignored.
pub(super) fn marks(options: &[TaskOption], picks: &[usize]) -> Marks {
    Marks::Options(
        options
            .iter()
            .enumerate()
            .map(|(index, option)| mark(option.is_right, picks.contains(&index)))
            .collect(),
    )
}

fn mark(right: bool, picked: bool) -> OptionMark {
    match (right, picked) {
        (true, true) => OptionMark::Hit,
        (true, false) => OptionMark::Miss,
        (false, true) => OptionMark::FalseAlarm,
        (false, false) => OptionMark::CorrectRejection,
    }
}

fn all_or_nothing(is_right: bool, marks: Marks) -> Verdict {
    let (score, headline) = if is_right { (1.0, "Right") } else { (0.0, "Wrong") };
    Verdict::new(score, headline, marks)
}
