//! Choices: pick every correct option.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::options::{self, TaskOption, WrongOption, marks};
use super::{
    AnswerInput, AnswerPart, Kind, PART_SEPARATOR, Response, ShownCard, TaskForm, TaskPart, TextRole,
    WrongAnswer,
};
use crate::domain::grade::{Marks, Verdict, number_word, share};
use crate::domain::ids::Facet;

/// The answer of a Choices question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoicesAnswer {
    /// The correct options.
    pub right: Vec<String>,
    /// The wrong options.
    pub wrong: Vec<WrongOption>,
}

/// A Choices task.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoicesTask {
    /// In the order shown.
    pub options: Vec<TaskOption>,
}

/// Every subset of the options but the empty one is a possible response.
fn blind_chance(options: usize) -> f64 {
    1.0 / (2f64.powi(options as i32) - 1.0).max(1.0)
}

impl AnswerPart for ChoicesAnswer {
    const KIND: Kind = Kind::Choices;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let options = options::shuffled(&self.right, &self.wrong, card.seed);
        (card.prompt(), TaskForm::Choices(ChoicesTask { options }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        options::for_each_text(&self.right, &self.wrong, visit);
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        self.right.join(PART_SEPARATOR)
    }

    fn comparable_parts(&self) -> Vec<String> {
        self.right.clone()
    }

    fn blind_chance(&self) -> f64 {
        blind_chance(self.right.len() + self.wrong.len())
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, shown: &[String]) -> Vec<WrongAnswer> {
        let Response::Choice(picks) = response else { return Vec::new() };
        let picked: Vec<&String> = picks.iter().filter_map(|pick| shown.get(*pick)).collect();
        let missed: Vec<&str> =
            self.right.iter().filter(|right| !picked.contains(right)).map(String::as_str).collect();
        // If several right options were missed, the wrong one stands for all of them.
        let missed = missed.join(PART_SEPARATOR);
        let wrong = picked.into_iter().filter(|picked| !self.right.contains(picked));
        wrong.map(|picked| WrongAnswer::whole(missed.clone(), picked.clone())).collect()
    }
}

impl TaskPart for ChoicesTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "all that apply";

    /// Correct picks minus wrong picks, as a share of all correct options: picking everything gains nothing.
    fn grade(&self, response: &Response) -> Verdict {
        let Response::Choice(picks) = response else { return Verdict::wrong() };
        let (mut hits, mut false_alarms, mut total) = (0, 0, 0);
        for (index, option) in self.options.iter().enumerate() {
            let picked = picks.contains(&index);
            total += usize::from(option.is_right);
            hits += usize::from(option.is_right && picked);
            false_alarms += usize::from(!option.is_right && picked);
        }
        let marks = marks(&self.options, picks);
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
