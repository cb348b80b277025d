//! Attempts on disk: every acknowledged event is there, and the end of an attempt is there wholly or not at all.

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

pub fn drawn_test() -> DrawnTest {
    let deck = Arc::new(ron_deck::parse(DECK).deck.expect("a sound deck"));
    DrawnTest::draw(&TestSetup::default(), TestCode::new(7), [&deck], |_| CardSnapshot {
        recall: Some(0.5),
        suspended: false,
    })
    .expect("questions")
}

pub fn logged(clock_ms: i64, event: AttemptEvent) -> LoggedAttemptEvent {
    LoggedAttemptEvent { at_ms: stamp(clock_ms).utc_ms, clock_ms, event }
}

/// Events of most variants, with every response, confidence and self-grade.
fn every_event() -> Vec<AttemptEvent> {
    let mut events = vec![AttemptEvent::Show(0), AttemptEvent::Show(usize::from(u16::MAX))];
    events.extend(
        responses().into_iter().map(|response| AttemptEvent::Answer { item: 1, response: Some(response) }),
    );
    events.extend([
        AttemptEvent::Answer { item: 0, response: None },
        AttemptEvent::Flag { item: 2, flagged: true },
    ]);
    events.extend(
        [None, Some(Confidence::Guess), Some(Confidence::ThinkSo), Some(Confidence::Sure)]
            .map(|confidence| AttemptEvent::SetConfidence { item: 3, confidence }),
    );
    events.extend([AttemptEvent::Heartbeat, AttemptEvent::Pause, AttemptEvent::HandIn { by_time: true }]);
    events.extend(SelfGrade::ALL.map(|grade| AttemptEvent::SelfGrade { item: 0, grade }));
    events
}

#[test]
fn a_stored_attempt_reads_back_unchanged() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let mut events = vec![logged(0, AttemptEvent::Show(0))];
    let id = store.start_attempt(stamp(0), &drawn_test(), &events).unwrap();
    assert_eq!(id, AttemptId { log: store.log_id(), seq: 1 });
    for (at, event) in (1..).zip(every_event()) {
        // The system clock goes back; that of the attempt does not.
        let event = LoggedAttemptEvent { at_ms: stamp(-at).utc_ms, ..logged(at / 2, event) };
        assert_eq!(store.append_attempt_events(id, std::slice::from_ref(&event), &[]).unwrap(), []);
        events.push(event);
        let reader = Store::open_read_only(dir.path()).unwrap();
        assert_eq!(reader.attempt(id).unwrap().unwrap().events, events, "an acknowledged event is on disk");
    }
    drop(store);
    let mut store = Store::open(dir.path()).unwrap();
    let unfinished = store.unfinished_attempts().unwrap();
    assert_eq!(unfinished.len(), 1);
    assert_eq!(
        (unfinished[0].started, &unfinished[0].test, &unfinished[0].events),
        (stamp(0), &Ok(drawn_test()), &events)
    );
    assert_eq!(store.completed_attempts().unwrap(), []);
    let second = store.start_attempt(stamp(9), &drawn_test(), &[]).unwrap();
    assert_eq!(second.seq, 2);
    store.append_attempt_events(second, &[logged(1, AttemptEvent::Discard)], &[]).unwrap();
    store.append_attempt_events(id, &[logged(99, AttemptEvent::Complete)], &[]).unwrap();
    assert_eq!(store.unfinished_attempts().unwrap(), []);
    assert_eq!(
        store.completed_attempts().unwrap().iter().map(|attempt| attempt.id).collect::<Vec<_>>(),
        [id]
    );
    assert_eq!(store.attempt(AttemptId { log: 1, seq: 1 }).unwrap(), None);
    store.check().unwrap();
}

#[test]
fn the_end_of_an_attempt_and_its_answers_are_written_together_or_not_at_all() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let id = store.start_attempt(stamp(0), &drawn_test(), &[logged(0, AttemptEvent::Show(0))]).unwrap();
    let (one, other) = (card(0), card(1));
    let (right, nonsense) = (answer(1.0), answer(f64::NAN));
    let record = given(Response::GaveUp);
    let event = |card, change| NewEvent { stamp: stamp(1), card, change, answer: Some(&record) };
    let ending = [logged(5, AttemptEvent::HandIn { by_time: false }), logged(5, AttemptEvent::Complete)];
    // A NaN score cannot be stored: the answer before it and the events are rolled back with it.
    assert!(
        store.append_attempt_events(id, &ending, &[event(&one, &right), event(&other, &nonsense)]).is_err()
    );
    assert_eq!((store.events().unwrap().len(), store.completed_attempts().unwrap().len()), (0, 0));
    let written =
        store.append_attempt_events(id, &ending, &[event(&one, &right), event(&other, &right)]).unwrap();
    let ids: Vec<EventId> = written.iter().map(|event| event.id).collect();
    assert_eq!(ids, [1, 2].map(|seq| EventId { log: store.log_id(), seq }));
    assert_eq!((store.events().unwrap().len(), store.completed_attempts().unwrap().len()), (2, 1));
    // Nothing is added to an unknown attempt.
    let unknown = AttemptId { log: 5, seq: 5 };
    assert!(store.append_attempt_events(unknown, &ending, &[event(&one, &right)]).is_err());
    assert_eq!(store.events().unwrap().len(), 2);
    let id = store.append(stamp(2), &one, &Change::Suspend, None).unwrap();
    assert_eq!(id.seq, 3, "there are no gaps after a failure");
}

#[test]
fn a_read_only_store_starts_no_attempt() {
    let dir = a_directory();
    drop(Store::open(dir.path()).unwrap());
    let mut reader = Store::open_read_only(dir.path()).unwrap();
    let refused = reader.start_attempt(stamp(0), &drawn_test(), &[]);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
}

#[test]
fn a_copied_folder_continues_an_attempt_under_its_own_log_id() {
    let (dir, copy) = (a_directory(), a_directory());
    let mut store = Store::open(dir.path()).unwrap();
    let id = store.start_attempt(stamp(0), &drawn_test(), &[logged(0, AttemptEvent::Show(0))]).unwrap();
    drop(store);
    copy_dir(dir.path(), copy.path());
    let mut store = Store::open(copy.path()).unwrap();
    assert_ne!(store.log_id(), id.log);
    store
        .append_attempt_events(
            id,
            &[logged(1, AttemptEvent::Heartbeat), logged(2, AttemptEvent::Complete)],
            &[],
        )
        .unwrap();
    let events: Vec<AttemptEvent> =
        store.attempt(id).unwrap().unwrap().events.into_iter().map(|logged| logged.event).collect();
    assert_eq!(events, [AttemptEvent::Show(0), AttemptEvent::Heartbeat, AttemptEvent::Complete]);
}

#[test]
fn events_written_after_a_move_of_the_folder_come_after_the_earlier_ones() {
    let mut dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let first =
        [AttemptEvent::Show(0), AttemptEvent::HandIn { by_time: false }].map(|event| logged(5, event));
    let id = store.start_attempt(stamp(0), &drawn_test(), &first).unwrap();
    drop(store);
    // The clock of the attempt stands still during self-grading, and every folder has another log id: only the order of
    // writing orders the events. With so many folders their ids are not in order by chance.
    let grades: Vec<SelfGrade> = SelfGrade::ALL.into_iter().cycle().take(9).collect();
    for grade in &grades {
        let next = a_directory();
        copy_dir(dir.path(), next.path());
        dir = next;
        let mut store = Store::open(dir.path()).unwrap();
        store
            .append_attempt_events(id, &[logged(5, AttemptEvent::SelfGrade { item: 1, grade: *grade })], &[])
            .unwrap();
    }
    let mut store = Store::open(dir.path()).unwrap();
    store.append_attempt_events(id, &[logged(5, AttemptEvent::Complete)], &[]).unwrap();
    let attempt = store.completed_attempts().unwrap().pop().expect("it was completed");
    let self_grades = attempt.events.iter().filter_map(|logged| match logged.event {
        AttemptEvent::SelfGrade { grade, .. } => Some(grade),
        _ => None,
    });
    assert_eq!(self_grades.collect::<Vec<_>>(), grades);
    assert!(
        CompletedAttempt::from_events(Arc::new(attempt.test.unwrap()), &attempt.events).is_some(),
        "the completed attempt has its report"
    );
}

#[test]
fn an_unreadable_drawn_test_harms_no_other_attempt() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    for _ in 0..2 {
        let id = store.start_attempt(stamp(0), &drawn_test(), &[logged(0, AttemptEvent::Show(0))]).unwrap();
        store
            .append_attempt_events(
                id,
                &[logged(1, AttemptEvent::HandIn { by_time: false }), logged(1, AttemptEvent::Complete)],
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
    let attempts = store.completed_attempts().unwrap();
    assert!(attempts[0].test.is_err() && attempts[1].test == Ok(drawn_test()));
    drop(store);
    other.execute("UPDATE test_step SET act = '{' WHERE seq = 2 AND kind = 'hand_in'", []).unwrap();
    drop(other);
    let store = Store::open(dir.path()).unwrap();
    assert!(store.completed_attempts().unwrap()[1].test.is_err());
}
