//! Choices: pick every right option.

use eframe::egui::Ui;

use super::option_rows::{self, picked_row, right_options, wrong_options};
use super::{GradedAnswer, Presentation};
use crate::app::draft::Draft;
use crate::app::kind::OptionFields;
use crate::app::study::StudyCommand;
use crate::domain::task::TaskOption;
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::SelectableRow;

pub(super) const PRESENTATION: Presentation =
    Presentation { key_help: Some("every number ticks or unticks an option"), ..Presentation::PLAIN };

/// Draws the options with a check box each. Draws nothing if `draft` is of another kind.
pub(super) fn input(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[TaskOption],
    draft: &Draft,
) -> Option<StudyCommand> {
    let Draft::Choices(picked) = draft else { return None };
    let mut command = None;
    for (index, option) in options.iter().enumerate() {
        let is_picked = picked.get(index).copied().unwrap_or(false);
        let row = picked_row(SelectableRow::new(&option.text).key(index + 1).check_box(), is_picked);
        if row.show(ui, tokens).clicked() {
            command = draft.press_digit(index + 1).map(StudyCommand::SetDraft);
        }
    }
    command
}

/// Draws every option with its mark.
pub(super) fn feedback(ui: &mut Ui, tokens: &Tokens, options: &[TaskOption], graded: &GradedAnswer<'_>) {
    option_rows::feedback(ui, tokens, options, true, graded);
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut OptionFields, is_invalid: bool) {
    right_options(ui, tokens, fields, is_invalid);
    wrong_options(ui, tokens, fields, is_invalid);
}
