//! A data folder that version 0.1.0 wrote on 27 November 2026 opens with the same answers, ratings, due days and counts,
//! and all output for other programs keeps its form.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use linchpin::app::{App, Dirs};
use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::day::Moment;
use linchpin::domain::event::Due;
use linchpin::store::Store;
use tempfile::TempDir;

use super::snapshot::{assert_unchanged, data};
use crate::program::linchpin;

/// An hour after the last event in the folder.
const NOW: &str = "2026-12-12T11:10:00+09:00[Asia/Seoul]";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&data().join("data-0.1.0"), folder.path());
    // Commands that only read leave a file of an earlier version as it is, and say so.
    drop(Store::open(folder.path()).expect("it is brought up to date"));
    folder
}

fn now() -> Moment {
    Moment::new(&NOW.parse().expect("a time"), 4)
}

/// The output of the program on a data folder.
fn printed(folder: &Path, args: &[&str]) -> String {
    printed_with_input(folder, args, "")
}

/// The output of the program when these lines are its input.
fn printed_with_input(folder: &Path, args: &[&str], lines: &str) -> String {
    let mut command = linchpin();
    command.env("TZ", "Asia/Seoul").arg("--data-dir").arg(folder).args(args).args(["--at", NOW]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("its input");
    std::io::Write::write_all(&mut input, lines.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    let text = String::from_utf8(output.stdout).expect("plain text");
    let messages = String::from_utf8(output.stderr).expect("plain text");
    // That answers get another time than now.
    let mut errors = messages.lines().filter(|line| !line.starts_with("linchpin: --at: "));
    assert_eq!(errors.next(), None, "{args:?}");
    text.replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn every_answer_and_card_of_an_earlier_version_is_read() {
    let folder = folder();
    let events = Store::open_read_only(folder.path()).expect("a log").events().expect("sound");
    let app = App::open(Dirs::in_folder(folder.path()), &now()).expect("it opens");
    let mut text = String::new();
    writeln!(text, "{} events", events.len()).expect("text");
    let mut cards: Vec<_> = app.progress().cards().collect();
    cards.sort_by_key(|(key, _)| (*key).clone());
    for (key, card) in cards {
        let state = &card.state;
        let memory = state.memory.map_or_else(String::new, |memory| {
            format!("stability {:.3} difficulty {:.3}", memory.stability, memory.difficulty)
        });
        writeln!(
            text,
            "{}/{}/{} reviews {} lapses {} suspended {} {memory} {}",
            key.deck,
            key.question,
            key.facet.as_text(),
            state.reviews,
            state.lapses,
            state.suspended,
            due_text(state),
        )
        .expect("text");
    }
    let settings = ron::ser::to_string_pretty(app.settings(), ron::ser::PrettyConfig::default());
    let settings = settings.expect("settings");
    let mut now = settings.lines();
    let earlier = fs::read_to_string(data().join("data-0.1.0/settings.ron")).expect("settings");
    // Newer settings may stand between them.
    for line in earlier.lines() {
        assert!(now.any(|other| other == line), "{line} is not as it was in {settings}");
    }
    assert!(app.settings().goals[0].plan.is_some(), "the plan of the exam is read too");
    assert_unchanged("data-0.1.0.cards.txt", &text);
}

/// When a card is due, and its phase.
fn due_text(state: &CardState) -> String {
    let phase = match state.phase {
        CardPhase::New => "new".to_owned(),
        CardPhase::Learning { step } => format!("learning {step}"),
        CardPhase::Review => "review".to_owned(),
        CardPhase::Relearning { step } => format!("relearning {step}"),
    };
    let due = match state.due {
        None => String::new(),
        Some(Due::At(ms)) => format!(" at {ms}"),
        Some(Due::Day(day)) => format!(" on {}", day.date()),
    };
    let buried = state.buried_until.map_or_else(String::new, |day| format!(" buried until {}", day.date()));
    format!("{phase}{due} interval {}{buried}", state.interval_days)
}

#[test]
fn counts_scores_and_reports_of_an_earlier_version_are_unchanged() {
    let folder = folder();
    let folder = folder.path();
    for (name, args) in [
        ("decks.json", &["decks", "--json"][..]),
        ("decks.txt", &["decks"]),
        ("stats.json", &["stats", "--json"]),
        ("stats.txt", &["stats"]),
        ("stats-month.json", &["stats", "--json", "--period", "30"]),
        ("tests.txt", &["test", "--list"]),
        ("report-1.txt", &["test", "--report", "1"]),
        ("report-3.txt", &["test", "--report", "3"]),
        ("report-2.txt", &["test", "--report", "2"]),
    ] {
        assert_unchanged(&format!("printed/{name}"), &printed(folder, args));
    }
    for (name, args) in [
        ("reviews.csv", &["export", "--reviews"][..]),
        ("scores.csv", &["export", "--scores"]),
        ("deck.csv", &["export", "kinds", "--csv"]),
        ("deck.html", &["export", "kinds", "--html"]),
    ] {
        assert_unchanged(&format!("printed/{name}"), &printed(folder, args));
    }
    let table = folder.join("report.csv");
    let path = table.to_str().expect("a path");
    printed(folder, &["test", "--report", "1", "--csv", path]);
    assert_unchanged("printed/report-1.csv", &fs::read_to_string(&table).expect("a table"));
}

#[test]
fn diagnostics_as_json_keep_their_form() {
    let folder = folder();
    let deck = folder.path().join("faulty.ron");
    fs::write(&deck, "Deck(format: 1, id: \"f\", title: \"F\", topics: {\"t\": \"T\"}, questions: [\n    (topic: \"t\", promt: \"?\", answer: Typed([\"a\"])),\n])\n")
        .expect("a file");
    let deck = deck.to_str().expect("a path");
    assert_unchanged("printed/check.json", &printed(folder.path(), &["check", "--json", deck]));
    assert_unchanged("printed/fix.json", &printed(folder.path(), &["check", "--json", "--fix", deck]));
}

/// Prompts and marks never change, because scripts wait for them. The words between them are for people: they may be
/// mended, and the snapshots then show what a change of words changes.
#[test]
fn the_terminal_keeps_its_prompts_and_marks() {
    let lines = "\n".repeat(2)
        + "3\n"
        + &":h\nx\n\n1\n\n:u\n:r\n\nt\n\n1950\n\n:why\n\n1 2 3\n\n1-1 2-2 3-3\n\n".repeat(4)
        + ":q\n";
    assert_unchanged("printed/study.txt", &printed_with_input(folder().path(), &["study", "kinds"], &lines));
    let lines =
        "Busan\n1953\n26 April 2023\nt\n1\n1 2\n:f\n:s\ntreaty\n1 2 3\n1 2 3\n1 2 1\nback\n:i\n:i\n2\n2\n";
    assert_unchanged("printed/test.txt", &printed_with_input(folder().path(), &["test"], lines));
    // The folder has a paused attempt, which would be resumed: a new test needs a folder without one.
    let fresh = tempfile::tempdir().expect("a folder");
    copy(&data().join("data-0.1.0/decks"), &fresh.path().join("decks"));
    let args = ["test", "kinds", "--code", "K7Q-F2M"];
    assert_unchanged("printed/new-test.txt", &printed_with_input(fresh.path(), &args, lines));
    fs::remove_file(fresh.path().join("progress.db")).expect("the attempt is removed");
    fs::remove_dir_all(fresh.path().join("backups")).expect("and the backup of the day");
    let lines = "\nBusan\n\n1950\n\n:hint\n26 April 2023\n2\n:sure\nt\n\n1\n\n1 2\ng\n:x\n\n".repeat(3)
        + &"1 2 3\n\n1-1 2-2 3-3\n\n1 1 2\n\ntreaty\n\n3\n".repeat(3)
        + ":s\n:b\n:q\n";
    assert_unchanged("printed/new-study.txt", &printed_with_input(fresh.path(), &["study", "kinds"], &lines));
}

/// A progress file that the first version with blocks wrote: two of them, a row, and every kind of event.
#[test]
fn a_file_with_blocks_reads_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(data().join("progress-4.db"), folder.path().join("progress.db")).expect("a copy");
    let store = Store::open_read_only(folder.path()).expect("a log");
    store.check().expect("sound");
    let events = store.events().expect("sound");
    let mut text = String::new();
    writeln!(text, "{} events, {} unknown", events.len(), store.unknown_events().expect("sound"))
        .expect("text");
    for event in events.iter().take(100).chain(events.last()) {
        let answer = store.answer_record(event.id).expect("sound");
        writeln!(text, "{} {} {:?} {:?}", event.id.seq, event.order_ms, event.stamp, event.card)
            .expect("text");
        writeln!(text, "    {:?} {answer:?}", event.change).expect("text");
    }
    assert_unchanged("progress-4.txt", &text);
}
