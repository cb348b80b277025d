//! A simulated learner: a deck made up for the purpose, and what somebody with a memory of a known kind answered
//! to it, day by day, through the program's own queue, session and schedule. The same options, the same events.
#![allow(dead_code, reason = "every test file uses its own part")]

pub mod deck;
pub mod kept;
mod replies;
pub mod student;

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use linchpin::domain::day::Moment;
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{Event, Given};
use linchpin::domain::seed::{rng, seed_of};
use linchpin::store::{NewEvent, Store};
use rand::{Rng, RngExt};
use student::{Session, Student};

/// Hour at which the study days of the simulated learner begin.
pub const ROLLOVER: u8 = 4;
/// Where the learner lives, one third of the time each: the clock goes back twice.
const ZONES: [&str; 3] = ["Asia/Seoul", "Europe/Berlin", "America/New_York"];

/// What is to be simulated.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Of everything.
    pub seed: u64,
    /// Calendar days from the first to the last.
    pub days: u32,
    /// Cards of the deck; one question makes one card.
    pub cards: usize,
    /// Answers, exactly.
    pub reviews: usize,
    /// With what was answered, to what: confusions need it, and it takes most of the time.
    pub given: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, days: 365, cards: 2_000, reviews: 20_000, given: true }
    }
}

/// What came of it.
pub struct Year {
    /// Sound.
    pub deck: Deck,
    /// The deck as its file holds it.
    pub deck_text: String,
    /// In the order in which it happened.
    pub log: Vec<(Event, Option<Given>)>,
    /// Noon after the last day, where the learner lives then.
    pub now: Moment,
}

impl Year {
    /// Writes it into a data directory that has no progress yet: the deck, and the log in batches.
    pub fn keep_in(&self, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
        const BATCH: usize = 5_000;
        let decks = folder.join("decks");
        std::fs::create_dir_all(&decks)?;
        std::fs::write(decks.join("simulated-atlas.ron"), &self.deck_text)?;
        let mut store = Store::open(folder)?;
        for batch in self.log.chunks(BATCH) {
            store.append_all(&as_new(batch))?;
        }
        Ok(())
    }

    /// The events alone.
    pub fn events(&self) -> impl Iterator<Item = Event> + '_ {
        self.log.iter().map(|(event, _)| event.clone())
    }
}

/// A log as a store takes it.
fn as_new(log: &[(Event, Option<Given>)]) -> Vec<NewEvent<'_>> {
    let new = log.iter().map(|(event, given)| NewEvent {
        stamp: event.stamp,
        card: &event.card,
        change: &event.change,
        given: given.as_ref(),
    });
    new.collect()
}

/// The zone of a day.
fn zone(day: u32, days: u32) -> TimeZone {
    let part = (day as usize * ZONES.len() / days.max(1) as usize).min(ZONES.len() - 1);
    TimeZone::get(ZONES[part]).expect("a zone")
}

/// The moment of a local time of day, so many minutes after midnight.
pub fn moment(date: Date, minutes: i64, zone: &TimeZone) -> Moment {
    let midnight = date.at(0, 0, 0, 0).to_zoned_datetime(zone.clone()).expect("a day");
    Moment::at_ms(midnight.timestamp().as_millisecond() + minutes * 60_000, zone.clone(), ROLLOVER)
}

/// Simulates: a day off now and then, a fortnight away, and otherwise a session a day; the last day is yesterday
/// when it is [`Year::now`].
pub fn year(options: Options) -> Year {
    let deck_text = deck::text(options.cards, options.seed);
    let deck = deck::parsed(&deck_text);
    let mut chance = rng(seed_of(&format!("year {}", options.seed)));
    let first = Date::constant(2025, 11, 24);
    let date = |day: u32| first.saturating_add(jiff::Span::new().days(i64::from(day)));
    let days = study_days(options.days, &mut chance);
    let mut student = Student::new(Arc::new(deck.clone()), options.seed);
    student.tells_what_was_given = options.given;
    // Everything was seen once when two thirds of the time have gone.
    let new_a_day = (options.cards * 3).div_ceil(days.len().max(1) * 2);
    let mut log = Vec::with_capacity(options.reviews);
    for (nth, day) in days.iter().enumerate() {
        let left = options.reviews - log.len();
        let share = left as f64 / (days.len() - nth) as f64;
        let is_last = nth + 1 == days.len();
        let answers = if is_last { left } else { (share * chance.random_range(0.6..1.4)) as usize };
        let zone = zone(*day, options.days);
        let begin = moment(date(*day), chance.random_range(7 * 60..22 * 60), &zone);
        let session = Session { zone, begin, new_cards: new_a_day, answers };
        log.extend(student.study(&session));
    }
    let now = moment(date(options.days), 12 * 60, &zone(options.days, options.days));
    Year { deck, deck_text, log, now }
}

/// The days with a session: not one in eight, and not those of a fortnight away.
fn study_days(days: u32, chance: &mut impl Rng) -> Vec<u32> {
    let away = days / 2..days / 2 + days.min(140) / 10;
    (0..days).filter(|day| chance.random::<f64>() >= 0.125 && !away.contains(day)).collect()
}
