//! Tasks: a card prepared for one showing, with its side chosen and its options shuffled by a seed. The
//! window and the terminal both show a [`Task`] and return a [`Response`], whose indices refer to the task as
//! shown.

use super::deck::Deck;
use super::ids::Facet;
pub use super::kind::{
    BoolTask, ChoiceTask, ChoicesTask, ClozeTask, DateTask, MatchTask, NumberTask, OrderTask, RecallTask,
    Response, SortTask, TaskForm, TaskOption, TaskOrderItem, TaskPiece, TaskSortItem, TypedForm,
};
use super::kind::{Kind, ShownCard};
use super::question::Question;
use super::seed::Seed;

/// A card as it is shown once.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// CommonMark. For a cloze, the text with blanks in place of the gaps; the form has the pieces.
    pub prompt: String,
    /// The kind of the question. It may differ from the form: a learned Choice can be asked as Typed.
    pub kind: Kind,
    /// What to show, and the correct answer.
    pub form: TaskForm,
    blind_chance: f64,
}

impl Task {
    /// The task for the card (`question`, `facet`) of `deck`; all shuffling is derived from `seed`. With
    /// `by_typing` a Choice question that lists accepted answers becomes a Typed task.
    pub fn new(deck: &Deck, question: &Question, facet: &Facet, seed: Seed, by_typing: bool) -> Self {
        let (prompt, form) = question.answer.task(&ShownCard { deck, question, facet, seed, by_typing });
        // A Choice that is asked as Typed cannot be guessed.
        let blind_chance = if form.has_text_field() { 0.0 } else { question.answer.blind_chance() };
        Self { prompt, kind: question.answer.kind(), form, blind_chance }
    }

    /// A short instruction to show above the prompt.
    pub fn instruction(&self) -> &'static str {
        self.form.instruction()
    }

    /// The options or items in the order shown; empty for kinds without any. They are stored with the answer,
    /// because the indices of a [`Response`] mean nothing without them.
    pub fn shown_options(&self) -> Vec<String> {
        self.form.shown_options()
    }

    /// The probability (0 to 1) that a blind guess is wholly right, see [`super::question::Answer::blind_chance`]; 0 for a Choice that is
    /// asked as Typed.
    pub fn blind_chance(&self) -> f64 {
        self.blind_chance
    }
}
