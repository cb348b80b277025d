//! The page About: found by mouse, by keys and in the list of commands, and left again by Esc.

use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;
use linchpin::app::licences::Licences;

use crate::util::{Bench, Opening};

const TITLE: &str = "Licences of what it is built from";

fn is_open(bench: &Bench<'_>) -> bool {
    bench.harness.query_by_label(TITLE).is_some()
}

fn click(bench: &mut Bench<'_>, label: &str) {
    bench.harness.get_by_label_contains(label).click();
    bench.settle();
}

/// Opens it by the list of commands.
fn by_command(bench: &mut Bench<'_>) {
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("about");
    bench.key(Key::Enter);
}

#[test]
fn a_button_of_the_settings_opens_it_and_a_click_shows_a_licence() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num5);
    bench.harness.get_by_role_and_label(Role::Button, "About Linchpin").scroll_to_me();
    bench.settle();
    bench.harness.get_by_role_and_label(Role::Button, "About Linchpin").click();
    bench.settle();
    assert!(is_open(&bench));
    assert!(bench.harness.query_by_label(&format!("Version {}", env!("CARGO_PKG_VERSION"))).is_some());

    let first = Licences::embedded().parts()[0];
    click(&mut bench, &format!("{} {}", first.name, first.version));
    assert!(bench.harness.query_by_label_contains("END OF TERMS AND CONDITIONS").is_some());
    click(&mut bench, "About Linchpin");
    assert!(is_open(&bench), "the way back leads to the list");
    let settings: Vec<_> = bench.harness.query_all_by_label_contains("Settings").collect();
    settings.last().expect("the way back").click();
    drop(settings);
    bench.settle();
    assert!(!is_open(&bench) && bench.app().screen() == Screen::Settings);
}

#[test]
fn by_keys_alone_a_licence_is_found_read_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num3);
    by_command(&mut bench);
    assert!(is_open(&bench));

    bench.key(Key::Slash);
    bench.text("sqlite");
    let all = Licences::embedded().parts().len();
    assert!(bench.harness.query_by_label(&format!("3 of {all} parts")).is_some());
    assert!(bench.harness.query_by_label_contains("Pretendard").is_none());
    bench.key(Key::Escape);
    assert!(is_open(&bench), "Esc leaves the field first");
    bench.key(Key::ArrowDown);
    bench.key(Key::Enter);
    assert!(bench.harness.query_by_label_contains("Permission is hereby granted").is_some());
    bench.key(Key::Escape);
    assert!(is_open(&bench));
    bench.key(Key::Enter);
    assert!(!is_open(&bench), "the part that was read has the keyboard");
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    assert!(!is_open(&bench));
    assert_eq!(bench.app().screen(), Screen::Scores, "it lay over this screen");
}

#[test]
fn another_screen_takes_its_place_and_a_session_does_not_show_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    by_command(&mut bench);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    assert!(!is_open(&bench));
    by_command(&mut bench);
    bench.key(Key::Space);
    assert!(is_open(&bench) && bench.app().study().is_none(), "what the screen below does is out of reach");
    bench.key(Key::Escape);
    bench.key(Key::Space);
    assert!(bench.app().study().is_some());
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("about");
    assert!(bench.harness.query_by_label_contains("Nothing here is called that").is_some());
}
