//! Date: type a date.

use eframe::egui::Ui;

use super::{AnswerInput, GradedAnswer, Presentation, text_field};
use crate::app::kind::DateFields;
use crate::app::study::StudyCommand;
use crate::ui::screens::decks::fields::one_line;
use crate::ui::theme::Tokens;

pub(super) const PRESENTATION: Presentation = text_field::PRESENTATION;

/// Draws the text field.
pub(super) fn input(ui: &mut Ui, tokens: &Tokens, input: &AnswerInput<'_>) -> Option<StudyCommand> {
    text_field::input(ui, tokens, input, "such as 1999-12-31", None)
}

/// Draws the date that was typed, then the right one.
pub(super) fn feedback(ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
    text_field::value_feedback(ui, tokens, graded);
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut DateFields, is_invalid: bool) {
    one_line(ui, tokens, ("date", "The date", "such as 1953-07-27"), &mut fields.date, is_invalid);
    let name = "Days off that are still right";
    one_line(ui, tokens, ("within days", name, "0"), &mut fields.within_days, false);
}
