//! Confidence: set before the verdict, saved with the answer, and its effect on rating and remarks.

mod overconfidence;

use linchpin::app::Command;
use linchpin::app::draft::Draft;
use linchpin::app::study::{Stage, StudyCommand};
use linchpin::domain::event::Confidence::{self, Guess, Sure, ThinkSo};
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::fixtures::AppFixture;

fn set_confidence(fixture: &mut AppFixture, confidence: Confidence) {
    fixture.apply(Command::Study(StudyCommand::SetConfidence(confidence)));
}

fn rating_in_force(fixture: &AppFixture) -> Rating {
    match &fixture.active_card().stage {
        Stage::Graded { rating, .. } => *rating,
        other => panic!("no verdict but {other:?}"),
    }
}

#[test]
fn confidence_is_optional_and_setting_it_twice_clears_it() {
    let mut fixture = AppFixture::studying();
    assert_eq!(fixture.active_card().confidence, None);
    set_confidence(&mut fixture, Sure);
    assert_eq!(fixture.active_card().confidence, Some(Sure));
    set_confidence(&mut fixture, ThinkSo);
    assert_eq!(fixture.active_card().confidence, Some(ThinkSo));
    set_confidence(&mut fixture, ThinkSo);
    assert_eq!(fixture.active_card().confidence, None);
    fixture.answer(true);
    assert_eq!(fixture.last_review().confidence, None);
    assert_eq!(fixture.active_card().confidence_remark(), None);
}

#[test]
fn confidence_is_saved_with_the_answer_and_survives_changes_of_the_draft() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("typed");
    set_confidence(&mut fixture, Sure);
    fixture.apply(Command::Study(StudyCommand::SetDraft(Draft::Typed("Bus".to_owned()))));
    fixture.apply(Command::Study(StudyCommand::ShowHint));
    fixture.apply(Command::Study(StudyCommand::SetDraft(Draft::Typed("Busan".to_owned()))));
    fixture.apply(Command::Study(StudyCommand::Check));
    let review = fixture.last_review();
    assert_eq!((review.confidence, review.rating), (Some(Sure), Rating::Good));
    assert_eq!(fixture.active_card().confidence_remark(), Some("You were sure."));
    assert!(!fixture.active_card().is_high_confidence_error());
    fixture.next_card();
    assert_eq!(fixture.active_card().confidence, None, "the next card begins without it");
}

#[test]
fn confidence_is_stored_with_bool_and_choice_answers() {
    for question in ["bool", "choice"] {
        let mut fixture = AppFixture::studying();
        fixture.study_until(question);
        set_confidence(&mut fixture, ThinkSo);
        let right = fixture.right_answer();
        fixture.apply(Command::Study(StudyCommand::Answer(right)));
        assert_eq!(fixture.last_review().confidence, Some(ThinkSo));
        assert_eq!(fixture.active_card().confidence_remark(), Some("You thought so."));
    }
}

#[test]
fn a_correct_guess_comes_back_soon_and_can_be_overruled() {
    let mut fixture = AppFixture::studying();
    set_confidence(&mut fixture, Guess);
    fixture.answer(true);
    let review = fixture.last_review();
    assert_eq!((review.score, review.proposed_rating, review.rating), (1.0, Rating::Again, Rating::Again));
    assert_eq!(rating_in_force(&fixture), Rating::Again);
    let key = fixture.key();
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    assert_eq!(fixture.stored_events().len(), 1, "it cannot be set again");
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Good)));
    let card = fixture.history(&key);
    let (_, review) = card.reviews().next().expect("one answer");
    assert_eq!((review.rating, review.confidence), (Rating::Good, Some(Guess)));
}

#[test]
fn confidence_cannot_be_set_once_the_verdict_shows() {
    let mut fixture = AppFixture::studying();
    fixture.answer(true);
    set_confidence(&mut fixture, Sure);
    assert_eq!(fixture.active_card().confidence, None);
    assert_eq!(fixture.stored_events().len(), 1);
}

#[test]
fn a_recall_card_takes_confidence_before_and_after_its_answer_shows() {
    // The confidence, whether it is set before the answer shows, and the grade that Space then gives.
    for (confidence, is_revealed, graded) in [
        (Guess, false, Rating::Again),
        (Guess, true, Rating::Again),
        (Sure, true, Rating::Good),
        (ThinkSo, false, Rating::Good),
    ] {
        let mut fixture = AppFixture::studying();
        fixture.study_until("recall");
        if is_revealed {
            fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        }
        set_confidence(&mut fixture, confidence);
        if !is_revealed {
            fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        }
        assert_eq!(fixture.active_card().proposed_rating(), graded);
        fixture.apply(Command::Study(StudyCommand::Continue));
        let review = fixture.last_review();
        assert_eq!(
            (review.confidence, review.proposed_rating, review.rating),
            (Some(confidence), graded, graded)
        );
    }
    let mut fixture = AppFixture::studying();
    fixture.study_until("recall");
    set_confidence(&mut fixture, Guess);
    fixture.apply(Command::Study(StudyCommand::ShowAnswer));
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Good)));
    let review = fixture.last_review();
    assert_eq!((review.proposed_rating, review.rating), (Rating::Again, Rating::Good), "the learner grades");
}

#[test]
fn undo_restores_the_confidence() {
    let mut fixture = AppFixture::studying();
    set_confidence(&mut fixture, Sure);
    let key = fixture.key();
    fixture.answer(false);
    fixture.apply(Command::Undo);
    assert_eq!((fixture.key(), fixture.active_card().confidence), (key.clone(), Some(Sure)));
    assert!(fixture.is_asking());
    fixture.apply(Command::Redo);
    fixture.apply(Command::Undo);
    assert_eq!((fixture.key(), fixture.active_card().confidence), (key, Some(Sure)));
    // Another confidence, and a new answer.
    set_confidence(&mut fixture, ThinkSo);
    fixture.answer(true);
    assert_eq!(fixture.last_review().confidence, Some(ThinkSo));
}

#[test]
fn undo_of_an_answer_without_confidence_restores_none() {
    let mut fixture = AppFixture::studying();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    fixture.apply(Command::Undo);
    assert_eq!(
        fixture.active_card().confidence,
        None,
        "undo removes the answer and the guess that was marked after it"
    );
}

#[test]
fn an_accepted_answer_keeps_its_confidence() {
    for (confidence, rating) in [(Sure, Rating::Good), (Guess, Rating::Again)] {
        let mut fixture = AppFixture::studying();
        fixture.study_until("typed");
        set_confidence(&mut fixture, confidence);
        fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("Pusan harbour".to_owned()))));
        fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
        let review = fixture.last_review();
        assert_eq!((review.score, review.confidence, review.rating), (1.0, Some(confidence), rating));
        assert_eq!(rating_in_force(&fixture), rating);
        fixture.apply(Command::Undo);
        assert_eq!(rating_in_force(&fixture), Rating::Again);
    }
}

#[test]
fn a_high_confidence_error_shows_an_encouraging_remark() {
    let mut fixture = AppFixture::studying();
    set_confidence(&mut fixture, Sure);
    fixture.answer(false);
    assert!(fixture.active_card().is_high_confidence_error());
    let remark = fixture.active_card().confidence_remark().expect("a confidence was set");
    assert!(remark.starts_with("You were sure.") && remark.contains("learn most from"), "{remark}");
}

#[test]
fn confidence_is_still_there_after_a_restart() {
    let mut fixture = AppFixture::studying();
    set_confidence(&mut fixture, Sure);
    fixture.answer(false);
    let key = fixture.key();
    let fixture = fixture.reopen();
    let card = fixture.history(&key);
    assert_eq!(card.reviews().next().map(|(_, review)| review.confidence), Some(Some(Sure)));
    assert_eq!(fixture.app.figures().high_confidence_errors.len(), 1);
}
