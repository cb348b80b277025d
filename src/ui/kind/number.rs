//! Number: type a number.

use eframe::egui::Ui;

use super::{GradedAnswer, InputContext, Presentation, TaskView, text_field};
use crate::app::kind::NumberFields;
use crate::app::study::StudyCommand;
use crate::domain::task::NumberTask;
use crate::text;
use crate::ui::screens::decks::fields::one_line;
use crate::ui::theme::Tokens;

impl TaskView for NumberTask {
    fn presentation(&self) -> &'static Presentation {
        &text_field::PRESENTATION
    }

    /// Draws the text field, with the unit behind it.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        text_field::input(ui, tokens, context, "", self.unit.as_deref())
    }

    /// Draws the number that was typed, then the right one.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let (right, tolerance) = (text::study::right_number(self), text::study::number_tolerance(self));
        text_field::value_feedback(ui, tokens, graded, right, tolerance);
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut NumberFields, is_invalid: bool) {
    one_line(
        ui,
        tokens,
        ("number", text::editor::NUMBER, text::editor::NUMBER_EXAMPLE),
        &mut fields.value,
        is_invalid,
    );
    one_line(ui, tokens, ("within", text::editor::WITHIN, "0"), &mut fields.within, false);
    let (name, hint) = (text::editor::UNIT, text::editor::UNIT_EXAMPLE);
    one_line(ui, tokens, ("unit", name, hint), &mut fields.unit, false);
}
