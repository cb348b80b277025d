//! `linchpin merge`: says what it would add, asks, and adds it behind a backup.

use std::fs;

use linchpin::store::{BackupOccasion, Store};

use crate::fixtures::{CliFixture, DataFolder, MONDAY};

const TUESDAY: &str = "2026-11-24T10:00";

/// A folder with one answer.
fn studied(at: &str) -> CliFixture {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", at]);
    session.send("");
    session.send("3");
    assert_eq!(session.end().code, 0);
    cli
}

fn event_count(cli: &CliFixture) -> usize {
    Store::open_read_only(cli.path()).unwrap().events().unwrap().len()
}

#[test]
fn a_preview_changes_nothing_and_a_merge_adds_everything_once_behind_a_backup() {
    let (here, there) = (studied(MONDAY), studied(TUESDAY));
    there.write_deck("only.ron", r#"Deck(format: 1, id: "only-there", title: "Only there", topics: {"a": "A"}, questions: [(id: "one", topic: "a", prompt: "One?", answer: Recall("1"))])"#);
    let other = there.path().to_str().unwrap();
    let merge = |args: &[&str]| here.run(&[&["merge", other, "--at", TUESDAY], args].concat());

    let before = fs::read(here.path().join("progress.db")).unwrap();
    let preview = merge(&["--preview"]);
    assert_eq!((preview.code, preview.err.as_str()), (0, ""), "{preview:?}");
    for words in [
        "Answers             1, all of them new here",
        "Tests               none",
        "Cards that change   1",
        "there  24 November 2026, 10:0",
        "here   23 November 2026, 10:0",
        "only-there  Only there",
        "only.ron' '",
    ] {
        assert!(preview.out.contains(words), "{words}: {}", preview.out);
    }
    // Without a terminal nobody can be asked.
    let unasked = merge(&[]);
    assert_eq!(unasked.code, 1);
    assert!(unasked.err.contains("--yes"), "{unasked:?}");
    assert_eq!(fs::read(here.path().join("progress.db")).unwrap(), before);

    let merged = merge(&["--yes"]);
    assert_eq!(merged.code, 0, "{merged:?}");
    assert!(merged.out.contains("Added 1 answer; the schedule of 1 card follows them."), "{}", merged.out);
    assert_eq!(event_count(&here), 2);
    let backups = Store::backups(here.path());
    let made = backups.iter().find(|backup| merged.out.contains(backup.path.to_str().unwrap()));
    let made = made.expect("the backup is named");
    assert_eq!(made.occasion, BackupOccasion::Merge);
    assert_eq!(made.content.as_ref().unwrap().answer_count, 1, "it holds what was there before");

    let again = merge(&["--yes"]);
    assert_eq!((again.code, event_count(&here)), (0, 2), "{again:?}");
    assert!(again.out.contains("already here"), "{}", again.out);
    assert_eq!(Store::backups(here.path()).len(), backups.len(), "nothing to undo");
    assert_eq!(event_count(&there), 1);
}

#[test]
fn a_folder_without_progress_and_the_own_one_are_refused_in_one_line() {
    let (here, nothing) = (studied(MONDAY), DataFolder::new());
    for (other, words) in [(nothing.path(), "no progress"), (here.path(), "using now")] {
        let refused = here.run(&["merge", other.to_str().unwrap(), "--yes", "--at", MONDAY]);
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{refused:?}");
        assert!(refused.err.contains(words) && refused.err.lines().count() == 1, "{}", refused.err);
    }
    assert_eq!(event_count(&here), 1);
}
