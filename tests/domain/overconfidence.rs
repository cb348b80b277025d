//! High-confidence errors, and accuracy by confidence, over random histories.

use std::sync::atomic::AtomicBool;

use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{Change, Confidence, Due, Event, EventId, Review, ReviewSource};
use linchpin::domain::history::CardEvent;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::replay::ReplayedEvent;
use linchpin::domain::score::Accuracy;
use proptest::prelude::*;

use crate::fixtures::cards::{Card, id, key, review};
use crate::fixtures::time::{MINUTE, days_later, later, morning};

/// A generated answer: source, score in fifths, confidence, days since the first one, whether it is undone.
type GeneratedAnswer = (ReviewSource, u8, Option<Confidence>, u32, bool);

fn generated_answer() -> impl Strategy<Value = GeneratedAnswer> {
    (
        prop_oneof![3 => Just(ReviewSource::Study), 1 => Just(ReviewSource::Test), 1 => Just(ReviewSource::Practice)],
        0u8..=5,
        prop_oneof![2 => Just(None), 3 => Just(Some(Confidence::Sure)), 1 => Just(Some(Confidence::ThinkSo)), 1 => Just(Some(Confidence::Guess))],
        0u32..40,
        proptest::bool::weighted(0.2),
    )
}

/// The events of a card with these answers, a minute apart. Every third one is overruled with "I guessed", and the undone ones are
/// retracted at the end.
fn events(answers: &[GeneratedAnswer]) -> Vec<CardEvent> {
    let mut entries = Vec::new();
    let mut seq = 0;
    let mut push = |entries: &mut Vec<CardEvent>, days: u32, minutes: usize, change: Change| {
        seq += 1;
        let stamp = later(&days_later(&morning(), days), minutes as i64 * MINUTE).stamp;
        entries.push(CardEvent { id: id(seq), stamp, change });
        id(seq)
    };
    let mut days = 0;
    let mut undone = Vec::new();
    for (nth, (source, fifths, confidence, later, is_undone)) in answers.iter().enumerate() {
        days = days.max(*later);
        let made = Review {
            source: *source,
            score: f64::from(*fifths) / 5.0,
            confidence: *confidence,
            ..review(Rating::Again, Kind::Typed, Due::Day(StudyDay(0)))
        };
        let target = push(&mut entries, days, nth, Change::Answer(made));
        if nth % 3 == 2 {
            let rating = Rating::Again;
            let due = Due::Day(StudyDay(0));
            let confidence = Some(Confidence::Guess);
            push(&mut entries, days, nth, Change::Rate { target, rating, due, confidence });
        }
        if *is_undone {
            undone.push(target);
        }
    }
    for target in undone {
        push(&mut entries, days + 1, 0, Change::Retract(target));
    }
    entries
}

/// Reference implementation: the answers that count.
fn counted(answers: &[GeneratedAnswer]) -> Vec<(u8, Option<Confidence>, u32)> {
    let mut days = 0;
    let mut counted = Vec::new();
    for (source, fifths, confidence, later, is_undone) in answers {
        days = days.max(*later);
        if *source != ReviewSource::Practice && !is_undone {
            counted.push((*fifths, *confidence, days));
        }
    }
    counted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_newest_sure_answer_is_listed_if_it_was_wrong_and_no_right_one_followed(
        answers in proptest::collection::vec(generated_answer(), 0..12),
    ) {
        let answers_that_count = counted(&answers);
        let newest_sure = answers_that_count.iter().rposition(|(_, stated, _)| *stated == Some(Confidence::Sure));
        let expected = newest_sure.filter(|at| answers_that_count[*at..].iter().all(|(fifths, ..)| *fifths < 5));
        let mut card = Card::default();
        for event in events(&answers) {
            card.push(event, &MemoryModel::default());
        }
        let found = card.summary().high_confidence_error;
        prop_assert_eq!(found.as_ref().map(|it| it.score), expected.map(|at| f64::from(answers_that_count[at].0) / 5.0));
        let day = |at: usize| morning().day().plus(answers_that_count[at].2);
        prop_assert_eq!(found.map(|it| it.stamp.day), expected.map(day));
    }

    #[test]
    fn accuracy_by_confidence_counts_every_answer_of_the_period_once(
        cards in proptest::collection::vec(proptest::collection::vec(generated_answer(), 0..8), 0..6),
        first in 0u32..40,
        length in 0u32..20,
    ) {
        let from = morning().day().plus(first);
        let days = from..=from.plus(length);
        let mut sums = [Accuracy::default(); 3];
        let (mut log, mut keys) = (Vec::new(), Vec::new());
        for (nth, answers) in cards.iter().enumerate() {
            let card = key("deck", &nth.to_string());
            for CardEvent { id, stamp, change } in events(answers) {
                // The events of each card are numbered from 1.
                let id = EventId { log: nth as u64, ..id };
                let change = match change {
                    Change::Rate { target, rating, due, confidence } => {
                        Change::Rate { target: EventId { log: nth as u64, ..target }, rating, due, confidence }
                    }
                    Change::Retract(target) => Change::Retract(EventId { log: nth as u64, ..target }),
                    other => other,
                };
                log.push(Event { id, stamp, card: card.clone(), change });
            }
            keys.push(card);
        }
        let model = MemoryModel::default();
        Progress::from_events(log, &model)
            .replay(&keys, &model, &AtomicBool::new(false), |ReplayedEvent { event, stated, .. }| {
                if let (Change::Answer(review), Some(confidence)) = (&event.change, stated)
                    && review.source != ReviewSource::Practice
                    && days.contains(&event.stamp.day)
                {
                    sums[confidence as usize].add(review.score);
                }
            })
            .expect("readable");
        for (confidence, sum) in Confidence::ALL.into_iter().zip(sums) {
            let is_wanted = |(_, stated, day): &(u8, Option<Confidence>, u32)| {
                *stated == Some(confidence) && (first..=first + length).contains(day)
            };
            let of: Vec<u8> = cards
                .iter()
                .flat_map(|answers| counted(answers))
                .filter(is_wanted)
                .map(|(fifths, ..)| fifths)
                .collect();
            let right = of.iter().filter(|fifths| **fifths == 5).count();
            prop_assert_eq!((sum.answers, sum.right), (of.len(), right));
        }
    }
}
