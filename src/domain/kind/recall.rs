//! Recall: think of the answer, reveal it, and grade yourself.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{AnswerInput, AnswerPart, CardSides, Kind, Response, ShownCard, TaskForm, TaskPart, TextRole};
use crate::domain::grade::{Marks, Verdict};
use crate::domain::ids::Facet;

/// The answer of a Recall question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecallAnswer {
    /// CommonMark.
    pub back: String,
    /// Whether there is a second card in the other direction.
    pub reverse: bool,
    /// The prompt of the reverse card; `None`: it is `back`.
    pub reverse_prompt: Option<String>,
}

/// A Recall task.
#[derive(Clone, Debug, PartialEq)]
pub struct RecallTask {
    /// CommonMark.
    pub back: String,
}

impl RecallAnswer {
    fn prompt_of_reverse(&self) -> &str {
        self.reverse_prompt.as_deref().unwrap_or(&self.back)
    }
}

impl AnswerPart for RecallAnswer {
    const KIND: Kind = Kind::Recall;

    fn sides(&self) -> CardSides<'_> {
        if self.reverse { CardSides::BothWays(self.prompt_of_reverse()) } else { CardSides::Front }
    }

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let (prompt, back) = match card.is_reverse() {
            true => (self.prompt_of_reverse().to_owned(), card.prompt()),
            false => (card.prompt(), self.back.clone()),
        };
        (prompt, TaskForm::Recall(RecallTask { back }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        visit(TextRole::Back, (&self.back).into());
        self.reverse_prompt.iter().for_each(|text| visit(TextRole::Back, text.into()));
    }

    fn right_text(&self, prompt: &str, facet: &Facet) -> String {
        if *facet == Facet::Reverse { prompt.to_owned() } else { self.back.clone() }
    }

    fn comparable_parts(&self) -> Vec<String> {
        vec![self.back.clone()]
    }
}

impl TaskPart for RecallTask {
    const INPUT: AnswerInput = AnswerInput::Reveal;
    const INSTRUCTION: &'static str = "recall, then check";

    /// Without a score of its own: it follows from the learner's rating.
    fn grade(&self, _: &Response) -> Verdict {
        Verdict::new(0.0, "", Marks::None)
    }

    fn right_response(&self) -> Response {
        Response::Recall
    }

    fn right_parts(&self, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        vec![plain(&self.back)]
    }
}
