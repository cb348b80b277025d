//! Clocks that jump: what was answered while the clock was ahead is told, comes back, and can be counted as given today.

use std::collections::{HashMap, HashSet};

use linchpin::app::core::card_changes::CardCommand;
use linchpin::app::study::{SessionKind, StudyCommand};
use linchpin::app::{Command, Setting};
use linchpin::domain::card::CardState;
use linchpin::domain::day::Moment;
use linchpin::domain::ids::CardKey;

use crate::fixtures::time::{HOUR, at, days_later, later};
use crate::fixtures::{AppFixture, kinds};

/// How far the clock is ahead, in hours.
const TEN_YEARS: i64 = 87_600;
const MONTH: i64 = 720;
const TWO_HOURS: i64 = 2;

/// Every card of the deck was learned a month ago.
fn all_known() -> AppFixture {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.pass_days(30);
    fixture
}

/// Goes through a session with the clock that far ahead, with `answers` right answers or to its end, and opens the
/// program again at the right time. Returns the cards that were answered.
fn study_ahead(
    mut fixture: AppFixture,
    hours: i64,
    kind: SessionKind,
    answers: Option<usize>,
) -> (AppFixture, HashSet<CardKey>) {
    let right = fixture.now;
    fixture.now = later(&right, hours * HOUR);
    fixture.start(kinds(), kind);
    let answered = match answers {
        Some(answers) => (0..answers).map(|_| fixture.study(true)).collect(),
        None => fixture.finish(),
    };
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.now = later(&right, HOUR / 4);
    (fixture.reopen(), answered.into_iter().collect())
}

/// Checks that as many cards are asked as are counted, without new ones; returns the cards.
fn asked(fixture: &mut AppFixture) -> HashSet<CardKey> {
    fixture.apply(Command::Set(Setting::NewCardsADay(0)));
    let counted = fixture.app.figures().deck("kinds").expect("a deck").to_review;
    fixture.start(kinds(), SessionKind::Today);
    let asked: HashSet<CardKey> = fixture.finish().into_iter().collect();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(asked.len(), counted, "at {:?}", fixture.now.stamp);
    asked
}

fn future_answers(fixture: &AppFixture) -> usize {
    fixture.app.core().future_answers().map_or(0, |found| found.answers)
}

#[test]
fn cards_answered_with_the_clock_ahead_are_asked_when_it_is_right_again() {
    for hours in [TEN_YEARS, MONTH] {
        for answers in [Some(5), None] {
            for is_known in [false, true] {
                let before = if is_known { all_known() } else { AppFixture::new() };
                let (mut fixture, answered) = study_ahead(before, hours, SessionKind::Today, answers);
                let label = format!("{hours} hours ahead, {answers:?} answers, known: {is_known}");
                assert!(future_answers(&fixture) >= answered.len(), "{label}");
                let asked = asked(&mut fixture);
                assert!(answered.is_subset(&asked), "{label}: {} of {}", asked.len(), answered.len());
                // They are in order again, although nobody counted them as given today.
                fixture = fixture.reopen();
                assert_eq!(future_answers(&fixture), 0, "{label}");
                assert!(
                    answered.iter().all(|card| !fixture.state(card).was_answered_ahead(fixture.now.day()))
                );
            }
        }
    }
}

#[test]
fn two_hours_ahead_are_told_and_the_counts_agree() {
    let (mut fixture, answered) = study_ahead(AppFixture::new(), TWO_HOURS, SessionKind::Today, Some(5));
    assert_eq!(future_answers(&fixture), 5);
    assert_eq!(asked(&mut fixture), answered);
}

#[test]
fn answers_counted_as_given_today_are_as_if_the_clock_had_been_right() {
    let mut right = all_known();
    right.start(kinds(), SessionKind::Today);
    right.finish();
    let right: HashMap<CardKey, CardState> = right.states();
    for hours in [TEN_YEARS, MONTH, TWO_HOURS] {
        let (mut fixture, answered) = study_ahead(all_known(), hours, SessionKind::Today, None);
        let before = fixture.states();
        fixture.apply(CardCommand::CountFutureAnswers);
        let words = format!("{} answers", answered.len());
        assert_eq!(fixture.notice(), format!("{words} counted as given today. Ctrl Z to undo."));
        assert_eq!(fixture.states(), right, "{hours} hours ahead");
        assert_eq!(future_answers(&fixture), 0);
        fixture.apply(Command::Undo);
        assert_eq!(fixture.notice(), format!("Undone: counting {words} as given today"));
        assert_eq!(fixture.states(), before);
        fixture.apply(Command::Redo);
        assert_eq!(fixture.states(), right);
        // And so it stays.
        let fixture = fixture.reopen();
        assert_eq!((fixture.states(), future_answers(&fixture)), (right.clone(), 0));
    }
}

#[test]
fn burials_and_practice_of_a_clock_ahead_count_as_of_today_too() {
    let mut fixture = all_known();
    let right = fixture.now;
    fixture.now = later(&right, TEN_YEARS * HOUR);
    fixture.start(kinds(), SessionKind::Practice);
    let practised = fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.start(kinds(), SessionKind::Today);
    let buried = fixture.key();
    fixture.apply(Command::Study(StudyCommand::Bury));
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.now = right;
    let mut fixture = fixture.reopen();
    let today = fixture.now.day();
    assert!(fixture.state(&buried).is_available(today), "nothing is buried for ten years");
    fixture.apply(CardCommand::CountFutureAnswers);
    let summary = fixture.app.progress().summary(&practised).expect("answers");
    assert_eq!(summary.last_answered, Some(today));
    assert_eq!(fixture.state(&buried).buried_until, Some(today.plus(1)));
}

#[test]
fn a_reset_makes_a_card_new_whatever_the_clock_said() {
    let (mut fixture, answered) = study_ahead(all_known(), TEN_YEARS, SessionKind::Today, None);
    fixture.apply(CardCommand::Reset(answered.into_iter().collect()));
    assert!(fixture.states().is_empty());
    assert!(fixture.reopen().states().is_empty());
}

#[test]
fn a_clock_that_is_behind_is_told_and_the_counts_agree() {
    let mut fixture = all_known();
    let right = fixture.now;
    fixture.now = at("1970-01-01T10:00:00+09:00[Asia/Seoul]");
    fixture = fixture.reopen();
    assert!(future_answers(&fixture) > 0);
    let asked_then = asked(&mut fixture);
    fixture.now = days_later(&right, 1);
    fixture = fixture.reopen();
    assert_eq!(future_answers(&fixture), 0, "what was answered in 1970 is long ago");
    assert_eq!(asked(&mut fixture), asked_then);
}

#[test]
fn travel_and_summer_time_are_no_clock_ahead() {
    let mut fixture = AppFixture::new();
    let moments: [(Moment, Moment); 2] = [
        (
            at("2026-11-24T10:00:00+13:00[Pacific/Auckland]"),
            at("2026-11-23T12:00:00-10:00[Pacific/Honolulu]"),
        ),
        (at("2027-10-31T02:30:00+02:00[Europe/Berlin]"), at("2027-10-31T02:30:00+01:00[Europe/Berlin]")),
    ];
    for (before, after) in moments {
        fixture.now = before;
        fixture = fixture.reopen();
        fixture.start(kinds(), SessionKind::ExtraNew(3));
        fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
        fixture.now = after;
        fixture = fixture.reopen();
        assert_eq!(future_answers(&fixture), 0, "{after:?}");
        let today = fixture.now.day();
        assert!(fixture.states().values().all(|state| !state.was_answered_ahead(today)));
    }
}

#[test]
fn answers_left_as_they_are_are_told_again_at_the_next_start() {
    let (mut fixture, answered) = study_ahead(all_known(), MONTH, SessionKind::Today, None);
    fixture.apply(CardCommand::LeaveFutureAnswers);
    assert_eq!(future_answers(&fixture), 0);
    assert_eq!(future_answers(&fixture.reopen()), answered.len());
}
