//! New decks are written completely, under unused names, and never over the learner's files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier};

use linchpin::app::import::{
    ImportJobError, ImportTarget, NewDeck, open, spawn_convert, spawn_open, spawn_write,
};
use linchpin::background::RepaintSignal;
use linchpin::formats::import::{ImportError, read};
use linchpin::formats::ron_deck;
use linchpin::library::DeckFolders;

use super::import;

fn new(title: &str) -> NewDeck {
    NewDeck { title: title.to_owned(), id: None, language: Some("ko".to_owned()) }
}

fn target(data: &Path) -> ImportTarget {
    ImportTarget::open(&DeckFolders::of_data(data))
}

#[test]
fn a_deck_never_takes_the_name_or_the_id_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let decks = folder.path().join("decks");
    let imported = || import("a.csv", "a?,1\nb?,2\n");
    let taken = r#"Deck(format: 1, id: "한미-동맹", title: "T", topics: {"a": "A"}, questions: [
        (topic: "a", prompt: "p", answer: Bool(true)),
    ])"#;
    fs::create_dir(&decks).unwrap();
    fs::write(decks.join("other.ron"), taken).unwrap();
    let mut into = target(folder.path());
    let first = into.write(imported(), &new("한미 동맹")).unwrap();
    assert_eq!((first.path.file_name().unwrap(), &*first.id), ("한미-동맹.ron".as_ref(), "한미-동맹-2"));
    let before = fs::read(&first.path).unwrap();
    let second = into.write(imported(), &new("한미: 동맹/")).unwrap();
    assert_eq!((second.path.file_name().unwrap(), &*second.id), ("한미-동맹-2.ron".as_ref(), "한미-동맹-3"));
    assert_eq!(fs::read(&first.path).unwrap(), before);
    let deck = ron_deck::parse(&fs::read_to_string(&first.path).unwrap()).deck.unwrap();
    assert_eq!((&*deck.id, &*deck.title, deck.language.as_deref()), ("한미-동맹-2", "한미 동맹", Some("ko")));
    assert_eq!(fs::read_dir(&decks).unwrap().count(), 3, "no temporary file is left");
    // A title without any usable character.
    let odd = into.write(imported(), &new("../?")).unwrap();
    assert_eq!((odd.path.parent(), &*odd.id), (Some(&*decks), "imported"));
}

#[test]
fn imports_at_the_same_moment_share_no_id() {
    let folder = tempfile::tempdir().unwrap();
    let start = Arc::new(Barrier::new(6));
    let imports: Vec<_> = (0..6)
        .map(|_| {
            let (data, start) = (folder.path().to_owned(), start.clone());
            std::thread::spawn(move || {
                start.wait();
                target(&data).write(import("a.csv", "a?,1\nb?,2\n"), &new("Words")).unwrap().id
            })
        })
        .collect();
    let ids: BTreeSet<String> = imports.into_iter().map(|it| it.join().unwrap()).collect();
    assert_eq!(ids.len(), 6, "{ids:?}");
}

#[test]
fn without_a_question_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let decks = folder.path().join("decks");
    let failed = target(folder.path()).write(import("a.csv", "front,back\n"), &new("x"));
    assert!(matches!(failed, Err(ImportJobError::NoQuestions)));
    assert!(!decks.exists());
    // A file is where the folder should be.
    fs::write(&decks, "mine").unwrap();
    let failed = target(folder.path()).write(import("a.csv", "a?,1\n"), &new("x"));
    assert!(matches!(failed, Err(ImportJobError::Unwritable { .. })));
    assert_eq!(fs::read_to_string(&decks).unwrap(), "mine");
}

#[test]
fn import_jobs_run_in_the_background_and_signal_when_they_are_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.txt");
    fs::write(&path, "동맹\talliance\n").unwrap();
    let (sender, woken) = channel();
    let wake = RepaintSignal::new(move || sender.send(()).unwrap());
    let job = spawn_open(path, wake.clone());
    woken.recv().unwrap();
    let sniffed = Arc::new(job.poll_result().unwrap().unwrap().unwrap());
    let job = spawn_convert(sniffed.clone(), sniffed.options.clone(), wake.clone());
    woken.recv().unwrap();
    let imported = job.poll_result().unwrap().unwrap().unwrap();
    let folders = DeckFolders::of_data(folder.path());
    let job = spawn_write(folders, imported, new(""), Arc::default(), wake.clone());
    woken.recv().unwrap();
    let written = job.poll_result().unwrap().unwrap().unwrap();
    assert_eq!((&*written.title, written.questions), ("words", 1));

    let missing = spawn_open(folder.path().join("no.txt"), wake);
    woken.recv().unwrap();
    assert!(matches!(missing.poll_result(), Some(Ok(Err(ImportJobError::Unreadable { .. })))));
}

#[test]
fn a_deck_stays_if_the_window_is_closed_while_it_is_written_and_goes_if_the_import_is_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (0..2000).map(|number| format!("q{number}?,a{number}\n")).collect();
    for (is_cancelled, files) in [(false, 1), (true, 0)] {
        let (sender, woken) = channel();
        let wake = RepaintSignal::new(move || sender.send(()).unwrap());
        let folders = DeckFolders::of_data(&folder.path().join(is_cancelled.to_string()));
        let decks = folders.own.clone();
        let (imported, flag) = (import("a.csv", &text), Arc::new(AtomicBool::new(is_cancelled)));
        // Dropping the job is all that closing the window does.
        drop(spawn_write(folders, imported, new("x"), flag, wake));
        woken.recv().unwrap();
        assert_eq!(fs::read_dir(decks).unwrap().count(), files, "cancelled: {is_cancelled}");
    }
}

#[test]
fn a_cancelled_import_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    let text: String = (0..2000).map(|number| format!("q{number}\ta{number}\n")).collect();
    fs::write(&path, text).unwrap();
    let sniffed = open(&path).unwrap();
    let cancelled = read(&sniffed, &sniffed.options, &mut |_| false);
    assert_eq!(cancelled.map(|it| it.title), Err(ImportError::Cancelled));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
