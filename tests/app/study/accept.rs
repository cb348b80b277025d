//! "Accept my answer": the typed answer counts as right, the deck accepts it from now on, and one undo reverts both.

use std::path::PathBuf;

use linchpin::app::Command;
use linchpin::app::study::{SessionKind, Stage, StudyCommand};
use linchpin::domain::event::Change;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::fixtures::{AppFixture, KINDS, kinds, korean};

fn deck_file(fixture: &AppFixture) -> PathBuf {
    fixture.folder().join("decks/kinds.ron")
}

fn verdict(fixture: &AppFixture) -> (f64, Rating) {
    match &fixture.active_card().stage {
        Stage::Graded { verdict, rating, .. } => (verdict.score, *rating),
        _ => panic!("a verdict"),
    }
}

fn at_question(question: &str) -> AppFixture {
    let mut fixture = AppFixture::new();
    fixture.start(kinds(), SessionKind::Today);
    while &*fixture.key().question != question {
        fixture.apply(Command::Study(StudyCommand::Bury));
    }
    fixture
}

#[test]
fn an_accepted_answer_counts_as_right_from_now_on_until_it_is_undone() {
    let mut fixture = at_question("typed");
    let card = fixture.key();
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("Pusan City".to_owned()))));
    assert_eq!(verdict(&fixture), (0.0, Rating::Again));
    let wrong = fixture.state(&card);

    fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
    assert_eq!(verdict(&fixture), (1.0, Rating::Good));
    let text = std::fs::read_to_string(deck_file(&fixture)).expect("the deck");
    assert_eq!(text, KINDS.replace("Typed([\"Busan\"])", "Typed([\"Busan\", \"Pusan City\"])"));
    let right = fixture.state(&card);
    assert_ne!(right, wrong);
    assert_eq!(right.reviews, 1);

    fixture.apply(Command::Undo);
    assert_eq!(std::fs::read_to_string(deck_file(&fixture)).expect("the deck"), KINDS);
    assert_eq!((verdict(&fixture), fixture.state(&card)), ((0.0, Rating::Again), wrong));
    fixture.apply(Command::Redo);
    assert_eq!(std::fs::read_to_string(deck_file(&fixture)).expect("the deck"), text);
    assert_eq!((verdict(&fixture), fixture.state(&card)), ((1.0, Rating::Good), right));

    let mut fixture = fixture.reopen();
    assert_eq!(fixture.state(&card), right, "the log says the same");
    fixture.start(kinds(), SessionKind::Practice);
    assert_eq!(fixture.key(), card);
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("pusan city".to_owned()))));
    assert_eq!(verdict(&fixture).0, 1.0);
}

#[test]
fn a_gap_can_accept_one_more_answer() {
    let mut fixture = at_question("cloze");
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Cloze(vec!["pact".to_owned()]))));
    fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
    assert_eq!(verdict(&fixture).0, 1.0);
    let text = std::fs::read_to_string(deck_file(&fixture)).expect("the deck");
    assert_eq!(text, KINDS.replace("{{treaty}}", "{{treaty|pact}}"));
    let card = fixture.key();
    assert_eq!(fixture.state(&card).reviews, 1, "a gap with a changed answer keeps its card");
}

#[test]
fn only_a_wrong_typed_answer_can_be_accepted() {
    for (question, response) in [
        ("typed", Response::Typed("Busan".to_owned())),
        ("typed", Response::GaveUp),
        ("bool", Response::Bool(false)),
        ("number", Response::Typed("1954".to_owned())),
    ] {
        let mut fixture = at_question(question);
        fixture.apply(Command::Study(StudyCommand::Answer(response.clone())));
        let events = fixture.stored_events().len();
        let before = verdict(&fixture);
        fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
        assert_eq!(
            (verdict(&fixture), fixture.stored_events().len()),
            (before, events),
            "{question} {response:?}"
        );
        assert_eq!(std::fs::read_to_string(deck_file(&fixture)).expect("the deck"), KINDS);
    }
}

#[test]
fn accepting_an_answer_in_a_shipped_deck_counts_as_right_and_leaves_the_deck_alone() {
    let mut fixture = AppFixture::new();
    fixture.start(korean(), SessionKind::Today);
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("어쩌면".to_owned()))));
    fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
    assert_eq!(verdict(&fixture), (1.0, Rating::Good));
    assert!(fixture.notice().contains("Built-in decks"), "{}", fixture.notice());
    let retracted =
        fixture.stored_events().iter().filter(|it| matches!(it.change, Change::Retract(_))).count();
    assert_eq!(retracted, 1);
    fixture.apply(Command::Undo);
    assert_eq!(verdict(&fixture), (0.0, Rating::Again));
}

#[test]
fn an_accepted_answer_can_be_overruled_like_any_other() {
    let mut fixture = at_question("typed");
    let card = fixture.key();
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("Pusan City".to_owned()))));
    fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Hard)));
    let history = fixture.history(&card);
    let counts: Vec<_> = history.reviews().map(|(_, review)| (review.score, review.rating)).collect();
    assert_eq!(counts, [(1.0, Rating::Hard)]);
}
