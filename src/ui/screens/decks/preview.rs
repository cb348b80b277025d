//! The preview of the question in the editor. It can be answered, and nothing of that is stored.

use std::path::Path;

use eframe::egui::{Margin, Ui};

use crate::app::Command;
use crate::app::decks::DeckCommand;
use crate::app::decks::editor::Editor;
use crate::app::study::{Stage, StudyCommand};
use crate::text;
use crate::ui::images;
use crate::ui::screens::study;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// Draws the preview. `folder` is where images of the deck are; `None` for a deck without one. Its commands come back
/// wrapped in [`DeckCommand::Preview`], and other
/// commands, such as opening a link, are left out.
pub fn show(ui: &mut Ui, tokens: &Tokens, editor: &Editor, folder: Option<&Path>) -> Option<Command> {
    ui.label(TextSize::Caption.text(text::editor::PREVIEW, tokens.muted));
    let mut command = None;
    column::card(ui, tokens, Margin::same(20), |ui| {
        let Some(card) = editor.preview() else {
            ui.add(
                eframe::egui::Label::new(TextSize::Body.text(text::editor::NO_PREVIEW, tokens.muted)).wrap(),
            );
            return;
        };
        let reload_token = ("preview", card.shown_ms);
        command =
            images::with_image_context(ui, folder, reload_token, |ui| study::show_preview(ui, tokens, card));
        if matches!(card.stage, Stage::Graded { .. }) {
            ui.add_space(8.0);
            if Button::secondary(text::editor::TRY_AGAIN).small().show(ui, tokens).clicked() {
                command = Some(Command::Study(StudyCommand::Continue));
            }
        }
    });
    match command? {
        Command::Study(command) => Some(Command::Deck(DeckCommand::Preview(command))),
        _ => None,
    }
}
