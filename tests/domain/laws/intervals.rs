//! Intervals: a better rating never brings a card back sooner, and every interval stays in bounds.

use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::event::Due;
use linchpin::domain::memory::{MAX_INTERVAL_DAYS, Memory, MemoryModel};
use linchpin::domain::schedule::{PreExamReview, Scheduler, fuzz_range, whole_days};
use proptest::prelude::*;

use super::{cases, kind};
use crate::fixtures::cards;
use crate::fixtures::cards::key;
use crate::fixtures::time::{HOUR, days_later, later, morning};

fn phase() -> impl Strategy<Value = CardPhase> {
    prop_oneof![
        1 => Just(CardPhase::New),
        2 => (0..4u8).prop_map(|step| CardPhase::Learning { step }),
        4 => Just(CardPhase::Review),
        1 => (0..3u8).prop_map(|step| CardPhase::Relearning { step }),
    ]
}

/// Any card: stable from a minute to a century, early or late by years.
fn state() -> impl Strategy<Value = CardState> {
    let since = prop_oneof![2 => Just(0u32), 4 => 0..60u32, 2 => 0..20_000u32];
    (phase(), -3.0..4.56f64, 1.0..=10.0f32, since, 0..400u32).prop_map(
        |(phase, magnitude, difficulty, since, reviews)| {
            if phase == CardPhase::New {
                return CardState::default();
            }
            let last_day = Some(linchpin::domain::day::StudyDay(morning().day().0 - since as i32));
            CardState {
                memory: Some(Memory { stability: 10f64.powf(magnitude) as f32, difficulty }),
                phase,
                due: last_day.map(Due::Day),
                first_day: last_day,
                last_day,
                reviews,
                ..CardState::default()
            }
        },
    )
}

fn rules() -> impl Strategy<Value = Scheduler> {
    (70..=97u8, prop::bool::weighted(0.8), prop::option::of(pre_exam_review())).prop_map(
        |(percent, fuzz, pre_exam_review)| Scheduler {
            model: MemoryModel::default(),
            desired_retention: f32::from(percent) / 100.0,
            fuzz,
            pre_exam_review,
        },
    )
}

fn pre_exam_review() -> impl Strategy<Value = PreExamReview> {
    (0..200u32, 0.5..1.0f32, 1..30u32).prop_map(|(until, below, days)| PreExamReview {
        exam: morning().day().plus(until),
        recall_threshold: below,
        window_days: days,
    })
}

/// A sort key of lengths: minutes come before days.
fn length(due: Due) -> (bool, i64) {
    match due {
        Due::At(ms) => (false, ms),
        Due::Day(day) => (true, i64::from(day.0)),
    }
}

proptest! {
    #![proptest_config(cases(2048))]

    #[test]
    fn no_interval_skips_an_exam_where_a_pre_exam_review_pays(
        state in state(), kind in kind(), rules in rules(), review in pre_exam_review(),
    ) {
        let rules = Scheduler { pre_exam_review: Some(review), ..rules };
        let (key, now) = (key("deck", "question"), morning());
        let day = review.day(&key);
        prop_assert!((1..=review.window_days as i32).contains(&(review.exam.0 - day.0)));
        for outcome in rules.outcomes(&key, kind, &state, &now) {
            let Due::Day(due) = outcome.due else { continue };
            let pays = rules.model.recall(outcome.memory, review.exam.days_since(now.day())) < f64::from(review.recall_threshold);
            prop_assert!(due > now.day());
            if now.day() < day && pays {
                prop_assert!(due <= day, "{due:?} {day:?}");
            }
        }
    }

    #[test]
    fn a_better_rating_never_brings_a_card_back_sooner(
        state in state(), kind in kind(), rules in rules(), name in "[a-z]{1,6}", hours in 0..24i64,
    ) {
        let now = later(&morning(), hours * HOUR);
        let outcomes = rules.outcomes(&key("deck", &name), kind, &state, &now);
        for pair in outcomes.windows(2) {
            prop_assert!(length(pair[0].due) <= length(pair[1].due), "{:?}", outcomes);
        }
    }

    #[test]
    fn every_interval_is_between_a_day_and_a_century(state in state(), kind in kind(), rules in rules()) {
        let now = morning();
        for outcome in rules.outcomes(&key("deck", "question"), kind, &state, &now) {
            match outcome.due {
                Due::Day(day) => {
                    prop_assert!((1..=MAX_INTERVAL_DAYS).contains(&day.days_since(now.day())));
                    prop_assert_eq!(outcome.phase, CardPhase::Review);
                }
                Due::At(ms) => {
                    prop_assert!(ms > now.ms() && ms <= now.ms() + HOUR);
                    prop_assert!(outcome.phase != CardPhase::New && outcome.phase != CardPhase::Review);
                }
            }
            prop_assert!(outcome.memory.stability.is_finite() && outcome.memory.stability > 0.0);
            prop_assert!((1.0..=10.0).contains(&outcome.memory.difficulty));
        }
    }

    #[test]
    fn the_interval_on_the_button_is_the_one_scheduled_later_that_day(
        state in state(), kind in kind(), rules in rules(), minutes in 0..600i64,
    ) {
        let key = key("deck", "question");
        let shown = rules.outcomes(&key, kind, &state, &morning());
        prop_assert_eq!(shown, rules.outcomes(&key, kind, &state, &morning()));
        let scheduled = rules.outcomes(&key, kind, &state, &later(&morning(), minutes * 60_000));
        for (shown, scheduled) in shown.iter().zip(&scheduled) {
            prop_assert_eq!(shown.memory, scheduled.memory);
            if let Due::Day(_) = shown.due {
                prop_assert_eq!(shown.due, scheduled.due);
            }
        }
    }

    #[test]
    fn the_reason_names_the_fuzz_range_that_contains_the_interval(state in state(), kind in kind(), rules in rules()) {
        let now = morning();
        for outcome in rules.outcomes(&key("deck", "question"), kind, &state, &now) {
            let reason = rules.reason(&state, &now, &outcome);
            prop_assert_eq!(reason.exact_days.is_some(), matches!(outcome.due, Due::Day(_)));
            if let (Due::Day(day), Some((low, high))) = (outcome.due, reason.fuzz_days) {
                prop_assert!((low..=high).contains(&day.days_since(now.day())));
            }
        }
    }

    #[test]
    fn after_good_on_time_fuzz_shortens_no_interval(
        magnitude in 0.3..3.5f64, difficulty in 1.0..=10.0f32, kind in kind(), percent in 70..=97u8,
        place in 0.0..=1.0f64, late in prop_oneof![3 => Just(0u32), 1 => 0..400u32], name in "[a-z]{1,6}",
        reviews in 1..40u32,
    ) {
        let rules = Scheduler { desired_retention: f32::from(percent) / 100.0, ..Scheduler::default() };
        let before = Memory { stability: 10f64.powf(magnitude) as f32, difficulty };
        let exact = rules.model.interval_days(before.stability, rules.desired_retention);
        // Any interval that the card may have had.
        let (low, high) = fuzz_range(exact).unwrap_or((whole_days(exact), whole_days(exact)));
        let old = low + (f64::from(high - low) * place).round() as u32;
        let state = CardState { memory: Some(before), reviews, ..cards::in_review(&morning(), old + late, old) };
        let (key, today) = (key("deck", &name), morning().day());
        let outcomes = rules.outcomes(&key, kind, &state, &morning());
        for outcome in &outcomes[2..] {
            let Due::Day(due) = outcome.due else { panic!("a review") };
            let without_fuzz = whole_days(rules.model.interval_days(outcome.memory.stability, rules.desired_retention));
            let least = if without_fuzz > old { old + 1 } else { old };
            let days = due.days_since(today);
            prop_assert!(days >= least, "{}: {old} days, then {days} and not {without_fuzz}", outcome.rating);
            let reason = rules.reason(&state, &morning(), outcome);
            if let Some((low, high)) = reason.fuzz_days {
                prop_assert!((low..=high).contains(&days) && low >= least, "{reason:?}");
            }
        }
        // Again and Hard do not depend on the due day.
        let early = CardState { due: Some(Due::Day(today.plus(1))), ..state };
        prop_assert_eq!(&outcomes[..2], &rules.outcomes(&key, kind, &early, &morning())[..2]);
    }

    #[test]
    fn the_fuzz_range_contains_the_exact_interval(exact in prop_oneof![0.0..40.0f32, 0.0..60_000.0f32]) {
        match fuzz_range(exact) {
            None => prop_assert!(exact < 2.5),
            Some((low, high)) => {
                prop_assert!(exact >= 2.5);
                prop_assert!((low..=high).contains(&whole_days(exact)));
                prop_assert!(low >= 2 && high <= MAX_INTERVAL_DAYS);
                // At most a day and 15 % to each side.
                prop_assert!(f64::from(high - low) <= 2.0 * (1.0 + 0.15 * f64::from(exact)) + 1.0);
            }
        }
    }

    #[test]
    fn recall_starts_at_1_and_an_interval_ends_at_the_desired_retention(
        magnitude in 0.5..4.0f64, percent in 70..=97u8,
    ) {
        let model = MemoryModel::default();
        let memory = Memory { stability: 10f64.powf(magnitude) as f32, difficulty: 5.0 };
        prop_assert!((model.recall(memory, 0) - 1.0).abs() < 1e-6);
        let retention = f32::from(percent) / 100.0;
        let days = model.interval_days(memory.stability, retention);
        prop_assert!(model.recall(memory, days.floor() as u32) >= f64::from(retention) - 1e-4);
        prop_assert!(model.recall(memory, days.ceil() as u32) <= f64::from(retention) + 1e-4);
    }
}

#[test]
fn the_fuzz_range_is_the_documented_one() {
    let cases = [
        (2.49, None),
        (2.5, Some((2, 4))),
        (7.0, Some((5, 9))),
        (20.0, Some((17, 23))),
        (100.0, Some((93, 107))),
        (36_500.0, Some((34_673, 36_500))),
    ];
    for (exact, range) in cases {
        assert_eq!(fuzz_range(exact), range, "{exact}");
    }
}

#[test]
fn cards_learned_together_drift_apart_unless_fuzz_is_off() {
    let (rules, exact) = (Scheduler::default(), Scheduler { fuzz: false, ..Scheduler::default() });
    let state = cards::in_review(&days_later(&morning(), 0), 100, 100);
    let intervals = |rules: &Scheduler| -> std::collections::BTreeSet<(bool, i64)> {
        (0..50)
            .map(|nth| key("deck", &format!("question-{nth}")))
            .map(|key| {
                rules.outcomes(&key, linchpin::domain::question::Kind::Typed, &state, &morning())[2].due
            })
            .map(length)
            .collect()
    };
    assert!(intervals(&rules).len() > 10);
    assert_eq!(intervals(&exact).len(), 1);
}
