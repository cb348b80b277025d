//! The log in the tables `recent` and `block`: appending to the one, sealing into the other, and reading both as one
//! sequence of events. Functions that read want one snapshot for all that they do.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use twox_hash::XxHash3_128;

use super::block::{self, Answers, BLOCK_EVENTS, Block, BlockHeader, BlockReader, LogRange, Part};
use super::event_bytes::{self, PackedEvent, RowError, SAYS_NOTHING};
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::{AnswerRecord, Change, Event, EventId};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::task::Response;

/// How many of the newest events are read when the file is opened, as a quick check.
const CHECKED_EVENTS: u64 = 32;

/// Where the log ends: what the next event needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogEnd {
    /// The position of the next event.
    pub position: u64,
    /// The sequence number of the next event of this file's log.
    pub seq: u64,
    /// The greatest order stamp in the file; the least number without events.
    pub last_order_ms: i64,
}

/// An event as it is read, without its card's key.
#[derive(Clone, Debug)]
pub(super) struct ReadEvent {
    pub position: u64,
    pub id: EventId,
    pub order_ms: i64,
    pub stamp: Stamp,
    /// The number of its card; 0 for none.
    pub card: u32,
    /// `None` if this version does not know it.
    pub change: Option<Change>,
}

impl LogEnd {
    /// For a store that appends nothing.
    pub const UNREAD: Self = Self { position: 1, seq: 1, last_order_ms: i64::MIN };

    /// The order stamp that an event of a time gets if it is appended now: after all others, also where the clock was
    /// set back.
    pub fn next_order_ms(&self, stamp: Stamp) -> i64 {
        stamp.utc_ms.max(self.last_order_ms.saturating_add(1))
    }

    /// Reads the end of the log `log`. Reads the newest events and a line of each block.
    pub fn read(conn: &Connection, log: u64) -> Result<Self, RowError> {
        let (mut seq, mut last_order_ms): (u64, i64) = conn.query_row(
            "SELECT coalesce(max(seq) FILTER (WHERE log = ?1), 0), coalesce(max(order_ms), ?2) FROM recent",
            (log.cast_signed(), i64::MIN),
            |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)),
        )?;
        for header in headers(conn)? {
            last_order_ms = last_order_ms.max(header.last_order_ms);
            let greatest = header.ranges.iter().filter(|range| range.0 == log).map(|range| range.2).max();
            seq = seq.max(greatest.unwrap_or(0));
        }
        Ok(Self { position: event_count(conn)? + 1, seq: seq + 1, last_order_ms })
    }
}

/// How many events there are, known or not: the position of the last one.
pub(super) fn event_count(conn: &Connection) -> rusqlite::Result<u64> {
    let newest: Option<i64> = conn.query_row("SELECT max(position) FROM recent", [], |row| row.get(0))?;
    newest.map_or_else(|| sealed_count(conn), |position| Ok(position.cast_unsigned()))
}

/// An order stamp that none of the first `count` events exceeds; `None` without events.
pub(super) fn newest_order_ms(conn: &Connection, count: u64) -> Result<Option<i64>, RowError> {
    let newest = "SELECT max(order_ms) FROM recent WHERE position <= ?1";
    let recent: Option<i64> = conn.query_row(newest, [count.cast_signed()], |row| row.get(0))?;
    let sealed = headers(conn)?.into_iter().filter(|header| header.first <= count);
    Ok(recent.max(sealed.map(|header| header.last_order_ms).max()))
}

/// How many events are in blocks.
fn sealed_count(conn: &Connection) -> rusqlite::Result<u64> {
    let last = "SELECT first + count - 1 FROM block ORDER BY first DESC LIMIT 1";
    let last: Option<i64> = conn.query_row(last, [], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or(0).cast_unsigned())
}

const INSERT: &str = " (position, log, seq, order_ms, at_ms, offset_minutes, day, card, kind, rest, \
    answer, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

const SELECT: &str = "SELECT position, log, seq, order_ms, at_ms, offset_minutes, day, card, kind, rest, answer, \
    checksum FROM ";

/// Inserts a row at a position, which no row may have.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    position: u64,
    event: &PackedEvent,
) -> rusqlite::Result<()> {
    insert_into(transaction, "recent", position, event)
}

/// Inserts a row into a table that has the columns of `recent`.
pub(super) fn insert_into(
    transaction: &Transaction<'_>,
    table: &str,
    position: u64,
    event: &PackedEvent,
) -> rusqlite::Result<()> {
    transaction.prepare_cached(&format!("INSERT INTO {table}{INSERT}"))?.execute(rusqlite::params![
        position.cast_signed(),
        event.id.log.cast_signed(),
        event.id.seq.cast_signed(),
        event.order_ms,
        event.stamp.utc_ms,
        event.stamp.offset_minutes,
        event.stamp.day.0,
        event.card,
        event.kind,
        event.rest,
        event.answer,
        checksum(position, event),
    ])?;
    Ok(())
}

/// Against flipped bits, which SQLite does not notice.
fn checksum(position: u64, event: &PackedEvent) -> i64 {
    let mut hasher = XxHash3_128::new();
    for number in [
        position,
        event.id.log,
        event.id.seq,
        event.order_ms.cast_unsigned(),
        event.stamp.utc_ms.cast_unsigned(),
        i64::from(event.stamp.offset_minutes).cast_unsigned(),
        i64::from(event.stamp.day.0).cast_unsigned(),
        event.card.into(),
        event.kind.into(),
        event.rest.len() as u64,
        event.answer.as_ref().map_or(0, |answer| answer.len() as u64 + 1),
    ] {
        hasher.write(&number.to_le_bytes());
    }
    hasher.write(&event.rest);
    hasher.write(event.answer.as_deref().unwrap_or_default());
    #[expect(clippy::cast_possible_truncation, reason = "the low half")]
    let low = hasher.finish_128() as u64;
    low.cast_signed()
}

fn packed_from_row(row: &Row<'_>) -> Result<(u64, PackedEvent), RowError> {
    let position = row.get::<_, i64>(0)?.cast_unsigned();
    let event = PackedEvent {
        id: EventId {
            log: row.get::<_, i64>(1)?.cast_unsigned(),
            seq: row.get::<_, i64>(2)?.cast_unsigned(),
        },
        order_ms: row.get(3)?,
        stamp: Stamp { utc_ms: row.get(4)?, offset_minutes: row.get(5)?, day: StudyDay(row.get(6)?) },
        card: row.get(7)?,
        kind: row.get(8)?,
        rest: row.get(9)?,
        answer: row.get(10)?,
    };
    match checksum(position, &event) == row.get::<_, i64>(11)? {
        true => Ok((position, event)),
        false => Err(RowError::Invalid(format!("entry {position} is not as it was written"))),
    }
}

/// Calls `each` for the newest events, those in rows, from a position until before another.
fn for_each_recent(
    conn: &Connection,
    from: u64,
    until: u64,
    mut each: impl FnMut(u64, PackedEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let mut next = from;
    for_each_row(conn, "recent", from, until, |position, event| {
        if position != next {
            return Err(RowError::Invalid(format!("entry {next} is missing")));
        }
        next += 1;
        each(position, event)
    })
}

/// Calls `each` for the rows of a table that has the columns of `recent`, from a position until before another.
pub(super) fn for_each_row(
    conn: &Connection,
    table: &str,
    from: u64,
    until: u64,
    mut each: impl FnMut(u64, PackedEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let select = format!("{SELECT}{table} WHERE position >= ?1 AND position < ?2 ORDER BY position");
    let mut statement = conn.prepare_cached(&select)?;
    let until = i64::try_from(until).unwrap_or(i64::MAX);
    let mut rows = statement.query((from.cast_signed(), until))?;
    while let Some(row) = rows.next()? {
        let (position, event) = packed_from_row(row)?;
        each(position, event)?;
    }
    Ok(())
}

/// Moves the oldest rows into blocks, as many as fill whole ones. Returns how many events were moved.
pub(super) fn seal(transaction: &Transaction<'_>) -> Result<usize, RowError> {
    seal_rows(transaction, |rows| rows / BLOCK_EVENTS * BLOCK_EVENTS)
}

/// Moves all rows into blocks, of which the last may be a small one.
pub(super) fn seal_all(transaction: &Transaction<'_>) -> Result<usize, RowError> {
    seal_rows(transaction, |rows| rows)
}

/// Moves the oldest rows into blocks; `take` says how many, of all there are.
fn seal_rows(transaction: &Transaction<'_>, take: impl Fn(usize) -> usize) -> Result<usize, RowError> {
    let (first, events) = unsealed(transaction)?;
    let taken = take(events.len());
    for (position, events) in (first..).step_by(BLOCK_EVENTS).zip(events[..taken].chunks(BLOCK_EVENTS)) {
        insert_checked_block(transaction, position, events)?;
    }
    delete_rows_before(transaction, first + taken as u64)?;
    Ok(taken)
}

/// The events that are in no block, and the position of the first.
pub(super) fn unsealed(conn: &Connection) -> Result<(u64, Vec<PackedEvent>), RowError> {
    let first = sealed_count(conn)? + 1;
    let mut events = Vec::new();
    for_each_recent(conn, first, u64::MAX, |_, event| {
        events.push(event);
        Ok(())
    })?;
    Ok((first, events))
}

/// Writes events into a block and reads it again: what cannot be read back is not sealed.
pub(super) fn insert_checked_block(
    transaction: &Transaction<'_>,
    position: u64,
    events: &[PackedEvent],
) -> Result<(), RowError> {
    insert_block(transaction, &block::encode(position, events)?)?;
    let mut sealed = events.iter();
    for_each_packed(transaction, position, position + events.len() as u64, |_, event| {
        match sealed.next().is_some_and(|wanted| *wanted == event) {
            true => Ok(()),
            false => Err(RowError::Invalid("a new block is not what it was made from".to_owned())),
        }
    })
}

/// Removes the rows of events that are in blocks.
pub(super) fn delete_rows_before(transaction: &Transaction<'_>, position: u64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM recent WHERE position < ?1", [position.cast_signed()]).map(drop)
}

pub(super) fn insert_block(conn: &Connection, block: &Block) -> rusqlite::Result<()> {
    let header = &block.header;
    conn.prepare_cached(
        "INSERT INTO block (first, count, last_order_ms, ranges, checksums, cards, columns, answers) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(rusqlite::params![
        header.first.cast_signed(),
        header.count,
        header.last_order_ms,
        block::write_ranges(&header.ranges),
        header.sums.iter().flat_map(|sum| sum.to_le_bytes()).collect::<Vec<u8>>(),
        block.cards,
        block.columns,
        block.answers,
    ])?;
    Ok(())
}

/// The headers of all blocks, in order. Fails if one is missing.
fn headers(conn: &Connection) -> Result<Vec<BlockHeader>, RowError> {
    let mut statement = conn
        .prepare_cached("SELECT first, count, last_order_ms, ranges, checksums FROM block ORDER BY first")?;
    let mut rows = statement.query([])?;
    let mut headers: Vec<BlockHeader> = Vec::new();
    while let Some(row) = rows.next()? {
        let header = header_from_row(row)?;
        let expected = headers.last().map_or(1, BlockHeader::end);
        if header.first != expected {
            return Err(RowError::Invalid(format!("block {expected} is missing")));
        }
        headers.push(header);
    }
    Ok(headers)
}

fn header_from_row(row: &Row<'_>) -> Result<BlockHeader, RowError> {
    let first = row.get::<_, i64>(0)?.cast_unsigned();
    let invalid = || RowError::Invalid(format!("block {first} cannot be read"));
    let sums = blob(row, 4)?.as_chunks::<16>().0;
    let [cards, columns, answers] = *sums else { return Err(invalid()) };
    Ok(BlockHeader {
        first,
        count: row.get(1)?,
        last_order_ms: row.get(2)?,
        ranges: block::read_ranges(blob(row, 3)?).ok_or_else(invalid)?,
        sums: [cards, columns, answers].map(u128::from_le_bytes),
    })
}

fn blob<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row [u8], RowError> {
    match row.get_ref(column)? {
        ValueRef::Blob(bytes) => Ok(bytes),
        other => Err(RowError::Invalid(format!("{} for bytes", other.data_type()))),
    }
}

/// A part of a block, with its checksum verified.
fn part(conn: &Connection, header: &BlockHeader, part: Part) -> Result<Vec<u8>, RowError> {
    let sql = match part {
        Part::Cards => "SELECT cards FROM block WHERE first = ?1",
        Part::Columns => "SELECT columns FROM block WHERE first = ?1",
        Part::Answers => "SELECT answers FROM block WHERE first = ?1",
    };
    let bytes: Vec<u8> =
        conn.prepare_cached(sql)?.query_row([header.first.cast_signed()], |row| row.get(0))?;
    header.verify(part, &bytes)?;
    Ok(bytes)
}

/// The numbers of the cards of a block.
fn cards_of<'a>(header: &BlockHeader, cards: &'a [u8]) -> Result<&'a [[u8; 4]], RowError> {
    match cards.as_chunks() {
        (cards, []) if cards.len() == header.count as usize => Ok(cards),
        _ => Err(header.invalid("has another number of cards")),
    }
}

/// The blocks with events from a position until before another, and the position after all blocks of the file.
fn blocks_between(conn: &Connection, from: u64, until: u64) -> Result<(Vec<BlockHeader>, u64), RowError> {
    let mut blocks = headers(conn)?;
    let sealed_until = blocks.last().map_or(1, BlockHeader::end);
    blocks.retain(|block| block.end() > from && block.first < until);
    Ok((blocks, sealed_until))
}

/// Calls `each` for the events whose cards are `wanted`, from a position until before another, in the order of storage.
/// Of blocks without such a card only the cards are read.
pub(super) fn for_each_event(
    conn: &Connection,
    from: u64,
    until: u64,
    wanted: impl Fn(u32) -> bool,
    mut each: impl FnMut(ReadEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let mut reader = BlockReader::new()?;
    let (blocks, sealed_until) = blocks_between(conn, from, until)?;
    for header in blocks {
        let cards = part(conn, &header, Part::Cards)?;
        let cards = cards_of(&header, &cards)?;
        if !cards.iter().any(|card| wanted(u32::from_le_bytes(*card))) {
            continue;
        }
        let columns = reader.columns(&header, &part(conn, &header, Part::Columns)?)?;
        columns.for_each(|index, event| {
            let (position, card) = (header.first + index as u64, u32::from_le_bytes(cards[index]));
            if position < from || position >= until || !wanted(card) {
                return Ok(());
            }
            let change = event.change()?;
            each(ReadEvent {
                position,
                id: event.id,
                order_ms: event.order_ms,
                stamp: event.stamp,
                card,
                change,
            })
        })?;
    }
    for_each_recent(conn, from.max(sealed_until), until, |position, event| {
        if !wanted(event.card) {
            return Ok(());
        }
        let change = event_bytes::decode(event.kind, &event.rest)?;
        let PackedEvent { id, order_ms, stamp, card, .. } = event;
        each(ReadEvent { position, id, order_ms, stamp, card, change })
    })
}

/// Calls `each` for every event as it was written, with its answer, from a position until before another.
pub(super) fn for_each_packed(
    conn: &Connection,
    from: u64,
    until: u64,
    mut each: impl FnMut(u64, PackedEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let mut reader = BlockReader::new()?;
    let (blocks, sealed_until) = blocks_between(conn, from, until)?;
    for header in blocks {
        let answers = reader.answers(&header, &part(conn, &header, Part::Answers)?)?;
        for_each_of_block(conn, &mut reader, &header, Some(&answers), |position, event| {
            if position < from || position >= until { Ok(()) } else { each(position, event) }
        })?;
    }
    for_each_recent(conn, from.max(sealed_until), until, each)
}

/// For each log that has events here: its id, and the least and greatest sequence number.
pub(super) fn ranges(conn: &Connection) -> Result<Vec<LogRange>, RowError> {
    let mut recent = conn.prepare_cached("SELECT log, min(seq), max(seq) FROM recent GROUP BY log")?;
    let recent = recent.query_map([], |row| {
        let number = |column| row.get(column).map(i64::cast_unsigned);
        Ok((number(0)?, number(1)?, number(2)?))
    })?;
    let mut all = recent.collect::<Result<Vec<LogRange>, _>>()?;
    all.extend(headers(conn)?.into_iter().flat_map(|header| header.ranges));
    all.sort_unstable();
    all.dedup_by(|next, range| {
        let is_same_log = next.0 == range.0;
        if is_same_log {
            range.2 = range.2.max(next.2);
        }
        is_same_log
    });
    Ok(all)
}

/// The positions of the blocks that may have an event of these ranges, block by block, and of all rows.
pub(super) fn spans_within(conn: &Connection, wanted: &[LogRange]) -> Result<Vec<Range<u64>>, RowError> {
    let touches = |header: &BlockHeader| {
        let mut pairs = header.ranges.iter().flat_map(|own| wanted.iter().map(move |other| (own, other)));
        pairs.any(|(own, other)| own.0 == other.0 && own.1 <= other.2 && other.1 <= own.2)
    };
    let headers = headers(conn)?;
    let rows = headers.last().map_or(1, BlockHeader::end)..event_count(conn)? + 1;
    let blocks = headers.iter().filter(|header| touches(header)).map(|header| header.first..header.end());
    Ok(blocks.chain([rows]).collect())
}

/// Calls `each` for what was answered in some events. Blocks that cannot hold one of them are not read.
pub(super) fn for_each_answer(
    conn: &Connection,
    ids: &HashSet<EventId>,
    mut each: impl FnMut(EventId, AnswerRecord),
) -> Result<(), RowError> {
    // As written, so what cannot be read is of a later version.
    let mut take = |id: EventId, bytes: &[u8]| {
        if let Ok(record) = read_answer(bytes) {
            each(id, record);
        }
    };
    let mut reader = BlockReader::new()?;
    let mut sealed_until = 1;
    for header in headers(conn)? {
        sealed_until = header.end();
        if !ids.iter().any(|id| header.may_contain(*id)) {
            continue;
        }
        let columns = reader.columns(&header, &part(conn, &header, Part::Columns)?)?;
        let answers = reader.answers(&header, &part(conn, &header, Part::Answers)?)?;
        columns.for_each(|index, event| {
            if let Some(bytes) = answers.get(index).filter(|_| ids.contains(&event.id)) {
                take(event.id, bytes);
            }
            Ok(())
        })?;
    }
    for_each_recent(conn, sealed_until, u64::MAX, |_, event| {
        if let Some(bytes) = event.answer.filter(|_| ids.contains(&event.id)) {
            take(event.id, &bytes);
        }
        Ok(())
    })
}

/// Calls `each` for every event of a block; without `answers`, as if nothing had been noted of what was answered.
fn for_each_of_block(
    conn: &Connection,
    reader: &mut BlockReader,
    header: &BlockHeader,
    answers: Option<&Answers>,
    mut each: impl FnMut(u64, PackedEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let cards = part(conn, header, Part::Cards)?;
    let cards = cards_of(header, &cards)?;
    let columns = reader.columns(header, &part(conn, header, Part::Columns)?)?;
    columns.for_each(|index, event| {
        let mut rest = Vec::new();
        if let Some(fields) = &event.answer {
            fields.write(&mut rest);
        }
        rest.extend(event.rest);
        let packed = PackedEvent {
            id: event.id,
            order_ms: event.order_ms,
            stamp: event.stamp,
            card: u32::from_le_bytes(cards[index]),
            kind: event.kind,
            rest,
            answer: answers.and_then(|answers| answers.get(index)).map(<[u8]>::to_vec),
        };
        each(header.first + index as u64, packed)
    })
}

/// Calls `each` for every event of a damaged file that is as it was written, in no particular order. Whatever cannot be
/// read is passed over: a row, a block, or what was answered in a block.
pub(super) fn for_each_readable(
    conn: &Connection,
    mut each: impl FnMut(PackedEvent) -> Result<(), RowError>,
) -> Result<(), RowError> {
    let headers = readable_rows(
        conn,
        "SELECT first, count, last_order_ms, ranges, checksums FROM block",
        header_from_row,
    );
    let mut reader = BlockReader::new()?;
    for header in headers.into_values() {
        let answers = part(conn, &header, Part::Answers).and_then(|part| reader.answers(&header, &part));
        let mut events = Vec::new();
        let read = for_each_of_block(conn, &mut reader, &header, answers.as_ref().ok(), |_, event| {
            events.push(event);
            Ok(())
        });
        if read.is_ok() {
            events.into_iter().try_for_each(&mut each)?;
        }
    }
    let columns = "SELECT position, log, seq, order_ms, at_ms, offset_minutes, day, card, kind, rest, answer, checksum \
        FROM recent";
    readable_rows(conn, columns, packed_from_row).into_values().try_for_each(|(_, event)| each(event))
}

/// The cards of a damaged file that can be read, by number.
pub(super) fn readable_cards(conn: &Connection) -> BTreeMap<i64, CardKey> {
    readable_rows(conn, "SELECT id, deck, question, facet FROM card", |row| {
        Ok(CardKey {
            deck: text(row, 1)?.into(),
            question: text(row, 2)?.into(),
            facet: facet_from_text(text(row, 3)?)?,
        })
    })
}

/// The rows of a damaged table that can be read, by their number in the first column. Reads from both ends, because a
/// page that is damaged ends a query.
fn readable_rows<T>(
    conn: &Connection,
    select: &str,
    read: impl Fn(&Row<'_>) -> Result<T, RowError>,
) -> BTreeMap<i64, T> {
    let mut found = BTreeMap::new();
    for order in ["ASC", "DESC"] {
        let Ok(mut statement) = conn.prepare(&format!("{select} ORDER BY 1 {order}")) else { continue };
        let Ok(mut rows) = statement.query([]) else { continue };
        while let Ok(Some(row)) = rows.next() {
            let Ok(number) = row.get(0) else { continue };
            if found.contains_key(&number) {
                break;
            }
            if let Ok(value) = read(row) {
                found.insert(number, value);
            }
        }
    }
    found
}

/// An [`AnswerRecord`] as it is written, in JSON.
#[derive(serde::Serialize)]
struct StoredAnswerRef<'a> {
    response: &'a Response,
    shown: &'a [String],
}

/// An [`AnswerRecord`] as it is read.
#[derive(serde::Deserialize)]
struct StoredAnswer {
    response: Response,
    shown: Vec<String>,
}

/// What was answered as bytes.
pub(super) fn write_answer(answer: &AnswerRecord) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&StoredAnswerRef { response: &answer.response, shown: &answer.shown_options })
        .map(shorten_answer)
}

/// The bytes that are stored for a record in JSON.
pub(super) fn shorten_answer(json: Vec<u8>) -> Vec<u8> {
    if json == SAYS_NOTHING { Vec::new() } else { json }
}

fn read_answer(bytes: &[u8]) -> serde_json::Result<AnswerRecord> {
    let json = if bytes.is_empty() { SAYS_NOTHING } else { bytes };
    let StoredAnswer { response, shown } = serde_json::from_slice(json)?;
    Ok(AnswerRecord { response, shown_options: shown })
}

/// When the last event in fold order happened. `None` without events.
pub(super) fn newest_stamp(conn: &Connection) -> Result<Option<Stamp>, RowError> {
    // The newest rows, and the blocks that end as late as any.
    let latest = headers(conn)?.into_iter().max_by_key(|header| header.last_order_ms);
    let mut newest: Option<((i64, EventId), Stamp)> = None;
    let mut take = |event: ReadEvent| {
        let order = (event.order_ms, event.id);
        if newest.is_none_or(|(newest, _)| newest < order) {
            newest = Some((order, event.stamp));
        }
        Ok(())
    };
    if let Some(header) = latest {
        for_each_event(conn, header.first, header.end(), |_| true, &mut take)?;
    }
    for_each_event(conn, sealed_count(conn)? + 1, u64::MAX, |_| true, &mut take)?;
    Ok(newest.map(|(_, stamp)| stamp))
}

/// Checks that the tables are there and that the newest events can be read.
pub(super) fn check_end(conn: &Connection) -> Result<(), RowError> {
    let count = event_count(conn)?;
    let from = count.saturating_sub(CHECKED_EVENTS) + 1;
    let mut card = conn.prepare_cached("SELECT facet FROM card WHERE id = ?1")?;
    for_each_event(
        conn,
        from,
        u64::MAX,
        |_| true,
        |event| {
            if event.card > 0 || event.change.is_some() {
                let facet: Option<String> = card.query_row([event.card], |row| row.get(0)).optional()?;
                facet_from_text(&facet.ok_or_else(|| no_card(event.position))?)?;
            }
            Ok(())
        },
    )
}

/// Reads every block and every row, with all checksums.
pub(super) fn check_all(conn: &Connection) -> Result<(), RowError> {
    let cards = Cards::read(conn)?;
    for_each_packed(conn, 1, u64::MAX, |position, event| {
        let change = event_bytes::decode(event.kind, &event.rest)?;
        match cards.get(event.card) {
            None if event.card > 0 || change.is_some() => Err(no_card(position)),
            _ => Ok(()),
        }
    })
}

pub(super) fn no_card(position: u64) -> RowError {
    RowError::Invalid(format!("entry {position} has no card"))
}

/// The cards of a file by number.
#[derive(Debug)]
pub(super) struct Cards(Vec<Option<CardKey>>);

impl Cards {
    /// Reads all cards. Equal texts share their memory.
    pub fn read(conn: &Connection) -> Result<Self, RowError> {
        let mut statement = conn.prepare_cached("SELECT id, deck, question, facet FROM card ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut cards = Vec::new();
        let mut texts: HashSet<Arc<str>> = HashSet::new();
        let mut shared = |text: &str| match texts.get(text) {
            Some(known) => Arc::clone(known),
            None => {
                let new: Arc<str> = text.into();
                texts.insert(Arc::clone(&new));
                new
            }
        };
        let count: u32 = conn.query_row("SELECT count(*) FROM card", [], |row| row.get(0))?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            // They count up from 1, so a number far beyond their count was never given.
            if number > count.saturating_mul(2).saturating_add(1000) {
                return Err(RowError::Invalid(format!("card {number} of {count}")));
            }
            let facet = facet_from_text(text(row, 3)?)?;
            let key = CardKey { deck: shared(text(row, 1)?), question: shared(text(row, 2)?), facet };
            cards.resize(number as usize, None);
            cards.push(Some(key));
        }
        Ok(Self(cards))
    }

    pub fn get(&self, number: u32) -> Option<&CardKey> {
        self.0.get(number as usize)?.as_ref()
    }

    /// The greatest number; 0 without cards.
    pub fn last(&self) -> u32 {
        u32::try_from(self.0.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// The number of a card in the file; `None` if it has none.
pub(super) fn find_card(conn: &Connection, card: &CardKey) -> rusqlite::Result<Option<u32>> {
    conn.prepare_cached("SELECT id FROM card WHERE deck = ?1 AND question = ?2 AND facet = ?3")?
        .query_row((&*card.deck, &*card.question, card.facet.as_text()), |row| row.get(0))
        .optional()
}

/// The number of a card in the file. Adds the card if it is new.
pub(super) fn card_number(conn: &Connection, card: &CardKey) -> rusqlite::Result<u32> {
    if let Some(number) = find_card(conn, card)? {
        return Ok(number);
    }
    let mut insert = conn.prepare_cached("INSERT INTO card (deck, question, facet) VALUES (?1, ?2, ?3)")?;
    let number = insert.insert((&*card.deck, &*card.question, card.facet.as_text()))?;
    u32::try_from(number)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Integer, error.into()))
}

fn facet_from_text(text: &str) -> Result<Facet, RowError> {
    Facet::from_text(text).ok_or_else(|| RowError::Unknown(format!("a card's side \"{text}\"")))
}

fn text<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row str, RowError> {
    match row.get_ref(column)? {
        ValueRef::Text(bytes) => {
            std::str::from_utf8(bytes).map_err(|_| RowError::Invalid("broken text".to_owned()))
        }
        other => Err(RowError::Invalid(format!("{} for a text", other.data_type()))),
    }
}

/// An event with its card's key. `None` for what this version does not know.
pub(super) fn with_key(event: ReadEvent, key: Option<&CardKey>) -> Result<Option<Event>, RowError> {
    let ReadEvent { position, id, order_ms, stamp, change, .. } = event;
    let Some(change) = change else { return Ok(None) };
    let card = key.cloned().ok_or_else(|| no_card(position))?;
    Ok(Some(Event { id, order_ms, stamp, card, change }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recall_takes_no_bytes() {
        let record = AnswerRecord { response: Response::Recall, shown_options: Vec::new() };
        let bytes = write_answer(&record).expect("it can be written");
        assert_eq!((bytes.as_slice(), read_answer(&bytes).expect("it can be read")), (&[][..], record));
    }
}
