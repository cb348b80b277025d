//! The Decks screen: the library, the page of a deck, the editor, and the import.

mod diagnostics;
mod dialogs;
mod editor;
pub(in crate::ui) mod fields;
mod import;
mod library;
mod moves;
mod page;
mod preview;
mod table;

use eframe::egui::{Id, Ui};

use crate::app::decks::Dialog;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::ui::theme::Tokens;

pub use editor::first_field;
pub(super) use table::{prompt_of, prompt_with_gaps};

/// Draws the screen, and its dialog over it if one is open.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let decks = app.decks();
    let drawn = if let Some(import) = decks.import() {
        import::show(ui, tokens, import)
    } else if let Some(editor) = decks.editor() {
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

/// Whether the screen draws a bar at the lower edge, so that notices stay above it.
pub fn has_bar(app: &App) -> bool {
    let decks = app.decks();
    decks.import().is_some()
        || decks.editor().is_some()
        || decks.page().is_some_and(|page| !page.selected.is_empty())
}

/// The id of the field that searches the questions of a deck.
pub fn search_id() -> Id {
    Id::unique("search questions")
}

/// The id of the field that gets the focus when a dialog opens. `None` for a dialog without fields.
pub fn dialog_field(dialog: &Dialog) -> Option<Id> {
    dialogs::first_field(dialog)
}
