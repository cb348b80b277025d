//! A library of many questions, whose figures are computed on a background thread, and folders that the learner adds.

use std::fmt::Write;
use std::fs;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use linchpin::app::study::{Scope, SessionKind, SessionState, StudyCommand};
use linchpin::app::{App, Command, Dirs, Screen, Setting, Settings};
use linchpin::background::RepaintSignal;
use linchpin::domain::day::Moment;
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;

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

/// An app with a window over a deck of 10,001 new cards, and what tells of its repaints.
fn with_large_library() -> (tempfile::TempDir, App, Receiver<()>) {
    let folder = tempfile::tempdir().expect("a folder");
    let dirs = Dirs::in_folder(folder.path());
    fs::create_dir(dirs.decks()).expect("a folder");
    fs::write(dirs.decks().join("large.ron"), deck("large", 10_001)).expect("a deck");
    let mut app = App::open(dirs, &now()).expect("it opens");
    let (wake, woken) = channel();
    app.set_repaint_signal(RepaintSignal::new(move || {
        // At the end of the test the receiver is gone.
        let _ = wake.send(());
    }));
    (folder, app, woken)
}

fn wait_for_card(app: &mut App, woken: &Receiver<()>) -> CardKey {
    while app.active_card().is_none() {
        assert!(matches!(app.active_session().map(|it| it.state()), Some(SessionState::Preparing(_))));
        woken.recv_timeout(Duration::from_secs(60)).expect("a repaint is requested when the plan is ready");
        app.tick(&now());
    }
    app.active_card().expect("a card").key.clone()
}

#[test]
fn the_session_of_today_is_the_one_that_was_counted() {
    let (_folder, mut app, _woken) = with_large_library();
    let planned = app.figures().session.clone().expect("a plan");
    app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)), &now());
    let first = app.active_card().expect("a card at once").key.clone();
    assert_eq!(first, planned.queue[0]);
    let session = app.active_session().expect("a session").session();
    let waiting: Vec<&CardKey> = session.cards().filter(|key| **key != first).collect();
    assert_eq!(waiting, planned.queue[1..].iter().collect::<Vec<_>>());
    assert_eq!(app.figures().session, None, "it is used once");
}

#[test]
fn a_session_of_a_large_library_is_planned_beside_the_window_and_follows_what_changes_meanwhile() {
    let (_folder, mut app, woken) = with_large_library();
    // Nothing that was planned before the change is used.
    app.apply(Command::Set(Setting::NewCardsADay(7)), &now());
    app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)), &now());
    // Keys for a card do nothing while there is none.
    app.apply(Command::Study(StudyCommand::Continue), &now());
    app.apply(Command::Study(StudyCommand::Rate(Rating::Again)), &now());
    app.apply(Command::Set(Setting::NewCardsADay(3)), &now());
    wait_for_card(&mut app, &woken);
    let session = app.active_session().expect("a session").session();
    assert_eq!(session.answer_count(), 0);
    assert!([3, 7].contains(&session.remaining()), "7 if it was ready before the second change");

    // A session that is left before it is planned is gone.
    app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::AllInScope)), &now());
    app.apply(Command::Study(StudyCommand::EndSession), &now());
    assert!(app.active_session().is_none());
    app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::AllInScope)), &now());
    app.apply(Command::Go(Screen::Scores), &now());
    app.tick(&now());
    assert!(app.active_session().is_none());
    app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::AllInScope)), &now());
    wait_for_card(&mut app, &woken);
    assert!(app.active_session().is_some_and(|it| it.session().remaining() > 10_000));
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
