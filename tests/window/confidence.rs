//! In the window, by keyboard alone.

use eframe::egui::accesskit::Toggled;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::draft::Draft;
use linchpin::app::scores::Page;
use linchpin::app::study::Stage;
use linchpin::domain::event::Confidence::{self, Guess, Sure, ThinkSo};
use linchpin::domain::question::Kind;

use crate::util::{Bench, Opening, answer};

const ROW: &str = "How sure are you?";

fn open(settings: &str) -> (tempfile::TempDir, Bench<'static>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("settings.ron"), settings).expect("settings");
    let bench = Opening::new(folder.path()).open();
    (folder, bench)
}

fn is_chosen(bench: &Bench<'_>, choice: &str) -> bool {
    let label = format!("{ROW} {choice}");
    let node = bench.harness.get_by_label(&label);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

fn said(bench: &Bench<'_>) -> Option<Confidence> {
    bench.asked().confidence
}

/// Goes from widget to widget until the one of that name has the focus.
fn tab_to(bench: &mut Bench<'_>, label: &str) {
    for _ in 0..200 {
        bench.key(Key::Tab);
        if bench.harness.query_all_by_label(label).any(|node| node.is_focused()) {
            return;
        }
    }
    panic!("{label} cannot be reached");
}

#[test]
fn a_choice_takes_it_before_its_digit() {
    let (_folder, mut bench) = open("(ask_confidence: true)");
    bench.bury_until_kind(Kind::Choice);
    bench.harness.get_by_label(ROW);
    for choice in ["Sure", "Think so", "Guess"] {
        assert!(!is_chosen(&bench, choice), "nothing is chosen at first");
    }
    bench.key(Key::M);
    assert_eq!((said(&bench), is_chosen(&bench, "Think so")), (Some(ThinkSo), true));
    bench.key(Key::M);
    assert_eq!((said(&bench), is_chosen(&bench, "Think so")), (None, false));
    bench.key(Key::Y);
    assert!(is_chosen(&bench, "Sure"));
    answer(&mut bench, false);
    assert!(bench.is_judged());
    bench.harness.get_by_label_contains("You were sure. A surprise like this");
    assert!(bench.harness.query_by_label(ROW).is_none());
    // Back to the question: what was said is there again.
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert!(is_chosen(&bench, "Sure"));
    answer(&mut bench, true);
    bench.harness.get_by_label("You were sure.");
}

#[test]
fn the_keys_work_where_nothing_asks() {
    let (_folder, mut bench) = open("()");
    bench.bury_until_kind(Kind::Bool);
    assert!(bench.harness.query_by_label(ROW).is_none());
    bench.key(Key::G);
    assert!(is_chosen(&bench, "Guess"), "what was said shows");
    answer(&mut bench, true);
    let Stage::Judged { guessed, .. } = bench.asked().stage else { panic!("a verdict") };
    assert!(guessed);
    bench.harness.get_by_label_contains("You guessed, and guessed right");
    assert!(bench.harness.query_by_label("I guessed").is_none(), "it is said already");
}

#[test]
fn inside_a_text_field_letters_are_letters_and_alt_says_it() {
    let (_folder, mut bench) = open("(ask_confidence: true)");
    bench.bury_until_kind(Kind::Typed);
    bench.harness.key_press(Key::Y);
    bench.text("y");
    assert_eq!((said(&bench), bench.asked().draft.clone()), (None, Draft::Text("y".to_owned())));
    bench.chord(Modifiers::ALT, Key::Y);
    assert_eq!((said(&bench), bench.asked().draft.clone()), (Some(Sure), Draft::Text("y".to_owned())));
    bench.text("e");
    bench.chord(Modifiers::ALT, Key::G);
    assert_eq!((said(&bench), bench.asked().draft.clone()), (Some(Guess), Draft::Text("ye".to_owned())));
    bench.key(Key::Enter);
    bench.harness.get_by_label("You guessed.");
}

#[test]
fn a_card_to_recall_is_said_of_while_its_back_shows() {
    let (_folder, mut bench) = open("(ask_confidence: true)");
    bench.bury_until_kind(Kind::Recall);
    bench.harness.get_by_label(ROW);
    bench.key(Key::Space);
    bench.key(Key::G);
    assert!(is_chosen(&bench, "Guess"));
    let again = bench.harness.get_by_label_contains("Again, ");
    assert_eq!(again.accesskit_node().toggled(), Some(Toggled::True), "Space would grade it so");
    bench.key(Key::Y);
    let good = bench.harness.get_by_label_contains("Good, ");
    assert_eq!(good.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn the_list_is_found_studied_and_left_without_a_mouse() {
    let (_folder, mut bench) = open("()");
    bench.bury_until_kind(Kind::Choice);
    let key = bench.asked().key.clone();
    bench.key(Key::Y);
    answer(&mut bench, false);
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    tab_to(&mut bench, "Sure, but wrong: 1 to put right");
    bench.key(Key::Enter);
    assert_eq!(*bench.app().scores().page(), Page::SureButWrong);
    bench.harness.get_by_label("Study this one");
    let events = bench.app().store().events().expect("the log").len();
    bench.key(Key::Escape);
    assert_eq!(*bench.app().scores().page(), Page::Topics);
    tab_to(&mut bench, "Sure, but wrong: 1 to put right");
    bench.key(Key::Enter);
    // The link has gone, and with it the focus.
    bench.key(Key::Space);
    assert_eq!(bench.asked().key, key);
    let session = bench.app().study().expect("a session").session();
    assert_eq!(session.remaining(), 1, "exactly these");
    assert_eq!(bench.app().store().events().expect("the log").len(), events, "looking writes nothing");
    answer(&mut bench, true);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.harness.get_by_label("Sure, but wrong");
    assert!(bench.app().figures().sure_but_wrong.is_empty(), "it is put right");
}

#[test]
fn an_empty_list_offers_to_ask_and_then_every_question_does() {
    let (_folder, mut bench) = open("()");
    bench.key(Key::Space);
    answer(&mut bench, true);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    tab_to(&mut bench, "Sure, but wrong");
    bench.key(Key::Enter);
    bench.harness.get_by_label_contains("Nothing here yet.");
    bench.key(Key::Space);
    assert!(bench.app().settings().ask_confidence);
    bench.harness.get_by_label_contains("Nothing to put right.");
    bench.key(Key::Space);
    assert_eq!(*bench.app().scores().page(), Page::Topics);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    bench.bury_until_kind(Kind::Choice);
    bench.harness.get_by_label(ROW);
}

#[test]
fn the_setting_and_the_list_of_keys_tell_of_it() {
    let (_folder, mut bench) = open("()");
    bench.chord(Modifiers::COMMAND, Key::Num5);
    bench.harness.get_by_label("Ask how sure I am");
    tab_to(&mut bench, "On");
    bench.key(Key::Space);
    assert!(bench.app().settings().ask_confidence);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    bench.bury_until_kind(Kind::Typed);
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("how sure");
    // Found by what it says, and done from there.
    bench.harness.get_by_label_contains("Stop asking how sure I am");
    bench.key(Key::Enter);
    assert!(!bench.app().settings().ask_confidence);
}
