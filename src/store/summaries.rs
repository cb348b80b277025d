//! The summaries of the cards, kept in the progress file, so that a start reads one small record a card and no event.
//!
//! They are a cache of the log: written in the transaction that appends the events, and made anew from the log wherever
//! they are missing, damaged, or made by other rules. A program that does not know them leaves them behind the log; the
//! events after them are then folded at the next start.
//!
//! Page `p` of the table `card_state` has the records of the cards `p * PAGE_CARDS + 1` and following. It begins with a
//! checksum, and with the position of the last event when it was written; the greatest of all pages is the position up to
//! which the summaries hold. A record begins with its length, which is 0 for a card without a summary.
//! Another layout needs another [`RULES_VERSION`](crate::domain::summary::RULES_VERSION).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use foldhash::fast::RandomState;
use rusqlite::{Connection, OptionalExtension, Transaction};
use twox_hash::XxHash3_128;

use super::event_bytes::{self, PackedEvent, RowError};
use super::log::{self, Cards};
use super::{Store, StoreError};
use crate::domain::event::Event;
use crate::domain::progress::{CardMap, Progress, ProgressChange, StoredProgress};
use crate::domain::summary::{CardSummary, SummaryRules};

/// Number of cards in a page. So many fit into 4 kB, a page of the file, even if eight of them have a high-confidence error.
const PAGE_CARDS: u32 = 38;

const CREATE: &str = "
    CREATE TABLE card_state (page INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
    CREATE TABLE card_decision (
        position       INTEGER PRIMARY KEY,
        log            INTEGER NOT NULL,
        seq            INTEGER NOT NULL,
        order_ms       INTEGER NOT NULL,
        at_ms          INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        day            INTEGER NOT NULL,
        card           INTEGER NOT NULL,
        kind           INTEGER NOT NULL,
        rest           BLOB    NOT NULL,
        answer         BLOB,
        checksum       INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE card_rules (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), rules BLOB NOT NULL) STRICT;
";

/// What a start reads.
#[derive(Debug)]
pub struct FoundProgress {
    /// The fold that was kept.
    pub stored: StoredProgress,
    /// The events after it, in the order in which they were stored.
    pub later: Vec<Event>,
}

impl Store {
    /// The summaries that were kept, and the events after them. `None` if they have to be made from the log: there are
    /// none, they were made by other rules, or they are damaged.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for damage of the log or of the whole file, and any other error that prevents reading.
    pub fn kept_progress(&mut self, rules: &SummaryRules) -> Result<Option<FoundProgress>, StoreError> {
        let found = self.read(|conn| read(conn, rules))?;
        if let Some(found) = &found {
            self.summarised = Some(found.stored.event_count as u64);
        }
        Ok(found)
    }

    /// Keeps a fold of all events, in the place of what was kept.
    ///
    /// # Errors
    /// The same as [`Store::append`].
    pub fn keep_progress(&mut self, progress: &Progress) -> Result<(), StoreError> {
        self.summarised = None;
        let position = self.write(|transaction, _, end| {
            write_all(transaction, end.position - 1, progress)?;
            Ok(end.position - 1)
        })?;
        self.summarised = Some(position);
        tracing::info!(cards = progress.cards().len(), "summaries kept");
        Ok(())
    }

    /// Keeps what the events change that [`Store::kept_progress`] found after the summaries.
    ///
    /// # Errors
    /// The same as [`Store::append`].
    pub fn keep_later(&mut self, change: &ProgressChange) -> Result<(), StoreError> {
        let (position, is_kept) = self.write(|transaction, _, end| {
            let position = end.position - 1;
            Ok((position, write_change(transaction, position, change)?))
        })?;
        self.summarised = is_kept.then_some(position);
        Ok(())
    }

    /// From now on the events are folded by other rules than the summaries in the file, until [`Store::keep_progress`].
    pub fn stop_keeping(&mut self) {
        self.summarised = None;
    }
}

/// Makes the next start fold the whole log.
pub(super) fn forget(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("DROP TABLE IF EXISTS card_rules")
}

/// Removes all that is kept. It is made anew from the log.
pub(super) fn drop_tables(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DROP TABLE IF EXISTS card_state; DROP TABLE IF EXISTS card_decision; DROP TABLE IF EXISTS card_rules",
    )
}

/// The place of a card: its page, and its place in it.
fn place(number: u32) -> (u32, usize) {
    let nth = number.saturating_sub(1);
    (nth / PAGE_CARDS, (nth % PAGE_CARDS) as usize)
}

fn page_count(cards: &Cards) -> u32 {
    cards.last().div_ceil(PAGE_CARDS)
}

/// The records of a page; empty for a card without a summary.
type Records = Vec<Vec<u8>>;

/// The low half of the hash that is used everywhere in the file.
fn checksum(page: u32, data: &[u8]) -> [u8; 8] {
    let hash = XxHash3_128::oneshot_with_seed(page.into(), data).to_le_bytes();
    std::array::from_fn(|at| hash[at])
}

fn encode(page: u32, position: u64, records: &Records) -> Vec<u8> {
    let mut data = vec![0; 8];
    data.extend(position.to_le_bytes());
    for record in records {
        // A record is shorter than 256 bytes.
        data.push(u8::try_from(record.len()).unwrap_or(0));
        data.extend(record);
    }
    let sum = checksum(page, &data[8..]);
    data[..8].copy_from_slice(&sum);
    data
}

/// Calls `each` with the places and records of a page. Returns its position; `None` if it is damaged.
fn decode(page: u32, data: &[u8], mut each: impl FnMut(usize, &[u8]) -> Option<()>) -> Option<u64> {
    let (sum, rest) = data.split_first_chunk::<8>()?;
    if checksum(page, rest) != *sum {
        return None;
    }
    let (position, mut rest) = rest.split_first_chunk::<8>()?;
    for at in 0..PAGE_CARDS as usize {
        let (length, from_record) = rest.split_first()?;
        let (record, after) = from_record.split_at_checked(usize::from(*length))?;
        each(at, record)?;
        rest = after;
    }
    Some(u64::from_le_bytes(*position))
}

fn read(conn: &Connection, rules: &SummaryRules) -> Result<Option<FoundProgress>, RowError> {
    let tables =
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('card_state', 'card_decision', 'card_rules')";
    if conn.query_row(tables, [], |row| row.get::<_, u32>(0))? < 3 {
        return Ok(None);
    }
    let found: Option<Vec<u8>> =
        conn.query_row("SELECT rules FROM card_rules", [], |row| row.get(0)).optional()?;
    if found.is_none_or(|found| found != rules.to_bytes()) {
        return Ok(None);
    }
    let cards = Cards::read(conn)?;
    let Some((summaries, position)) = read_pages(conn, &cards)? else { return Ok(None) };
    let count = log::event_count(conn)?;
    // All cards must be there; those that only later events know are not yet.
    let is_whole = position <= count && (position < count || summaries.pages >= page_count(&cards));
    let Some(decisions) = read_decisions(conn, &cards)?.filter(|_| is_whole) else { return Ok(None) };
    let mut later = Vec::new();
    log::for_each_event(
        conn,
        position + 1,
        count + 1,
        |_| true,
        |event| {
            let key = cards.get(event.card);
            later.extend(log::with_key(event, key)?);
            Ok(())
        },
    )?;
    if later.len() as u64 != count - position {
        // Events that only a later version knows are among them. Positions in the log count them as well, so the log is
        // folded as a whole.
        return Ok(None);
    }
    let stored = StoredProgress {
        cards: summaries.cards,
        decisions,
        event_count: usize::try_from(position).unwrap_or(usize::MAX),
        newest_ms: log::newest_order_ms(conn, position)?,
    };
    Ok(Some(FoundProgress { stored, later }))
}

struct Summaries {
    cards: CardMap,
    pages: u32,
}

/// All summaries, and the position up to which they hold. `None` if a page is damaged or missing.
fn read_pages(conn: &Connection, cards: &Cards) -> Result<Option<(Summaries, u64)>, RowError> {
    let mut statement = conn.prepare("SELECT page, data FROM card_state ORDER BY page")?;
    let mut rows = statement.query([])?;
    let cards_by_key = CardMap::with_capacity_and_hasher(cards.last() as usize, RandomState::default());
    let mut found = Summaries { cards: cards_by_key, pages: 0 };
    let mut position = 0;
    while let Some(row) = rows.next()? {
        let page = found.pages;
        let data = row.get_ref(1)?.as_blob().unwrap_or_default();
        let take = |at: usize, record: &[u8]| {
            if !record.is_empty() {
                let number = page.checked_mul(PAGE_CARDS)?.checked_add(u32::try_from(at + 1).ok()?)?;
                found.cards.insert(cards.get(number)?.clone(), CardSummary::from_bytes(record)?);
            }
            Some(())
        };
        let is_next = row.get::<_, i64>(0)? == i64::from(page);
        match decode(page, data, take).filter(|_| is_next) {
            Some(of_page) => position = position.max(of_page),
            None => {
                tracing::warn!(page, "summaries are damaged");
                return Ok(None);
            }
        }
        found.pages += 1;
    }
    Ok(Some((found, position)))
}

/// The events that decide which card is which. `None` if they are damaged.
fn read_decisions(conn: &Connection, cards: &Cards) -> Result<Option<Vec<Event>>, RowError> {
    let mut decisions = Some(Vec::new());
    let read = log::for_each_row(conn, "card_decision", 0, u64::MAX, |_, event| {
        let change = event_bytes::decode(event.kind, &event.rest)?;
        match (cards.get(event.card), change, &mut decisions) {
            (Some(card), Some(change), Some(decisions)) => {
                let PackedEvent { id, order_ms, stamp, .. } = event;
                decisions.push(Event { id, order_ms, stamp, card: card.clone(), change });
            }
            _ => decisions = None,
        }
        Ok(())
    });
    match read {
        Ok(()) => Ok(decisions),
        Err(RowError::Sql(error)) => Err(error.into()),
        Err(RowError::Invalid(_) | RowError::Unknown(_)) => Ok(None),
    }
}

fn write_page(
    transaction: &Transaction<'_>,
    page: u32,
    position: u64,
    records: &Records,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO card_state (page, data) VALUES (?1, ?2)")?
        .execute((page, encode(page, position, records)))?;
    Ok(())
}

/// Writes the summaries that events changed, up to the last of them, which has this position. Returns false if what is
/// there is damaged: it is marked, so that the next start makes all summaries anew.
pub(super) fn write_change(
    transaction: &Transaction<'_>,
    position: u64,
    change: &ProgressChange,
) -> rusqlite::Result<bool> {
    let mut pages: BTreeMap<u32, Records> = BTreeMap::new();
    for (key, summary) in change.cards() {
        let (page, at) = place(log::card_number(transaction, key)?);
        let records = match pages.entry(page) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let Some(records) = read_page(transaction, page)? else {
                    transaction.execute("DELETE FROM card_rules", [])?;
                    return Ok(false);
                };
                place.insert(records)
            }
        };
        records[at] = summary.map(CardSummary::to_bytes).unwrap_or_default();
    }
    for (page, records) in &pages {
        write_page(transaction, *page, position, records)?;
    }
    for decision in change.decisions() {
        insert_decision(transaction, decision)?;
    }
    Ok(true)
}

/// The records of a page, empty ones if there is no such page; `None` if it is damaged.
fn read_page(transaction: &Transaction<'_>, page: u32) -> rusqlite::Result<Option<Records>> {
    let select = "SELECT data FROM card_state WHERE page = ?1";
    let data: Option<Vec<u8>> =
        transaction.prepare_cached(select)?.query_row([page], |row| row.get(0)).optional()?;
    let mut records = vec![Vec::new(); PAGE_CARDS as usize];
    let Some(data) = data else { return Ok(Some(records)) };
    let read = decode(page, &data, |at, record| {
        records[at] = record.to_vec();
        Some(())
    });
    Ok(read.map(|_| records))
}

fn insert_decision(transaction: &Transaction<'_>, decision: &Event) -> rusqlite::Result<()> {
    let Some((kind, rest)) = event_bytes::encode(&decision.change) else { return Ok(()) };
    let next = "SELECT coalesce(max(position), 0) + 1 FROM card_decision";
    let nth: i64 = transaction.prepare_cached(next)?.query_row([], |row| row.get(0))?;
    let Event { id, order_ms, stamp, .. } = *decision;
    let card = log::card_number(transaction, &decision.card)?;
    let packed = PackedEvent { id, order_ms, stamp, card, kind, rest, answer: None };
    log::insert_into(transaction, "card_decision", nth.cast_unsigned(), &packed)
}

/// Writes all summaries of a fold of all events.
fn write_all(transaction: &Transaction<'_>, position: u64, progress: &Progress) -> rusqlite::Result<()> {
    // Those that are there may be of another version.
    drop_tables(transaction)?;
    transaction.execute_batch(CREATE)?;
    // Progress may have moved to a card without events.
    for card in progress.moved_cards() {
        log::card_number(transaction, card)?;
    }
    let cards = match Cards::read(transaction) {
        Ok(cards) => cards,
        Err(RowError::Sql(error)) => return Err(error),
        // A card of a later version: the next start folds again.
        Err(RowError::Invalid(_) | RowError::Unknown(_)) => return Ok(()),
    };
    for page in 0..page_count(&cards) {
        let numbers = (page * PAGE_CARDS + 1..).take(PAGE_CARDS as usize);
        let summary = |number| progress.summary(cards.get(number)?);
        let records: Records =
            numbers.map(|number| summary(number).map(CardSummary::to_bytes).unwrap_or_default()).collect();
        write_page(transaction, page, position, &records)?;
    }
    for decision in progress.decisions() {
        insert_decision(transaction, &decision)?;
    }
    transaction
        .execute("INSERT INTO card_rules (only_row, rules) VALUES (1, ?1)", [progress.rules().to_bytes()])?;
    Ok(())
}
