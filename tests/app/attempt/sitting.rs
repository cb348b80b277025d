//! A learner at a test, and helpers for what the other files promise.

use std::collections::HashMap;

use linchpin::app::Command;
use linchpin::app::test::{Running, TestCommand};
use linchpin::domain::event::{Change, Confidence, Review};
use linchpin::domain::grade::right_answer;
use linchpin::domain::ids::CardKey;
use linchpin::domain::task::{Form, Response};
use linchpin::domain::test::{Mix, Past, Phase, Setup, Worth};

use crate::desk::Desk;
use crate::learner::later;

/// Every question of the deck of every kind.
pub fn all_kinds() -> Setup {
    Setup { decks: vec!["kinds".into()], number: 50, minutes: None, mix: Mix::Random, ..Setup::default() }
}

pub fn desk_with(setup: Setup) -> Desk {
    let mut desk = Desk::new();
    begin(&mut desk, setup, "K7Q-F2M");
    desk
}

pub fn begin(desk: &mut Desk, setup: Setup, code: &str) {
    test(desk, TestCommand::SetSetup(setup));
    test(desk, TestCommand::SetCode(code.to_owned()));
    test(desk, TestCommand::Begin);
    assert!(desk.app.tests().is_running(), "{}", desk.notice());
}

/// A command, three seconds later; the program is told the time before.
pub fn test(desk: &mut Desk, command: TestCommand) {
    desk.apply(Command::Test(command));
}

/// Waits that long with the window open.
pub fn wait(desk: &mut Desk, ms: i64) {
    let end = desk.now.ms() + ms;
    while desk.now.ms() < end {
        let step = (end - desk.now.ms()).min(1_000);
        desk.now = later(&desk.now, step);
        desk.app.tick(&desk.now);
    }
}

pub fn running(desk: &Desk) -> &Running {
    desk.app.tests().running().expect("a test")
}

/// The right answer to the item before the learner; in own words where it is to be recalled.
pub fn right(desk: &Desk) -> Response {
    let task = &running(desk).asked().task;
    match &task.form {
        Form::Reveal { back } => Response::Text(back.clone()),
        _ => right_answer(task),
    }
}

/// Answers the item before the learner rightly.
pub fn answer(desk: &mut Desk) {
    let response = right(desk);
    test(desk, TestCommand::Answer(response));
}

/// Answers all that `wanted` says, by place, and stands at the last item.
pub fn answer_those(desk: &mut Desk, wanted: impl Fn(usize) -> bool) {
    let items = running(desk).paper.items.len();
    for item in 0..items {
        test(desk, TestCommand::Show(item));
        if wanted(item) {
            answer(desk);
        }
    }
}

/// Hands in and judges every answer in own words as right.
pub fn hand_in(desk: &mut Desk) {
    test(desk, TestCommand::HandIn);
    while desk.app.is_judging() {
        test(desk, TestCommand::Judge(Worth::Right));
    }
}

pub fn past(desk: &Desk) -> &Past {
    &desk.app.tests().report().expect("a report").past
}

pub fn phase(desk: &Desk) -> Phase {
    running(desk).sitting.phase()
}

/// The answers on the disk, by card.
pub fn logged(desk: &Desk) -> Vec<(CardKey, Review)> {
    desk.on_disk()
        .into_iter()
        .filter_map(|event| match event.change {
            Change::Answer(review) => Some((event.card, review)),
            _ => None,
        })
        .collect()
}

/// Answer, flag, confidence.
type Kept = (Option<Response>, bool, Option<Confidence>);

/// Every answer of the test before the learner, by card: what must outlive a crash.
pub fn answers(running: &Running) -> HashMap<CardKey, Kept> {
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
