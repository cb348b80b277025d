//! Typed: type a word or a phrase.

use eframe::egui::{Label, Ui};

use super::text_field::{self, answer_line};
use super::{GradedAnswer, InputContext, Presentation, TaskView};
use crate::app::kind::TypedFields;
use crate::app::study::StudyCommand;
use crate::domain::grade::Marks;
use crate::domain::task::TypedForm;
use crate::domain::typed_feedback::{TypedFeedback, join_letters};
use crate::text;
use crate::ui::screens::decks::fields::{check_box, field_id, text_list};
use crate::ui::screens::study::verdict::verdict_color;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::letter_diff;

impl TaskView for TypedForm {
    fn presentation(&self) -> &'static Presentation {
        &text_field::PRESENTATION
    }

    /// Draws the text field.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        text_field::input(ui, tokens, context, "", None)
    }

    /// Draws the typed text letter by letter, then the right answer and the other accepted ones.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        text_field::in_frame(ui, tokens, graded, |ui| {
            let Marks::Typed(marks) = &graded.verdict.marks else { return };
            let answer = &graded.card.question().answer;
            let texts = TypedFeedback::new(self, marks);
            let ink = verdict_color(graded.verdict, tokens);
            let was_typed = !graded.gave_up() && !marks.typed.is_empty();
            if was_typed && !texts.is_main {
                let given = letter_diff::job(&texts.typed, TextSize::Lead, ink, tokens);
                answer_line(
                    ui,
                    tokens,
                    given,
                    &[answer.reading_of(&join_letters(&texts.typed)), Some(text::study::YOU_TYPED)],
                );
            }
            // A reading always belongs to the word before it.
            if let Some(nearest) = texts.nearest {
                let word = join_letters(nearest);
                let nearest = letter_diff::strong_job(nearest, TextSize::Lead, tokens.right, tokens);
                answer_line(ui, tokens, nearest, &[answer.reading_of(&word), Some(text::study::CLOSEST)]);
            }
            let main = letter_diff::strong_job(&texts.main, TextSize::Lead, tokens.right, tokens);
            answer_line(ui, tokens, main, &[answer.reading_of(&texts.main_text())]);
            if let Some(others) = texts.others_text(answer) {
                ui.add(
                    Label::new(
                        TextSize::Caption.text(text::study::also_accepted(None, &others), tokens.muted),
                    )
                    .wrap(),
                );
            }
        });
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut TypedFields, is_invalid: bool) {
    text_list(ui, tokens, ("accepted", text::editor::ACCEPTED), &mut fields.accepted, is_invalid);
    check_box(ui, tokens, text::editor::STRICT, &mut fields.strict);
}

/// Draws the fields of the reverse card, and of how the answers are read aloud.
pub(super) fn optional_form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut TypedFields) {
    text_list(ui, tokens, ("also-reverse", text::editor::ALSO_REVERSE), &mut fields.also_reverse, false);
    reading_fields(ui, tokens, "reading", &fields.accepted, &mut fields.readings);
    reading_fields(ui, tokens, "reverse-reading", &fields.also_reverse, &mut fields.reverse_readings);
}

/// Draws a field for the reading of each word, that is, how it is read aloud.
fn reading_fields(ui: &mut Ui, tokens: &Tokens, id: &str, words: &[String], texts: &mut Vec<String>) {
    let is_only = words.iter().filter(|word| !word.trim().is_empty()).count() == 1 && id == "reading";
    texts.resize(texts.len().max(words.len()), String::new());
    for (index, (word, text)) in words.iter().zip(texts.iter_mut()).enumerate() {
        // Words of the reverse side in plain letters are mostly in the author's own language, which needs no reading.
        let is_plain = id != "reading" && word.is_ascii() && text.is_empty();
        if word.trim().is_empty() || is_plain {
            continue;
        }
        let name = match is_only {
            true => text::editor::READING.to_owned(),
            false => text::editor::reading_of(word.trim()),
        };
        TextField::new(field_id(id, index), &name)
            .hint_text(text::editor::READING_EXAMPLE)
            .show(ui, tokens, text);
    }
    // The empty fields that were added above are no change of the form.
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
}
