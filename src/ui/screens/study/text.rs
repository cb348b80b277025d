//! Typed answers: words, numbers, dates.

use eframe::egui::{self, Frame, Id, Label, TextEdit, Ui};

use crate::app::Command;
use crate::app::draft::Draft;
use crate::app::study::Asked;
use crate::domain::grade::{Marks, Outcome, Verdict};
use crate::domain::task::{Form, Response, TextForm};
use crate::ui::theme::{Tokens, Type};
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

/// What was typed, letter by letter.
pub fn given(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict, response: &Response) {
    let Marks::Text(marks) = &verdict.marks else { return };
    if *response == Response::GaveUp {
        return;
    }
    let ink = colour(verdict, tokens);
    column::outlined(ui, tokens, ink, |ui| {
        ui.add(Label::new(letters::job(&marks.given, Type::Prompt, ink, tokens)).wrap());
    });
}

/// What was right, where it differs, and how it is read.
pub fn expected(ui: &mut Ui, tokens: &Tokens, form: &TextForm, verdict: &Verdict) {
    let Marks::Text(marks) = &verdict.marks else { return };
    let differs = marks.given.iter().chain(&marks.expected).any(|(_, agrees)| !agrees);
    if differs || verdict.outcome() != Outcome::Right {
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(letters::job(&marks.expected, Type::Prompt, tokens.right, tokens)).wrap());
            reading(ui, tokens, form);
        });
    } else if form.reading.is_some() {
        reading(ui, tokens, form);
    }
    if form.accepted.len() > 1 && verdict.outcome() == Outcome::Wrong {
        let also = form.accepted.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join(", ");
        ui.add(Label::new(Type::Caption.text(format!("Also accepted: {also}"), tokens.muted)).wrap());
    }
}

fn reading(ui: &mut Ui, tokens: &Tokens, form: &TextForm) {
    if let Some(reading) = &form.reading {
        ui.label(Type::Body.text(reading, tokens.muted));
    }
}

pub fn plain_judged(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict, response: &Response) {
    if let Response::Text(text) = response {
        let ink = colour(verdict, tokens);
        column::outlined(ui, tokens, ink, |ui| {
            ui.add(Label::new(Type::Prompt.text(text, tokens.ink)).wrap());
        });
        ui.add_space(4.0);
    }
}

/// The colour of a verdict.
pub fn colour(verdict: &Verdict, tokens: &Tokens) -> egui::Color32 {
    match verdict.outcome() {
        Outcome::Right => tokens.right,
        Outcome::Almost | Outcome::Partly => tokens.partly,
        Outcome::Wrong => tokens.wrong,
    }
}
