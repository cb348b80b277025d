//! Events to store, and directories to store them in.

use std::fs;
use std::path::Path;

use linchpin::domain::day::{Stamp, StudyDay};
use linchpin::domain::event::{Change, Confidence, Due, EventId, Given, Review, Source};
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;
use linchpin::store::Store;
use proptest::prelude::*;
use tempfile::TempDir;

pub fn a_directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub fn stamp(at: i64) -> Stamp {
    Stamp { utc_ms: 1_700_000_000_000 + at, offset_minutes: -210, day: StudyDay(19_675) }
}

pub fn card(nth: usize) -> CardKey {
    let facet = [Facet::Front, Facet::Reverse, Facet::Gap("water".into())][nth % 3].clone();
    CardKey::new(format!("deck-{}", nth % 4), format!("question-{nth}"), facet)
}

pub fn answer(score: f64) -> Change {
    Change::Answer(Review {
        source: Source::Study,
        kind: Kind::Choice,
        score,
        blind_chance: 0.25,
        hint_used: true,
        confidence: Some(Confidence::ThinkSo),
        latency_ms: u32::MAX,
        proposed: Rating::Hard,
        rating: Rating::Good,
        mapping: 255,
        granted: Due::At(1_700_000_600_000),
    })
}

pub fn given(response: Response) -> Given {
    Given { response, shown: vec!["one".into(), "two \"quoted\" \u{0}\n".into(), "세 🐟".into()] }
}

pub fn responses() -> [Response; 9] {
    [
        Response::Recalled,
        Response::Text("naïve".into()),
        Response::Bool(false),
        Response::Picks(vec![0, 2]),
        Response::Gaps(vec![String::new(), "b".into()]),
        Response::Arrangement(vec![2, 0, 1]),
        Response::Pairs(vec![Some(1), None]),
        Response::Bins(vec![None, Some(0)]),
        Response::GaveUp,
    ]
}

/// Every variant, and every value of every enum inside.
pub fn every_change() -> Vec<Change> {
    let target = EventId { log: u64::MAX, seq: 3 };
    let rate = |rating, granted, confidence| Change::Rate { target, rating, granted, confidence };
    let mut changes = vec![
        Change::Retract(target),
        rate(Rating::Easy, Due::Day(StudyDay(-1)), None),
        rate(Rating::Again, Due::At(i64::MIN), Some(Confidence::Guess)),
        rate(Rating::Hard, Due::At(i64::MAX), Some(Confidence::Sure)),
        Change::Suspend,
        Change::Resume,
        Change::Bury { until: StudyDay(i32::MAX) },
        Change::Reset,
        Change::Rekey { to: card(1).into() },
        Change::Rekey { to: CardKey::new("elsewhere", "한글", Facet::Reverse).into() },
        Change::KeepApart { other: card(5).into() },
    ];
    let Change::Answer(review) = answer(1.0) else { unreachable!() };
    for kind in Kind::ALL {
        changes.push(Change::Answer(Review { kind, hint_used: false, confidence: None, ..review }));
    }
    for source in [Source::Study, Source::Test, Source::TestUnscheduled, Source::Practice] {
        changes.push(Change::Answer(Review { source, granted: Due::Day(StudyDay(20_000)), ..review }));
    }
    for rating in Rating::ALL {
        changes.push(Change::Answer(Review { rating, proposed: rating, score: 0.1, ..review }));
    }
    changes
}

/// A store with `count` answers, closed.
pub fn filled(count: i64) -> TempDir {
    let dir = a_directory();
    add(dir.path(), count);
    dir
}

pub fn add(dir: &Path, count: i64) {
    let mut store = Store::open(dir).unwrap();
    for at in 0..count {
        let given = given(Response::Text(format!("answer {at}")));
        store.append(stamp(at), &card(at as usize), &answer(0.5), Some(&given)).unwrap();
    }
}

/// Copies the files of a directory, as a crash or a careless person leaves them.
pub fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

pub type Entry = (Stamp, CardKey, Change, Option<Given>);

pub fn any_entry() -> impl Strategy<Value = Entry> {
    let stamp = (-50i64..50, -900i32..900, any::<i32>()).prop_map(|(at, offset_minutes, day)| Stamp {
        utc_ms: at,
        offset_minutes,
        day: StudyDay(day),
    });
    let facet = prop_oneof![
        Just(Facet::Front),
        Just(Facet::Reverse),
        ".{0,4}".prop_map(|name| Facet::Gap(name.into()))
    ];
    let card = (".{0,6}", "[ab]{1,2}", facet)
        .prop_map(|(deck, question, facet)| CardKey::new(deck, question, facet));
    let change = prop_oneof![
        prop::sample::select(every_change()),
        (0.0..=1.0f64, any::<u32>()).prop_map(|(score, latency_ms)| match answer(score) {
            Change::Answer(review) => Change::Answer(Review { latency_ms, ..review }),
            other => other,
        }),
        (any::<u64>(), any::<u64>()).prop_map(|(log, seq)| Change::Retract(EventId { log, seq })),
    ];
    let given = prop::option::of(
        (".{0,8}", prop::collection::vec(".{0,5}", 0..3))
            .prop_map(|(text, shown)| Given { response: Response::Text(text), shown }),
    );
    (stamp, card, change, given)
}
