//! A month of studying.

use std::collections::{HashMap, HashSet};

use linchpin::app::Command;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::event::Due;
use linchpin::domain::ids::CardKey;
use linchpin::domain::queue::is_due;
use linchpin::domain::seed::{rng, seed_of};
use rand::RngExt;

use crate::fixtures::time::{MINUTE, later};
use crate::fixtures::{AppFixture, time};

/// Cards due this morning.
fn due_cards(fixture: &AppFixture) -> Vec<(CardKey, CardState)> {
    let today = fixture.now.day();
    let due = |state: &CardState| is_due(state, today) && state.is_available(today);
    fixture
        .app
        .library()
        .card_locations()
        .keys()
        .map(|key| (key.clone(), fixture.state(key)))
        .filter(|(_, it)| due(it))
        .collect()
}

#[test]
fn thirty_days_of_study_follow_the_plan_of_every_day() {
    let mut fixture = AppFixture::new();
    let mut chance = rng(seed_of("a learner"));
    let mut seen: HashSet<CardKey> = HashSet::new();
    for day in 0..30 {
        fixture.app.tick(&fixture.now);
        let due = due_cards(&fixture);
        let planned = fixture.app.figures().to_review + fixture.app.figures().to_learn;
        fixture.start(Scope::All, SessionKind::Today);
        let today = fixture.now.day();
        let mut times_shown: HashMap<CardKey, usize> = HashMap::new();
        let mut new_cards = 0;
        while !fixture.is_finished() {
            if let Some(until) = fixture.app.active_session().and_then(|study| study.waiting_until_ms()) {
                fixture.now = later(&fixture.now, until - fixture.now.ms() + MINUTE);
                fixture.app.tick(&fixture.now);
                continue;
            }
            let key = fixture.key();
            let before = fixture.state(&key);
            let times = times_shown.entry(key.clone()).or_default();
            *times += 1;
            assert!(*times == 1 || matches!(before.due, Some(Due::At(_))), "{key} twice on day {day}");
            new_cards += usize::from(before.phase == CardPhase::New);
            assert_eq!(before.phase == CardPhase::New, seen.insert(key.clone()));
            // The more often a card was answered, the more likely is a right answer.
            let known = 0.6 + 0.08 * f64::from(before.reviews.min(4));
            fixture.study(chance.random_bool(known));
            let after = fixture.state(&key);
            assert_eq!(after.reviews, before.reviews + 1);
            assert!(after.due.is_some());
        }
        assert!(new_cards <= 20, "{new_cards} new cards on day {day}");
        assert_eq!(times_shown.len(), planned, "as many cards on day {day} as Today had said");
        for (key, state) in due {
            let sibling = times_shown.keys().any(|other| *other != key && other.is_sibling_of(&key));
            let Some(Due::Day(since)) = state.due else { unreachable!("due on a day") };
            let late = today.days_since(since) * 10 > state.interval_days;
            assert!(
                times_shown.contains_key(&key) || sibling && !late,
                "{key} was due on day {day} and not shown"
            );
        }
        for key in times_shown.keys() {
            let state = fixture.state(key);
            assert!(matches!(state.due, Some(Due::Day(due)) if due > today), "{key} is left on a step");
            assert!(
                times_shown.keys().all(|other| other == key || !other.is_sibling_of(key))
                    || state.reviews > 1,
                "{key} came with its sibling on day {day}"
            );
        }
        fixture.apply(Command::Study(StudyCommand::EndSession));
        assert_eq!(fixture.app.figures().to_review, 0);
        fixture.pass_days(1);
        fixture.now = later(
            &fixture.now,
            time::morning().ms() + i64::from(day + 1) * 24 * 60 * MINUTE - fixture.now.ms(),
        );
    }
    assert_eq!(seen.len(), fixture.app.library().card_locations().len(), "every card of every deck was seen");

    let (states, counts) = (fixture.states(), fixture.counts());
    let decks: Vec<_> = fixture.app.figures().decks.iter().map(|deck| deck.total.clone()).collect();
    let fixture = fixture.reopen();
    assert_eq!(fixture.states(), states, "a restart restores the states");
    assert_eq!(fixture.counts(), counts);
    assert_eq!(fixture.app.figures().decks.iter().map(|deck| deck.total.clone()).collect::<Vec<_>>(), decks);
}
