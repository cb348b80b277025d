//! What a learner answers.

use serde::{Deserialize, Serialize};

use super::true_false::true_or_false;
use super::{ORDER_SEPARATOR, PART_SEPARATOR};

/// The learner's response; its indices refer to the task as shown.
///
/// Responses are stored in the event log and with tests: the serialised names must not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Revealed, and graded by the learner.
    #[serde(rename = "recalled")]
    Recall,
    /// What was typed, for Typed, Number and Date.
    #[serde(rename = "text")]
    Typed(String),
    /// The answer to a Bool task.
    Bool(bool),
    /// Indices of the options picked, for Choice and Choices.
    #[serde(rename = "picks")]
    Choice(Vec<usize>),
    /// What was typed into each gap, in reading order.
    #[serde(rename = "gaps")]
    Cloze(Vec<String>),
    /// Indices of the items in the learner's order, first to last.
    #[serde(rename = "arrangement")]
    Order(Vec<usize>),
    /// For each left, the index of a right; `None` where nothing was matched.
    #[serde(rename = "pairs")]
    Match(Vec<Option<usize>>),
    /// For each item, the index of a bin; `None` where it was put into none.
    #[serde(rename = "bins")]
    Sort(Vec<Option<usize>>),
    /// "I don't know."
    GaveUp,
}

impl Response {
    /// Whether it is empty. A response that needs no input, such as an order, is never empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Response::Typed(text) => text.trim().is_empty(),
            Response::Choice(picks) => picks.is_empty(),
            Response::Cloze(texts) => texts.iter().all(|text| text.trim().is_empty()),
            Response::Match(of) | Response::Sort(of) => of.iter().all(Option::is_none),
            Response::GaveUp => true,
            Response::Recall | Response::Bool(_) | Response::Order(_) => false,
        }
    }

    /// Whether every part of it is there: each gap, each pair, each item.
    pub fn is_complete(&self) -> bool {
        match self {
            Response::Cloze(texts) => texts.iter().all(|text| !text.trim().is_empty()),
            Response::Match(of) | Response::Sort(of) => of.iter().all(Option::is_some),
            Response::Typed(_) | Response::Choice(_) | Response::GaveUp => !self.is_blank(),
            Response::Recall | Response::Bool(_) | Response::Order(_) => true,
        }
    }

    /// The response as CommonMark, without knowledge of the question. `shown` are the options as they were shown.
    pub fn text(&self, shown: &[String]) -> String {
        let listed = |indices: &mut dyn Iterator<Item = &usize>, separator: &str| {
            let texts: Vec<&str> =
                indices.filter_map(|index| shown.get(*index)).map(String::as_str).collect();
            texts.join(separator)
        };
        match self {
            Response::Recall => "Not recalled".to_owned(),
            Response::GaveUp => "Didn’t know".to_owned(),
            Response::Typed(text) => text.clone(),
            Response::Bool(value) => true_or_false(*value).to_owned(),
            Response::Choice(picks) if picks.is_empty() => "None of them".to_owned(),
            Response::Choice(picks) => listed(&mut picks.iter(), PART_SEPARATOR),
            Response::Cloze(texts) => {
                let blank =
                    |text: &String| if text.trim().is_empty() { "…".to_owned() } else { text.clone() };
                texts.iter().map(blank).collect::<Vec<_>>().join(PART_SEPARATOR)
            }
            Response::Order(order) => listed(&mut order.iter(), ORDER_SEPARATOR),
            Response::Match(assigned) => listed(&mut assigned.iter().flatten(), PART_SEPARATOR),
            Response::Sort(_) => shown.join(PART_SEPARATOR),
        }
    }
}
