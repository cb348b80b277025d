//! Answers of a clock that was ahead, in the window.

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const COUNT: &str = "Count them as given today";
const LEAVE: &str = "Leave them";

/// A window at the right time, after three answers ten years ahead.
fn after_a_clock_ahead(folder: &DataFolder) -> WindowFixture {
    let mut ahead =
        WindowOptions { at: "2036-11-23T10:00:00+09:00[Asia/Seoul]", ..WindowOptions::new(folder) }.open();
    ahead.press(eframe::egui::Key::Space);
    for _ in 0..3 {
        ahead.answer(false);
        ahead.press(eframe::egui::Key::Space);
    }
    drop(ahead);
    WindowOptions::new(folder).open()
}

#[test]
fn future_answers_are_told_on_every_page_until_they_are_counted() {
    let folder = DataFolder::new();
    let mut window = after_a_clock_ahead(&folder);
    let told = "3 answers carry a date in the future (newest: 23 November 2036)";
    for screen in Screen::ALL {
        window.harness.get_by_role_and_label(Role::Tab, screen.info().text.label).click();
        window.settle();
        window.harness.get_by_label_contains(told);
        window.harness.get_by_label_contains("If today is not 23 November 2026, set the clock first.");
    }
    window.click(COUNT);
    assert!(window.harness.query_by_label_contains(told).is_none());
    window.harness.get_by_label_contains("3 answers counted as given today. Ctrl Z to undo.");
    drop(window);
    let window = WindowOptions::new(&folder).open();
    assert!(window.harness.query_by_label_contains(told).is_none());
}

#[test]
fn future_answers_that_are_left_are_told_at_the_next_start() {
    let folder = DataFolder::new();
    let mut window = after_a_clock_ahead(&folder);
    window.click(LEAVE);
    assert!(window.harness.query_by_label(COUNT).is_none());
    drop(window);
    WindowOptions::new(&folder).open().harness.get_by_label(COUNT);
}
