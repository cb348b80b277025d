//! Date: type a date.

use eframe::egui::Ui;

use super::{GradedAnswer, InputContext, Presentation, TaskView, text_field};
use crate::app::kind::DateFields;
use crate::app::study::StudyCommand;
use crate::domain::task::DateTask;
use crate::text::study as text;
use crate::ui::screens::decks::fields::one_line;
use crate::ui::theme::Tokens;

impl TaskView for DateTask {
    fn presentation(&self) -> &'static Presentation {
        &text_field::PRESENTATION
    }

    /// Draws the text field.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        text_field::input(ui, tokens, context, "such as 1999-12-31", None)
    }

    /// Draws the date that was typed, then the right one.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let (right, tolerance) = (text::right_date(self), text::date_tolerance(self));
        text_field::value_feedback(ui, tokens, graded, right, tolerance);
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut DateFields, is_invalid: bool) {
    one_line(ui, tokens, ("date", "The date", "such as 1953-07-27"), &mut fields.date, is_invalid);
    let name = "Days off that are still right";
    one_line(ui, tokens, ("within days", name, "0"), &mut fields.within_days, false);
}
