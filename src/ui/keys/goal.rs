//! The keys of the page of an exam.

use eframe::egui::{Key, Popup};

use super::digits::DIGITS;
use super::{Keys, Pressed, letter};
use crate::app::goals::soon::Soon;
use crate::app::goals::{GoalCommand, Page};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::ui::screens::goal;

/// Reads them. `leaves_field`: Esc left a text field just now.
pub(super) fn read(
    keys: &mut Keys<'_>,
    app: &App,
    page: &Page,
    today: StudyDay,
    leaves_field: bool,
    pressed: &mut Pressed,
) {
    if Popup::is_any_open(keys.ctx) {
        // An open list has the keyboard to itself.
        return;
    }
    if app.goals().asks_time() && keys.plain(Key::Escape) {
        pressed.commands.push(Command::Goal(GoalCommand::LessTime));
        return;
    }
    if !leaves_field && keys.plain(Key::Escape) {
        pressed.commands.push(Command::Goal(GoalCommand::Back));
        return;
    }
    if page.form.is_some() {
        if keys.plain_unless_on_widget(Key::Enter) {
            pressed.commands.push(Command::Goal(GoalCommand::Save));
        }
        return;
    }
    if let Some(primary) = goal::primary(app, today)
        && keys.go()
    {
        pressed.commands.push(primary);
        return;
    }
    let soon = page.at.and_then(|at| app.soon(at, today));
    if let Some(soon) = &soon
        && time(keys, app, soon, pressed)
    {
        return;
    }
    for other in goal::others(app) {
        if letter(other.key()).is_some_and(|key| keys.bare(key)) {
            pressed.commands.push(other);
        }
    }
    for (at, key) in DIGITS.into_iter().enumerate().take(app.settings().goals.len()) {
        if app.settings().goals.len() > 1 && keys.bare(key) {
            pressed.commands.push(Command::Goal(GoalCommand::Open(Some(at))));
        }
    }
}

/// The keys that say how much time there is for an exam that is near; whether one of them was pressed.
pub(super) fn time(keys: &mut Keys<'_>, app: &App, soon: &Soon<'_>, pressed: &mut Pressed) -> bool {
    let Some(less) = soon.less_time() else { return false };
    if letter(less.key()).is_some_and(|key| keys.bare(key)) {
        pressed.commands.push(less);
        return true;
    }
    if !app.goals().asks_time() {
        return false;
    }
    for (key, (_, give)) in DIGITS.into_iter().zip(soon.offers()) {
        if keys.bare(key) {
            pressed.commands.push(give);
            return true;
        }
    }
    false
}
