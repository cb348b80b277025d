//! Several cards changed at once, from outside a session.

use linchpin::app::Command;
use linchpin::app::core::card_changes::CardCommand;
use linchpin::app::study::{SessionKind, StudyCommand};
use linchpin::domain::event::Change;
use linchpin::domain::ids::CardKey;

use crate::fixtures::{AppFixture, kinds};

/// A fixture after a session with three answered cards, and those cards.
fn three_answered() -> (AppFixture, Vec<CardKey>) {
    let mut fixture = AppFixture::studying();
    let cards = (0..3).map(|_| fixture.study(true)).collect();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    (fixture, cards)
}

#[test]
fn cards_suspended_together_come_back_together() {
    let (mut fixture, cards) = three_answered();
    let before = fixture.states();
    fixture.apply(Command::Card(CardCommand::Suspend(cards.clone())));
    assert_eq!(fixture.notice(), "3 cards suspended. Ctrl Z to undo.");
    assert!(cards.iter().all(|card| fixture.state(card).suspended));
    let suspended = fixture.states();
    fixture.apply(Command::Undo);
    assert_eq!(fixture.notice(), "Undone: suspending 3 cards");
    assert_eq!(fixture.states(), before);
    fixture.apply(Command::Redo);
    assert_eq!(fixture.notice(), "Redone: suspending 3 cards");
    assert_eq!(fixture.states(), suspended);
    fixture.apply(Command::Card(CardCommand::ResumeAll("kinds".into())));
    assert_eq!(fixture.states(), before);
    fixture.apply(Command::Undo);
    assert_eq!(fixture.states(), suspended);
}

#[test]
fn cards_reset_together_are_new_until_it_is_undone() {
    let (mut fixture, cards) = three_answered();
    let before = fixture.states();
    fixture.apply(Command::Card(CardCommand::Reset(cards)));
    assert!(fixture.states().is_empty());
    assert_eq!(fixture.stored_events().len(), 6, "the answers stay in the log");
    fixture.apply(Command::Undo);
    assert_eq!(fixture.states(), before);
    fixture.apply(Command::Undo);
    assert_eq!(fixture.states().len(), 2, "the answer before it is next");
}

#[test]
fn events_are_written_only_for_cards_that_change() {
    let (mut fixture, cards) = three_answered();
    fixture.apply(Command::Card(CardCommand::Suspend(cards[..1].to_vec())));
    fixture.apply(Command::Card(CardCommand::Suspend(cards.clone())));
    let suspensions =
        fixture.stored_events().into_iter().filter(|event| event.change == Change::Suspend).count();
    assert_eq!(suspensions, 3);
    fixture.apply(Command::Card(CardCommand::Suspend(cards)));
    assert_eq!(fixture.notice(), "They are already suspended.");
    fixture.apply(Command::Undo);
    assert_eq!(fixture.notice(), "Undone: suspending 2 cards");
}

#[test]
fn the_active_card_leaves_the_session_when_it_is_suspended_from_outside() {
    let mut fixture = AppFixture::new();
    fixture.start(kinds(), SessionKind::Today);
    let card = fixture.key();
    fixture.apply(Command::Card(CardCommand::Suspend(vec![card.clone()])));
    assert_ne!(fixture.key(), card);
    fixture.apply(Command::Undo);
    assert!(!fixture.state(&card).suspended);
}
