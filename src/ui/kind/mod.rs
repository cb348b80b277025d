//! The kinds of answer in the window: a file for each kind, and here the only matches over all of them.
//!
//! The file of a kind has its input, the keys that answer it, what is shown of a graded answer, and its fields in the
//! editor. What several kinds share is in [`text_field`], [`option_rows`], [`board`] and [`digit_keys`].

#![deny(clippy::match_wildcard_for_single_variants, clippy::wildcard_enum_match_arm)]

mod board;
mod bool_;
mod choice;
mod choices;
mod cloze;
mod date;
mod digit_keys;
mod match_;
mod number;
mod option_rows;
mod order;
mod recall;
mod sort;
mod text_field;
mod typed;

use eframe::egui::{Id, Ui};

pub use recall::{show_back, show_written};
pub use text_field::{answer_id, can_undo_text};

use crate::app::decks::form::QuestionForm;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::domain::grade::Verdict;
use crate::domain::question::Kind;
use crate::domain::task::{Response, TaskForm};
use crate::ui::keys::{KeyActions, KeyReader};
use crate::ui::screens::study::verdict;
use crate::ui::theme::{COLUMN_WIDTH, Tokens};

/// A card that waits for its answer.
pub struct AnswerInput<'a> {
    /// The card, with the answer so far as a draft.
    pub card: &'a ActiveCard,
    /// The answer so far of a kind that is answered by one click; `None` outside of tests, where it can not be changed.
    pub response: Option<&'a Response>,
    /// The label that names the text field for screen readers.
    pub caption: Id,
}

/// A card with its graded answer.
pub struct GradedAnswer<'a> {
    /// The card.
    pub card: &'a ActiveCard,
    /// The verdict on the answer.
    pub verdict: &'a Verdict,
    /// The answer.
    pub response: &'a Response,
    /// Whether to scroll to the right answer.
    pub scroll_into_view: bool,
}

impl GradedAnswer<'_> {
    fn gave_up(&self) -> bool {
        *self.response == Response::GaveUp
    }
}

/// How a kind of task is presented, besides its widgets.
pub struct Presentation {
    /// Width of the column, in points.
    pub column_width: f32,
    /// How to answer by keyboard, where that is not obvious.
    pub key_help: Option<&'static str>,
    /// What gives the answer.
    pub submit: Submit,
    /// How the verdict is shown in a few words.
    headline: Headline,
    /// Whether the input and the feedback draw the prompt, around the gaps in it.
    pub draws_prompt: bool,
    /// What to do in a test, where it is not the same as in a session.
    pub attempt_instruction: Option<&'static str>,
}

/// What gives an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Submit {
    /// Showing the right answer, which the learner then compares with their own.
    ShowAnswer,
    /// A click on an option, or its key.
    OneClick,
    /// Checking what was entered.
    Check,
}

/// How the verdict is shown in a few words.
enum Headline {
    /// Below the feedback.
    Below,
    /// The feedback draws it in its own frame.
    InFrame,
    /// Only for screen readers: coloured rows show it.
    Spoken,
}

impl Presentation {
    /// What holds for most kinds.
    const PLAIN: Presentation = Presentation {
        column_width: COLUMN_WIDTH,
        key_help: None,
        submit: Submit::Check,
        headline: Headline::Below,
        draws_prompt: false,
        attempt_instruction: None,
    };

    /// That of a task.
    pub fn of(form: &TaskForm) -> &'static Self {
        match form {
            TaskForm::Recall { .. } => &recall::PRESENTATION,
            TaskForm::Typed(_) => &typed::PRESENTATION,
            TaskForm::Number { .. } => &number::PRESENTATION,
            TaskForm::Date { .. } => &date::PRESENTATION,
            TaskForm::Bool { .. } => &bool_::PRESENTATION,
            TaskForm::Choice { .. } => &choice::PRESENTATION,
            TaskForm::Choices { .. } => &choices::PRESENTATION,
            TaskForm::Cloze { .. } => &cloze::PRESENTATION,
            TaskForm::Order { .. } => &order::PRESENTATION,
            TaskForm::Match { .. } => &match_::PRESENTATION,
            TaskForm::Sort { .. } => &sort::PRESENTATION,
        }
    }
}

/// Draws what the answer is given with.
pub fn input(ui: &mut Ui, tokens: &Tokens, input: &AnswerInput<'_>) -> Option<StudyCommand> {
    let draft = &input.card.draft;
    match &input.card.task.form {
        TaskForm::Recall { .. } => recall::input(ui, tokens, input),
        TaskForm::Typed(_) => typed::input(ui, tokens, input),
        TaskForm::Number { unit, .. } => number::input(ui, tokens, input, unit.as_deref()),
        TaskForm::Date { .. } => date::input(ui, tokens, input),
        TaskForm::Bool { .. } => bool_::input(ui, tokens, input.response),
        TaskForm::Choice { options } => choice::input(ui, tokens, options, input.response),
        TaskForm::Choices { options } => choices::input(ui, tokens, options, draft),
        TaskForm::Cloze { pieces, .. } => cloze::input(ui, tokens, pieces, input.card),
        TaskForm::Order { items } => order::input(ui, tokens, items, draft),
        TaskForm::Match { lefts, rights, .. } => match_::input(ui, tokens, lefts, rights, draft),
        TaskForm::Sort { bins, items } => sort::input(ui, tokens, bins, items, draft),
    }
}

/// The keys that answer a card outside of a test: they fill in its draft, check it, or are the answer at once.
pub fn keys(keys: &mut KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    match &card.task.form {
        TaskForm::Recall { .. } => recall::keys(keys, actions),
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } | TaskForm::Cloze { .. } => {
            text_field::keys(keys, card, actions);
        }
        TaskForm::Bool { .. } => bool_::keys(keys, actions),
        TaskForm::Choice { options } => choice::keys(keys, options.len(), actions),
        TaskForm::Choices { .. }
        | TaskForm::Order { .. }
        | TaskForm::Match { .. }
        | TaskForm::Sort { .. } => digit_keys::keys(keys, card, actions),
    }
}

/// The keys that answer a card in a test, where nothing is checked. Returns whether they ask for the next question.
pub fn keys_in_attempt(keys: &mut KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) -> bool {
    if card.draft.is_text() {
        return text_field::keys_in_attempt(keys, card, actions);
    }
    self::keys(keys, card, actions);
    Presentation::of(&card.task.form).submit == Submit::OneClick && keys.consume_confirm()
}

/// Draws the answer with what is right and wrong in it, and the verdict in a few words.
pub fn feedback(ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
    let form = &graded.card.task.form;
    match form {
        // The learner has compared the answers themselves.
        TaskForm::Recall { .. } => {}
        TaskForm::Typed(form) => typed::feedback(ui, tokens, form, graded),
        TaskForm::Number { .. } => number::feedback(ui, tokens, graded),
        TaskForm::Date { .. } => date::feedback(ui, tokens, graded),
        TaskForm::Bool { .. } => bool_::feedback(ui, tokens, graded),
        TaskForm::Choice { options } => choice::feedback(ui, tokens, options, graded),
        TaskForm::Choices { options } => choices::feedback(ui, tokens, options, graded),
        TaskForm::Cloze { pieces, .. } => cloze::feedback(ui, tokens, pieces, graded),
        TaskForm::Order { items } => order::feedback(ui, tokens, items, graded),
        TaskForm::Match { lefts, rights, right_of } => {
            match_::feedback(ui, tokens, (lefts, rights), right_of, graded);
        }
        TaskForm::Sort { bins, items } => sort::feedback(ui, tokens, bins, items, graded),
    }
    match Presentation::of(form).headline {
        Headline::Below => {
            ui.add_space(4.0);
            verdict::headline(ui, tokens, graded.verdict);
        }
        Headline::Spoken => verdict::spoken_headline(ui, graded.verdict),
        Headline::InFrame => return,
    }
    verdict::note(ui, tokens, graded.verdict);
}

/// The right answer of a card that the learner grades; `None` for kinds that are graded by the program.
pub fn back_to_grade(form: &TaskForm) -> Option<&str> {
    match form {
        TaskForm::Recall { back } => Some(back),
        TaskForm::Typed(_)
        | TaskForm::Number { .. }
        | TaskForm::Date { .. }
        | TaskForm::Bool { .. }
        | TaskForm::Choice { .. }
        | TaskForm::Choices { .. }
        | TaskForm::Cloze { .. }
        | TaskForm::Order { .. }
        | TaskForm::Match { .. }
        | TaskForm::Sort { .. } => None,
    }
}

/// Draws the fields of the right answer in the editor. `is_invalid` marks the first of them as wrong.
pub fn form_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm, is_invalid: bool) {
    let answer = &mut form.answer;
    match form.kind {
        Kind::Recall => recall::form_fields(ui, tokens, &mut answer.recall, is_invalid),
        Kind::Typed => typed::form_fields(ui, tokens, &mut answer.typed, is_invalid),
        Kind::Number => number::form_fields(ui, tokens, &mut answer.number, is_invalid),
        Kind::Date => date::form_fields(ui, tokens, &mut answer.date, is_invalid),
        Kind::Bool => bool_::form_fields(ui, tokens, &mut answer.bool_),
        Kind::Choice => choice::form_fields(ui, tokens, &mut answer.options, &mut form.typed, is_invalid),
        Kind::Choices => choices::form_fields(ui, tokens, &mut answer.options, is_invalid),
        Kind::Cloze => cloze::form_fields(ui, tokens, &mut answer.cloze, &form.prompt),
        Kind::Order => order::form_fields(ui, tokens, &mut answer.order, is_invalid),
        Kind::Match => match_::form_fields(ui, tokens, &mut answer.match_, is_invalid),
        Kind::Sort => sort::form_fields(ui, tokens, &mut answer.sort, is_invalid),
    }
}

/// Draws the fields of the right answer that may stay empty and are seldom needed.
pub fn optional_form_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm) {
    match form.kind {
        Kind::Typed => typed::optional_form_fields(ui, tokens, &mut form.answer.typed),
        Kind::Recall
        | Kind::Number
        | Kind::Date
        | Kind::Bool
        | Kind::Choice
        | Kind::Choices
        | Kind::Cloze
        | Kind::Order
        | Kind::Match
        | Kind::Sort => {}
    }
}

/// What stands in the empty field of the prompt in the editor.
pub fn prompt_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Cloze => cloze::PROMPT_HINT,
        Kind::Recall
        | Kind::Typed
        | Kind::Number
        | Kind::Date
        | Kind::Bool
        | Kind::Choice
        | Kind::Choices
        | Kind::Order
        | Kind::Match
        | Kind::Sort => "What is asked",
    }
}
