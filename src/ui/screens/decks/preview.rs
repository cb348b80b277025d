//! The question as it will be asked, to be tried out while it is written.

use std::path::Path;

use eframe::egui::{Margin, Ui};

use crate::app::Command;
use crate::app::decks::DeckCommand;
use crate::app::decks::editor::Editor;
use crate::app::study::Stage;
use crate::ui::images;
use crate::ui::screens::study;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Draws the preview.
pub fn show(ui: &mut Ui, tokens: &Tokens, editor: &Editor, folder: Option<&Path>) -> Option<Command> {
    ui.label(TextSize::Caption.text("Preview: try it", tokens.muted));
    let mut command = None;
    column::card(ui, tokens, Margin::same(20), |ui| {
        let Some(asked) = editor.preview() else {
            let words = "Here the question appears as soon as it has a prompt and an answer.";
            ui.add(eframe::egui::Label::new(TextSize::Body.text(words, tokens.muted)).wrap());
            return;
        };
        let occasion = ("preview", asked.shown_ms);
        command =
            images::with_image_context(ui, folder, occasion, |ui| study::show_preview(ui, tokens, asked));
        if matches!(asked.stage, Stage::Graded { .. }) {
            ui.add_space(8.0);
            if Button::new("Try again", Weight::Secondary).small().show(ui, tokens).clicked() {
                command = Some(Command::Continue);
            }
        }
    });
    command
        .filter(|command| !matches!(command, Command::OpenLink(_)))
        .map(|command| Command::Deck(DeckCommand::Preview(Box::new(command))))
}
