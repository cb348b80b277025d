//! How sure the learner says to be: said before the verdict, kept with the answer, and what follows from it.

mod list;

use crate::desk::Desk;
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;
use linchpin::app::{Command, words};
use linchpin::domain::event::Confidence::{self, Guess, Sure, ThinkSo};
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

fn say(desk: &mut Desk, confidence: Confidence) {
    desk.apply(Command::SayConfidence(confidence));
}

fn rating_in_force(desk: &Desk) -> Rating {
    match &desk.asked().stage {
        Stage::Judged { rating, .. } => *rating,
        other => panic!("no verdict but {other:?}"),
    }
}

#[test]
fn it_is_optional_and_the_same_again_takes_it_back() {
    let mut desk = Desk::studying();
    assert_eq!(desk.asked().confidence, None);
    say(&mut desk, Sure);
    assert_eq!(desk.asked().confidence, Some(Sure));
    say(&mut desk, ThinkSo);
    assert_eq!(desk.asked().confidence, Some(ThinkSo));
    say(&mut desk, ThinkSo);
    assert_eq!(desk.asked().confidence, None);
    desk.answer(true);
    assert_eq!(desk.last_review().confidence, None);
    assert_eq!(words::confidence(desk.asked()), None);
}

#[test]
fn it_is_kept_with_the_answer_and_survives_changes_of_the_draft() {
    let mut desk = Desk::studying();
    desk.until("typed");
    say(&mut desk, Sure);
    desk.apply(Command::SetDraft(Draft::Text("Bus".to_owned())));
    desk.apply(Command::ShowHint);
    desk.apply(Command::SetDraft(Draft::Text("Busan".to_owned())));
    desk.apply(Command::Check);
    let review = desk.last_review();
    assert_eq!((review.confidence, review.rating), (Some(Sure), Rating::Good));
    assert_eq!(words::confidence(desk.asked()), Some("You were sure."));
    assert!(!words::surprises(desk.asked()));
    desk.go_on();
    assert_eq!(desk.asked().confidence, None, "the next card begins without it");
}

#[test]
fn an_answer_by_one_key_takes_it_along() {
    for question in ["bool", "choice"] {
        let mut desk = Desk::studying();
        desk.until(question);
        say(&mut desk, ThinkSo);
        let right = desk.right();
        desk.apply(Command::Answer(right));
        assert_eq!(desk.last_review().confidence, Some(ThinkSo));
        assert_eq!(words::confidence(desk.asked()), Some("You thought so."));
    }
}

#[test]
fn a_right_guess_comes_back_soon_and_can_be_overruled() {
    let mut desk = Desk::studying();
    say(&mut desk, Guess);
    desk.answer(true);
    let review = desk.last_review();
    assert_eq!((review.score, review.proposed, review.rating), (1.0, Rating::Again, Rating::Again));
    assert_eq!(rating_in_force(&desk), Rating::Again);
    let key = desk.key();
    desk.apply(Command::Guessed);
    assert_eq!(desk.on_disk().len(), 1, "it is said already");
    desk.apply(Command::Rate(Rating::Good));
    let card = desk.app.progress().card(&key).expect("answered");
    let (_, review) = card.reviews().next().expect("one answer");
    assert_eq!((review.rating, review.confidence), (Rating::Good, Some(Guess)));
}

#[test]
fn it_cannot_be_said_once_the_verdict_shows() {
    let mut desk = Desk::studying();
    desk.answer(true);
    say(&mut desk, Sure);
    assert_eq!(desk.asked().confidence, None);
    assert_eq!(desk.on_disk().len(), 1);
}

#[test]
fn a_card_to_recall_takes_it_before_and_after_the_answer_shows() {
    // With what it is said, when, and what Space then grades.
    for (said, is_revealed, graded) in [
        (Guess, false, Rating::Again),
        (Guess, true, Rating::Again),
        (Sure, true, Rating::Good),
        (ThinkSo, false, Rating::Good),
    ] {
        let mut desk = Desk::studying();
        desk.until("recall");
        if is_revealed {
            desk.apply(Command::ShowAnswer);
        }
        say(&mut desk, said);
        if !is_revealed {
            desk.apply(Command::ShowAnswer);
        }
        assert_eq!(desk.asked().proposed(), graded);
        desk.apply(Command::Continue);
        let review = desk.last_review();
        assert_eq!((review.confidence, review.proposed, review.rating), (Some(said), graded, graded));
    }
    let mut desk = Desk::studying();
    desk.until("recall");
    say(&mut desk, Guess);
    desk.apply(Command::ShowAnswer);
    desk.apply(Command::Rate(Rating::Good));
    let review = desk.last_review();
    assert_eq!((review.proposed, review.rating), (Rating::Again, Rating::Good), "the learner grades");
}

#[test]
fn undo_gives_it_back_as_it_was() {
    let mut desk = Desk::studying();
    say(&mut desk, Sure);
    let key = desk.key();
    desk.answer(false);
    desk.apply(Command::Undo);
    assert_eq!((desk.key(), desk.asked().confidence), (key.clone(), Some(Sure)));
    assert!(desk.is_asking());
    desk.apply(Command::Redo);
    desk.apply(Command::Undo);
    assert_eq!((desk.key(), desk.asked().confidence), (key, Some(Sure)));
    // Said otherwise, and answered anew.
    say(&mut desk, ThinkSo);
    desk.answer(true);
    assert_eq!(desk.last_review().confidence, Some(ThinkSo));
}

#[test]
fn undo_of_an_answer_without_it_gives_none_back() {
    let mut desk = Desk::studying();
    desk.answer(true);
    desk.apply(Command::Guessed);
    desk.apply(Command::Undo);
    assert_eq!(desk.asked().confidence, None, "a guess owned up to afterwards is taken back with its answer");
}

#[test]
fn an_answer_that_is_accepted_keeps_what_was_said_of_it() {
    for (said, rating) in [(Sure, Rating::Good), (Guess, Rating::Again)] {
        let mut desk = Desk::studying();
        desk.until("typed");
        say(&mut desk, said);
        desk.apply(Command::Answer(Response::Text("Pusan harbour".to_owned())));
        desk.apply(Command::AcceptAnswer);
        let review = desk.last_review();
        assert_eq!((review.score, review.confidence, review.rating), (1.0, Some(said), rating));
        assert_eq!(rating_in_force(&desk), rating);
        desk.apply(Command::Undo);
        assert_eq!(rating_in_force(&desk), Rating::Again);
    }
}

#[test]
fn being_sure_and_wrong_is_met_with_a_kind_word() {
    let mut desk = Desk::studying();
    say(&mut desk, Sure);
    desk.answer(false);
    assert!(words::surprises(desk.asked()));
    let told = words::confidence(desk.asked()).expect("something was said");
    assert!(told.starts_with("You were sure.") && told.contains("most is learned"), "{told}");
}

#[test]
fn it_outlives_the_program() {
    let mut desk = Desk::studying();
    say(&mut desk, Sure);
    desk.answer(false);
    let key = desk.key();
    let desk = desk.reopen();
    let card = desk.app.progress().card(&key).expect("answered");
    assert_eq!(card.reviews().next().map(|(_, review)| review.confidence), Some(Some(Sure)));
    assert_eq!(desk.app.figures().sure_but_wrong.len(), 1);
}
