//! A power failure at any moment: what the program writes is recorded, cut before every sync, and opened again. Of what
//! was not synced yet nothing, everything, each write alone, or all but one may have reached the disk.

#![cfg(target_os = "linux")]

mod disk;
mod recording;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use linchpin::app::{Dirs, Settings};
use linchpin::domain::event::Change;
use linchpin::formats::ron_deck;
use linchpin::store::Store;

use crate::fixtures::{CliSession, DataFolder, MONDAY, linchpin, verdicts};
use disk::Disk;
use recording::{Recording, State, can_record};

const DECK: &str = r#"Deck(format: 1, id: "loss", title: "Loss", topics: {"a": "All"}, questions: [
    (topic: "a", prompt: "One.", answer: Bool(false)),
    (topic: "a", prompt: "Two.", answer: Bool(false)),
    (topic: "a", prompt: "Three.", answer: Bool(false)),
    (topic: "a", prompt: "Four.", answer: Bool(false)),
])"#;

/// Runs the program with these arguments and this input, and checks every state that a power failure can leave. `check`
/// is given what the program had printed until then.
fn check_every_state(folder: &DataFolder, args: &[&str], input: &str, check: impl Fn(&Path, &str)) -> usize {
    if !can_record() {
        return 0;
    }
    let before = Disk::read(folder.path());
    let mut program = linchpin();
    program.arg("--data-dir").arg(folder.path()).args(args);
    let recording = Recording::of(&program, folder.path(), input);
    let states = recording.states(before);
    assert!(states.len() > 5, "it was recorded");
    let stash = tempfile::tempdir_in(folder.path().parent().unwrap()).unwrap();
    for (number, state) in states.iter().enumerate() {
        state.disk.write(folder.path(), stash.path());
        let run =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(folder.path(), &state.printed)));
        assert!(run.is_ok(), "state {number} of {}: {}", states.len(), state.name);
    }
    states.len()
}

/// The scores of the logged answers.
fn scores(data: &Path) -> Vec<f64> {
    let store = Store::open(data).unwrap();
    store.check().unwrap();
    let mut scores = Vec::new();
    for event in store.events().unwrap() {
        if let Change::Answer(review) = event.change {
            assert!(store.answer_record(event.id).unwrap().is_some(), "what was answered is there too");
            scores.push(review.score);
        }
    }
    scores
}

/// Every answer with a verdict is there, and at most one more.
fn has_every_answer(data: &Path, printed: &str) {
    let marks = printed.lines().filter(|line| verdicts(line) == 1);
    let shown: Vec<f64> = marks.map(|line| if line.starts_with('✓') { 1.0 } else { 0.0 }).collect();
    let saved = scores(data);
    assert!(saved.starts_with(&shown), "{shown:?} was shown, {saved:?} is saved");
    assert!(saved.len() <= shown.len() + 1, "an answer is saved just before it is shown");
}

#[test]
fn what_is_not_synced_may_be_lost() {
    if !can_record() {
        return;
    }
    let folder = DataFolder::new();
    let mut program = std::process::Command::new("sh");
    program
        .args(["-c", "cd \"$0\"; printf old >a; sync a .; printf new >b; mv b a; echo done"])
        .arg(folder.path());
    let states = Recording::of(&program, folder.path(), "").states(Disk::read(folder.path()));
    let contents = |printed: &str| {
        let states = states.iter().filter(|state| state.printed == printed);
        let read =
            |state: &State| state.disk.names.get(Path::new("a")).map(|at| state.disk.files[*at].clone());
        states.map(read).collect::<HashSet<_>>()
    };
    assert!(contents("").contains(&Some(Vec::new())), "the name without the content");
    let after: HashSet<_> = [&b"old"[..], b"new", b""].map(|text| Some(text.to_vec())).into();
    assert_eq!(contents("done\n"), after, "it was not synced, and only the first line was");
}

#[test]
fn a_power_failure_while_answering_keeps_every_answer_with_a_verdict() {
    let folder = DataFolder::with_deck("loss.ron", DECK);
    let args = ["study", "loss", "--at", MONDAY];
    let lines = "t\n\nf\n\nt\n2\n";
    let states = check_every_state(&folder, &args, lines, has_every_answer);
    // Once more, over the answers that are there, with an undo.
    let before = if states > 0 { scores(folder.path()).len() } else { 0 };
    check_every_state(&folder, &args, "f\n:u\nt\n\n", |data, _| assert!(scores(data).len() >= before));
}

#[test]
fn a_power_failure_at_the_first_start_leaves_nothing_that_does_not_open() {
    check_every_state(&DataFolder::new(), &["study", "--at", MONDAY], "", |data, _| {
        assert!(scores(data).is_empty());
    });
}

#[test]
fn a_power_failure_during_an_import_leaves_the_whole_deck_or_none() {
    let folder = DataFolder::new();
    let mut table = "prompt,answer\n".to_owned();
    (0..2_000).for_each(|nth| writeln!(table, "Question {nth}?,answer {nth}").unwrap());
    let list = folder.write("list.csv", &table);
    let args = ["import", list.to_str().unwrap()];
    check_every_state(&folder, &args, "", |data, printed| {
        let decks = std::fs::read_dir(data.join("decks")).into_iter().flatten().flatten();
        let decks =
            decks.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "ron"));
        let decks: Vec<_> = decks.collect();
        for deck in &decks {
            let parsed = ron_deck::parse(&std::fs::read_to_string(deck).unwrap());
            assert_eq!(parsed.deck.map(|deck| deck.questions.len()), Some(2_000));
        }
        assert!(printed.is_empty() || decks.len() == 1, "it said that it was done");
    });
}

#[test]
fn a_power_failure_while_a_deck_is_edited_leaves_the_old_deck_or_the_new_one() {
    let folder = DataFolder::with_deck("loss.ron", DECK);
    let deck = folder.path().join("decks/loss.ron");
    check_every_state(&folder, &["check", "--fix", deck.to_str().unwrap()], "", |data, printed| {
        let text = std::fs::read_to_string(data.join("decks/loss.ron")).unwrap();
        let is_new = text.matches("(id: \"q").count() == 4 && ron_deck::parse(&text).deck.is_some();
        assert!(text == DECK || is_new, "{text}");
        assert!(printed.is_empty() || text != DECK, "it said that it was done");
        let kept = std::fs::read_to_string(data.join("decks/loss.ron.before-fix"));
        assert!(text == DECK || kept.is_ok_and(|kept| kept == DECK), "the original is there");
    });
}

#[test]
fn a_power_failure_during_a_backup_leaves_whole_backups() {
    let folder = DataFolder::with_deck("loss.ron", DECK);
    let mut study = linchpin();
    study.arg("--data-dir").arg(folder.path()).args(["study", "loss", "--at", MONDAY]);
    let mut session = CliSession::start(study);
    ["t", "", "f", ""].into_iter().for_each(|line| drop(session.send(line).to_owned()));
    session.end();
    check_every_state(&folder, &["backup"], "", |data, printed| {
        assert_eq!(scores(data).len(), 2);
        let backups = std::fs::read_dir(data.join("backups")).into_iter().flatten().flatten();
        let backups =
            backups.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "db"));
        let mut count = 0;
        for backup in backups {
            let copy = tempfile::tempdir().unwrap();
            std::fs::copy(backup, copy.path().join("progress.db")).unwrap();
            assert_eq!(scores(copy.path()).len(), 2);
            count += 1;
        }
        // The session had ended with one.
        assert!(count == 2 || (printed.is_empty() && count == 1), "it said that it was done");
    });
}

/// Saves settings twice. Run as a process of its own, so that it can be recorded.
#[test]
#[ignore = "run as a process by another test"]
fn child_saves_settings() {
    let config = std::env::var_os("LINCHPIN_TEST_DATA").unwrap();
    for cards in [7, 8] {
        let settings = Settings { new_cards_a_day: cards, ..Settings::default() };
        settings.save(Path::new(&config)).unwrap();
        println!("saved {cards}");
    }
}

#[test]
fn a_power_failure_while_settings_are_saved_leaves_the_old_ones_or_the_new_ones() {
    if !can_record() {
        return;
    }
    let folder = DataFolder::new();
    folder.write("settings.ron", "(new_cards_a_day: 6)");
    let before = Disk::read(folder.path());
    let mut program = std::process::Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "power_loss::child_saves_settings", "--ignored", "--nocapture"]);
    program.env("LINCHPIN_TEST_DATA", folder.path());
    let stash = tempfile::tempdir_in(folder.path().parent().unwrap()).unwrap();
    let states = Recording::of(&program, folder.path(), "").states(before);
    assert!(states.len() > 5, "it was recorded");
    for state in states {
        state.disk.write(folder.path(), stash.path());
        let (settings, problem) = Settings::load(&Dirs::in_folder(folder.path()).config);
        assert_eq!(problem, None, "{}", state.name);
        let least =
            [8, 7].into_iter().find(|cards| state.printed.contains(&format!("saved {cards}"))).unwrap_or(6);
        assert!(settings.new_cards_a_day >= least, "{}", state.name);
    }
}
