//! The kinds of answer in the window: a file for each kind, and here what they have in common.
//!
//! [`TaskView`] says what a kind has to define of its tasks: their input, the keys that answer them, and what is shown
//! of a graded answer. Its fields in the editor are in the same file. What several kinds share is in [`text_field`],
//! [`option_rows`], [`board`] and [`digit_keys`].

#![deny(clippy::match_wildcard_for_single_variants, clippy::wildcard_enum_match_arm)]

mod board;
mod choice;
mod choices;
mod cloze;
mod date;
mod digit_keys;
mod matching;
mod number;
mod option_rows;
mod order;
mod recall;
mod sort;
mod text_field;
mod true_false;
mod typed;

use eframe::egui::{Id, Ui};

pub use recall::{show_back, show_written};
pub use text_field::{answer_id, can_undo_text, next_field, next_field_in_attempt};

use crate::app::decks::form::QuestionForm;
use crate::app::draft::Draft;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::domain::grade::Verdict;
use crate::domain::question::Kind;
use crate::domain::task::{Response, TaskForm};
use crate::ui::keys::KeyReader;
use crate::ui::screens::study::verdict;
use crate::ui::theme::{COLUMN_WIDTH, Tokens};

/// A card that waits for its answer.
pub struct InputContext<'a> {
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
        view(form).presentation()
    }
}

/// What each kind defines of its tasks on screen.
trait TaskView {
    /// How it is presented, besides its widgets.
    fn presentation(&self) -> &'static Presentation;

    /// Draws what the answer is given with. Draws nothing if the draft is that of another kind.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand>;

    /// The keys that answer, or change the draft; none where the answer is typed. Those of text fields and those that
    /// submit are the same for all kinds.
    fn keys(&self, _keys: &KeyReader<'_>, _draft: &Draft) -> Vec<StudyCommand> {
        Vec::new()
    }

    /// Draws the answer with what is right and wrong in it.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>);
}

fn view(form: &TaskForm) -> &dyn TaskView {
    match form {
        TaskForm::Recall(task) => task,
        TaskForm::Typed(task) => task,
        TaskForm::Number(task) => task,
        TaskForm::Date(task) => task,
        TaskForm::Bool(task) => task,
        TaskForm::Choice(task) => task,
        TaskForm::Choices(task) => task,
        TaskForm::Cloze(task) => task,
        TaskForm::Order(task) => task,
        TaskForm::Match(task) => task,
        TaskForm::Sort(task) => task,
    }
}

/// Draws what the answer is given with.
pub fn input(ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
    view(&context.card.task.form).input(ui, tokens, context)
}

/// The keys that answer a card, or change its draft, without text fields and without what submits an answer.
pub fn keys(keys: &KeyReader<'_>, card: &ActiveCard) -> Vec<StudyCommand> {
    view(&card.task.form).keys(keys, &card.draft)
}

/// Draws the answer with what is right and wrong in it, and the verdict in a few words.
pub fn feedback(ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
    let view = view(&graded.card.task.form);
    view.feedback(ui, tokens, graded);
    match view.presentation().headline {
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
    if let TaskForm::Recall(task) = form { Some(&task.back) } else { None }
}

/// Draws the fields of the right answer in the editor. `is_invalid` marks the first of them as wrong.
pub fn form_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm, is_invalid: bool) {
    let answer = &mut form.answer;
    match form.kind {
        Kind::Recall => recall::form_fields(ui, tokens, &mut answer.recall, is_invalid),
        Kind::Typed => typed::form_fields(ui, tokens, &mut answer.typed, is_invalid),
        Kind::Number => number::form_fields(ui, tokens, &mut answer.number, is_invalid),
        Kind::Date => date::form_fields(ui, tokens, &mut answer.date, is_invalid),
        Kind::Bool => true_false::form_fields(ui, tokens, &mut answer.true_false),
        Kind::Choice => choice::form_fields(ui, tokens, &mut answer.options, &mut form.typed, is_invalid),
        Kind::Choices => choices::form_fields(ui, tokens, &mut answer.options, is_invalid),
        Kind::Cloze => cloze::form_fields(ui, tokens, &mut answer.cloze, &form.prompt),
        Kind::Order => order::form_fields(ui, tokens, &mut answer.order, is_invalid),
        Kind::Match => matching::form_fields(ui, tokens, &mut answer.matching, is_invalid),
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
