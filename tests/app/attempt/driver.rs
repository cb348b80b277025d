//! A learner who takes a test: helpers of the other files.

use std::collections::HashMap;

use linchpin::app::Command;
use linchpin::app::attempt::{ActiveAttempt, TestCommand};
use linchpin::domain::attempt::{AttemptPhase, CompletedAttempt, Mix, SelfGrade, TestSetup};
use linchpin::domain::event::{Change, Confidence, Review};
use linchpin::domain::grade;
use linchpin::domain::ids::CardKey;
use linchpin::domain::task::{RecallTask, Response, TaskForm};

use crate::fixtures::AppFixture;
use crate::fixtures::time::later;

/// Every question of the deck of every kind.
pub fn all_kinds() -> TestSetup {
    TestSetup {
        decks: vec!["kinds".into()],
        question_count: 50,
        minutes: None,
        mix: Mix::Random,
        ..TestSetup::default()
    }
}

pub fn attempt_with(setup: TestSetup) -> AppFixture {
    let mut fixture = AppFixture::new();
    begin_attempt(&mut fixture, setup, "K7Q-F2M");
    fixture
}

pub fn begin_attempt(fixture: &mut AppFixture, setup: TestSetup, code: &str) {
    apply_test(fixture, TestCommand::SetSetup(setup));
    apply_test(fixture, TestCommand::SetCode(code.to_owned()));
    apply_test(fixture, TestCommand::Begin);
    assert!(fixture.app.tests().is_active(), "{}", fixture.notice());
}

/// Applies a command three seconds later, after a tick of the clock.
pub fn apply_test(fixture: &mut AppFixture, command: TestCommand) {
    fixture.apply(Command::Test(command));
}

/// Lets that time pass with the window open.
pub fn let_time_pass(fixture: &mut AppFixture, ms: i64) {
    let end = fixture.now.ms() + ms;
    while fixture.now.ms() < end {
        let step = (end - fixture.now.ms()).min(1_000);
        fixture.now = later(&fixture.now, step);
        fixture.app.tick(&fixture.now);
    }
}

pub fn active_attempt(fixture: &AppFixture) -> &ActiveAttempt {
    fixture.app.tests().active().expect("a test")
}

/// The right answer to the shown item; in the learner's own words for a recall card.
pub fn right_response(fixture: &AppFixture) -> Response {
    let task = &active_attempt(fixture).active_card().task;
    match &task.form {
        TaskForm::Recall(RecallTask { back }) => Response::Typed(back.clone()),
        _ => grade::right_response(task),
    }
}

/// Answers the shown item correctly.
pub fn answer(fixture: &mut AppFixture) {
    let response = right_response(fixture);
    apply_test(fixture, TestCommand::Answer(response));
}

/// Answers every item whose index `wanted` accepts, and ends at the last item.
pub fn answer_where(fixture: &mut AppFixture, wanted: impl Fn(usize) -> bool) {
    let items = active_attempt(fixture).test.items.len();
    for item in 0..items {
        apply_test(fixture, TestCommand::ShowItem(item));
        if wanted(item) {
            answer(fixture);
        }
    }
}

/// Hands in, and grades every recall answer as right.
pub fn hand_in(fixture: &mut AppFixture) {
    apply_test(fixture, TestCommand::HandIn);
    while fixture.app.tests().is_self_grading() {
        apply_test(fixture, TestCommand::SelfGrade(SelfGrade::Right));
    }
}

pub fn completed_attempt(fixture: &AppFixture) -> &CompletedAttempt {
    &fixture.app.tests().report().expect("a report").completed
}

pub fn phase(fixture: &AppFixture) -> AttemptPhase {
    active_attempt(fixture).attempt.phase()
}

/// The answers that are saved on the disk, with their cards.
pub fn logged_answers(fixture: &AppFixture) -> Vec<(CardKey, Review)> {
    fixture
        .stored_events()
        .into_iter()
        .filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.card, review)),
            _ => None,
        })
        .collect()
}

/// Answer, flag, confidence.
type SavedAnswer = (Option<Response>, bool, Option<Confidence>);

/// Every answer of the running test by card: what a crash must not lose.
pub fn answers(running: &ActiveAttempt) -> HashMap<CardKey, SavedAnswer> {
    running
        .test
        .items
        .iter()
        .zip(running.attempt.items())
        .map(|(item, state)| {
            (running.test.card(item), (state.response.clone(), state.flagged, state.confidence))
        })
        .collect()
}
