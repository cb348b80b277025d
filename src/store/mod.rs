//! The log of events on disk: one SQLite file, added to and never changed.
//!
//! What this module promises: when [`Store::append`] has returned, the event is on the disk; when it fails,
//! nothing of it is; a file that cannot be read is left exactly as it is, for someone to look at.
//!
//! `progress.db` is in write-ahead mode, so reading commands work beside the window. A write takes a lock on
//! `linchpin.lock`, held for as long as the [`Store`] lives. Backups are in `backups/`.

mod backup;
mod error;
mod files;
mod header;
mod lock;
mod migrate;
mod open;
mod papers;
mod row;
mod thinning;

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

use crate::domain::day::Stamp;
use crate::domain::event::{Change, Event, EventId, Given};
use crate::domain::ids::CardKey;
use crate::domain::task::Response;

pub use backup::Restored;
pub use error::StoreError;
pub use papers::{StoredTest, TestId};

use lock::{Presence, WriterLock};
use row::RowError;

/// The progress of one data directory, open.
///
/// It can be sent to another thread but not shared: a background job (a check, a backup) opens its own with
/// [`Store::open_read_only`].
#[derive(Debug)]
pub struct Store {
    // Dropped first: the lock and the presence must outlive the connection.
    conn: Connection,
    path: PathBuf,
    log: u64,
    /// `None` when there is no file: an empty log in memory.
    presence: Option<Presence>,
    /// `None` when open for reading.
    lock: Option<WriterLock>,
}

/// What [`Store::append_all`] adds.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// When.
    pub stamp: Stamp,
    /// Whose card.
    pub card: &'a CardKey,
    /// What.
    pub change: &'a Change,
    /// What was answered to what; for answers.
    pub given: Option<&'a Given>,
}

impl Store {
    /// Opens a data directory for reading and writing; creates it and its progress file when there is none.
    ///
    /// # Errors
    /// [`StoreError::InUse`] for a second writer. [`StoreError::Damaged`], [`StoreError::Newer`] and
    /// [`StoreError::NotOurs`] for a file that cannot be used; it is left as it is. A file that is gone or
    /// empty is damage too when there is a backup of it or a write-ahead log beside it, and a new start
    /// otherwise.
    pub fn open(dir: &Path) -> Result<Store, StoreError> {
        open::writer(dir, migrate::MIGRATIONS)
            .inspect(|store| tracing::info!(log = store.log, "progress opened"))
            .inspect_err(|error| tracing::error!(error = error.kind(), "progress not opened"))
    }

    /// Opens a data directory for reading, beside a window that writes to it. Never creates or changes the
    /// progress file: without one, this is an empty log in memory. (SQLite may leave an empty `-wal` and
    /// `-shm` beside it.)
    ///
    /// # Errors
    /// As [`Store::open`], save for `InUse`; [`StoreError::Older`] for a file that only a writer can bring up
    /// to date.
    pub fn open_read_only(dir: &Path) -> Result<Store, StoreError> {
        open::reader(dir, migrate::MIGRATIONS)
            .inspect_err(|error| tracing::error!(error = error.kind(), "progress not opened for reading"))
    }

    /// Adds one event; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::ReadOnly`], [`StoreError::Busy`], [`StoreError::Io`]: nothing
    /// was added, and the store can still be used.
    pub fn append(
        &mut self,
        stamp: Stamp,
        card: &CardKey,
        change: &Change,
        given: Option<&Given>,
    ) -> Result<EventId, StoreError> {
        self.writing()?;
        let added = add_in_transaction(&mut self.conn, self.log, &[NewEvent { stamp, card, change, given }]);
        added.map(|(first, _)| EventId { log: self.log, seq: first }).map_err(|error| self.failed(error))
    }

    /// Adds several events, all or none, in this order; they are on the disk when this returns.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_all(&mut self, events: &[NewEvent<'_>]) -> Result<Vec<EventId>, StoreError> {
        self.writing()?;
        let added = add_in_transaction(&mut self.conn, self.log, events);
        let (first, end) = added.map_err(|error| self.failed(error))?;
        Ok((first..end).map(|seq| EventId { log: self.log, seq }).collect())
    }

    /// Every event in fold order (time, log id, sequence number), without what was typed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], or [`StoreError::UnknownEntry`] rather than a history with holes.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        self.read_events().map_err(|error| self.row_failed(error))
    }

    /// What was answered in an event, if it is an answer.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and whatever keeps the file from being read.
    pub fn given(&self, id: EventId) -> Result<Option<Given>, StoreError> {
        let read = || -> Result<Option<String>, rusqlite::Error> {
            let mut statement =
                self.conn.prepare_cached("SELECT detail FROM given WHERE log = ?1 AND seq = ?2")?;
            statement.query_row([id.log.cast_signed(), id.seq.cast_signed()], |row| row.get(0)).optional()
        };
        let Some(text) = read().map_err(|error| self.failed(error))? else { return Ok(None) };
        let detail: ReadDetail = serde_json::from_str(&text).map_err(|error| {
            self.row_failed(RowError::Unfit(format!("answer {} of log {}: {error}", id.seq, id.log)))
        })?;
        Ok(Some(Given { response: detail.response, shown: detail.shown }))
    }

    /// The random id under which this file adds events.
    pub fn log_id(&self) -> u64 {
        self.log
    }

    /// Whether it was opened for writing.
    pub fn is_writable(&self) -> bool {
        self.lock.is_some()
    }

    /// The progress file, also when there is none yet.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks at every page of the file: 0.2 s for a million events. For the background (on a store of its
    /// own), after a crash, and before a backup.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with what was found first.
    pub fn check(&self) -> Result<(), StoreError> {
        open::check(&self.conn, &self.path).inspect_err(|error| self.leave_alone_if_damaged(error))
    }

    fn writing(&self) -> Result<(), StoreError> {
        match self.lock {
            Some(_) => Ok(()),
            None => Err(StoreError::ReadOnly { path: self.path.clone() }),
        }
    }

    fn read_events(&self) -> Result<Vec<Event>, RowError> {
        // One snapshot for the cards and the events: the window may be writing.
        let snapshot = self.conn.unchecked_transaction()?;
        let cards = row::cards(&snapshot)?;
        let count: i64 = snapshot.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
        let mut events = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
        let mut statement = snapshot.prepare_cached(row::SELECT)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            events.push(row::event(row, &cards)?);
        }
        Ok(events)
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        let error = StoreError::sql(&self.path, error);
        self.leave_alone_if_damaged(&error);
        error
    }

    fn row_failed(&self, error: RowError) -> StoreError {
        let error = open::row_failed(&self.path, error);
        self.leave_alone_if_damaged(&error);
        error
    }

    /// Closing would move the write-ahead log into the file; not into one that is damaged.
    fn leave_alone_if_damaged(&self, error: &StoreError) {
        tracing::error!(error = error.kind(), "progress not read or written");
        if error.is_damage() {
            // When even this fails, there is nothing left to do; the error itself is what counts.
            let _ = self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

/// Adds events in one transaction; returns their sequence numbers, the end excluded.
/// The numbers go on from the last one in the file, so there are no gaps after a failure.
fn add_in_transaction(
    conn: &mut Connection,
    log: u64,
    events: &[NewEvent<'_>],
) -> rusqlite::Result<(u64, u64)> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let added = add(&transaction, log, events)?;
    transaction.commit()?;
    Ok(added)
}

/// The same inside a transaction that has begun, and that may hold more.
fn add(transaction: &Transaction<'_>, log: u64, events: &[NewEvent<'_>]) -> rusqlite::Result<(u64, u64)> {
    let first = {
        let mut last =
            transaction.prepare_cached("SELECT coalesce(max(seq), 0) FROM event WHERE log = ?1")?;
        last.query_row([log.cast_signed()], |row| row.get::<_, i64>(0))?.cast_unsigned() + 1
    };
    let mut seq = first;
    for new in events {
        let card = card_number(transaction, new.card)?;
        let other = new.change.other_card().map(|other| card_number(transaction, other)).transpose()?;
        let id = EventId { log, seq };
        let mut insert = transaction.prepare_cached(row::INSERT)?;
        row::insert(&mut insert, id, new.stamp, card, new.change, other)?;
        if let Some(given) = new.given {
            let detail =
                serde_json::to_string(&WrittenDetail { response: &given.response, shown: &given.shown })
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let mut insert =
                transaction.prepare_cached("INSERT INTO given (log, seq, detail) VALUES (?1, ?2, ?3)")?;
            insert.execute(rusqlite::params![log.cast_signed(), seq.cast_signed(), detail])?;
        }
        seq += 1;
    }
    Ok((first, seq))
}

/// The number of a card in the file, a new one if it has none.
fn card_number(conn: &Connection, card: &CardKey) -> rusqlite::Result<i64> {
    let key = (&*card.deck, &*card.question, card.facet.as_text());
    let mut find =
        conn.prepare_cached("SELECT id FROM card WHERE deck = ?1 AND question = ?2 AND facet = ?3")?;
    if let Some(number) = find.query_row((key.0, key.1, &key.2), |row| row.get(0)).optional()? {
        return Ok(number);
    }
    let mut insert = conn.prepare_cached("INSERT INTO card (deck, question, facet) VALUES (?1, ?2, ?3)")?;
    insert.insert((key.0, key.1, &key.2))
}

/// A [`Given`] as it is written, in JSON.
#[derive(Serialize)]
struct WrittenDetail<'a> {
    response: &'a Response,
    shown: &'a [String],
}

/// A [`Given`] as it is read.
#[derive(Deserialize)]
struct ReadDetail {
    response: Response,
    shown: Vec<String>,
}
