//! Storing tests: the drawn test and the events of the attempt.

use rusqlite::{Connection, Row, Transaction};

use super::event_bytes::RowError;
use super::{NewEvent, Store, StoreError, insert_events};
use crate::domain::attempt::{AttemptEvent, DrawnTest, LoggedAttemptEvent};
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::Event;

/// Identifies a test across all machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId {
    /// Id of the log that it was started in.
    pub log: u64,
    /// Counts up from 1 in that log.
    pub seq: u64,
}

/// A test as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAttempt {
    /// The attempt's id.
    pub id: AttemptId,
    /// When it was started.
    pub started: Stamp,
    /// The drawn test. An error message if it or one of its events cannot be read; other tests are still
    /// readable then.
    pub test: Result<DrawnTest, String>,
    /// The events of the attempt, oldest first.
    pub events: Vec<LoggedAttemptEvent>,
}

/// The stored kinds of event that end an attempt.
const END_KINDS: &str = "('close', 'discard')";

const SELECT: &str = "SELECT log, seq, at_ms, offset_minutes, day, paper FROM test";

impl Store {
    /// Stores a drawn test and the first events of the attempt. They are on the disk when this returns.
    ///
    /// # Errors
    /// The same as [`Store::append`]. Nothing was stored then.
    pub fn start_attempt(
        &mut self,
        started: Stamp,
        test: &DrawnTest,
        events: &[LoggedAttemptEvent],
    ) -> Result<AttemptId, StoreError> {
        self.write(|transaction, log, _| {
            let test = serde_json::to_string(test)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let last: i64 = transaction.query_row(
                "SELECT coalesce(max(seq), 0) FROM test WHERE log = ?1",
                [log.cast_signed()],
                |row| row.get(0),
            )?;
            let id = AttemptId { log, seq: last.cast_unsigned() + 1 };
            transaction.execute(
                "INSERT INTO test (log, seq, at_ms, offset_minutes, day, paper) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                rusqlite::params![
                    id.log.cast_signed(),
                    id.seq.cast_signed(),
                    started.utc_ms,
                    started.offset_minutes,
                    started.day.0,
                    test
                ],
            )?;
            insert_attempt_events(transaction, log, id, events)?;
            Ok(id)
        })
    }

    /// Appends events to an attempt and to the event log, all or none, in this order. They are on the disk
    /// when this returns.
    ///
    /// # Errors
    /// The same as [`Store::append`]. Nothing was stored then.
    pub fn append_attempt_events(
        &mut self,
        id: AttemptId,
        attempt_events: &[LoggedAttemptEvent],
        events: &[NewEvent<'_>],
    ) -> Result<Vec<Event>, StoreError> {
        self.write(|transaction, log, end| {
            insert_attempt_events(transaction, log, id, attempt_events)?;
            insert_events(transaction, log, end, events)
        })
    }

    /// Attempts that were neither completed nor discarded, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn unfinished_attempts(&self) -> Result<Vec<StoredAttempt>, StoreError> {
        self.read_attempts(&format!(
            "{SELECT} WHERE NOT EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind IN {END_KINDS}) ORDER BY at_ms, log, seq"
        ))
    }

    /// Completed attempts, oldest first.
    ///
    /// # Errors
    /// The same as [`Store::unfinished_attempts`].
    pub fn completed_attempts(&self) -> Result<Vec<StoredAttempt>, StoreError> {
        self.read_attempts(&format!(
            "{SELECT} WHERE EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind = 'close') ORDER BY at_ms, log, seq"
        ))
    }

    /// One attempt. `None` if there is none with this id.
    ///
    /// # Errors
    /// The same as [`Store::unfinished_attempts`].
    pub fn attempt(&self, id: AttemptId) -> Result<Option<StoredAttempt>, StoreError> {
        let (log, seq) = (id.log.cast_signed(), id.seq.cast_signed());
        let mut found = self.read_attempts(&format!("{SELECT} WHERE log = {log} AND seq = {seq}"))?;
        Ok(found.pop())
    }

    fn read_attempts(&self, select: &str) -> Result<Vec<StoredAttempt>, StoreError> {
        let read = || -> Result<Vec<StoredAttempt>, RowError> {
            // Read tests and events from one snapshot, because another process may be writing.
            let snapshot = self.conn.unchecked_transaction()?;
            let mut statement = snapshot.prepare_cached(select)?;
            let rows = statement.query_map([], attempt_from_row)?;
            let mut attempts = rows.collect::<Result<Vec<_>, _>>()?;
            for attempt in &mut attempts {
                match read_attempt_events(&snapshot, attempt.id) {
                    Ok(events) => attempt.events = events,
                    Err(RowError::Invalid(what)) => attempt.test = Err(what),
                    Err(error) => return Err(error),
                }
            }
            Ok(attempts)
        };
        read().map_err(|error| self.row_error(error))
    }
}

/// Checks that the tables exist and have the right columns.
pub(super) fn check_tables(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare(&format!("{SELECT} LIMIT 1"))?;
    conn.prepare(SELECT_EVENTS)?;
    Ok(())
}

fn attempt_from_row(row: &Row<'_>) -> rusqlite::Result<StoredAttempt> {
    let text: String = row.get(5)?;
    let test = serde_json::from_str(&text).map_err(|error| error.to_string());
    let test = test.and_then(|test: DrawnTest| match test.is_whole() {
        true => Ok(test),
        false => Err("a question is missing".to_owned()),
    });
    Ok(StoredAttempt {
        id: AttemptId {
            log: row.get::<_, i64>(0)?.cast_unsigned(),
            seq: row.get::<_, i64>(1)?.cast_unsigned(),
        },
        started: Stamp { utc_ms: row.get(2)?, offset_minutes: row.get(3)?, day: StudyDay(row.get(4)?) },
        test,
        events: Vec::new(),
    })
}

/// In the order in which they were written. Times would not do: the test's clock does not run during
/// self-grading, and log ids are random.
const SELECT_EVENTS: &str =
    "SELECT at_ms, clock_ms, act FROM test_step WHERE log = ?1 AND seq = ?2 ORDER BY nth, by_log";

fn read_attempt_events(conn: &Connection, id: AttemptId) -> Result<Vec<LoggedAttemptEvent>, RowError> {
    let mut statement = conn.prepare_cached(SELECT_EVENTS)?;
    let mut rows = statement.query([id.log.cast_signed(), id.seq.cast_signed()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        let event: AttemptEvent = serde_json::from_str(&text)
            .map_err(|error| RowError::Invalid(format!("a step of it: {error}")))?;
        events.push(LoggedAttemptEvent { at_ms: row.get(0)?, clock_ms: row.get(1)?, event });
    }
    Ok(events)
}

pub(super) fn insert_attempt_events(
    transaction: &Transaction<'_>,
    log: u64,
    id: AttemptId,
    events: &[LoggedAttemptEvent],
) -> rusqlite::Result<()> {
    let (test_log, seq, by_log) = (id.log.cast_signed(), id.seq.cast_signed(), log.cast_signed());
    // Numbered across all logs, so that events added in a copy of the file come after the earlier ones.
    let mut nth: i64 = transaction.query_row(
        "SELECT coalesce(max(nth), 0) FROM test_step WHERE log = ?1 AND seq = ?2",
        [test_log, seq],
        |row| row.get(0),
    )?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO test_step (log, seq, by_log, nth, at_ms, clock_ms, kind, act) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for logged in events {
        nth += 1;
        let act = serde_json::to_string(&logged.event)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(rusqlite::params![
            test_log,
            seq,
            by_log,
            nth,
            logged.at_ms,
            logged.clock_ms,
            logged.event.name(),
            act
        ])?;
    }
    Ok(())
}
