//! A session, by example: which card comes next, and what undo gives back.

use crate::learner::{HOUR, MINUTE, at, days_later, key, later, morning};
use linchpin::domain::day::Moment;
use linchpin::domain::event::{Change, Due, Event, EventId, Source};
use linchpin::domain::ids::CardKey;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::queue::Plan;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::session::{Answered, Next, Session, Step, TakenBack};

/// A session with its progress, driven as the program drives it.
struct Desk {
    rules: Scheduler,
    progress: Progress,
    session: Session,
    events: u64,
}

fn card(name: &str) -> CardKey {
    key("deck", name)
}

fn ask(name: &str) -> Next {
    Next::Ask(card(name))
}

impl Desk {
    fn with(names: &[&str]) -> Self {
        let queue: Vec<CardKey> = names.iter().map(|name| card(name)).collect();
        let plan = Plan { new_cards: queue.len(), queue, ..Plan::default() };
        Self {
            rules: Scheduler::default(),
            progress: Progress::default(),
            session: Session::new(plan, Source::Study),
            events: 0,
        }
    }

    fn next(&mut self, now: &Moment) -> Next {
        self.session.next(&self.progress, now)
    }

    fn push(&mut self, card: &CardKey, change: Change, now: &Moment) -> EventId {
        self.events += 1;
        let id = crate::learner::id(self.events);
        self.progress.push(Event { id, stamp: now.stamp, card: card.clone(), change }, &self.rules.model);
        id
    }

    fn answer(&mut self, rating: Rating, now: &Moment) -> Due {
        let card = self.session.current().expect("a card").clone();
        let state = *self.progress.state(&card);
        let due = self.rules.outcome(&card, Kind::Typed, &state, now, rating).due;
        let event = self.push(&card, Change::Answer(crate::learner::review(rating, Kind::Typed, due)), now);
        let answer = Some(Answered { score: 1.0, rating, was_new: state.reviews == 0 });
        self.session.record(Step { card, events: vec![event], answer }, &self.progress);
        due
    }

    fn set_aside(&mut self, change: Change, now: &Moment) {
        let card = self.session.current().expect("a card").clone();
        let event = self.push(&card, change, now);
        self.session.record(Step { card, events: vec![event], answer: None }, &self.progress);
    }

    fn undo(&mut self, now: &Moment) -> TakenBack {
        let step = self.session.done().last().expect("something done").clone();
        for event in step.events.iter().rev() {
            self.push(&step.card, Change::Retract(*event), now);
        }
        let taken = self.session.undo(&self.progress).expect("something to take back");
        assert_eq!(taken.step, step);
        taken
    }
}

#[test]
fn a_card_on_a_step_comes_before_the_queue_once_its_minutes_are_over() {
    let mut desk = Desk::with(&["a", "b", "c"]);
    let now = morning();
    assert_eq!(desk.next(&now), ask("a"));
    desk.answer(Rating::Again, &now);
    assert_eq!(desk.next(&later(&now, MINUTE - 1)), ask("b"), "not before its minute");
    desk.answer(Rating::Easy, &later(&now, MINUTE));
    assert_eq!(desk.next(&later(&now, MINUTE)), ask("a"), "before the queue then");
}

#[test]
fn of_two_cards_on_steps_the_one_due_sooner_comes_first() {
    let mut desk = Desk::with(&["a", "b"]);
    let now = morning();
    desk.next(&now);
    desk.answer(Rating::Good, &now);
    desk.next(&now);
    desk.answer(Rating::Again, &now);
    assert_eq!(desk.next(&later(&now, 30 * MINUTE)), ask("b"));
}

#[test]
fn with_nothing_else_left_a_card_comes_up_to_twenty_minutes_early() {
    let mut desk = Desk::with(&["a"]);
    let now = morning();
    desk.next(&now);
    assert_eq!(desk.answer(Rating::Good, &now), Due::At(now.ms() + 10 * MINUTE));
    assert_eq!(desk.next(&now), ask("a"));
}

#[test]
fn a_card_further_away_is_waited_for_and_the_day_ends_at_its_end() {
    // No step of ours is that long; another machine's clock may make it so.
    let mut desk = Desk::with(&["a"]);
    let now = morning();
    let ahead = later(&now, HOUR);
    desk.next(&now);
    let Due::At(due) = desk.answer(Rating::Good, &ahead) else { panic!("a step") };
    assert_eq!(desk.next(&now), Next::Wait(due));
    assert_eq!(desk.next(&later(&now, 20 * MINUTE)), Next::Wait(due));
    assert_eq!(desk.next(&seoul_ms(due - 20 * MINUTE)), ask("a"));
}

fn seoul_ms(ms: i64) -> Moment {
    crate::learner::seoul(ms)
}

#[test]
fn a_session_is_finished_when_every_card_waits_for_days() {
    let mut desk = Desk::with(&["a", "b"]);
    let now = morning();
    for _ in 0..2 {
        desk.next(&now);
        desk.answer(Rating::Easy, &now);
    }
    assert_eq!(desk.next(&now), Next::Finished);
    assert_eq!((desk.session.remaining(), desk.session.done().len()), (0, 2));
    assert!(desk.session.current().is_none());
}

#[test]
fn a_new_card_takes_its_steps_and_is_then_done_for_the_day() {
    let mut desk = Desk::with(&["a"]);
    let now = morning();
    desk.next(&now);
    desk.answer(Rating::Good, &now);
    assert_eq!(desk.next(&now), ask("a"));
    desk.answer(Rating::Good, &now);
    assert_eq!(desk.next(&now), Next::Finished);
}

#[test]
fn asking_for_the_next_card_twice_gives_the_same_card() {
    let mut desk = Desk::with(&["a", "b"]);
    assert_eq!(desk.next(&morning()), ask("a"));
    assert_eq!(desk.next(&morning()), ask("a"));
    assert_eq!(desk.session.remaining(), 2);
}

#[test]
fn what_was_set_aside_does_not_come_and_undo_brings_it_back() {
    let mut desk = Desk::with(&["a", "b"]);
    let now = morning();
    for change in [Change::Suspend, Change::Bury { until: now.day().plus(1) }] {
        assert_eq!(desk.next(&now), ask("a"));
        desk.set_aside(change, &now);
        assert_eq!(desk.next(&now), ask("b"));
        desk.undo(&now);
        assert_eq!(desk.session.current(), Some(&card("a")));
        assert_eq!(desk.session.remaining(), 2, "nothing is asked twice or lost");
    }
}

#[test]
fn undo_any_number_and_redo_end_where_they_began() {
    let mut desk = Desk::with(&["a", "b", "c", "d"]);
    let now = morning();
    for rating in [Rating::Good, Rating::Again, Rating::Easy, Rating::Hard] {
        desk.next(&now);
        desk.answer(rating, &now);
    }
    let done = desk.session.done().to_vec();
    let mut undone = Vec::new();
    while !desk.session.done().is_empty() {
        undone.push(desk.undo(&now));
    }
    assert_eq!(desk.session.current(), Some(&card("a")));
    assert_eq!(desk.session.remaining(), 4);
    assert_eq!(desk.next(&now), ask("a"), "as at the start");

    let first_retraction = desk.events;
    for (nth, taken) in undone.into_iter().rev().enumerate() {
        desk.push(
            &taken.step.card.clone(),
            Change::Retract(crate::learner::id(first_retraction - nth as u64)),
            &now,
        );
        desk.session.redo(taken, &desk.progress);
        desk.next(&now);
    }
    assert_eq!(desk.session.done(), done);
    let left = desk.session.remaining();
    assert_eq!(left, 3, "all but the one that was easy are on steps");
}

#[test]
fn undo_of_a_step_takes_the_card_off_its_step() {
    let mut desk = Desk::with(&["a"]);
    let now = morning();
    desk.next(&now);
    desk.answer(Rating::Again, &now);
    desk.undo(&now);
    assert_eq!(desk.session.remaining(), 1);
    desk.answer(Rating::Easy, &now);
    assert_eq!(desk.next(&later(&now, HOUR)), Next::Finished);
}

#[test]
fn an_overruled_answer_moves_between_steps_and_days() {
    let mut desk = Desk::with(&["a"]);
    let now = morning();
    desk.next(&now);
    desk.answer(Rating::Again, &now);
    let target = desk.session.done()[0].events[0];
    let mut overrule = |rating, granted| {
        let event = desk.push(&card("a"), Change::Rate { target, rating, granted, confidence: None }, &now);
        desk.session.amend(event, rating, 1.0, &desk.progress);
        (desk.session.remaining(), desk.session.done()[0].answer.map(|answer| answer.rating))
    };
    assert_eq!(overrule(Rating::Easy, Due::Day(now.day().plus(8))), (0, Some(Rating::Easy)));
    assert_eq!(overrule(Rating::Again, Due::At(now.ms() + MINUTE)), (1, Some(Rating::Again)));
    assert_eq!(desk.session.done()[0].events.len(), 3, "undo takes all of them back");
}

#[test]
fn practice_brings_no_card_twice() {
    let mut desk = Desk::with(&["a", "b"]);
    let now = morning();
    desk.session.source = Source::Practice;
    for name in ["a", "b"] {
        assert_eq!(desk.next(&now), ask(name));
        desk.answer(Rating::Again, &now);
    }
    assert_eq!(desk.next(&later(&now, HOUR)), Next::Finished);
}

#[test]
fn a_session_left_open_past_the_rollover_goes_on_and_its_buried_cards_come_back() {
    let mut desk = Desk::with(&["a", "b"]);
    let evening = at("2026-11-24T03:50[Asia/Seoul]");
    assert_eq!(desk.next(&evening), ask("a"));
    desk.answer(Rating::Good, &evening);
    assert_eq!(desk.next(&evening), ask("b"));
    let night = at("2026-11-24T04:10[Asia/Seoul]");
    let day = desk.answer(Rating::Easy, &night);
    assert!(matches!(day, Due::Day(due) if due > night.day()), "days count from the new day");
    assert_eq!(desk.next(&night), ask("a"), "its step is over");
    desk.answer(Rating::Good, &night);
    assert_eq!(desk.next(&night), Next::Finished);
    let state = desk.progress.state(&card("a"));
    assert_eq!((state.first_day, state.last_day), (Some(evening.day()), Some(night.day())));
}

#[test]
fn flying_east_or_west_in_the_middle_of_a_session_breaks_nothing() {
    let seoul = at("2026-11-24T10:00[Asia/Seoul]");
    for landed in ["2026-11-23T20:00[America/Los_Angeles]", "2026-11-24T17:00[Pacific/Kiritimati]"] {
        let landed = at(landed);
        let mut desk = Desk::with(&["a"]);
        desk.next(&seoul);
        desk.answer(Rating::Good, &seoul);
        assert_eq!(desk.next(&landed), ask("a"), "its step is over");
        let Due::Day(due) = desk.answer(Rating::Good, &landed) else { panic!("learned") };
        assert!(due > landed.day());
        assert_eq!(desk.next(&landed), Next::Finished);
        assert_eq!(desk.next(&days_later(&landed, 1)), Next::Finished);
    }
}
