//! Tests on disk: their papers and their steps.

use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

use super::row::RowError;
use super::{NewEvent, Store, StoreError, add};
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::EventId;
use crate::domain::test::{Act, Paper, Step};

/// Identity of a test over all machines: the log id of the file that it was begun in, and a number counting up there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestId {
    /// Random, one for each data directory.
    pub log: u64,
    /// From 1.
    pub seq: u64,
}

/// A test as it is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTest {
    /// Which.
    pub id: TestId,
    /// When it was begun.
    pub begun: Stamp,
    /// What is asked; an error where that, or a step, cannot be read, which harms no other test.
    pub paper: Result<Paper, String>,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
}

/// Steps after which nothing is open any more.
const ENDS: &str = "('close', 'discard')";

const SELECT: &str = "SELECT log, seq, at_ms, offset_minutes, day, paper FROM test";

impl Store {
    /// Begins a test with its first steps; it is on the disk when this returns.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing was added then.
    pub fn begin_test(&mut self, begun: Stamp, paper: &Paper, steps: &[Step]) -> Result<TestId, StoreError> {
        self.writing()?;
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
            let id = TestId { log, seq: last.cast_unsigned() + 1 };
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
            add_steps(&transaction, log, id, steps)?;
            transaction.commit()?;
            Ok(id)
        })();
        written.map_err(|error| self.failed(error))
    }

    /// Adds steps to a test and events to the log, all or none, in this order; they are on the disk when this returns.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing was added then.
    pub fn append_steps(
        &mut self,
        id: TestId,
        steps: &[Step],
        events: &[NewEvent<'_>],
    ) -> Result<Vec<EventId>, StoreError> {
        self.writing()?;
        let log = self.log;
        let written = (|| {
            let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            add_steps(&transaction, log, id, steps)?;
            let added = add(&transaction, log, events)?;
            transaction.commit()?;
            Ok(added)
        })();
        let (first, end) = written.map_err(|error| self.failed(error))?;
        Ok((first..end).map(|seq| EventId { log, seq }).collect())
    }

    /// Tests that were begun and neither closed nor given up, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and whatever keeps the file from being read.
    pub fn unfinished_tests(&self) -> Result<Vec<StoredTest>, StoreError> {
        self.read_tests(&format!(
            "{SELECT} WHERE NOT EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind IN {ENDS}) ORDER BY at_ms, log, seq"
        ))
    }

    /// Tests that were closed, oldest first.
    ///
    /// # Errors
    /// As [`Store::unfinished_tests`].
    pub fn closed_tests(&self) -> Result<Vec<StoredTest>, StoreError> {
        self.read_tests(&format!(
            "{SELECT} WHERE EXISTS (SELECT 1 FROM test_step AS step \
             WHERE step.log = test.log AND step.seq = test.seq AND step.kind = 'close') ORDER BY at_ms, log, seq"
        ))
    }

    /// One test; `None` when there is none of that id.
    ///
    /// # Errors
    /// As [`Store::unfinished_tests`].
    pub fn test(&self, id: TestId) -> Result<Option<StoredTest>, StoreError> {
        let (log, seq) = (id.log.cast_signed(), id.seq.cast_signed());
        let mut found = self.read_tests(&format!("{SELECT} WHERE log = {log} AND seq = {seq}"))?;
        Ok(found.pop())
    }

    fn read_tests(&self, select: &str) -> Result<Vec<StoredTest>, StoreError> {
        let read = || -> Result<Vec<StoredTest>, RowError> {
            // One snapshot for papers and steps: the window may be writing.
            let snapshot = self.conn.unchecked_transaction()?;
            let mut statement = snapshot.prepare_cached(select)?;
            let rows = statement.query_map([], test)?;
            let mut tests = rows.collect::<Result<Vec<_>, _>>()?;
            for test in &mut tests {
                match steps(&snapshot, test.id) {
                    Ok(steps) => test.steps = steps,
                    Err(RowError::Unfit(what)) => test.paper = Err(what),
                    Err(error) => return Err(error),
                }
            }
            Ok(tests)
        };
        read().map_err(|error| self.row_failed(error))
    }
}

/// Whether the tables are there and as they were made.
pub(super) fn look(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare(&format!("{SELECT} LIMIT 1"))?;
    conn.prepare(STEPS)?;
    Ok(())
}

fn test(row: &Row<'_>) -> rusqlite::Result<StoredTest> {
    let text: String = row.get(5)?;
    let paper = serde_json::from_str(&text).map_err(|error| error.to_string());
    let paper = paper.and_then(|paper: Paper| match paper.is_whole() {
        true => Ok(paper),
        false => Err("a question is missing".to_owned()),
    });
    Ok(StoredTest {
        id: TestId { log: row.get::<_, i64>(0)?.cast_unsigned(), seq: row.get::<_, i64>(1)?.cast_unsigned() },
        begun: Stamp { utc_ms: row.get(2)?, offset_minutes: row.get(3)?, day: StudyDay(row.get(4)?) },
        paper,
        steps: Vec::new(),
    })
}

/// In the order written: the test's clock stands while answers are judged, and log ids are random.
const STEPS: &str =
    "SELECT at_ms, clock_ms, act FROM test_step WHERE log = ?1 AND seq = ?2 ORDER BY nth, by_log";

fn steps(conn: &Connection, id: TestId) -> Result<Vec<Step>, RowError> {
    let mut statement = conn.prepare_cached(STEPS)?;
    let mut rows = statement.query([id.log.cast_signed(), id.seq.cast_signed()])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        let act: Act =
            serde_json::from_str(&text).map_err(|error| RowError::Unfit(format!("a step of it: {error}")))?;
        steps.push(Step { at_ms: row.get(0)?, clock_ms: row.get(1)?, act });
    }
    Ok(steps)
}

fn add_steps(transaction: &Transaction<'_>, log: u64, id: TestId, steps: &[Step]) -> rusqlite::Result<()> {
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
        let act = serde_json::to_string(&step.act)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(rusqlite::params![
            test_log,
            seq,
            by_log,
            nth,
            step.at_ms,
            step.clock_ms,
            step.act.name(),
            act
        ])?;
    }
    Ok(())
}
