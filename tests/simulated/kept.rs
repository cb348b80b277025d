//! What a learner studied of a deck, written into a data folder as the program would have.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{Event, Given};
use linchpin::domain::seed::{rng, seed_of};
use linchpin::formats::ron_deck;
use linchpin::library::SHIPPED;
use linchpin::store::Store;

use super::student::{Session, Student};
use super::{as_new, moment, study_days};

/// What is studied, and how much.
pub struct Studies {
    /// The deck.
    pub deck: Arc<Deck>,
    /// Calendar days.
    pub days: u32,
    /// Days without study at the end.
    pub rest: u32,
    /// New cards a day.
    pub new_cards: usize,
    /// Answers a day.
    pub answers: usize,
    /// How long things are kept: see [`linchpin::domain::simulate::Mind::keeps`].
    pub keeps: f32,
}

/// A deck that ships inside the program.
pub fn shipped(nth: usize) -> Arc<Deck> {
    Arc::new(ron_deck::parse(SHIPPED[nth].1).deck.expect("a sound deck"))
}

/// A few months of the alliance, and a few weeks of the Korean terms.
pub fn both_shipped(folder: &Path) {
    let alliance = Studies { deck: shipped(0), days: 75, rest: 24, new_cards: 2, answers: 13, keeps: 0.6 };
    let terms = Studies { deck: shipped(1), days: 40, rest: 4, new_cards: 1, answers: 8, keeps: 0.8 };
    keep(folder, &[alliance, terms]);
}

/// Writes what is studied in Seoul, until the 22nd of November 2026 less the days of rest.
pub fn keep(folder: &Path, studies: &[Studies]) {
    let zone = TimeZone::get("Asia/Seoul").expect("a zone");
    let end = jiff::civil::Date::constant(2026, 11, 23);
    let mut log: Vec<(Event, Option<Given>)> = Vec::new();
    for studies in studies {
        let mut student = Student::new(studies.deck.clone(), 7);
        student.tells_what_was_given = true;
        student.mind.keeps = studies.keeps;
        let mut chance = rng(seed_of(&studies.deck.id));
        let first = end.saturating_sub(jiff::Span::new().days(i64::from(studies.days)));
        for day in study_days(studies.days - studies.rest, &mut chance) {
            let date = first.saturating_add(jiff::Span::new().days(i64::from(day)));
            let begin = moment(date, 9 * 60, &zone);
            let (new_cards, answers) = (studies.new_cards, studies.answers);
            log.extend(student.study(&Session { zone: zone.clone(), begin, new_cards, answers }));
        }
    }
    log.sort_by_key(|(event, _)| event.stamp.utc_ms);
    Store::open(folder).expect("a store").append_all(&as_new(&log)).expect("it is kept");
}
