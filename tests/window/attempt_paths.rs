//! The paths to a test, through it and back from it: the keyboard focus and the notices on the way.

use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::ui::screens::navigation;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

fn deck(id: &str, title: &str) -> String {
    format!(
        r#"Deck(format: 1, id: "{id}", title: "{title}", topics: {{"one": "{title} one", "two": "{title} two"}}, questions: [
        (id: "typed", topic: "one", prompt: "Type it.", answer: Typed(["Moat"])),
        (id: "bool", topic: "two", prompt: "It is so.", answer: Bool(true)),
        (id: "day", topic: "two", prompt: "Which day?", answer: Date("1953-10-01")),
    ])"#
    )
}

/// A window on the Test screen with two own decks; `setup` is the saved setup.
fn open(folder: &DataFolder, setup: &str) -> WindowFixture {
    for (id, title) in [("first", "My first"), ("second", "My second")] {
        folder.write_deck(&format!("{id}.ron"), &deck(id, title));
    }
    folder.write("test.ron", setup);
    let mut window = WindowOptions::new(folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window
}

#[test]
fn the_focus_stays_on_a_ticked_deck_and_moves_from_the_navigation_into_the_chosen_screen() {
    let folder = DataFolder::new();
    let mut window = open(&folder, "()");
    let rows: Vec<String> = window
        .harness
        .get_all_by_role(Role::CheckBox)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.ends_with(" questions"))
        .collect();
    assert!(rows.len() > 2, "built-in decks too");
    let last = rows.last().expect("a row").clone();
    for _ in 0..40 {
        if window.focused_label().as_deref() == Some(&last) {
            break;
        }
        window.press(Key::Tab);
    }
    assert_eq!(window.focused_label().as_deref(), Some(&*last));
    window.press(Key::Space);
    assert_eq!(window.app().tests().setup().decks.len(), rows.len() - 1, "the deck is excluded");
    assert_eq!(window.focused_label().as_deref(), Some(&*last), "and still has the focus");
    window.press(Key::Space);
    assert!(window.app().tests().setup().decks.is_empty(), "the same key includes it again");

    // A screen chosen by Tab and Enter takes the focus, and so does one chosen by its shortcut.
    window.harness.get_by_role_and_label(Role::Tab, "Decks").focus();
    window.settle();
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    assert!(!window.harness.ctx.memory(|memory| memory.has_focus(navigation::item_id(Screen::Decks))));
    window.press(Key::Space);
    assert!(window.app().tests().is_active(), "Space is the screen's again");
}

fn go_to(window: &mut WindowFixture, id: &str) {
    for _ in 0..3 {
        window.press(Key::PageUp);
    }
    for _ in 0..3 {
        if *window.app().tests().active_card().expect("a question").key.question == *id {
            return;
        }
        window.press(Key::PageDown);
    }
    panic!("{id} does not come");
}

#[test]
fn unreadable_answers_stay_open_and_open_answers_are_not_wrong() {
    let folder = DataFolder::new();
    let mut window = open(&folder, "(decks: [\"first\"], mix: Random)");
    window.press(Key::Space);
    while !window.app().tests().active().expect("a test").overview {
        window.press(Key::PageDown);
    }
    window.press(Key::O);
    go_to(&mut window, "bool");
    window.press(Key::F);
    let at = |window: &WindowFixture| window.app().tests().active().expect("a test").current_item();
    let here = at(&window);
    let (there, back) =
        if here == 0 { (Key::ArrowRight, Key::ArrowLeft) } else { (Key::ArrowLeft, Key::ArrowRight) };
    window.press(there);
    assert_eq!(at(&window).abs_diff(here), 1, "the arrows at the sides go to other questions");
    if !window.app().tests().active_card().expect("a question").is_typing_answer() {
        window.press(back);
    }
    go_to(&mut window, "day");
    window.type_text("m19");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(window.harness.query_by_label("1 of 3 answered").is_some());
    window.press_with(Modifiers::COMMAND, Key::Num4);
    assert!(window.shows("1 of 3 questions answered, 15 min left"));
    window.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(window.harness.query_by_label("Continue test (1 of 3 answered)").is_some());
    window.press(Key::C);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(window.shows("1 wrong, 2 not answered. "));
    assert!(window.harness.query_by_label("Study 1 mistake and 2 unanswered").is_some());
    let report = &window.app().tests().report().expect("a report").completed.report;
    assert_eq!((report.mistake_count(), report.unanswered_count()), (1, 2));
    // The log has the wrong answer and the one that was seen and left empty, but nothing for the unreadable date.
    window.press_with(Modifiers::COMMAND, Key::Num3);
    let stats = window.app().figures().deck("first").expect("a deck").total.accuracy;
    assert_eq!((stats.answers, stats.right), (2, 0));
}

#[test]
fn earlier_tests_are_opened_by_arrows_and_esc_returns_to_the_same_row() {
    let folder = DataFolder::new();
    let mut window = open(&folder, "(decks: [\"first\"], mix: Random)");
    for _ in 0..2 {
        window.press_with(Modifiers::COMMAND, Key::Num4);
        window.press(Key::Space);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        window.press(Key::Escape);
        assert!(window.app().tests().shows_history(), "every test has a row in the list");
        window.press(Key::E);
    }
    window.press(Key::E);
    window.wait_for_attempts(2);
    let ids: Vec<_> = window.app().tests().history().expect("read").iter().map(|test| test.id).collect();
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(window.app().tests().report().expect("a report").id, ids[0], "the older one is below");
    window.press(Key::Escape);
    window.press(Key::ArrowUp);
    window.press(Key::Enter);
    assert_eq!(window.app().tests().report().expect("a report").id, ids[1]);
}

#[test]
fn a_row_of_the_test_history_contains_its_score_in_a_small_window() {
    let folder = DataFolder::new();
    let mut window = open(&folder, "(decks: [\"first\"], mix: Random)");
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    drop(window);
    let mut window = WindowOptions { size: egui::vec2(640.0, 480.0), ..WindowOptions::new(&folder) }.open();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.press(Key::E);
    window.wait_for_attempts(1);
    let row = window.harness.get_by_label_contains("Report of").rect();
    let sum = window.harness.get_by_label("0 of 3").rect();
    assert!(row.right() - 8.0 >= sum.right(), "{row:?} {sum:?}");
}
