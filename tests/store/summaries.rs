//! The summaries that are kept in the progress file say what the log says, whatever happened to the file.

use std::collections::BTreeMap;
use std::path::Path;

use linchpin::app::core::reading::read_progress;
use linchpin::domain::day::{Stamp, StudyDay};
use linchpin::domain::event::{
    Change, Confidence, DEFAULT_LONGEST_ANSWER_MS, Due, Event, EventId, Review, ReviewSource,
};
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::rating::Rating;
use linchpin::domain::summary::SummaryRules;
use linchpin::store::{NewEvent, Store};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rusqlite::Connection;

use crate::blocks::add_foreign;
use crate::events::{a_directory, answer, card, copy_dir, stamp};

/// Each card by its key, as text, with its summary as bytes.
type Records = BTreeMap<String, Vec<u8>>;

fn model() -> MemoryModel {
    MemoryModel::default()
}

fn rules() -> SummaryRules {
    SummaryRules::new(&model(), DEFAULT_LONGEST_ANSWER_MS)
}

fn read(store: &mut Store, dir: &Path) -> Progress {
    read_progress(store, dir, &model(), DEFAULT_LONGEST_ANSWER_MS).unwrap()
}

fn records(progress: &Progress) -> Records {
    progress.cards().map(|(key, summary)| (format!("{key:?}"), summary.to_bytes())).collect()
}

/// What is kept in the file; `None` if it does not hold for all events.
fn kept(dir: &Path) -> Option<Records> {
    let found = Store::open_read_only(dir).unwrap().kept_progress(&rules()).unwrap()?;
    let cards = found.stored.cards.iter();
    let records = cards.map(|(key, summary)| (format!("{key:?}"), summary.to_bytes())).collect();
    found.later.is_empty().then_some(records)
}

fn folded(dir: &Path) -> Progress {
    Progress::from_events(Store::open_read_only(dir).unwrap().events().unwrap(), &model())
}

/// Writes an event as the program does.
fn write(store: &mut Store, progress: &mut Progress, stamp: Stamp, key: &CardKey, change: &Change) -> Event {
    let order_ms = store.next_order_ms(stamp);
    let needed = progress.prepare([(order_ms, key, change)]).unwrap();
    let new = NewEvent { stamp, card: key, change, answer: None };
    let change =
        store.append_folded(None, &[new], |events| progress.folded(events, needed, &model())).unwrap();
    let event = change.events()[0].clone();
    progress.apply(change);
    event
}

/// Something that happens to the file.
#[derive(Clone, Debug)]
enum Step {
    Answer(usize, Review),
    Plain(usize, Change),
    Rekey(usize, usize),
    Reject(usize, usize),
    Retract(prop::sample::Index),
    Rate(prop::sample::Index, Rating),
    /// The program is closed and opened again.
    Reopen,
    /// A program that keeps no summaries resets a card.
    Earlier(usize),
    /// The program is killed, and opened again elsewhere.
    Kill,
}

fn any_review() -> impl Strategy<Value = Review> {
    let source = prop::sample::select(vec![
        ReviewSource::Study,
        ReviewSource::Test,
        ReviewSource::TestUnscheduled,
        ReviewSource::Practice,
    ]);
    let confidence = prop::option::of(prop::sample::select(Confidence::ALL.to_vec()));
    let rating = prop::sample::select(Rating::ALL.to_vec());
    (source, confidence, rating, 0..=4u8, 0..400_000u32).prop_map(
        |(source, confidence, rating, fourths, latency_ms)| {
            let Change::Answer(review) = answer(f64::from(fourths) / 4.0) else { unreachable!() };
            let due = Due::Day(StudyDay(20_000));
            Review { source, confidence, rating, latency_ms, due, ..review }
        },
    )
}

fn any_step() -> impl Strategy<Value = Step> {
    let plain = prop::sample::select(vec![
        Change::Suspend,
        Change::Resume,
        Change::Reset,
        Change::Bury { until: StudyDay(19_700) },
    ]);
    let rating = prop::sample::select(Rating::ALL.to_vec());
    prop_oneof![
        6 => (0..5usize, any_review()).prop_map(|(nth, review)| Step::Answer(nth, review)),
        2 => (0..5usize, plain).prop_map(|(nth, change)| Step::Plain(nth, change)),
        2 => (0..5usize, 0..45usize).prop_map(|(from, to)| Step::Rekey(from, to)),
        1 => (0..5usize, 0..5usize).prop_map(|(one, other)| Step::Reject(one, other)),
        2 => any::<prop::sample::Index>().prop_map(Step::Retract),
        1 => (any::<prop::sample::Index>(), rating).prop_map(|(which, rating)| Step::Rate(which, rating)),
        1 => Just(Step::Reopen),
        1 => (0..60usize).prop_map(Step::Earlier),
        1 => Just(Step::Kill),
    ]
}

fn pick(events: &[Event], which: prop::sample::Index) -> Option<(EventId, CardKey)> {
    (!events.is_empty()).then(|| which.get(events)).map(|event| (event.id, event.card.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_the_log_folds_to(steps in prop::collection::vec((-3..40i64, any_step()), 1..40)) {
        let mut dir = a_directory();
        let mut store = Store::open(dir.path()).unwrap();
        let mut progress = read(&mut store, dir.path());
        let mut written: Vec<Event> = Vec::new();
        let mut at = 0;
        for (hours, step) in steps {
            at += hours * 3_600_000;
            let day = StudyDay(19_675 + i32::try_from(at / 86_400_000).unwrap());
            let now = Stamp { day, ..stamp(at) };
            let (on, change) = match step {
                Step::Answer(nth, review) => (card(nth), Change::Answer(review)),
                Step::Plain(nth, change) => (card(nth), change),
                Step::Rekey(from, to) => (card(from), Change::Rekey { to: card(to).into() }),
                Step::Reject(one, other) => (card(one), Change::RejectMatch { other: card(other).into() }),
                Step::Retract(which) => match pick(&written, which) {
                    Some((target, on)) => (on, Change::Retract(target)),
                    None => continue,
                },
                Step::Rate(which, rating) => match pick(&written, which) {
                    Some((target, on)) => {
                        (on, Change::Rate { target, rating, due: Due::At(at), confidence: None })
                    }
                    None => continue,
                },
                Step::Reopen => {
                    drop(store);
                    store = Store::open(dir.path()).unwrap();
                    progress = read(&mut store, dir.path());
                    continue;
                }
                Step::Earlier(nth) => {
                    store.append(now, &card(nth), &Change::Reset, None).unwrap();
                    drop(store);
                    prop_assert_eq!(kept(dir.path()), None);
                    store = Store::open(dir.path()).unwrap();
                    progress = read(&mut store, dir.path());
                    continue;
                }
                Step::Kill => {
                    let copy = a_directory();
                    copy_dir(dir.path(), copy.path());
                    drop(store);
                    dir = copy;
                    store = Store::open(dir.path()).unwrap();
                    progress = read(&mut store, dir.path());
                    continue;
                }
            };
            written.push(write(&mut store, &mut progress, now, &on, &change));
            prop_assert_eq!(kept(dir.path()), Some(records(&progress)));
        }
        let folded = folded(dir.path());
        prop_assert_eq!(kept(dir.path()), Some(records(&folded)));
        drop(store);
        let reread = read(&mut Store::open(dir.path()).unwrap(), dir.path());
        prop_assert_eq!(records(&reread), records(&folded));
        prop_assert_eq!(reread.event_count(), folded.event_count());
        for one in 0..5 {
            for other in 0..5 {
                let (one, other) = (card(one), card(other));
                prop_assert_eq!(reread.is_match_rejected(&one, &other), folded.is_match_rejected(&one, &other));
                prop_assert_eq!(reread.was_rekey_retracted(&one, &other), folded.was_rekey_retracted(&one, &other));
                prop_assert_eq!(reread.current_key(&one, |_| false), folded.current_key(&one, |_| false));
                let (found, wanted) = (reread.history(&one).unwrap(), folded.history(&one).unwrap());
                prop_assert_eq!(found.events(), wanted.events());
            }
        }
    }
}

/// A closed store with answers to a hundred cards, whose summaries are kept, and a card whose progress moved.
fn with_answers() -> tempfile::TempDir {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let mut progress = read(&mut store, dir.path());
    for at in 0..120 {
        write(&mut store, &mut progress, stamp(at), &card(at as usize % 100), &answer(0.5));
    }
    let moved = Change::Rekey { to: card(300).into() };
    write(&mut store, &mut progress, stamp(200), &card(0), &moved);
    dir
}

#[test]
fn summaries_that_cannot_be_used_are_made_anew_and_nothing_is_lost() {
    for damage in [
        "DROP TABLE card_state",
        "DROP TABLE card_decision",
        "DROP TABLE card_rules",
        "DELETE FROM card_rules",
        "UPDATE card_rules SET rules = x'00'",
        "UPDATE card_state SET data = zeroblob(length(data)) WHERE page = 1",
        "UPDATE card_state SET data = substr(data, 1, 100) WHERE page = 0",
        "UPDATE card_state SET data = x''",
        "UPDATE card_state SET data = (SELECT data FROM card_state WHERE page = 0) WHERE page = 1",
        "DELETE FROM card_state WHERE page = 1",
        "DELETE FROM card_state WHERE page = 2",
        "DELETE FROM card_state",
        "UPDATE card_decision SET kind = 5",
        // The summaries hold up to an event that is not there.
        "DELETE FROM recent WHERE position = 121",
    ] {
        let dir = with_answers();
        assert!(kept(dir.path()).is_some());
        Connection::open(dir.path().join("progress.db")).unwrap().execute_batch(damage).unwrap();
        assert_eq!(kept(dir.path()), None, "{damage}");
        let folded = records(&folded(dir.path()));
        let mut reader = Store::open_read_only(dir.path()).unwrap();
        assert_eq!(records(&read(&mut reader, dir.path())), folded, "{damage}");
        drop(reader);
        assert_eq!(kept(dir.path()), None, "a reader keeps nothing");
        let mut store = Store::open(dir.path()).unwrap();
        assert_eq!(records(&read(&mut store, dir.path())), folded, "{damage}");
        drop(store);
        assert_eq!(kept(dir.path()), Some(folded), "{damage}");
    }
}

#[test]
fn a_page_that_is_damaged_while_the_program_runs_is_made_anew_at_the_next_start() {
    let dir = with_answers();
    let mut store = Store::open(dir.path()).unwrap();
    let mut progress = read(&mut store, dir.path());
    let other = Connection::open(dir.path().join("progress.db")).unwrap();
    other.execute("UPDATE card_state SET data = x'01' WHERE page = 0", []).unwrap();
    drop(other);
    for at in 300..303 {
        write(&mut store, &mut progress, stamp(at), &card(1), &answer(1.0));
    }
    drop(store);
    assert_eq!(kept(dir.path()), None);
    let reread = read(&mut Store::open(dir.path()).unwrap(), dir.path());
    assert_eq!(records(&reread), records(&progress));
    assert_eq!(kept(dir.path()), Some(records(&progress)));
}

#[test]
fn an_event_of_a_later_version_after_the_summaries_takes_no_other_from_the_histories() {
    let dir = with_answers();
    add_foreign(dir.path(), 122, 1, 201, b"of a later version");
    let mut store = Store::open(dir.path()).unwrap();
    let mut progress = read(&mut store, dir.path());
    write(&mut store, &mut progress, stamp(300), &card(1), &answer(1.0));
    let history = progress.history(&card(1)).unwrap();
    assert_eq!(history.events().len(), 3, "two answers of before and the new one");
    drop(store);
    assert_eq!(kept(dir.path()), Some(records(&folded(dir.path()))));
}

#[test]
fn other_rules_make_other_summaries() {
    let dir = with_answers();
    let mut store = Store::open(dir.path()).unwrap();
    let progress = read_progress(&mut store, dir.path(), &model(), 7).unwrap();
    assert_eq!(progress.summary(&card(1)).map(|summary| summary.answer_ms), Some(14));
    drop(store);
    assert_eq!(kept(dir.path()), None);
    let rules = SummaryRules::new(&model(), 7);
    let kept = Store::open_read_only(dir.path()).unwrap().kept_progress(&rules).unwrap().expect("kept");
    assert_eq!(kept.stored.cards.len(), progress.cards().len());
}
