//! A slip of the fingers: its owner says what it was, durably, and one undo takes all of it back.

use linchpin::app::Command;
use linchpin::app::command::{Scope, SessionKind};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;
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

/// The slip is made and not decided.
fn after_a_slip() -> (AppFixture, CardKey) {
    let mut fixture = AppFixture::new();
    fixture.save_deck("slips.ron", SLIPS);
    fixture.start(Scope::Deck("slips".into()), SessionKind::Today);
    fixture.apply(Command::Answer(Response::Typed(SLIP.to_owned())));
    let card = fixture.key();
    (fixture, card)
}

fn told(fixture: &AppFixture) -> (Correctness, f64, Rating) {
    match &fixture.active_card().stage {
        Stage::Graded { verdict, rating, .. } => (verdict.correctness(), verdict.score, *rating),
        stage => panic!("a verdict and not {stage:?}"),
    }
}

fn counts(fixture: &AppFixture, card: &CardKey) -> Vec<(f64, Rating)> {
    let history = fixture.app.progress().card(card).expect("it was answered");
    history.reviews().map(|(_, review)| (review.score, review.rating)).collect()
}

#[test]
fn it_is_half_a_point_and_hard_until_its_owner_says_what_it_was() {
    let (fixture, card) = after_a_slip();
    assert_eq!(told(&fixture), (Correctness::Almost, 0.5, Rating::Hard));
    assert!(fixture.active_card().can_resolve_slip());
    assert_eq!(fixture.active_card().acceptable_answers(), [], "a slip is not another right answer");
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Hard)]);
}

#[test]
fn what_was_meant_counts_as_right_and_what_was_not_known_as_wrong() {
    for (command, score, rating) in
        [(Command::AcceptSlip, 1.0, Rating::Good), (Command::RejectSlip, 0.0, Rating::Again)]
    {
        let (mut fixture, card) = after_a_slip();
        let events = fixture.stored_events().len();
        fixture.apply(command);
        assert_ne!(fixture.key(), card, "it goes on as a grade does");
        assert_eq!(counts(&fixture, &card), [(score, rating)]);
        let written = fixture.stored_events();
        assert_eq!(written.len(), events + 2, "one replaces the other");
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
fn the_deck_does_not_accept_it_from_now_on() {
    let (mut fixture, _) = after_a_slip();
    fixture.apply(Command::AcceptSlip);
    let text = std::fs::read_to_string(fixture.folder().join("decks/slips.ron")).expect("the deck");
    assert_eq!(text, SLIPS);
}

#[test]
fn undo_takes_the_whole_answer_back_and_redo_gives_it_as_decided() {
    for command in [Command::AcceptSlip, Command::RejectSlip] {
        let (mut fixture, card) = after_a_slip();
        fixture.apply(command);
        let (decided, counted) = (fixture.state(&card), counts(&fixture, &card));
        fixture.apply(Command::Undo);
        assert_eq!((fixture.key(), fixture.state(&card)), (card.clone(), CardState::default()));
        assert!(fixture.is_asking());
        assert_eq!(
            fixture.active_card().draft,
            Draft::Typed(SLIP.to_owned()),
            "what was typed is in the field again"
        );
        fixture.apply(Command::Redo);
        assert_eq!((fixture.state(&card), counts(&fixture, &card)), (decided, counted));
        assert_ne!(fixture.key(), card);
        assert_eq!(fixture.reopen().state(&card), decided);
    }
}

#[test]
fn only_a_slip_that_is_undecided_can_be_decided() {
    for response in ["neurotransmitter", "hormone", "transmitter substance"] {
        let (mut fixture, card) = after_a_slip();
        fixture.apply(Command::Undo);
        fixture.apply(Command::Answer(Response::Typed(response.to_owned())));
        let (before, events) = (told(&fixture), fixture.stored_events().len());
        for command in [Command::AcceptSlip, Command::RejectSlip] {
            fixture.apply(command);
        }
        assert_eq!(
            (fixture.key(), told(&fixture), fixture.stored_events().len()),
            (card, before, events),
            "{response}"
        );
    }
    let (mut fixture, _) = after_a_slip();
    fixture.apply(Command::Undo);
    let events = fixture.stored_events().len();
    fixture.apply(Command::AcceptSlip);
    assert_eq!(fixture.stored_events().len(), events, "nothing is answered yet");
}

#[test]
fn the_grades_still_work_and_a_guess_stays_one() {
    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::Rate(Rating::Easy));
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Easy)]);

    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::MarkGuessed);
    assert_eq!(counts(&fixture, &card), [(0.5, Rating::Again)]);
    fixture.apply(Command::AcceptSlip);
    assert_eq!(counts(&fixture, &card), [(1.0, Rating::Good)], "what was said last counts");
    fixture.apply(Command::Undo);
    assert_eq!(fixture.state(&card).phase, CardPhase::New);
}

#[test]
fn in_practice_it_is_decided_too_and_the_schedule_stays() {
    let (mut fixture, card) = after_a_slip();
    fixture.apply(Command::AcceptSlip);
    let scheduled = fixture.state(&card);
    fixture.start(Scope::Cards([card.clone()].into()), SessionKind::Practice);
    fixture.apply(Command::Answer(Response::Typed(SLIP.to_owned())));
    fixture.apply(Command::RejectSlip);
    assert_eq!(fixture.state(&card), scheduled);
    assert_eq!(counts(&fixture, &card), [(1.0, Rating::Good), (0.0, Rating::Again)]);
}
