//! The keys of the Test screen, and of a test that is being taken, that are no commands of their own.

use eframe::egui::Key;

use super::{KeyActions, KeyReader, move_in_list};
use crate::app::attempt::ActiveAttempt;
use crate::app::{App, Command};
use crate::domain::attempt::AttemptPhase;
use crate::ui::kind;
use crate::ui::screens::attempt;

/// The keys of a question of a test, and of the overview.
pub(super) fn read_active(keys: &KeyReader<'_>, active: &ActiveAttempt, actions: &mut KeyActions) {
    if active.attempt.phase() == AttemptPhase::SelfGrading {
        return;
    }
    if active.overview {
        move_in_overview(keys, active);
        return;
    }
    let card = active.active_card();
    if card.is_typing_answer() {
        actions.focus_gap = kind::next_field_in_attempt(keys, card);
    }
    let answers = kind::keys(keys, card);
    actions.commands.extend(answers.iter().filter_map(Command::in_test));
}

/// The keys of the history of tests.
pub(in crate::ui) fn read_screen(keys: &KeyReader<'_>, app: &App, _: &mut KeyActions) {
    if app.tests().report().is_none() && app.tests().shows_history() {
        let ids = attempt::row_ids(app);
        move_in_list(keys, ids.len(), |place| ids[place]);
    }
}

/// The keys that move from question to question in the overview, starting from the current question.
fn move_in_overview(keys: &KeyReader<'_>, active: &ActiveAttempt) {
    let last = active.test.items.len() - 1;
    let focused = keys.ctx.memory(|memory| memory.focused());
    let here = focused.and_then(|id| (0..=last).find(|item| attempt::cell_id(*item) == id));
    if focused.is_some() && here.is_none() {
        return;
    }
    let row = isize::try_from(attempt::column_count(keys.ctx)).unwrap_or(1);
    let steps: [(Key, isize); 6] = [
        (Key::ArrowLeft, -1),
        (Key::ArrowRight, 1),
        (Key::ArrowUp, -row),
        (Key::ArrowDown, row),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ];
    for (key, step) in steps {
        let to = match here {
            // Above the first line and below the last one egui moves the focus.
            Some(item) if matches!(key, Key::ArrowUp | Key::ArrowDown) => {
                match item.checked_add_signed(step).filter(|item| *item <= last) {
                    Some(item) => item,
                    None => continue,
                }
            }
            Some(item) => item.saturating_add_signed(step).min(last),
            None if matches!(key, Key::Home | Key::End) => continue,
            None => active.current_item(),
        };
        if keys.consume_plain(key) {
            keys.move_focus(attempt::cell_id(to));
            return;
        }
    }
}
