//! A month of studying.

use std::collections::{HashMap, HashSet};

use linchpin::app::Command;
use linchpin::app::command::{Scope, Take};
use linchpin::domain::card::{CardState, Phase};
use linchpin::domain::event::Due;
use linchpin::domain::ids::CardKey;
use linchpin::domain::queue::is_due;
use linchpin::domain::seed::{rng, seed_of};
use rand::RngExt;

use crate::desk::Desk;
use crate::learner::{MINUTE, later};

/// Cards due this morning.
fn due_cards(desk: &Desk) -> Vec<(CardKey, CardState)> {
    let today = desk.now.day();
    let due = |state: &CardState| is_due(state, today) && state.is_askable(today);
    desk.app
        .library()
        .questions()
        .keys()
        .map(|key| (key.clone(), desk.state(key)))
        .filter(|(_, it)| due(it))
        .collect()
}

#[test]
fn thirty_days_keep_every_promise_of_every_day() {
    let mut desk = Desk::new();
    let mut chance = rng(seed_of("a learner"));
    let mut seen: HashSet<CardKey> = HashSet::new();
    for day in 0..30 {
        desk.app.tick(&desk.now);
        let due = due_cards(&desk);
        let planned = desk.app.figures().to_review + desk.app.figures().to_learn;
        desk.start(Scope::All, Take::Today);
        let today = desk.now.day();
        let mut asked: HashMap<CardKey, usize> = HashMap::new();
        let mut new_cards = 0;
        while !desk.is_finished() {
            if let Some(until) = desk.app.study().and_then(|study| study.waits_until()) {
                desk.now = later(&desk.now, until - desk.now.ms() + MINUTE);
                desk.app.tick(&desk.now);
                continue;
            }
            let key = desk.key();
            let before = desk.state(&key);
            let times = asked.entry(key.clone()).or_default();
            *times += 1;
            assert!(*times == 1 || matches!(before.due, Some(Due::At(_))), "{key} twice on day {day}");
            new_cards += usize::from(before.phase == Phase::New);
            assert_eq!(before.phase == Phase::New, seen.insert(key.clone()));
            // Known better the more often it was answered.
            let known = 0.6 + 0.08 * f64::from(before.reviews.min(4));
            desk.study(chance.random_bool(known));
            let after = desk.state(&key);
            assert_eq!(after.reviews, before.reviews + 1);
            assert!(after.due.is_some());
        }
        assert!(new_cards <= 20, "{new_cards} new cards on day {day}");
        assert_eq!(asked.len(), planned, "as many cards on day {day} as Today had said");
        for (key, state) in due {
            let sibling = asked.keys().any(|other| *other != key && other.is_sibling_of(&key));
            let Some(Due::Day(since)) = state.due else { unreachable!("due on a day") };
            let late = today.days_since(since) * 10 > state.interval_days;
            assert!(asked.contains_key(&key) || sibling && !late, "{key} was due on day {day} and not asked");
        }
        for key in asked.keys() {
            let state = desk.state(key);
            assert!(matches!(state.due, Some(Due::Day(due)) if due > today), "{key} is left on a step");
            assert!(
                asked.keys().all(|other| other == key || !other.is_sibling_of(key)) || state.reviews > 1,
                "{key} came with its sibling on day {day}"
            );
        }
        desk.apply(Command::EndSession);
        assert_eq!(desk.app.figures().to_review, 0);
        desk.sleep(1);
        desk.now = later(
            &desk.now,
            crate::learner::morning().ms() + i64::from(day + 1) * 24 * 60 * MINUTE - desk.now.ms(),
        );
    }
    assert_eq!(seen.len(), desk.app.library().questions().len(), "every card of every deck was met");

    let (states, counts) = (desk.states(), desk.counts());
    let decks: Vec<_> = desk.app.figures().decks.iter().map(|deck| deck.total.clone()).collect();
    let desk = desk.reopen();
    assert_eq!(desk.states(), states, "the next start finds the same");
    assert_eq!(desk.counts(), counts);
    assert_eq!(desk.app.figures().decks.iter().map(|deck| deck.total.clone()).collect::<Vec<_>>(), decks);
}
