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

use crate::app::decks::{DeckCommand, Dialog};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::library::Origin;
use crate::ui::theme::Tokens;

pub use editor::first_field;
pub(super) use table::prompt_of;

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

/// The commands of the screen, for the command palette.
pub fn commands(app: &App) -> Vec<Command> {
    let decks = app.decks();
    if decks.import().is_some() {
        return [DeckCommand::FinishImport, DeckCommand::CancelImport].map(Command::Deck).to_vec();
    }
    if let Some(editor) = decks.editor() {
        let mut commands = vec![DeckCommand::Save(false), DeckCommand::CloseEditor];
        if editor.question.is_none() {
            commands.insert(1, DeckCommand::Save(true));
        }
        return commands.into_iter().map(Command::Deck).collect();
    }
    let Some(page) = decks.page() else {
        let new = DeckCommand::SetDialog(Dialog::NewDeck { title: String::new() });
        return [new, DeckCommand::ChooseImport, DeckCommand::ChooseFolder].map(Command::Deck).to_vec();
    };
    let mut commands = Vec::new();
    if let Some(loaded) = app.page_deck().and_then(|deck| app.library().deck(&deck.id)) {
        commands.push(match loaded.origin {
            Origin::File(_) => DeckCommand::NewQuestion,
            Origin::Shipped(_) => DeckCommand::Copy(loaded.deck.id.clone()),
        });
        if !page.selected.is_empty() {
            commands.extend([DeckCommand::Suspend, DeckCommand::Resume, DeckCommand::Reset]);
            if matches!(loaded.origin, Origin::File(_)) {
                commands.extend([
                    DeckCommand::Delete,
                    DeckCommand::MoveQuestion(true),
                    DeckCommand::MoveQuestion(false),
                ]);
            }
        }
    }
    let mut commands: Vec<Command> = commands.into_iter().map(Command::Deck).collect();
    if let Some(loaded) = app.page_deck().and_then(|deck| app.library().deck(&deck.id)) {
        commands.extend(page::more_choices(loaded).into_iter().map(|choice| choice.value));
    }
    commands.push(Command::Deck(DeckCommand::ShowLibrary));
    commands
}

/// Whether the open import gives questions, so that it can be finished.
pub fn can_import(app: &App) -> bool {
    app.decks().import().is_some_and(import::is_ready)
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
