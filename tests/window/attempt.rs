//! A test in the window, by keyboard alone.

use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;
use linchpin::app::attempt::{ActiveAttempt, AnswerStatus};
use linchpin::domain::attempt::{AttemptPhase, CompletedAttempt};
use linchpin::domain::task::Response;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const DECK: &str = include_str!("../data/own-deck.ron");

fn open(folder: &DataFolder) -> WindowFixture {
    folder.write_deck("own.ron", DECK);
    // The setup is taken from the last test.
    folder.write("test.ron", "(decks: [\"own\"], mix: Random, minutes: Some(10))");
    let mut window = WindowOptions::new(folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    if window.app().tests().paused().is_none() {
        window.enter_test_code("K7Q-F2M");
    }
    window
}

fn running(window: &WindowFixture) -> &ActiveAttempt {
    window.app().tests().active().expect("a test")
}

fn past(window: &WindowFixture) -> &CompletedAttempt {
    &window.app().tests().report().expect("a report").completed
}

/// The id of the question on the screen.
fn question(window: &WindowFixture) -> String {
    window.app().tests().active_card().expect("a question").key.question.to_string()
}

/// Answers the question on the screen correctly, and goes on by Enter or Space.
fn answer_and_go_on(window: &mut WindowFixture) {
    match question(window).as_str() {
        "typed" => window.type_text("Moat"),
        "year" => window.type_text("1953"),
        "bool" => window.press(Key::T),
        "choice" => {
            let task = window.app().tests().active_card().expect("a question").task.clone();
            let Response::Choice(picks) = linchpin::domain::grade::right_response(&task) else {
                panic!("a choice")
            };
            window.press([Key::Num1, Key::Num2, Key::Num3][picks[0]]);
            window.press(Key::Space);
            return;
        }
        "cloze" => {
            window.type_text("first");
            window.press(Key::Enter);
            assert_eq!(question(window), "cloze", "Enter goes to the next gap first");
            window.type_text("second");
        }
        _ => window.type_text("I thought"),
    }
    window.press(Key::Enter);
}

fn go_to(window: &mut WindowFixture, id: &str) {
    for _ in 0..10 {
        if question(window) == id {
            return;
        }
        window.press(Key::PageDown);
        if running(window).overview {
            window.press(Key::O);
            for _ in 0..6 {
                window.press(Key::PageUp);
            }
        }
    }
    panic!("{id} does not come");
}

#[test]
fn a_test_is_taken_handed_in_graded_and_reported_by_keys_alone() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    assert!(window.shows("All 6 matching questions, 10 min"));
    window.press(Key::Space);
    assert_eq!(window.app().screen(), Screen::Test);
    assert!(
        window.harness.query_by_label("Linchpin").is_none(),
        "the navigation is hidden, as while studying"
    );
    for _ in 0..6 {
        answer_and_go_on(&mut window);
    }
    assert!(running(&window).overview, "the overview follows the last question");
    assert!(window.shows("Every question is answered"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(running(&window).attempt.phase(), AttemptPhase::SelfGrading);
    assert!(
        window.harness.query_by_label("I thought").is_some()
            && window.harness.query_by_label("thought").is_some()
    );
    window.press(Key::Num2);
    assert_eq!(past(&window).report.total.points, 5.5);
    assert!(window.harness.query_by_label("5.5 of 6").is_some());
    assert!(window.harness.query_all_by_label_contains("Predicted").next().is_some());
    let names: Vec<&str> = past(&window).report.topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, ["One", "Two"]);

    window.press(Key::Escape);
    window.wait_for_attempts(1);
    assert!(window.shows("My own: 5.5 of 6. First test with these settings"));
    window.press(Key::E);
    let code = window.app().tests().code().to_owned();
    window.press(Key::N);
    assert_ne!(window.app().tests().code(), code);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(past(&window).report.total.points, 0.0);
    window.press(Key::Space);
    let session = window.app().active_session().expect("the mistakes are studied").session();
    assert_eq!(session.cards().count(), 6);
}

#[test]
fn no_result_shows_before_the_end_and_answers_can_be_changed() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    window.press(Key::Space);
    go_to(&mut window, "bool");
    window.press(Key::Num2);
    for verdict in ["Right", "Wrong", "Continue", "Again"] {
        assert!(window.harness.query_by_label(verdict).is_none(), "{verdict}");
    }
    assert_eq!(running(&window).response(), Some(&Response::Bool(false)));
    window.press(Key::Num1);
    assert_eq!(running(&window).response(), Some(&Response::Bool(true)));
    window.press(Key::T);
    assert_eq!(running(&window).response(), None, "picking the same option again clears it");
    window.press(Key::Y);
    assert!(window.shows("Sure"), "the confidence can be set and is shown");
    window.press(Key::L);
    assert_eq!(running(&window).flagged_items(), [running(&window).current_item()]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.app().notice().expect("a word").text.contains("can be changed"));

    // In a text field letters belong to the answer; with Alt they are shortcuts.
    go_to(&mut window, "typed");
    window.type_text("Moo");
    window.press(Key::L);
    assert_eq!(running(&window).flagged_items().len(), 1);
    window.press_with(Modifiers::ALT, Key::L);
    assert_eq!(running(&window).flagged_items().len(), 2);
    go_to(&mut window, "bool");
    go_to(&mut window, "typed");
    assert_eq!(running(&window).response(), Some(&Response::Typed("Moo".to_owned())));

    // Text that is not a number is kept, and counts as unfinished.
    go_to(&mut window, "year");
    window.type_text("soon");
    go_to(&mut window, "bool");
    go_to(&mut window, "year");
    let at = running(&window).current_item();
    assert_eq!(running(&window).answer_status(at), AnswerStatus::Unfinished);
    assert!(
        window.harness.query_all_by_label_contains("write it in digits").next().is_some(),
        "the window says why"
    );
}

#[test]
fn esc_leaves_the_test_and_it_continues_from_any_screen() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    window.press(Key::Space);
    go_to(&mut window, "choice");
    window.press(Key::Num1);
    let at = running(&window).current_item();
    window.press(Key::Escape);
    assert!(window.app().tests().paused().is_some());
    assert!(window.shows("The clock is stopped"));
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.press(Key::C);
    assert_eq!(running(&window).current_item(), at, "from Today");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    assert!(window.app().tests().paused().is_some(), "another screen leaves it too");
    drop(window);
    let mut window = open(&folder);
    window.press(Key::Space);
    assert_eq!(running(&window).response(), Some(&Response::Choice(vec![0])), "after the program was closed");

    // In the overview Esc goes back to the question.
    window.press(Key::O);
    window.press(Key::Escape);
    assert!(!running(&window).overview);
    let label = format!("Question {}, not answered", (at + 1) % 6 + 1);
    window.press(Key::O);
    window.focus(&label);
    window.press(Key::Enter);
    assert_eq!(running(&window).current_item(), (at + 1) % 6, "a question is chosen by its button");

    // The arrows begin at the question that was shown.
    for (keys, wanted) in [
        (vec![Key::ArrowDown, Key::End], 5),
        (vec![Key::ArrowRight, Key::Home], 0),
        (vec![Key::ArrowUp, Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft], 1),
    ] {
        window.press(Key::O);
        keys.into_iter().for_each(|key| window.press(key));
        window.press(Key::Enter);
        assert_eq!((running(&window).current_item(), running(&window).overview), (wanted, false));
    }
}

#[test]
fn in_a_narrow_window_the_arrows_move_between_lines() {
    let folder = DataFolder::new();
    drop(open(&folder));
    let size = egui::vec2(640.0, 480.0);
    let mut window = WindowOptions { size, text_percent: 200, ..WindowOptions::new(&folder) }.open();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press(Key::ArrowDown);
    let at = |window: &WindowFixture, item: usize| {
        window.harness.get_by_label_contains(&format!("Question {item}, ")).rect().left()
    };
    let below = (2..=6).find(|item| at(&window, *item) == at(&window, 1)).expect("a second line");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(running(&window).current_item(), below - 1);
}

#[test]
fn a_test_is_discarded_only_after_a_confirmation() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    for _ in 0..2 {
        window.click("Discard");
        assert!(window.shows("can’t get its answers back"));
        window.press(Key::Escape);
        assert!(!window.shows("can’t get its answers back"));
    }
    window.press(Key::F);
    assert!(window.app().tests().paused().is_some(), "not before the confirmation");
    window.press(Key::D);
    window.press(Key::D);
    assert!(window.app().tests().paused().is_some(), "pressing another key does not confirm");
    window.press(Key::F);
    assert!(window.app().tests().paused().is_none());
    window.press(Key::Space);
    assert_eq!(running(&window).current_item(), 0, "another one");
}

#[test]
fn a_test_is_set_up_by_keys_with_a_typed_code() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    let press = |window: &mut WindowFixture, role: Role, name: &str| {
        window.harness.get_by_role_and_label(role, name).focus();
        window.settle();
        window.press(Key::Enter);
    };
    press(&mut window, Role::CheckBox, "Two");
    press(&mut window, Role::Button, "Balanced");
    press(&mut window, Role::CheckBox, "True or false");
    press(&mut window, Role::Button, "No limit");
    press(&mut window, Role::Button, "Number of questions: less");
    let setup = window.app().tests().setup().clone();
    assert_eq!(setup.topics.iter().map(|key| key.topic.as_str()).collect::<Vec<_>>(), ["one"]);
    assert_eq!((setup.minutes, setup.question_count, setup.kinds.len()), (None, 15, 10));
    window.enter_test_code("0o1 2l3");
    window.press(Key::Space);
    assert_eq!(running(&window).test.code.to_string(), "001-213");
    assert_eq!(running(&window).test.items.len(), 2, "the two of topic one that are not true or false");
    assert_eq!(running(&window).remaining_ms(), None);
}

#[test]
fn every_widget_of_a_test_has_a_label_and_fits_a_small_window() {
    let folder = DataFolder::new();
    drop(open(&folder));
    for (size, text_percent) in [(egui::vec2(640.0, 480.0), 100), (egui::vec2(640.0, 480.0), 200)] {
        let mut window = WindowOptions { size, text_percent, ..WindowOptions::new(&folder) }.open();
        window.press_with(Modifiers::COMMAND, Key::Num4);
        window.enter_test_code("K7Q-F2M");
        window.press(Key::Space);
        for name in ["Next", "Previous", "Flag", "Overview", "Leave test"] {
            let rect = window.harness.get_by_label(name).rect();
            assert!(
                rect.right() <= size.x * 100.0 / f32::from(text_percent),
                "{name} at {text_percent} %: {rect:?}"
            );
        }
        assert!(window.shows("Question 1 of 6"));
        window.press_with(Modifiers::COMMAND, Key::Enter);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        assert_eq!(past(&window).report.items.len(), 6);
    }
}

/// Asks the window to close, and returns whether it refuses.
fn is_kept_open(window: &mut WindowFixture) -> bool {
    let root = window.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
    window.harness.step();
    let commands = &window.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
    let is_kept = commands.contains(&egui::ViewportCommand::CancelClose);
    window.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
    window.settle();
    is_kept
}

#[test]
fn a_window_whose_last_answer_cannot_be_saved_closes_only_at_the_second_request() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    window.press(Key::Space);
    go_to(&mut window, "typed");
    window.type_text("Moat");
    let disk = rusqlite::Connection::open(folder.path().join("progress.db")).expect("a file");
    disk.execute_batch("CREATE TRIGGER no BEFORE INSERT ON test_step BEGIN SELECT RAISE(ABORT, 'full'); END")
        .expect("done");
    assert!(is_kept_open(&mut window));
    assert!(window.app().tests().is_active());
    let notice = window.app().notice().expect("the failure shows in a notice").text.clone();
    assert!(notice.contains("not saved yet") && notice.ends_with("to leave without it."), "{notice}");
    assert!(!is_kept_open(&mut window));
    disk.execute_batch("DROP TRIGGER no").expect("done");
    assert!(!is_kept_open(&mut window));
    assert!(window.app().tests().paused().is_some(), "the test is paused as usual");
}
