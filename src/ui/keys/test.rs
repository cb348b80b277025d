//! The keys of tests.

use eframe::egui::{FocusDirection, Key, Modifiers};

use super::scores::among_rows;
use super::{Keys, Pressed, answering, letter, say_confidence};
use crate::app::draft::Draft;
use crate::app::test::{Running, TestCommand};
use crate::app::{App, Asked, Command};
use crate::domain::task::Form;
use crate::domain::test::{Phase, Worth};
use crate::ui::screens::test;

/// The test before the learner.
pub fn run(keys: &mut Keys<'_>, running: &Running, had_text_focus: bool, pressed: &mut Pressed) {
    if running.sitting.phase() == Phase::Judging {
        for (key, worth) in [Key::Num1, Key::Num2, Key::Num3].into_iter().zip(Worth::ALL) {
            if keys.bare(key) {
                pressed.commands.push(Command::Test(TestCommand::Judge(worth)));
            }
        }
        if keys.plain(Key::Escape) {
            pressed.commands.push(Command::Test(TestCommand::Leave));
        }
        return;
    }
    let hand_in = keys.with(Modifiers::COMMAND, Key::Enter);
    let out = &mut pressed.commands;
    if running.overview {
        if hand_in {
            out.push(Command::Test(TestCommand::HandIn));
        }
        // Asked whether to hand in, Esc says no; it leaves the test from the question.
        if keys.bare(Key::O) || keys.plain(Key::Escape) || keys.go() {
            out.push(Command::Test(TestCommand::Overview(false)));
        }
        go(keys, running);
        return;
    }
    if hand_in {
        // First a look at what is open.
        out.push(Command::Test(TestCommand::Overview(true)));
    }
    if !had_text_focus && keys.plain(Key::Escape) {
        out.push(Command::Test(TestCommand::Leave));
    }
    for (key, command) in [(Key::L, TestCommand::Flag), (Key::O, TestCommand::Overview(true))] {
        if keys.bare(key) {
            out.push(Command::Test(command));
        }
    }
    let mut said = Vec::new();
    say_confidence(keys, &mut said);
    out.extend(said.into_iter().map(test::for_test));
    question(keys, running.asked(), pressed);
    // Where no text is typed and nothing has the focus the arrows at the sides are free.
    if !keys.typing && !keys.on_widget {
        for (key, command) in [(Key::ArrowRight, TestCommand::Next), (Key::ArrowLeft, TestCommand::Previous)]
        {
            if keys.plain(key) {
                pressed.commands.push(Command::Test(command));
            }
        }
    }
    // The answer first, then on to another.
    for (key, command) in [(Key::PageDown, TestCommand::Next), (Key::PageUp, TestCommand::Previous)] {
        if keys.plain(key) {
            pressed.commands.push(Command::Test(command));
        }
    }
}

/// The keys that go from question to question in the overview, from the one that was before the learner.
fn go(keys: &Keys<'_>, running: &Running) {
    let last = running.paper.items.len() - 1;
    let focused = keys.ctx.memory(|memory| memory.focused());
    let here = focused.and_then(|id| (0..=last).find(|item| test::cell_id(*item) == id));
    if focused.is_some() && here.is_none() {
        return;
    }
    let row = isize::try_from(test::columns(keys.ctx)).unwrap_or(1);
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
            None => running.at(),
        };
        if keys.plain(key) {
            keys.ctx.memory_mut(|memory| {
                // Else the same key moves the focus once more.
                memory.move_focus(FocusDirection::None);
                memory.request_focus(test::cell_id(to));
            });
            return;
        }
    }
}

fn question(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    if asked.is_being_typed() {
        typing(keys, asked, pressed);
        return;
    }
    let mut answered = Pressed::default();
    answering(keys, asked, &mut answered);
    pressed.commands.extend(answered.commands.into_iter().map(test::for_test));
    let by_one_key = matches!(asked.task.form, Form::Bool { .. } | Form::Pick { many: false, .. });
    if by_one_key && keys.go() {
        pressed.commands.push(Command::Test(TestCommand::Next));
    }
}

/// Enter goes to the next gap, then to the next question: whatever is there is the answer so far.
fn typing(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    super::tab_to_gap(keys, asked, pressed);
    if !keys.plain_unless_on_widget(Key::Enter) {
        return;
    }
    if let Draft::Gaps(texts) = &asked.draft {
        let next = super::gap_with_cursor(keys, asked).map_or(texts.len(), |here| here + 1);
        if next < texts.len() {
            pressed.focus_gap = Some(next);
            return;
        }
    }
    pressed.commands.push(Command::Test(TestCommand::Next));
}

/// The screen of tests, with no test before the learner.
pub fn screen(keys: &mut Keys<'_>, app: &App, had_text_focus: bool, pressed: &mut Pressed) {
    let open = app.tests().report();
    for command in test::commands(app) {
        let is_escape = command.key() == "Esc";
        if is_escape && !had_text_focus && keys.plain(Key::Escape)
            || letter(command.key()).is_some_and(|key| keys.bare(key))
        {
            if command == Command::Test(TestCommand::CloseReport)
                && let Some(open) = open
            {
                // Back among the earlier ones, the keyboard is at the test that was looked at.
                keys.ctx.memory_mut(|memory| memory.request_focus(test::row_id(open.id)));
            }
            pressed.commands.push(command);
        }
    }
    if let Some(primary) = test::primary(app)
        && keys.go()
    {
        pressed.commands.push(primary);
    }
    if open.is_none() && app.tests().shows_earlier() {
        let ids = test::rows(app);
        among_rows(keys, ids.len(), |place| ids[place]);
    }
}
