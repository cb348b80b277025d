//! The event log on disk: an SQLite file that is only ever appended to.
//!
//! Guarantees: when [`Store::append`] has returned, the event is on the disk. When it fails, nothing of the
//! event is on the disk, unless it says that the disk did not confirm ([`StoreError::Unconfirmed`]). A damaged file is
//! never changed, so that it can be examined. Nothing is written to a file that another program put in the place
//! of the one that was opened.
//!
//! `progress.db` is in write-ahead mode, so reading commands work while the window is open. A writer holds a
//! lock on `linchpin.lock` for as long as the [`Store`] lives. Backups are in `backups/`.

mod attempts;
mod backup;
mod error;
mod event_row;
mod file_stamp;
mod files;
mod generation;
mod header;
mod last_close;
mod lock;
mod migrate;
mod open;
mod thinning;
mod writer;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

use crate::domain::day::Stamp;
use crate::domain::event::{AnswerRecord, Change, Event, EventId};
use crate::domain::ids::CardKey;
use crate::domain::task::Response;

pub use attempts::{AttemptId, StoredAttempt};
pub use backup::{BackupContent, RestoredBackup, StoredBackup};
pub use error::StoreError;

use event_row::RowError;
use lock::OpenHandleGuard;
use writer::Writer;

/// The progress of a data directory.
///
/// A store can be sent to another thread but not shared. A background task, such as a check or a backup,
/// opens its own store with [`Store::open_read_only`].
#[derive(Debug)]
pub struct Store {
    // Dropped first: the lock and the guard must outlive the connection.
    conn: Connection,
    path: PathBuf,
    log: u64,
    /// `None` if there is no file. The log is then empty and in memory.
    open_handle: Option<OpenHandleGuard>,
    /// `None` if opened for reading.
    writer: Option<Writer>,
}

/// An event to append.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// When it happened.
    pub stamp: Stamp,
    /// The card that it changes.
    pub card: &'a CardKey,
    /// What it changes.
    pub change: &'a Change,
    /// What was asked and answered. Only for answers.
    pub answer: Option<&'a AnswerRecord>,
}

impl Store {
    /// Opens a data directory for reading and writing. Creates the directory and the progress file if they do
    /// not exist.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it open for writing. [`StoreError::Damaged`],
    /// [`StoreError::Newer`] and [`StoreError::ForeignFile`] for a file that cannot be used; the file is not
    /// changed. A missing or empty file counts as damaged if there is a backup or a write-ahead log.
    pub fn open(dir: &Path) -> Result<Store, StoreError> {
        open::writer(dir, migrate::MIGRATIONS)
            .inspect(|store| tracing::info!(log = store.log, "progress opened"))
            .inspect_err(|error| tracing::error!(error = error.kind(), "progress not opened"))
    }

    /// Opens a data directory for reading, even while another process writes to it. Never creates or changes
    /// the progress file. If there is none, the store is an empty log in memory. SQLite may leave an empty
    /// `-wal` and `-shm` file.
    ///
    /// # Errors
    /// The same as [`Store::open`], without `InUse`. [`StoreError::Older`] for a file that must be migrated
    /// first, which only a writer can do.
    pub fn open_read_only(dir: &Path) -> Result<Store, StoreError> {
        open::reader(dir, migrate::MIGRATIONS)
            .inspect_err(|error| tracing::error!(error = error.kind(), "progress not opened for reading"))
    }

    /// Appends one event. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::ReadOnly`], [`StoreError::Busy`] and [`StoreError::Io`].
    /// Nothing was appended then, and the store can still be used. After [`StoreError::Replaced`] and
    /// [`StoreError::Unconfirmed`] it appends nothing more.
    pub fn append(
        &mut self,
        stamp: Stamp,
        card: &CardKey,
        change: &Change,
        answer: Option<&AnswerRecord>,
    ) -> Result<EventId, StoreError> {
        self.ensure_writable()?;
        let added =
            append_in_transaction(&mut self.conn, self.log, &[NewEvent { stamp, card, change, answer }]);
        added.map(|(first, _)| EventId { log: self.log, seq: first }).map_err(|error| self.sql_error(error))
    }

    /// Appends several events in this order, all or none. They are on the disk when this returns.
    ///
    /// # Errors
    /// The same as [`Store::append`].
    pub fn append_all(&mut self, events: &[NewEvent<'_>]) -> Result<Vec<EventId>, StoreError> {
        self.ensure_writable()?;
        let added = append_in_transaction(&mut self.conn, self.log, events);
        let (first, end) = added.map_err(|error| self.sql_error(error))?;
        Ok((first..end).map(|seq| EventId { log: self.log, seq }).collect())
    }

    /// All events in the order in which they are replayed: by time, log id and sequence number. Without the
    /// answer records.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and [`StoreError::UnknownEntry`] instead of a history with gaps.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        self.read_events().map_err(|error| self.row_error(error))
    }

    /// What was asked and answered in an event. `None` if the event is not an answer.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn answer_record(&self, id: EventId) -> Result<Option<AnswerRecord>, StoreError> {
        let read = || -> Result<Option<String>, rusqlite::Error> {
            let mut statement =
                self.conn.prepare_cached("SELECT detail FROM given WHERE log = ?1 AND seq = ?2")?;
            statement.query_row([id.log.cast_signed(), id.seq.cast_signed()], |row| row.get(0)).optional()
        };
        let Some(text) = read().map_err(|error| self.sql_error(error))? else { return Ok(None) };
        let detail: StoredAnswer = serde_json::from_str(&text).map_err(|error| {
            self.row_error(RowError::Invalid(format!("answer {} of log {}: {error}", id.seq, id.log)))
        })?;
        Ok(Some(AnswerRecord { response: detail.response, shown_options: detail.shown }))
    }

    /// The random id of the log that this file appends to.
    pub fn log_id(&self) -> u64 {
        self.log
    }

    /// Whether it was opened for writing.
    pub fn is_writable(&self) -> bool {
        self.writer.is_some()
    }

    /// Path of the progress file, even if the file does not exist yet.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks every page of the file, and every index against its table. Takes seconds for a million events. Use it in
    /// the background with a separate store, and before a backup.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first problem.
    pub fn check(&self) -> Result<(), StoreError> {
        open::check_pages(&self.conn, &self.path).inspect_err(|error| self.skip_checkpoint_if_damaged(error))
    }

    /// Why nothing more is written, [`StoreError::Replaced`] or [`StoreError::Unconfirmed`]. `None` as long as it is.
    pub fn stopped(&self) -> Option<StoreError> {
        self.writer.as_ref().and_then(|writer| writer.ensure_not_stopped().err())
    }

    fn ensure_writable(&self) -> Result<(), StoreError> {
        match &self.writer {
            Some(writer) => writer.prepare(&self.conn),
            None => Err(StoreError::ReadOnly { path: self.path.clone() }),
        }
    }

    fn read_events(&self) -> Result<Vec<Event>, RowError> {
        // Read cards and events from one snapshot, because another process may be writing.
        let snapshot = self.conn.unchecked_transaction()?;
        let cards = event_row::read_cards(&snapshot)?;
        let count: i64 = snapshot.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
        let mut events = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
        let mut statement = snapshot.prepare_cached(event_row::SELECT)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            events.push(event_row::event_from_row(row, &cards)?);
        }
        Ok(events)
    }

    fn sql_error(&self, error: rusqlite::Error) -> StoreError {
        let error = match &self.writer {
            Some(writer) => writer.error(&self.conn, error),
            None => StoreError::sql(&self.path, error),
        };
        self.skip_checkpoint_if_damaged(&error);
        error
    }

    fn row_error(&self, error: RowError) -> StoreError {
        let error = open::row_error(&self.path, error);
        self.skip_checkpoint_if_damaged(&error);
        error
    }

    /// Logs an error. After damage, also keeps SQLite from moving the write-ahead log into the damaged file
    /// when it closes.
    fn skip_checkpoint_if_damaged(&self, error: &StoreError) {
        tracing::error!(error = error.kind(), "progress not read or written");
        if error.is_damage() {
            writer::leave_log(&self.conn);
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(writer) = &self.writer {
            writer.close(&self.conn);
        }
    }
}

/// Appends events in one transaction. Returns the range of their sequence numbers as (first, end). The
/// numbers continue from the last one in the file, so there are no gaps after a failure.
fn append_in_transaction(
    conn: &mut Connection,
    log: u64,
    events: &[NewEvent<'_>],
) -> rusqlite::Result<(u64, u64)> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let added = insert_events(&transaction, log, events)?;
    transaction.commit()?;
    Ok(added)
}

/// The same within an open transaction, which may do more.
fn insert_events(
    transaction: &Transaction<'_>,
    log: u64,
    events: &[NewEvent<'_>],
) -> rusqlite::Result<(u64, u64)> {
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
        let mut insert = transaction.prepare_cached(event_row::INSERT)?;
        event_row::insert(&mut insert, id, new.stamp, card, new.change, other)?;
        if let Some(answer) = new.answer {
            let detail = serde_json::to_string(&StoredAnswerRef {
                response: &answer.response,
                shown: &answer.shown_options,
            })
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let mut insert =
                transaction.prepare_cached("INSERT INTO given (log, seq, detail) VALUES (?1, ?2, ?3)")?;
            insert.execute(rusqlite::params![log.cast_signed(), seq.cast_signed(), detail])?;
        }
        seq += 1;
    }
    Ok((first, seq))
}

/// The number of a card in the file. Adds the card if it is new.
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

/// An [`AnswerRecord`] as it is written, in JSON.
#[derive(Serialize)]
struct StoredAnswerRef<'a> {
    response: &'a Response,
    shown: &'a [String],
}

/// An [`AnswerRecord`] as it is read.
#[derive(Deserialize)]
struct StoredAnswer {
    response: Response,
    shown: Vec<String>,
}
