//! The summaries of cards: the same whether events come one by one or all at once, and the same when they were written and
//! read again. What goes over the whole log finds what the history of each card says.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use linchpin::domain::card::CardState;
use linchpin::domain::event::{Change, Confidence, Due, Event};
use linchpin::domain::event_log::{EventLog, EventLogError, MemoryLog, VisitEvent};
use linchpin::domain::history::CardEvent;
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::summary::{CardSummary, SummaryRules};
use linchpin::domain::summary_record::{ERROR_BYTES, RECORD_BYTES};
use proptest::prelude::*;

use super::cases;
use super::rekeys::{actions, card, in_fold_order, log_of};
use crate::fixtures::cards::{id, push, review};
use crate::fixtures::time::{later, morning};

fn summaries(progress: &Progress) -> HashMap<CardKey, CardSummary> {
    progress.cards().map(|(key, summary)| (key.clone(), summary.clone())).collect()
}

fn records(progress: &Progress) -> HashMap<CardKey, Vec<u8>> {
    progress.cards().map(|(key, summary)| (key.clone(), summary.to_bytes())).collect()
}

/// What is replayed of a card.
type Replayed = (CardState, CardEvent, Option<Confidence>);

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn events_pushed_one_by_one_give_the_summaries_of_the_whole_log(actions in actions(), machines in 1..3u64) {
        let model = MemoryModel::default();
        let log = log_of(&actions, machines);
        let mut pushed = Progress::default();
        for event in &log {
            push(&mut pushed, event.clone(), &model);
        }
        let folded = Progress::from_events(log.clone(), &model);
        prop_assert_eq!(summaries(&pushed), summaries(&folded));
        prop_assert_eq!(records(&pushed), records(&folded));
        prop_assert_eq!(pushed.event_count(), folded.event_count());
        prop_assert_eq!(pushed.availability_changes(), folded.availability_changes());
        for (one, other) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)] {
            let (one, other) = (card(one), card(other));
            prop_assert_eq!(pushed.is_match_rejected(&one, &other), folded.is_match_rejected(&one, &other));
            prop_assert_eq!(pushed.was_rekey_retracted(&one, &other), folded.was_rekey_retracted(&one, &other));
        }
    }

    #[test]
    fn events_written_together_give_the_same_summaries(actions in actions(), at in any::<prop::sample::Index>()) {
        let model = MemoryModel::default();
        let log = log_of(&actions, 1);
        let at = at.index(log.len() + 1);
        let mut progress = Progress::from_events(log[..at].to_vec(), &model);
        let changes = log[at..].iter().map(|event| (event.order_ms, &event.card, &event.change));
        let needed = progress.prepare(changes).expect("readable");
        progress.apply(progress.folded(log[at..].to_vec(), needed, &model));
        prop_assert_eq!(summaries(&progress), summaries(&Progress::from_events(log, &model)));
    }

    #[test]
    fn a_log_that_comes_in_another_order_gives_the_same_sums(actions in actions(), machines in 1..3u64) {
        let model = MemoryModel::default();
        let log = log_of(&actions, machines);
        let stored = Progress::from_events(log.clone(), &model);
        let sorted = Progress::from_events(in_fold_order(log), &model);
        prop_assert_eq!(stored.cards().len(), sorted.cards().len());
        for (key, summary) in stored.cards() {
            let other = sorted.summary(key).expect("the same cards");
            prop_assert_eq!(summary.state, other.state);
            prop_assert_eq!(summary.accuracy, other.accuracy);
            prop_assert_eq!(summary.newest_day, other.newest_day);
            prop_assert_eq!((summary.answers(), summary.answer_ms), (other.answers(), other.answer_ms));
            prop_assert_eq!(&summary.high_confidence_error, &other.high_confidence_error);
        }
    }

    #[test]
    fn a_summary_is_read_as_it_was_written(actions in actions()) {
        let model = MemoryModel::default();
        let progress = Progress::from_events(log_of(&actions, 2), &model);
        for (_, summary) in progress.cards() {
            let record = summary.to_bytes();
            let error = if summary.high_confidence_error.is_some() { ERROR_BYTES } else { 0 };
            prop_assert_eq!(record.len(), RECORD_BYTES + error);
            prop_assert_eq!(CardSummary::from_bytes(&record), Some(summary.clone()));
            prop_assert_eq!(CardSummary::from_bytes(&record[..record.len() - 1]), None);
        }
    }

    #[test]
    fn any_bytes_are_a_summary_or_none(bytes in prop::collection::vec(any::<u8>(), RECORD_BYTES..=RECORD_BYTES + ERROR_BYTES)) {
        // It does not panic, and what it reads says the same again.
        if let Some(summary) = CardSummary::from_bytes(&bytes) {
            prop_assert_eq!(summary.to_bytes().len(), bytes.len());
        }
    }

    #[test]
    fn one_pass_over_the_log_replays_every_history(actions in actions(), machines in 1..3u64) {
        let model = MemoryModel::default();
        let progress = Progress::from_events(log_of(&actions, machines), &model);
        let keys: Vec<CardKey> = (0..4).map(card).collect();
        let never = AtomicBool::new(false);
        let mut found: Vec<Vec<Replayed>> = vec![Vec::new(); keys.len()];
        progress
            .replay(&keys, &model, &never, |it| found[it.card].push((*it.before, it.event.clone(), it.stated)))
            .expect("readable");
        for (key, found) in keys.iter().zip(found) {
            let history = progress.history(key).expect("readable");
            let mut wanted: Vec<Replayed> = Vec::new();
            history.replay(&model, |before, event| {
                let original = history.events().iter().find(|original| original.id == event.id).expect("it");
                let stated = match original.change {
                    Change::Answer(review) => review.confidence,
                    _ => None,
                };
                wanted.push((*before, event.clone(), stated));
            });
            prop_assert_eq!(found, wanted);
        }
    }
}

/// A log on a disk that fails after it was read once.
#[derive(Debug)]
struct FailingLog(MemoryLog);

fn failure() -> EventLogError {
    EventLogError("the disk does not answer".to_owned())
}

impl EventLog for FailingLog {
    fn event_count(&self) -> Result<usize, EventLogError> {
        self.0.event_count()
    }

    fn events_of(&self, _: &[CardKey], _: usize) -> Result<Vec<Event>, EventLogError> {
        Err(failure())
    }

    fn for_each(&self, until: usize, each: &mut VisitEvent<'_>) -> Result<(), EventLogError> {
        self.0.for_each(until, each)
    }

    fn note(&self, event: &Event) {
        self.0.note(event);
    }
}

fn answered(seq: u64) -> Event {
    let due = Due::Day(morning().day());
    let change = Change::Answer(review(Rating::Good, Kind::Typed, due));
    let now = later(&morning(), seq as i64);
    Event { id: id(seq), order_ms: now.ms(), stamp: now.stamp, card: card(0), change }
}

#[test]
fn a_log_that_cannot_be_read_is_an_error_and_changes_nothing() {
    let model = MemoryModel::default();
    let log: MemoryLog = [answered(1)].into_iter().collect();
    let mut progress = Progress::from_log(Arc::new(FailingLog(log)), &model, 1_000).expect("it is read once");
    assert_eq!(progress.history(&card(0)).err(), Some(failure()));
    // A further answer needs no history.
    let next = answered(2);
    let needed = progress.prepare([(next.order_ms, &next.card, &next.change)]).expect("nothing to read");
    progress.apply(progress.folded(vec![next], needed, &model));
    assert_eq!(progress.state(&card(0)).reviews, 2);
    let undo = Change::Retract(id(2));
    let order_ms = later(&morning(), 9).ms();
    assert_eq!(progress.prepare([(order_ms, &card(0), &undo)]).err(), Some(failure()));
    assert_eq!(progress.state(&card(0)).reviews, 2);
}

#[test]
fn a_copy_of_the_progress_keeps_to_the_events_that_it_has() {
    let model = MemoryModel::default();
    let mut progress = Progress::from_events([answered(1)], &model);
    let before = progress.clone();
    push(&mut progress, answered(2), &model);
    let events = |progress: &Progress| progress.history(&card(0)).expect("readable").events().len();
    assert_eq!((events(&before), events(&progress)), (1, 2));
    let mut replayed = 0;
    let never = AtomicBool::new(false);
    before.replay(&[card(0)], &model, &never, |_| replayed += 1).expect("readable");
    assert_eq!(replayed, 1);
}

#[test]
fn other_rules_make_other_summaries_of_the_same_events() {
    let model = MemoryModel::default();
    let progress = Progress::from_events([answered(1)], &model);
    let summary = |progress: &Progress| progress.summary(&card(0)).expect("answered").clone();
    let longest_ms = 2_000;
    let refolded = Progress::from_log(progress.log().clone(), &model, longest_ms).expect("readable");
    assert_eq!((summary(&progress).answer_ms, summary(&refolded).answer_ms), (5_000, 2_000));
    assert_ne!(progress.rules(), refolded.rules());
    assert_eq!(*refolded.rules(), SummaryRules::new(&model, longest_ms));
}
