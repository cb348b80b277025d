//! Keys that change, and change back: every event always belongs to exactly one card.

use std::collections::HashMap;

use linchpin::domain::day::Moment;
use linchpin::domain::event::{Change, Confidence, Event, EventId, Review, ReviewSource};
use linchpin::domain::history::CardEvent;
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use proptest::prelude::*;

use super::cases;
use super::histories::{Operation, event_of, operation};
use crate::fixtures::cards::{Card, key, push, review};
use crate::fixtures::time::{HOUR, later, morning};

/// Something done to one of a few cards.
#[derive(Clone, Debug)]
pub enum Action {
    Do(Operation),
    /// An answer in any activity: source, score in fifths, confidence, milliseconds.
    Answer(ReviewSource, u8, Option<Confidence>, u32),
    Rekey(usize),
    /// Rejects that the progress belongs to another card.
    Reject(usize),
    /// Retracts any earlier event, also a rekey or a retraction.
    Undo(prop::sample::Index),
}

pub fn actions() -> impl Strategy<Value = Vec<(usize, i64, u64, Action)>> {
    let source = prop::sample::select(vec![
        ReviewSource::Study,
        ReviewSource::Test,
        ReviewSource::TestUnscheduled,
        ReviewSource::Practice,
    ]);
    let confidence = prop::option::of(prop::sample::select(Confidence::ALL.to_vec()));
    let action = prop_oneof![
        4 => operation().prop_map(Action::Do),
        2 => (source, 0..=5u8, confidence, 0..500_000u32)
            .prop_map(|(source, fifths, confidence, ms)| Action::Answer(source, fifths, confidence, ms)),
        3 => (0..4usize).prop_map(Action::Rekey),
        1 => (0..4usize).prop_map(Action::Reject),
        2 => any::<prop::sample::Index>().prop_map(Action::Undo),
    ];
    // The card, the hours that pass (negative: the clock goes back), the machine, the action.
    prop::collection::vec((0..4usize, -3..30i64, 0..2u64, action), 1..30)
}

pub fn card(nth: usize) -> CardKey {
    key("deck", ["a", "b", "c", "d"][nth % 4])
}

/// The log of the actions, as the program writes it; with several `machines` they write in turns.
pub fn log_of(actions: &[(usize, i64, u64, Action)], machines: u64) -> Vec<Event> {
    let rules = Scheduler::default();
    let mut progress = Progress::default();
    let mut log: Vec<Event> = Vec::new();
    let mut now: Moment = morning();
    let mut numbers = HashMap::new();
    for (nth, hours, machine, action) in actions {
        now = later(&now, hours * HOUR + 1_000);
        let mut on = card(*nth);
        let change = match action {
            Action::Do(operation) => {
                let state = Card::of(&progress, &on, &rules.model);
                event_of(&state, &on, *operation, &now, &rules)
            }
            Action::Answer(source, fifths, confidence, latency_ms) => {
                let rating = if *fifths < 3 { Rating::Again } else { Rating::Good };
                let due = rules.outcome(&on, Kind::Choice, progress.state(&on), &now, rating).due;
                Some(Change::Answer(Review {
                    source: *source,
                    score: f64::from(*fifths) / 5.0,
                    confidence: *confidence,
                    latency_ms: *latency_ms,
                    ..review(rating, Kind::Choice, due)
                }))
            }
            Action::Rekey(to) => Some(Change::Rekey { to: card(*to).into() }),
            Action::Reject(other) => Some(Change::RejectMatch { other: card(*other).into() }),
            Action::Undo(which) => (!log.is_empty()).then(|| {
                let target = which.get(&log);
                on = target.card.clone();
                Change::Retract(target.id)
            }),
        };
        let Some(change) = change else { continue };
        let number = numbers.entry(machine % machines).or_insert(0u64);
        *number += 1;
        let id = EventId { log: 1 + machine % machines, seq: *number };
        let event = Event { id, stamp: now.stamp, card: on, change };
        log.push(event.clone());
        push(&mut progress, event, &rules.model);
    }
    log
}

/// Reference implementation: the card that an event belongs to, for one log in the order of its numbers.
fn owner(log: &[Event], event: &Event) -> Option<CardKey> {
    let retracted = |id: EventId| is_retracted(log, id);
    let mut root = event;
    while let Change::Retract(target) | Change::Rate { target, .. } = &root.change {
        root = log.iter().find(|other| other.id == *target)?;
    }
    if matches!(root.change, Change::Rekey { .. }) {
        return None;
    }
    let mut owner = root.card.clone();
    for later in log.iter().filter(|other| other.id > root.id) {
        if let Change::Rekey { to } = &later.change
            && later.card == owner
            && !retracted(later.id)
        {
            owner = CardKey::clone(to);
        }
    }
    Some(owner)
}

fn is_retracted(log: &[Event], id: EventId) -> bool {
    log.iter().any(|event| event.change == Change::Retract(id) && !is_retracted(log, event.id))
}

fn reference_fold(log: &[Event], model: &MemoryModel) -> HashMap<CardKey, Card> {
    let mut entries: HashMap<CardKey, Vec<CardEvent>> = HashMap::new();
    for event in log {
        if let Some(owner) = owner(log, event) {
            let Event { id, stamp, change, .. } = event.clone();
            entries.entry(owner).or_default().push(CardEvent { id, stamp, change });
        }
    }
    for entries in entries.values_mut() {
        entries.sort_by_key(|entry| (entry.stamp.utc_ms, entry.id));
    }
    entries.into_iter().map(|(key, entries)| (key, Card::from_events(entries, model))).collect()
}

pub fn in_fold_order(mut log: Vec<Event>) -> Vec<Event> {
    log.sort_by_key(|event| (event.stamp.utc_ms, event.id));
    log
}

fn entries(progress: &Progress) -> HashMap<CardKey, Vec<CardEvent>> {
    let history = |key: &CardKey| progress.history(key).expect("readable").events().to_vec();
    progress.cards().map(|(key, _)| (key.clone(), history(key))).collect()
}

fn assert_same(found: &Progress, wanted: &Progress) -> Result<(), TestCaseError> {
    prop_assert_eq!(entries(found), entries(wanted));
    for (key, summary) in wanted.cards() {
        prop_assert_eq!(found.state(key), &summary.state);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn every_event_belongs_to_the_card_that_the_reference_implementation_finds(actions in actions()) {
        let model = MemoryModel::default();
        let log = log_of(&actions, 1);
        let wanted = reference_fold(&log, &model);
        let found = Progress::from_events(in_fold_order(log), &model);
        let wanted_entries: HashMap<CardKey, Vec<CardEvent>> =
            wanted.iter().map(|(key, card)| (key.clone(), card.events().to_vec())).collect();
        prop_assert_eq!(entries(&found), wanted_entries);
        for (key, card) in &wanted {
            prop_assert_eq!(found.state(key), card.state());
        }
    }

    #[test]
    fn a_restart_assigns_every_event_to_the_same_card(actions in actions(), machines in 1..3u64) {
        let model = MemoryModel::default();
        let log = log_of(&actions, machines);
        let mut pushed = Progress::default();
        for event in &log {
            push(&mut pushed, event.clone(), &model);
        }
        assert_same(&pushed, &Progress::from_events(in_fold_order(log), &model))?;
    }

    #[test]
    fn an_undone_rekey_leaves_no_trace_and_redo_restores_it(actions in actions(), from in 0..4usize, to in 0..4usize) {
        let model = MemoryModel::default();
        let mut log = log_of(&actions, 1);
        let before = Progress::from_events(in_fold_order(log.clone()), &model);
        // The clock may be far back by now: it does not matter.
        let stamp = morning().stamp;
        let next = |log: &Vec<Event>| EventId { log: 1, seq: log.last().map_or(0, |event| event.id.seq) + 1 };
        let rekey = next(&log);
        log.push(Event { id: rekey, stamp, card: card(from), change: Change::Rekey { to: card(to).into() } });
        let after = Progress::from_events(in_fold_order(log.clone()), &model);
        if from != to {
            prop_assert_eq!(after.summary(&card(from)), None, "all events moved");
        }
        let count = |progress: &Progress| entries(progress).values().map(Vec::len).sum::<usize>();
        prop_assert_eq!(count(&before), count(&after), "no event was lost");
        let undo = next(&log);
        log.push(Event { id: undo, stamp, card: card(from), change: Change::Retract(rekey) });
        assert_same(&Progress::from_events(in_fold_order(log.clone()), &model), &before)?;
        let redo = next(&log);
        log.push(Event { id: redo, stamp, card: card(from), change: Change::Retract(undo) });
        assert_same(&Progress::from_events(in_fold_order(log), &model), &after)?;
    }
}
