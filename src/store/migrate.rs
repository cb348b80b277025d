//! The database schema as a list of migrations. The schema version of a file is the number of migrations it
//! has been through.

use rusqlite::{Connection, TransactionBehavior};

/// From an empty file to version 3, the last one with a row for each event.
pub(super) const BEFORE_PACKING: &[&str] = &[
    include_str!("migrations/0001_event_log.sql"),
    include_str!("migrations/0002_other_card.sql"),
    include_str!("migrations/0003_tests.sql"),
];

/// From an empty file to the current schema. The first makes a file of version 4: older ones are written anew, see
/// [`super::packing`]. Migrations are never edited, only added. A new kind of event needs none: a version that does not
/// know it keeps it and skips it.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0004_packed_log.sql")];

/// The version of a file before the first of [`MIGRATIONS`]. A new file takes all of them.
pub(super) const UNPACKED: u32 = 3;

/// The schema version after all these migrations.
pub(super) fn schema_version(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).map_or(u32::MAX, |count| UNPACKED.saturating_add(count))
}

/// Migrates a file of version `from`, [`UNPACKED`] for an empty one, to the end of the list.
pub(super) fn migrate(conn: &mut Connection, migrations: &[&str], from: u32) -> rusqlite::Result<()> {
    let done = from.saturating_sub(UNPACKED);
    run(conn, migrations.get(done as usize..).unwrap_or_default(), UNPACKED + done)
}

/// Runs the migrations that follow version `from`. Each is applied completely or not at all.
pub(super) fn run(conn: &mut Connection, migrations: &[&str], from: u32) -> rusqlite::Result<()> {
    // A migration that rebuilds a table drops a table that others refer to.
    conn.pragma_update(None, "foreign_keys", false)?;
    for (version, sql) in (from + 1..).zip(migrations) {
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

    fn writer(dir: &std::path::Path, steps: &[&str]) -> Result<Store, StoreError> {
        open::writer(dir, steps, &mut |_| Ok(()))
    }

    /// Files have been through the released ones as they were: a new migration gets a line here, no line changes.
    #[test]
    fn released_migrations_are_as_they_were() {
        let all = BEFORE_PACKING.iter().chain(MIGRATIONS);
        let hashes: Vec<String> =
            all.map(|sql| format!("{:016x}", seed_of(&sql.replace('\r', "")))).collect();
        assert_eq!(hashes, ["c495ebb4514bc67e", "d211e6f4d99cb487", "53d4496ce3333148", "cda784bc9ebd76d7"]);
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
        let store = writer(dir.path(), &steps).expect("a migrated store");
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
        Store::restore(dir.path(), None, STAMP.utc_ms).expect("restored");
        assert_eq!(Store::open(dir.path()).and_then(|store| store.events()).expect("two events"), before);
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let dir = with_two_events();
        let steps = [MIGRATIONS, &[WITH_NOTES, "CREATE TABLE half (x) ; SELECT no_such_function()"]].concat();
        assert!(writer(dir.path(), &steps).is_err());
        let store = writer(dir.path(), &steps[..steps.len() - 1]).expect("the version before");
        assert_eq!(store.events().expect("two events").len(), 2);
        let half = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
        assert_eq!(store.conn.query_row(half, [], |row| row.get::<_, i64>(0)).expect("a count"), 0);
    }
}
