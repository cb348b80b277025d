//! Samples for the benches: a moment, an answer, an event.
#![allow(dead_code, reason = "every bench uses its own part")]

use linchpin::domain::day::{Moment, Stamp, StudyDay};
use linchpin::domain::event::{Change, Due, Event, EventId, Review, ReviewSource};
use linchpin::domain::ids::CardKey;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::{MAPPING_VERSION, Rating};

/// A Monday morning.
pub fn now() -> Moment {
    Moment::new(&"2026-11-23T10:00:00+09:00[Asia/Seoul]".parse().expect("a time"), 4)
}

/// An answer to a choice of four options, right unless it is rated Again.
pub fn review(rating: Rating, due: StudyDay) -> Review {
    Review {
        source: ReviewSource::Study,
        kind: Kind::Choice,
        score: if rating == Rating::Again { 0.0 } else { 1.0 },
        blind_chance: 0.25,
        hint_used: false,
        confidence: None,
        latency_ms: 4_000,
        proposed_rating: rating,
        rating,
        mapping_version: MAPPING_VERSION,
        due: Due::Day(due),
    }
}

/// An answer on a study day; `number` is its position in the log, from 0.
pub fn answered(card: CardKey, day: StudyDay, number: usize, review: Review) -> Event {
    let utc_ms = i64::from(day.0) * 86_400_000 + number as i64;
    Event {
        id: EventId { log: 1, seq: number as u64 + 1 },
        order_ms: utc_ms,
        stamp: Stamp { utc_ms, offset_minutes: 540, day },
        card,
        change: Change::Answer(review),
    }
}
