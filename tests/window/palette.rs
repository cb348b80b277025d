//! The list of commands.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

#[test]
fn a_search_that_finds_little_does_not_leave_the_list_small() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("no such command");
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::K);
    // A click beside the list would close it.
    window.click_containing("Scores (");
    assert_eq!(window.app().screen(), Screen::Scores);
}

#[test]
fn the_wheel_scrolls_the_list() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::K);
    let top = |window: &WindowFixture| window.harness.get_by_label_contains("Decks (").rect().top();
    let (before, over_list) = (top(&window), window.harness.get_by_label_contains("Decks (").rect().center());
    window.scroll_at(over_list, -200.0);
    assert!(top(&window) < before - 20.0, "{} after {before}", top(&window));
}
