//! A [`CardSummary`] as bytes: one record a card, little endian, [`RECORD_BYTES`] long; a card with a high-confidence
//! error has [`ERROR_BYTES`] more.
//!
//! | bytes | what |
//! |---|---|
//! | 0–1 | flags: which of the values below are there, and what is true (`flag`) |
//! | 2 | the phase: 0 new, 1 learning, 2 review, 3 relearning |
//! | 3 | the step of learning or relearning |
//! | 4 | the number of the last rating; 0 for none |
//! | 5–8, 9–12 | stability and difficulty, `f32` |
//! | 13–20 | when it is due, `i64`: a time in UTC milliseconds, or a study day |
//! | 21, 25, 29, 33 | study days, `i32`: first, last, since when every answer was recalled, buried until |
//! | 37, 41, 45 | `u32`: interval in days, answers that moved the schedule, lapses |
//! | 49, 53 | `u32`: answers in study and tests, how many of them were right |
//! | 57–64 | the sum of their scores, `f64` |
//! | 65–68 | answers in practice, `u32` |
//! | 69–76 | time of all answers in milliseconds, `u64` |
//! | 77, 81 | study days, `i32`: last answer in study or a test, last answer |
//! | 85, 89, 93 | the day of the newest answer, `i32`; answers and their milliseconds on it, `u32` |
//! | 97, 105 | the error: log and number of its event, `u64` |
//! | 113–120 | when it was, UTC milliseconds, `i64` |
//! | 121, 125 | offset in minutes and study day, `i32` |
//! | 129–136 | its score, `f64` |
//!
//! A value that is not there is written as 0. Another layout needs another [`RULES_VERSION`](super::summary::RULES_VERSION).

use super::card::{CardPhase, CardState};
use super::day::{Stamp, StudyDay};
use super::event::{Due, EventId};
use super::memory::Memory;
use super::overconfidence::HighConfidenceError;
use super::rating::Rating;
use super::score::Accuracy;
use super::summary::{AnswersOfDay, CardSummary};

/// Length of a record in bytes.
pub const RECORD_BYTES: usize = 97;
/// How much longer it is with a high-confidence error.
pub const ERROR_BYTES: usize = 40;

/// Bits of the flags.
mod flag {
    pub(super) const MEMORY: u16 = 1;
    pub(super) const DUE_AT: u16 = 1 << 1;
    pub(super) const DUE_DAY: u16 = 1 << 2;
    pub(super) const FIRST_DAY: u16 = 1 << 3;
    pub(super) const LAST_DAY: u16 = 1 << 4;
    pub(super) const STREAK_START: u16 = 1 << 5;
    pub(super) const BURIED: u16 = 1 << 6;
    pub(super) const SUSPENDED: u16 = 1 << 7;
    pub(super) const LAST_STUDIED: u16 = 1 << 8;
    pub(super) const LAST_ANSWERED: u16 = 1 << 9;
    pub(super) const NEWEST_DAY: u16 = 1 << 10;
    pub(super) const SCORED: u16 = 1 << 11;
    pub(super) const NEEDS_HISTORY: u16 = 1 << 12;
    pub(super) const ERROR: u16 = 1 << 13;
    pub(super) const ALL: u16 = (1 << 14) - 1;
}

impl CardSummary {
    /// The record. Counts beyond four thousand million are cut off.
    pub fn to_bytes(&self) -> Vec<u8> {
        // All fields are named, so that the compiler asks where a new one is written.
        let CardSummary {
            state,
            accuracy,
            practised,
            answer_ms,
            last_studied,
            last_answered,
            newest_day,
            has_scored_answer,
            high_confidence_error,
            needs_history,
        } = self;
        let CardState {
            memory,
            phase,
            due,
            first_day,
            last_day,
            last_rating,
            streak_start,
            interval_days,
            reviews,
            lapses,
            suspended,
            buried_until,
        } = state;
        let mut record = RecordWriter { flags: 0, bytes: vec![0; 2] };
        let (phase, step) = match *phase {
            CardPhase::New => (0, 0),
            CardPhase::Learning { step } => (1, step),
            CardPhase::Review => (2, 0),
            CardPhase::Relearning { step } => (3, step),
        };
        record.put(&[phase, step, last_rating.map_or(0, Rating::number)]);
        record.set(flag::MEMORY, memory.is_some());
        record.put(&memory.map_or(0.0, |memory| memory.stability).to_le_bytes());
        record.put(&memory.map_or(0.0, |memory| memory.difficulty).to_le_bytes());
        record.set(flag::DUE_AT, matches!(due, Some(Due::At(_))));
        record.set(flag::DUE_DAY, matches!(due, Some(Due::Day(_))));
        let due = match *due {
            Some(Due::At(ms)) => ms,
            Some(Due::Day(day)) => day.0.into(),
            None => 0,
        };
        record.put(&due.to_le_bytes());
        record.put_day(flag::FIRST_DAY, *first_day);
        record.put_day(flag::LAST_DAY, *last_day);
        record.put_day(flag::STREAK_START, *streak_start);
        record.put_day(flag::BURIED, *buried_until);
        record.set(flag::SUSPENDED, *suspended);
        for count in [*interval_days, *reviews, *lapses, whole(accuracy.answers), whole(accuracy.right)] {
            record.put(&count.to_le_bytes());
        }
        record.put(&accuracy.score_sum.to_le_bytes());
        record.put(&practised.to_le_bytes());
        record.put(&answer_ms.to_le_bytes());
        record.put_day(flag::LAST_STUDIED, *last_studied);
        record.put_day(flag::LAST_ANSWERED, *last_answered);
        record.put_day(flag::NEWEST_DAY, newest_day.day);
        record.put(&newest_day.answers.to_le_bytes());
        record.put(&newest_day.answer_ms.to_le_bytes());
        record.set(flag::SCORED, *has_scored_answer);
        record.set(flag::NEEDS_HISTORY, *needs_history);
        record.set(flag::ERROR, high_confidence_error.is_some());
        if let Some(error) = high_confidence_error {
            let HighConfidenceError { event, stamp, score } = **error;
            record.put(&event.log.to_le_bytes());
            record.put(&event.seq.to_le_bytes());
            record.put(&stamp.utc_ms.to_le_bytes());
            record.put(&stamp.offset_minutes.to_le_bytes());
            record.put(&stamp.day.0.to_le_bytes());
            record.put(&score.to_le_bytes());
        }
        record.finish()
    }

    /// Reads a record; `None` if it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut record = RecordReader { flags: 0, bytes };
        record.flags = u16::from_le_bytes(record.take()?);
        let flags = record.flags;
        if flags & !flag::ALL != 0 {
            return None;
        }
        let [phase, step, rating] = record.take()?;
        let phase = match phase {
            0 => CardPhase::New,
            1 => CardPhase::Learning { step },
            2 => CardPhase::Review,
            3 => CardPhase::Relearning { step },
            _ => return None,
        };
        let last_rating = if rating == 0 { None } else { Some(Rating::from_number(rating)?) };
        let memory = Memory {
            stability: f32::from_le_bytes(record.take()?),
            difficulty: f32::from_le_bytes(record.take()?),
        };
        let due = i64::from_le_bytes(record.take()?);
        let due = match (flags & flag::DUE_AT != 0, flags & flag::DUE_DAY != 0) {
            (false, false) => None,
            (true, false) => Some(Due::At(due)),
            (false, true) => Some(Due::Day(StudyDay(i32::try_from(due).ok()?))),
            (true, true) => return None,
        };
        let state = CardState {
            memory: Some(memory).filter(|_| flags & flag::MEMORY != 0),
            phase,
            due,
            first_day: record.take_day(flag::FIRST_DAY)?,
            last_day: record.take_day(flag::LAST_DAY)?,
            streak_start: record.take_day(flag::STREAK_START)?,
            buried_until: record.take_day(flag::BURIED)?,
            last_rating,
            interval_days: record.take_u32()?,
            reviews: record.take_u32()?,
            lapses: record.take_u32()?,
            suspended: flags & flag::SUSPENDED != 0,
        };
        let accuracy = Accuracy {
            answers: record.take_u32()? as usize,
            right: record.take_u32()? as usize,
            score_sum: f64::from_le_bytes(record.take()?),
        };
        let summary = Self {
            state,
            accuracy,
            practised: record.take_u32()?,
            answer_ms: u64::from_le_bytes(record.take()?),
            last_studied: record.take_day(flag::LAST_STUDIED)?,
            last_answered: record.take_day(flag::LAST_ANSWERED)?,
            newest_day: AnswersOfDay {
                day: record.take_day(flag::NEWEST_DAY)?,
                answers: record.take_u32()?,
                answer_ms: record.take_u32()?,
            },
            has_scored_answer: flags & flag::SCORED != 0,
            high_confidence_error: if flags & flag::ERROR == 0 { None } else { Some(record.take_error()?) },
            needs_history: flags & flag::NEEDS_HISTORY != 0,
        };
        record.bytes.is_empty().then_some(summary)
    }
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A record that is being written; the flags are put into the first two bytes at the end.
struct RecordWriter {
    flags: u16,
    bytes: Vec<u8>,
}

impl RecordWriter {
    fn set(&mut self, flag: u16, is_set: bool) {
        self.flags |= if is_set { flag } else { 0 };
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn put_day(&mut self, flag: u16, day: Option<StudyDay>) {
        self.set(flag, day.is_some());
        self.put(&day.map_or(0, |day| day.0).to_le_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes[..2].copy_from_slice(&self.flags.to_le_bytes());
        self.bytes
    }
}

/// What is left of a record.
struct RecordReader<'b> {
    flags: u16,
    bytes: &'b [u8],
}

impl RecordReader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*first)
    }

    fn take_u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn take_day(&mut self, flag: u16) -> Option<Option<StudyDay>> {
        let day = StudyDay(i32::from_le_bytes(self.take()?));
        Some(Some(day).filter(|_| self.flags & flag != 0))
    }

    fn take_error(&mut self) -> Option<Box<HighConfidenceError>> {
        let event = EventId { log: u64::from_le_bytes(self.take()?), seq: u64::from_le_bytes(self.take()?) };
        let stamp = Stamp {
            utc_ms: i64::from_le_bytes(self.take()?),
            offset_minutes: i32::from_le_bytes(self.take()?),
            day: StudyDay(i32::from_le_bytes(self.take()?)),
        };
        Some(Box::new(HighConfidenceError { event, stamp, score: f64::from_le_bytes(self.take()?) }))
    }
}
