//! Bool: say whether the prompt is true.

use eframe::egui::{Key, Ui};

use super::option_rows::{feedback_row, picked_row};
use super::{GradedAnswer, Headline, InputContext, Presentation, Submit, TaskView};
use crate::app::draft::Draft;
use crate::app::kind::BoolFields;
use crate::app::study::StudyCommand;
use crate::domain::grade::Marks;
use crate::domain::task::{BoolTask, Response};
use crate::text;
use crate::ui::keys::KeyReader;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::row::SelectableRow;
use crate::ui::widgets::stepper::option_buttons;

impl TaskView for BoolTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation { submit: Submit::OneClick, headline: Headline::Spoken, ..Presentation::PLAIN }
    }

    /// Draws "True" and "False". `response` is the answer so far, if it can be changed.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let mut command = None;
        for (key, label, value) in [("1", text::study::TRUE, true), ("2", text::study::FALSE, false)] {
            let is_picked = context.response == Some(&Response::Bool(value));
            if picked_row(SelectableRow::new(label).key(key), is_picked).show(ui, tokens).clicked() {
                command = Some(StudyCommand::Answer(Response::Bool(value)));
            }
        }
        command
    }

    /// Each key is an answer: the number of the row, or the first letter of its text.
    fn keys(&self, keys: &KeyReader<'_>, _: &Draft) -> Vec<StudyCommand> {
        let keys_of = [(Key::Num1, true), (Key::T, true), (Key::Num2, false), (Key::F, false)];
        let pressed = keys_of.into_iter().filter(|(key, _)| keys.consume_plain_or_alt(*key));
        pressed.map(|(_, value)| StudyCommand::Answer(Response::Bool(value))).collect()
    }

    /// Draws "True" and "False" with their marks.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let Marks::Options(marks) = &graded.verdict.marks else { return };
        for (text, mark) in [text::study::TRUE, text::study::FALSE].into_iter().zip(marks) {
            feedback_row(SelectableRow::new(text), *mark).show(ui, tokens);
        }
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut BoolFields) {
    ui.label(TextSize::Caption.text(text::editor::THE_SENTENCE_IS, tokens.muted));
    let choices = [(true, text::study::TRUE), (false, text::study::FALSE)];
    if let Some(truth) = option_buttons(ui, tokens, &choices, fields.truth) {
        fields.truth = truth;
    }
}
