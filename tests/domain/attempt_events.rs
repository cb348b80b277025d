//! An attempt is a fold over its events, and its clock counts the time spent on it, not the time asleep.

use linchpin::domain::attempt::{
    AttemptEvent, AttemptPhase, LoggedAttemptEvent, MAX_GAP_MS, SelfGrade, TestAttempt, TestClock,
};
use linchpin::domain::event::Confidence;
use linchpin::domain::task::Response;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const ITEMS: usize = 4;

fn any_event() -> impl Strategy<Value = AttemptEvent> {
    // One index past the last item.
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
        1 => (0..=ITEMS, prop::option::of(any::<bool>())).prop_map(|(item, accepted)| AttemptEvent::ResolveSlip { item, accepted }),
        1 => Just(AttemptEvent::Discard),
    ]
}

fn any_events() -> impl Strategy<Value = Vec<LoggedAttemptEvent>> {
    prop::collection::vec((any_event(), -5_000i64..40_000), 0..40).prop_map(|events| {
        let mut clock_ms = 0;
        events
            .into_iter()
            .map(|(event, passed)| {
                clock_ms = (clock_ms + passed).max(0);
                LoggedAttemptEvent { at_ms: 1_700_000_000_000 + clock_ms, clock_ms, event }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_attempt_interrupted_anywhere_folds_to_the_same_state(events in any_events(), cut in 0usize..40) {
        let whole = TestAttempt::from_events(ITEMS, &events);
        let mut resumed = TestAttempt::from_events(ITEMS, &events[..cut.min(events.len())]);
        events[cut.min(events.len())..].iter().for_each(|event| resumed.apply(event));
        prop_assert_eq!(whole, resumed);
    }

    #[test]
    fn the_clock_neither_loses_nor_adds_time(events in any_events()) {
        let mut attempt = TestAttempt::new(ITEMS);
        for event in &events {
            let before = attempt.clone();
            attempt.apply(event);
            prop_assert!(attempt.clock_ms() >= before.clock_ms());
            let spent = |attempt: &TestAttempt| attempt.items().iter().map(|item| item.spent_ms).sum::<i64>();
            let passed = if before.phase() == AttemptPhase::Running { attempt.clock_ms() - before.clock_ms() } else { 0 };
            prop_assert_eq!(spent(&attempt) - spent(&before), passed);
        }
    }

    #[test]
    fn an_attempt_that_was_handed_in_keeps_its_answers(events in any_events()) {
        let mut attempt = TestAttempt::new(ITEMS);
        for event in &events {
            let before = attempt.clone();
            attempt.apply(event);
            if matches!(before.phase(), AttemptPhase::SelfGrading | AttemptPhase::Completed | AttemptPhase::Discarded) {
                for (one, other) in before.items().iter().zip(attempt.items()) {
                    prop_assert_eq!(&one.response, &other.response);
                    prop_assert_eq!((one.flagged, one.confidence), (other.flagged, other.confidence));
                }
                prop_assert!(!matches!(attempt.phase(), AttemptPhase::Running | AttemptPhase::Paused));
            }
            if matches!(before.phase(), AttemptPhase::Completed | AttemptPhase::Discarded) {
                prop_assert_eq!(before.phase(), attempt.phase());
            }
        }
    }
}

#[test]
fn the_clock_skips_silences_longer_than_the_maximum() {
    let mut clock = TestClock::with_spent_ms(10_000);
    assert_eq!(clock.tick(5), 10_000, "the clock does not run before it is started");
    clock.start(1_000_000);
    assert_eq!(clock.tick(1_001_000), 11_000);
    assert_eq!(clock.tick(1_001_000 + MAX_GAP_MS), 11_000 + MAX_GAP_MS, "a short silence counts");
    let counted_ms = clock.spent_ms();
    let woken_ms = 1_001_000 + 2 * MAX_GAP_MS + 1;
    assert_eq!(clock.tick(woken_ms), counted_ms, "a longer silence does not");
    assert_eq!(clock.tick(woken_ms + 500), counted_ms + 500, "then the clock goes on");
    assert_eq!(
        clock.tick(woken_ms - 3_600_000),
        counted_ms + 500,
        "a system clock set back takes no time away"
    );
    assert_eq!(clock.tick(woken_ms - 3_600_000 + 250), counted_ms + 750);
}
