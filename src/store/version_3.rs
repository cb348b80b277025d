//! Reading the log as version 3 wrote it: a row of the table `event` for each event.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::attempts;
use super::event_bytes::RowError;
use super::log::Cards;
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::{Change, Confidence, Due, Event, EventId, Review, ReviewSource};
use crate::domain::ids::CardKey;
use crate::domain::question::Kind;
use crate::domain::rating::Rating;

/// The columns are in the order of [`col`].
const SELECT: &str = "SELECT at_ms, log, seq, offset_minutes, day, card, kind, \
    target_log, target_seq, source, question_kind, score, blind_chance, hint_used, latency_ms, proposed, \
    mapping, rating, confidence, due_ms, due_day, other FROM event ORDER BY log, seq";

/// Column indices in [`SELECT`].
mod col {
    pub const AT_MS: usize = 0;
    pub const LOG: usize = 1;
    pub const SEQ: usize = 2;
    pub const OFFSET_MINUTES: usize = 3;
    pub const DAY: usize = 4;
    pub const CARD: usize = 5;
    pub const KIND: usize = 6;
    pub const TARGET_LOG: usize = 7;
    pub const TARGET_SEQ: usize = 8;
    pub const SOURCE: usize = 9;
    pub const QUESTION_KIND: usize = 10;
    pub const SCORE: usize = 11;
    pub const BLIND_CHANCE: usize = 12;
    pub const HINT_USED: usize = 13;
    pub const LATENCY_MS: usize = 14;
    pub const PROPOSED: usize = 15;
    pub const MAPPING: usize = 16;
    pub const RATING: usize = 17;
    pub const CONFIDENCE: usize = 18;
    pub const DUE_MS: usize = 19;
    pub const DUE_DAY: usize = 20;
    pub const OTHER: usize = 21;
}

/// All events with the numbers of their cards, in fold order. They get their order stamps by the order of their sequence
/// in each log, so two copies of one log get the same.
pub(super) fn events(conn: &Connection) -> Result<Vec<(u32, Event)>, RowError> {
    // All tables are there, or nothing is read.
    conn.prepare("SELECT log, seq, detail FROM given")?;
    attempts::check_tables(conn)?;
    let cards = &Cards::read(conn)?;
    let mut statement = conn.prepare(SELECT)?;
    let mut rows = statement.query([])?;
    let mut latest: HashMap<u64, i64> = HashMap::new();
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let mut event = event_from_row(row, cards)?;
        let latest = latest.entry(event.id.log).or_insert(i64::MIN);
        *latest = event.stamp.utc_ms.max(*latest);
        event.order_ms = *latest;
        events.push((int_in_range(row, col::CARD)?, event));
    }
    events.sort_by_key(|(_, event)| event.fold_order());
    Ok(events)
}

/// What was answered, as JSON.
pub(super) fn answer(conn: &Connection, id: EventId) -> rusqlite::Result<Option<Vec<u8>>> {
    conn.prepare_cached("SELECT CAST(detail AS BLOB) FROM given WHERE log = ?1 AND seq = ?2")?
        .query_row([id.log.cast_signed(), id.seq.cast_signed()], |row| row.get(0))
        .optional()
}

/// Reads an event from a row of [`SELECT`].
fn event_from_row(row: &Row<'_>, cards: &Cards) -> Result<Event, RowError> {
    let id = EventId { log: int(row, col::LOG)?.cast_unsigned(), seq: int(row, col::SEQ)?.cast_unsigned() };
    let change = change(row, cards).map_err(|error| match error {
        RowError::Unknown(what) => RowError::Unknown(format!("entry {} of log {}: {what}", id.seq, id.log)),
        RowError::Invalid(what) => RowError::Invalid(format!("entry {} of log {}: {what}", id.seq, id.log)),
        sql => sql,
    })?;
    let card = cards.get(int_in_range(row, col::CARD)?).cloned();
    let card =
        card.ok_or_else(|| RowError::Invalid(format!("entry {} of log {}: no card", id.seq, id.log)))?;
    let stamp = Stamp {
        utc_ms: int(row, col::AT_MS)?,
        offset_minutes: int_in_range(row, col::OFFSET_MINUTES)?,
        day: StudyDay(int_in_range(row, col::DAY)?),
    };
    Ok(Event { id, order_ms: stamp.utc_ms, stamp, card, change })
}

fn change(row: &Row<'_>, cards: &Cards) -> Result<Change, RowError> {
    Ok(match text(row, col::KIND)? {
        "answer" => Change::Answer(review(row)?),
        "retract" => Change::Retract(target(row)?),
        "rate" => Change::Rate {
            target: target(row)?,
            rating: rating(row, col::RATING)?,
            due: due(row)?,
            confidence: confidence(row)?,
        },
        "suspend" => Change::Suspend,
        "resume" => Change::Resume,
        "bury" => Change::Bury { until: StudyDay(int_in_range(row, col::DUE_DAY)?) },
        "reset" => Change::Reset,
        "rekey" => Change::Rekey { to: other(row, cards)? },
        "apart" => Change::RejectMatch { other: other(row, cards)? },
        other => return Err(RowError::Unknown(format!("kind \"{other}\""))),
    })
}

fn review(row: &Row<'_>) -> Result<Review, RowError> {
    Ok(Review {
        source: parse_name(row, col::SOURCE, ReviewSource::from_name)?,
        kind: parse_name(row, col::QUESTION_KIND, Kind::from_name)?,
        score: real(row, col::SCORE)?,
        blind_chance: real(row, col::BLIND_CHANCE)?,
        hint_used: int(row, col::HINT_USED)? != 0,
        confidence: confidence(row)?,
        latency_ms: int_in_range(row, col::LATENCY_MS)?,
        proposed_rating: rating(row, col::PROPOSED)?,
        rating: rating(row, col::RATING)?,
        mapping_version: int_in_range(row, col::MAPPING)?,
        due: due(row)?,
    })
}

fn target(row: &Row<'_>) -> Result<EventId, RowError> {
    Ok(EventId {
        log: int(row, col::TARGET_LOG)?.cast_unsigned(),
        seq: int(row, col::TARGET_SEQ)?.cast_unsigned(),
    })
}

fn other(row: &Row<'_>, cards: &Cards) -> Result<Box<CardKey>, RowError> {
    let card = cards.get(int_in_range(row, col::OTHER)?).cloned().map(Box::new);
    card.ok_or_else(|| RowError::Invalid("no other card".to_owned()))
}

fn due(row: &Row<'_>) -> Result<Due, RowError> {
    match row.get_ref(col::DUE_MS)? {
        ValueRef::Null => Ok(Due::Day(StudyDay(int_in_range(row, col::DUE_DAY)?))),
        _ => Ok(Due::At(int(row, col::DUE_MS)?)),
    }
}

fn confidence(row: &Row<'_>) -> Result<Option<Confidence>, RowError> {
    match row.get_ref(col::CONFIDENCE)? {
        ValueRef::Null => Ok(None),
        _ => parse_name(row, col::CONFIDENCE, Confidence::from_name).map(Some),
    }
}

fn rating(row: &Row<'_>, column: usize) -> Result<Rating, RowError> {
    let number = int(row, column)?;
    u8::try_from(number)
        .ok()
        .and_then(Rating::from_number)
        .ok_or_else(|| RowError::Invalid(format!("rating {number}")))
}

fn parse_name<T>(row: &Row<'_>, column: usize, from_name: fn(&str) -> Option<T>) -> Result<T, RowError> {
    let name = text(row, column)?;
    from_name(name).ok_or_else(|| RowError::Unknown(format!("\"{name}\"")))
}

fn int_in_range<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Result<T, RowError> {
    let value = int(row, column)?;
    T::try_from(value).map_err(|_| RowError::Invalid(format!("{value} out of range")))
}

fn int(row: &Row<'_>, column: usize) -> Result<i64, RowError> {
    match row.get_ref(column)? {
        ValueRef::Integer(value) => Ok(value),
        other => Err(RowError::Invalid(format!("{} for a number", other.data_type()))),
    }
}

fn real(row: &Row<'_>, column: usize) -> Result<f64, RowError> {
    match row.get_ref(column)? {
        ValueRef::Real(value) => Ok(value),
        other => Err(RowError::Invalid(format!("{} for a number", other.data_type()))),
    }
}

fn text<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row str, RowError> {
    match row.get_ref(column)? {
        ValueRef::Text(bytes) => {
            std::str::from_utf8(bytes).map_err(|_| RowError::Invalid("broken text".to_owned()))
        }
        other => Err(RowError::Invalid(format!("{} for a text", other.data_type()))),
    }
}
