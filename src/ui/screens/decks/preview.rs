//! The question as it will be asked, to be tried out while it is written.

use std::path::Path;

use eframe::egui::{Margin, Ui};

use crate::app::Command;
use crate::app::decks::DeckCommand;
use crate::app::decks::editor::Editor;
use crate::app::study::Stage;
use crate::ui::pictures;
use crate::ui::screens::study;
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Draws the preview.
pub fn show(ui: &mut Ui, tokens: &Tokens, editor: &Editor, folder: Option<&Path>) -> Option<Command> {
    ui.label(Type::Caption.text("Preview: try it", tokens.muted));
    let mut command = None;
    column::card(ui, tokens, Margin::same(20), |ui| {
        let Some(asked) = editor.preview() else {
            let words = "Here the question appears as soon as it has a prompt and an answer.";
            ui.add(eframe::egui::Label::new(Type::Body.text(words, tokens.muted)).wrap());
            return;
        };
        let occasion = ("preview", asked.shown_ms);
        command = pictures::within(ui, folder, occasion, |ui| study::try_out(ui, tokens, asked));
        if matches!(asked.stage, Stage::Judged { .. }) {
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
