//! Choice: pick the only correct option.

use std::borrow::Cow;
use std::slice;

use serde::{Deserialize, Serialize};

use super::options::{self, TaskOption, WrongOption, all_or_nothing, marks};
use super::{
    AnswerInput, AnswerPart, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole, WrongAnswer, wrong_text,
};
use crate::domain::grade::{Marks, Verdict};
use crate::domain::ids::Facet;

/// The answer of a Choice question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceAnswer {
    /// The correct option.
    pub right: String,
    /// The wrong options.
    pub wrong: Vec<WrongOption>,
}

/// A Choice task.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceTask {
    /// In the order shown.
    pub options: Vec<TaskOption>,
}

impl AnswerPart for ChoiceAnswer {
    const KIND: Kind = Kind::Choice;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let typed = &card.question.typed;
        if !card.by_typing || typed.is_empty() {
            let options = options::shuffled(slice::from_ref(&self.right), &self.wrong, card.seed);
            return (card.prompt(), TaskForm::Choice(ChoiceTask { options }));
        }
        let mut form = card.typed_form(typed, false);
        // The wrong options remain wrong, and are never graded as a slip.
        form.confusable.extend(self.wrong.iter().map(|option| WrongOption {
            text: option.text.clone(),
            why: option.why.clone().or_else(|| Some("That is one of the wrong options.".to_owned())),
        }));
        (card.prompt(), TaskForm::Typed(form))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        options::for_each_text(slice::from_ref(&self.right), &self.wrong, visit);
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        self.right.clone()
    }

    fn comparable_parts(&self) -> Vec<String> {
        vec![self.right.clone()]
    }

    fn blind_chance(&self) -> f64 {
        1.0 / (self.wrong.len() + 1) as f64
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, shown: &[String]) -> Vec<WrongAnswer> {
        let Response::Choice(picks) = response else { return wrong_text(&self.right, response) };
        let picked = picks.iter().filter_map(|pick| shown.get(*pick));
        let wrong = picked.filter(|picked| **picked != self.right);
        wrong.map(|picked| WrongAnswer::whole(self.right.clone(), picked.clone())).collect()
    }
}

impl TaskPart for ChoiceTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "one answer";

    /// Right when only the correct option was picked.
    fn grade(&self, response: &Response) -> Verdict {
        let Response::Choice(picks) = response else { return Verdict::wrong() };
        let marks = marks(&self.options, picks);
        let Some(first) = picks.first() else { return Verdict::no_answer(marks) };
        let is_right = picks.iter().all(|pick| pick == first)
            && self.options.get(*first).is_some_and(|option| option.is_right);
        all_or_nothing(is_right, marks)
    }

    fn unanswered(&self) -> Marks {
        marks(&self.options, &[])
    }

    fn right_response(&self) -> Response {
        options::right_response(&self.options)
    }

    fn shown_options(&self) -> Vec<String> {
        options::texts(&self.options)
    }

    fn response_parts(&self, response: &Response, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        options::response_parts(&self.options, response, plain)
    }
}
