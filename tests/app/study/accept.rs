//! "Accept my answer": what was typed counts as right, the deck accepts it, and one undo takes both back.

use std::path::PathBuf;

use linchpin::app::Command;
use linchpin::app::study::Stage;
use linchpin::domain::event::Change;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::desk::{Desk, KINDS, kinds};
use linchpin::app::command::Take;

fn deck_file(desk: &Desk) -> PathBuf {
    desk.folder().join("decks/kinds.ron")
}

fn verdict(desk: &Desk) -> (f64, Rating) {
    match &desk.asked().stage {
        Stage::Judged { verdict, rating, .. } => (verdict.score, *rating),
        _ => panic!("a verdict"),
    }
}

fn asked(question: &str) -> Desk {
    let mut desk = Desk::new();
    desk.start(kinds(), Take::Today);
    while &*desk.key().question != question {
        desk.apply(Command::Bury);
    }
    desk
}

#[test]
fn an_answer_accepted_is_right_now_and_ever_after_until_it_is_undone() {
    let mut desk = asked("typed");
    let card = desk.key();
    desk.apply(Command::Answer(Response::Text("Pusan City".to_owned())));
    assert_eq!(verdict(&desk), (0.0, Rating::Again));
    let wrong = desk.state(&card);

    desk.apply(Command::AcceptAnswer);
    assert_eq!(verdict(&desk), (1.0, Rating::Good));
    let text = std::fs::read_to_string(deck_file(&desk)).expect("the deck");
    assert_eq!(text, KINDS.replace("Typed([\"Busan\"])", "Typed([\"Busan\", \"Pusan City\"])"));
    let right = desk.state(&card);
    assert_ne!(right, wrong);
    assert_eq!(right.reviews, 1);

    desk.apply(Command::Undo);
    assert_eq!(std::fs::read_to_string(deck_file(&desk)).expect("the deck"), KINDS);
    assert_eq!((verdict(&desk), desk.state(&card)), ((0.0, Rating::Again), wrong));
    desk.apply(Command::Redo);
    assert_eq!(std::fs::read_to_string(deck_file(&desk)).expect("the deck"), text);
    assert_eq!((verdict(&desk), desk.state(&card)), ((1.0, Rating::Good), right));

    let mut desk = desk.reopen();
    assert_eq!(desk.state(&card), right, "the log says the same");
    desk.start(kinds(), Take::Practice);
    assert_eq!(desk.key(), card);
    desk.apply(Command::Answer(Response::Text("pusan city".to_owned())));
    assert_eq!(verdict(&desk).0, 1.0);
}

#[test]
fn a_gap_takes_one_more_answer() {
    let mut desk = asked("cloze");
    desk.apply(Command::Answer(Response::Gaps(vec!["pact".to_owned()])));
    desk.apply(Command::AcceptAnswer);
    assert_eq!(verdict(&desk).0, 1.0);
    let text = std::fs::read_to_string(deck_file(&desk)).expect("the deck");
    assert_eq!(text, KINDS.replace("{{treaty}}", "{{treaty|pact}}"));
    let card = desk.key();
    assert_eq!(desk.state(&card).reviews, 1, "a mended gap keeps its card");
}

#[test]
fn what_was_right_or_not_typed_cannot_be_accepted() {
    for (question, response) in [
        ("typed", Response::Text("Busan".to_owned())),
        ("typed", Response::GaveUp),
        ("bool", Response::Bool(false)),
        ("number", Response::Text("1954".to_owned())),
    ] {
        let mut desk = asked(question);
        desk.apply(Command::Answer(response.clone()));
        let events = desk.on_disk().len();
        let before = verdict(&desk);
        desk.apply(Command::AcceptAnswer);
        assert_eq!((verdict(&desk), desk.on_disk().len()), (before, events), "{question} {response:?}");
        assert_eq!(std::fs::read_to_string(deck_file(&desk)).expect("the deck"), KINDS);
    }
}

#[test]
fn in_a_shipped_deck_it_counts_as_right_and_the_deck_stays() {
    let mut desk = Desk::new();
    desk.start(crate::desk::korean(), Take::Today);
    desk.apply(Command::Answer(Response::Text("어쩌면".to_owned())));
    desk.apply(Command::AcceptAnswer);
    assert_eq!(verdict(&desk), (1.0, Rating::Good));
    assert!(desk.notice().contains("shipped"), "{}", desk.notice());
    let retracted = desk.on_disk().iter().filter(|it| matches!(it.change, Change::Retract(_))).count();
    assert_eq!(retracted, 1);
    desk.apply(Command::Undo);
    assert_eq!(verdict(&desk), (0.0, Rating::Again));
}

#[test]
fn an_answer_that_was_accepted_can_be_graded_otherwise_like_any_other() {
    let mut desk = asked("typed");
    let card = desk.key();
    desk.apply(Command::Answer(Response::Text("Pusan City".to_owned())));
    desk.apply(Command::AcceptAnswer);
    desk.apply(Command::Rate(Rating::Hard));
    let history = desk.app.progress().card(&card).expect("it was answered");
    let counts: Vec<_> = history.reviews().map(|(_, review)| (review.score, review.rating)).collect();
    assert_eq!(counts, [(1.0, Rating::Hard)]);
}
