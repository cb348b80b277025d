//! Uniting two histories: what another progress file holds and this one does not is added to it. Events, tests and their
//! steps are sets with an identity for each member, so the union is the same in any order, and twice is once.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params_from_iter};

use super::adopt::{self, Adopter, EventDigest};
use super::block::BLOCK_EVENTS;
use super::error::StoreError;
use super::event_bytes::{PackedEvent, RowError, kind};
use super::log::{self, Cards, LogEnd};
use super::other_file::OtherProgress;
use super::{Store, packing};
use crate::domain::day::Stamp;
use crate::domain::event::EventId;
use crate::domain::ids::CardKey;

/// What another progress file adds to this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// Answers in the other file.
    pub answers: u64,
    /// Answers that are only there.
    pub new_answers: u64,
    /// Events that are only there, with these answers.
    pub new_events: u64,
    /// Tests in the other file.
    pub tests: u64,
    /// Tests that are only there.
    pub new_tests: u64,
    /// Steps of tests that are only there.
    pub new_test_steps: u64,
    /// Cards that get events.
    pub changed_cards: usize,
    /// When the last event here happened, before the other file is added. `None` without events.
    pub newest_here: Option<Stamp>,
    /// When the last event there happened.
    pub newest_there: Option<Stamp>,
    /// Ids of the decks that the other file has progress of.
    pub decks: BTreeSet<String>,
}

impl MergeSummary {
    /// Whether the other file holds something that is not here.
    pub fn has_news(&self) -> bool {
        self.new_events + self.new_tests + self.new_test_steps > 0
    }
}

/// Is told how many events of how many were read, and says whether to go on.
pub type MergeProgress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

impl Store {
    /// What [`Store::merge_from`] would add. Changes nothing. `None` if `progress` said to stop.
    ///
    /// # Errors
    /// The same as [`Store::merge_from`].
    pub fn preview_merge(
        &self,
        other: &Path,
        progress: MergeProgress<'_>,
    ) -> Result<Option<MergeSummary>, StoreError> {
        let other = OtherProgress::open(other, &self.path)?;
        let here = self.conn.unchecked_transaction().map_err(|error| self.sql_error(error))?;
        Union { store: self, here: &here, other: &other }.run(None, progress)
    }

    /// Adds what another data folder, or a backup file, holds and this one does not: events as they are, with their
    /// identities and order stamps, tests and their steps; all or nothing. The other file may be of any earlier version
    /// and in use; it is not changed. Whatever was folded from the events before is out of date then.
    /// `None` if `progress` said to stop; nothing was added then.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if both files have an entry of the same identity but not of the same content,
    /// [`StoreError::Itself`], [`StoreError::NoProgress`], and any error of reading the other file or of writing this one.
    /// Nothing was added then.
    pub fn merge_from(
        &mut self,
        other: &Path,
        progress: MergeProgress<'_>,
    ) -> Result<Option<MergeSummary>, StoreError> {
        let other = OtherProgress::open(other, &self.path)?;
        self.ensure_writable()?;
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)
            .map_err(|error| self.sql_error(error))?;
        let adopter = Adopter::begin(&transaction).map_err(|error| self.row_error(error))?;
        let union = Union { store: self, here: &transaction, other: &other };
        let Some(summary) = union.run(Some(adopter), progress)? else { return Ok(None) };
        let end = LogEnd::read(&transaction, self.log).map_err(|error| self.row_error(error))?;
        transaction.commit().map_err(|error| self.sql_error(error))?;
        self.end = end;
        self.summarised = None;
        tracing::info!(events = summary.new_events, tests = summary.new_tests, "another history added");
        Ok(Some(summary))
    }
}

/// Two files that are united in the first.
struct Union<'a> {
    store: &'a Store,
    here: &'a Connection,
    other: &'a OtherProgress,
}

/// What is new in the other file, while it is read.
struct News<'a> {
    summary: MergeSummary,
    /// What the events say whose identities may be in both.
    digests: HashMap<EventId, EventDigest>,
    changed_cards: HashSet<u32>,
    adopter: Option<Adopter<'a>>,
}

/// Reads the other file from one snapshot: another process may be writing to it.
impl<'a> Union<'a> {
    /// Compares the two, and adds what is new if there is an `adopter`.
    fn run(
        &self,
        adopter: Option<Adopter<'a>>,
        progress: MergeProgress<'_>,
    ) -> Result<Option<MergeSummary>, StoreError> {
        let there = self.other.conn().unchecked_transaction().map_err(|error| self.theirs(error))?;
        let summary = MergeSummary {
            newest_here: log::newest_stamp(self.here).map_err(|error| self.store.row_error(error))?,
            newest_there: log::newest_stamp(&there).map_err(|error| self.theirs(error))?,
            decks: decks(&there).map_err(|error| self.theirs(error))?,
            ..MergeSummary::default()
        };
        let adds = adopter.is_some();
        let mut news = News { summary, digests: HashMap::new(), changed_cards: HashSet::new(), adopter };
        if !self.events(&there, &mut news, progress)? {
            return Ok(None);
        }
        let News { mut summary, changed_cards, adopter, .. } = news;
        summary.changed_cards = changed_cards.len();
        if let Some(adopter) = adopter {
            adopter.finish().map_err(|error| self.store.row_error(error))?;
        }
        (summary.tests, summary.new_tests) = self.rows(&there, &TESTS, adds)?;
        (_, summary.new_test_steps) = self.rows(&there, &TEST_STEPS, adds)?;
        Ok(Some(summary))
    }

    /// Goes through all events of the other file. Returns whether it was not stopped.
    fn events(
        &self,
        there: &Connection,
        news: &mut News<'a>,
        progress: MergeProgress<'_>,
    ) -> Result<bool, StoreError> {
        let ours = |error| self.store.row_error(error);
        let ranges = log::ranges(there).map_err(|error| self.theirs(error))?;
        let spans = log::spans_within(self.here, &ranges).map_err(ours)?;
        let count = log::event_count(there).map_err(|error| self.theirs(error))?;
        let total = count + spans.iter().map(|span| span.end - span.start).sum::<u64>();
        let mut done = 0;
        let cards = Cards::read(self.here).map_err(ours)?;
        for span in spans {
            if !progress(done, total) {
                return Ok(false);
            }
            done += span.end - span.start;
            let note = |_, event: PackedEvent| {
                news.digests.insert(event.id, adopt::digest(&event, cards.get(event.card)));
                Ok(())
            };
            log::for_each_packed(self.here, span.start, span.end, note).map_err(ours)?;
        }
        let cards = Cards::read(there).map_err(|error| self.theirs(error))?;
        // Blocks have this many, so none is read twice.
        for from in (1..=count).step_by(BLOCK_EVENTS) {
            if !progress(done, total) {
                return Ok(false);
            }
            let mut events = Vec::with_capacity(BLOCK_EVENTS);
            log::for_each_packed(there, from, from + BLOCK_EVENTS as u64, |position, event| {
                events.push((position, event));
                Ok(())
            })
            .map_err(|error| self.theirs(error))?;
            done += events.len() as u64;
            for (position, event) in events {
                let card = cards.get(event.card);
                if card.is_none() && event.card > 0 {
                    return Err(self.theirs(log::no_card(position)));
                }
                self.event(event, card, news)?;
            }
        }
        Ok(true)
    }

    fn event(
        &self,
        event: PackedEvent,
        card: Option<&CardKey>,
        news: &mut News<'a>,
    ) -> Result<(), StoreError> {
        let is_answer = u64::from(event.kind == kind::ANSWER);
        news.summary.answers += is_answer;
        let digest = adopt::digest(&event, card);
        match news.digests.entry(event.id) {
            Entry::Occupied(known) if known.get().agrees_with(&digest) => return Ok(()),
            Entry::Occupied(_) => {
                return Err(self.conflict(format!("number {} of log {}", event.id.seq, event.id.log)));
            }
            Entry::Vacant(place) => place.insert(digest),
        };
        news.summary.new_answers += is_answer;
        news.summary.new_events += 1;
        if card.is_some() {
            news.changed_cards.insert(event.card);
        }
        match &mut news.adopter {
            Some(adopter) => adopter.add(event, card).map_err(|error| self.store.row_error(error)),
            None => Ok(()),
        }
    }

    /// Goes through all rows of a table. Returns how many there are in the other file, and how many only there.
    fn rows(&self, there: &Connection, table: &Table, adds: bool) -> Result<(u64, u64), StoreError> {
        let ours = |error| self.store.sql_error(error);
        let all = table.rows(there).map_err(|error| self.theirs(error))?;
        let mut new = 0;
        for row in &all {
            match table.find(self.here, row).map_err(ours)? {
                Some(known) if known == *row => {}
                Some(_) => {
                    let id: Vec<String> = row[..table.key_columns].iter().map(number).collect();
                    return Err(self.conflict(format!("{} {}", table.name, id.join(" "))));
                }
                None if adds => {
                    table.insert(self.here, row).map_err(ours)?;
                    new += 1;
                }
                None => new += 1,
            }
        }
        Ok((all.len() as u64, new))
    }

    fn conflict(&self, what: String) -> StoreError {
        StoreError::Conflict { path: self.store.path.clone(), other: self.other.path.clone(), what }
    }

    fn theirs(&self, error: impl Into<RowError>) -> StoreError {
        self.other.error(error.into())
    }
}

/// The decks that a file has progress of.
fn decks(conn: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    conn.prepare("SELECT DISTINCT deck FROM card")?.query_map([], |row| row.get(0))?.collect()
}

/// A table whose rows are only ever added, each with an identity in its first columns.
struct Table {
    name: &'static str,
    columns: &'static str,
    key_columns: usize,
    select: &'static str,
}

const TESTS: Table = Table {
    name: "test",
    columns: "log, seq, at_ms, offset_minutes, day, paper",
    key_columns: 2,
    select: "WHERE log = ?1 AND seq = ?2",
};

const TEST_STEPS: Table = Table {
    name: "test_step",
    columns: "log, seq, by_log, nth, at_ms, clock_ms, kind, act",
    key_columns: 4,
    select: "WHERE log = ?1 AND seq = ?2 AND by_log = ?3 AND nth = ?4",
};

impl Table {
    fn rows(&self, conn: &Connection) -> rusqlite::Result<Vec<Vec<Value>>> {
        let mut statement = conn.prepare(&format!("SELECT {} FROM {}", self.columns, self.name))?;
        statement.query_map([], packing::values)?.collect()
    }

    fn find(&self, conn: &Connection, row: &[Value]) -> rusqlite::Result<Option<Vec<Value>>> {
        let sql = format!("SELECT {} FROM {} {}", self.columns, self.name, self.select);
        let key = params_from_iter(&row[..self.key_columns]);
        conn.prepare_cached(&sql)?.query_row(key, packing::values).optional()
    }

    fn insert(&self, conn: &Connection, row: &[Value]) -> rusqlite::Result<()> {
        let places = vec!["?"; row.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({places})", self.name, self.columns);
        conn.prepare_cached(&sql)?.execute(params_from_iter(row)).map(drop)
    }
}

/// A number of an identity for people.
fn number(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.cast_unsigned().to_string(),
        other => format!("{other:?}"),
    }
}
