//! Events in blocks: read as those in rows are, found by their cards, checked, and kept if this version does not know
//! them.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use linchpin::domain::event::{AnswerRecord, Change, Event, EventId};
use linchpin::domain::task::Response;
use linchpin::store::{NewEvent, Store};
use rusqlite::{Connection, params};
use tempfile::TempDir;
use twox_hash::XxHash3_128;

use crate::events::{a_directory, card, every_change, given, responses, stamp};

/// One more than is left in rows.
const MANY: usize = 2 * 4096 + 1;

/// Events of every kind, with answers, in one transaction. Returns what was written.
pub fn add_many(dir: &Path, count: usize) -> Vec<(Event, Option<AnswerRecord>)> {
    let (changes, responses) = (every_change(), responses());
    let cards: Vec<_> = (0..50).map(card).collect();
    let answers: Vec<Option<AnswerRecord>> = (0..count)
        .map(|at| match at % 4 {
            0 => Some(given(responses[at % responses.len()].clone())),
            1 => Some(AnswerRecord { response: Response::Recall, shown_options: Vec::new() }),
            2 => {
                Some(AnswerRecord { response: Response::Typed(format!("é{at}")), shown_options: Vec::new() })
            }
            _ => None,
        })
        .collect();
    let new: Vec<NewEvent<'_>> = (0..count)
        .map(|at| NewEvent {
            stamp: stamp((at as i64 * 977) % 100_000),
            card: &cards[at * 7 % cards.len()],
            change: &changes[at % changes.len()],
            answer: answers[at].as_ref(),
        })
        .collect();
    let written = Store::open(dir).unwrap().append_all(&new).unwrap();
    written.into_iter().zip(answers).collect()
}

/// A store whose first events are in two blocks.
fn sealed() -> (TempDir, Vec<(Event, Option<AnswerRecord>)>) {
    let dir = a_directory();
    let written = add_many(dir.path(), MANY);
    // Opened for writing, which seals.
    drop(Store::open(dir.path()).unwrap());
    assert_eq!((count(dir.path(), "block"), count(dir.path(), "recent")), (2, 1));
    (dir, written)
}

/// How many rows a table has.
pub fn count(dir: &Path, table: &str) -> i64 {
    let conn = Connection::open(dir.join("progress.db")).unwrap();
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn sealed_events_and_answers_read_back_unchanged() {
    let (dir, written) = sealed();
    let events: Vec<Event> = written.iter().map(|(event, _)| event.clone()).collect();
    let mut store = Store::open(dir.path()).unwrap();
    assert_eq!(store.events().unwrap(), events);
    assert_eq!(store.event_count().unwrap(), MANY as u64);
    assert_eq!(store.unknown_events().unwrap(), 0);
    assert_eq!(store.newest_stamp().unwrap(), events.last().map(|event| event.stamp));
    assert_eq!(store.last_order_ms().unwrap(), events.last().map(|event| event.order_ms));
    store.check().unwrap();
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let mut answers = store.answer_records(&ids).unwrap();
    for (event, answer) in &written {
        assert_eq!(&answers.remove(&event.id), answer);
    }
    for at in [0, 1, 2, 3, 4095, 4096, MANY - 1] {
        assert_eq!(store.answer_record(ids[at]).unwrap(), written[at].1);
    }
    // Numbers go on, and order stamps too.
    let next = store.append(stamp(0), &card(0), &Change::Reset, None).unwrap();
    assert_eq!(next.seq, MANY as u64 + 1);
    assert!(store.last_order_ms().unwrap() > events.last().map(|event| event.order_ms));
}

#[test]
fn events_are_found_by_their_cards_and_by_their_positions() {
    let (dir, written) = sealed();
    let store = Store::open_read_only(dir.path()).unwrap();
    for cards in [vec![], vec![card(3)], vec![card(3), card(8), card(999)], (0..50).map(card).collect()] {
        let wanted: Vec<&Event> =
            written.iter().map(|(event, _)| event).filter(|event| cards.contains(&event.card)).collect();
        assert_eq!(store.events_of(&cards, u64::MAX).unwrap().iter().collect::<Vec<_>>(), wanted);
    }
    for (from, until) in [(1, u64::MAX), (4096, 4098), (8000, 8194), (9000, 9001), (5, 5)] {
        let mut found = Vec::new();
        store
            .for_each_event(from, until, |event| {
                found.push((event.position, event.event.id));
                ControlFlow::Continue(())
            })
            .unwrap();
        let wanted = (1u64..).zip(&written).filter(|(position, _)| (from..until).contains(position));
        assert_eq!(found, wanted.map(|(position, (event, _))| (position, event.id)).collect::<Vec<_>>());
    }
}

#[test]
fn a_few_events_stay_in_rows() {
    let dir = a_directory();
    add_many(dir.path(), MANY - 1);
    Store::open(dir.path()).unwrap().seal().unwrap();
    assert_eq!(count(dir.path(), "block"), 0);
}

#[test]
fn a_flipped_bit_in_a_block_is_found() {
    let (dir, _) = sealed();
    let path = dir.path().join("progress.db");
    let bytes = fs::read(&path).unwrap();
    for (column, reads_answers) in
        [("cards", false), ("columns", false), ("answers", true), ("ranges", false)]
    {
        fs::write(&path, &bytes).unwrap();
        let conn = Connection::open(&path).unwrap();
        let sql = format!("SELECT {column} FROM block WHERE first = 1");
        let mut blob: Vec<u8> = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
        let middle = blob.len() / 2;
        blob[middle] ^= 0x10;
        conn.execute(&format!("UPDATE block SET {column} = ?1 WHERE first = 1"), [blob]).unwrap();
        conn.close().unwrap();
        let store = Store::open_read_only(dir.path()).unwrap();
        assert!(store.check().unwrap_err().is_damage(), "{column}");
        assert_eq!(store.events().is_err_and(|error| error.is_damage()), !reads_answers, "{column}");
        assert!(store.backup(0).unwrap_err().is_damage(), "{column}");
    }
    fs::write(&path, &bytes).unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.execute("DELETE FROM block WHERE first = 1", []).unwrap();
    conn.close().unwrap();
    assert!(Store::open_read_only(dir.path()).and_then(|store| store.events()).unwrap_err().is_damage());
}

/// Adds a row as a later version might: of a kind, or with bytes, that this one does not know.
pub fn add_foreign(dir: &Path, position: i64, card: i64, kind: u8, rest: &[u8]) {
    let (log, order_ms, at_ms) = (9_i64, 1_900_000_000_000 + position, 1_i64);
    let mut bytes = Vec::new();
    for number in [position, log, position, order_ms, at_ms, 0, 0, card, kind.into(), rest.len() as i64, 0] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(rest);
    let checksum = (XxHash3_128::oneshot(&bytes) as u64).cast_signed();
    let conn = Connection::open(dir.join("progress.db")).unwrap();
    conn.execute(
        "INSERT INTO recent VALUES (?1, ?2, ?1, ?3, ?4, 0, 0, ?5, ?6, ?7, NULL, ?8)",
        params![position, log, order_ms, at_ms, card, kind, rest, checksum],
    )
    .unwrap();
}

#[test]
fn what_a_later_version_wrote_is_kept_skipped_and_counted() {
    let dir = a_directory();
    let written = add_many(dir.path(), MANY - 4);
    let next = MANY as i64 - 3;
    add_foreign(dir.path(), next, 0, 200, b"for all cards");
    add_foreign(dir.path(), next + 1, 1, 201, b"");
    // An answer to a kind of question that this version does not have.
    add_foreign(dir.path(), next + 2, 1, 1, &[[1, 99, 0, 0, 3, 3, 2].as_slice(), &[0; 28]].concat());
    // A bury with a field more: the known part counts.
    add_foreign(dir.path(), next + 3, 1, 6, &[[7, 0, 0, 0].as_slice(), b"new field"].concat());
    for round in ["in rows", "in blocks"] {
        let store = Store::open_read_only(dir.path()).unwrap();
        assert_eq!(store.unknown_events().unwrap(), 3, "{round}");
        assert_eq!(store.event_count().unwrap(), MANY as u64, "{round}");
        let events = store.events().unwrap();
        assert_eq!(events.len(), written.len() + 1, "{round}");
        let last = events.last().map(|event| &event.change);
        assert!(matches!(last, Some(Change::Bury { until }) if until.0 == 7), "{round}: {last:?}");
        store.check().unwrap();
        drop(store);
        Store::open(dir.path())
            .unwrap()
            .append(stamp(0), &card(0), &Change::Reset, None)
            .unwrap_or_else(|error| panic!("{round}: {error}"));
        let conn = Connection::open(dir.path().join("progress.db")).unwrap();
        conn.execute("DELETE FROM recent WHERE position > ?1", [MANY as i64]).unwrap();
    }
    assert_eq!(count(dir.path(), "block"), 2);
}
