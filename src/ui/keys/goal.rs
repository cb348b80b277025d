//! The keys of an exam's page.

use eframe::egui::{Key, Popup};

use super::digits::DIGITS;
use super::{KeyActions, KeyReader, letter_key};
use crate::app::goals::imminent::ImminentExam;
use crate::app::goals::{GoalCommand, GoalPage};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::ui::screens::goal;

/// Reads the keys of the page. `leaves_field`: Esc left a text field in this frame, so it does nothing else.
pub(super) fn read(
    keys: &mut KeyReader<'_>,
    app: &App,
    page: &GoalPage,
    today: StudyDay,
    leaves_field: bool,
    actions: &mut KeyActions,
) {
    if Popup::is_any_open(keys.ctx) {
        // An open menu has the keyboard to itself.
        return;
    }
    if app.goals().asks_minutes() && keys.consume_plain(Key::Escape) {
        actions.commands.push(Command::Goal(GoalCommand::AskMinutes));
        return;
    }
    if !leaves_field && keys.consume_plain(Key::Escape) {
        actions.commands.push(Command::Goal(GoalCommand::Back));
        return;
    }
    if page.form.is_some() {
        if keys.consume_plain_off_widget(Key::Enter) {
            actions.commands.push(Command::Goal(GoalCommand::Save));
        }
        return;
    }
    if let Some(primary) = goal::primary(app, today)
        && keys.consume_confirm()
    {
        actions.commands.push(primary);
        return;
    }
    let exam = page.goal_index.and_then(|at| app.imminent_exam_at(at, today));
    if let Some(exam) = &exam
        && time_keys(keys, app, exam, actions)
    {
        return;
    }
    for secondary in goal::secondary(app) {
        if letter_key(secondary.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
            actions.commands.push(secondary);
        }
    }
    for (at, key) in DIGITS.into_iter().enumerate().take(app.settings().goals.len()) {
        if app.settings().goals.len() > 1 && keys.consume_plain_or_alt(key) {
            actions.commands.push(Command::Goal(GoalCommand::Open(Some(at))));
        }
    }
}

/// The keys that set how much time is left for studying before an imminent exam; returns whether one was pressed.
pub(super) fn time_keys(
    keys: &mut KeyReader<'_>,
    app: &App,
    exam: &ImminentExam<'_>,
    actions: &mut KeyActions,
) -> bool {
    let Some(ask_minutes) = exam.ask_minutes() else { return false };
    if letter_key(ask_minutes.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
        actions.commands.push(ask_minutes);
        return true;
    }
    if !app.goals().asks_minutes() {
        return false;
    }
    for (key, (_, set_minutes)) in DIGITS.into_iter().zip(exam.minute_offers()) {
        if keys.consume_plain_or_alt(key) {
            actions.commands.push(set_minutes);
            return true;
        }
    }
    false
}
