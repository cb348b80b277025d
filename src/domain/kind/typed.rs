//! Typed: type a word or a phrase. The rules of comparing texts are in [`crate::domain::grade::typed`].

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::options::WrongOption;
use super::{
    AnswerInput, AnswerPart, CardSides, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole, WrongAnswer,
    wrong_text,
};
use crate::domain::grade::{Marks, Verdict, typed};
use crate::domain::ids::Facet;
use crate::domain::reserved::ReservedAnswers;

/// The answer of a Typed question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypedAnswer {
    /// Accepted answers, never empty; the first is the one to show.
    pub accepted: Vec<String>,
    /// Whether spelling is what is learned: accents count, and a slip is wrong.
    pub strict: bool,
    /// How the first accepted answer is pronounced (romanisation).
    pub reading: Option<String>,
    /// How other answers, of either direction, are pronounced: answer to romanisation.
    #[serde(default)]
    pub readings: IndexMap<String, String>,
    /// Accepted answers of the reverse card; empty: there is no reverse card.
    pub also_reverse: Vec<String>,
}

/// What a typed text is compared with: a Typed task, or a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedForm {
    /// Accepted answers; the first is the one to show.
    pub accepted: Vec<String>,
    /// Whether spelling is what is learned: accents count, and a slip is wrong.
    pub strict: bool,
    /// Wrong answers that are easily confused with the right one, each with an optional reason.
    pub confusable: Vec<WrongOption>,
    /// The prompt: a word that stands in it is never graded as a slip.
    pub prompt: String,
    /// The other answers of the deck: none of them is graded as a slip of this one.
    pub reserved: ReservedAnswers,
}

impl TypedAnswer {
    fn accepted_on(&self, facet: &Facet) -> &[String] {
        if *facet == Facet::Reverse { &self.also_reverse } else { &self.accepted }
    }

    fn first_accepted(&self) -> &str {
        self.accepted.first().map_or("", String::as_str)
    }

    /// How an accepted answer, of either direction, is pronounced; `None` when the author did not say.
    pub fn reading_of(&self, word: &str) -> Option<&str> {
        let is_first = self.accepted.first().is_some_and(|first| first == word);
        let of_first = self.reading.as_deref().filter(|_| is_first);
        of_first.or_else(|| self.readings.get(word).map(String::as_str))
    }
}

impl AnswerPart for TypedAnswer {
    const KIND: Kind = Kind::Typed;

    fn sides(&self) -> CardSides<'_> {
        if self.also_reverse.is_empty() {
            CardSides::Front
        } else {
            CardSides::BothWays(self.first_accepted())
        }
    }

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let form = card.typed_form(self.accepted_on(card.facet), self.strict);
        if !card.is_reverse() {
            return (card.prompt(), TaskForm::Typed(form));
        }
        let prompt = self.first_accepted().to_owned();
        // The confusable answers are those of the front.
        (prompt.clone(), TaskForm::Typed(TypedForm { confusable: Vec::new(), prompt, ..form }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        self.accepted.iter().for_each(|text| visit(TextRole::Accepted, text.into()));
        let readings = self.reading.iter().chain(self.readings.values());
        readings.for_each(|text| visit(TextRole::Reading, text.into()));
        self.also_reverse.iter().for_each(|text| visit(TextRole::Accepted, text.into()));
    }

    fn right_text(&self, _: &str, facet: &Facet) -> String {
        self.accepted_on(facet).first().cloned().unwrap_or_default()
    }

    fn accepted_mut(&mut self, facet: &Facet) -> Option<&mut Vec<String>> {
        match facet {
            Facet::Front => Some(&mut self.accepted),
            Facet::Reverse => Some(&mut self.also_reverse).filter(|accepted| !accepted.is_empty()),
            Facet::Gap(_) => None,
        }
    }

    fn comparable_parts(&self) -> Vec<String> {
        self.accepted.clone()
    }

    fn wrong_answers(&self, facet: &Facet, response: &Response, _: &[String]) -> Vec<WrongAnswer> {
        let right = self.accepted_on(facet).first();
        right.map(|right| wrong_text(right, response)).unwrap_or_default()
    }
}

impl TaskPart for TypedForm {
    const INPUT: AnswerInput = AnswerInput::Text;
    const INSTRUCTION: &'static str = "type the answer";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Typed(text) = response else { return Verdict::wrong() };
        typed::grade(self, text)
    }

    fn unanswered(&self) -> Marks {
        Marks::Typed(typed::unanswered(self))
    }

    fn right_response(&self) -> Response {
        Response::Typed(self.accepted.first().cloned().unwrap_or_default())
    }

    fn typed_forms(&self) -> Vec<&TypedForm> {
        vec![self]
    }
}
