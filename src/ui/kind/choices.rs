//! Choices: pick every right option.

use eframe::egui::Ui;

use super::option_rows::{self, picked_row, right_options, wrong_options};
use super::{GradedAnswer, InputContext, Presentation, TaskView, digit_keys};
use crate::app::draft::Draft;
use crate::app::kind::OptionFields;
use crate::app::study::StudyCommand;
use crate::domain::task::ChoicesTask;
use crate::text;
use crate::ui::keys::KeyReader;
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::SelectableRow;

impl TaskView for ChoicesTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation { key_help: Some(text::study::CHOICES_KEYS), ..Presentation::PLAIN }
    }

    /// Draws the options with a check box each. Draws nothing if `draft` is of another kind.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let draft = &context.card.draft;
        let Draft::Choices(picked) = draft else { return None };
        let mut command = None;
        for (index, option) in self.options.iter().enumerate() {
            let is_picked = picked.get(index).copied().unwrap_or(false);
            let row = picked_row(SelectableRow::new(&option.text).key(index + 1).check_box(), is_picked);
            if row.show(ui, tokens).clicked() {
                command = draft.press_digit(index + 1).map(StudyCommand::SetDraft);
            }
        }
        command
    }

    fn keys(&self, keys: &KeyReader<'_>, draft: &Draft) -> Vec<StudyCommand> {
        digit_keys::keys(keys, draft)
    }

    /// Draws every option with its mark.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        option_rows::feedback(ui, tokens, &self.options, true, graded);
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut OptionFields, is_invalid: bool) {
    right_options(ui, tokens, fields, is_invalid);
    wrong_options(ui, tokens, fields, is_invalid);
}
