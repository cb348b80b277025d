//! Backups: they are sound, thinned out with age, and can be restored.

use std::fs;
use std::path::Path;

use linchpin::store::{Store, StoreError};

use crate::events::{a_directory, add, answer, card, filled, stamp};

const DAY: i64 = 86_400_000;
const NOON: i64 = 1_794_000_000_000;

fn backups(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join("backups")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_complete_and_can_be_made_while_a_writer_is_open() {
    let dir = filled(10);
    let mut writer = Store::open(dir.path()).unwrap();
    writer.append(stamp(50), &card(1), &answer(1.0), None).unwrap();
    let path = Store::open_read_only(dir.path()).unwrap().backup(NOON).unwrap();
    let again = writer.backup(NOON).unwrap();
    assert_eq!(
        backups(dir.path()),
        ["progress-2026-11-06T21-20-00.000Z.db", "progress-2026-11-06T21-20-00.001Z.db"]
    );
    assert_eq!(Store::newest_backup(dir.path()), Some(again));

    let elsewhere = a_directory();
    fs::copy(path, elsewhere.path().join("progress.db")).unwrap();
    let copy = Store::open(elsewhere.path()).unwrap();
    assert_eq!(copy.events().unwrap(), writer.events().unwrap());
    assert_ne!(copy.log_id(), writer.log_id());
}

#[test]
fn backups_are_thinned_and_other_files_left_alone() {
    let dir = filled(1);
    fs::create_dir(dir.path().join("backups")).unwrap();
    fs::write(dir.path().join("backups/my own copy.db"), "mine").unwrap();
    let store = Store::open(dir.path()).unwrap();
    for day in 0..60 {
        store.backup(NOON + day * DAY).unwrap();
    }
    let names = backups(dir.path());
    assert!(names.contains(&"my own copy.db".to_owned()));
    // The last 7 days; of 2 more weeks and of 2 more months one each at the most.
    assert!((9..=13).contains(&names.len()), "{names:#?}");
    // The backup just made stays even when the clock went back.
    let early = store.backup(NOON - 900 * DAY).unwrap();
    assert!(early.exists());
}

#[test]
fn a_damaged_file_never_becomes_a_backup() {
    let dir = filled(200);
    let store = Store::open(dir.path()).unwrap();
    store.backup(NOON).unwrap();
    drop(store);
    let path = dir.path().join("progress.db");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let refused = Store::open(dir.path()).and_then(|store| store.backup(NOON + DAY));
    assert!(refused.unwrap_err().is_damage());
    assert_eq!(backups(dir.path()).len(), 1);
}

#[test]
fn restoring_keeps_the_damaged_file_and_uses_the_newest_sound_backup() {
    let dir = filled(5);
    let store = Store::open(dir.path()).unwrap();
    let log = store.log_id();
    let sound = store.backup(NOON).unwrap();
    let unsound = store.backup(NOON + DAY).unwrap();
    drop(store);
    add(dir.path(), 2);
    fs::write(&unsound, "not a backup any more").unwrap();
    let (path, wal) = (dir.path().join("progress.db"), dir.path().join("progress.db-wal"));
    fs::write(&path, "ruined").unwrap();
    fs::write(&wal, "ruined too").unwrap();
    assert!(Store::open(dir.path()).unwrap_err().is_damage());

    let restored = Store::restore_newest_backup(dir.path(), NOON + 2 * DAY).unwrap();
    assert_eq!(restored.backup, sound);
    let damaged = restored.damaged_file.unwrap();
    assert_eq!(damaged, dir.path().join("progress.damaged-2026-11-08T21-20-00.000Z.db"));
    assert_eq!(fs::read(&damaged).unwrap(), b"ruined");
    assert_eq!(
        fs::read(dir.path().join("progress.damaged-2026-11-08T21-20-00.000Z.db-wal")).unwrap(),
        b"ruined too"
    );

    let mut store = Store::open(dir.path()).unwrap();
    assert_eq!(store.events().unwrap().len(), 5);
    assert_ne!(store.log_id(), log, "the old log has already used numbers 6 and 7");
    let id = store.append(stamp(99), &card(0), &answer(1.0), None).unwrap();
    assert_eq!((id.log, id.seq), (store.log_id(), 1));
    store.check().unwrap();
    let refused = Store::restore_newest_backup(dir.path(), NOON);
    assert!(matches!(refused, Err(StoreError::InUse { .. })));
    drop(store);

    // A second restore at the same time does not replace the first damaged file.
    fs::write(&path, "ruined again").unwrap();
    let again = Store::restore_newest_backup(dir.path(), NOON + 2 * DAY).unwrap();
    assert_eq!(fs::read(again.damaged_file.unwrap()).unwrap(), b"ruined again");
    assert_eq!(fs::read(&damaged).unwrap(), b"ruined");
}

#[test]
fn without_a_backup_restoring_moves_nothing() {
    let dir = a_directory();
    fs::write(dir.path().join("progress.db"), "ruined").unwrap();
    let refused = Store::restore_newest_backup(dir.path(), NOON);
    assert!(matches!(refused, Err(StoreError::NoBackup { .. })));
    assert_eq!(fs::read(dir.path().join("progress.db")).unwrap(), b"ruined");
}
