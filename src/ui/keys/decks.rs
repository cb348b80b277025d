//! The keys of the Decks screen.

use eframe::egui::{Key, Modifiers};

use super::{KeyActions, KeyReader, row_steps};
use crate::app::decks::exporting::DeckExportFormat;
use crate::app::decks::{DeckCommand, DeckDetails, DeckPage, Dialog, PageSubject, SelectionChange};
use crate::app::{App, Command};
use crate::domain::deck::Deck;
use crate::formats::import::ImportAs;
use crate::library::Origin;
use crate::ui::screens::decks::search_id;

/// Step of a page key, in rows.
const PAGE_ROWS: isize = 12;

/// Reads the keys of the library, of a deck's page, of the editor or of an import. `leaves_field`: Esc left a text
/// field in this frame, so it does nothing else.
pub(super) fn read(keys: &mut KeyReader<'_>, app: &App, leaves_field: bool, actions: &mut KeyActions) {
    let decks = app.decks();
    let mut out = Vec::new();
    if decks.import().is_some() {
        if keys.consume(Modifiers::COMMAND, Key::Enter) && crate::ui::screens::decks::can_import(app) {
            out.push(DeckCommand::FinishImport);
        }
        if !leaves_field && keys.consume_plain(Key::Escape) {
            out.push(DeckCommand::CancelImport);
        }
    } else if decks.editor().is_some() {
        editor(keys, app, leaves_field, &mut out);
    } else if let Some(page) = decks.page() {
        self::page(keys, app, page, leaves_field, &mut out);
    } else {
        if keys.consume_plain_or_alt(Key::N) {
            out.push(DeckCommand::SetDialog(Dialog::NewDeck { title: String::new() }));
        }
        if keys.consume_plain_or_alt(Key::I) {
            out.push(DeckCommand::ChooseImport);
        }
        if keys.consume_plain_or_alt(Key::F) {
            out.push(DeckCommand::ChooseFolder);
        }
    }
    actions.commands.extend(out.into_iter().map(Command::Deck));
}

fn editor(keys: &mut KeyReader<'_>, app: &App, leaves_field: bool, out: &mut Vec<DeckCommand>) {
    let is_new = app.decks().editor().is_some_and(|editor| editor.question.is_none());
    if keys.consume(Modifiers::COMMAND, Key::S) {
        out.push(DeckCommand::Save(false));
    }
    if keys.consume(Modifiers::COMMAND, Key::Enter) {
        out.push(DeckCommand::Save(is_new));
    }
    if !leaves_field && keys.consume_plain(Key::Escape) {
        out.push(DeckCommand::CloseEditor);
    }
}

fn page(
    keys: &mut KeyReader<'_>,
    app: &App,
    page: &DeckPage,
    leaves_field: bool,
    out: &mut Vec<DeckCommand>,
) {
    if keys.consume(Modifiers::COMMAND, Key::F) || keys.consume_plain_or_alt(Key::Slash) {
        keys.ctx.memory_mut(|memory| memory.request_focus(search_id()));
        // The slash that opened the field must not be typed into it.
        keys.ctx
            .input_mut(|input| input.events.retain(|event| !matches!(event, eframe::egui::Event::Text(_))));
    }
    if !leaves_field && keys.consume_plain(Key::Escape) {
        out.push(match page.selected.is_empty() {
            true => DeckCommand::ShowLibrary,
            false => DeckCommand::Select(SelectionChange::None),
        });
    }
    let path = match &page.subject {
        PageSubject::File(path) => Some(path),
        PageSubject::Deck(id) => app.library().deck(id).and_then(|loaded| match &loaded.origin {
            Origin::File(path) => Some(path),
            Origin::Shipped(_) => None,
        }),
    };
    let fix_count = page.inspection.errors.iter().filter(|found| found.diagnostic.fix.is_some()).count();
    if let Some(path) = path
        && fix_count > 0
        && !keys.is_typing
        && keys.consume_plain(Key::M)
    {
        out.push(DeckCommand::FixAll(path.clone()));
    }
    let Some(deck) = app.page_deck() else { return };
    if keys.ctx.memory(|memory| memory.has_focus(search_id())) && keys.consume_plain(Key::Enter) {
        let first = || {
            page.table
                .visible()
                .first()
                .and_then(|at| deck.questions.get(*at as usize))
                .map(|it| it.id.clone())
        };
        out.extend(page.current.clone().or_else(first).map(DeckCommand::Edit));
        return;
    }
    // Arrows move from the search field straight into its results.
    if !keys.is_on_widget {
        move_between_rows(keys, page, deck, out);
    }
    if keys.is_typing {
        return;
    }
    if keys.consume(Modifiers::COMMAND, Key::A) {
        out.push(DeckCommand::Select(SelectionChange::All));
    }
    if !page.selected.is_empty() {
        for (key, command) in [
            (Key::S, DeckCommand::Suspend),
            (Key::R, DeckCommand::Resume),
            (Key::Delete, DeckCommand::Delete),
        ] {
            if keys.consume_plain(key) {
                out.push(command);
            }
        }
    }
    if !keys.is_on_widget
        && keys.consume_plain(Key::Enter)
        && let Some(id) = &page.current
    {
        out.push(DeckCommand::Edit(id.clone()));
    }
    let Some(loaded) = app.library().deck(&deck.id) else { return };
    let shortcuts = match &loaded.origin {
        Origin::File(path) => vec![
            (Key::N, DeckCommand::NewQuestion),
            (
                Key::V,
                DeckCommand::SetDialog(Dialog::Paste { text: String::new(), target: ImportAs::default() }),
            ),
            (Key::D, DeckCommand::SetDialog(Dialog::Details(DeckDetails::default()))),
            (Key::O, DeckCommand::OpenFile(path.clone(), line_of(page, deck))),
            (Key::C, DeckCommand::Copy(deck.id.clone())),
            (Key::P, DeckCommand::Export(DeckExportFormat::Quiz)),
        ],
        Origin::Shipped(_) => {
            vec![
                (Key::C, DeckCommand::Copy(deck.id.clone())),
                (Key::P, DeckCommand::Export(DeckExportFormat::Quiz)),
            ]
        }
    };
    for (key, command) in shortcuts {
        if keys.consume_plain(key) {
            out.push(command);
        }
    }
}

/// The line in the file of the current question, from 1.
fn line_of(page: &DeckPage, deck: &Deck) -> u32 {
    let at = page.current.as_ref().and_then(|id| deck.questions.iter().position(|it| it.id == *id));
    at.and_then(|at| deck.spans.get(at)).map_or(1, |place| place.line)
}

/// The keys that move from row to row, select several, or reorder questions.
fn move_between_rows(keys: &KeyReader<'_>, page: &DeckPage, deck: &Deck, out: &mut Vec<DeckCommand>) {
    let visible = page.table.visible();
    let Some(last) = visible.len().checked_sub(1) else { return };
    for (key, up) in [(Key::ArrowUp, true), (Key::ArrowDown, false)] {
        if !keys.is_typing && keys.consume(Modifiers::ALT, key) {
            out.push(DeckCommand::MoveQuestion(up));
            return;
        }
    }
    for (key, step) in row_steps(PAGE_ROWS) {
        // In the search field these two move the cursor in its text.
        if keys.is_typing && matches!(key, Key::Home | Key::End) {
            continue;
        }
        // Shift first: the bare key also matches with Shift held.
        let extends = keys.consume(Modifiers::SHIFT, key);
        if !extends && !keys.consume(Modifiers::NONE, key) {
            continue;
        }
        let to = match page.current_row(deck) {
            Some(row) => row.saturating_add_signed(step).min(last),
            None if step < 0 => last,
            None => 0,
        };
        let Some(id) = deck.questions.get(visible[to] as usize).map(|question| question.id.clone()) else {
            return;
        };
        out.push(DeckCommand::Select(if extends {
            SelectionChange::To(id)
        } else {
            SelectionChange::Only(id)
        }));
        return;
    }
}
