//! Undo and redo through the whole program.

use linchpin::app::Command;
use linchpin::app::command::{Scope, Take};
use linchpin::domain::card::Phase;
use linchpin::domain::event::{Change, Due};
use linchpin::domain::memory::Model;
use linchpin::domain::progress::Progress;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::desk::{Desk, kinds, touched};
use crate::learner::{MINUTE, later};

#[test]
fn twenty_answers_undone_leave_nothing_and_redone_leave_everything() {
    let mut desk = Desk::new();
    let at_the_start = desk.counts();
    desk.start(Scope::All, Take::Today);
    let first = desk.key();
    for nth in 0..20 {
        desk.study(nth % 3 != 0);
    }
    let after = desk.states();
    let current = desk.key();
    assert!(after.values().any(|state| state.reviews > 1), "some came twice");

    for _ in 0..20 {
        assert!(desk.app.can_undo_redo().0);
        desk.apply(Command::Undo);
    }
    assert_eq!(desk.key(), first, "the first card is asked again");
    assert!(desk.states().is_empty());
    let stored = Progress::from_events(desk.on_disk(), &Model::default());
    assert!(touched(&stored).is_empty(), "nor in the log");
    assert!(!desk.app.can_undo_redo().0);
    desk.apply(Command::Undo);
    assert_eq!(desk.notice(), "Nothing to undo.");

    for _ in 0..20 {
        desk.apply(Command::Redo);
    }
    assert_eq!(desk.states(), after);
    assert_eq!(desk.key(), current);
    assert_eq!(touched(&Progress::from_events(desk.on_disk(), &Model::default())), after);
    assert!(!desk.app.can_undo_redo().1);
    desk.apply(Command::Redo);
    assert_eq!(desk.notice(), "Nothing to redo.");

    for _ in 0..20 {
        desk.apply(Command::Undo);
    }
    desk.apply(Command::EndSession);
    assert_eq!(desk.counts(), at_the_start);
}

#[test]
fn undo_asks_the_card_again_with_the_same_options() {
    let mut desk = Desk::studying();
    desk.until("choice");
    let task = desk.asked().task.clone();
    desk.study(false);
    desk.apply(Command::Undo);
    assert!(desk.is_asking());
    assert_eq!(desk.asked().task, task);
}

#[test]
fn undo_takes_an_overruled_answer_back_as_one() {
    let mut desk = Desk::studying();
    let key = desk.key();
    desk.answer(true);
    desk.apply(Command::Rate(Rating::Easy));
    assert!(matches!(desk.state(&key).due, Some(Due::Day(_))));
    desk.apply(Command::Undo);
    assert!(desk.states().is_empty());
    assert_eq!(desk.key(), key);
    desk.apply(Command::Redo);
    assert!(matches!(desk.state(&key).due, Some(Due::Day(_))), "redo keeps the overruled rating");
    desk.apply(Command::Undo);
    assert!(desk.states().is_empty());
}

#[test]
fn undo_after_a_guess_takes_guess_and_answer_back() {
    let mut desk = Desk::studying();
    desk.answer(true);
    desk.apply(Command::Guessed);
    desk.apply(Command::Undo);
    assert!(desk.states().is_empty());
    assert!(desk.is_asking());
}

#[test]
fn undo_works_after_the_session_has_ended_and_says_what_it_did() {
    let mut desk = Desk::studying();
    desk.study(true);
    desk.study(true);
    desk.apply(Command::EndSession);
    desk.apply(Command::Undo);
    assert!(desk.notice().starts_with("Undone: the answer to “"), "{}", desk.notice());
    assert_eq!(desk.states().len(), 1);
    desk.apply(Command::Redo);
    assert!(desk.notice().starts_with("Done again: the answer to “"), "{}", desk.notice());
    assert_eq!(desk.states().len(), 2);
}

#[test]
fn undo_from_the_end_of_a_session_goes_back_into_it() {
    let mut desk = Desk::studying();
    let last = desk.finish().pop().expect("cards");
    desk.apply(Command::Undo);
    assert_eq!(desk.key(), last);
    desk.study(true);
    assert!(desk.is_finished());
}

#[test]
fn something_new_after_undo_leaves_nothing_to_redo() {
    for new in [Command::Suspend, Command::Bury, Command::Answer(linchpin::domain::task::Response::GaveUp)] {
        let mut desk = Desk::studying();
        desk.study(true);
        desk.apply(Command::Undo);
        assert!(desk.app.can_undo_redo().1);
        desk.apply(new);
        assert!(!desk.app.can_undo_redo().1);
        let states = desk.states();
        desk.apply(Command::Redo);
        assert_eq!(desk.states(), states);
    }
}

#[test]
fn suspending_and_burying_are_undone_and_done_again() {
    for command in [Command::Suspend, Command::Bury] {
        let mut desk = Desk::studying();
        let key = desk.key();
        desk.apply(command);
        assert_ne!(desk.key(), key);
        assert!(!desk.state(&key).is_askable(desk.now.day()));
        desk.apply(Command::Undo);
        assert_eq!(desk.key(), key);
        assert!(desk.states().is_empty());
        desk.apply(Command::Redo);
        assert_ne!(desk.key(), key);
        assert!(!desk.finish().contains(&key));
    }
}

#[test]
fn a_card_set_aside_after_its_verdict_and_brought_back_is_not_asked_again() {
    let mut desk = Desk::studying();
    let key = desk.key();
    desk.answer(true);
    desk.apply(Command::Rate(Rating::Easy));
    desk.apply(Command::Undo);
    desk.answer(true);
    // Overruled to Easy by its own key would go on; a guess stays on the verdict.
    desk.apply(Command::Guessed);
    desk.apply(Command::Suspend);
    let next = desk.key();
    assert_ne!(next, key);
    desk.apply(Command::Undo);
    assert!(desk.state(&key).is_askable(desk.now.day()));
    assert_eq!(desk.state(&key).reviews, 1, "its answer stands");
    assert_eq!(desk.key(), next, "so the next card stays");
    assert!(desk.notice().starts_with("Undone: setting “"), "{}", desk.notice());
    assert!(desk.finish().contains(&key), "it still comes back on its step");
}

#[test]
fn a_learned_card_buried_after_its_verdict_and_brought_back_waits_for_its_day() {
    let mut desk = Desk::studying();
    while !desk.is_finished() {
        let key = desk.key();
        let will_graduate = desk.state(&key).reviews == 1 && *key.question == *"number";
        desk.answer(true);
        if will_graduate {
            desk.apply(Command::Bury);
            desk.apply(Command::Undo);
            assert!(matches!(desk.state(&key).due, Some(Due::Day(_))));
            assert!(!desk.finish().contains(&key), "asked a third time on one day");
            return;
        }
        desk.go_on();
    }
    panic!("the card never came back");
}

#[test]
fn undoing_an_answer_of_an_earlier_session_asks_its_card_afresh() {
    let mut desk = Desk::studying();
    let key = desk.study(true);
    desk.apply(Command::EndSession);
    // The card comes first in the next session: its ten minutes are over.
    desk.now = later(&desk.now, 11 * MINUTE);
    desk.start(kinds(), Take::Today);
    assert_eq!(desk.key(), key);
    desk.apply(Command::Undo);
    assert!(desk.states().is_empty());
    desk.until(&key.question);
    desk.answer(true);
    let state = desk.state(&key);
    assert_eq!(state.phase, Phase::Learning { step: 1 });
    assert!(matches!(state.due, Some(Due::At(_))), "promised what a card once answered gets: {state:?}");
    desk.go_on();
    assert!(desk.finish().contains(&key));
    assert_eq!(desk.app.study().map(|study| study.session().remaining()), Some(0));
}

#[test]
fn undoing_an_answer_of_an_earlier_session_loses_no_card_on_a_step() {
    let mut desk = Desk::studying();
    let key = desk.study(false);
    desk.study(true);
    desk.apply(Command::EndSession);
    desk.start(kinds(), Take::Today);
    assert_ne!(desk.key(), key, "it waits for its minute");
    desk.apply(Command::Undo);
    desk.apply(Command::Undo);
    assert!(desk.states().is_empty());
    assert!(desk.finish().contains(&key));
    assert_eq!(desk.app.study().map(|study| study.session().remaining()), Some(0));
}

#[test]
fn an_answer_of_an_earlier_session_done_again_is_not_asked_for_again() {
    let mut desk = Desk::studying();
    let key = desk.key();
    desk.answer(true);
    desk.apply(Command::Rate(Rating::Easy));
    desk.apply(Command::Undo);
    desk.apply(Command::EndSession);
    desk.start(kinds(), Take::Today);
    assert_eq!(desk.key(), key);
    desk.apply(Command::Redo);
    assert!(matches!(desk.state(&key).due, Some(Due::Day(_))));
    assert!(!desk.finish().contains(&key), "asked twice on one day");
}

#[test]
fn every_undo_is_an_entry_and_nothing_is_ever_erased() {
    let mut desk = Desk::studying();
    desk.study(true);
    for turns in 0..5 {
        desk.apply(if turns % 2 == 0 { Command::Undo } else { Command::Redo });
        assert_eq!(desk.on_disk().len(), turns + 2);
    }
    assert!(matches!(desk.on_disk()[5].change, Change::Retract(_)));
}

#[test]
fn what_was_typed_or_picked_is_there_again() {
    let answers = [
        ("typed", Response::Text("Pusan".to_owned())),
        ("number", Response::Text("1954".to_owned())),
        ("date", Response::Text("27 April 2023".to_owned())),
        ("choices", Response::Picks(vec![1, 3])),
        ("cloze", Response::Gaps(vec!["pact".to_owned()])),
        ("order", Response::Arrangement(vec![2, 0, 1])),
        ("match", Response::Pairs(vec![Some(2), Some(0), Some(1)])),
        ("sort", Response::Bins(vec![Some(1), Some(1), Some(0)])),
    ];
    for (question, response) in answers {
        let mut desk = Desk::studying();
        desk.until(question);
        desk.apply(Command::Answer(response.clone()));
        desk.apply(Command::Undo);
        assert!(desk.is_asking());
        assert_eq!(desk.asked().draft.response(), Some(response), "{question}");
        desk.apply(Command::Check);
        assert!(!desk.is_asking(), "{question}: it can be given again as it stands");
    }
}
