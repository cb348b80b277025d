//! The simulated learner: the same seed gives the same log, and the log is as the program writes it.

use std::collections::{HashMap, HashSet};

use linchpin::domain::event::{Change, Due, ReviewSource};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::schedule::Scheduler;

use crate::fixtures::cards;
use crate::fixtures::simulated_learner::{SimulationOptions, simulate_year};

const SMALL: SimulationOptions =
    SimulationOptions { seed: 3, days: 120, cards: 100, reviews: 1_500, given: true };

#[test]
fn the_same_seed_gives_the_same_year_and_another_seed_another() {
    let (one, same) = (simulate_year(SMALL), simulate_year(SMALL));
    assert!(one.log == same.log && one.deck_text == same.deck_text);
    let other = simulate_year(SimulationOptions { seed: 4, ..SMALL });
    assert!(other.log != one.log);
}

#[test]
fn a_year_has_the_cards_and_reviews_of_its_options() {
    let year = simulate_year(SimulationOptions::default());
    assert_eq!(year.log.len(), 20_000);
    let deck = &year.deck;
    assert_eq!((deck.questions.len(), deck.cards().count()), (2_000, 2_000));
    let seen: HashSet<_> = year.log.iter().map(|(event, _)| &event.card).collect();
    assert!((1_800..2_000).contains(&seen.len()), "nearly every card was seen: {}", seen.len());
    let kinds: HashSet<Kind> = deck.questions.iter().map(|question| question.answer.kind()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "every kind is there");

    let offsets: Vec<i32> = year.log.iter().map(|(event, _)| event.stamp.offset_minutes).collect();
    let moves: Vec<(i32, i32)> = offsets
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(before, after)| (before - after).abs() > 60)
        .collect();
    assert_eq!(moves.len(), 2, "the learner moved twice: {moves:?}");
    for pair in year.log.windows(2) {
        let (before, after) = (pair[0].0.stamp, pair[1].0.stamp);
        assert!(before.utc_ms < after.utc_ms && before.day <= after.day);
    }
    let confused = year.log.iter().filter(|(event, given)| {
        let Change::Answer(review) = &event.change else { return false };
        review.kind == Kind::Choice && review.score == 0.0 && given.is_some()
    });
    assert!(confused.count() > 300, "options are confused");
}

#[test]
fn every_interval_in_the_log_is_the_one_that_the_scheduler_gives() {
    let year = simulate_year(SMALL);
    let (rules, model) = (Scheduler::default(), MemoryModel::default());
    let mut progress = Progress::default();
    let mut by_source: HashMap<&str, usize> = HashMap::new();
    for event in year.events() {
        let Change::Answer(review) = event.change else { panic!("only answers") };
        *by_source.entry(review.source.name()).or_default() += 1;
        if review.source == ReviewSource::Study {
            let now = linchpin::domain::day::Moment { stamp: event.stamp, day_ends_ms: i64::MAX };
            let state = *progress.state(&event.card);
            let wanted = rules.outcome(&event.card, review.kind, &state, &now, review.rating).due;
            assert_eq!(review.due, wanted);
            if let Due::Day(day) = review.due {
                assert!(day > event.stamp.day);
            }
        }
        cards::push(&mut progress, event, &model);
    }
    assert!(by_source["study"] > 1_000, "{by_source:?}");
}
