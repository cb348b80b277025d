//! Tests on disk: their papers and their steps.

use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

use super::event_row::RowError;
use super::{NewEvent, Store, StoreError, insert_events};
use crate::domain::attempt::{AttemptEvent, DrawnTest, LoggedAttemptEvent};
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::EventId;

/// Identity of a test over all machines: the log id of the file that it was begun in, and a number counting up there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId {
    /// Random, one for each data directory.
    pub log: u64,
    /// From 1.
    pub seq: u64,
}

/// A test as it is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAttempt {
    /// Which.
    pub id: AttemptId,
    /// When it was begun.
    pub started: Stamp,
    /// What is asked; an error where that, or a step, cannot be read, which harms no other test.
    pub test: Result<DrawnTest, String>,
    /// What happened, oldest first.
    pub events: Vec<LoggedAttemptEvent>,
}

/// Steps after which nothing is open any more.
const END_KINDS: &str = "('close', 'discard')";

const SELECT: &str = "SELECT log, seq, at_ms, offset_minutes, day, paper FROM test";

impl Store {
    /// Begins a test with its first steps; it is on the disk when this returns.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing was added then.
    pub fn start_attempt(
        &mut self,
        begun: Stamp,
        paper: &DrawnTest,
        steps: &[LoggedAttemptEvent],
    ) -> Result<AttemptId, StoreError> {
        self.ensure_writable()?;
        let log = self.log;
        let written = (|| {
            let paper = serde_json::to_string(paper)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
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
                    begun.utc_ms,
                    begun.offset_minutes,
                    begun.day.0,
                    paper
                ],
            )?;
            insert_attempt_events(&transaction, log, id, steps)?;
            transaction.commit()?;
            Ok(id)
        })();
        written.map_err(|error| self.sql_error(error))
    }

    /// Adds steps to a test and events to the log, all or none, in this order; they are on the disk when this returns.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing was added then.
    pub fn append_attempt_events(
        &mut self,
        id: AttemptId,
        steps: &[LoggedAttemptEvent],
        events: &[NewEvent<'_>],
    ) -> Result<Vec<EventId>, StoreError> {
        self.ensure_writable()?;
        let log = self.log;
        let written = (|| {
            let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            insert_attempt_events(&transaction, log, id, steps)?;
            let added = insert_events(&transaction, log, events)?;
            transaction.commit()?;
            Ok(added)
        })();
        let (first, end) = written.map_err(|error| self.sql_error(error))?;
        Ok((first..end).map(|seq| EventId { log, seq }).collect())
    }

    /// Tests that were begun and neither closed nor given up, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and whatever keeps the file from being read.
    pub fn unfinished_attempts(&self) -> Result<Vec<StoredAttempt>, StoreError> {
        self.read_attempts(&format!(
            "{SELECT} WHERE NOT EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind IN {END_KINDS}) ORDER BY at_ms, log, seq"
        ))
    }

    /// Tests that were closed, oldest first.
    ///
    /// # Errors
    /// As [`Store::unfinished_attempts`].
    pub fn completed_attempts(&self) -> Result<Vec<StoredAttempt>, StoreError> {
        self.read_attempts(&format!(
            "{SELECT} WHERE EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind = 'close') ORDER BY at_ms, log, seq"
        ))
    }

    /// One test; `None` when there is none of that id.
    ///
    /// # Errors
    /// As [`Store::unfinished_attempts`].
    pub fn attempt(&self, id: AttemptId) -> Result<Option<StoredAttempt>, StoreError> {
        let (log, seq) = (id.log.cast_signed(), id.seq.cast_signed());
        let mut found = self.read_attempts(&format!("{SELECT} WHERE log = {log} AND seq = {seq}"))?;
        Ok(found.pop())
    }

    fn read_attempts(&self, select: &str) -> Result<Vec<StoredAttempt>, StoreError> {
        let read = || -> Result<Vec<StoredAttempt>, RowError> {
            // One snapshot for papers and steps: the window may be writing.
            let snapshot = self.conn.unchecked_transaction()?;
            let mut statement = snapshot.prepare_cached(select)?;
            let rows = statement.query_map([], attempt_from_row)?;
            let mut tests = rows.collect::<Result<Vec<_>, _>>()?;
            for test in &mut tests {
                match read_attempt_events(&snapshot, test.id) {
                    Ok(steps) => test.events = steps,
                    Err(RowError::Invalid(what)) => test.test = Err(what),
                    Err(error) => return Err(error),
                }
            }
            Ok(tests)
        };
        read().map_err(|error| self.row_error(error))
    }
}

/// Whether the tables are there and as they were made.
pub(super) fn check_tables(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare(&format!("{SELECT} LIMIT 1"))?;
    conn.prepare(SELECT_EVENTS)?;
    Ok(())
}

fn attempt_from_row(row: &Row<'_>) -> rusqlite::Result<StoredAttempt> {
    let text: String = row.get(5)?;
    let paper = serde_json::from_str(&text).map_err(|error| error.to_string());
    let paper = paper.and_then(|paper: DrawnTest| match paper.is_whole() {
        true => Ok(paper),
        false => Err("a question is missing".to_owned()),
    });
    Ok(StoredAttempt {
        id: AttemptId {
            log: row.get::<_, i64>(0)?.cast_unsigned(),
            seq: row.get::<_, i64>(1)?.cast_unsigned(),
        },
        started: Stamp { utc_ms: row.get(2)?, offset_minutes: row.get(3)?, day: StudyDay(row.get(4)?) },
        test: paper,
        events: Vec::new(),
    })
}

/// In the order written: the test's clock stands while answers are judged, and log ids are random.
const SELECT_EVENTS: &str =
    "SELECT at_ms, clock_ms, act FROM test_step WHERE log = ?1 AND seq = ?2 ORDER BY nth, by_log";

fn read_attempt_events(conn: &Connection, id: AttemptId) -> Result<Vec<LoggedAttemptEvent>, RowError> {
    let mut statement = conn.prepare_cached(SELECT_EVENTS)?;
    let mut rows = statement.query([id.log.cast_signed(), id.seq.cast_signed()])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        let act: AttemptEvent = serde_json::from_str(&text)
            .map_err(|error| RowError::Invalid(format!("a step of it: {error}")))?;
        steps.push(LoggedAttemptEvent { at_ms: row.get(0)?, clock_ms: row.get(1)?, event: act });
    }
    Ok(steps)
}

fn insert_attempt_events(
    transaction: &Transaction<'_>,
    log: u64,
    id: AttemptId,
    steps: &[LoggedAttemptEvent],
) -> rusqlite::Result<()> {
    let (test_log, seq, by_log) = (id.log.cast_signed(), id.seq.cast_signed(), log.cast_signed());
    // Counted over all logs, so that what a copy goes on with comes after what was there.
    let mut nth: i64 = transaction.query_row(
        "SELECT coalesce(max(nth), 0) FROM test_step WHERE log = ?1 AND seq = ?2",
        [test_log, seq],
        |row| row.get(0),
    )?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO test_step (log, seq, by_log, nth, at_ms, clock_ms, kind, act) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for step in steps {
        nth += 1;
        let act = serde_json::to_string(&step.event)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(rusqlite::params![
            test_log,
            seq,
            by_log,
            nth,
            step.at_ms,
            step.clock_ms,
            step.event.name(),
            act
        ])?;
    }
    Ok(())
}
