//! Recall: think of the answer, look at the right one, and grade yourself. In a test the answer is written first.

use eframe::egui::{Label, Margin, Ui};

use super::{GradedAnswer, InputContext, Presentation, Submit, TaskView, text_field};
use crate::app::kind::RecallFields;
use crate::app::study::StudyCommand;
use crate::domain::task::{RecallTask, Response};
use crate::text;
use crate::ui::screens::decks::fields::{check_box, field_id, one_line};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::{column, markdown};

impl TaskView for RecallTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation {
            submit: Submit::ShowAnswer,
            attempt_instruction: Some(text::study::OWN_WORDS),
            ..Presentation::PLAIN
        }
    }

    /// Draws the text field of a test. Outside of tests nothing is entered.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        text_field::input(ui, tokens, context, "", None)
    }

    fn feedback(&self, _ui: &mut Ui, _tokens: &Tokens, _graded: &GradedAnswer<'_>) {
        // The learner has compared the answers themselves.
    }
}

/// Draws the right answer.
pub fn show_back(ui: &mut Ui, tokens: &Tokens, back: &str) {
    column::card(ui, tokens, Margin::same(16), |ui| {
        markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
    });
}

/// Draws the answer that was written in a test above the right one.
pub fn show_written(ui: &mut Ui, tokens: &Tokens, response: &Response, back: &str) {
    if let Response::Typed(text) = response {
        ui.label(TextSize::Caption.text(text::study::YOUR_ANSWER, tokens.muted));
        ui.add(Label::new(TextSize::Lead.text(text, tokens.ink)).wrap());
        ui.add_space(8.0);
    }
    ui.label(TextSize::Caption.text(text::study::THE_RIGHT_ANSWER, tokens.muted));
    show_back(ui, tokens, back);
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut RecallFields, is_invalid: bool) {
    let field = TextField::new(field_id("back", 0), text::editor::ANSWER).rows(2).invalid(is_invalid);
    field.show(ui, tokens, &mut fields.back);
    check_box(ui, tokens, text::editor::BOTH_WAYS, &mut fields.reverse);
    if fields.reverse {
        let (name, hint) = (text::editor::REVERSE_PROMPT, text::editor::REVERSE_PROMPT_EMPTY);
        one_line(ui, tokens, ("reverse-prompt", name, hint), &mut fields.reverse_prompt, false);
    }
}
