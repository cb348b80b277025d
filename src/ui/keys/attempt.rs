//! The keys of the Test screen.

use eframe::egui::{FocusDirection, Key, Modifiers};

use super::scores::move_in_list;
use super::{KeyActions, KeyReader, confidence_keys, letter_key};
use crate::app::attempt::{ActiveAttempt, TestCommand};
use crate::app::{ActiveCard, App, Command};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::ui::kind::{self, Presentation, Submit};
use crate::ui::screens::attempt;

/// The keys of a test that is being taken, of its overview and of its self-grading.
pub fn read_active(
    keys: &mut KeyReader<'_>,
    active: &ActiveAttempt,
    had_text_focus: bool,
    actions: &mut KeyActions,
) {
    if active.attempt.phase() == AttemptPhase::SelfGrading {
        for (key, grade) in [Key::Num1, Key::Num2, Key::Num3].into_iter().zip(SelfGrade::ALL) {
            if keys.consume_plain_or_alt(key) {
                actions.commands.push(Command::Test(TestCommand::SelfGrade(grade)));
            }
        }
        if keys.consume_plain(Key::Escape) {
            actions.commands.push(Command::Test(TestCommand::Pause));
        }
        return;
    }
    let hand_in = keys.consume(Modifiers::COMMAND, Key::Enter);
    let out = &mut actions.commands;
    if active.overview {
        if hand_in {
            out.push(Command::Test(TestCommand::HandIn));
        }
        // In the overview, which asks whether to hand in, Esc means no. On a question it leaves the test.
        if keys.consume_plain_or_alt(Key::O) || keys.consume_plain(Key::Escape) || keys.consume_confirm() {
            out.push(Command::Test(TestCommand::ShowOverview(false)));
        }
        move_in_overview(keys, active);
        return;
    }
    if hand_in {
        // Shows first which questions are still open.
        out.push(Command::Test(TestCommand::ShowOverview(true)));
    }
    if !had_text_focus && keys.consume_plain(Key::Escape) {
        out.push(Command::Test(TestCommand::Pause));
    }
    for (key, command) in [(Key::L, TestCommand::Flag), (Key::O, TestCommand::ShowOverview(true))] {
        if keys.consume_plain_or_alt(key) {
            out.push(Command::Test(command));
        }
    }
    let mut confidence = Vec::new();
    confidence_keys(keys, &mut confidence);
    out.extend(confidence.into_iter().map(attempt::into_test_command));
    question_keys(keys, active.active_card(), actions);
    // The left and right arrows are free when no text is typed and no widget has the focus.
    if !keys.is_typing && !keys.is_on_widget {
        for (key, command) in [(Key::ArrowRight, TestCommand::Next), (Key::ArrowLeft, TestCommand::Previous)]
        {
            if keys.consume_plain(key) {
                actions.commands.push(Command::Test(command));
            }
        }
    }
    // After the answer keys, so that an answer of the same frame counts for this question.
    for (key, command) in [(Key::PageDown, TestCommand::Next), (Key::PageUp, TestCommand::Previous)] {
        if keys.consume_plain(key) {
            actions.commands.push(Command::Test(command));
        }
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
            keys.ctx.memory_mut(|memory| {
                // Otherwise egui moves the focus once more with the same key.
                memory.move_focus(FocusDirection::None);
                memory.request_focus(attempt::cell_id(to));
            });
            return;
        }
    }
}

fn question_keys(keys: &KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    let mut goes_on = false;
    if card.is_typing_answer() {
        actions.focus_gap = kind::next_field_in_attempt(keys, card);
    } else {
        let answers = kind::keys(keys, card).into_iter().map(Command::Study);
        actions.commands.extend(answers.map(attempt::into_test_command));
        goes_on = Presentation::of(&card.task.form).submit == Submit::OneClick && keys.consume_confirm();
    }
    if goes_on || keys.consume_plain_off_widget(Key::Enter) {
        actions.commands.push(Command::Test(TestCommand::Next));
    }
}

/// The keys of the screen while no test is being taken.
pub fn read_screen(keys: &mut KeyReader<'_>, app: &App, had_text_focus: bool, actions: &mut KeyActions) {
    let report = app.tests().report();
    for command in attempt::commands(app) {
        let is_escape = command.key() == "Esc";
        if is_escape && !had_text_focus && keys.consume_plain(Key::Escape)
            || letter_key(command.key()).is_some_and(|key| keys.consume_plain_or_alt(key))
        {
            if command == Command::Test(TestCommand::CloseReport)
                && let Some(report) = report
            {
                // Back in the history, the focus is on the test whose report was open.
                keys.ctx.memory_mut(|memory| memory.request_focus(attempt::row_id(report.id)));
            }
            actions.commands.push(command);
        }
    }
    if let Some(primary) = attempt::primary(app)
        && keys.consume_confirm()
    {
        actions.commands.push(primary);
    }
    if report.is_none() && app.tests().shows_history() {
        let ids = attempt::row_ids(app);
        move_in_list(keys, ids.len(), |place| ids[place]);
    }
}
