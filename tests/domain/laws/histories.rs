//! Folding a card's log: the result does not depend on where the log is split, and undo restores the state before.

use linchpin::domain::day::Moment;
use linchpin::domain::event::{Change, Event, EventId, ReviewSource};
use linchpin::domain::history::CardEvent;
use linchpin::domain::ids::CardKey;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use proptest::prelude::*;

use super::{cases, kind, rating};
use crate::fixtures::cards::{Card, id, key, review};
use crate::fixtures::time::{later, morning};
use crate::fixtures::{cards, time};

/// Something that a learner does to a card.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    Answer(Rating, Kind),
    Practise(Rating),
    /// Overrules the rating of an earlier answer.
    Overrule(prop::sample::Index, Rating),
    Suspend,
    Resume,
    Bury(u32),
    Reset,
    /// Retracts any earlier event, also a retraction.
    Retract(prop::sample::Index),
}

pub fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        8 => (rating(), kind()).prop_map(|(rating, kind)| Operation::Answer(rating, kind)),
        1 => rating().prop_map(Operation::Practise),
        2 => (any::<prop::sample::Index>(), rating()).prop_map(|(which, rating)| Operation::Overrule(which, rating)),
        1 => Just(Operation::Suspend),
        1 => Just(Operation::Resume),
        1 => (0..3u32).prop_map(Operation::Bury),
        1 => Just(Operation::Reset),
        4 => any::<prop::sample::Index>().prop_map(Operation::Retract),
    ]
}

/// Operations, each with the hours that pass before it.
pub fn operations() -> impl Strategy<Value = Vec<(u32, Operation)>> {
    let hours = prop_oneof![3 => Just(0u32), 3 => 1..48u32, 2 => 48..4_000u32];
    prop::collection::vec((hours, operation()), 1..25)
}

/// The change that an operation makes, as the program makes it; None where there is nothing to rate or to retract.
pub fn event_of(
    card: &Card,
    key: &CardKey,
    operation: Operation,
    now: &Moment,
    rules: &Scheduler,
) -> Option<Change> {
    Some(match operation {
        Operation::Answer(rating, kind) => {
            Change::Answer(review(rating, kind, rules.outcome(key, kind, card.state(), now, rating).due))
        }
        Operation::Practise(rating) => {
            let due = rules.outcome(key, Kind::Typed, card.state(), now, rating).due;
            let mut review = review(rating, Kind::Typed, due);
            review.source = ReviewSource::Practice;
            Change::Answer(review)
        }
        Operation::Overrule(which, rating) => {
            let answers: Vec<EventId> = card
                .events()
                .iter()
                .filter(|entry| matches!(entry.change, Change::Answer(_)))
                .map(|entry| entry.id)
                .collect();
            let target = *(!answers.is_empty()).then(|| which.get(&answers))?;
            let due = rules.outcome(key, Kind::Typed, card.state(), now, rating).due;
            Change::Rate { target, rating, due, confidence: None }
        }
        Operation::Suspend => Change::Suspend,
        Operation::Resume => Change::Resume,
        Operation::Bury(days) => Change::Bury { until: now.day().plus(days) },
        Operation::Reset => Change::Reset,
        Operation::Retract(which) => {
            Change::Retract((!card.events().is_empty()).then(|| which.get(card.events()))?.id)
        }
    })
}

/// The card after the operations, and the time.
pub fn history(operations: &[(u32, Operation)], key: &CardKey, rules: &Scheduler) -> (Card, Moment) {
    let (mut card, mut now) = (Card::default(), morning());
    for (hours, operation) in operations {
        now = later(&now, i64::from(*hours) * time::HOUR + 1_000);
        if let Some(change) = event_of(&card, key, *operation, &now, rules) {
            let entry = CardEvent { id: id(card.events().len() as u64 + 1), stamp: now.stamp, change };
            card.push(entry, &rules.model);
        }
    }
    (card, now)
}

fn assert_same(found: &Card, wanted: &Card) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.state(), wanted.state());
    prop_assert_eq!(
        found.history().effective_events().collect::<Vec<_>>(),
        wanted.history().effective_events().collect::<Vec<_>>()
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_history_folds_to_the_same_card_wherever_it_is_split(operations in operations(), cut in any::<prop::sample::Index>()) {
        let rules = Scheduler::default();
        let (pushed, _) = history(&operations, &key("deck", "question"), &rules);
        let entries = pushed.events().to_vec();
        assert_same(&Card::from_events(entries.clone(), &rules.model), &pushed)?;

        let at = cut.index(entries.len() + 1);
        let mut resumed = Card::from_events(entries[..at].to_vec(), &rules.model);
        for entry in &entries[at..] {
            resumed.push(entry.clone(), &rules.model);
        }
        assert_same(&resumed, &pushed)?;
    }

    #[test]
    fn undo_restores_the_state_before_and_redo_the_state_after(
        operations in operations(),
        last_operation in operation(),
        depth in 1..7usize,
    ) {
        let rules = Scheduler::default();
        let key = key("deck", "question");
        let (before, now) = history(&operations, &key, &rules);
        // Undoing a retraction is redo, and the same law holds.
        let Some(change) = event_of(&before, &key, last_operation, &now, &rules) else { return Ok(()) };
        let mut card = before.clone();
        let mut last = id(card.events().len() as u64 + 1);
        card.push(CardEvent { id: last, stamp: now.stamp, change }, &rules.model);
        let after = card.clone();
        for turn in 0..depth {
            let retraction = id(last.seq + 1);
            card.push(CardEvent { id: retraction, stamp: now.stamp, change: Change::Retract(last) }, &rules.model);
            last = retraction;
            assert_same(&card, if turn % 2 == 0 { &before } else { &after })?;
            assert_same(&Card::from_events(card.events().to_vec(), &rules.model), &card)?;
        }
    }

    #[test]
    fn undoing_several_events_newest_first_restores_the_card(operations in operations(), kept in any::<prop::sample::Index>()) {
        let rules = Scheduler::default();
        let (card, now) = history(&operations, &key("deck", "question"), &rules);
        let kept = kept.index(card.events().len() + 1);
        let before = Card::from_events(card.events()[..kept].to_vec(), &rules.model);
        let mut undone = card.clone();
        for entry in card.events()[kept..].iter().rev() {
            let id = id(undone.events().len() as u64 + 1);
            undone.push(CardEvent { id, stamp: now.stamp, change: Change::Retract(entry.id) }, &rules.model);
        }
        assert_same(&undone, &before)?;
    }

    #[test]
    fn the_log_folds_to_the_outcome_shown_for_a_rating(
        operations in operations(), hours in 0..2_000u32, rating in rating(), kind in kind(),
    ) {
        let rules = Scheduler::default();
        let key = key("deck", "question");
        let (mut card, now) = history(&operations, &key, &rules);
        let now = later(&now, i64::from(hours) * time::HOUR);
        let shown = cards::answer(&mut card, &key, kind, &rules, &now, rating);
        let state = card.state();
        prop_assert_eq!(state.due, Some(shown.due));
        prop_assert_eq!(state.phase, shown.phase);
        prop_assert_eq!(state.memory, Some(shown.memory));
        prop_assert_eq!(state.last_day, Some(now.day()));
    }

    /// The network or the user may set the clock back. The store sorts by time, so memory must too.
    #[test]
    fn after_clock_jumps_a_restart_finds_the_same_state(
        operations in operations(), jumps in prop::collection::vec(-90..90i64, 25),
    ) {
        let rules = Scheduler::default();
        let key = key("deck", "question");
        let mut progress = Progress::default();
        let mut events = Vec::new();
        let mut now = morning();
        for ((hours, operation), jump) in operations.iter().zip(jumps) {
            now = later(&now, (i64::from(*hours % 60) + jump) * time::HOUR);
            let card = Card::of(&progress, &key, &rules.model);
            if let Some(change) = event_of(&card, &key, *operation, &now, &rules) {
                let seq = events.len() as u64 + 1;
                let event = Event { id: id(seq), stamp: now.stamp, card: key.clone(), change };
                events.push(event.clone());
                cards::push(&mut progress, event, &rules.model);
            }
        }
        events.sort_by_key(|event| (event.stamp.utc_ms, event.id));
        let reopened = Progress::from_events(events, &rules.model);
        prop_assert_eq!(progress.state(&key), reopened.state(&key));
    }

    #[test]
    fn undo_and_redo_work_while_the_clock_is_set_back(depth in 1..7u64) {
        let rules = Scheduler::default();
        let key = key("deck", "question");
        let mut card = Card::default();
        let mut now = morning();
        cards::answer(&mut card, &key, Kind::Typed, &rules, &now, Rating::Good);
        let answered = card.clone();
        for turn in 1..=depth {
            now = later(&now, -1_000);
            card.push(CardEvent { id: id(turn + 1), stamp: now.stamp, change: Change::Retract(id(turn)) }, &rules.model);
            let wanted = if turn % 2 == 1 { Card::default() } else { answered.clone() };
            assert_same(&card, &wanted)?;
            let mut stored = card.events().to_vec();
            stored.sort_by_key(|entry| (entry.stamp.utc_ms, entry.id));
            assert_same(&Card::from_events(stored, &rules.model), &wanted)?;
        }
    }
}

#[test]
fn a_damaged_log_whose_retractions_name_each_other_still_folds() {
    let rules = Scheduler::default();
    let now = morning();
    let retract =
        |seq, target| CardEvent { id: id(seq), stamp: now.stamp, change: Change::Retract(id(target)) };
    for entries in [
        vec![retract(1, 1)],
        vec![retract(1, 2), retract(2, 1)],
        vec![retract(1, 3), retract(2, 1), retract(3, 2)],
        vec![retract(5, 9), retract(5, 5), retract(9, 5)],
    ] {
        Card::from_events(entries, &rules.model);
    }
}
