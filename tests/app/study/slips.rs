//! A slip of the fingers: its owner says what it was, durably, and one undo takes all of it back.

use linchpin::app::Command;
use linchpin::app::command::{Scope, Take};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;
use linchpin::domain::card::{CardState, Phase};
use linchpin::domain::event::Change;
use linchpin::domain::grade::Outcome;
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::desk::Desk;

const SLIPS: &str = r#"Deck(format: 1, id: "slips", title: "Slips", topics: {"t": "T"}, questions: [
    (id: "synapse", topic: "t", prompt: "What does a synapse release?",
     answer: Typed(["neurotransmitter", "transmitter substance"])),
    (id: "next", topic: "t", prompt: "It is so.", answer: Bool(true)),
])"#;
const SLIP: &str = "neurontransmitter";

/// The slip is made and not decided.
fn slipped() -> (Desk, CardKey) {
    let mut desk = Desk::new();
    desk.save("slips.ron", SLIPS);
    desk.start(Scope::Deck("slips".into()), Take::Today);
    desk.apply(Command::Answer(Response::Text(SLIP.to_owned())));
    let card = desk.key();
    (desk, card)
}

fn told(desk: &Desk) -> (Outcome, f64, Rating) {
    match &desk.asked().stage {
        Stage::Judged { verdict, rating, .. } => (verdict.outcome(), verdict.score, *rating),
        stage => panic!("a verdict and not {stage:?}"),
    }
}

fn counts(desk: &Desk, card: &CardKey) -> Vec<(f64, Rating)> {
    let history = desk.app.progress().card(card).expect("it was answered");
    history.reviews().map(|(_, review)| (review.score, review.rating)).collect()
}

#[test]
fn it_is_half_a_point_and_hard_until_its_owner_says_what_it_was() {
    let (desk, card) = slipped();
    assert_eq!(told(&desk), (Outcome::Almost, 0.5, Rating::Hard));
    assert!(desk.asked().may_decide());
    assert_eq!(desk.asked().acceptable(), [], "a slip is not another right answer");
    assert_eq!(counts(&desk, &card), [(0.5, Rating::Hard)]);
}

#[test]
fn what_was_meant_counts_as_right_and_what_was_not_known_as_wrong() {
    for (command, score, rating) in
        [(Command::MeantIt, 1.0, Rating::Good), (Command::DidNotKnowIt, 0.0, Rating::Again)]
    {
        let (mut desk, card) = slipped();
        let events = desk.on_disk().len();
        desk.apply(command);
        assert_ne!(desk.key(), card, "it goes on as a grade does");
        assert_eq!(counts(&desk, &card), [(score, rating)]);
        let written = desk.on_disk();
        assert_eq!(written.len(), events + 2, "one replaces the other");
        assert!(matches!(written[events].change, Change::Retract(_)));
        let step = desk.app.study().expect("a session").session().done().last().expect("a step").clone();
        let answer = step.answer.expect("an answer");
        assert_eq!((answer.score, answer.rating), (score, rating), "the summary says the same");
        let state = desk.state(&card);
        assert_eq!(desk.reopen().state(&card), state, "the log says the same");
    }
}

#[test]
fn the_deck_does_not_accept_it_from_now_on() {
    let (mut desk, _) = slipped();
    desk.apply(Command::MeantIt);
    let text = std::fs::read_to_string(desk.folder().join("decks/slips.ron")).expect("the deck");
    assert_eq!(text, SLIPS);
}

#[test]
fn undo_takes_the_whole_answer_back_and_redo_gives_it_as_decided() {
    for command in [Command::MeantIt, Command::DidNotKnowIt] {
        let (mut desk, card) = slipped();
        desk.apply(command);
        let (decided, counted) = (desk.state(&card), counts(&desk, &card));
        desk.apply(Command::Undo);
        assert_eq!((desk.key(), desk.state(&card)), (card.clone(), CardState::default()));
        assert!(desk.is_asking());
        assert_eq!(desk.asked().draft, Draft::Text(SLIP.to_owned()), "what was typed is in the field again");
        desk.apply(Command::Redo);
        assert_eq!((desk.state(&card), counts(&desk, &card)), (decided, counted));
        assert_ne!(desk.key(), card);
        assert_eq!(desk.reopen().state(&card), decided);
    }
}

#[test]
fn only_a_slip_that_is_undecided_can_be_decided() {
    for response in ["neurotransmitter", "hormone", "transmitter substance"] {
        let (mut desk, card) = slipped();
        desk.apply(Command::Undo);
        desk.apply(Command::Answer(Response::Text(response.to_owned())));
        let (before, events) = (told(&desk), desk.on_disk().len());
        for command in [Command::MeantIt, Command::DidNotKnowIt] {
            desk.apply(command);
        }
        assert_eq!((desk.key(), told(&desk), desk.on_disk().len()), (card, before, events), "{response}");
    }
    let (mut desk, _) = slipped();
    desk.apply(Command::Undo);
    let events = desk.on_disk().len();
    desk.apply(Command::MeantIt);
    assert_eq!(desk.on_disk().len(), events, "nothing is answered yet");
}

#[test]
fn the_grades_still_work_and_a_guess_stays_one() {
    let (mut desk, card) = slipped();
    desk.apply(Command::Rate(Rating::Easy));
    assert_eq!(counts(&desk, &card), [(0.5, Rating::Easy)]);

    let (mut desk, card) = slipped();
    desk.apply(Command::Guessed);
    assert_eq!(counts(&desk, &card), [(0.5, Rating::Again)]);
    desk.apply(Command::MeantIt);
    assert_eq!(counts(&desk, &card), [(1.0, Rating::Good)], "what was said last counts");
    desk.apply(Command::Undo);
    assert_eq!(desk.state(&card).phase, Phase::New);
}

#[test]
fn in_practice_it_is_decided_too_and_the_schedule_stays() {
    let (mut desk, card) = slipped();
    desk.apply(Command::MeantIt);
    let scheduled = desk.state(&card);
    desk.start(Scope::Cards([card.clone()].into()), Take::Practice);
    desk.apply(Command::Answer(Response::Text(SLIP.to_owned())));
    desk.apply(Command::DidNotKnowIt);
    assert_eq!(desk.state(&card), scheduled);
    assert_eq!(counts(&desk, &card), [(1.0, Rating::Good), (0.0, Rating::Again)]);
}
