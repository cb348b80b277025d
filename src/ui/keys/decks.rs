//! The keys of the page of a deck that are no commands of their own: its search and its rows.

use eframe::egui::{Event, Key, Modifiers};

use super::{KeyActions, KeyReader, row_steps};
use crate::app::decks::{DeckCommand, DeckPage, SelectionChange};
use crate::app::{App, Command, Shortcut};
use crate::domain::deck::Deck;
use crate::ui::screens::decks::search_id;

/// Step of a page key, in rows.
const PAGE_ROWS: isize = 12;

/// Reads the keys of the page of a deck.
pub(in crate::ui) fn read(keys: &KeyReader<'_>, app: &App, actions: &mut KeyActions) {
    let decks = app.decks();
    let Some(page) = decks.page().filter(|_| decks.import().is_none() && decks.editor().is_none()) else {
        return;
    };
    if [Shortcut::Ctrl('F'), Shortcut::Char('/')].into_iter().any(|search| keys.consume_shortcut(search)) {
        keys.ctx.memory_mut(|memory| memory.request_focus(search_id()));
        // The slash that opened the field must not be typed into it.
        keys.ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
    }
    let Some(deck) = app.page_deck() else { return };
    if keys.ctx.memory(|memory| memory.has_focus(search_id())) && keys.consume_plain(Key::Enter) {
        let first = page.table.visible().first().and_then(|at| deck.questions.get(*at as usize));
        let found = page.current.clone().or_else(|| first.map(|question| question.id.clone()));
        actions.commands.extend(found.map(|id| Command::Deck(DeckCommand::Edit(id))));
        return;
    }
    // Arrows move from the search field straight into its results.
    if !keys.is_on_widget {
        move_between_rows(keys, page, deck, actions);
    }
    if !keys.is_typing && keys.consume_shortcut(Shortcut::Ctrl('A')) {
        actions.commands.push(Command::Deck(DeckCommand::Select(SelectionChange::All)));
    }
}

/// The keys that move from row to row, or select several.
fn move_between_rows(keys: &KeyReader<'_>, page: &DeckPage, deck: &Deck, actions: &mut KeyActions) {
    let visible = page.table.visible();
    let Some(last) = visible.len().checked_sub(1) else { return };
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
        let change = if extends { SelectionChange::To(id) } else { SelectionChange::Only(id) };
        actions.commands.push(Command::Deck(DeckCommand::Select(change)));
        return;
    }
}
