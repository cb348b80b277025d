//! Backups: they are sound, thinned out with age, listed by what is in them, and can be restored.

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

    let restored = Store::restore(dir.path(), None, NOON + 2 * DAY).unwrap();
    assert_eq!(restored.backup, sound);
    let damaged = restored.kept.unwrap();
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
    let refused = Store::restore(dir.path(), None, NOON);
    assert!(matches!(refused, Err(StoreError::InUse { .. })));
    drop(store);

    // A second restore at the same time does not replace the first damaged file.
    fs::write(&path, "ruined again").unwrap();
    let again = Store::restore(dir.path(), None, NOON + 2 * DAY).unwrap();
    assert_eq!(fs::read(again.kept.unwrap()).unwrap(), b"ruined again");
    assert_eq!(fs::read(&damaged).unwrap(), b"ruined");
}

#[test]
fn without_a_backup_restoring_moves_nothing() {
    let dir = a_directory();
    fs::write(dir.path().join("progress.db"), "ruined").unwrap();
    let refused = Store::restore(dir.path(), None, NOON);
    assert!(matches!(refused, Err(StoreError::NoBackup { .. })));
    assert_eq!(fs::read(dir.path().join("progress.db")).unwrap(), b"ruined");
}

#[test]
fn the_newest_backup_is_the_one_with_the_newest_answers_whatever_its_name() {
    let dir = filled(2);
    let store = Store::open(dir.path()).unwrap();
    let ahead = store.backup(NOON + 3_650 * DAY).unwrap();
    drop(store);
    add(dir.path(), 8);
    let store = Store::open(dir.path()).unwrap();
    let now = store.backup(NOON).unwrap();
    assert_eq!(Store::newest_backup(dir.path()), Some(now.clone()));
    drop(store);

    // Made before a migration, which is what the number of another version in its name says.
    add(dir.path(), 20);
    let latest = Store::open(dir.path()).unwrap().backup(NOON - DAY).unwrap();
    let before_migration = dir.path().join("backups/version-2-1.db");
    fs::rename(latest, &before_migration).unwrap();
    let backups = Store::backups(dir.path());
    let found: Vec<_> = backups
        .iter()
        .map(|backup| {
            let content = backup.content.as_ref().unwrap();
            (backup.path.clone(), content.answer_count, content.newest_answer_ms)
        })
        .collect();
    assert_eq!(
        found,
        [
            (before_migration, 30, Some(stamp(19).utc_ms)),
            (now, 10, Some(stamp(7).utc_ms)),
            (ahead, 2, Some(stamp(1).utc_ms)),
        ]
    );
}

#[test]
fn a_damaged_backup_is_listed_last_with_the_reason() {
    let dir = filled(5);
    let store = Store::open(dir.path()).unwrap();
    let sound = store.backup(NOON).unwrap();
    let damaged = store.backup(NOON + DAY).unwrap();
    fs::write(&damaged, "not a backup any more").unwrap();
    let backups = Store::backups(dir.path());
    assert_eq!(backups.iter().map(|backup| &backup.path).collect::<Vec<_>>(), [&sound, &damaged]);
    assert!(backups[0].content.is_ok());
    assert!(backups[1].content.as_ref().is_err_and(StoreError::is_damage));
}

#[test]
fn backups_made_at_the_same_time_all_get_a_name_of_their_own() {
    let dir = filled(3);
    let made: Vec<_> = std::thread::scope(|scope| {
        let backup = || Store::open_read_only(dir.path()).and_then(|store| store.backup(NOON));
        let threads: Vec<_> = (0..10).map(|_| scope.spawn(backup)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    let names: std::collections::BTreeSet<_> = made.iter().collect();
    assert_eq!(names.len(), 10);
}

#[test]
fn what_a_killed_process_left_is_removed_at_the_next_start() {
    let dir = filled(3);
    fs::create_dir(dir.path().join("backups")).unwrap();
    let leftovers = [
        "backups/progress-2026-11-06T21-20-00.000Z.db.partial",
        "backups/progress-2026-11-06T21-20-00.000Z.db.partial-journal",
        "backups/version-2-1.db.partial",
        "progress.db.new",
        "progress.db.new-journal",
    ];
    for name in leftovers {
        fs::write(dir.path().join(name), "half").unwrap();
    }
    fs::write(dir.path().join("backups/my notes.partial"), "mine").unwrap();
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap().len(), 3);
    for name in leftovers {
        assert!(!dir.path().join(name).exists(), "{name}");
    }
    assert_eq!(backups(dir.path()), ["my notes.partial"]);
}

/// Damages rows of a file, whose pages stay sound.
fn flip(path: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(path).unwrap();
    assert!(conn.execute(sql, []).unwrap() > 0, "{sql}");
    conn.close().unwrap();
}

#[test]
fn what_a_damaged_file_still_gives_is_carried_over() {
    // A block, and rows after it.
    let dir = filled(8_200);
    let store = Store::open(dir.path()).unwrap();
    store.backup(NOON).unwrap();
    drop(store);
    add(dir.path(), 10);
    let wanted = Store::open(dir.path()).and_then(|store| store.events()).unwrap();
    let path = dir.path().join("progress.db");
    for damage in [
        "UPDATE block SET columns = zeroblob(length(columns)) WHERE first = 1",
        "UPDATE block SET answers = zeroblob(length(answers))",
        "DELETE FROM block WHERE first = 1",
    ] {
        let copy = a_directory();
        crate::events::copy_dir(dir.path(), copy.path());
        flip(&copy.path().join("progress.db"), damage);
        assert!(
            Store::open(copy.path()).and_then(|store| store.check()).unwrap_err().is_damage(),
            "{damage}"
        );
        let preview = Store::preview_restore(copy.path(), None).unwrap();
        assert!(preview.current.unwrap_err().is_damage());
        assert_eq!(preview.answers_beyond, 10, "{damage}");
        let restored = Store::restore(copy.path(), None, NOON).unwrap();
        assert_eq!(restored.carried_over, 10, "{damage}");
        let store = Store::open(copy.path()).unwrap();
        store.check().unwrap();
        assert_eq!(store.events().unwrap(), wanted, "{damage}");
        let newest = wanted.last().unwrap().id;
        assert!(store.answer_record(newest).unwrap().is_some(), "{damage}");
        assert!(!copy.path().join("progress.restoring").exists());
    }
    // One damaged row does not cost the others.
    flip(
        &path,
        "UPDATE recent SET at_ms = at_ms + 1 WHERE position = (SELECT max(position) - 3 FROM recent)",
    );
    assert_eq!(Store::restore(dir.path(), None, NOON).unwrap().carried_over, 9);
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap().len(), wanted.len() - 1);
}

#[test]
fn going_back_from_a_sound_file_keeps_it_as_a_backup() {
    let dir = filled(5);
    let earlier = Store::open(dir.path()).unwrap().backup(NOON).unwrap();
    add(dir.path(), 20);
    let later = Store::open(dir.path()).and_then(|store| store.events()).unwrap();
    let preview = Store::preview_restore(dir.path(), Some(&earlier)).unwrap();
    assert_eq!(preview.current.unwrap().map(|content| content.answer_count), Some(25));
    assert_eq!(preview.answers_beyond, 20);

    let restored = Store::restore(dir.path(), Some(&earlier), NOON).unwrap();
    let kept = dir.path().join("backups/before-restore-1.db");
    assert_eq!((restored.kept, restored.carried_over), (Some(kept.clone()), 0));
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap(), later[..5]);
    // The newest by content takes it back.
    assert_eq!(Store::newest_backup(dir.path()), Some(kept));
    Store::restore(dir.path(), None, NOON).unwrap();
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap(), later);
}

#[test]
fn a_restore_that_was_killed_between_two_renames_goes_on() {
    let dir = filled(5);
    Store::open(dir.path()).unwrap().backup(NOON).unwrap();
    add(dir.path(), 3);
    let wanted = Store::open(dir.path()).and_then(|store| store.events()).unwrap();
    let path = dir.path().join("progress.db");
    flip(&path, "UPDATE recent SET at_ms = at_ms + 1 WHERE position = 1");
    let aside = dir.path().join("progress.damaged-2026-11-06T21-20-00.000Z.db");
    fs::rename(&path, &aside).unwrap();
    fs::create_dir(dir.path().join("progress.restoring")).unwrap();
    fs::write(dir.path().join("progress.restoring/progress.db"), "half").unwrap();
    assert!(Store::open(dir.path()).unwrap_err().is_damage());
    let restored = Store::restore(dir.path(), None, NOON + DAY).unwrap();
    assert_eq!((restored.kept, restored.carried_over), (Some(aside), 3));
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap(), wanted);
}

#[test]
fn a_damaged_backup_is_not_restored_and_nothing_is_changed() {
    let dir = filled(5);
    let damaged = Store::open(dir.path()).unwrap().backup(NOON).unwrap();
    // A sound page with a flipped bit, which only the checksums tell.
    flip(&damaged, "UPDATE block SET answers = zeroblob(length(answers))");
    assert!(Store::backups(dir.path())[0].content.as_ref().is_err_and(StoreError::is_damage));
    assert_eq!(Store::newest_backup(dir.path()), None);
    let before = fs::read(dir.path().join("progress.db")).unwrap();
    assert!(Store::restore(dir.path(), Some(&damaged), NOON).unwrap_err().is_damage());
    assert_eq!(fs::read(dir.path().join("progress.db")).unwrap(), before);
}

#[test]
#[cfg(unix)]
fn backups_and_restored_files_are_for_their_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let dir = filled(5);
    let backup = Store::open(dir.path()).unwrap().backup(NOON).unwrap();
    fs::set_permissions(&backup, fs::Permissions::from_mode(0o444)).unwrap();
    Store::restore(dir.path(), Some(&backup), NOON).unwrap();
    for name in ["progress.db", "backups/before-restore-1.db"] {
        assert_eq!(
            fs::metadata(dir.path().join(name)).unwrap().permissions().mode() & 0o777,
            0o600,
            "{name}"
        );
    }
    Store::open(dir.path()).unwrap();
}
