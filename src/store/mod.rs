//! The event log on disk: an SQLite file that is only ever appended to.
//!
//! Guarantees: when [`Store::append`] has returned, the event is on the disk. When it fails, nothing of the
//! event is on the disk, unless it says that the disk did not confirm ([`StoreError::Unconfirmed`]). A damaged file is
//! never changed, so that it can be examined. Nothing is written to a file that another program put in the place
//! of the one that was opened.
//!
//! `progress.db` is in write-ahead mode, so reading commands work while the window is open. A writer holds a
//! lock on `linchpin.lock` for as long as the [`Store`] lives. Backups are in `backups/`.

mod adopt;
mod attempts;
mod backup;
mod block;
mod error;
mod event_bytes;
mod file_stamp;
mod files;
mod generation;
mod header;
mod last_close;
mod lock;
mod log;
mod merge;
mod migrate;
mod open;
mod other_file;
mod packing;
mod restore;
mod store_log;
mod summaries;
mod thinning;
mod version_3;
mod writer;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::attempt::LoggedAttemptEvent;
use crate::domain::day::Stamp;
use crate::domain::event::{AnswerRecord, Change, Event, EventId};
use crate::domain::history::CardEvent;
use crate::domain::ids::CardKey;
use crate::domain::progress::ProgressChange;

pub use attempts::{AttemptId, StoredAttempt};
pub use backup::{BackupContent, BackupOccasion, StoredBackup};
pub use error::StoreError;
pub use merge::MergeSummary;
pub use restore::{RestorePreview, RestoredBackup};
pub use store_log::StoreLog;
pub use summaries::FoundProgress;

use event_bytes::{PackedEvent, RowError};
use lock::OpenHandleGuard;
use log::{Cards, LogEnd};
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
    /// What the next event needs. Not kept up by a reader.
    end: LogEnd,
    /// The position up to which the summaries in the file hold; `None` if that is not known.
    summarised: Option<u64>,
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

/// An event as it is read in the order of storage.
#[derive(Debug)]
pub struct LoggedEvent<'a> {
    /// Its place in the file, from 1, without gaps.
    pub position: u64,
    /// The card's number in this file, from 1.
    pub card_number: u32,
    /// The card's key.
    pub card: &'a CardKey,
    /// The event.
    pub event: CardEvent,
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
        let log_step = |step| {
            tracing::info!(?step, "progress of an earlier version");
            Ok(())
        };
        open::writer(dir, migrate::MIGRATIONS, &mut { log_step })
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

    /// Appends one event. It is on the disk when this returns. Writes two or three pages of 4 kB.
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
        let id = EventId { log: self.log, seq: self.end.seq };
        self.append_all(&[NewEvent { stamp, card, change, answer }]).map(|_| id)
    }

    /// Appends several events in this order, all or none, and returns them. They are on the disk when this returns.
    ///
    /// # Errors
    /// The same as [`Store::append`].
    pub fn append_all(&mut self, events: &[NewEvent<'_>]) -> Result<Vec<Event>, StoreError> {
        self.write(|transaction, log, end| insert_events(transaction, log, end, events))
    }

    /// Appends several events in this order, all or none, and steps of a test before them. `fold` says what they change,
    /// which is kept in the same transaction, so that the next start need not fold them. They are on the disk when this
    /// returns.
    ///
    /// # Errors
    /// The same as [`Store::append`].
    pub fn append_folded(
        &mut self,
        steps: Option<(AttemptId, &[LoggedAttemptEvent])>,
        events: &[NewEvent<'_>],
        fold: impl FnOnce(Vec<Event>) -> ProgressChange,
    ) -> Result<ProgressChange, StoreError> {
        let before = self.end.position - 1;
        let summarised = self.summarised;
        let (change, summarised) = self.write(|transaction, log, end| {
            if let Some((id, steps)) = steps {
                attempts::insert_attempt_events(transaction, log, id, steps)?;
            }
            let change = fold(insert_events(transaction, log, end, events)?);
            // Where the file has no summaries of what came before, the next start makes all of them.
            let position = end.position - 1;
            let is_kept =
                summarised == Some(before) && summaries::write_change(transaction, position, &change)?;
            Ok((change, is_kept.then_some(position)))
        })?;
        self.summarised = summarised;
        Ok(change)
    }

    /// Runs a transaction that may append events: all of it is on the disk when this returns, or nothing.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, u64, &mut LogEnd) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.ensure_writable()?;
        let mut end = self.end;
        let written = (|| {
            let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction, self.log, &mut end)?;
            transaction.commit()?;
            Ok(result)
        })();
        let result = written.map_err(|error| self.sql_error(error))?;
        self.end = end;
        Ok(result)
    }

    /// Moves the events that have gathered since the last time into compressed blocks, if there are more than 8,192.
    /// Takes about 0.1 s then; for quiet moments, never on the way of an answer. Opening for writing and backups call it.
    ///
    /// # Errors
    /// The same as [`Store::append`], and [`StoreError::Damaged`]. Nothing was moved then.
    pub fn seal(&self) -> Result<(), StoreError> {
        let recent = self.conn.query_row("SELECT count(*) FROM recent", [], |row| row.get::<_, u32>(0));
        if recent.map_err(|error| self.sql_error(error))? as usize <= 2 * block::BLOCK_EVENTS {
            return Ok(());
        }
        self.ensure_writable()?;
        let sealed = (|| -> Result<usize, RowError> {
            let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
            let sealed = log::seal(&transaction)?;
            transaction.commit()?;
            Ok(sealed)
        })();
        let events = sealed.map_err(|error| self.row_error(error))?;
        tracing::info!(events, "events sealed");
        Ok(())
    }

    /// How many events there are, with those that this version does not know. Does not depend on how many.
    ///
    /// # Errors
    /// Any error that prevents reading, as for all functions that read.
    pub fn event_count(&self) -> Result<u64, StoreError> {
        log::event_count(&self.conn).map_err(|error| self.sql_error(error))
    }

    /// How many events were written by a later version and are skipped by this one. Reads the whole log.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn unknown_events(&self) -> Result<u64, StoreError> {
        let mut unknown = 0;
        self.read(|conn| {
            log::for_each_event(
                conn,
                1,
                u64::MAX,
                |_| true,
                |event| {
                    unknown += u64::from(event.change.is_none());
                    Ok(())
                },
            )
        })?;
        Ok(unknown)
    }

    /// All events in the order in which they are folded: by order stamp, log id and sequence number. Without what was
    /// answered. Holds all of them in memory.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and [`StoreError::UnknownEntry`] for a card of a later version.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::with_capacity(usize::try_from(self.event_count()?).unwrap_or(0));
        self.for_each_event(1, u64::MAX, |event| {
            events.push(event.event.of_card(event.card.clone()));
            ControlFlow::Continue(())
        })?;
        events.sort_by_key(Event::fold_order);
        Ok(events)
    }

    /// The events of some cards up to a position, in the order in which they were stored. Reads a fourth of the log for one
    /// card (4 MB of a million events) and all figures of it for many.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn events_of(&self, cards: &[CardKey], last: u64) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.read(|conn| {
            let mut keys: HashMap<u32, &CardKey> = HashMap::new();
            for card in cards {
                if let Some(number) = log::find_card(conn, card)? {
                    keys.insert(number, card);
                }
            }
            let mut wanted = vec![false; keys.keys().max().map_or(0, |last| *last as usize + 1)];
            keys.keys().for_each(|number| wanted[*number as usize] = true);
            let is_wanted = |card: u32| wanted.get(card as usize).is_some_and(|wanted| *wanted);
            log::for_each_event(conn, 1, last.saturating_add(1), is_wanted, |event| {
                let key = keys.get(&event.card).copied();
                events.extend(log::with_key(event, key)?);
                Ok(())
            })
        })?;
        Ok(events)
    }

    /// Calls `each` for the events from a position (counted from 1) until before another, in the order in which they were
    /// stored, until it breaks off. Reads the keys of all cards once, then block by block.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading. `each` may have been called for some events
    /// then.
    pub fn for_each_event(
        &self,
        from: u64,
        until: u64,
        mut each: impl FnMut(LoggedEvent<'_>) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let goes_on = Cell::new(true);
        self.read(|conn| {
            let cards = Cards::read(conn)?;
            log::for_each_event(
                conn,
                from.max(1),
                until,
                // Blocks of which nothing is wanted are hardly read.
                |_| goes_on.get(),
                |event| {
                    let Some(change) = event.change else { return Ok(()) };
                    let (id, order_ms, stamp) = (event.id, event.order_ms, event.stamp);
                    let found = each(LoggedEvent {
                        position: event.position,
                        card_number: event.card,
                        card: cards.get(event.card).ok_or_else(|| log::no_card(event.position))?,
                        event: CardEvent { id, order_ms, stamp, change },
                    });
                    goes_on.set(found.is_continue());
                    Ok(())
                },
            )
        })
    }

    /// What was asked and answered in an event. `None` if nothing was noted, or in a form of a later version. Reads the newest events or one block, about
    /// 2 ms; for many events there is [`Store::answer_records`].
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn answer_record(&self, id: EventId) -> Result<Option<AnswerRecord>, StoreError> {
        self.answer_records(&[id]).map(|mut found| found.remove(&id))
    }

    /// What was asked and answered in several events, those of them where it was noted. Reads each block that has one of
    /// them once.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and any other error that prevents reading.
    pub fn answer_records(&self, ids: &[EventId]) -> Result<HashMap<EventId, AnswerRecord>, StoreError> {
        let ids: HashSet<EventId> = ids.iter().copied().collect();
        let mut found = HashMap::new();
        self.read(|conn| {
            log::for_each_answer(conn, &ids, |id, record| {
                found.insert(id, record);
            })
        })?;
        Ok(found)
    }

    /// The greatest order stamp in the file, in UTC milliseconds; `None` without events. Reads the newest events and a
    /// line of each block.
    ///
    /// # Errors
    /// Any error that prevents reading.
    pub fn last_order_ms(&self) -> Result<Option<i64>, StoreError> {
        self.read(|conn| {
            let end = LogEnd::read(conn, self.log)?;
            Ok((end.position > 1).then_some(end.last_order_ms))
        })
    }

    /// The order stamp that an event of a time gets if this store appends it now, in UTC milliseconds.
    pub fn next_order_ms(&self, stamp: Stamp) -> i64 {
        self.end.next_order_ms(stamp)
    }

    /// When the last event in fold order happened, by the clock of that time; `None` without events. Costs as
    /// [`Store::last_order_ms`], and a block.
    ///
    /// # Errors
    /// Any error that prevents reading.
    pub fn newest_stamp(&self) -> Result<Option<Stamp>, StoreError> {
        self.read(log::newest_stamp)
    }

    /// Reads from one snapshot, because another process may be writing.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, RowError>) -> Result<T, StoreError> {
        let read = || {
            let snapshot = self.conn.unchecked_transaction()?;
            work(&snapshot)
        };
        read().map_err(|error| self.row_error(error))
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

    /// Checks every page of the file, and that every event and every answer is as it was written. Takes a second for a
    /// million events. Use it in the background with a separate store, and before a backup.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first problem.
    pub fn check(&self) -> Result<(), StoreError> {
        open::check_pages(&self.conn, &self.path)
            .inspect_err(|error| self.skip_checkpoint_if_damaged(error))?;
        self.read(log::check_all)
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

    fn sql_error(&self, error: rusqlite::Error) -> StoreError {
        let error = match &self.writer {
            Some(writer) => writer.error(&self.conn, error),
            None => StoreError::sql(&self.path, error),
        };
        self.skip_checkpoint_if_damaged(&error);
        error
    }

    fn row_error(&self, error: RowError) -> StoreError {
        let error = match error {
            RowError::Sql(error) => return self.sql_error(error),
            error => open::row_error(&self.path, error),
        };
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

/// Appends events within a transaction, which may do more, and moves the end of the log.
fn insert_events(
    transaction: &Transaction<'_>,
    log: u64,
    end: &mut LogEnd,
    events: &[NewEvent<'_>],
) -> rusqlite::Result<Vec<Event>> {
    let unwritable =
        |error: Box<dyn std::error::Error + Send + Sync>| rusqlite::Error::ToSqlConversionFailure(error);
    let mut written = Vec::with_capacity(events.len());
    for new in events {
        let (kind, rest) =
            event_bytes::encode(new.change).ok_or_else(|| unwritable("a score that is no number".into()))?;
        let answer = new.answer.map(log::write_answer).transpose();
        let event = PackedEvent {
            id: EventId { log, seq: end.seq },
            order_ms: end.next_order_ms(new.stamp),
            stamp: new.stamp,
            card: log::card_number(transaction, new.card)?,
            kind,
            rest,
            answer: answer.map_err(|error| unwritable(error.into()))?,
        };
        log::insert(transaction, end.position, &event)?;
        *end = LogEnd { position: end.position + 1, seq: end.seq + 1, last_order_ms: event.order_ms };
        let PackedEvent { id, order_ms, stamp, .. } = event;
        written.push(Event { id, order_ms, stamp, card: new.card.clone(), change: new.change.clone() });
    }
    Ok(written)
}
