//! The keys of the Scores screen.

use eframe::egui::{FocusDirection, Id, Key, Popup};

use super::{KeyActions, KeyReader, letter_key, row_steps};
use crate::app::scores::{ScoresCommand, ScoresPage};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::Period;
use crate::ui::screens::scores::{self, Link};
use crate::ui::widgets::list::focused_row;

/// Step of a page key, in rows.
const PAGE_ROWS: isize = 10;

/// Reads the keys of the table of topics, of a topic's page or of a source's page.
pub(super) fn read(keys: &mut KeyReader<'_>, app: &App, today: StudyDay, actions: &mut KeyActions) {
    if Popup::is_any_open(keys.ctx) {
        // An open menu has the keyboard to itself.
        return;
    }
    let page = app.scores().page();
    let out = &mut actions.commands;
    if *page != ScoresPage::Topics && keys.consume_plain(Key::Escape) {
        focus_previous_topic(keys, app);
        out.push(Command::Scores(ScoresCommand::Back));
        return;
    }
    if matches!(page, ScoresPage::Topics | ScoresPage::Topic { .. }) {
        for period in Period::EACH {
            let command = Command::Scores(ScoresCommand::SetPeriod(period));
            if digit(command.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
                out.push(command);
            }
        }
    }
    if matches!(page, ScoresPage::Topics | ScoresPage::Passages(_)) && keys.consume_plain_or_alt(Key::D) {
        keys.ctx.data_mut(|data| data.insert_temp(scores::deck_chooser_id(), true));
    }
    for Link { key, command, .. } in scores::links(app, today) {
        if letter_key(key).is_some_and(|key| keys.consume_plain_or_alt(key)) {
            out.push(command);
        }
    }
    // The key is checked before the command is built, because that goes through many cards.
    if scores::has_primary(app)
        && keys.consume_confirm()
        && let Some(primary) = scores::primary(app)
    {
        out.push(primary);
    }
    move_between_rows(keys, app);
}

/// The keys that move from row to row of the current page.
fn move_between_rows(keys: &KeyReader<'_>, app: &App) {
    let page = app.scores().page();
    move_in_list(keys, scores::row_count(app), |place| scores::row_id(page, place));
}

/// The keys that move the focus from row to row of a list with `rows` rows.
pub(super) fn move_in_list(keys: &KeyReader<'_>, rows: usize, row_id: impl Fn(usize) -> Id) {
    let Some(last) = rows.checked_sub(1) else { return };
    let focused = keys.ctx.memory(|memory| memory.focused());
    let here = focused_row(keys.ctx, rows, &row_id);
    if focused.is_some() && here.is_none() {
        // Another widget has the focus: a chart, a header of the table.
        return;
    }
    for (key, step) in row_steps(PAGE_ROWS) {
        let to = match here {
            Some(0) if step < 0 => continue,
            Some(row) => row.saturating_add_signed(step).min(last),
            None if key == Key::ArrowDown => 0,
            // While no row has the focus the other keys scroll the page.
            None => continue,
        };
        if keys.consume_plain(key) {
            keys.ctx.memory_mut(|memory| {
                // Otherwise egui moves the focus once more with the same key.
                memory.move_focus(FocusDirection::None);
                memory.request_focus(row_id(to));
            });
            return;
        }
    }
}

/// Focuses the row of the topic whose page is being left.
fn focus_previous_topic(keys: &KeyReader<'_>, app: &App) {
    let scores = app.scores();
    let (ScoresPage::Topic { deck, topic }, Some(table)) = (scores.page(), scores.table()) else { return };
    let is_it = |at: &usize| {
        let key = &table.rows[*at].key;
        key.deck == *deck && key.topic == *topic
    };
    if let Some(place) = scores.order().iter().position(is_it) {
        keys.ctx.memory_mut(|memory| memory.request_focus(scores::row_id(&ScoresPage::Topics, place)));
    }
}

fn digit(cap: &str) -> Option<Key> {
    let number: usize = cap.parse().ok()?;
    super::digits::DIGITS.get(number.checked_sub(1)?).copied()
}
