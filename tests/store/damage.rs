//! Damaged progress files: opening one gives a clear error or all the data, and never changes a byte.

use std::fs;
use std::path::Path;

use linchpin::store::{Store, StoreError};
use rusqlite::Connection;

use crate::events::{a_directory, add, answer, card, copy_dir, filled, stamp};

const COUNT: usize = 60;

/// Opens `bytes` as a progress file, to write and to read: whatever is refused must be left as it was.
/// Returns the error, if there is one; without one, every event must be there.
fn open_bytes(bytes: &[u8], what: &str) -> Option<StoreError> {
    let dir = a_directory();
    let path = dir.path().join("progress.db");
    fs::write(&path, bytes).unwrap();
    let read = Store::open_read_only(dir.path()).and_then(|store| store.events());
    let written = Store::open(dir.path()).and_then(|store| store.events());
    for error in [read.as_ref().err(), written.as_ref().err()].into_iter().flatten() {
        let message = error.to_string();
        assert!(message.contains("progress.db"), "{what}: {message}");
    }
    match written {
        Ok(events) => {
            assert_eq!(events.len(), COUNT, "{what}: events are missing without an error");
            None
        }
        Err(error) => {
            assert_eq!(fs::read(&path).unwrap(), bytes, "{what}: changed although refused with: {error}");
            Some(error)
        }
    }
}

fn sound_bytes() -> Vec<u8> {
    let dir = filled(COUNT as i64);
    fs::read(dir.path().join("progress.db")).unwrap()
}

#[test]
fn a_truncated_file_is_refused() {
    let bytes = sound_bytes();
    assert!(open_bytes(&bytes, "whole").is_none());
    let lengths = [1, 15, 16, 99, 100, 101, 511, 512, 4095, bytes.len() - 1];
    for len in lengths.into_iter().chain((1..bytes.len().div_ceil(2048)).map(|nth| nth * 2048)) {
        let error = open_bytes(&bytes[..len], &format!("{len} bytes")).expect("refused");
        assert!(error.is_damage(), "{len}: {error}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert!(open_bytes(&longer, "longer").is_some_and(|error| error.is_damage()));
}

#[test]
fn a_changed_header_is_refused_or_harmless() {
    let bytes = sound_bytes();
    for at in 0..100 {
        for mask in [0x01, 0x10, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= mask;
            open_bytes(&changed, &format!("byte {at} ^ {mask:#x}"));
        }
    }
}

#[test]
fn a_page_of_garbage_is_found_by_the_check_at_the_latest_and_left_unchanged() {
    let bytes = sound_bytes();
    for page in 0..bytes.len() / 4096 {
        let dir = a_directory();
        let path = dir.path().join("progress.db");
        let mut changed = bytes.clone();
        let from = if page == 0 { 100 } else { page * 4096 };
        changed[from..(page + 1) * 4096].fill(0xa5);
        fs::write(&path, &changed).unwrap();
        let found = Store::open(dir.path()).and_then(|store| store.check());
        assert!(found.as_ref().is_err_and(|error| error.is_damage()), "page {page}: {found:?}");
        assert_eq!(fs::read(&path).unwrap(), changed, "page {page}");
    }
}

#[test]
fn garbage_is_refused() {
    let garbage: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(open_bytes(&garbage, "garbage").is_some_and(|error| error.is_damage()));
    assert!(open_bytes(&vec![0; 8192], "zeros").is_some_and(|error| error.is_damage()));
    assert!(open_bytes(b"Dear diary", "a text").is_some_and(|error| error.is_damage()));
}

#[test]
fn a_folder_in_place_of_the_file_is_refused() {
    let dir = a_directory();
    fs::create_dir(dir.path().join("progress.db")).unwrap();
    assert!(Store::open(dir.path()).unwrap_err().is_damage());
    assert!(Store::open_read_only(dir.path()).unwrap_err().is_damage());
}

#[test]
fn an_empty_file_is_a_new_log_only_where_there_is_no_backup() {
    let dir = a_directory();
    let path = dir.path().join("progress.db");
    fs::write(&path, b"").unwrap();
    assert_eq!(Store::open_read_only(dir.path()).unwrap().events().unwrap(), []);
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap(), []);

    Store::open(dir.path()).unwrap().backup(0).unwrap();
    for empty in [true, false] {
        if empty {
            fs::write(&path, b"").unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        assert!(Store::open(dir.path()).unwrap_err().is_damage());
        assert!(Store::open_read_only(dir.path()).unwrap_err().is_damage());
        assert_eq!(path.exists(), empty);
    }
}

/// A directory as a crash leaves it: the answers are in the write-ahead log only.
fn crashed() -> tempfile::TempDir {
    let (dir, copy) = (a_directory(), a_directory());
    let mut store = Store::open(dir.path()).unwrap();
    for at in 0..5 {
        store.append(stamp(at), &card(0), &answer(1.0), None).unwrap();
    }
    copy_dir(dir.path(), copy.path());
    copy
}

#[test]
fn a_write_ahead_log_that_cannot_be_read_is_kept() {
    let dir = crashed();
    let (path, wal) = (dir.path().join("progress.db"), dir.path().join("progress.db-wal"));
    let mut bytes = fs::read(&wal).unwrap();
    bytes[9] ^= 0x40;
    fs::write(&wal, &bytes).unwrap();
    assert!(Store::open(dir.path()).unwrap_err().is_damage());
    assert!(Store::open_read_only(dir.path()).unwrap_err().is_damage());
    fs::remove_file(path).unwrap();
    assert!(Store::open(dir.path()).unwrap_err().is_damage(), "its file is gone");
    assert_eq!(fs::read(&wal).unwrap(), bytes);
}

#[test]
fn events_acknowledged_before_a_crash_are_there_after_it() {
    let dir = crashed();
    assert_eq!(Store::open_read_only(dir.path()).unwrap().events().unwrap().len(), 5);
    let mut store = Store::open(dir.path()).unwrap();
    store.append(stamp(9), &card(0), &answer(1.0), None).unwrap();
    assert_eq!(store.events().unwrap().len(), 6);
    store.check().unwrap();
}

/// Changes a closed progress file through SQLite.
fn tamper(dir: &Path, sql: &str) {
    let conn = Connection::open(dir.join("progress.db")).unwrap();
    conn.execute_batch(sql).unwrap();
}

#[test]
fn a_newer_file_and_a_foreign_one_are_refused_untouched() {
    let dir = filled(3);
    tamper(dir.path(), "PRAGMA user_version = 7");
    let newer = open_bytes(&fs::read(dir.path().join("progress.db")).unwrap(), "newer").unwrap();
    assert!(matches!(newer, StoreError::Newer { found: 7, known: 4, .. }), "{newer}");

    let dir = a_directory();
    tamper(dir.path(), "CREATE TABLE recipe (name TEXT)");
    let foreign = open_bytes(&fs::read(dir.path().join("progress.db")).unwrap(), "foreign").unwrap();
    assert!(matches!(foreign, StoreError::ForeignFile { .. }), "{foreign}");
}

#[test]
fn an_event_that_cannot_be_folded_is_refused_rather_than_skipped() {
    for (sql, is_damage) in [
        ("UPDATE recent SET kind = 99 WHERE position = 2", true),
        ("UPDATE recent SET rest = zeroblob(3) WHERE position = 2", true),
        ("UPDATE recent SET answer = NULL WHERE position = 2", true),
        ("DELETE FROM recent WHERE position = 2", true),
        ("UPDATE card SET facet = 'inside-out' WHERE id = 1", false),
        ("DELETE FROM card WHERE id = 2", true),
        ("DROP TABLE block", true),
    ] {
        let dir = filled(100);
        tamper(dir.path(), sql);
        let error = Store::open(dir.path()).and_then(|store| store.events()).expect_err(sql);
        assert_eq!(error.is_damage(), is_damage, "{sql}: {error}");
        assert_eq!(matches!(error, StoreError::UnknownEntry { .. }), !is_damage, "{sql}: {error}");
    }
}

#[test]
fn a_copied_folder_writes_a_log_of_its_own_and_both_logs_merge() {
    let original = filled(3);
    let copied = a_directory();
    copy_dir(original.path(), copied.path());
    let first = Store::open(original.path()).unwrap().log_id();
    assert_eq!(Store::open(original.path()).unwrap().log_id(), first, "the original keeps its log id");
    add(original.path(), 2);
    add(copied.path(), 2);
    let copy = Store::open(copied.path()).unwrap();
    assert_ne!(copy.log_id(), first);

    let mut ids: Vec<_> = copy.events().unwrap().iter().map(|event| event.id).collect();
    ids.extend(Store::open(original.path()).unwrap().events().unwrap().iter().map(|event| event.id));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3 + 2 + 2, "the shared events once, and those that each added");
}
