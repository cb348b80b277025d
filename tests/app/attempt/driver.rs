//! A learner at a test, and helpers for what the other files promise.

use std::collections::HashMap;

use linchpin::app::Command;
use linchpin::app::test::{Running, TestCommand};
use linchpin::domain::event::{Change, Confidence, Review};
use linchpin::domain::grade::right_answer;
use linchpin::domain::ids::CardKey;
use linchpin::domain::task::{Form, Response};
use linchpin::domain::test::{Mix, Past, Phase, Setup, Worth};

use crate::fixtures::AppFixture;
use crate::fixtures::time::later;

/// Every question of the deck of every kind.
pub fn all_kinds() -> Setup {
    Setup { decks: vec!["kinds".into()], number: 50, minutes: None, mix: Mix::Random, ..Setup::default() }
}

pub fn attempt_with(setup: Setup) -> AppFixture {
    let mut fixture = AppFixture::new();
    begin_attempt(&mut fixture, setup, "K7Q-F2M");
    fixture
}

pub fn begin_attempt(fixture: &mut AppFixture, setup: Setup, code: &str) {
    apply_test(fixture, TestCommand::SetSetup(setup));
    apply_test(fixture, TestCommand::SetCode(code.to_owned()));
    apply_test(fixture, TestCommand::Begin);
    assert!(fixture.app.tests().is_running(), "{}", fixture.notice());
}

/// A command, three seconds later; the program is told the time before.
pub fn apply_test(fixture: &mut AppFixture, command: TestCommand) {
    fixture.apply(Command::Test(command));
}

/// Waits that long with the window open.
pub fn let_time_pass(fixture: &mut AppFixture, ms: i64) {
    let end = fixture.now.ms() + ms;
    while fixture.now.ms() < end {
        let step = (end - fixture.now.ms()).min(1_000);
        fixture.now = later(&fixture.now, step);
        fixture.app.tick(&fixture.now);
    }
}

pub fn active_attempt(fixture: &AppFixture) -> &Running {
    fixture.app.tests().running().expect("a test")
}

/// The right answer to the item before the learner; in own words where it is to be recalled.
pub fn right_response(fixture: &AppFixture) -> Response {
    let task = &active_attempt(fixture).asked().task;
    match &task.form {
        Form::Reveal { back } => Response::Text(back.clone()),
        _ => right_answer(task),
    }
}

/// Answers the item before the learner rightly.
pub fn answer(fixture: &mut AppFixture) {
    let response = right_response(fixture);
    apply_test(fixture, TestCommand::Answer(response));
}

/// Answers all that `wanted` says, by place, and stands at the last item.
pub fn answer_where(fixture: &mut AppFixture, wanted: impl Fn(usize) -> bool) {
    let items = active_attempt(fixture).paper.items.len();
    for item in 0..items {
        apply_test(fixture, TestCommand::Show(item));
        if wanted(item) {
            answer(fixture);
        }
    }
}

/// Hands in and judges every answer in own words as right.
pub fn hand_in(fixture: &mut AppFixture) {
    apply_test(fixture, TestCommand::HandIn);
    while fixture.app.is_judging() {
        apply_test(fixture, TestCommand::Judge(Worth::Right));
    }
}

pub fn completed_attempt(fixture: &AppFixture) -> &Past {
    &fixture.app.tests().report().expect("a report").past
}

pub fn phase(fixture: &AppFixture) -> Phase {
    active_attempt(fixture).sitting.phase()
}

/// The answers on the disk, by card.
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

/// Every answer of the test before the learner, by card: what must outlive a crash.
pub fn answers(running: &Running) -> HashMap<CardKey, SavedAnswer> {
    running
        .paper
        .items
        .iter()
        .zip(running.sitting.sheets())
        .map(|(item, sheet)| {
            (running.paper.card(item), (sheet.response.clone(), sheet.flagged, sheet.confidence))
        })
        .collect()
}
