//! When a card counts as known: never while it is being learned, and never as known well before it has survived a
//! night.

use linchpin::domain::card::CardState;
use linchpin::domain::day::Moment;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use proptest::prelude::*;

use crate::fixtures::cards::{Card, answer, key, learned, when_due};
use crate::fixtures::time::{days_later, morning};

fn model() -> MemoryModel {
    MemoryModel::default()
}

#[test]
fn a_card_is_not_known_before_its_first_day_interval() {
    let rules = Scheduler::default();
    for (ratings, is_known) in [
        (vec![Rating::Again], false),
        (vec![Rating::Hard], false),
        (vec![Rating::Good], false),
        (vec![Rating::Good, Rating::Again], false),
        (vec![Rating::Good, Rating::Good], true),
        (vec![Rating::Easy], true),
        (vec![Rating::Easy, Rating::Again], false),
        (vec![Rating::Easy, Rating::Again, Rating::Good], true),
    ] {
        let (card, now) = learned(&rules, &key("deck", "question"), &morning(), &ratings);
        let known = card.state().recall_now(&model(), now.day()).expect("answered");
        assert_eq!(known > 0.99, is_known, "{ratings:?}: {known}");
        assert_eq!(known == 0.0, !is_known, "{ratings:?}: {known}");
        // A forecast for another day still uses the card's memory.
        assert!(card.state().recall(&model(), now.day().plus(1)).expect("answered") > 0.5, "{ratings:?}");
    }
    assert_eq!(CardState::default().recall_now(&model(), morning().day()), None);
}

#[test]
fn a_card_left_on_its_learning_steps_for_weeks_is_still_not_known() {
    let (card, now) = learned(&Scheduler::default(), &key("deck", "question"), &morning(), &[Rating::Good]);
    assert_eq!(card.state().recall_now(&model(), days_later(&now, 20).day()), Some(0.0));
}

#[test]
fn a_card_survives_a_night_by_being_recalled_on_a_later_day() {
    let rules = Scheduler::default();
    let key = key("deck", "question");
    let survived = |card: &Card| card.state().has_survived_a_night();
    let (mut card, mut now) = learned(&rules, &key, &morning(), &[Rating::Good, Rating::Good]);
    assert!(!survived(&card), "learned today");
    let mut answer_when_due = |card: &mut Card, rating: Rating| {
        now = when_due(&now, card.state().due.expect("answered"));
        answer(card, &key, Kind::Typed, &rules, &now, rating);
    };
    answer_when_due(&mut card, Rating::Good);
    assert!(survived(&card), "recalled on a later day");
    answer_when_due(&mut card, Rating::Again);
    assert!(!survived(&card), "forgotten");
    answer_when_due(&mut card, Rating::Good);
    assert!(!survived(&card), "learned again, but on the same day");
    answer_when_due(&mut card, Rating::Hard);
    assert!(survived(&card), "recalled on a later day, though with difficulty");
}

#[test]
fn a_card_begun_one_day_and_recalled_the_next_has_survived_a_night() {
    let rules = Scheduler::default();
    let key = key("deck", "question");
    let (mut card, now) = learned(&rules, &key, &morning(), &[Rating::Good]);
    answer(&mut card, &key, Kind::Typed, &rules, &days_later(&now, 1), Rating::Good);
    assert!(card.state().has_survived_a_night());
}

/// Ratings with the days that pass before each.
fn history() -> impl Strategy<Value = Vec<(Rating, u32)>> {
    let rating = prop::sample::select(Rating::ALL.to_vec());
    prop::collection::vec((rating, prop_oneof![3 => Just(0u32), 1 => 1..40u32]), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(9),
        ..ProptestConfig::default()
    })]

    /// Both definitions, derived from the ratings alone.
    #[test]
    fn being_learned_and_survived_a_night_follow_from_the_ratings(history in history()) {
        let (rules, key) = (Scheduler::default(), key("deck", "question"));
        let (mut card, mut now): (Card, Moment) = (Card::default(), morning());
        let (mut day, mut since) = (0, 0);
        for (nth, (rating, days)) in history.into_iter().enumerate() {
            now = days_later(&now, days);
            day += days;
            let outcome = answer(&mut card, &key, Kind::Typed, &rules, &now, rating);
            if nth == 0 || rating == Rating::Again {
                since = day;
            }
            let has_step = matches!(outcome.due, linchpin::domain::event::Due::At(_));
            let state = card.state();
            prop_assert_eq!(state.is_being_learned(), has_step || rating == Rating::Again);
            let known = state.recall_now(&model(), now.day()).expect("answered");
            prop_assert!(rating != Rating::Again || known == 0.0);
            prop_assert_eq!(state.has_survived_a_night(), day > since && !state.is_being_learned());
        }
    }
}
