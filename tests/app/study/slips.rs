//! A typing slip: the learner resolves it, the log has the decision, and one undo reverts all of it.

use linchpin::app::Command;
use linchpin::app::draft::Draft;
use linchpin::app::study::{Scope, SessionKind, Stage, StudyCommand};
use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::event::Change;
use linchpin::domain::grade::Correctness;
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::fixtures::AppFixture;

const SLIPS: &str = r#"Deck(format: 1, id: "slips", title: "Slips", topics: {"t": "T"}, questions: [
    (id: "synapse", topic: "t", prompt: "What does a synapse release?",
     answer: Typed(["neurotransmitter", "transmitter substance"])),
    (id: "next", topic: "t", prompt: "It is so.", answer: Bool(true)),
])"#;
const SLIP: &str = "neurontransmitter";

/// A fixture at the verdict on an unresolved slip, and its card.
fn after_a_slip() -> (AppFixture, CardKey) {
    let mut fixture = AppFixture::new();
    fixture.save_deck("slips.ron", SLIPS);
    fixture.start(Scope::Deck("slips".into()), SessionKind::Today);
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed(SLIP.to_owned()))));
    let card = fixture.key();
    (fixture, card)
}

fn verdict_of(fixture: &AppFixture) -> (Correctness, f64, Rating) {
    match &fixture.active_card().stage {
        Stage::Graded { verdict, rating, .. } => (verdict.correctness(), verdict.score, *rating),
        stage => panic!("a verdict and not {stage:?}"),
    }
}

fn counts(fixture: &AppFixture, card: &CardKey) -> Vec<(f64, Rating)> {
    let history = fixture.history(card);
    history.reviews().map(|(_, review)| (review.score, review.rating)).collect()
}

#[test]
fn a_slip_is_half_a_point_and_hard_until_the_learner_resolves_it() {
    let (fixture, card) = after_a_slip();
    assert_eq!(verdict_of(&fixture), (Correctness::Almost, 0.5, Rating::Hard));
    assert!(fixture.active_card().can_resolve_slip());
    assert_eq!(fixture.active_card().acceptable_answers(), [], "a slip is not another right answer");
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Hard)]);
}

#[test]
fn an_accepted_slip_counts_as_right_and_a_rejected_one_as_wrong() {
    for (command, score, rating) in [
        (Command::Study(StudyCommand::AcceptSlip), 1.0, Rating::Good),
        (Command::Study(StudyCommand::RejectSlip), 0.0, Rating::Again),
    ] {
        let (mut fixture, card) = after_a_slip();
        let events = fixture.stored_events().len();
        fixture.apply(command);
        assert_ne!(fixture.key(), card, "resolving goes on to the next card as a grade does");
        assert_eq!(counts(&fixture, &card), [(score, rating)]);
        let written = fixture.stored_events();
        assert_eq!(written.len(), events + 2, "a new answer replaces the retracted one");
        assert!(matches!(written[events].change, Change::Retract(_)));
        let step =
            fixture.app.active_session().expect("a session").session().done().last().expect("a step").clone();
        let answer = step.answer.expect("an answer");
        assert_eq!((answer.score, answer.rating), (score, rating), "the summary says the same");
        let state = fixture.state(&card);
        assert_eq!(fixture.reopen().state(&card), state, "the log says the same");
    }
}

#[test]
fn accepting_a_slip_leaves_the_deck_alone() {
    let (mut fixture, _) = after_a_slip();
    fixture.apply(Command::Study(StudyCommand::AcceptSlip));
    let text = std::fs::read_to_string(fixture.folder().join("decks/slips.ron")).expect("the deck");
    assert_eq!(text, SLIPS);
}

#[test]
fn undo_removes_a_resolved_slip_with_its_answer_and_redo_restores_both() {
    for command in [Command::Study(StudyCommand::AcceptSlip), Command::Study(StudyCommand::RejectSlip)] {
        let (mut fixture, card) = after_a_slip();
        fixture.apply(command);
        let (decided, counted) = (fixture.state(&card), counts(&fixture, &card));
        fixture.apply(Command::Undo);
        assert_eq!((fixture.key(), fixture.state(&card)), (card.clone(), CardState::default()));
        assert!(fixture.is_asking());
        assert_eq!(
            fixture.active_card().draft,
            Draft::Typed(SLIP.to_owned()),
            "the typed text is in the field again"
        );
        fixture.apply(Command::Redo);
        assert_eq!((fixture.state(&card), counts(&fixture, &card)), (decided, counted));
        assert_ne!(fixture.key(), card);
        assert_eq!(fixture.reopen().state(&card), decided);
    }
}

#[test]
fn only_an_unresolved_slip_can_be_resolved() {
    for response in ["neurotransmitter", "hormone", "transmitter substance"] {
        let (mut fixture, card) = after_a_slip();
        fixture.apply(Command::Undo);
        fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed(response.to_owned()))));
        let (before, events) = (verdict_of(&fixture), fixture.stored_events().len());
        for command in [Command::Study(StudyCommand::AcceptSlip), Command::Study(StudyCommand::RejectSlip)] {
            fixture.apply(command);
        }
        assert_eq!(
            (fixture.key(), verdict_of(&fixture), fixture.stored_events().len()),
            (card, before, events),
            "{response}"
        );
    }
    let (mut fixture, _) = after_a_slip();
    fixture.apply(Command::Undo);
    let events = fixture.stored_events().len();
    fixture.apply(Command::Study(StudyCommand::AcceptSlip));
    assert_eq!(fixture.stored_events().len(), events, "nothing is answered yet");
}

#[test]
fn a_slip_can_be_graded_or_marked_as_a_guess() {
    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Easy)]);

    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Again)]);
    fixture.apply(Command::Study(StudyCommand::AcceptSlip));
    assert_eq!(counts(&fixture, &card), [(1.0, Rating::Good)], "the last decision counts");
    fixture.apply(Command::Undo);
    assert_eq!(fixture.state(&card).phase, CardPhase::New);
}

#[test]
fn resolving_a_slip_in_practice_leaves_the_schedule_alone() {
    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::Study(StudyCommand::AcceptSlip));
    let scheduled = fixture.state(&card);
    fixture.start(Scope::Cards([card.clone()].into()), SessionKind::Practice);
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed(SLIP.to_owned()))));
    fixture.apply(Command::Study(StudyCommand::RejectSlip));
    assert_eq!(fixture.state(&card), scheduled);
    assert_eq!(counts(&fixture, &card), [(1.0, Rating::Good), (0.0, Rating::Again)]);
}
