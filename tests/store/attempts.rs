//! Tests on the disk: every step that was acknowledged is there, and what ends a test is there wholly or not at all.

use std::sync::Arc;

use linchpin::domain::attempt::{
    AttemptEvent, CardSnapshot, CompletedAttempt, DrawnTest, LoggedAttemptEvent, SelfGrade, TestCode,
    TestSetup,
};
use linchpin::domain::event::{Change, Confidence, EventId};
use linchpin::domain::task::Response;
use linchpin::formats::ron_deck;
use linchpin::store::{AttemptId, NewEvent, Store, StoreError};
use rusqlite::Connection;

use crate::events::{a_directory, answer, card, copy_dir, given, responses, stamp};

const DECK: &str = r#"Deck(format: 1, id: "deck", title: "세 \"Deck\"", topics: {"a": "A"}, questions: [
    (id: "one", topic: "a", prompt: "One?", answer: Typed(["one", "하나"])),
    (id: "two", topic: "a", prompt: "Two?", answer: Choice(right: "x", wrong: [("y", "why not")]), cite: []),
    (id: "three", topic: "a", prompt: "A {{gap::hint}}.", answer: Cloze),
    (id: "four", topic: "a", prompt: "When?", answer: Date(value: "2023-04-26", within: 3)),
    (id: "five", topic: "a", prompt: "How many?", answer: Number(value: 1.5, within: 0.25, unit: "m")),
])"#;

fn paper() -> DrawnTest {
    let deck = Arc::new(ron_deck::parse(DECK).deck.expect("a sound deck"));
    DrawnTest::draw(&TestSetup::default(), TestCode::new(7), [&deck], |_| CardSnapshot {
        recall: Some(0.5),
        suspended: false,
    })
    .expect("questions")
}

fn step(clock_ms: i64, act: AttemptEvent) -> LoggedAttemptEvent {
    LoggedAttemptEvent { at_ms: stamp(clock_ms).utc_ms, clock_ms, event: act }
}

/// One of every sort.
fn every_act() -> Vec<AttemptEvent> {
    let mut acts = vec![AttemptEvent::Show(0), AttemptEvent::Show(usize::from(u16::MAX))];
    acts.extend(
        responses().into_iter().map(|response| AttemptEvent::Answer { item: 1, response: Some(response) }),
    );
    acts.extend([
        AttemptEvent::Answer { item: 0, response: None },
        AttemptEvent::Flag { item: 2, flagged: true },
    ]);
    acts.extend(
        [None, Some(Confidence::Guess), Some(Confidence::ThinkSo), Some(Confidence::Sure)]
            .map(|confidence| AttemptEvent::SetConfidence { item: 3, confidence }),
    );
    acts.extend([AttemptEvent::Heartbeat, AttemptEvent::Pause, AttemptEvent::HandIn { by_time: true }]);
    acts.extend(SelfGrade::ALL.map(|worth| AttemptEvent::SelfGrade { item: 0, grade: worth }));
    acts
}

#[test]
fn a_test_comes_back_as_it_went_in() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let mut steps = vec![step(0, AttemptEvent::Show(0))];
    let id = store.start_attempt(stamp(0), &paper(), &steps).unwrap();
    assert_eq!(id, AttemptId { log: store.log_id(), seq: 1 });
    for (at, act) in (1..).zip(every_act()) {
        // The clock on the wall goes back; the test's own does not.
        let step = LoggedAttemptEvent { at_ms: stamp(-at).utc_ms, ..step(at / 2, act) };
        assert_eq!(store.append_attempt_events(id, std::slice::from_ref(&step), &[]).unwrap(), []);
        steps.push(step);
        let beside = Store::open_read_only(dir.path()).unwrap();
        assert_eq!(beside.attempt(id).unwrap().unwrap().events, steps, "acknowledged is on the disk");
    }
    drop(store);
    let mut store = Store::open(dir.path()).unwrap();
    let unfinished = store.unfinished_attempts().unwrap();
    assert_eq!(unfinished.len(), 1);
    assert_eq!(
        (unfinished[0].started, &unfinished[0].test, &unfinished[0].events),
        (stamp(0), &Ok(paper()), &steps)
    );
    assert_eq!(store.completed_attempts().unwrap(), []);
    let second = store.start_attempt(stamp(9), &paper(), &[]).unwrap();
    assert_eq!(second.seq, 2);
    store.append_attempt_events(second, &[step(1, AttemptEvent::Discard)], &[]).unwrap();
    store.append_attempt_events(id, &[step(99, AttemptEvent::Complete)], &[]).unwrap();
    assert_eq!(store.unfinished_attempts().unwrap(), []);
    assert_eq!(store.completed_attempts().unwrap().iter().map(|test| test.id).collect::<Vec<_>>(), [id]);
    assert_eq!(store.attempt(AttemptId { log: 1, seq: 1 }).unwrap(), None);
    store.check().unwrap();
}

#[test]
fn the_end_of_a_test_and_its_answers_are_written_together_or_not_at_all() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let id = store.start_attempt(stamp(0), &paper(), &[step(0, AttemptEvent::Show(0))]).unwrap();
    let (one, other) = (card(0), card(1));
    let (right, nonsense) = (answer(1.0), answer(f64::NAN));
    let told = given(Response::GaveUp);
    let event = |card, change| NewEvent { stamp: stamp(1), card, change, answer: Some(&told) };
    let close = [step(5, AttemptEvent::HandIn { by_time: false }), step(5, AttemptEvent::Complete)];
    // A score that is no number cannot be stored: the answer before it and the steps are taken back with it.
    assert!(
        store.append_attempt_events(id, &close, &[event(&one, &right), event(&other, &nonsense)]).is_err()
    );
    assert_eq!((store.events().unwrap().len(), store.completed_attempts().unwrap().len()), (0, 0));
    let ids = store.append_attempt_events(id, &close, &[event(&one, &right), event(&other, &right)]).unwrap();
    assert_eq!(ids, [1, 2].map(|seq| EventId { log: store.log_id(), seq }));
    assert_eq!((store.events().unwrap().len(), store.completed_attempts().unwrap().len()), (2, 1));
    // Nothing is added to a test that there is not.
    let unknown = AttemptId { log: 5, seq: 5 };
    assert!(store.append_attempt_events(unknown, &close, &[event(&one, &right)]).is_err());
    assert_eq!(store.events().unwrap().len(), 2);
    let id = store.append(stamp(2), &one, &Change::Suspend, None).unwrap();
    assert_eq!(id.seq, 3, "there are no gaps after a failure");
}

#[test]
fn a_reader_writes_no_tests() {
    let dir = a_directory();
    drop(Store::open(dir.path()).unwrap());
    let mut reader = Store::open_read_only(dir.path()).unwrap();
    let refused = reader.start_attempt(stamp(0), &paper(), &[]);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
}

#[test]
fn a_copy_goes_on_with_a_test_under_its_own_log() {
    let (dir, copy) = (a_directory(), a_directory());
    let mut store = Store::open(dir.path()).unwrap();
    let id = store.start_attempt(stamp(0), &paper(), &[step(0, AttemptEvent::Show(0))]).unwrap();
    drop(store);
    copy_dir(dir.path(), copy.path());
    let mut store = Store::open(copy.path()).unwrap();
    assert_ne!(store.log_id(), id.log);
    store
        .append_attempt_events(id, &[step(1, AttemptEvent::Heartbeat), step(2, AttemptEvent::Complete)], &[])
        .unwrap();
    let acts: Vec<AttemptEvent> =
        store.attempt(id).unwrap().unwrap().events.into_iter().map(|step| step.event).collect();
    assert_eq!(acts, [AttemptEvent::Show(0), AttemptEvent::Heartbeat, AttemptEvent::Complete]);
}

#[test]
fn what_is_written_after_a_move_of_the_directory_comes_after_what_was_there() {
    let mut dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let first = [AttemptEvent::Show(0), AttemptEvent::HandIn { by_time: false }].map(|act| step(5, act));
    let id = store.start_attempt(stamp(0), &paper(), &first).unwrap();
    drop(store);
    // The clock of the test stands while it is judged, and every place has another log id: nothing but the order in
    // which they were written tells one step from another. So many places that no luck puts their ids in order.
    let worths: Vec<SelfGrade> = SelfGrade::ALL.into_iter().cycle().take(9).collect();
    for worth in &worths {
        let next = a_directory();
        copy_dir(dir.path(), next.path());
        dir = next;
        let mut store = Store::open(dir.path()).unwrap();
        store
            .append_attempt_events(id, &[step(5, AttemptEvent::SelfGrade { item: 1, grade: *worth })], &[])
            .unwrap();
    }
    let mut store = Store::open(dir.path()).unwrap();
    store.append_attempt_events(id, &[step(5, AttemptEvent::Complete)], &[]).unwrap();
    let test = store.completed_attempts().unwrap().pop().expect("it was closed");
    let judged = test.events.iter().filter_map(|step| match step.event {
        AttemptEvent::SelfGrade { grade, .. } => Some(grade),
        _ => None,
    });
    assert_eq!(judged.collect::<Vec<_>>(), worths);
    assert!(
        CompletedAttempt::from_events(Arc::new(test.test.unwrap()), &test.events).is_some(),
        "it is there with its report"
    );
}

#[test]
fn a_paper_that_cannot_be_read_harms_no_other_test() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    for _ in 0..2 {
        let id = store.start_attempt(stamp(0), &paper(), &[step(0, AttemptEvent::Show(0))]).unwrap();
        store
            .append_attempt_events(
                id,
                &[step(1, AttemptEvent::HandIn { by_time: false }), step(1, AttemptEvent::Complete)],
                &[],
            )
            .unwrap();
    }
    drop(store);
    let other = Connection::open(dir.path().join("progress.db")).unwrap();
    other
        .execute("UPDATE test SET paper = replace(paper, '\"question\":', '\"queston\":') WHERE seq = 1", [])
        .unwrap();
    let store = Store::open(dir.path()).unwrap();
    let tests = store.completed_attempts().unwrap();
    assert!(tests[0].test.is_err() && tests[1].test == Ok(paper()));
    drop(store);
    other.execute("UPDATE test_step SET act = '{' WHERE seq = 2 AND kind = 'hand_in'", []).unwrap();
    drop(other);
    let store = Store::open(dir.path()).unwrap();
    assert!(store.completed_attempts().unwrap()[1].test.is_err());
}
