//! What the learner is asked about progress whose question is gone from its deck, if it is not certain which question
//! took its place.

use eframe::egui::{self, Ui, vec2};

use crate::app::moves::MoveCommand;
use crate::app::{App, Command};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// How many of them are shown at once.
const MAX_SHOWN: usize = 3;

/// Draws the moves that wait for an answer. Draws nothing if there are none.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let mut command = None;
    let count = app.open_moves().count();
    for question in app.open_moves().take(MAX_SHOWN) {
        ui.add_space(8.0);
        column::outlined(ui, tokens, tokens.accent, |ui| {
            let text = format!("{}  {}", icons::INFO, question.text);
            ui.add(egui::Label::new(TextSize::Body.strong(text, tokens.ink)).wrap());
            ui.label(TextSize::Caption.text(text::moves::NOTHING_IS_LOST, tokens.muted));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                for (index, choice) in question.choices.iter().enumerate() {
                    let label = text::moves::move_progress(&choice.label);
                    if Button::secondary(&label).small().show(ui, tokens).clicked() {
                        command = Some(Command::Move(MoveCommand::Accept {
                            number: question.number,
                            choice: index,
                        }));
                    }
                }
                let reject = Command::Move(MoveCommand::Reject(question.number));
                if Button::secondary(text::moves::KEEP_APART).small().show(ui, tokens).clicked() {
                    command = Some(reject);
                }
            });
        });
    }
    if count > MAX_SHOWN {
        ui.label(TextSize::Caption.text(text::moves::more_moves(count - MAX_SHOWN), tokens.muted));
    }
    command
}
