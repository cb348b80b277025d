//! Two histories become one: a set of events, whichever is added to which, and however often.

use std::fs;
use std::path::Path;

use linchpin::domain::attempt::AttemptEvent;
use linchpin::domain::event::{AnswerRecord, Change, Event};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::store::{MergeSummary, NewEvent, Store, StoreError, StoredAttempt};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::attempts::{drawn_test, logged};
use crate::blocks::{add_foreign, add_many, count};
use crate::events::{Entry, a_directory, add, answer, any_entry, card, copy_dir, filled, stamp};

/// All that a file holds, without the order of storage and the numbers of cards.
type Content = (Vec<(Event, Option<AnswerRecord>)>, Vec<StoredAttempt>);

fn content(dir: &Path) -> Content {
    let store = Store::open_read_only(dir).unwrap();
    store.check().unwrap();
    let events = store.events().unwrap();
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    let mut answers = store.answer_records(&ids).unwrap();
    let events = events.into_iter().map(|event| (event.clone(), answers.remove(&event.id))).collect();
    (
        events,
        store.unfinished_attempts().unwrap().into_iter().chain(store.completed_attempts().unwrap()).collect(),
    )
}

/// The state of every card, as text.
fn states(dir: &Path) -> Vec<String> {
    let events = Store::open_read_only(dir).unwrap().events().unwrap();
    let progress = Progress::from_events(events, &MemoryModel::default());
    let mut states: Vec<_> =
        progress.cards().map(|(card, _)| format!("{card} {:?}", progress.state(card))).collect();
    states.sort();
    states
}

fn merge(into: &Path, from: &Path) -> MergeSummary {
    Store::open(into).unwrap().merge_from(from, &mut |_, _| true).unwrap().unwrap()
}

fn preview(into: &Path, from: &Path) -> MergeSummary {
    Store::open_read_only(into).unwrap().preview_merge(from, &mut |_, _| true).unwrap().unwrap()
}

fn refused(into: &Path, from: &Path) -> StoreError {
    Store::open(into).unwrap().merge_from(from, &mut |_, _| true).unwrap_err()
}

fn copy_of(dir: &Path) -> TempDir {
    let copy = a_directory();
    copy_dir(dir, copy.path());
    copy
}

fn append(dir: &Path, entries: &[Entry]) {
    let mut store = Store::open(dir).unwrap();
    let new: Vec<NewEvent<'_>> = entries
        .iter()
        .map(|(stamp, card, change, answer)| NewEvent {
            stamp: *stamp,
            card,
            change,
            answer: answer.as_ref(),
        })
        .collect();
    store.append_all(&new).unwrap();
}

/// Three data folders that begin with the same history and go on apart, each with a test.
fn three(begin: &[Entry], own: &[Vec<Entry>; 3]) -> [TempDir; 3] {
    let first = a_directory();
    append(first.path(), begin);
    let shared = Store::open(first.path()).unwrap().start_attempt(stamp(0), &drawn_test(), &[]).unwrap();
    let folders = [copy_of(first.path()), copy_of(first.path()), copy_of(first.path())];
    for (folder, own) in folders.iter().zip(own) {
        append(folder.path(), own);
        let mut store = Store::open(folder.path()).unwrap();
        let own = store.start_attempt(stamp(1), &drawn_test(), &[logged(0, AttemptEvent::Show(0))]).unwrap();
        store.append_attempt_events(own, &[logged(1, AttemptEvent::Complete)], &[]).unwrap();
        store.append_attempt_events(shared, &[logged(2, AttemptEvent::Heartbeat)], &[]).unwrap();
    }
    folders
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(any_entry(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_and_any_number_of_times_it_is_the_same_set(
        begin in entries(),
        own in [entries(), entries(), entries()],
    ) {
        let [a, b, c] = three(&begin, &own);
        let mut union: Vec<_> = [&a, &b, &c].into_iter().flat_map(|dir| content(dir.path()).0).collect();
        union.sort_by_key(|(event, _)| event.fold_order());
        union.dedup();
        // (a + b) + c, c + (b + a), and twice.
        let [left, right, b_and_a] = [copy_of(a.path()), copy_of(c.path()), copy_of(b.path())];
        let announced = preview(left.path(), b.path());
        prop_assert_eq!(&announced, &merge(left.path(), b.path()), "the preview says what is added");
        prop_assert_eq!(announced.new_events, own[1].len() as u64);
        prop_assert_eq!((announced.tests, announced.new_tests, announced.new_test_steps), (2, 1, 3));
        merge(b_and_a.path(), a.path());
        prop_assert_eq!(content(left.path()), content(b_and_a.path()));
        merge(left.path(), c.path());
        merge(right.path(), b_and_a.path());
        prop_assert_eq!(&content(left.path()).0, &union);
        prop_assert_eq!(content(left.path()), content(right.path()));
        prop_assert_eq!(states(left.path()), states(right.path()));
        let before = content(left.path());
        for again in [&a, &b, &c, &right] {
            prop_assert!(!merge(left.path(), again.path()).has_news());
        }
        prop_assert_eq!(content(left.path()), before);
    }
}

#[test]
fn whole_blocks_are_united_with_rows_and_with_what_a_later_version_wrote() {
    let first = a_directory();
    add_many(first.path(), 9_000);
    let other = copy_of(first.path());
    // Opened, so that the copy has a log of its own; then both go on for some blocks.
    add_many(first.path(), 6_000);
    add_many(other.path(), 10_000);
    add_foreign(other.path(), 19_001, 0, 200, b"for all cards");
    let [one, two] = [copy_of(first.path()), copy_of(other.path())];
    let summary = merge(one.path(), other.path());
    assert_eq!((summary.new_events, summary.decks.len()), (10_001, 4));
    assert_eq!(merge(two.path(), first.path()).new_events, 6_000);
    assert_eq!(content(one.path()), content(two.path()));
    for dir in [&one, &two] {
        let store = Store::open_read_only(dir.path()).unwrap();
        assert_eq!((store.event_count().unwrap(), store.unknown_events().unwrap()), (25_001, 1));
        assert_eq!((count(dir.path(), "block"), count(dir.path(), "recent")), (6, 425));
    }
}

#[test]
fn what_is_added_next_comes_after_everything_that_came() {
    let (here, there) = (filled(2), a_directory());
    // The clock of the other computer was ahead by a year.
    let ahead = stamp(365 * 86_400_000);
    Store::open(there.path()).unwrap().append(ahead, &card(0), &Change::Suspend, None).unwrap();
    let mut store = Store::open(here.path()).unwrap();
    store.merge_from(there.path(), &mut |_, _| true).unwrap();
    assert_eq!(store.next_order_ms(stamp(5)), ahead.utc_ms + 1);
    let id = store.append(stamp(5), &card(0), &Change::Resume, None).unwrap();
    assert_eq!((id.log, id.seq), (store.log_id(), 3));
    assert_eq!(store.events().unwrap().last().map(|event| event.id), Some(id));
}

#[test]
fn two_contents_of_one_entry_are_refused_and_nothing_is_changed() {
    let here = filled(3);
    Store::open(here.path()).unwrap().start_attempt(stamp(0), &drawn_test(), &[]).unwrap();
    let [other_event, other_test] = [copy_of(here.path()), copy_of(here.path())];
    add_foreign(here.path(), 4, 1, 6, &[7, 0, 0, 0]);
    add_foreign(other_event.path(), 4, 1, 6, &[8, 0, 0, 0]);
    let conn = Connection::open(other_test.path().join("progress.db")).unwrap();
    conn.execute("UPDATE test SET paper = paper || ' '", []).unwrap();
    conn.close().unwrap();
    for other in [&other_event, &other_test] {
        // Something new as well, which is not added either.
        add(other.path(), 1);
        let before = (content(here.path()), fs::read(other.path().join("progress.db")).unwrap());
        let error = refused(here.path(), other.path());
        assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
        for dir in [&here, other] {
            assert!(error.to_string().contains(dir.path().to_str().unwrap()), "{error}");
        }
        assert_eq!((content(here.path()), fs::read(other.path().join("progress.db")).unwrap()), before);
    }
}

#[test]
fn a_merge_that_is_stopped_changes_nothing() {
    let (here, there) = (filled(3), a_directory());
    add_many(there.path(), 9_000);
    let before = content(here.path());
    let mut store = Store::open(here.path()).unwrap();
    for stop_at in 0..4 {
        let mut calls = 0;
        let stopped = store.merge_from(there.path(), &mut |done, total| {
            assert!(done <= total);
            calls += 1;
            calls <= stop_at
        });
        assert_eq!(stopped.unwrap(), None);
    }
    assert_eq!(content(here.path()), before);
    // The store can go on.
    store.append(stamp(9), &card(0), &Change::Suspend, None).unwrap();
}

#[test]
fn a_backup_a_folder_in_use_and_one_of_an_early_version_are_read_and_not_changed() {
    let there = filled(3);
    let mut in_use = Store::open(there.path()).unwrap();
    let backup = in_use.backup(stamp(0).utc_ms).unwrap();
    in_use.append(stamp(7), &card(1), &answer(1.0), None).unwrap();
    let here = a_directory();
    assert_eq!(merge(here.path(), &backup).new_events, 3);
    assert_eq!(merge(here.path(), there.path()).new_events, 1, "also what is in the write-ahead log");
    in_use.append(stamp(8), &card(1), &answer(1.0), None).unwrap();
    drop(in_use);

    let early = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/earlier/data-0.1.0/progress.db");
    let folder = a_directory();
    fs::copy(&early, folder.path().join("progress.db")).unwrap();
    let packed = copy_of(folder.path());
    drop(Store::open(packed.path()).unwrap());
    let summary = merge(here.path(), folder.path());
    assert!(summary.new_answers > 0 && summary.new_tests > 0, "{summary:?}");
    assert_eq!(fs::read(folder.path().join("progress.db")).unwrap(), fs::read(&early).unwrap());
    assert!(!merge(here.path(), packed.path()).has_news(), "it is the same history");
    let left: Vec<_> = fs::read_dir(here.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("merging")), "{left:?}");
}

#[test]
fn what_is_no_other_progress_is_refused() {
    let (here, nothing) = (filled(1), a_directory());
    assert!(matches!(refused(here.path(), here.path()), StoreError::Itself { .. }));
    assert!(matches!(refused(here.path(), &here.path().join("progress.db")), StoreError::Itself { .. }));
    assert!(matches!(refused(here.path(), nothing.path()), StoreError::NoProgress { .. }));
    let text = nothing.path().join("notes.txt");
    fs::write(&text, "not a progress file, and long enough to look like one ".repeat(9)).unwrap();
    refused(here.path(), &text);
    let damaged = a_directory();
    add_many(damaged.path(), 9_000);
    drop(Store::open(damaged.path()).unwrap());
    let conn = Connection::open(damaged.path().join("progress.db")).unwrap();
    conn.execute("UPDATE block SET cards = zeroblob(length(cards)) WHERE first > 1", []).unwrap();
    conn.close().unwrap();
    let before = content(here.path());
    assert!(refused(here.path(), damaged.path()).is_damage());
    assert_eq!(content(here.path()), before);
    assert!(matches!(
        Store::open_read_only(here.path()).unwrap().merge_from(damaged.path(), &mut |_, _| true),
        Err(StoreError::ReadOnly { .. })
    ));
}
