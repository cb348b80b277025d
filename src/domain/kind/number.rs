//! Number: type a number. How numbers are read and compared is in [`crate::domain::grade::number`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    AnswerInput, AnswerPart, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole, WrongAnswer, wrong_text,
};
use crate::domain::grade::Verdict;
use crate::domain::grade::locale::LocaleFormat;
use crate::domain::grade::number::{self, format_number};
use crate::domain::ids::Facet;

/// The answer of a Number question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberAnswer {
    /// The correct value.
    pub value: f64,
    /// Largest deviation that is still correct, in the same unit.
    pub within: f64,
    /// Shown after the field; the learner need not type it.
    pub unit: Option<String>,
}

/// A Number task.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberTask {
    /// The correct value.
    pub value: f64,
    /// Largest deviation that is still correct, in the same unit.
    pub within: f64,
    /// Shown after the field.
    pub unit: Option<String>,
    /// How numbers are written in the deck's language.
    pub locale: LocaleFormat,
}

impl AnswerPart for NumberAnswer {
    const KIND: Kind = Kind::Number;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let Self { value, within, unit } = self.clone();
        (card.prompt(), TaskForm::Number(NumberTask { value, within, unit, locale: card.locale() }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        visit(TextRole::Value, self.value.to_string().into());
        self.unit.iter().for_each(|unit| visit(TextRole::Value, unit.into()));
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        with_unit(format_number(self.value), self.unit.as_deref())
    }

    fn comparable_parts(&self) -> Vec<String> {
        vec![self.value.to_string()]
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, _: &[String]) -> Vec<WrongAnswer> {
        wrong_text(&format_number(self.value), response)
    }
}

impl NumberTask {
    /// The right number with its unit.
    pub fn right_value(&self) -> String {
        with_unit(format_number(self.value), self.unit.as_deref())
    }
}

impl TaskPart for NumberTask {
    const INPUT: AnswerInput = AnswerInput::Text;
    const INSTRUCTION: &'static str = "type a number";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Typed(text) = response else { return Verdict::wrong() };
        number::grade(self.value, self.within, self.unit.as_deref(), self.locale, text)
    }

    fn right_response(&self) -> Response {
        Response::Typed(format_number(self.value))
    }

    fn unreadable_reason(&self, text: &str) -> Option<&'static str> {
        number::unreadable_reason(text, self.value, self.unit.as_deref(), self.locale)
    }

    fn right_parts(&self, _: &dyn Fn(&str) -> String) -> Vec<String> {
        vec![self.right_value()]
    }
}

fn with_unit(value: String, unit: Option<&str>) -> String {
    match unit {
        Some(unit) => format!("{value} {unit}"),
        None => value,
    }
}
