//! Typed, Number and Date: one text field. In a test also Recall, which is written there.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, CornerRadius, Frame, Id, Label, Margin, Stroke, TextEdit, Ui, vec2};

use super::verdict;
use crate::app::Command;
use crate::app::draft::Draft;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::app::words::{right_value, tolerance};
use crate::domain::grade::{Correctness, Marks, Verdict};
use crate::domain::task::{NumberTask, Response, TaskForm, TypedForm};
use crate::domain::typed_feedback::{TypedFeedback, join_letters};
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::{column, letter_diff};

/// The id of the text field of a card. `gap` is the index of a gap in a Cloze, 0 for other kinds.
pub fn answer_id(card: &ActiveCard, gap: usize) -> Id {
    Id::unique(("answer", &card.key, card.shown_ms, gap))
}

/// Draws the text field. `caption` is the id of the label that names it for screen readers.
pub fn input(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard, caption: Id) -> Option<Command> {
    let Draft::Typed(draft) = &card.draft else { return None };
    let mut text = draft.clone();
    let id = answer_id(card, 0);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let line = if focused { tokens.accent } else { tokens.line };
    let unit = match &card.task.form {
        TaskForm::Number(NumberTask { unit, .. }) => unit.as_deref(),
        _ => None,
    };
    column::outlined(ui, tokens, line, |ui| {
        ui.horizontal(|ui| {
            let unit_width = unit.map_or(0.0, |unit| unit.chars().count() as f32 * 11.0 + 16.0);
            let hint = match card.task.form {
                TaskForm::Date { .. } => "such as 1999-12-31",
                _ => "",
            };
            let field = TextEdit::singleline(&mut text)
                .id(id)
                .font(TextSize::Prompt.regular())
                .frame(Frame::NONE)
                .hint_text(egui::RichText::new(hint).color(tokens.muted))
                .desired_width(ui.available_width() - unit_width)
                .min_size(egui::vec2(0.0, TextSize::Prompt.line_height()))
                .align(egui::Align2::LEFT_CENTER)
                .char_limit(1000);
            let response = ui.add(field).labelled_by(caption);
            // The question as a description: the label alone would leave it out for screen readers.
            let prompt = crate::ui::widgets::markdown::plain(&card.task.prompt);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(prompt));
            if let Some(unit) = unit {
                ui.label(TextSize::Lead.text(unit, tokens.muted));
            }
        });
    });
    (text != *draft).then_some(Command::Study(StudyCommand::SetDraft(Draft::Typed(text))))
}

/// Draws what was typed and what is right, in a frame of the verdict's colour.
pub fn feedback(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard, verdict: &Verdict, response: &Response) {
    let fill = match verdict.correctness() {
        Correctness::Right => tokens.right_fill,
        Correctness::Almost | Correctness::Partly => tokens.partly_fill,
        Correctness::Wrong => tokens.wrong_fill,
    };
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, verdict_color(verdict, tokens)))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            verdict::headline(ui, tokens, &card.task.form, verdict);
            match &card.task.form {
                TaskForm::Typed(form) => typed_feedback(ui, tokens, card, form, verdict, response),
                _ => value_feedback(ui, tokens, card, verdict, response),
            }
            verdict::note(ui, tokens, verdict);
        });
}

/// Draws the typed text letter by letter, then the right answer and the other accepted ones.
fn typed_feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    card: &ActiveCard,
    form: &TypedForm,
    verdict: &Verdict,
    response: &Response,
) {
    let Marks::Typed(marks) = &verdict.marks else { return };
    let answer = &card.question().answer;
    let texts = TypedFeedback::new(form, marks);
    let ink = verdict_color(verdict, tokens);
    let was_typed = *response != Response::GaveUp && !marks.typed.is_empty();
    if was_typed && !texts.is_main {
        let given = letter_diff::job(&texts.typed, TextSize::Lead, ink, tokens);
        answer_line(ui, tokens, given, &[answer.reading_of(&join_letters(&texts.typed)), Some("you typed")]);
    }
    // A reading always belongs to the word before it.
    if let Some(nearest) = texts.nearest {
        let word = join_letters(nearest);
        let nearest = letter_diff::strong_job(nearest, TextSize::Lead, tokens.right, tokens);
        answer_line(ui, tokens, nearest, &[answer.reading_of(&word), Some("comes nearest")]);
    }
    let main = letter_diff::strong_job(&texts.main, TextSize::Lead, tokens.right, tokens);
    answer_line(ui, tokens, main, &[answer.reading_of(&texts.main_text())]);
    if let Some(others) = texts.others_text(answer) {
        ui.add(Label::new(TextSize::Caption.text(format!("Also accepted: {others}"), tokens.muted)).wrap());
    }
}

/// Draws a typed number or date, then the right one.
fn value_feedback(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard, verdict: &Verdict, response: &Response) {
    let right = right_value(&card.task.form).unwrap_or_default();
    if let Response::Typed(text) = response
        && text.trim() != right
    {
        let job = letter_diff::job(&[(text.trim().to_owned(), true)], TextSize::Lead, tokens.ink, tokens);
        answer_line(ui, tokens, job, &[Some("you typed")]);
    }
    if !verdict.headline.ends_with(&right) {
        let job = letter_diff::strong_job(&[(right, true)], TextSize::Lead, tokens.ink, tokens);
        answer_line(ui, tokens, job, &[tolerance(&card.task.form).as_deref()]);
    }
}

/// Draws a text with smaller texts behind it, on one baseline.
fn answer_line(ui: &mut Ui, tokens: &Tokens, mut job: LayoutJob, behind: &[Option<&str>]) {
    let small = TextFormat {
        font_id: TextSize::Body.regular(),
        line_height: Some(TextSize::Lead.line_height()),
        color: tokens.muted,
        ..TextFormat::default()
    };
    for text in behind.iter().flatten() {
        job.append(&format!(" {text}"), 4.0, small.clone());
    }
    ui.add(Label::new(job).wrap());
}

/// The colour of a verdict.
pub fn verdict_color(verdict: &Verdict, tokens: &Tokens) -> egui::Color32 {
    match verdict.correctness() {
        Correctness::Right => tokens.right,
        Correctness::Almost | Correctness::Partly => tokens.partly,
        Correctness::Wrong => tokens.wrong,
    }
}
