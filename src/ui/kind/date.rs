//! Date: type a date.

use eframe::egui::Ui;

use super::{GradedAnswer, InputContext, Presentation, TaskView, text_field};
use crate::app::kind::DateFields;
use crate::app::study::StudyCommand;
use crate::domain::task::DateTask;
use crate::text;
use crate::ui::screens::decks::fields::one_line;
use crate::ui::theme::Tokens;

impl TaskView for DateTask {
    fn presentation(&self) -> &'static Presentation {
        &text_field::PRESENTATION
    }

    /// Draws the text field.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        text_field::input(ui, tokens, context, text::study::DATE_EXAMPLE, None)
    }

    /// Draws the date that was typed, then the right one.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let (right, tolerance) = (text::study::right_date(self), text::study::date_tolerance(self));
        text_field::value_feedback(ui, tokens, graded, right, tolerance);
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut DateFields, is_invalid: bool) {
    one_line(
        ui,
        tokens,
        ("date", text::editor::DATE, text::editor::DATE_EXAMPLE),
        &mut fields.date,
        is_invalid,
    );
    one_line(ui, tokens, ("within-days", text::editor::WITHIN_DAYS, "0"), &mut fields.within_days, false);
}
