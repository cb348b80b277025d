//! Screenshots of a test: its setup, its questions, grading and report.

use eframe::egui::{self, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use linchpin::domain::grade::right_response;
use linchpin::domain::task::{ChoiceTask, RecallTask, Response, TaskForm};

use crate::Gallery;
use crate::fixtures::{DataFolder, NOW, WindowFixture, WindowOptions};

const FULL: Vec2 = egui::vec2(1280.0, 800.0);
const SMALL: Vec2 = egui::vec2(640.0, 480.0);

fn open(folder: &DataFolder, dark: bool, size: Vec2, text_percent: u16, at: &str) -> WindowFixture {
    let mut window =
        WindowOptions { dark, size, text_percent, at, renders: true, ..WindowOptions::new(folder) }.open();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.enter_test_code("K7Q-F2M");
    window.press(Key::PageUp);
    window.press(Key::PageUp);
    window
}

/// Answers the question on the screen by keys, right or wrong.
pub fn answer(window: &mut WindowFixture, right: bool) {
    const DIGITS: [Key; 8] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    let active = window.app().tests().active_card().expect("a question");
    let form = active.task.form.clone();
    let wanted = right_response(&active.task);
    match (&form, wanted) {
        (TaskForm::Recall(RecallTask { back }), _) => {
            window.type_text(back.clone().get(..12).unwrap_or("something"))
        }
        (TaskForm::Date { .. }, Response::Typed(text)) => {
            window.type_text(if right { &text } else { "1 January 1949" })
        }
        (_, Response::Typed(text)) => window.type_text(if right { &text } else { "1949" }),
        (_, Response::Bool(value)) => window.press(if value == right { Key::Num1 } else { Key::Num2 }),
        (TaskForm::Choice(ChoiceTask { options }), _) => {
            let at = options.iter().position(|option| option.is_right == right).expect("such an option");
            window.press(DIGITS[at]);
        }
        (_, Response::Choice(picks)) => {
            for pick in picks.iter().skip(usize::from(!right)) {
                window.press(DIGITS[*pick]);
            }
        }
        (_, Response::Cloze(texts)) => {
            for text in texts {
                window.type_text(&text);
                window.press(Key::Tab);
            }
        }
        (_, Response::Order(_)) => window.press_with(Modifiers::SHIFT, Key::ArrowDown),
        (_, Response::Match(of) | Response::Sort(of)) => {
            for place in of.into_iter().flatten() {
                window.press(Key::Num1);
                window.press(DIGITS[place]);
            }
        }
        _ => {}
    }
}

/// Takes a test to its end; every fourth answer is wrong and one is left open.
fn complete_test(window: &mut WindowFixture) {
    window.press(Key::Space);
    let items = window.app().tests().active().expect("a test").test.items.len();
    for item in 0..items {
        if item != 5 {
            answer(window, item % 4 != 1);
        }
        if item == 9 || item == 2 {
            window.press_with(Modifiers::ALT, Key::Y);
        }
        window.press(Key::PageDown);
    }
    window.press_with(Modifiers::COMMAND, Key::Enter);
    while window.app().tests().is_self_grading() {
        window.press(Key::Num2);
    }
}

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
    let mut window = open(&folder, dark, FULL, 100, "2026-11-22T10:00:00+09:00[Asia/Seoul]");
    gallery.screenshot(&mut window, &format!("test-setup-{theme}"));
    complete_test(&mut window);
    window.wait_for_attempts(1);
    gallery.screenshot(&mut window, &format!("test-report-{theme}"));
    window.harness.get_by_label("Confident mistakes").scroll_to_me();
    window.settle();
    gallery.screenshot(&mut window, &format!("test-report-lower-{theme}"));
    drop(window);

    let mut window = open(&folder, dark, FULL, 100, NOW);
    window.enter_test_code("2ND-T0T");
    window.press(Key::Space);
    for item in 0..9 {
        if item % 4 != 2 {
            answer(&mut window, item % 3 != 1);
        } else {
            window.press_with(Modifiers::ALT, Key::L);
        }
        window.press(Key::PageDown);
    }
    while !window
        .app()
        .tests()
        .active_card()
        .is_some_and(|card| matches!(card.task.form, TaskForm::Choice { .. } | TaskForm::Choices { .. }))
    {
        window.press(Key::PageDown);
    }
    answer(&mut window, true);
    gallery.screenshot(&mut window, &format!("test-question-{theme}"));
    window.press(Key::O);
    gallery.screenshot(&mut window, &format!("test-overview-{theme}"));
    window.press(Key::O);
    window.press(Key::Escape);
    gallery.screenshot(&mut window, &format!("test-left-{theme}"));
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    while window.app().tests().is_self_grading() {
        gallery.screenshot(&mut window, &format!("test-judging-{theme}"));
        window.press(Key::Num3);
    }
    window.wait_for_attempts(2);
    gallery.screenshot(&mut window, &format!("test-report-second-{theme}"));
    let wrong = window.app().tests().report().expect("a report");
    let at =
        wrong.completed.report.items.iter().position(|item| item.answered && item.is_mistake()).expect("one");
    let line = format!("Question {}, ", at + 1);
    window.harness.get_by_label_contains(&line).scroll_to_me();
    window.settle();
    window.click_containing(&line);
    gallery.screenshot(&mut window, &format!("test-answer-{theme}"));
    window.press(Key::Escape);
    window.wait_for_attempts(2);
    gallery.screenshot(&mut window, &format!("test-history-{theme}"));
    drop(window);

    for (size, percent, name) in [(SMALL, 100, "small"), (SMALL, 200, "200-percent")] {
        let folder = DataFolder::new();
        let mut window = open(&folder, dark, size, percent, NOW);
        gallery.screenshot(&mut window, &format!("test-setup-{name}-{theme}"));
        window.press(Key::Space);
        answer(&mut window, true);
        gallery.screenshot(&mut window, &format!("test-question-{name}-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::Enter);
        gallery.screenshot(&mut window, &format!("test-overview-{name}-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::Enter);
        while window.app().tests().is_self_grading() {
            window.press(Key::Num2);
        }
        gallery.screenshot(&mut window, &format!("test-report-{name}-{theme}"));
    }
}
