//! What the tests on studying share: times, cards, answers, and a card that is answered again and again.
#![allow(dead_code, reason = "every test file uses its own part")]

use jiff::tz::TimeZone;
use linchpin::domain::card::{Card, CardState, Entry};
use linchpin::domain::day::{Moment, StudyDay};
use linchpin::domain::event::{Change, Due, EventId, Review, Source};
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::{Outcome, Scheduler};

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const ROLLOVER: u8 = 4;

/// The moment of a zoned time such as `2026-11-23T09:00[Asia/Seoul]`.
pub fn at(text: &str) -> Moment {
    Moment::new(&text.parse().expect("a zoned time"), ROLLOVER)
}

/// Nine in the morning in Seoul.
pub fn morning() -> Moment {
    at("2026-11-23T09:00[Asia/Seoul]")
}

pub fn seoul(utc_ms: i64) -> Moment {
    Moment::at_ms(utc_ms, TimeZone::get("Asia/Seoul").expect("a zone"), ROLLOVER)
}

/// In Seoul, that much later.
pub fn later(now: &Moment, ms: i64) -> Moment {
    seoul(now.ms() + ms)
}

pub fn days_later(now: &Moment, days: u32) -> Moment {
    later(now, i64::from(days) * 24 * HOUR)
}

pub fn key(deck: &str, question: &str) -> CardKey {
    CardKey::new(deck, question, Facet::Front)
}

pub fn reverse(key: &CardKey) -> CardKey {
    CardKey { facet: Facet::Reverse, ..key.clone() }
}

pub fn review(rating: Rating, kind: Kind, granted: Due) -> Review {
    Review {
        source: Source::Study,
        kind,
        score: if rating == Rating::Again { 0.0 } else { 1.0 },
        blind_chance: 0.0,
        hint_used: false,
        confidence: None,
        latency_ms: 5_000,
        proposed: rating,
        rating,
        mapping: 1,
        granted,
    }
}

pub fn id(seq: u64) -> EventId {
    EventId { log: 7, seq }
}

/// When a card comes back, at the earliest: timed ones on the minute, the others at the same hour of their day.
pub fn when_due(now: &Moment, due: Due) -> Moment {
    match due {
        Due::At(ms) => seoul(ms),
        Due::Day(day) => days_later(now, day.days_since(now.day())),
    }
}

/// Answers a card and pushes the event, as the program does; what was promised for the rating.
pub fn answer(
    card: &mut Card,
    key: &CardKey,
    kind: Kind,
    rules: &Scheduler,
    now: &Moment,
    rating: Rating,
) -> Outcome {
    let outcome = rules.outcome(key, kind, card.state(), now, rating);
    let change = Change::Answer(review(rating, kind, outcome.due));
    let seq = card.entries().len() as u64 + 1;
    card.push(Entry { id: id(seq), stamp: now.stamp, change }, &rules.model);
    outcome
}

/// A card answered with these ratings, each time when it was due; and the moment of its last answer.
pub fn learned(rules: &Scheduler, key: &CardKey, from: &Moment, ratings: &[Rating]) -> (Card, Moment) {
    let (mut card, mut now) = (Card::default(), *from);
    for (nth, rating) in ratings.iter().enumerate() {
        if nth > 0 {
            now = when_due(&now, card.state().due.expect("answered"));
        }
        answer(&mut card, key, Kind::Typed, rules, &now, *rating);
    }
    (card, now)
}

/// The state of a card in review, last answered that many days ago, with an interval of so many days.
pub fn in_review(now: &Moment, days_ago: u32, interval_days: u32) -> CardState {
    use linchpin::domain::memory::Memory;
    let last_day = StudyDay(now.day().0 - i32::try_from(days_ago).expect("few days"));
    CardState {
        memory: Some(Memory { stability: interval_days as f32, difficulty: 5.0 }),
        phase: linchpin::domain::card::Phase::Review,
        due: Some(Due::Day(last_day.plus(interval_days))),
        first_day: Some(StudyDay(last_day.0 - 30)),
        last_day: Some(last_day),
        interval_days,
        reviews: 4,
        ..CardState::default()
    }
}
