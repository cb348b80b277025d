//! How sure the learner is of an answer: asked before the verdict, repeated after it.

use eframe::egui::{self, Ui};

use crate::app::study::{ActiveCard, StudyCommand};
use crate::app::{App, Command};
use crate::domain::event::Confidence;
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::segmented::{Segment, segmented, width_with_keys};

/// Width of the question and some space, in points.
const QUESTION_WIDTH: f32 = 132.0;

/// Draws the choice of confidence. Draws nothing if the setting is off, unless a key has stated a confidence already.
pub fn input(ui: &mut Ui, tokens: &Tokens, app: &App, card: &ActiveCard) -> Option<Command> {
    if !app.settings().ask_confidence && card.confidence.is_none() {
        return None;
    }
    let segments = [Confidence::Sure, Confidence::ThinkSo, Confidence::Guess].map(|value| {
        let command = Command::Study(StudyCommand::SetConfidence(value));
        let key = command.key().map(|key| key.shown(card.is_typing_answer()));
        Segment { value, label: command.label(), key }
    });
    let question = TextSize::Caption.text(text::study::HOW_SURE, tokens.muted);
    let choose = |ui: &mut Ui| {
        segmented(ui, tokens, text::study::HOW_SURE, &segments, card.confidence)
            .map(StudyCommand::SetConfidence)
            .map(Command::Study)
    };
    // In a narrow window the choice goes below the question.
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

/// Draws the stated confidence below the verdict. It is emphasised if the verdict contradicts it.
pub fn feedback(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard) {
    let Some(words) = card.confidence_remark() else { return };
    let surprises = card.is_high_confidence_error();
    let text = if surprises {
        TextSize::Body.text(format!("{} {words}", icons::HINT), tokens.ink)
    } else {
        TextSize::Caption.text(words, tokens.muted)
    };
    let response = ui.add(egui::Label::new(text).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}
