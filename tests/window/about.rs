//! The page About: opened by mouse, by keys and from the list of commands, and left by Esc.

use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;
use linchpin::app::licences::Licences;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const TITLE: &str = "Licences of the software it is built with";

fn is_open(window: &WindowFixture) -> bool {
    window.harness.query_by_label(TITLE).is_some()
}

/// Opens the page from the list of commands.
fn by_command(window: &mut WindowFixture) {
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("about");
    window.press(Key::Enter);
}

#[test]
fn a_button_of_the_settings_opens_about_and_a_click_shows_a_licence() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.harness.get_by_role_and_label(Role::Button, "About Linchpin").scroll_to_me();
    window.settle();
    window.harness.get_by_role_and_label(Role::Button, "About Linchpin").click();
    window.settle();
    assert!(is_open(&window));
    assert!(window.harness.query_by_label(&format!("Version {}", env!("CARGO_PKG_VERSION"))).is_some());

    let first = Licences::embedded().parts()[0];
    window.click_containing(&format!("{} {}", first.name, first.version));
    assert!(window.harness.query_by_label_contains("END OF TERMS AND CONDITIONS").is_some());
    window.click_containing("About Linchpin");
    assert!(is_open(&window), "the way back leads to the list");
    let settings: Vec<_> = window.harness.query_all_by_label_contains("Settings").collect();
    settings.last().expect("the way back").click();
    drop(settings);
    window.settle();
    assert!(!is_open(&window) && window.app().screen() == Screen::Settings);
}

#[test]
fn a_licence_is_found_read_and_left_by_keys_alone() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    by_command(&mut window);
    assert!(is_open(&window));

    window.press(Key::Slash);
    window.type_text("sqlite");
    let all = Licences::embedded().parts().len();
    assert!(window.harness.query_by_label(&format!("3 of {all} parts")).is_some());
    assert!(window.harness.query_by_label_contains("Pretendard").is_none());
    window.press(Key::Escape);
    assert!(is_open(&window), "Esc leaves the field first");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(window.harness.query_by_label_contains("Permission is hereby granted").is_some());
    window.press(Key::Escape);
    assert!(is_open(&window));
    window.press(Key::Enter);
    assert!(!is_open(&window), "the part that was read has the focus");
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert!(!is_open(&window));
    assert_eq!(window.app().screen(), Screen::Scores, "closing About shows this screen again");
}

#[test]
fn another_screen_replaces_about_and_a_session_does_not_show_it() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    by_command(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(!is_open(&window));
    by_command(&mut window);
    window.press(Key::Space);
    assert!(
        is_open(&window) && window.app().active_session().is_none(),
        "the shortcuts of the screen below do nothing"
    );
    window.press(Key::Escape);
    window.press(Key::Space);
    assert!(window.app().active_session().is_some());
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("about");
    assert!(window.harness.query_by_label_contains("No matching commands").is_some());
}

#[test]
fn the_keys_of_about_work_over_an_open_form() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    let has_form =
        |window: &WindowFixture| window.app().goals().page().is_some_and(|page| page.form.is_some());
    assert!(has_form(&window), "the form of an exam");
    by_command(&mut window);
    window.press(Key::Slash);
    window.type_text("pretendard");
    let all = Licences::embedded().parts().len();
    assert!(window.harness.query_by_label(&format!("1 of {all} parts")).is_some());
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert!(!is_open(&window) && has_form(&window), "and Esc leads back to the form");
}
