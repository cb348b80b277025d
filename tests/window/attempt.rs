//! A test in the window, by keyboard alone.

use std::path::Path;

use crate::util::{Bench, Opening};
use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;
use linchpin::app::test::{Openness, Running};
use linchpin::domain::task::Response;
use linchpin::domain::test::{Past, Phase};

const DECK: &str = include_str!("../data/own-deck.ron");

fn open(folder: &Path) -> Bench<'static> {
    std::fs::create_dir_all(folder.join("decks")).expect("a folder");
    std::fs::write(folder.join("decks/own.ron"), DECK).expect("a deck");
    // As the last test was set up.
    std::fs::write(folder.join("test.ron"), "(decks: [\"own\"], mix: Random, minutes: Some(10))")
        .expect("a file");
    let mut bench = Opening::new(folder).open();
    bench.chord(Modifiers::COMMAND, Key::Num4);
    if bench.app().tests().left().is_none() {
        bench.write_code("K7Q-F2M");
    }
    bench
}

fn running<'a>(bench: &'a Bench<'_>) -> &'a Running {
    bench.app().tests().running().expect("a test")
}

fn past<'a>(bench: &'a Bench<'_>) -> &'a Past {
    &bench.app().tests().report().expect("a report").past
}

/// The id of the question before the learner.
fn question(bench: &Bench<'_>) -> String {
    bench.app().tests().asked().expect("a question").key.question.to_string()
}

/// Answers whatever is before the learner, rightly, and goes on by Enter or Space.
fn answer_and_go_on(bench: &mut Bench<'_>) {
    match question(bench).as_str() {
        "typed" => bench.text("Moat"),
        "year" => bench.text("1953"),
        "bool" => bench.key(Key::T),
        "choice" => {
            let task = bench.app().tests().asked().expect("a question").task.clone();
            let Response::Picks(picks) = linchpin::domain::grade::right_answer(&task) else {
                panic!("a choice")
            };
            bench.key([Key::Num1, Key::Num2, Key::Num3][picks[0]]);
            bench.key(Key::Space);
            return;
        }
        "cloze" => {
            bench.text("first");
            bench.key(Key::Enter);
            assert_eq!(question(bench), "cloze", "Enter goes to the next gap first");
            bench.text("second");
        }
        _ => bench.text("I thought"),
    }
    bench.key(Key::Enter);
}

fn go_to(bench: &mut Bench<'_>, id: &str) {
    for _ in 0..10 {
        if question(bench) == id {
            return;
        }
        bench.key(Key::PageDown);
        if running(bench).overview {
            bench.key(Key::O);
            for _ in 0..6 {
                bench.key(Key::PageUp);
            }
        }
    }
    panic!("{id} does not come");
}

#[test]
fn a_test_is_sat_handed_in_judged_and_reported_by_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    assert!(bench.harness.query_by_label_contains("All 6 questions that fit, 10 min").is_some());
    bench.key(Key::Space);
    assert_eq!(bench.app().screen(), Screen::Test);
    assert!(bench.harness.query_by_label("Linchpin").is_none(), "the rail is away, as while studying");
    for _ in 0..6 {
        answer_and_go_on(&mut bench);
    }
    assert!(running(&bench).overview, "behind the last one comes the overview");
    assert!(bench.harness.query_by_label_contains("Nothing is open").is_some());
    bench.chord(Modifiers::COMMAND, Key::Enter);
    assert_eq!(running(&bench).sitting.phase(), Phase::Judging);
    assert!(
        bench.harness.query_by_label("I thought").is_some()
            && bench.harness.query_by_label("thought").is_some()
    );
    bench.key(Key::Num2);
    assert_eq!(past(&bench).report.total.points, 5.5);
    assert!(bench.harness.query_by_label("5.5 of 6").is_some());
    assert!(bench.harness.query_all_by_label_contains("Predicted").next().is_some());
    let names: Vec<&str> = past(&bench).report.topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, ["One", "Two"]);

    bench.key(Key::Escape);
    bench.wait_for_tests(1);
    assert!(bench.harness.query_by_label_contains("My own: 5.5 of 6. The first of its setup").is_some());
    bench.key(Key::E);
    let code = bench.app().tests().code().to_owned();
    bench.key(Key::N);
    assert_ne!(bench.app().tests().code(), code);
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    assert_eq!(past(&bench).report.total.points, 0.0);
    bench.key(Key::Space);
    let session = bench.app().study().expect("the mistakes are studied").session();
    assert_eq!(session.cards().count(), 6);
}

#[test]
fn nothing_is_told_before_the_end_and_answers_can_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    bench.key(Key::Space);
    go_to(&mut bench, "bool");
    bench.key(Key::Num2);
    for verdict in ["Right", "Wrong", "Continue", "Again"] {
        assert!(bench.harness.query_by_label(verdict).is_none(), "{verdict}");
    }
    assert_eq!(running(&bench).response(), Some(&Response::Bool(false)));
    bench.key(Key::Num1);
    assert_eq!(running(&bench).response(), Some(&Response::Bool(true)));
    bench.key(Key::T);
    assert_eq!(running(&bench).response(), None, "the same again takes it back");
    bench.key(Key::Y);
    assert!(
        bench.harness.query_by_label_contains("Sure").is_some(),
        "how sure one is can be said and is shown"
    );
    bench.key(Key::L);
    assert_eq!(running(&bench).flagged(), [running(&bench).at()]);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert!(bench.app().notice().expect("a word").text.contains("can be changed"));

    // Letters are the answer's where one is typed; with Alt they are keys.
    go_to(&mut bench, "typed");
    bench.text("Moo");
    bench.key(Key::L);
    assert_eq!(running(&bench).flagged().len(), 1);
    bench.chord(Modifiers::ALT, Key::L);
    assert_eq!(running(&bench).flagged().len(), 2);
    go_to(&mut bench, "bool");
    go_to(&mut bench, "typed");
    assert_eq!(running(&bench).response(), Some(&Response::Text("Moo".to_owned())));

    // What is no number is kept, and counts as open.
    go_to(&mut bench, "year");
    bench.text("soon");
    go_to(&mut bench, "bool");
    go_to(&mut bench, "year");
    let at = running(&bench).at();
    assert_eq!(running(&bench).openness(at), Openness::Unfinished);
    assert!(
        bench.harness.query_all_by_label_contains("write it in digits").next().is_some(),
        "and it is said"
    );
}

#[test]
fn esc_leaves_the_test_and_it_goes_on_from_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    bench.key(Key::Space);
    go_to(&mut bench, "choice");
    bench.key(Key::Num1);
    let at = running(&bench).at();
    bench.key(Key::Escape);
    assert!(bench.app().tests().left().is_some());
    assert!(bench.harness.query_by_label_contains("Its time stands still").is_some());
    bench.chord(Modifiers::COMMAND, Key::Num1);
    bench.key(Key::C);
    assert_eq!(running(&bench).at(), at, "from Today");
    bench.chord(Modifiers::COMMAND, Key::Num3);
    assert!(bench.app().tests().left().is_some(), "another screen leaves it too");
    drop(bench);
    let mut bench = open(folder.path());
    bench.key(Key::Space);
    assert_eq!(running(&bench).response(), Some(&Response::Picks(vec![0])), "after the program was closed");

    // In the overview Esc goes back to the question.
    bench.key(Key::O);
    bench.key(Key::Escape);
    assert!(!running(&bench).overview);
    let label = format!("Question {}, open", (at + 1) % 6 + 1);
    bench.key(Key::O);
    bench.harness.get_by_label(&label).focus();
    bench.settle();
    bench.key(Key::Enter);
    assert_eq!(running(&bench).at(), (at + 1) % 6, "a question is chosen by its button");

    // By the arrows: first to the question that was shown, then on.
    for (keys, wanted) in [
        (vec![Key::ArrowDown, Key::End], 5),
        (vec![Key::ArrowRight, Key::Home], 0),
        (vec![Key::ArrowUp, Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft], 1),
    ] {
        bench.key(Key::O);
        keys.into_iter().for_each(|key| bench.key(key));
        bench.key(Key::Enter);
        assert_eq!((running(&bench).at(), running(&bench).overview), (wanted, false));
    }
}

#[test]
fn in_a_narrow_window_the_arrows_go_from_line_to_line() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(open(folder.path()));
    let size = egui::vec2(640.0, 480.0);
    let mut bench = Opening { size, text_percent: 200, ..Opening::new(folder.path()) }.open();
    bench.chord(Modifiers::COMMAND, Key::Num4);
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    bench.key(Key::ArrowDown);
    let at = |bench: &Bench<'_>, item: usize| {
        bench.harness.get_by_label_contains(&format!("Question {item}, ")).rect().left()
    };
    let below = (2..=6).find(|item| at(&bench, *item) == at(&bench, 1)).expect("a second line");
    bench.key(Key::ArrowDown);
    bench.key(Key::Enter);
    assert_eq!(running(&bench).at(), below - 1);
}

#[test]
fn a_test_is_given_up_only_when_that_is_said_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Num4);
    for _ in 0..2 {
        bench.harness.get_by_label("Give it up").click();
        bench.settle();
        assert!(bench.harness.query_by_label_contains("there is no way back").is_some());
        bench.key(Key::Escape);
        assert!(bench.harness.query_by_label_contains("there is no way back").is_none());
    }
    bench.key(Key::F);
    assert!(bench.app().tests().left().is_some(), "not before it is asked");
    bench.key(Key::D);
    bench.key(Key::D);
    assert!(bench.app().tests().left().is_some(), "another key says so");
    bench.key(Key::F);
    assert!(bench.app().tests().left().is_none());
    bench.key(Key::Space);
    assert_eq!(running(&bench).at(), 0, "another one");
}

#[test]
fn a_test_is_set_up_by_keys_and_its_code_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    let press = |bench: &mut Bench<'_>, role: Role, name: &str| {
        bench.harness.get_by_role_and_label(role, name).focus();
        bench.settle();
        bench.key(Key::Enter);
    };
    press(&mut bench, Role::CheckBox, "Two");
    press(&mut bench, Role::Button, "Balanced");
    press(&mut bench, Role::CheckBox, "True or false");
    press(&mut bench, Role::Button, "No limit");
    press(&mut bench, Role::Button, "Number of questions: less");
    let setup = bench.app().tests().setup().clone();
    assert_eq!(setup.topics.iter().map(|key| key.topic.as_str()).collect::<Vec<_>>(), ["one"]);
    assert_eq!((setup.minutes, setup.number, setup.kinds.len()), (None, 15, 10));
    bench.write_code("0o1 2l3");
    bench.key(Key::Space);
    assert_eq!(running(&bench).paper.code.to_string(), "001-213");
    assert_eq!(running(&bench).paper.items.len(), 2, "the two of topic one that are not true or false");
    assert_eq!(running(&bench).left_ms(), None);
}

#[test]
fn every_part_has_a_name_and_fits_a_small_window() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(open(folder.path()));
    for (size, text_percent) in [(egui::vec2(640.0, 480.0), 100), (egui::vec2(640.0, 480.0), 200)] {
        let mut bench = Opening { size, text_percent, ..Opening::new(folder.path()) }.open();
        bench.chord(Modifiers::COMMAND, Key::Num4);
        bench.write_code("K7Q-F2M");
        bench.key(Key::Space);
        for name in ["Next", "Previous", "Flag", "Overview", "Leave the test"] {
            let rect = bench.harness.get_by_label(name).rect();
            assert!(
                rect.right() <= size.x * 100.0 / f32::from(text_percent),
                "{name} at {text_percent} %: {rect:?}"
            );
        }
        assert!(bench.harness.query_by_label_contains("Question 1 of 6").is_some());
        bench.chord(Modifiers::COMMAND, Key::Enter);
        bench.chord(Modifiers::COMMAND, Key::Enter);
        assert_eq!(past(&bench).report.items.len(), 6);
    }
}

/// Asks the window to close; whether it refuses.
fn is_kept_open(bench: &mut Bench<'_>) -> bool {
    let root = bench.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
    bench.harness.step();
    let commands = &bench.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
    let is_kept = commands.contains(&egui::ViewportCommand::CancelClose);
    bench.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
    bench.settle();
    is_kept
}

#[test]
fn the_window_stays_where_the_last_answer_cannot_be_saved_until_that_is_said_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    bench.key(Key::Space);
    go_to(&mut bench, "typed");
    bench.text("Moat");
    let disk = rusqlite::Connection::open(folder.path().join("progress.db")).expect("a file");
    disk.execute_batch("CREATE TRIGGER no BEFORE INSERT ON test_step BEGIN SELECT RAISE(ABORT, 'full'); END")
        .expect("done");
    assert!(is_kept_open(&mut bench));
    assert!(bench.app().tests().is_running());
    let notice = bench.app().notice().expect("it is told").text.clone();
    assert!(notice.contains("not saved yet") && notice.ends_with("to leave without it."), "{notice}");
    assert!(!is_kept_open(&mut bench));
    disk.execute_batch("DROP TRIGGER no").expect("done");
    assert!(!is_kept_open(&mut bench));
    assert!(bench.app().tests().left().is_some(), "left as ever");
}
