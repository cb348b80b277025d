//! Typed answers: words, numbers, dates.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, CornerRadius, Frame, Id, Label, Margin, Stroke, TextEdit, Ui, vec2};

use super::verdict;
use crate::app::Command;
use crate::app::draft::Draft;
use crate::app::study::Asked;
use crate::app::words::{right_value, right_within};
use crate::domain::grade::{Marks, Outcome, Verdict};
use crate::domain::right_texts::{RightTexts, joined};
use crate::domain::task::{Form, Response, TextForm};
use crate::ui::theme::{CARD_RADIUS, Tokens, Type};
use crate::ui::widgets::{column, letters};

/// The text field of a card, or of one of its gaps: also what the keyboard asks for.
pub fn answer_id(asked: &Asked, gap: usize) -> Id {
    Id::unique(("answer", &asked.key, asked.shown_ms, gap))
}

pub fn asking(ui: &mut Ui, tokens: &Tokens, asked: &Asked, caption: Id) -> Option<Command> {
    let Draft::Text(draft) = &asked.draft else { return None };
    let mut text = draft.clone();
    let id = answer_id(asked, 0);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let line = if focused { tokens.accent } else { tokens.line };
    let unit = match &asked.task.form {
        Form::Number { unit, .. } => unit.as_deref(),
        _ => None,
    };
    column::outlined(ui, tokens, line, |ui| {
        ui.horizontal(|ui| {
            let unit_width = unit.map_or(0.0, |unit| unit.chars().count() as f32 * 11.0 + 16.0);
            let hint = match asked.task.form {
                Form::Date { .. } => "such as 1999-12-31",
                _ => "",
            };
            let field = TextEdit::singleline(&mut text)
                .id(id)
                .font(Type::Prompt.regular())
                .frame(Frame::NONE)
                .hint_text(egui::RichText::new(hint).color(tokens.muted))
                .desired_width(ui.available_width() - unit_width)
                .min_size(egui::vec2(0.0, Type::Prompt.line_height()))
                .align(egui::Align2::LEFT_CENTER)
                .char_limit(1000);
            let response = ui.add(field).labelled_by(caption);
            // Told with the question: the caption alone would leave a screen reader without it.
            let told = crate::ui::widgets::markdown::plain(&asked.task.prompt);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(told));
            if let Some(unit) = unit {
                ui.label(Type::Lead.text(unit, tokens.muted));
            }
        });
    });
    (text != *draft).then_some(Command::SetDraft(Draft::Text(text)))
}

/// What was typed and what is right, on a ground in the verdict's colour.
pub fn judged(ui: &mut Ui, tokens: &Tokens, asked: &Asked, verdict: &Verdict, response: &Response) {
    let fill = match verdict.outcome() {
        Outcome::Right => tokens.right_fill,
        Outcome::Almost | Outcome::Partly => tokens.partly_fill,
        Outcome::Wrong => tokens.wrong_fill,
    };
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, colour(verdict, tokens)))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            verdict::headline(ui, tokens, &asked.task.form, verdict);
            match &asked.task.form {
                Form::Text(form) => words(ui, tokens, asked, form, verdict, response),
                _ => value(ui, tokens, asked, verdict, response),
            }
            verdict::note(ui, tokens, verdict);
        });
}

/// What was typed letter by letter, over the right answer and all others.
fn words(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &Asked,
    form: &TextForm,
    verdict: &Verdict,
    response: &Response,
) {
    let Marks::Text(marks) = &verdict.marks else { return };
    let answer = &asked.question().answer;
    let texts = RightTexts::new(form, marks);
    let ink = colour(verdict, tokens);
    let was_typed = *response != Response::GaveUp && !marks.given.is_empty();
    if was_typed && !texts.is_main {
        let given = letters::job(&texts.given, Type::Lead, ink, tokens);
        line(ui, tokens, given, &[answer.reading_of(&joined(&texts.given)), Some("you typed")]);
    }
    // The reading is that of the word beside it.
    if let Some(nearest) = texts.nearest {
        let word = joined(nearest);
        let nearest = letters::strong_job(nearest, Type::Lead, tokens.right, tokens);
        line(ui, tokens, nearest, &[answer.reading_of(&word), Some("comes nearest")]);
    }
    let main = letters::strong_job(&texts.main, Type::Lead, tokens.right, tokens);
    line(ui, tokens, main, &[answer.reading_of(&texts.main_text())]);
    if let Some(others) = texts.others_text(answer) {
        ui.add(Label::new(Type::Caption.text(format!("Also accepted: {others}"), tokens.muted)).wrap());
    }
}

/// A number or a date that was typed, over the right one.
fn value(ui: &mut Ui, tokens: &Tokens, asked: &Asked, verdict: &Verdict, response: &Response) {
    let right = right_value(&asked.task.form).unwrap_or_default();
    if let Response::Text(text) = response
        && text.trim() != right
    {
        let job = letters::job(&[(text.trim().to_owned(), true)], Type::Lead, tokens.ink, tokens);
        line(ui, tokens, job, &[Some("you typed")]);
    }
    if !verdict.headline.ends_with(&right) {
        let job = letters::strong_job(&[(right, true)], Type::Lead, tokens.ink, tokens);
        line(ui, tokens, job, &[right_within(&asked.task.form).as_deref()]);
    }
}

/// A word with smaller ones behind it, on one base line.
fn line(ui: &mut Ui, tokens: &Tokens, mut job: LayoutJob, behind: &[Option<&str>]) {
    let small = TextFormat {
        font_id: Type::Body.regular(),
        line_height: Some(Type::Lead.line_height()),
        color: tokens.muted,
        ..TextFormat::default()
    };
    for words in behind.iter().flatten() {
        job.append(&format!(" {words}"), 4.0, small.clone());
    }
    ui.add(Label::new(job).wrap());
}

/// The colour of a verdict.
pub fn colour(verdict: &Verdict, tokens: &Tokens) -> egui::Color32 {
    match verdict.outcome() {
        Outcome::Right => tokens.right,
        Outcome::Almost | Outcome::Partly => tokens.partly,
        Outcome::Wrong => tokens.wrong,
    }
}
