//! The keys of the page of an exam.

use eframe::egui::{Key, Popup};

use super::digits::DIGITS;
use super::{KeyActions, KeyReader, letter_key};
use crate::app::goals::imminent::ImminentExam;
use crate::app::goals::{GoalCommand, GoalPage};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::ui::screens::goal;

/// Reads them. `leaves_field`: Esc left a text field just now.
pub(super) fn read(
    keys: &mut KeyReader<'_>,
    app: &App,
    page: &GoalPage,
    today: StudyDay,
    leaves_field: bool,
    pressed: &mut KeyActions,
) {
    if Popup::is_any_open(keys.ctx) {
        // An open list has the keyboard to itself.
        return;
    }
    if app.goals().asks_time() && keys.consume_plain(Key::Escape) {
        pressed.commands.push(Command::Goal(GoalCommand::AskMinutes));
        return;
    }
    if !leaves_field && keys.consume_plain(Key::Escape) {
        pressed.commands.push(Command::Goal(GoalCommand::Back));
        return;
    }
    if page.form.is_some() {
        if keys.consume_plain_off_widget(Key::Enter) {
            pressed.commands.push(Command::Goal(GoalCommand::Save));
        }
        return;
    }
    if let Some(primary) = goal::primary(app, today)
        && keys.consume_confirm()
    {
        pressed.commands.push(primary);
        return;
    }
    let soon = page.at.and_then(|at| app.imminent_exam_at(at, today));
    if let Some(soon) = &soon
        && time_keys(keys, app, soon, pressed)
    {
        return;
    }
    for other in goal::secondary(app) {
        if letter_key(other.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
            pressed.commands.push(other);
        }
    }
    for (at, key) in DIGITS.into_iter().enumerate().take(app.settings().goals.len()) {
        if app.settings().goals.len() > 1 && keys.consume_plain_or_alt(key) {
            pressed.commands.push(Command::Goal(GoalCommand::Open(Some(at))));
        }
    }
}

/// The keys that say how much time there is for an exam that is near; whether one of them was pressed.
pub(super) fn time_keys(
    keys: &mut KeyReader<'_>,
    app: &App,
    soon: &ImminentExam<'_>,
    pressed: &mut KeyActions,
) -> bool {
    let Some(less) = soon.ask_minutes() else { return false };
    if letter_key(less.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
        pressed.commands.push(less);
        return true;
    }
    if !app.goals().asks_time() {
        return false;
    }
    for (key, (_, give)) in DIGITS.into_iter().zip(soon.minute_offers()) {
        if keys.consume_plain_or_alt(key) {
            pressed.commands.push(give);
            return true;
        }
    }
    false
}
