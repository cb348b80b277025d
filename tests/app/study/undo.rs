//! Undo and redo through the whole program.

use linchpin::app::Command;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::card::CardPhase;
use linchpin::domain::event::{Change, Due};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::fixtures::time::{MINUTE, later};
use crate::fixtures::{AppFixture, changed_states, kinds};

#[test]
fn undoing_twenty_answers_leaves_nothing_and_redoing_them_restores_everything() {
    let mut fixture = AppFixture::new();
    let at_the_start = fixture.counts();
    fixture.start(Scope::All, SessionKind::Today);
    let first = fixture.key();
    for nth in 0..20 {
        fixture.study(nth % 3 != 0);
    }
    let after = fixture.states();
    let current = fixture.key();
    assert!(after.values().any(|state| state.reviews > 1), "some came twice");

    for _ in 0..20 {
        assert!(fixture.app.can_undo_redo().0);
        fixture.apply(Command::Undo);
    }
    assert_eq!(fixture.key(), first, "the first card shows again");
    assert!(fixture.states().is_empty());
    let stored = Progress::from_events(fixture.stored_events(), &MemoryModel::default());
    assert!(changed_states(&stored).is_empty(), "nor in the log");
    assert!(!fixture.app.can_undo_redo().0);
    fixture.apply(Command::Undo);
    assert_eq!(fixture.notice(), "Nothing to undo.");

    for _ in 0..20 {
        fixture.apply(Command::Redo);
    }
    assert_eq!(fixture.states(), after);
    assert_eq!(fixture.key(), current);
    assert_eq!(
        changed_states(&Progress::from_events(fixture.stored_events(), &MemoryModel::default())),
        after
    );
    assert!(!fixture.app.can_undo_redo().1);
    fixture.apply(Command::Redo);
    assert_eq!(fixture.notice(), "Nothing to redo.");

    for _ in 0..20 {
        fixture.apply(Command::Undo);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(fixture.counts(), at_the_start);
}

#[test]
fn undo_shows_the_card_again_with_the_same_options() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("choice");
    let task = fixture.active_card().task.clone();
    fixture.study(false);
    fixture.apply(Command::Undo);
    assert!(fixture.is_asking());
    assert_eq!(fixture.active_card().task, task);
}

#[test]
fn undo_removes_an_overruled_answer_in_one_step() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    assert!(matches!(fixture.state(&key).due, Some(Due::Day(_))));
    fixture.apply(Command::Undo);
    assert!(fixture.states().is_empty());
    assert_eq!(fixture.key(), key);
    fixture.apply(Command::Redo);
    assert!(matches!(fixture.state(&key).due, Some(Due::Day(_))), "redo keeps the overruled rating");
    fixture.apply(Command::Undo);
    assert!(fixture.states().is_empty());
}

#[test]
fn undo_after_a_guess_removes_guess_and_answer() {
    let mut fixture = AppFixture::studying();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    fixture.apply(Command::Undo);
    assert!(fixture.states().is_empty());
    assert!(fixture.is_asking());
}

#[test]
fn undo_works_after_the_session_has_ended_and_says_what_it_did() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.apply(Command::Undo);
    assert!(fixture.notice().starts_with("Undone: the answer to “"), "{}", fixture.notice());
    assert_eq!(fixture.states().len(), 1);
    fixture.apply(Command::Redo);
    assert!(fixture.notice().starts_with("Redone: the answer to “"), "{}", fixture.notice());
    assert_eq!(fixture.states().len(), 2);
}

#[test]
fn undo_from_the_end_of_a_session_goes_back_into_it() {
    let mut fixture = AppFixture::studying();
    let last = fixture.finish().pop().expect("cards");
    fixture.apply(Command::Undo);
    assert_eq!(fixture.key(), last);
    fixture.study(true);
    assert!(fixture.is_finished());
}

#[test]
fn a_new_answer_after_undo_leaves_nothing_to_redo() {
    for new in [
        Command::Study(StudyCommand::Suspend),
        Command::Study(StudyCommand::Bury),
        Command::Study(StudyCommand::Answer(linchpin::domain::task::Response::GaveUp)),
    ] {
        let mut fixture = AppFixture::studying();
        fixture.study(true);
        fixture.apply(Command::Undo);
        assert!(fixture.app.can_undo_redo().1);
        fixture.apply(new);
        assert!(!fixture.app.can_undo_redo().1);
        let states = fixture.states();
        fixture.apply(Command::Redo);
        assert_eq!(fixture.states(), states);
    }
}

#[test]
fn suspending_and_burying_can_be_undone_and_redone() {
    for command in [Command::Study(StudyCommand::Suspend), Command::Study(StudyCommand::Bury)] {
        let mut fixture = AppFixture::studying();
        let key = fixture.key();
        fixture.apply(command);
        assert_ne!(fixture.key(), key);
        assert!(!fixture.state(&key).is_available(fixture.now.day()));
        fixture.apply(Command::Undo);
        assert_eq!(fixture.key(), key);
        assert!(fixture.states().is_empty());
        fixture.apply(Command::Redo);
        assert_ne!(fixture.key(), key);
        assert!(!fixture.finish().contains(&key));
    }
}

#[test]
fn restoring_a_card_suspended_after_its_verdict_leaves_the_next_card_in_place() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    fixture.apply(Command::Undo);
    fixture.answer(true);
    // Overruling to Easy would go on to the next card; marking a guess stays on the verdict.
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    fixture.apply(Command::Study(StudyCommand::Suspend));
    let next = fixture.key();
    assert_ne!(next, key);
    fixture.apply(Command::Undo);
    assert!(fixture.state(&key).is_available(fixture.now.day()));
    assert_eq!(fixture.state(&key).reviews, 1, "its answer still counts");
    assert_eq!(fixture.key(), next, "so the next card stays");
    assert!(fixture.notice().starts_with("Undone: setting “"), "{}", fixture.notice());
    assert!(fixture.finish().contains(&key), "it still comes back on its step");
}

#[test]
fn a_graduated_card_buried_after_its_verdict_and_restored_waits_for_its_day() {
    let mut fixture = AppFixture::studying();
    while !fixture.is_finished() {
        let key = fixture.key();
        let will_graduate = fixture.state(&key).reviews == 1 && *key.question == *"number";
        fixture.answer(true);
        if will_graduate {
            fixture.apply(Command::Study(StudyCommand::Bury));
            fixture.apply(Command::Undo);
            assert!(matches!(fixture.state(&key).due, Some(Due::Day(_))));
            assert!(!fixture.finish().contains(&key), "shown a third time on one day");
            return;
        }
        fixture.next_card();
    }
    panic!("the card never came back");
}

#[test]
fn undoing_an_answer_of_an_earlier_session_makes_its_card_new_in_this_one() {
    let mut fixture = AppFixture::studying();
    let key = fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    // The card comes first in the next session: its ten minutes are over.
    fixture.now = later(&fixture.now, 11 * MINUTE);
    fixture.start(kinds(), SessionKind::Today);
    assert_eq!(fixture.key(), key);
    fixture.apply(Command::Undo);
    assert!(fixture.states().is_empty());
    fixture.study_until(&key.question);
    fixture.answer(true);
    let state = fixture.state(&key);
    assert_eq!(state.phase, CardPhase::Learning { step: 1 });
    assert!(matches!(state.due, Some(Due::At(_))), "the interval is that of a card answered once: {state:?}");
    fixture.next_card();
    assert!(fixture.finish().contains(&key));
    assert_eq!(fixture.app.active_session().map(|study| study.session().remaining()), Some(0));
}

#[test]
fn undoing_an_answer_of_an_earlier_session_keeps_a_card_on_a_learning_step_in_the_session() {
    let mut fixture = AppFixture::studying();
    let key = fixture.study(false);
    fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.start(kinds(), SessionKind::Today);
    assert_ne!(fixture.key(), key, "it waits on its learning step");
    fixture.apply(Command::Undo);
    fixture.apply(Command::Undo);
    assert!(fixture.states().is_empty());
    assert!(fixture.finish().contains(&key));
    assert_eq!(fixture.app.active_session().map(|study| study.session().remaining()), Some(0));
}

#[test]
fn redoing_an_answer_of_an_earlier_session_removes_its_card_from_this_one() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    fixture.apply(Command::Undo);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.start(kinds(), SessionKind::Today);
    assert_eq!(fixture.key(), key);
    fixture.apply(Command::Redo);
    assert!(matches!(fixture.state(&key).due, Some(Due::Day(_))));
    assert!(!fixture.finish().contains(&key), "shown twice on one day");
}

#[test]
fn every_undo_appends_an_event_and_the_log_never_shrinks() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    for turns in 0..5 {
        fixture.apply(if turns % 2 == 0 { Command::Undo } else { Command::Redo });
        assert_eq!(fixture.stored_events().len(), turns + 2);
    }
    assert!(matches!(fixture.stored_events()[5].change, Change::Retract(_)));
}

#[test]
fn undo_restores_typed_text_and_picked_options() {
    let answers = [
        ("typed", Response::Typed("Pusan".to_owned())),
        ("number", Response::Typed("1954".to_owned())),
        ("date", Response::Typed("27 April 2023".to_owned())),
        ("choices", Response::Choice(vec![1, 3])),
        ("cloze", Response::Cloze(vec!["pact".to_owned()])),
        ("order", Response::Order(vec![2, 0, 1])),
        ("match", Response::Match(vec![Some(2), Some(0), Some(1)])),
        ("sort", Response::Sort(vec![Some(1), Some(1), Some(0)])),
    ];
    for (question, response) in answers {
        let mut fixture = AppFixture::studying();
        fixture.study_until(question);
        fixture.apply(Command::Study(StudyCommand::Answer(response.clone())));
        fixture.apply(Command::Undo);
        assert!(fixture.is_asking());
        assert_eq!(fixture.active_card().draft.response(), Some(response), "{question}");
        fixture.apply(Command::Study(StudyCommand::Check));
        assert!(!fixture.is_asking(), "{question}: the restored answer can be checked at once");
    }
}
