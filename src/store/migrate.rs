//! The database schema as a list of migrations. The schema version of a file is the number of migrations it
//! has been through.

use rusqlite::{Connection, TransactionBehavior};

/// Every migration, from an empty file to the current schema. Migrations are never edited, only added. A new
/// kind of event needs a migration too, even an empty one, because an older program must not replay events
/// that it does not know.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_event_log.sql"),
    include_str!("migrations/0002_other_card.sql"),
    include_str!("migrations/0003_tests.sql"),
];

/// The schema version after all these migrations.
pub(super) fn schema_version(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Migrates a file from version `from` to the end of the list. Every migration is applied completely or not
/// at all.
pub(super) fn migrate(conn: &mut Connection, migrations: &[&str], from: u32) -> rusqlite::Result<()> {
    // A migration that rebuilds a table drops a table that others refer to.
    conn.pragma_update(None, "foreign_keys", false)?;
    for (version, sql) in (1u32..).zip(migrations).skip(from as usize) {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    conn.pragma_update(None, "foreign_keys", true)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::domain::day::{Stamp, StudyDay};
    use crate::domain::event::Change;
    use crate::domain::ids::{CardKey, Facet};
    use crate::domain::seed::seed_of;
    use crate::store::{Store, StoreError, open};

    const STAMP: Stamp = Stamp { utc_ms: 1_700_000_000_000, offset_minutes: 0, day: StudyDay(19_675) };
    const WITH_NOTES: &str = "CREATE TABLE note (text TEXT NOT NULL) STRICT;";

    fn with_two_events() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a directory");
        let mut store = Store::open(dir.path()).expect("a new store");
        let card = CardKey::new("deck", "question", Facet::Front);
        for change in [Change::Suspend, Change::Resume] {
            store.append(STAMP, &card, &change, None).expect("room on the disk");
        }
        dir
    }

    /// Files have been through the released ones as they were: a new migration gets a line here, no line changes.
    #[test]
    fn released_migrations_are_as_they_were() {
        let hashes: Vec<String> =
            MIGRATIONS.iter().map(|sql| format!("{:016x}", seed_of(&sql.replace('\r', "")))).collect();
        assert_eq!(hashes, ["c495ebb4514bc67e", "d211e6f4d99cb487", "53d4496ce3333148"]);
    }

    #[test]
    fn an_older_file_is_backed_up_and_then_brought_up_to_date() {
        let dir = with_two_events();
        let steps = [MIGRATIONS, &[WITH_NOTES, "INSERT INTO note VALUES ('third')"]].concat();
        let now = schema_version(MIGRATIONS);
        let before = Store::open(dir.path()).and_then(|store| store.events()).expect("two events");

        let reader = open::reader(dir.path(), &steps);
        assert!(
            matches!(reader, Err(StoreError::Older { found, known, .. }) if (found, known) == (now, now + 2)),
            "a reader changes nothing"
        );
        let store = open::writer(dir.path(), &steps).expect("a migrated store");
        assert_eq!(store.events().expect("the same events"), before);
        let note: String =
            store.conn.query_row("SELECT text FROM note", [], |row| row.get(0)).expect("a note");
        assert_eq!(note, "third");
        drop(store);

        let backup = Store::newest_backup(dir.path()).expect("a backup");
        assert!(backup.ends_with(format!("backups/version-{now}-1.db")));
        let older = Store::open(dir.path());
        assert!(
            matches!(older, Err(StoreError::Newer { found, known, .. }) if (found, known) == (now + 2, now))
        );
        fs::remove_file(dir.path().join("progress.db")).expect("removed");
        Store::restore_newest_backup(dir.path(), STAMP.utc_ms).expect("restored");
        assert_eq!(Store::open(dir.path()).and_then(|store| store.events()).expect("two events"), before);
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let dir = with_two_events();
        let steps = [MIGRATIONS, &[WITH_NOTES, "CREATE TABLE half (x) ; SELECT no_such_function()"]].concat();
        assert!(open::writer(dir.path(), &steps).is_err());
        let store = open::writer(dir.path(), &steps[..steps.len() - 1]).expect("the version before");
        assert_eq!(store.events().expect("two events").len(), 2);
        let half = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
        assert_eq!(store.conn.query_row(half, [], |row| row.get::<_, i64>(0)).expect("a count"), 0);
    }

    #[test]
    fn a_file_without_tests_keeps_every_event_and_takes_tests() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("progress.db");
        open::create(&path, &MIGRATIONS[..2]).expect("a file of the second version");
        let old = Connection::open(path).expect("a file of the second version");
        old.execute_batch(
            "INSERT INTO card VALUES (1, 'deck', 'question', '');
             INSERT INTO event (at_ms, log, seq, offset_minutes, day, card, kind)
             VALUES (1, (SELECT log FROM meta), 1, 0, 0, 1, 'suspend')",
        )
        .expect("an event");
        drop(old);
        let store = Store::open(dir.path()).expect("brought up to date");
        assert_eq!(store.events().expect("one event").len(), 1);
        assert_eq!(store.unfinished_attempts().expect("readable"), []);
        assert_eq!(store.completed_attempts().expect("readable"), []);
        store.check().expect("sound");
    }

    #[test]
    fn a_file_of_the_first_version_keeps_every_event_and_takes_the_new_kinds() {
        let dir = tempfile::tempdir().expect("a directory");
        let key = |question: &str| CardKey::new("deck", question, Facet::Front);
        let (card, other) = (key("old"), Box::new(key("new")));
        let path = dir.path().join("progress.db");
        open::create(&path, &MIGRATIONS[..1]).expect("a file of the first version");
        let old = Connection::open(path).expect("a file of the first version");
        old.execute_batch(
            "INSERT INTO card VALUES (1, 'deck', 'old', '');
             INSERT INTO event (at_ms, log, seq, offset_minutes, day, card, kind)
             VALUES (1, (SELECT log FROM meta), 1, 0, 0, 1, 'suspend')",
        )
        .expect("an event");
        drop(old);
        let mut store = Store::open(dir.path()).expect("brought up to date");
        for change in [Change::Rekey { to: other.clone() }, Change::RejectMatch { other: other.clone() }] {
            store.append(STAMP, &card, &change, None).expect("room on the disk");
        }
        let changes: Vec<Change> =
            store.events().expect("three events").into_iter().map(|event| event.change).collect();
        let wanted = [Change::Suspend, Change::Rekey { to: other.clone() }, Change::RejectMatch { other }];
        assert_eq!(changes, wanted);
        store.check().expect("sound");
    }
}
