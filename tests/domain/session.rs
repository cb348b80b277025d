//! A session, by example: which card comes next, and what undo restores.

use linchpin::domain::day::Moment;
use linchpin::domain::event::{Change, Due, Event, EventId, ReviewSource};
use linchpin::domain::ids::CardKey;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::queue::SessionPlan;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::session::{NextCard, Session, SessionAnswer, SessionStep, UndoneStep};

use crate::fixtures::cards::key;
use crate::fixtures::time::{HOUR, MINUTE, at, days_later, later, morning};
use crate::fixtures::{cards, time};

/// A session with its progress, driven as the program drives it.
struct SessionFixture {
    rules: Scheduler,
    progress: Progress,
    session: Session,
    events: u64,
}

fn card(name: &str) -> CardKey {
    key("deck", name)
}

fn show(name: &str) -> NextCard {
    NextCard::Show(card(name))
}

impl SessionFixture {
    fn with(names: &[&str]) -> Self {
        let queue: Vec<CardKey> = names.iter().map(|name| card(name)).collect();
        let plan = SessionPlan { new_cards: queue.len(), queue, ..SessionPlan::default() };
        Self {
            rules: Scheduler::default(),
            progress: Progress::default(),
            session: Session::new(plan, ReviewSource::Study),
            events: 0,
        }
    }

    fn next(&mut self, now: &Moment) -> NextCard {
        self.session.next(&self.progress, now)
    }

    fn push(&mut self, card: &CardKey, change: Change, now: &Moment) -> EventId {
        self.events += 1;
        let id = cards::id(self.events);
        let event = Event { id, stamp: now.stamp, card: card.clone(), change };
        cards::push(&mut self.progress, event, &self.rules.model);
        id
    }

    fn answer(&mut self, rating: Rating, now: &Moment) -> Due {
        let card = self.session.current().expect("a card").clone();
        let state = *self.progress.state(&card);
        let due = self.rules.outcome(&card, Kind::Typed, &state, now, rating).due;
        let event = self.push(&card, Change::Answer(cards::review(rating, Kind::Typed, due)), now);
        let answer = Some(SessionAnswer { score: 1.0, rating, was_new: state.reviews == 0 });
        self.session.record(SessionStep { card, events: vec![event], answer }, &self.progress);
        due
    }

    fn suspend_or_bury(&mut self, change: Change, now: &Moment) {
        let card = self.session.current().expect("a card").clone();
        let event = self.push(&card, change, now);
        self.session.record(SessionStep { card, events: vec![event], answer: None }, &self.progress);
    }

    fn undo(&mut self, now: &Moment) -> UndoneStep {
        let step = self.session.done().last().expect("something done").clone();
        for event in step.events.iter().rev() {
            self.push(&step.card, Change::Retract(*event), now);
        }
        let undone_step = self.session.undo(&self.progress).expect("something to undo");
        assert_eq!(undone_step.step, step);
        undone_step
    }
}

#[test]
fn a_card_on_a_step_comes_before_the_queue_once_its_minutes_are_over() {
    let mut fixture = SessionFixture::with(&["a", "b", "c"]);
    let now = morning();
    assert_eq!(fixture.next(&now), show("a"));
    fixture.answer(Rating::Again, &now);
    assert_eq!(fixture.next(&later(&now, MINUTE - 1)), show("b"), "not before its minute");
    fixture.answer(Rating::Easy, &later(&now, MINUTE));
    assert_eq!(fixture.next(&later(&now, MINUTE)), show("a"), "before the queue then");
}

#[test]
fn of_two_cards_on_steps_the_one_due_sooner_comes_first() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    let now = morning();
    fixture.next(&now);
    fixture.answer(Rating::Good, &now);
    fixture.next(&now);
    fixture.answer(Rating::Again, &now);
    assert_eq!(fixture.next(&later(&now, 30 * MINUTE)), show("b"));
}

#[test]
fn with_nothing_else_left_a_card_comes_up_to_twenty_minutes_early() {
    let mut fixture = SessionFixture::with(&["a"]);
    let now = morning();
    fixture.next(&now);
    assert_eq!(fixture.answer(Rating::Good, &now), Due::At(now.ms() + 10 * MINUTE));
    assert_eq!(fixture.next(&now), show("a"));
}

#[test]
fn a_card_due_in_more_than_twenty_minutes_is_waited_for() {
    // None of our steps is that long, but the clock of another machine may make it so.
    let mut fixture = SessionFixture::with(&["a"]);
    let now = morning();
    let ahead = later(&now, HOUR);
    fixture.next(&now);
    let Due::At(due) = fixture.answer(Rating::Good, &ahead) else { panic!("a step") };
    assert_eq!(fixture.next(&now), NextCard::Wait(due));
    assert_eq!(fixture.next(&later(&now, 20 * MINUTE)), NextCard::Wait(due));
    assert_eq!(fixture.next(&seoul_ms(due - 20 * MINUTE)), show("a"));
}

fn seoul_ms(ms: i64) -> Moment {
    time::seoul(ms)
}

#[test]
fn a_session_is_finished_when_every_card_waits_for_days() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    let now = morning();
    for _ in 0..2 {
        fixture.next(&now);
        fixture.answer(Rating::Easy, &now);
    }
    assert_eq!(fixture.next(&now), NextCard::Finished);
    assert_eq!((fixture.session.remaining(), fixture.session.done().len()), (0, 2));
    assert!(fixture.session.current().is_none());
}

#[test]
fn a_new_card_takes_its_steps_and_is_then_done_for_the_day() {
    let mut fixture = SessionFixture::with(&["a"]);
    let now = morning();
    fixture.next(&now);
    fixture.answer(Rating::Good, &now);
    assert_eq!(fixture.next(&now), show("a"));
    fixture.answer(Rating::Good, &now);
    assert_eq!(fixture.next(&now), NextCard::Finished);
}

#[test]
fn asking_for_the_next_card_twice_gives_the_same_card() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    assert_eq!(fixture.next(&morning()), show("a"));
    assert_eq!(fixture.next(&morning()), show("a"));
    assert_eq!(fixture.session.remaining(), 2);
}

#[test]
fn a_suspended_or_buried_card_does_not_come_and_undo_brings_it_back() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    let now = morning();
    for change in [Change::Suspend, Change::Bury { until: now.day().plus(1) }] {
        assert_eq!(fixture.next(&now), show("a"));
        fixture.suspend_or_bury(change, &now);
        assert_eq!(fixture.next(&now), show("b"));
        fixture.undo(&now);
        assert_eq!(fixture.session.current(), Some(&card("a")));
        assert_eq!(fixture.session.remaining(), 2, "no card is shown twice or lost");
    }
}

#[test]
fn undoing_and_redoing_any_number_of_steps_restores_the_session() {
    let mut fixture = SessionFixture::with(&["a", "b", "c", "d"]);
    let now = morning();
    for rating in [Rating::Good, Rating::Again, Rating::Easy, Rating::Hard] {
        fixture.next(&now);
        fixture.answer(rating, &now);
    }
    let done = fixture.session.done().to_vec();
    let mut undone = Vec::new();
    while !fixture.session.done().is_empty() {
        undone.push(fixture.undo(&now));
    }
    assert_eq!(fixture.session.current(), Some(&card("a")));
    assert_eq!(fixture.session.remaining(), 4);
    assert_eq!(fixture.next(&now), show("a"), "as at the start");

    let first_retraction = fixture.events;
    for (nth, undone_step) in undone.into_iter().rev().enumerate() {
        fixture.push(
            &undone_step.step.card.clone(),
            Change::Retract(cards::id(first_retraction - nth as u64)),
            &now,
        );
        fixture.session.redo(undone_step, &fixture.progress);
        fixture.next(&now);
    }
    assert_eq!(fixture.session.done(), done);
    let remaining = fixture.session.remaining();
    assert_eq!(remaining, 3, "all but the one rated Easy are on steps");
}

#[test]
fn undoing_an_answer_takes_the_card_off_its_learning_step() {
    let mut fixture = SessionFixture::with(&["a"]);
    let now = morning();
    fixture.next(&now);
    fixture.answer(Rating::Again, &now);
    fixture.undo(&now);
    assert_eq!(fixture.session.remaining(), 1);
    fixture.answer(Rating::Easy, &now);
    assert_eq!(fixture.next(&later(&now, HOUR)), NextCard::Finished);
}

#[test]
fn an_overruled_answer_moves_between_steps_and_days() {
    let mut fixture = SessionFixture::with(&["a"]);
    let now = morning();
    fixture.next(&now);
    fixture.answer(Rating::Again, &now);
    let target = fixture.session.done()[0].events[0];
    let mut overrule = |rating, due| {
        let event = fixture.push(&card("a"), Change::Rate { target, rating, due, confidence: None }, &now);
        fixture.session.amend(event, rating, 1.0, &fixture.progress);
        (fixture.session.remaining(), fixture.session.done()[0].answer.map(|answer| answer.rating))
    };
    assert_eq!(overrule(Rating::Easy, Due::Day(now.day().plus(8))), (0, Some(Rating::Easy)));
    assert_eq!(overrule(Rating::Again, Due::At(now.ms() + MINUTE)), (1, Some(Rating::Again)));
    assert_eq!(fixture.session.done()[0].events.len(), 3, "undo retracts all of them");
}

#[test]
fn practice_brings_no_card_twice() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    let now = morning();
    fixture.session.source = ReviewSource::Practice;
    for name in ["a", "b"] {
        assert_eq!(fixture.next(&now), show(name));
        fixture.answer(Rating::Again, &now);
    }
    assert_eq!(fixture.next(&later(&now, HOUR)), NextCard::Finished);
}

#[test]
fn a_session_left_open_past_the_rollover_goes_on_and_its_buried_cards_come_back() {
    let mut fixture = SessionFixture::with(&["a", "b"]);
    let evening = at("2026-11-24T03:50[Asia/Seoul]");
    assert_eq!(fixture.next(&evening), show("a"));
    fixture.answer(Rating::Good, &evening);
    assert_eq!(fixture.next(&evening), show("b"));
    let night = at("2026-11-24T04:10[Asia/Seoul]");
    let day = fixture.answer(Rating::Easy, &night);
    assert!(matches!(day, Due::Day(due) if due > night.day()), "days count from the new day");
    assert_eq!(fixture.next(&night), show("a"), "its step is over");
    fixture.answer(Rating::Good, &night);
    assert_eq!(fixture.next(&night), NextCard::Finished);
    let state = fixture.progress.state(&card("a"));
    assert_eq!((state.first_day, state.last_day), (Some(evening.day()), Some(night.day())));
}

#[test]
fn flying_east_or_west_in_the_middle_of_a_session_breaks_nothing() {
    let seoul = at("2026-11-24T10:00[Asia/Seoul]");
    for landed in ["2026-11-23T20:00[America/Los_Angeles]", "2026-11-24T17:00[Pacific/Kiritimati]"] {
        let landed = at(landed);
        let mut fixture = SessionFixture::with(&["a"]);
        fixture.next(&seoul);
        fixture.answer(Rating::Good, &seoul);
        assert_eq!(fixture.next(&landed), show("a"), "its step is over");
        let Due::Day(due) = fixture.answer(Rating::Good, &landed) else { panic!("learned") };
        assert!(due > landed.day());
        assert_eq!(fixture.next(&landed), NextCard::Finished);
        assert_eq!(fixture.next(&days_later(&landed, 1)), NextCard::Finished);
    }
}
