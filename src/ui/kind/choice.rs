//! Choice: pick the only right option.

use eframe::egui::Ui;

use super::option_rows::{self, picked_row, right_options, wrong_options};
use super::{GradedAnswer, Headline, InputContext, Presentation, Submit, TaskView};
use crate::app::draft::Draft;
use crate::app::kind::OptionFields;
use crate::app::study::StudyCommand;
use crate::domain::task::{ChoiceTask, Response};
use crate::text;
use crate::ui::keys::{DIGITS, KeyReader};
use crate::ui::screens::decks::fields::{field_id, focus_next_on_enter, text_list};
use crate::ui::theme::Tokens;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::row::SelectableRow;

impl TaskView for ChoiceTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation { submit: Submit::OneClick, headline: Headline::Spoken, ..Presentation::PLAIN }
    }

    /// Draws the options. `response` is the answer so far, if it can be changed.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let mut command = None;
        for (index, option) in self.options.iter().enumerate() {
            let is_picked =
                matches!(context.response, Some(Response::Choice(picks)) if picks.contains(&index));
            if picked_row(SelectableRow::new(&option.text).key(index + 1), is_picked)
                .show(ui, tokens)
                .clicked()
            {
                command = Some(StudyCommand::Answer(Response::Choice(vec![index])));
            }
        }
        command
    }

    /// The number of an option answers with it.
    fn keys(&self, keys: &KeyReader<'_>, _: &Draft) -> Vec<StudyCommand> {
        let keys_of = DIGITS.into_iter().take(self.options.len()).enumerate();
        let pressed = keys_of.filter(|(_, key)| keys.consume_plain_or_alt(*key));
        pressed.map(|(option, _)| StudyCommand::Answer(Response::Choice(vec![option]))).collect()
    }

    /// Draws every option with its mark.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        option_rows::feedback(ui, tokens, &self.options, false, graded);
    }
}

pub(super) fn form_fields(
    ui: &mut Ui,
    tokens: &Tokens,
    fields: &mut OptionFields,
    typed: &mut Vec<String>,
    is_invalid: bool,
) {
    if fields.right.iter().filter(|text| !text.trim().is_empty()).count() > 1 {
        // All of them are shown, so that the author can remove some, or change the kind.
        right_options(ui, tokens, fields, is_invalid);
    } else {
        if fields.right.is_empty() {
            fields.right.push(String::new());
        }
        let field = TextField::new(field_id("right", 0), text::editor::RIGHT_OPTION).invalid(is_invalid);
        let response = field.show(ui, tokens, &mut fields.right[0]);
        focus_next_on_enter(ui, &response, field_id("wrong", 0));
        // The empty field that was added above is no change of the form.
        if fields.right == [String::new()] {
            fields.right.clear();
        }
    }
    wrong_options(ui, tokens, fields, is_invalid);
    text_list(ui, tokens, ("typed", text::editor::TYPED_LATER), typed, false);
}
