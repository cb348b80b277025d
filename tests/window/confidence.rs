//! Confidence in the window, by keyboard alone.

use eframe::egui::accesskit::Toggled;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::draft::Draft;
use linchpin::app::scores::ScoresPage;
use linchpin::app::study::Stage;
use linchpin::domain::event::Confidence::{self, Guess, Sure, ThinkSo};
use linchpin::domain::question::Kind;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const ROW: &str = "How sure are you?";

fn open(settings: &str) -> (DataFolder, WindowFixture) {
    let folder = DataFolder::new();
    folder.write("settings.ron", settings);
    let window = WindowOptions::new(&folder).open();
    (folder, window)
}

fn is_chosen(window: &WindowFixture, choice: &str) -> bool {
    let label = format!("{ROW} {choice}");
    let node = window.harness.get_by_label(&label);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

fn confidence(window: &WindowFixture) -> Option<Confidence> {
    window.active_card().confidence
}

/// Presses Tab until the widget with that label has the focus.
fn tab_to(window: &mut WindowFixture, label: &str) {
    for _ in 0..200 {
        window.press(Key::Tab);
        if window.harness.query_all_by_label(label).any(|node| node.is_focused()) {
            return;
        }
    }
    panic!("{label} cannot be reached");
}

#[test]
fn a_choice_takes_a_confidence_before_its_digit() {
    let (_folder, mut window) = open("(ask_confidence: true)");
    window.bury_until_kind(Kind::Choice);
    window.harness.get_by_label(ROW);
    for choice in ["Sure", "Think so", "Guess"] {
        assert!(!is_chosen(&window, choice), "nothing is chosen at first");
    }
    window.press(Key::M);
    assert_eq!((confidence(&window), is_chosen(&window, "Think so")), (Some(ThinkSo), true));
    window.press(Key::M);
    assert_eq!((confidence(&window), is_chosen(&window, "Think so")), (None, false));
    window.press(Key::Y);
    assert!(is_chosen(&window, "Sure"));
    window.answer(false);
    assert!(window.shows_verdict());
    window.harness.get_by_label_contains("You were sure. Surprises like this");
    assert!(window.harness.query_by_label(ROW).is_none());
    // Undo shows the question again, with its confidence.
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(is_chosen(&window, "Sure"));
    window.answer(true);
    window.harness.get_by_label("You were sure.");
}

#[test]
fn the_confidence_keys_work_without_the_prompt_for_confidence() {
    let (_folder, mut window) = open("()");
    window.bury_until_kind(Kind::Bool);
    assert!(window.harness.query_by_label(ROW).is_none());
    window.press(Key::G);
    assert!(is_chosen(&window, "Guess"), "the confidence shows");
    window.answer(true);
    let Stage::Graded { guessed, .. } = window.active_card().stage else { panic!("a verdict") };
    assert!(guessed);
    window.harness.get_by_label_contains("Right, but a guess, so it comes back soon");
    assert!(window.harness.query_by_label("I guessed").is_none(), "the guess is already set");
}

#[test]
fn inside_a_text_field_letters_are_text_and_alt_sets_the_confidence() {
    let (_folder, mut window) = open("(ask_confidence: true)");
    window.bury_until_kind(Kind::Typed);
    window.harness.key_press(Key::Y);
    window.type_text("y");
    assert_eq!(
        (confidence(&window), window.active_card().draft.clone()),
        (None, Draft::Typed("y".to_owned()))
    );
    window.press_with(Modifiers::ALT, Key::Y);
    assert_eq!(
        (confidence(&window), window.active_card().draft.clone()),
        (Some(Sure), Draft::Typed("y".to_owned()))
    );
    window.type_text("e");
    window.press_with(Modifiers::ALT, Key::G);
    assert_eq!(
        (confidence(&window), window.active_card().draft.clone()),
        (Some(Guess), Draft::Typed("ye".to_owned()))
    );
    window.press(Key::Enter);
    window.harness.get_by_label("You guessed.");
}

#[test]
fn confidence_can_be_set_while_the_back_of_a_recall_card_shows() {
    let (_folder, mut window) = open("(ask_confidence: true)");
    window.bury_until_kind(Kind::Recall);
    window.harness.get_by_label(ROW);
    window.press(Key::Space);
    window.press(Key::G);
    assert!(is_chosen(&window, "Guess"));
    let again = window.harness.get_by_label_contains("Again, ");
    assert_eq!(again.accesskit_node().toggled(), Some(Toggled::True), "Space would grade it so");
    window.press(Key::Y);
    let good = window.harness.get_by_label_contains("Good, ");
    assert_eq!(good.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn the_list_of_high_confidence_errors_is_found_studied_and_left_by_keys() {
    let (_folder, mut window) = open("()");
    window.bury_until_kind(Kind::Choice);
    let key = window.active_card().key.clone();
    window.press(Key::Y);
    window.answer(false);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    tab_to(&mut window, "Confident mistakes: 1 to correct");
    window.press(Key::Enter);
    assert_eq!(*window.app().scores().page(), ScoresPage::HighConfidenceErrors);
    window.harness.get_by_label("Study this one");
    let events = window.app().store().events().expect("the log").len();
    window.press(Key::Escape);
    assert_eq!(*window.app().scores().page(), ScoresPage::Topics);
    tab_to(&mut window, "Confident mistakes: 1 to correct");
    window.press(Key::Enter);
    // The link is gone, and with it the focus.
    window.press(Key::Space);
    assert_eq!(window.active_card().key, key);
    let session = window.app().active_session().expect("a session").session();
    assert_eq!(session.remaining(), 1, "exactly these");
    assert_eq!(window.app().store().events().expect("the log").len(), events, "looking writes nothing");
    window.answer(true);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.harness.get_by_label("Confident mistakes");
    assert!(window.app().figures().high_confidence_errors.is_empty(), "the corrected card leaves the list");
}

#[test]
fn an_empty_list_offers_to_ask_for_confidence_on_every_question() {
    let (_folder, mut window) = open("()");
    window.press(Key::Space);
    window.answer(true);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    tab_to(&mut window, "Confident mistakes");
    window.press(Key::Enter);
    window.harness.get_by_label_contains("Nothing yet.");
    window.press(Key::Space);
    assert!(window.app().settings().ask_confidence);
    window.harness.get_by_label_contains("Nothing to correct.");
    window.press(Key::Space);
    assert_eq!(*window.app().scores().page(), ScoresPage::Topics);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.bury_until_kind(Kind::Choice);
    window.harness.get_by_label(ROW);
}

#[test]
fn confidence_is_in_the_settings_and_in_the_list_of_keys() {
    let (_folder, mut window) = open("()");
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.harness.get_by_label("Ask how sure I am");
    tab_to(&mut window, "On");
    window.press(Key::Space);
    assert!(window.app().settings().ask_confidence);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.bury_until_kind(Kind::Typed);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("how sure");
    // Commands are found by their text and run from the list.
    window.harness.get_by_label_contains("Stop asking how sure I am");
    window.press(Key::Enter);
    assert!(!window.app().settings().ask_confidence);
}
