//! Several cards changed at once, from outside a session.

use linchpin::app::Command;
use linchpin::app::command::Take;
use linchpin::domain::event::Change;
use linchpin::domain::ids::CardKey;

use crate::desk::{Desk, kinds};

/// Three answered cards, and the desk after the session.
fn three_answered() -> (Desk, Vec<CardKey>) {
    let mut desk = Desk::studying();
    let cards = (0..3).map(|_| desk.study(true)).collect();
    desk.apply(Command::EndSession);
    (desk, cards)
}

#[test]
fn cards_suspended_together_come_back_together() {
    let (mut desk, cards) = three_answered();
    let before = desk.states();
    desk.apply(Command::SuspendCards(cards.clone()));
    assert_eq!(desk.notice(), "3 cards suspended. Ctrl Z brings them back.");
    assert!(cards.iter().all(|card| desk.state(card).suspended));
    let suspended = desk.states();
    desk.apply(Command::Undo);
    assert_eq!(desk.notice(), "Undone: suspending 3 cards");
    assert_eq!(desk.states(), before);
    desk.apply(Command::Redo);
    assert_eq!(desk.notice(), "Done again: suspending 3 cards");
    assert_eq!(desk.states(), suspended);
    desk.apply(Command::ResumeAll("kinds".into()));
    assert_eq!(desk.states(), before);
    desk.apply(Command::Undo);
    assert_eq!(desk.states(), suspended);
}

#[test]
fn cards_reset_together_are_new_until_it_is_undone() {
    let (mut desk, cards) = three_answered();
    let before = desk.states();
    desk.apply(Command::ResetCards(cards));
    assert!(desk.states().is_empty());
    assert_eq!(desk.on_disk().len(), 6, "the answers stay in the log");
    desk.apply(Command::Undo);
    assert_eq!(desk.states(), before);
    desk.apply(Command::Undo);
    assert_eq!(desk.states().len(), 2, "the answer before it is next");
}

#[test]
fn only_cards_that_would_change_are_written() {
    let (mut desk, cards) = three_answered();
    desk.apply(Command::SuspendCards(cards[..1].to_vec()));
    desk.apply(Command::SuspendCards(cards.clone()));
    let suspensions = desk.on_disk().into_iter().filter(|event| event.change == Change::Suspend).count();
    assert_eq!(suspensions, 3);
    desk.apply(Command::SuspendCards(cards));
    assert_eq!(desk.notice(), "They are suspended already.");
    desk.apply(Command::Undo);
    assert_eq!(desk.notice(), "Undone: suspending 2 cards");
}

#[test]
fn a_card_suspended_from_outside_while_it_is_asked_leaves_the_session() {
    let mut desk = Desk::new();
    desk.start(kinds(), Take::Today);
    let card = desk.key();
    desk.apply(Command::SuspendCards(vec![card.clone()]));
    assert_ne!(desk.key(), card);
    desk.apply(Command::Undo);
    assert!(!desk.state(&card).suspended);
}
