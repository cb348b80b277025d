//! The event log: an acknowledged answer is never lost, and a file that cannot be read is left unchanged.

use linchpin::domain::event::{Change, Event, EventId};
use linchpin::store::{NewEvent, Store, StoreError};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::events::{a_directory, answer, any_entry, card, every_change, given, responses, stamp};

#[test]
fn every_change_and_every_response_reads_back_unchanged() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let mut expected = Vec::new();
    for (at, change) in every_change().into_iter().enumerate() {
        let (stamp, card) = (stamp(at as i64), card(at));
        let id = store.append(stamp, &card, &change, None).unwrap();
        assert_eq!(id, EventId { log: store.log_id(), seq: at as u64 + 1 });
        expected.push(Event { id, order_ms: stamp.utc_ms, stamp, card, change });
    }
    assert_eq!(store.events().unwrap(), expected);
    for response in responses() {
        let given = given(response);
        let id = store.append(stamp(1000), &card(0), &answer(0.5), Some(&given)).unwrap();
        assert_eq!(store.answer_record(id).unwrap(), Some(given));
    }
    assert_eq!(store.answer_record(expected[0].id).unwrap(), None);
    assert_eq!(store.answer_record(EventId { log: 7, seq: 7 }).unwrap(), None);
    store.check().unwrap();
}

#[test]
fn events_are_read_in_the_order_in_which_they_were_written_even_when_the_clock_went_back() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    for at in [500, 100, 300, 100, -5] {
        store.append(stamp(at), &card(0), &Change::Suspend, None).unwrap();
    }
    let order: Vec<(i64, u64)> = store
        .events()
        .unwrap()
        .iter()
        .map(|event| (event.stamp.utc_ms - stamp(0).utc_ms, event.id.seq))
        .collect();
    assert_eq!(order, [(500, 1), (100, 2), (300, 3), (100, 4), (-5, 5)]);
    let order: Vec<i64> = store.events().unwrap().iter().map(|it| it.order_ms - stamp(0).utc_ms).collect();
    assert_eq!(order, [500, 501, 502, 503, 504]);
    assert_eq!(store.last_order_ms().unwrap(), Some(stamp(504).utc_ms));
    assert_eq!(store.newest_stamp().unwrap(), Some(stamp(-5)));
}

#[test]
fn a_reopened_log_continues_its_numbers() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    let first = store.append(stamp(1), &card(0), &Change::Suspend, None).unwrap();
    drop(store);
    let mut store = Store::open(dir.path()).unwrap();
    let second = store.append(stamp(2), &card(0), &Change::Resume, None).unwrap();
    assert_eq!((first.log, first.seq + 1), (second.log, second.seq));
    assert_eq!(store.events().unwrap().len(), 2);
}

#[test]
fn several_events_are_appended_together_or_not_at_all() {
    let dir = a_directory();
    let mut store = Store::open(dir.path()).unwrap();
    assert_eq!(store.append_all(&[]).unwrap(), []);
    let (card, sound, broken) = (card(0), answer(1.0), answer(f64::NAN));
    let new = |change| NewEvent { stamp: stamp(1), card: &card, change, answer: None };
    assert!(matches!(store.append_all(&[new(&sound), new(&broken)]), Err(StoreError::Sql { .. })));
    assert_eq!(store.events().unwrap(), []);
    let written = store.append_all(&[new(&sound), new(&sound)]).unwrap();
    assert_eq!(written.iter().map(|event| event.id.seq).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_second_writer_is_refused_and_the_first_goes_on() {
    let dir = a_directory();
    let mut first = Store::open(dir.path()).unwrap();
    first.append(stamp(1), &card(0), &Change::Suspend, None).unwrap();
    let refused = Store::open(dir.path()).unwrap_err();
    assert!(matches!(&refused, StoreError::InUse { dir: at, .. } if at == dir.path()));
    let message = refused.to_string();
    assert!(
        message.contains("already open") && message.contains(&dir.path().display().to_string()),
        "{message}"
    );
    if cfg!(unix) {
        assert!(message.contains(&std::process::id().to_string()), "{message}");
    }
    first.append(stamp(2), &card(0), &Change::Resume, None).unwrap();
    drop(first);
    assert_eq!(Store::open(dir.path()).unwrap().events().unwrap().len(), 2);
}

#[test]
fn a_reader_sees_every_acknowledged_event_while_a_writer_is_open() {
    let dir = a_directory();
    let mut writer = Store::open(dir.path()).unwrap();
    let mut reader = Store::open_read_only(dir.path()).unwrap();
    for at in 0..20 {
        writer.append(stamp(at), &card(at as usize), &answer(1.0), None).unwrap();
        assert_eq!(reader.events().unwrap(), writer.events().unwrap());
    }
    assert_eq!(reader.log_id(), writer.log_id());
    let refused = reader.append(stamp(1), &card(0), &Change::Reset, None);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
    drop(writer);
    assert_eq!(reader.events().unwrap().len(), 20);
    reader.check().unwrap();
}

#[test]
fn reading_a_missing_folder_creates_nothing() {
    let dir = a_directory();
    let nowhere = dir.path().join("not yet");
    let mut store = Store::open_read_only(&nowhere).unwrap();
    assert_eq!(store.events().unwrap(), []);
    assert!(store.append(stamp(1), &card(0), &Change::Reset, None).is_err());
    assert!(store.backup(0).is_err());
    assert!(!nowhere.exists());
}

#[test]
fn a_path_with_unusual_characters_works() {
    let dir = a_directory();
    let odd = dir.path().join("a?b#c%20 é'");
    let mut store = Store::open(&odd).unwrap();
    store.append(stamp(1), &card(0), &Change::Suspend, None).unwrap();
    let backup = store.backup(0).unwrap();
    assert_eq!(Store::newest_backup(&odd), Some(backup));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn appended_events_are_read_back_in_the_order_in_which_they_were_appended(
        batches in prop::collection::vec(prop::collection::vec(any_entry(), 1..6), 1..8)
    ) {
        let dir = a_directory();
        let mut expected: Vec<Event> = Vec::new();
        for batch in &batches {
            // Reopened for each batch, so that nothing is read from memory.
            let mut store = Store::open(dir.path()).unwrap();
            let new: Vec<NewEvent<'_>> = batch
                .iter()
                .map(|(stamp, card, change, given)| {
                    let (stamp, given) = (*stamp, given.as_ref());
                    NewEvent { stamp, card, change, answer: given }
                })
                .collect();
            let written = store.append_all(&new).unwrap();
            for (event, (stamp, card, change, given)) in written.into_iter().zip(batch) {
                prop_assert_eq!(&store.answer_record(event.id).unwrap(), given);
                prop_assert_eq!((&event.stamp, &event.card, &event.change), (stamp, card, change));
                prop_assert!(expected.last().is_none_or(|last| last.order_ms < event.order_ms));
                expected.push(event);
            }
        }
        prop_assert_eq!(Store::open_read_only(dir.path()).unwrap().events().unwrap(), expected);
    }
}
