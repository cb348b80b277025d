//! Date: type a date. How dates are read and compared is in [`crate::domain::grade::date`].

use std::borrow::Cow;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{
    AnswerInput, AnswerPart, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole, WrongAnswer, wrong_text,
};
use crate::domain::grade::Verdict;
use crate::domain::grade::date::{self, format_date};
use crate::domain::grade::locale::LocaleFormat;
use crate::domain::ids::Facet;

/// The answer of a Date question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateAnswer {
    /// The correct date.
    pub value: civil::Date,
    /// Largest deviation in days that is still correct.
    pub within_days: u32,
}

/// A Date task.
#[derive(Clone, Debug, PartialEq)]
pub struct DateTask {
    /// The correct date.
    pub value: civil::Date,
    /// Largest deviation in days that is still correct.
    pub within_days: u32,
    /// How dates are written in the deck's language.
    pub locale: LocaleFormat,
}

impl AnswerPart for DateAnswer {
    const KIND: Kind = Kind::Date;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let Self { value, within_days } = *self;
        (card.prompt(), TaskForm::Date(DateTask { value, within_days, locale: card.locale() }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        visit(TextRole::Value, self.value.to_string().into());
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        format_date(self.value)
    }

    fn comparable_parts(&self) -> Vec<String> {
        vec![self.value.to_string()]
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, _: &[String]) -> Vec<WrongAnswer> {
        wrong_text(&format_date(self.value), response)
    }
}

impl TaskPart for DateTask {
    const INPUT: AnswerInput = AnswerInput::Text;
    const INSTRUCTION: &'static str = "type a date";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Typed(text) = response else { return Verdict::wrong() };
        date::grade(self.value, self.within_days, self.locale, text)
    }

    fn right_response(&self) -> Response {
        Response::Typed(format_date(self.value))
    }

    fn unreadable_reason(&self, text: &str) -> Option<&'static str> {
        date::unreadable_reason(text, self.locale)
    }
}
