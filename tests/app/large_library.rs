//! A library of many questions, whose figures are computed on a background thread, and folders that the learner adds.

use std::fmt::Write;
use std::fs;
use std::sync::mpsc::channel;
use std::time::Duration;

use linchpin::app::{App, Command, Dirs, Setting, Settings};
use linchpin::background::RepaintSignal;
use linchpin::domain::day::Moment;

fn now() -> Moment {
    Moment::new(&"2026-11-23T10:00:00+09:00[Asia/Seoul]".parse().expect("a time"), 4)
}

fn deck(id: &str, questions: usize) -> String {
    let mut text =
        format!("Deck(format: 1, id: \"{id}\", title: \"{id}\", topics: {{\"t\": \"T\"}}, questions: [\n");
    for number in 0..questions {
        let _ = writeln!(
            text,
            "(id: \"q{number}\", topic: \"t\", prompt: \"What is {number}?\", answer: Number({number})),"
        );
    }
    text + "])"
}

#[test]
fn old_figures_show_until_those_of_a_large_library_are_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let dirs = Dirs::in_folder(folder.path());
    fs::create_dir(dirs.decks()).expect("a folder");
    fs::write(dirs.decks().join("large.ron"), deck("large", 10_001)).expect("a deck");
    let mut app = App::open(dirs, &now()).expect("it opens");
    assert_eq!(app.figures().to_learn, 20, "they are there from the beginning");
    let (wake, woken) = channel();
    app.set_repaint_signal(RepaintSignal::new(move || {
        // At the end of the test the receiver is gone.
        let _ = wake.send(());
    }));
    app.apply(Command::Set(Setting::NewCardsADay(7)), &now());
    assert_eq!(app.figures().to_learn, 20, "the old ones are shown meanwhile");
    while app.figures().to_learn != 7 {
        assert_eq!(app.figures().to_learn, 20);
        woken.recv_timeout(Duration::from_secs(60)).expect("a repaint is requested when they are ready");
        app.tick(&now());
    }
}

#[test]
fn an_added_folder_is_saved_in_the_settings_and_its_decks_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let dirs = Dirs::in_folder(&folder.path().join("data"));
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::write(elsewhere.join("a.ron"), deck("a", 3)).expect("a deck");
    let mut app = App::open(dirs.clone(), &now()).expect("it opens");
    app.apply(Command::Set(Setting::AddFolder(elsewhere.clone())), &now());
    app.apply(Command::Set(Setting::AddFolder(elsewhere.clone())), &now());
    assert!(app.library().deck("a").is_some_and(|loaded| loaded.is_editable()));
    assert!(app.figures().deck("a").is_some());
    assert_eq!(Settings::load(&dirs.config).0.folders, std::slice::from_ref(&elsewhere));
    drop(app);

    let mut app = App::open(dirs.clone(), &now()).expect("it opens");
    assert!(app.library().deck("a").is_some());
    app.apply(Command::Set(Setting::RemoveFolder(elsewhere.clone())), &now());
    assert!(app.library().deck("a").is_none());
    assert!(elsewhere.join("a.ron").exists(), "the file stays");
    assert!(Settings::load(&dirs.config).0.folders.is_empty());
}
