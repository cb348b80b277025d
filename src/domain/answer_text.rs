//! Logged answers as text, next to the right answer. The question may have been edited since the answer was
//! given: the options shown then come from the log, and what no longer matches the question is described as
//! far as possible.

use super::deck::Deck;
use super::event::AnswerRecord;
use super::ids::Facet;
use super::question::Question;
use super::seed::seed_of;
use super::task::Task;

/// What was answered and what is right, both CommonMark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerText {
    /// The learner's answer. Of Match and Sort only the pairs and items that were wrong.
    pub response: String,
    /// The right answer. Of Match and Sort only for the pairs and items that were wrong.
    pub right: String,
}

/// The prompt of a card, CommonMark; a cloze has blanks in place of its gaps.
pub fn prompt_text(deck: &Deck, question: &Question, facet: &Facet) -> String {
    Task::new(deck, question, facet, seed_of(""), false).prompt
}

/// A logged answer to the card (`question`, `facet`) as text.
pub fn answer_text(question: &Question, facet: &Facet, record: &AnswerRecord) -> AnswerText {
    let right = right_answer_text(question, facet);
    question.answer.answer_text(&record.response, &record.shown_options, right)
}

/// The right answer as CommonMark: the first accepted answer, all correct options, or the whole order.
pub fn right_answer_text(question: &Question, facet: &Facet) -> String {
    question.answer.right_text(&question.prompt, facet)
}
