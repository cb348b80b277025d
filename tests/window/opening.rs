//! The window comes up before the progress and the decks are open.

use std::time::{Duration, Instant};

use eframe::egui::{self, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use linchpin::app::clock::Clock;
use linchpin::app::{App, Dirs};
use linchpin::ui::Window;

use crate::fixtures::{DataFolder, NOW};

/// Long enough for a slow machine; a passing test does not wait for it.
const PATIENCE: Duration = Duration::from_secs(60);

fn clock() -> Clock {
    Clock::set_to(NOW).expect("a time")
}

fn window(dirs: &Dirs) -> Harness<'static, Window> {
    let (dirs, clock) = (dirs.clone(), clock());
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(30)
        .build_eframe(move |context| Window::opening(&context.egui_ctx, dirs, clock))
}

fn step_until(harness: &mut Harness<'_, Window>, is_done: impl Fn(&Harness<'_, Window>) -> bool) {
    let begin = Instant::now();
    while !is_done(harness) {
        assert!(begin.elapsed() < PATIENCE, "it does not open");
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
}

fn shows(harness: &Harness<'_, Window>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn the_navigation_shows_first_and_today_when_the_decks_are_loaded() {
    let folder = DataFolder::new();
    let mut harness = window(&Dirs::in_folder(folder.path()));
    assert!(shows(&harness, "Scores"), "the navigation is there from the first frame");
    step_until(&mut harness, |harness| harness.state().app().is_some());
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert!(harness.state().app().is_some_and(|app| app.active_session().is_some()), "a session begins");
}

#[test]
fn progress_in_use_by_another_window_shows_an_error_and_can_be_retried() {
    let folder = DataFolder::new();
    let dirs = Dirs::in_folder(folder.path());
    let other = App::open(dirs.clone(), &clock().now(4)).expect("it opens");
    let mut harness = window(&dirs);
    step_until(&mut harness, |harness| shows(harness, "Linchpin is already open"));
    drop(other);
    harness.key_press(Key::Space);
    harness.run();
    assert!(harness.state().app().is_some(), "it opens now");
}

#[test]
fn closing_a_window_while_it_opens_releases_the_progress() {
    let folder = DataFolder::new();
    let dirs = Dirs::in_folder(folder.path());
    drop(window(&dirs));
    App::open(dirs, &clock().now(4)).expect("the progress is no longer locked");
}

#[cfg(unix)]
#[test]
fn progress_that_another_program_replaces_is_left_alone_and_can_be_opened_as_it_is_now() {
    let deck = "Deck(format: 1, id: \"water\", title: \"Water\", topics: {\"t\": \"All\"}, \
        questions: [(topic: \"t\", prompt: \"Water is wet.\", answer: Bool(true))])";
    let folder = DataFolder::with_deck("water.ron", deck);
    let dirs = Dirs::in_folder(folder.path());
    drop(App::open(dirs.clone(), &clock().now(4)).expect("it opens"));
    let mut harness = window(&dirs);
    step_until(&mut harness, |harness| harness.state().app().is_some());
    let progress = dirs.data.join("progress.db");
    let incoming = dirs.data.join("incoming");
    std::fs::copy(&progress, &incoming).expect("copied");
    std::fs::rename(&incoming, &progress).expect("replaced");
    let foreign = std::fs::read(&progress).expect("a file");

    harness.run();
    harness.get_by_label_contains("Study Water").click();
    harness.run();
    harness.key_press(Key::T);
    harness.run();
    assert!(shows(&harness, "Your progress file was replaced"), "it is said");
    assert!(harness.state().app().is_none(), "no page is left that would promise to save");
    assert_eq!(std::fs::read(&progress).expect("a file"), foreign, "nothing was written to it");
    harness.get_by_label("Use the file that is there now").click();
    harness.run();
    assert!(harness.state().app().is_some(), "it opens");
}
