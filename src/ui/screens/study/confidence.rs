//! How sure the learner is: asked for before the verdict, told after it.

use eframe::egui::{self, Ui};

use crate::app::study::ActiveCard;
use crate::app::words;
use crate::app::{App, Command};
use crate::domain::event::Confidence;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::segmented::{Segment, segmented, width_with_keys};

/// Points that the question takes beside the choice, and a little more.
const QUESTION_WIDTH: f32 = 132.0;
/// Asked, and before each choice for screen readers.
const QUESTION: &str = "How sure are you?";

/// The choice, where every question asks for it or where it was made by its keys.
pub fn input(ui: &mut Ui, tokens: &Tokens, app: &App, asked: &ActiveCard) -> Option<Command> {
    if !app.settings().ask_confidence && asked.confidence.is_none() {
        return None;
    }
    let alt = if asked.is_typing_answer() { "Alt " } else { "" };
    let segments = [Confidence::Sure, Confidence::ThinkSo, Confidence::Guess].map(|value| {
        let command = Command::SetConfidence(value);
        Segment { value, label: command.label(), key: format!("{alt}{}", command.key()) }
    });
    let question = TextSize::Caption.text(QUESTION, tokens.muted);
    let choose = |ui: &mut Ui| {
        segmented(ui, tokens, QUESTION, &segments, asked.confidence).map(Command::SetConfidence)
    };
    // In a narrow window one below the other.
    let row = if width_with_keys(ui, &segments) + QUESTION_WIDTH <= ui.available_width() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.label(question);
            choose(ui)
        })
    } else {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.label(question);
            choose(ui)
        })
    };
    ui.add_space(8.0);
    row.inner
}

/// What was said, below the verdict.
pub fn feedback(ui: &mut Ui, tokens: &Tokens, asked: &ActiveCard) {
    let Some(words) = words::confidence_remark(asked) else { return };
    let surprises = words::is_surprise(asked);
    let text = if surprises {
        TextSize::Body.text(format!("{} {words}", icons::HINT), tokens.ink)
    } else {
        TextSize::Caption.text(words, tokens.muted)
    };
    let response = ui.add(egui::Label::new(text).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}
