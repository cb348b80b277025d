//! Decks: the library, a deck's questions, the editor.

mod dialogs;
mod editor;
mod fields;
mod library;
mod page;
mod preview;
mod problems;
mod table;

use eframe::egui::{Id, Ui};

use crate::app::decks::Dialog;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::ui::theme::Tokens;

pub use editor::first_field;
pub use table::row_height;

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let decks = app.decks();
    let drawn = if let Some(editor) = decks.editor() {
        editor::show(ui, tokens, app, editor, now)
    } else if let Some(page) = decks.page() {
        page::show(ui, tokens, app, page, now)
    } else {
        library::show(ui, tokens, app)
    };
    match decks.dialog() {
        Some(dialog) => dialogs::show(ui, tokens, app, dialog).or(drawn),
        None => drawn,
    }
}

/// The field that searches a deck's questions.
pub fn search_id() -> Id {
    Id::unique("search questions")
}

/// The field that a dialog begins in.
pub fn dialog_field(dialog: &Dialog) -> Option<Id> {
    dialogs::first_field(dialog)
}
