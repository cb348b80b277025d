//! The keys of tests.

use eframe::egui::{FocusDirection, Key, Modifiers};

use super::scores::move_in_list;
use super::{KeyActions, KeyReader, answer_keys, confidence_keys, letter_key};
use crate::app::attempt::{ActiveAttempt, TestCommand};
use crate::app::draft::Draft;
use crate::app::{ActiveCard, App, Command};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::domain::task::TaskForm;
use crate::ui::screens::attempt;

/// The test before the learner.
pub fn run(
    keys: &mut KeyReader<'_>,
    running: &ActiveAttempt,
    had_text_focus: bool,
    pressed: &mut KeyActions,
) {
    if running.attempt.phase() == AttemptPhase::SelfGrading {
        for (key, worth) in [Key::Num1, Key::Num2, Key::Num3].into_iter().zip(SelfGrade::ALL) {
            if keys.consume_plain_or_alt(key) {
                pressed.commands.push(Command::Test(TestCommand::SelfGrade(worth)));
            }
        }
        if keys.consume_plain(Key::Escape) {
            pressed.commands.push(Command::Test(TestCommand::Pause));
        }
        return;
    }
    let hand_in = keys.consume(Modifiers::COMMAND, Key::Enter);
    let out = &mut pressed.commands;
    if running.overview {
        if hand_in {
            out.push(Command::Test(TestCommand::HandIn));
        }
        // Asked whether to hand in, Esc says no; it leaves the test from the question.
        if keys.consume_plain_or_alt(Key::O) || keys.consume_plain(Key::Escape) || keys.consume_confirm() {
            out.push(Command::Test(TestCommand::ShowOverview(false)));
        }
        move_in_overview(keys, running);
        return;
    }
    if hand_in {
        // First a look at what is open.
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
    let mut said = Vec::new();
    confidence_keys(keys, &mut said);
    out.extend(said.into_iter().map(attempt::into_test_command));
    question_keys(keys, running.active_card(), pressed);
    // Where no text is typed and nothing has the focus the arrows at the sides are free.
    if !keys.is_typing && !keys.is_on_widget {
        for (key, command) in [(Key::ArrowRight, TestCommand::Next), (Key::ArrowLeft, TestCommand::Previous)]
        {
            if keys.consume_plain(key) {
                pressed.commands.push(Command::Test(command));
            }
        }
    }
    // The answer first, then on to another.
    for (key, command) in [(Key::PageDown, TestCommand::Next), (Key::PageUp, TestCommand::Previous)] {
        if keys.consume_plain(key) {
            pressed.commands.push(Command::Test(command));
        }
    }
}

/// The keys that go from question to question in the overview, from the one that was before the learner.
fn move_in_overview(keys: &KeyReader<'_>, running: &ActiveAttempt) {
    let last = running.test.items.len() - 1;
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
            // Above the first line and below the last one the focus goes on by itself.
            Some(item) if matches!(key, Key::ArrowUp | Key::ArrowDown) => {
                match item.checked_add_signed(step).filter(|item| *item <= last) {
                    Some(item) => item,
                    None => continue,
                }
            }
            Some(item) => item.saturating_add_signed(step).min(last),
            None if matches!(key, Key::Home | Key::End) => continue,
            None => running.current_item(),
        };
        if keys.consume_plain(key) {
            keys.ctx.memory_mut(|memory| {
                // Else the same key moves the focus once more.
                memory.move_focus(FocusDirection::None);
                memory.request_focus(attempt::cell_id(to));
            });
            return;
        }
    }
}

fn question_keys(keys: &mut KeyReader<'_>, asked: &ActiveCard, pressed: &mut KeyActions) {
    if asked.is_typing_answer() {
        typing_keys(keys, asked, pressed);
        return;
    }
    let mut answered = KeyActions::default();
    answer_keys(keys, asked, &mut answered);
    pressed.commands.extend(answered.commands.into_iter().map(attempt::into_test_command));
    let by_one_key = matches!(asked.task.form, TaskForm::Bool { .. } | TaskForm::Choice { many: false, .. });
    if by_one_key && keys.consume_confirm() {
        pressed.commands.push(Command::Test(TestCommand::Next));
    }
}

/// Enter goes to the next gap, then to the next question: whatever is there is the answer so far.
fn typing_keys(keys: &mut KeyReader<'_>, asked: &ActiveCard, pressed: &mut KeyActions) {
    super::tab_to_gap(keys, asked, pressed);
    if !keys.consume_plain_off_widget(Key::Enter) {
        return;
    }
    if let Draft::Cloze(texts) = &asked.draft {
        let next = super::gap_with_cursor(keys, asked).map_or(texts.len(), |here| here + 1);
        if next < texts.len() {
            pressed.focus_gap = Some(next);
            return;
        }
    }
    pressed.commands.push(Command::Test(TestCommand::Next));
}

/// The screen of tests, with no test before the learner.
pub fn screen(keys: &mut KeyReader<'_>, app: &App, had_text_focus: bool, pressed: &mut KeyActions) {
    let open = app.tests().report();
    for command in attempt::commands(app) {
        let is_escape = command.key() == "Esc";
        if is_escape && !had_text_focus && keys.consume_plain(Key::Escape)
            || letter_key(command.key()).is_some_and(|key| keys.consume_plain_or_alt(key))
        {
            if command == Command::Test(TestCommand::CloseReport)
                && let Some(open) = open
            {
                // Back among the earlier ones, the keyboard is at the test that was looked at.
                keys.ctx.memory_mut(|memory| memory.request_focus(attempt::row_id(open.id)));
            }
            pressed.commands.push(command);
        }
    }
    if let Some(primary) = attempt::primary(app)
        && keys.consume_confirm()
    {
        pressed.commands.push(primary);
    }
    if open.is_none() && app.tests().shows_history() {
        let ids = attempt::row_ids(app);
        move_in_list(keys, ids.len(), |place| ids[place]);
    }
}
