//! Bringing a file of the versions 1 to 3 to version 4: a whole new file is written beside it, compared with it, and
//! renamed into its place. The old one is kept with the backups. Whatever ends the program meanwhile, `progress.db` is
//! the old file or the new one, complete; a new file that was not finished is removed at the next start.

use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::block::{self, BLOCK_EVENTS};
use super::error::StoreError;
use super::event_bytes::{self, PackedEvent, RowError};
use super::log::{self, Cards};
use super::migrate::{self, BEFORE_PACKING, MIGRATIONS, UNPACKED};
use super::{backup, files, open, version_3};
use crate::atomic_file;
use crate::domain::event::Event;

/// What is done next with a file of an early version. Only the first two take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackingStep {
    /// The new file is written.
    Write,
    /// It is compared with the old one.
    Compare,
    /// The old file is completed and closed.
    CloseOld,
    /// The old file gets a second name with the backups.
    KeepOld,
    /// The new file takes its place.
    Replace,
}

/// Tables that are the same in both versions.
const SAME_TABLES: [&str; 3] = ["card", "test", "test_step"];

/// Replaces a file of version `found` by one of version 4. Its events belong to the log that they had; what is added from
/// now on belongs to a new one, so an old file that is put back never gives out the numbers of these events again.
pub(super) fn pack(
    mut old: Connection,
    dir: &Path,
    found: u32,
    on_step: &mut dyn FnMut(PackingStep) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let path = files::progress_path(dir);
    if found < UNPACKED {
        backup::before_migration(&old, dir, found)?;
        let steps = BEFORE_PACKING.get(found as usize..).unwrap_or_default();
        migrate::run(&mut old, steps, found).map_err(|error| StoreError::sql(&path, error))?;
    }
    open::check_pages(&old, &path)?;
    on_step(PackingStep::Write)?;
    let events = version_3::events(&old).map_err(|error| open::unreadable(&path, error))?;
    let new_path = files::with_suffix(&path, ".new");
    open::create_beside(&new_path, &MIGRATIONS[..1])?;
    write(&old, &events, &new_path).map_err(|error| open::row_error(&new_path, error))?;
    files::sync_file(&new_path)?;
    on_step(PackingStep::Compare)?;
    let new = open::check_closed(&new_path, UNPACKED + 1)?;
    compare(&old, &events, &new).map_err(|error| open::row_error(&new_path, error))?;
    drop((new, events));
    on_step(PackingStep::CloseOld)?;
    close_completely(old, &path)?;
    on_step(PackingStep::KeepOld)?;
    keep(&path, dir)?;
    on_step(PackingStep::Replace)?;
    files::rename_durably(&new_path, &path)
}

fn write(old: &Connection, events: &[(u32, Event)], path: &Path) -> Result<(), RowError> {
    let mut new = Connection::open(path)?;
    // Nobody reads it before it is complete and synced.
    new.pragma_update(None, "journal_mode", "memory")?;
    new.pragma_update(None, "synchronous", "off")?;
    let transaction = new.transaction()?;
    for table in SAME_TABLES {
        copy_table(old, &transaction, table)?;
    }
    let sealed = events.len() / BLOCK_EVENTS * BLOCK_EVENTS;
    let (sealed, recent) = events.split_at(sealed);
    let mut position = 1;
    for events in sealed.chunks(BLOCK_EVENTS) {
        let packed = events.iter().map(|event| packed(old, event)).collect::<Result<Vec<_>, _>>()?;
        log::insert_block(&transaction, &block::encode(position, &packed)?)?;
        position += packed.len() as u64;
    }
    for (position, event) in (position..).zip(recent) {
        log::insert(&transaction, position, &packed(old, event)?)?;
    }
    transaction.commit()?;
    new.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn packed(old: &Connection, (card, event): &(u32, Event)) -> Result<PackedEvent, RowError> {
    let Event { id, order_ms, stamp, ref change, .. } = *event;
    let unreadable =
        || RowError::Invalid(format!("entry {} of log {} has no number for a score", id.seq, id.log));
    let (kind, rest) = event_bytes::encode(change).ok_or_else(unreadable)?;
    let answer = version_3::answer(old, id)?.map(log::shorten_answer);
    Ok(PackedEvent { id, order_ms, stamp, card: *card, kind, rest, answer })
}

fn copy_table(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut select = old.prepare(&format!("SELECT * FROM {table}"))?;
    let places = vec!["?"; select.column_count()].join(", ");
    let mut insert = new.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        insert.execute(params_from_iter(values(row)?))?;
    }
    Ok(())
}

/// All columns of a row.
pub(super) fn values(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

/// Decodes the new file and compares every event, answer, card and test with the old one.
fn compare(old: &Connection, events: &[(u32, Event)], new: &Connection) -> Result<(), RowError> {
    let differs = |what: String| RowError::Invalid(format!("the new file differs from the old one: {what}"));
    for table in SAME_TABLES {
        if !is_same_table(old, new, table)? {
            return Err(differs(table.to_owned()));
        }
    }
    let cards = Cards::read(new)?;
    let mut wanted = events.iter();
    log::for_each_event(
        new,
        1,
        u64::MAX,
        |_| true,
        |event| {
            let (position, key) = (event.position, cards.get(event.card));
            match log::with_key(event, key)? == wanted.next().map(|(_, event)| event.clone()) {
                true => Ok(()),
                false => Err(differs(format!("entry {position}"))),
            }
        },
    )?;
    let mut wanted_answers = events.iter();
    log::for_each_packed(new, 1, u64::MAX, |position, event| {
        let answer = version_3::answer(old, event.id)?.map(log::shorten_answer);
        match wanted_answers.next().is_some() && answer == event.answer {
            true => Ok(()),
            false => Err(differs(format!("answer {position}"))),
        }
    })?;
    match (wanted.next(), wanted_answers.next()) {
        (None, None) => Ok(()),
        _ => Err(differs("its end".to_owned())),
    }
}

fn is_same_table(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql = format!("SELECT * FROM {table} ORDER BY 1, 2, 3, 4");
    let (mut old, mut new) = (old.prepare(&sql)?, new.prepare(&sql)?);
    let (mut old, mut new) = (old.query([])?, new.query([])?);
    loop {
        match (old.next()?, new.next()?) {
            (None, None) => return Ok(true),
            (Some(old), Some(new)) if values(old)? == values(new)? => {}
            _ => return Ok(false),
        }
    }
}

/// Moves everything into the file itself and closes it: no write-ahead log may be there when another file gets its name.
pub(super) fn close_completely(old: Connection, path: &Path) -> Result<(), StoreError> {
    let sql = |error| StoreError::sql(path, error);
    let busy = || StoreError::Busy { path: path.to_owned() };
    let blocked: i64 = old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(sql)?;
    // Only possible while nobody else has the file open.
    let mode: String =
        old.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get(0)).map_err(sql)?;
    if blocked != 0 || mode != "delete" {
        return Err(busy());
    }
    old.close().map_err(|(_, error)| sql(error))?;
    match fs::metadata(files::wal_path(path)) {
        Ok(wal) if wal.len() > 0 => Err(busy()),
        _ => Ok(()),
    }
}

/// Gives the old file a second name in `backups/`, or copies it where that is not possible. Its pages are checked.
fn keep(path: &Path, dir: &Path) -> Result<(), StoreError> {
    let (kept, _lock) = backup::unused_version_name(dir, UNPACKED)?;
    atomic_file::duplicate(path, &kept).map_err(|error| StoreError::writing(&kept, error))?;
    if let Some(folder) = kept.parent() {
        files::sync_dir(folder)?;
    }
    // Only its pages: its events have just been read.
    open::check_closed(&kept, u32::MAX).map(drop)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::path::PathBuf;

    use super::*;
    use crate::domain::day::{Stamp, StudyDay};
    use crate::domain::event::{Change, Due, EventId, Review, ReviewSource};
    use crate::domain::ids::{CardKey, Facet};
    use crate::domain::question::Kind;
    use crate::domain::rating::Rating;
    use crate::store::{Store, header};

    const OTHER_LOG: u64 = 77;
    /// More than two blocks.
    const ANSWERS: u64 = 2 * BLOCK_EVENTS as u64 + 100;

    fn directory() -> tempfile::TempDir {
        tempfile::tempdir().expect("a directory")
    }

    /// A file of an early version with `rows`, inserted as that version wrote them.
    fn early_file(version: u32, rows: &str) -> tempfile::TempDir {
        let dir = directory();
        let mut conn = Connection::open(files::progress_path(dir.path())).expect("a file");
        conn.pragma_update(None, "application_id", header::APPLICATION_ID).expect("a file");
        migrate::run(&mut conn, &BEFORE_PACKING[..version as usize], 0).expect("its tables");
        conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).expect("a log");
        let sql = format!("BEGIN; INSERT INTO meta VALUES (1, {OTHER_LOG}, ''); {rows} COMMIT;");
        conn.execute_batch(&sql).expect("rows");
        dir
    }

    fn key(question: &str) -> CardKey {
        CardKey::new("deck", question, Facet::Front)
    }

    /// Answers by two logs, of which one set its clock back in the middle.
    fn many_answers() -> String {
        let mut rows = "INSERT INTO card VALUES (1, 'deck', 'old', ''), (2, 'deck', 'new', '');".to_owned();
        for seq in 1..=ANSWERS {
            let (log, back) = (OTHER_LOG + seq % 2, if seq > ANSWERS / 2 { 400_000 } else { 0 });
            let at = 1_700_000_000_000 + seq.cast_signed() * 100 - back;
            write!(
                rows,
                "INSERT INTO event VALUES ({at}, {log}, {seq}, 60, 19675, {}, 'answer', NULL, NULL, 'study', 'Typed', \
                 0.{}, 0.25, 0, {}, 3, 2, 3, NULL, {due}, NULL, NULL);",
                1 + seq % 2, 1 + seq % 9, seq * 7, due = at + 600_000,
            )
            .expect("text");
            let detail = match seq % 3 {
                0 => String::from_utf8(event_bytes::SAYS_NOTHING.to_vec()).expect("text"),
                1 => format!("{{\"response\":{{\"text\":\"é{seq}\"}},\"shown\":[]}}"),
                _ => continue,
            };
            write!(rows, "INSERT INTO given VALUES ({log}, {seq}, '{detail}');").expect("text");
        }
        rows
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let (from, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).expect("a file");
            if from.is_dir() {
                copy(&from, &to);
            } else if !from.ends_with("linchpin.lock") {
                fs::copy(from, to).expect("a copy");
            }
        }
    }

    #[test]
    fn stopped_at_any_step_it_goes_on_at_the_next_start_and_nothing_is_lost() {
        let original = early_file(3, &many_answers());
        let mut stopped: Vec<(PackingStep, PathBuf)> = Vec::new();
        let copies = directory();
        let store = open::writer(original.path(), MIGRATIONS, &mut |step| {
            // What a kill at this moment would leave.
            let folder = copies.path().join(format!("{step:?}"));
            copy(original.path(), &folder);
            stopped.push((step, folder));
            Ok(())
        });
        let wanted = store.and_then(|store| store.events()).expect("all events");
        assert_eq!(wanted.len() as u64, ANSWERS);
        assert_eq!(stopped.len(), 5);
        for (step, folder) in &stopped {
            let store = Store::open(folder).expect("it goes on");
            assert_eq!(store.events().expect("all events"), wanted, "{step:?}");
            store.check().expect("sound");
            assert!(!folder.join("progress.db.new").exists(), "{step:?}");
        }
        for stopping in stopped.iter().map(|(step, _)| *step) {
            let dir = early_file(3, &many_answers());
            let full = || StoreError::DiskFull { path: PathBuf::new() };
            let failed = open::writer(dir.path(), MIGRATIONS, &mut |step| {
                if step == stopping { Err(full()) } else { Ok(()) }
            });
            assert!(matches!(failed, Err(StoreError::DiskFull { .. })), "{stopping:?}");
            assert_eq!(Store::open(dir.path()).and_then(|store| store.events()).expect("all"), wanted);
        }
    }

    #[test]
    fn order_stamps_never_go_back_within_a_log_and_answers_are_kept() {
        let dir = early_file(3, &many_answers());
        let mut store = Store::open(dir.path()).expect("brought up to date");
        let events = store.events().expect("all events");
        for log in [OTHER_LOG, OTHER_LOG + 1] {
            let of_log: Vec<&Event> = events.iter().filter(|event| event.id.log == log).collect();
            assert!(of_log.windows(2).all(|pair| pair[0].id.seq < pair[1].id.seq));
            let mut latest = i64::MIN;
            for event in of_log {
                latest = latest.max(event.stamp.utc_ms);
                assert_eq!(event.order_ms, latest);
            }
        }
        let answer =
            |seq: u64| store.answer_record(EventId { log: OTHER_LOG + seq % 2, seq }).expect("readable");
        let response = |seq| answer(seq).map(|record| serde_json::to_string(&record.response).expect("text"));
        assert_eq!(response(1).as_deref(), Some("{\"text\":\"é1\"}"));
        assert_eq!(response(2), None);
        assert_eq!(response(3).as_deref(), Some("\"recalled\""));
        assert_eq!(response(ANSWERS - 1).is_some(), (ANSWERS - 1) % 3 < 2);
        // What is added now belongs to a log of its own, after everything else.
        let stamp = Stamp { utc_ms: 5, offset_minutes: 0, day: StudyDay(0) };
        let id = store.append(stamp, &key("old"), &Change::Suspend, None).expect("room on the disk");
        assert_eq!((id.seq, [OTHER_LOG, OTHER_LOG + 1].contains(&id.log)), (1, false));
        assert_eq!(store.events().expect("all").last().map(|event| event.id), Some(id));
    }

    #[test]
    fn the_old_file_is_kept_and_can_be_restored() {
        let dir = early_file(3, &many_answers());
        let wanted = Store::open(dir.path()).and_then(|store| store.events()).expect("all events");
        assert!(dir.path().join("backups/version-3-1.db").exists());
        fs::write(files::progress_path(dir.path()), "damaged").expect("written");
        Store::restore(dir.path(), None, 0).expect("restored");
        assert_eq!(Store::open(dir.path()).and_then(|store| store.events()).expect("all events"), wanted);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_refused_and_the_file_left_as_it_was() {
        for (sql, is_damage) in [
            ("UPDATE event SET kind = 'merge' WHERE seq = 2", false),
            ("UPDATE event SET question_kind = 'Essay' WHERE seq = 2", false),
            ("UPDATE card SET facet = 'inside-out' WHERE id = 1", false),
            ("PRAGMA foreign_keys = OFF; DELETE FROM card WHERE id = 2", true),
            ("UPDATE event SET at_ms = 1e300 WHERE seq = 2", true),
            ("DROP TABLE given", true),
        ] {
            let dir = early_file(3, &many_answers());
            let path = files::progress_path(dir.path());
            let conn = Connection::open(&path).expect("a file");
            if conn.execute_batch(sql).is_err() {
                continue;
            }
            conn.close().expect("closed");
            let bytes = fs::read(&path).expect("a file");
            let error = Store::open(dir.path()).expect_err(sql);
            assert_eq!(error.is_damage(), is_damage, "{sql}: {error}");
            assert!(fs::read(&path).expect("a file") == bytes, "{sql}");
        }
    }

    #[test]
    fn every_kind_of_event_of_the_versions_before_is_kept() {
        let rows = |third: bool| {
            let mut rows =
                "INSERT INTO card VALUES (1, 'deck', 'old', ''), (2, 'deck', 'new', '');".to_owned();
            let end = if third { ", NULL" } else { "" };
            for (seq, values) in [
                "'answer', NULL, NULL, 'test', 'Cloze', 0.5, 0.25, 1, 4000, 2, 2, 3, NULL, NULL, 19680",
                "'retract', 78, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
                "'rate', 77, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 4, 'sure', 99, NULL",
                "'suspend', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
                "'resume', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
                "'bury', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 19676",
                "'reset', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
            ]
            .iter()
            .enumerate()
            {
                let seq = seq + 1;
                write!(rows, "INSERT INTO event VALUES ({seq}, 77, {seq}, 0, 0, 1, {values}{end});").expect("text");
            }
            if third {
                let empty =
                    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";
                write!(
                    rows,
                    "INSERT INTO event VALUES (8, 77, 8, 0, 0, 1, 'rekey', {empty}, 2), \
                     (9, 77, 9, 0, 0, 1, 'apart', {empty}, 2);
                     INSERT INTO test VALUES (77, 1, 1, 0, 0, '{{}}');
                     INSERT INTO test_step VALUES (77, 1, 77, 1, 1, 1, 'begin', '{{}}');"
                )
                .expect("text");
            }
            rows
        };
        let target = EventId { log: 77, seq: 1 };
        let (rating, due) = (Rating::Easy, Due::At(99));
        let confidence = Some(crate::domain::event::Confidence::Sure);
        let mut wanted = vec![
            Change::Answer(Review {
                source: ReviewSource::Test,
                kind: Kind::Cloze,
                score: 0.5,
                blind_chance: 0.25,
                hint_used: true,
                confidence: None,
                latency_ms: 4000,
                proposed_rating: Rating::Hard,
                rating: Rating::Good,
                mapping_version: 2,
                due: Due::Day(StudyDay(19_680)),
            }),
            Change::Retract(EventId { log: 78, seq: 5 }),
            Change::Rate { target, rating, due, confidence },
            Change::Suspend,
            Change::Resume,
            Change::Bury { until: StudyDay(19_676) },
            Change::Reset,
        ];
        for version in [1, 3] {
            if version == 3 {
                let to = Box::new(key("new"));
                wanted.extend([Change::Rekey { to: to.clone() }, Change::RejectMatch { other: to }]);
            }
            let dir = early_file(version, &rows(version == 3));
            let store = Store::open(dir.path()).expect("brought up to date");
            let changes: Vec<Change> =
                store.events().expect("all").into_iter().map(|event| event.change).collect();
            assert_eq!(changes, wanted, "version {version}");
            store.check().expect("sound");
            assert_eq!(store.unfinished_attempts().expect("readable").len(), usize::from(version == 3));
            assert!(dir.path().join(format!("backups/version-{version}-1.db")).exists());
        }
    }
}
