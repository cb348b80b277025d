//! Files that change from outside: by programs that sync folders, by hand, or by a crash. Nothing acknowledged is lost,
//! nothing is mixed, and no event id is given out twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use linchpin::domain::event::EventId;
use linchpin::domain::task::Response;
use linchpin::store::{Store, StoreError};
use rusqlite::Connection;

use crate::events::{a_directory, add, answer, card, copy_dir, filled, given, stamp};

fn progress(dir: &Path) -> PathBuf {
    dir.join("progress.db")
}

fn wal(dir: &Path) -> PathBuf {
    dir.join("progress.db-wal")
}

fn ids(store: &Store) -> Vec<EventId> {
    store.events().unwrap().iter().map(|event| event.id).collect()
}

fn append(store: &mut Store) -> Result<EventId, StoreError> {
    store.append(stamp(500), &card(7), &answer(1.0), None)
}

/// The progress file of another machine, closed.
fn foreign_file() -> Vec<u8> {
    fs::read(progress(filled(9).path())).unwrap()
}

/// Gives a file the place of another, as programs do that sync folders.
fn put_in_place(dir: &Path, bytes: &[u8]) {
    fs::write(dir.join("incoming"), bytes).unwrap();
    fs::rename(dir.join("incoming"), progress(dir)).unwrap();
}

/// Every file of the folder but the lock and what a rescue adds.
fn contents(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file() && path.extension().is_none_or(|end| end != "lock"));
    files
        .filter(|path| !path.ends_with("progress.db-shm"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// A folder as a crash leaves it, with `count` answers of the last session in the write-ahead log only.
fn crashed(before: i64, count: i64) -> tempfile::TempDir {
    let (dir, image) = (filled(before), a_directory());
    let mut store = Store::open(dir.path()).unwrap();
    for _ in 0..count {
        append(&mut store).unwrap();
    }
    copy_dir(dir.path(), image.path());
    image
}

#[cfg(unix)]
#[test]
fn after_a_change_from_outside_nothing_more_is_written_and_every_acknowledged_answer_is_in_a_copy() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 6] = [
        ("replaced", |dir| put_in_place(dir, &foreign_file())),
        ("replaced by a copy of itself", |dir| put_in_place(dir, &fs::read(progress(dir)).unwrap())),
        ("removed", |dir| fs::remove_file(progress(dir)).unwrap()),
        ("log removed", |dir| fs::remove_file(wal(dir)).unwrap()),
        ("log replaced", |dir| {
            fs::remove_file(wal(dir)).unwrap();
            fs::write(wal(dir), "another log").unwrap();
        }),
        ("all removed", |dir| {
            for name in ["progress.db", "progress.db-wal", "progress.db-shm"] {
                fs::remove_file(dir.join(name)).unwrap();
            }
        }),
    ];
    for (what, change) in changes {
        let dir = filled(5);
        let mut store = Store::open(dir.path()).unwrap();
        append(&mut store).unwrap();
        append(&mut store).unwrap();
        let acknowledged = ids(&store);
        change(dir.path());
        let before = contents(dir.path());
        let Err(StoreError::Replaced { copy: Some(copy), .. }) = append(&mut store) else {
            panic!("{what}: not noticed, or no copy");
        };
        let again = append(&mut store);
        assert!(matches!(again, Err(StoreError::Replaced { .. })), "{what}: {again:?}");
        assert!(store.stopped().is_some());
        drop(store);
        assert_eq!(contents(dir.path()), before, "{what}: something was written");

        let elsewhere = a_directory();
        fs::copy(copy, progress(elsewhere.path())).unwrap();
        assert_eq!(ids(&Store::open(elsewhere.path()).unwrap()), acknowledged, "{what}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_overwritten_in_place_is_written_to_no_more() {
    for bytes in [foreign_file(), Vec::new()] {
        let dir = filled(5);
        let mut store = Store::open(dir.path()).unwrap();
        append(&mut store).unwrap();
        fs::write(progress(dir.path()), &bytes).unwrap();
        let before = contents(dir.path());
        let refused = append(&mut store);
        assert!(matches!(refused, Err(StoreError::Replaced { copy: None, .. })), "{refused:?}");
        drop(store);
        assert_eq!(contents(dir.path()), before);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_was_replaced_is_refused_with_the_log_of_the_other_until_that_is_set_aside() {
    let dir = filled(5);
    let mut store = Store::open(dir.path()).unwrap();
    append(&mut store).unwrap();
    let log = fs::read(wal(dir.path())).unwrap();
    put_in_place(dir.path(), &foreign_file());
    // The daily backup, for example, which reads beside the writer.
    let beside = Store::open_read_only(dir.path()).map(drop);
    assert!(matches!(beside, Err(StoreError::Replaced { .. })), "{beside:?}");
    append(&mut store).unwrap_err();
    drop(store);

    let before = contents(dir.path());
    let written = Store::open(dir.path()).map(drop);
    assert!(matches!(written, Err(StoreError::ForeignLog { .. })), "{written:?}");
    let read = Store::open_read_only(dir.path()).map(drop);
    assert!(matches!(read, Err(StoreError::ForeignLog { .. })), "{read:?}");
    assert_eq!(contents(dir.path()), before);

    Store::set_foreign_log_aside(dir.path()).unwrap();
    assert_eq!(fs::read(dir.path().join("progress.set-aside-1.db-wal")).unwrap(), log, "it is kept");
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap().len(), 9);
}

#[test]
fn a_backup_copied_by_hand_beside_the_log_of_a_crash_is_not_mixed_with_it() {
    for (before, count) in [(3, 1), (20, 10), (60, 3)] {
        let dir = filled(before);
        let backup = Store::open(dir.path()).unwrap().backup(0).unwrap();
        let image = crashed(before, count);
        fs::copy(&backup, progress(image.path())).unwrap();
        let files = contents(image.path());
        for opened in [Store::open(image.path()).map(drop), Store::open_read_only(image.path()).map(drop)] {
            assert!(matches!(opened, Err(StoreError::ForeignLog { .. })), "{opened:?}");
        }
        assert_eq!(contents(image.path()), files);
        Store::set_foreign_log_aside(image.path()).unwrap();
        assert_eq!(Store::open(image.path()).unwrap().events().unwrap().len() as i64, before);
    }
}

#[test]
fn a_log_stays_where_it_belongs_to_the_file() {
    let image = crashed(3, 4);
    Store::set_foreign_log_aside(image.path()).unwrap();
    assert_eq!(Store::open(image.path()).unwrap().events().unwrap().len(), 7);
}

#[test]
fn whatever_moment_a_crash_or_a_copy_catches_the_folder_opens_with_every_answer() {
    let dir = filled(2);
    let large = given(Response::Typed("long ".repeat(40_000)));
    let mut store = Store::open(dir.path()).unwrap();
    let mut lengths = Vec::new();
    for nth in 1..=60 {
        store.append(stamp(nth), &card(0), &answer(1.0), Some(&large)).unwrap();
        lengths.push(fs::metadata(wal(dir.path())).unwrap().len());
        if nth % 7 != 0 {
            continue;
        }
        let image = a_directory();
        copy_dir(dir.path(), image.path());
        assert_eq!(Store::open_read_only(image.path()).unwrap().events().unwrap().len() as i64, 2 + nth);
        // A crash within the session after a crash.
        let mut again = Store::open(image.path()).unwrap();
        append(&mut again).unwrap();
        let second = a_directory();
        copy_dir(image.path(), second.path());
        let recovered = Store::open(second.path()).unwrap();
        assert_eq!(recovered.events().unwrap().len() as i64, 2 + nth + 1);
        recovered.check().unwrap();
    }
    assert!(lengths.windows(2).any(|pair| pair[1] < pair[0]), "the log was moved into the file meanwhile");
    assert!(lengths.iter().all(|len| *len < 6_000_000), "the log stays small");
}

#[test]
fn a_reader_in_the_way_of_a_long_log_costs_no_answer_and_no_crash_after_it_either() {
    let dir = filled(2);
    let large = given(Response::Typed("long ".repeat(40_000)));
    let mut store = Store::open(dir.path()).unwrap();
    let reader = Connection::open(progress(dir.path())).unwrap();
    for nth in 1..=60 {
        if nth == 10 {
            reader.execute_batch("BEGIN; SELECT count(*) FROM recent").unwrap();
        }
        if nth == 45 {
            reader.execute_batch("COMMIT").unwrap();
        }
        store.append(stamp(nth), &card(0), &answer(1.0), Some(&large)).unwrap();
        if nth > 40 {
            let image = a_directory();
            copy_dir(dir.path(), image.path());
            assert_eq!(Store::open(image.path()).unwrap().events().unwrap().len() as i64, 2 + nth);
        }
    }
}

#[test]
fn an_event_id_is_never_given_out_twice_whatever_is_put_back() {
    let dir = filled(4);
    let earlier = a_directory();
    copy_dir(dir.path(), earlier.path());
    let known = ids(&Store::open_read_only(dir.path()).unwrap());
    let log = Store::open(dir.path()).unwrap().log_id();
    add(dir.path(), 3);
    assert_eq!(Store::open(dir.path()).unwrap().log_id(), log, "a file that stays where it is keeps its log");
    let later = ids(&Store::open_read_only(dir.path()).unwrap());

    type PutBack = fn(&Path, &Path);
    let ways: [PutBack; 3] = [
        // Into the file itself, so that path, device and inode are the same.
        |earlier, dir| assert!(fs::copy(progress(earlier), progress(dir)).is_ok()),
        |earlier, dir| put_in_place(dir, &fs::read(progress(earlier)).unwrap()),
        // With everything that lies beside it.
        |earlier, dir| copy_dir(earlier, dir),
    ];
    for put_back in ways {
        put_back(earlier.path(), dir.path());
        assert_eq!(ids(&Store::open_read_only(dir.path()).unwrap()), known);
        let mut store = Store::open(dir.path()).unwrap();
        let new = append(&mut store).unwrap();
        assert!(!later.contains(&new), "{new:?} was used already");
        drop(store);
    }
}

#[test]
fn a_transaction_cut_short_in_a_restored_backup_is_taken_back_by_whoever_opens_it() {
    let dir = filled(300);
    let backup = Store::open(dir.path()).unwrap().backup(0).unwrap();
    let (restored, image) = (a_directory(), a_directory());
    fs::copy(backup, progress(restored.path())).unwrap();
    let conn = Connection::open(progress(restored.path())).unwrap();
    conn.execute_batch(
        "PRAGMA cache_size = 5; BEGIN; UPDATE recent SET day = day + 1; CREATE TABLE more (x); \
         INSERT INTO more SELECT randomblob(3000) FROM recent",
    )
    .unwrap();
    copy_dir(restored.path(), image.path());
    drop(conn);
    let journal = image.path().join("progress.db-journal");
    assert!(fs::metadata(&journal).unwrap().len() > 0, "it needs its journal");
    let (for_writing, for_reading) = (a_directory(), a_directory());
    copy_dir(image.path(), for_writing.path());
    copy_dir(image.path(), for_reading.path());
    let read = Store::open_read_only(for_reading.path()).unwrap();
    read.check().unwrap();
    let written = Store::open(for_writing.path()).unwrap();
    assert_eq!(written.events().unwrap(), read.events().unwrap());
    assert_eq!(read.events().unwrap().len(), 300);
    assert_eq!(read.events().unwrap(), Store::open_read_only(dir.path()).unwrap().events().unwrap());
}

/// Processes share memory through a file beside the log; where that cannot be, a folder has its name here.
#[test]
fn without_memory_that_processes_share_answers_are_saved_all_the_same() {
    let dir = filled(3);
    fs::create_dir(dir.path().join("progress.db-shm")).unwrap();
    let mut store = Store::open(dir.path()).unwrap();
    append(&mut store).unwrap();
    assert_eq!(Store::open_read_only(dir.path()).unwrap().events().unwrap().len(), 4);
    append(&mut store).unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.events().unwrap().len(), 5);
    store.check().unwrap();

    // After a crash on another disk.
    let image = crashed(3, 4);
    let _ = fs::remove_file(image.path().join("progress.db-shm"));
    fs::create_dir(image.path().join("progress.db-shm")).unwrap();
    assert_eq!(Store::open(image.path()).unwrap().events().unwrap().len(), 7);
}

#[test]
fn a_data_folder_that_is_a_file_is_called_that() {
    let dir = a_directory();
    let file = dir.path().join("notes.txt");
    fs::write(&file, "mine").unwrap();
    for path in [file.clone(), file.join("below")] {
        let refused = Store::open(&path).map(drop);
        assert!(matches!(refused, Err(StoreError::NotAFolder { .. })), "{refused:?}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn only_the_learner_can_read_the_progress_and_its_backups() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let base = a_directory();
    let dir = base.path().join("new/data");
    let mut store = Store::open(&dir).unwrap();
    append(&mut store).unwrap();
    let backup = store.backup(0).unwrap();
    for file in [progress(&dir), wal(&dir), dir.join("progress.db-shm"), backup] {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for folder in [dir.clone(), dir.join("backups")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    drop(store);
    fs::write(progress(&dir), "ruined").unwrap();
    Store::restore(&dir, None, 1).unwrap();
    assert_eq!(mode(&progress(&dir)), 0o600, "a restored one as well");

    // What is there already keeps the rights that its owner gave it.
    let shared = a_directory();
    fs::set_permissions(shared.path(), fs::Permissions::from_mode(0o755)).unwrap();
    drop(Store::open(shared.path()).unwrap());
    assert_eq!(mode(shared.path()), 0o755);
}
