//! What is asked about progress whose question is gone.

use eframe::egui::{self, Ui, vec2};

use crate::app::{App, Command};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Questions to the learner that are shown at once.
const MAX_SHOWN: usize = 3;

/// Draws what is to be answered; nothing when there is nothing.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let mut command = None;
    let open = app.open_moves().count();
    for asked in app.open_moves().take(MAX_SHOWN) {
        ui.add_space(8.0);
        column::outlined(ui, tokens, tokens.accent, |ui| {
            let words = format!("{}  {}", icons::INFO, asked.text);
            ui.add(egui::Label::new(TextSize::Body.strong(words, tokens.ink)).wrap());
            let below = "Its progress can go along. Nothing is lost either way.";
            ui.label(TextSize::Caption.text(below, tokens.muted));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                for (choice, each) in asked.choices.iter().enumerate() {
                    let label = format!("Yes: {}", each.label);
                    if Button::new(&label, Weight::Secondary).small().show(ui, tokens).clicked() {
                        command = Some(Command::MoveProgress { number: asked.number, choice });
                    }
                }
                let apart = Command::RejectMatch(asked.number);
                if Button::new("No, keep apart", Weight::Secondary).small().show(ui, tokens).clicked() {
                    command = Some(apart);
                }
            });
        });
    }
    if open > MAX_SHOWN {
        ui.label(TextSize::Caption.text(format!("And {} more to answer.", open - MAX_SHOWN), tokens.muted));
    }
    command
}
