//! Writing an event to a row of the table `event`, and reading it back.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::{Change, Confidence, Due, Event, EventId, Review, ReviewSource};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::Kind;
use crate::domain::rating::Rating;

/// Inserts a row. The parameters are in the order of [`insert`].
pub(super) const INSERT: &str = "INSERT INTO event (at_ms, log, seq, offset_minutes, day, card, kind, \
    target_log, target_seq, source, question_kind, score, blind_chance, hint_used, latency_ms, proposed, \
    mapping, rating, confidence, due_ms, due_day, other) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)";

/// Selects all events in the order in which they are replayed. The columns are in the order of [`col`].
pub(super) const SELECT: &str = "SELECT at_ms, log, seq, offset_minutes, day, card, kind, \
    target_log, target_seq, source, question_kind, score, blind_chance, hint_used, latency_ms, proposed, \
    mapping, rating, confidence, due_ms, due_day, other FROM event ORDER BY at_ms, log, seq";

/// Selects the last events with the columns of [`SELECT`]. The parameter is their number.
pub(super) fn select_last() -> String {
    let select = SELECT.split(" ORDER BY").next().unwrap_or(SELECT);
    format!("{select} ORDER BY at_ms DESC, log DESC, seq DESC LIMIT ?1")
}

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

/// Why a row is not a valid event.
#[derive(Debug)]
pub(super) enum RowError {
    /// SQLite could not read it.
    Sql(rusqlite::Error),
    /// It contains something that no version of the program ever wrote.
    Invalid(String),
    /// It contains a name that a newer version may know.
    Unknown(String),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        RowError::Sql(error)
    }
}

/// Runs [`INSERT`]. `card` and `other` are card numbers in the file; `other` is that of
/// [`Change::other_card`].
pub(super) fn insert(
    statement: &mut Statement<'_>,
    id: EventId,
    stamp: Stamp,
    card: i64,
    change: &Change,
    other: Option<i64>,
) -> rusqlite::Result<()> {
    let review = match change {
        Change::Answer(review) => Some(review),
        _ => None,
    };
    let (kind, target, rating, confidence, due) = match *change {
        Change::Answer(it) => ("answer", None, Some(it.rating), it.confidence, Some(it.due)),
        Change::Retract(target) => ("retract", Some(target), None, None, None),
        Change::Rate { target, rating, due, confidence } => {
            ("rate", Some(target), Some(rating), confidence, Some(due))
        }
        Change::Suspend => ("suspend", None, None, None, None),
        Change::Resume => ("resume", None, None, None, None),
        Change::Bury { until } => ("bury", None, None, None, Some(Due::Day(until))),
        Change::Reset => ("reset", None, None, None, None),
        Change::Rekey { .. } => ("rekey", None, None, None, None),
        Change::RejectMatch { .. } => ("apart", None, None, None, None),
    };
    let (due_ms, due_day) = match due {
        Some(Due::At(ms)) => (Some(ms), None),
        Some(Due::Day(day)) => (None, Some(day.0)),
        None => (None, None),
    };
    statement.execute(rusqlite::params![
        stamp.utc_ms,
        id.log.cast_signed(),
        id.seq.cast_signed(),
        stamp.offset_minutes,
        stamp.day.0,
        card,
        kind,
        target.map(|it| it.log.cast_signed()),
        target.map(|it| it.seq.cast_signed()),
        review.map(|it| it.source.name()),
        review.map(|it| it.kind.name()),
        review.map(|it| it.score),
        review.map(|it| it.blind_chance),
        review.map(|it| it.hint_used),
        review.map(|it| it.latency_ms),
        review.map(|it| it.proposed_rating.number()),
        review.map(|it| it.mapping_version),
        rating.map(Rating::number),
        confidence.map(Confidence::name),
        due_ms,
        due_day,
        other,
    ])?;
    Ok(())
}

/// The cards of a file, sorted by their number in the file.
#[derive(Debug)]
pub(super) struct CardsByNumber(Vec<(i64, CardKey)>);

impl CardsByNumber {
    fn get(&self, number: i64) -> Option<&CardKey> {
        // Numbers count up from 1 without gaps, unless another program changed the file. So try the direct
        // position first.
        let direct = usize::try_from(number).ok()?.checked_sub(1)?;
        if let Some((found_number, card)) = self.0.get(direct)
            && *found_number == number
        {
            return Some(card);
        }
        let index = self.0.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.0.get(index).map(|(_, card)| card)
    }
}

/// Reads all cards of the file. Equal texts share their memory.
pub(super) fn read_cards(conn: &Connection) -> Result<CardsByNumber, RowError> {
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
    while let Some(row) = rows.next()? {
        let facet = Facet::from_text(text(row, 3)?).ok_or_else(|| {
            RowError::Unknown(format!("a card's side \"{}\"", text(row, 3).unwrap_or_default()))
        })?;
        let key = CardKey { deck: shared(text(row, 1)?), question: shared(text(row, 2)?), facet };
        cards.push((row.get(0)?, key));
    }
    Ok(CardsByNumber(cards))
}

/// Reads an event from a row of [`SELECT`].
pub(super) fn event_from_row(row: &Row<'_>, cards: &CardsByNumber) -> Result<Event, RowError> {
    let id = EventId { log: int(row, col::LOG)?.cast_unsigned(), seq: int(row, col::SEQ)?.cast_unsigned() };
    let change = change(row, cards).map_err(|error| match error {
        RowError::Unknown(what) => RowError::Unknown(format!("entry {} of log {}: {what}", id.seq, id.log)),
        RowError::Invalid(what) => RowError::Invalid(format!("entry {} of log {}: {what}", id.seq, id.log)),
        sql => sql,
    })?;
    let card = cards.get(int(row, col::CARD)?).cloned();
    let card =
        card.ok_or_else(|| RowError::Invalid(format!("entry {} of log {}: no card", id.seq, id.log)))?;
    let stamp = Stamp {
        utc_ms: int(row, col::AT_MS)?,
        offset_minutes: int_in_range(row, col::OFFSET_MINUTES)?,
        day: StudyDay(int_in_range(row, col::DAY)?),
    };
    Ok(Event { id, stamp, card, change })
}

fn change(row: &Row<'_>, cards: &CardsByNumber) -> Result<Change, RowError> {
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

fn other(row: &Row<'_>, cards: &CardsByNumber) -> Result<Box<CardKey>, RowError> {
    let card = cards.get(int(row, col::OTHER)?).cloned().map(Box::new);
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
