//! What an event is in the file: numbers for names, and bytes whose meaning depends on the kind of event. Described in
//! `docs/progress-format.md`. Numbers and layouts never change; new ones are added at the end.

use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::{Change, Confidence, Due, EventId, Review, ReviewSource};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::Kind;
use crate::domain::rating::Rating;

/// Why an entry of the log cannot be read.
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

/// The numbers of the kinds of event.
pub(super) mod kind {
    pub const ANSWER: u8 = 1;
    pub const RETRACT: u8 = 2;
    pub const RATE: u8 = 3;
    pub const SUSPEND: u8 = 4;
    pub const RESUME: u8 = 5;
    pub const BURY: u8 = 6;
    pub const RESET: u8 = 7;
    pub const REKEY: u8 = 8;
    pub const REJECT_MATCH: u8 = 9;
}

/// The number of a source is its place here, from 1.
const SOURCES: [ReviewSource; 4] =
    [ReviewSource::Study, ReviewSource::Test, ReviewSource::TestUnscheduled, ReviewSource::Practice];

/// The number of a kind of question is its place here, from 1.
const QUESTION_KINDS: [Kind; 11] = [
    Kind::Recall,
    Kind::Typed,
    Kind::Number,
    Kind::Date,
    Kind::Bool,
    Kind::Choice,
    Kind::Choices,
    Kind::Cloze,
    Kind::Order,
    Kind::Match,
    Kind::Sort,
];

/// The number of a confidence is its place here, from 1. 0 is none.
const CONFIDENCES: [Confidence; 3] = [Confidence::Guess, Confidence::ThinkSo, Confidence::Sure];

/// An event as it is written: everything but its position.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PackedEvent {
    pub id: EventId,
    pub order_ms: i64,
    pub stamp: Stamp,
    /// The number of its card in the file; 0 for none.
    pub card: u32,
    pub kind: u8,
    /// The rest, by kind.
    pub rest: Vec<u8>,
    /// What was answered; `None` if nothing was noted, empty for [`SAYS_NOTHING`].
    pub answer: Option<Vec<u8>>,
}

/// The record of a Recall, which says nothing: it is stored as no bytes.
pub(super) const SAYS_NOTHING: &[u8] = br#"{"response":"recalled","shown":[]}"#;

/// The fields of an answer: the first 35 bytes of its rest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StoredReview {
    pub source: u8,
    pub question_kind: u8,
    /// [`HINT_USED`] and [`DUE_ON_A_DAY`].
    pub flags: u8,
    pub confidence: u8,
    pub proposed: u8,
    pub rating: u8,
    pub mapping: u8,
    /// The bits of the number, as are those of `blind_chance`.
    pub score: u64,
    pub blind_chance: u64,
    pub latency_ms: u32,
    /// UTC milliseconds or a study day.
    pub due: i64,
}

const HINT_USED: u8 = 1;
pub(super) const DUE_ON_A_DAY: u8 = 2;

impl StoredReview {
    fn of(review: &Review) -> Option<Self> {
        let (due_flag, due) = due_parts(review.due);
        Some(Self {
            source: number_in(&SOURCES, &review.source)?,
            question_kind: number_in(&QUESTION_KINDS, &review.kind)?,
            flags: (u8::from(review.hint_used) * HINT_USED) | due_flag,
            confidence: confidence_number(review.confidence)?,
            proposed: review.proposed_rating.number(),
            rating: review.rating.number(),
            mapping: review.mapping_version,
            score: review.score.to_bits(),
            blind_chance: review.blind_chance.to_bits(),
            latency_ms: review.latency_ms,
            due,
        })
    }

    /// The fields at the start of a rest, and what follows them.
    pub fn split(rest: &[u8]) -> Option<(Self, &[u8])> {
        let mut from = Reader(rest);
        let [source, question_kind, flags, confidence, proposed, rating, mapping] = from.array()?;
        let fields = Self {
            source,
            question_kind,
            flags,
            confidence,
            proposed,
            rating,
            mapping,
            score: u64::from_le_bytes(from.array()?),
            blind_chance: u64::from_le_bytes(from.array()?),
            latency_ms: u32::from_le_bytes(from.array()?),
            due: i64::from_le_bytes(from.array()?),
        };
        Some((fields, from.0))
    }

    /// The bytes that [`Self::split`] reads.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend([
            self.source,
            self.question_kind,
            self.flags,
            self.confidence,
            self.proposed,
            self.rating,
            self.mapping,
        ]);
        out.extend(self.score.to_le_bytes());
        out.extend(self.blind_chance.to_le_bytes());
        out.extend(self.latency_ms.to_le_bytes());
        out.extend(self.due.to_le_bytes());
    }

    /// `None` if a number in it is not known.
    pub fn review(&self) -> Option<Review> {
        Some(Review {
            source: of_number(&SOURCES, self.source)?,
            kind: of_number(&QUESTION_KINDS, self.question_kind)?,
            score: f64::from_bits(self.score),
            blind_chance: f64::from_bits(self.blind_chance),
            hint_used: self.flags & HINT_USED != 0,
            confidence: confidence(self.confidence)?,
            latency_ms: self.latency_ms,
            proposed_rating: Rating::from_number(self.proposed)?,
            rating: Rating::from_number(self.rating)?,
            mapping_version: self.mapping,
            due: due(self.flags, self.due)?,
        })
    }
}

/// The number of a change's kind, and its rest. `None` for a score that is no number.
pub(super) fn encode(change: &Change) -> Option<(u8, Vec<u8>)> {
    let mut rest = Vec::new();
    let kind = match change {
        Change::Answer(review) => {
            if review.score.is_nan() || review.blind_chance.is_nan() {
                return None;
            }
            StoredReview::of(review)?.write(&mut rest);
            kind::ANSWER
        }
        Change::Retract(target) => {
            write_id(*target, &mut rest);
            kind::RETRACT
        }
        Change::Rate { target, rating, due, confidence } => {
            let (due_flag, due) = due_parts(*due);
            write_id(*target, &mut rest);
            rest.extend([rating.number(), confidence_number(*confidence)?, due_flag]);
            rest.extend(due.to_le_bytes());
            kind::RATE
        }
        Change::Suspend => kind::SUSPEND,
        Change::Resume => kind::RESUME,
        Change::Bury { until } => {
            rest.extend(until.0.to_le_bytes());
            kind::BURY
        }
        Change::Reset => kind::RESET,
        Change::Rekey { to } => {
            write_key(to, &mut rest)?;
            kind::REKEY
        }
        Change::RejectMatch { other } => {
            write_key(other, &mut rest)?;
            kind::REJECT_MATCH
        }
    };
    Some((kind, rest))
}

/// Reads a change. `Ok(None)` if this version does not know the kind, or a number in it: a later version wrote it.
/// Bytes after those that are known are ignored.
pub(super) fn decode(event_kind: u8, rest: &[u8]) -> Result<Option<Change>, RowError> {
    let short = || RowError::Invalid("an entry is too short".to_owned());
    let mut from = Reader(rest);
    Ok(Some(match event_kind {
        kind::ANSWER => {
            let (fields, _) = StoredReview::split(rest).ok_or_else(short)?;
            return Ok(fields.review().map(Change::Answer));
        }
        kind::RETRACT => Change::Retract(from.id().ok_or_else(short)?),
        kind::RATE => {
            let target = from.id().ok_or_else(short)?;
            let [rating, confidence_number, flags] = from.array().ok_or_else(short)?;
            let due_number = i64::from_le_bytes(from.array().ok_or_else(short)?);
            let known = (Rating::from_number(rating), confidence(confidence_number), due(flags, due_number));
            let (Some(rating), Some(confidence), Some(due)) = known else { return Ok(None) };
            Change::Rate { target, rating, due, confidence }
        }
        kind::SUSPEND => Change::Suspend,
        kind::RESUME => Change::Resume,
        kind::BURY => Change::Bury { until: StudyDay(i32::from_le_bytes(from.array().ok_or_else(short)?)) },
        kind::RESET => Change::Reset,
        kind::REKEY | kind::REJECT_MATCH => {
            let (deck, question, facet) =
                (|| Some((from.text()?, from.text()?, from.text()?)))().ok_or_else(short)?;
            let Some(facet) = Facet::from_text(facet) else { return Ok(None) };
            let key = Box::new(CardKey::new(deck, question, facet));
            match event_kind {
                kind::REKEY => Change::Rekey { to: key },
                _ => Change::RejectMatch { other: key },
            }
        }
        _ => return Ok(None),
    }))
}

fn number_in<T: PartialEq>(table: &[T], value: &T) -> Option<u8> {
    let place = table.iter().position(|known| known == value)?;
    u8::try_from(place + 1).ok()
}

fn of_number<T: Copy>(table: &[T], number: u8) -> Option<T> {
    table.get(usize::from(number).checked_sub(1)?).copied()
}

fn confidence_number(confidence: Option<Confidence>) -> Option<u8> {
    confidence.map_or(Some(0), |confidence| number_in(&CONFIDENCES, &confidence))
}

/// `None` for an unknown number.
fn confidence(number: u8) -> Option<Option<Confidence>> {
    if number == 0 { Some(None) } else { of_number(&CONFIDENCES, number).map(Some) }
}

fn due_parts(due: Due) -> (u8, i64) {
    match due {
        Due::At(ms) => (0, ms),
        Due::Day(day) => (DUE_ON_A_DAY, i64::from(day.0)),
    }
}

fn due(flags: u8, number: i64) -> Option<Due> {
    match flags & DUE_ON_A_DAY {
        0 => Some(Due::At(number)),
        _ => i32::try_from(number).ok().map(|day| Due::Day(StudyDay(day))),
    }
}

fn write_id(id: EventId, out: &mut Vec<u8>) {
    out.extend(id.log.to_le_bytes());
    out.extend(id.seq.to_le_bytes());
}

/// As text and not as a number: numbers of cards differ between files.
fn write_key(key: &CardKey, out: &mut Vec<u8>) -> Option<()> {
    for text in [&*key.deck, &*key.question, &key.facet.as_text()] {
        out.extend(u32::try_from(text.len()).ok()?.to_le_bytes());
        out.extend(text.as_bytes());
    }
    Some(())
}

/// Takes bytes from the front. Every function returns `None` if there are not enough.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (found, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*found)
    }

    fn id(&mut self) -> Option<EventId> {
        Some(EventId { log: u64::from_le_bytes(self.array()?), seq: u64::from_le_bytes(self.array()?) })
    }

    /// A length, and that many bytes of UTF-8.
    fn text(&mut self) -> Option<&'a str> {
        let len = usize::try_from(u32::from_le_bytes(self.array()?)).ok()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_number() {
        assert!(Kind::ALL.iter().all(|kind| number_in(&QUESTION_KINDS, kind).is_some()));
        assert!(Confidence::ALL.iter().all(|confidence| number_in(&CONFIDENCES, confidence).is_some()));
    }

    /// A line for each kind: lines are added, none changes.
    #[test]
    fn the_bytes_of_each_kind_never_change() {
        let review = Review {
            source: ReviewSource::TestUnscheduled,
            kind: Kind::Sort,
            score: 0.5,
            blind_chance: 0.25,
            hint_used: true,
            confidence: Some(Confidence::Sure),
            latency_ms: 0x0102_0304,
            proposed_rating: Rating::Hard,
            rating: Rating::Easy,
            mapping_version: 7,
            due: Due::Day(StudyDay(-2)),
        };
        let target = EventId { log: 0x1122_3344, seq: 5 };
        let key = Box::new(CardKey::new("d", "한", Facet::Gap("g".into())));
        let key_bytes = "0100000064 03000000ed959c 050000006761703a67";
        let (rating, confidence) = (Rating::Again, None);
        for (change, kind, bytes) in [
            (
                Change::Answer(review),
                1,
                "030b0303020407 000000000000e03f 000000000000d03f 04030201 feffffffffffffff",
            ),
            (Change::Retract(target), 2, "4433221100000000 0500000000000000"),
            (
                Change::Rate { target, rating, due: Due::At(258), confidence },
                3,
                "4433221100000000 0500000000000000 010000 0201000000000000",
            ),
            (Change::Suspend, 4, ""),
            (Change::Resume, 5, ""),
            (Change::Bury { until: StudyDay(258) }, 6, "02010000"),
            (Change::Reset, 7, ""),
            (Change::Rekey { to: key.clone() }, 8, key_bytes),
            (Change::RejectMatch { other: key }, 9, key_bytes),
        ] {
            let (found_kind, rest) = encode(&change).expect("it can be written");
            let hex: String = rest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((found_kind, hex), (kind, bytes.replace(' ', "")), "{change:?}");
            assert_eq!(decode(kind, &rest).expect("it can be read"), Some(change));
            assert!(rest.is_empty() || decode(kind, &rest[..rest.len() - 1]).is_err(), "{kind} cut off");
        }
    }
}
