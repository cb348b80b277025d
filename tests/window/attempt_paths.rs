//! The paths to a test, through it and back from it: where the keyboard is, and what is told on the way.

use std::path::Path;

use crate::util::{Bench, Opening};
use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::ui::screens::navigation;

fn deck(id: &str, title: &str) -> String {
    format!(
        r#"Deck(format: 1, id: "{id}", title: "{title}", topics: {{"one": "{title} one", "two": "{title} two"}}, questions: [
        (id: "typed", topic: "one", prompt: "Type it.", answer: Typed(["Moat"])),
        (id: "bool", topic: "two", prompt: "It is so.", answer: Bool(true)),
        (id: "day", topic: "two", prompt: "Which day?", answer: Date("1953-10-01")),
    ])"#
    )
}

/// A window on the screen of tests, set up by `setup`, with two decks of one's own.
fn open(folder: &Path, setup: &str) -> Bench<'static> {
    std::fs::create_dir_all(folder.join("decks")).expect("a folder");
    for (id, title) in [("first", "My first"), ("second", "My second")] {
        std::fs::write(folder.join(format!("decks/{id}.ron")), deck(id, title)).expect("a deck");
    }
    std::fs::write(folder.join("test.ron"), setup).expect("a file");
    let mut bench = Opening::new(folder).open();
    bench.chord(Modifiers::COMMAND, Key::Num4);
    bench
}

fn name_of_the_focus(bench: &Bench<'_>) -> Option<String> {
    let focused = bench.harness.root().children_recursive().find(|node| node.is_focused())?;
    focused.accesskit_node().label()
}

#[test]
fn the_focus_stays_on_a_deck_that_is_ticked_and_leaves_the_navigation_with_its_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path(), "()");
    let rows: Vec<String> = bench
        .harness
        .get_all_by_role(Role::CheckBox)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.ends_with(" questions"))
        .collect();
    assert!(rows.len() > 2, "built-in decks too");
    let last = rows.last().expect("a row").clone();
    for _ in 0..40 {
        if name_of_the_focus(&bench).as_deref() == Some(&last) {
            break;
        }
        bench.key(Key::Tab);
    }
    assert_eq!(name_of_the_focus(&bench).as_deref(), Some(&*last));
    bench.key(Key::Space);
    assert_eq!(bench.app().tests().setup().decks.len(), rows.len() - 1, "it is left out");
    assert_eq!(name_of_the_focus(&bench).as_deref(), Some(&*last), "and still has the focus");
    bench.key(Key::Space);
    assert!(bench.app().tests().setup().decks.is_empty(), "the same key takes it back in");

    // A screen chosen by Tab and Enter has the keyboard; so has one chosen by its own key.
    bench.harness.get_by_role_and_label(Role::Tab, "Decks").focus();
    bench.settle();
    bench.chord(Modifiers::COMMAND, Key::Num1);
    bench.chord(Modifiers::COMMAND, Key::Num4);
    assert!(!bench.harness.ctx.memory(|memory| memory.has_focus(navigation::item_id(Screen::Decks))));
    bench.key(Key::Space);
    assert!(bench.app().tests().is_running(), "Space is the screen's again");
}

fn go_to(bench: &mut Bench<'_>, id: &str) {
    for _ in 0..3 {
        bench.key(Key::PageUp);
    }
    for _ in 0..3 {
        if *bench.app().tests().asked().expect("a question").key.question == *id {
            return;
        }
        bench.key(Key::PageDown);
    }
    panic!("{id} does not come");
}

#[test]
fn what_cannot_be_read_stays_open_and_open_is_not_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path(), "(decks: [\"first\"], mix: Random)");
    bench.key(Key::Space);
    while !bench.app().tests().running().expect("a test").overview {
        bench.key(Key::PageDown);
    }
    bench.key(Key::O);
    go_to(&mut bench, "bool");
    bench.key(Key::F);
    let at = |bench: &Bench<'_>| bench.app().tests().running().expect("a test").at();
    let here = at(&bench);
    let (there, back) =
        if here == 0 { (Key::ArrowRight, Key::ArrowLeft) } else { (Key::ArrowLeft, Key::ArrowRight) };
    bench.key(there);
    assert_eq!(at(&bench).abs_diff(here), 1, "the arrows at the sides go to other questions");
    if !bench.app().tests().asked().expect("a question").is_being_typed() {
        bench.key(back);
    }
    go_to(&mut bench, "day");
    bench.text("m19");
    bench.chord(Modifiers::COMMAND, Key::Enter);
    assert!(bench.harness.query_by_label("1 of 3 answered").is_some());
    bench.chord(Modifiers::COMMAND, Key::Num4);
    assert!(bench.harness.query_by_label_contains("1 of 3 questions answered, 15 min left").is_some());
    bench.chord(Modifiers::COMMAND, Key::Num1);
    assert!(bench.harness.query_by_label("Continue the test (1 of 3 answered)").is_some());
    bench.key(Key::C);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    assert!(bench.harness.query_by_label_contains("1 wrong, 2 open. ").is_some());
    assert!(bench.harness.query_by_label("Study 1 mistake and 2 open").is_some());
    let report = &bench.app().tests().report().expect("a report").past.report;
    assert_eq!((report.mistake_count(), report.open_count()), (1, 2));
    // The history tells of the wrong answer, and of the one that was seen and left empty: nothing of the date.
    bench.chord(Modifiers::COMMAND, Key::Num3);
    let stats = bench.app().figures().deck("first").expect("a deck").total.accuracy;
    assert_eq!((stats.answers, stats.right), (2, 0));
}

#[test]
fn earlier_tests_are_opened_by_arrows_and_esc_goes_back_to_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path(), "(decks: [\"first\"], mix: Random)");
    for _ in 0..2 {
        bench.chord(Modifiers::COMMAND, Key::Num4);
        bench.key(Key::Space);
        bench.chord(Modifiers::COMMAND, Key::Enter);
        bench.chord(Modifiers::COMMAND, Key::Enter);
        bench.key(Key::Escape);
        assert!(bench.app().tests().shows_earlier(), "all tests are where they are listed");
        bench.key(Key::E);
    }
    bench.key(Key::E);
    bench.wait_for_tests(2);
    let ids: Vec<_> = bench.app().tests().earlier().expect("read").iter().map(|test| test.id).collect();
    bench.key(Key::ArrowDown);
    bench.key(Key::ArrowDown);
    bench.key(Key::Enter);
    assert_eq!(bench.app().tests().report().expect("a report").id, ids[0], "the older one is below");
    bench.key(Key::Escape);
    bench.key(Key::ArrowUp);
    bench.key(Key::Enter);
    assert_eq!(bench.app().tests().report().expect("a report").id, ids[1]);
}

#[test]
fn an_earlier_test_reaches_around_its_score_in_a_small_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path(), "(decks: [\"first\"], mix: Random)");
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    drop(bench);
    let mut bench = Opening { size: egui::vec2(640.0, 480.0), ..Opening::new(folder.path()) }.open();
    bench.chord(Modifiers::COMMAND, Key::Num4);
    bench.key(Key::E);
    bench.wait_for_tests(1);
    let row = bench.harness.get_by_label_contains("Report of").rect();
    let sum = bench.harness.get_by_label("0 of 3").rect();
    assert!(row.right() - 8.0 >= sum.right(), "{row:?} {sum:?}");
}
