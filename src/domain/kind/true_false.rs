//! Bool: decide whether the prompt is true.

use std::borrow::Cow;

use super::options::{all_or_nothing, mark};
use super::{AnswerInput, AnswerPart, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole, WrongAnswer};
use crate::domain::grade::{Marks, Verdict};
use crate::domain::ids::Facet;

/// A Bool task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoolTask {
    /// The correct answer.
    pub right: bool,
}

impl AnswerPart for bool {
    const KIND: Kind = Kind::Bool;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        (card.prompt(), TaskForm::Bool(BoolTask { right: *self }))
    }

    fn for_each_text<'a>(&'a self, _: &mut dyn FnMut(TextRole, Cow<'a, str>)) {}

    fn right_text(&self, _: &str, _: &Facet) -> String {
        true_or_false(*self).to_owned()
    }

    fn comparable_parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }

    fn blind_chance(&self) -> f64 {
        0.5
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, _: &[String]) -> Vec<WrongAnswer> {
        let Response::Bool(said) = response else { return Vec::new() };
        if said == self { Vec::new() } else { vec![WrongAnswer::whole(self.to_string(), said.to_string())] }
    }
}

impl BoolTask {
    /// Marks for "true" and "false", in this order.
    fn marks(self, said: Option<bool>) -> Marks {
        Marks::Options([true, false].map(|option| mark(option == self.right, said == Some(option))).to_vec())
    }
}

impl TaskPart for BoolTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "true or false";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Bool(said) = response else { return Verdict::wrong() };
        all_or_nothing(self.right == *said, self.marks(Some(*said)))
    }

    fn unanswered(&self) -> Marks {
        self.marks(None)
    }

    fn right_response(&self) -> Response {
        Response::Bool(self.right)
    }

    fn shown_options(&self) -> Vec<String> {
        Vec::new()
    }

    fn response_parts(&self, response: &Response, _: &dyn Fn(&str) -> String) -> Vec<String> {
        let Response::Bool(value) = response else { return Vec::new() };
        vec![true_or_false(*value).to_owned()]
    }
}

/// The answer as a word.
pub(super) fn true_or_false(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}
