//! A sitting is a fold over its steps, and its clock is fair.

use linchpin::domain::attempt::{
    AttemptEvent, AttemptPhase, LoggedAttemptEvent, MAX_GAP_MS, SelfGrade, TestAttempt, TestClock,
};
use linchpin::domain::event::Confidence;
use linchpin::domain::task::Response;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const ITEMS: usize = 4;

fn any_act() -> impl Strategy<Value = AttemptEvent> {
    // One item more than there is.
    let item = 0..=ITEMS;
    prop_oneof![
        3 => item.clone().prop_map(AttemptEvent::Show),
        3 => (item.clone(), prop::option::of("[a-c]{0,2}")).prop_map(|(item, text)| AttemptEvent::Answer {
            item,
            response: text.map(Response::Typed),
        }),
        1 => (item.clone(), any::<bool>()).prop_map(|(item, flagged)| AttemptEvent::Flag { item, flagged }),
        1 => item.clone().prop_map(|item| AttemptEvent::SetConfidence { item, confidence: Some(Confidence::Sure) }),
        1 => Just(AttemptEvent::Heartbeat),
        1 => Just(AttemptEvent::Pause),
        1 => any::<bool>().prop_map(|by_time| AttemptEvent::HandIn { by_time }),
        1 => item.prop_map(|item| AttemptEvent::SelfGrade { item, grade: SelfGrade::Partly }),
        1 => prop::collection::vec(0u32..=1_000_000, 0..=ITEMS).prop_map(|scores_ppm| AttemptEvent::Grade { scores_ppm }),
        1 => Just(AttemptEvent::Complete),
        1 => (0..=ITEMS, prop::option::of(any::<bool>())).prop_map(|(item, meant)| AttemptEvent::ResolveSlip { item, accepted: meant }),
        1 => Just(AttemptEvent::Discard),
    ]
}

fn any_steps() -> impl Strategy<Value = Vec<LoggedAttemptEvent>> {
    prop::collection::vec((any_act(), -5_000i64..40_000), 0..40).prop_map(|acts| {
        let mut clock_ms = 0;
        acts.into_iter()
            .map(|(act, passed)| {
                clock_ms = (clock_ms + passed).max(0);
                LoggedAttemptEvent { at_ms: 1_700_000_000_000 + clock_ms, clock_ms, event: act }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_test_that_was_interrupted_anywhere_folds_to_the_same(steps in any_steps(), cut in 0usize..40) {
        let whole = TestAttempt::from_events(ITEMS, &steps);
        let mut resumed = TestAttempt::from_events(ITEMS, &steps[..cut.min(steps.len())]);
        steps[cut.min(steps.len())..].iter().for_each(|step| resumed.apply(step));
        prop_assert_eq!(whole, resumed);
    }

    #[test]
    fn time_is_never_lost_nor_made(steps in any_steps()) {
        let mut sitting = TestAttempt::new(ITEMS);
        for step in &steps {
            let before = sitting.clone();
            sitting.apply(step);
            prop_assert!(sitting.clock_ms() >= before.clock_ms());
            let spent = |sitting: &TestAttempt| sitting.items().iter().map(|sheet| sheet.spent_ms).sum::<i64>();
            let passed = if before.phase() == AttemptPhase::Running { sitting.clock_ms() - before.clock_ms() } else { 0 };
            prop_assert_eq!(spent(&sitting) - spent(&before), passed);
        }
    }

    #[test]
    fn what_is_handed_in_stays_as_it_is(steps in any_steps()) {
        let mut sitting = TestAttempt::new(ITEMS);
        for step in &steps {
            let before = sitting.clone();
            sitting.apply(step);
            if matches!(before.phase(), AttemptPhase::SelfGrading | AttemptPhase::Completed | AttemptPhase::Discarded) {
                for (one, other) in before.items().iter().zip(sitting.items()) {
                    prop_assert_eq!(&one.response, &other.response);
                    prop_assert_eq!((one.flagged, one.confidence), (other.flagged, other.confidence));
                }
                prop_assert!(!matches!(sitting.phase(), AttemptPhase::Running | AttemptPhase::Paused));
            }
            if matches!(before.phase(), AttemptPhase::Completed | AttemptPhase::Discarded) {
                prop_assert_eq!(before.phase(), sitting.phase());
            }
        }
    }
}

#[test]
fn the_clock_counts_what_it_hears_of_and_nothing_that_was_slept_through() {
    let mut clock = TestClock::with_spent_ms(10_000);
    assert_eq!(clock.tick(5), 10_000, "not before it was started");
    clock.start(1_000_000);
    assert_eq!(clock.tick(1_001_000), 11_000);
    assert_eq!(clock.tick(1_001_000 + MAX_GAP_MS), 11_000 + MAX_GAP_MS, "a short silence counts");
    let heard = clock.spent_ms();
    let slept = 1_001_000 + 2 * MAX_GAP_MS + 1;
    assert_eq!(clock.tick(slept), heard, "a longer one does not");
    assert_eq!(clock.tick(slept + 500), heard + 500, "and then it goes on");
    assert_eq!(clock.tick(slept - 3_600_000), heard + 500, "a clock set back takes nothing away");
    assert_eq!(clock.tick(slept - 3_600_000 + 250), heard + 750);
}
