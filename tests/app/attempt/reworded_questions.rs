//! A question may be reworded while a test runs: its answer is logged for the card that the question has at the end.

use linchpin::app::attempt::TestCommand;
use linchpin::app::attempt::Tests;
use linchpin::app::study::StudyCommand;
use linchpin::app::{Command, Screen};
use linchpin::domain::attempt::TestSetup;

use super::driver::{
    all_kinds, answer, apply_test, begin_attempt, completed_attempt, hand_in, logged_answers,
};
use crate::fixtures::AppFixture;

/// Two questions without ids: their keys come from their wording.
fn text(first: &str) -> String {
    format!(
        r#"Deck(format: 1, id: "own", title: "Own", topics: {{"a": "A"}}, questions: [
            (topic: "a", prompt: "{first}", answer: Typed(["Paris"])),
            (topic: "a", prompt: "Which river runs through Seoul?", answer: Typed(["Han"])),
        ])"#
    )
}

const TYPO: &str = "Which city is the captial of France?";
const MENDED: &str = "Which city is the capital of France?";

/// A test of the two questions, left after the first answer; the program was closed.
fn leave_after_one_answer(was_studied: bool) -> AppFixture {
    let mut fixture = AppFixture::new();
    fixture.save_deck("own.ron", &text(TYPO));
    if was_studied {
        fixture
            .start(linchpin::app::study::Scope::Deck("own".into()), linchpin::app::study::SessionKind::Today);
        fixture.study(true);
        fixture.study(true);
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
    begin_attempt(&mut fixture, TestSetup { decks: vec!["own".into()], ..all_kinds() }, "K7Q-F2M");
    answer(&mut fixture);
    apply_test(&mut fixture, TestCommand::Next);
    apply_test(&mut fixture, TestCommand::Pause);
    fixture
}

#[test]
fn an_answer_to_a_question_reworded_during_a_test_is_logged_for_its_new_key_even_after_a_restart() {
    for (was_studied, is_open) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut fixture = leave_after_one_answer(was_studied);
        let before = logged_answers(&fixture).len();
        let old = fixture.card("own", 0);
        match is_open {
            true => fixture.save_deck("own.ron", &text(MENDED)),
            false => fixture.write_deck("own.ron", &text(MENDED)),
        }
        let mut fixture = fixture.reopen();
        let new = fixture.card("own", 0);
        assert_ne!(new, old);
        apply_test(&mut fixture, TestCommand::Continue);
        hand_in(&mut fixture);
        let cards: Vec<_> =
            logged_answers(&fixture).split_off(before).into_iter().map(|(card, _)| card).collect();
        assert_eq!(cards.len(), 2);
        assert!(cards.contains(&new) && !cards.contains(&old), "{was_studied} {is_open}: {cards:?}");
    }
}

#[test]
fn the_mistakes_of_an_old_test_are_studied_under_their_current_keys() {
    let mut fixture = leave_after_one_answer(false);
    apply_test(&mut fixture, TestCommand::Continue);
    apply_test(&mut fixture, TestCommand::ShowItem(0));
    apply_test(&mut fixture, TestCommand::Answer(linchpin::domain::task::Response::Typed("no".to_owned())));
    apply_test(&mut fixture, TestCommand::Next);
    hand_in(&mut fixture);
    let id = fixture.app.tests().report().expect("a report").id;
    fixture.save_deck("own.ron", &text(MENDED));
    let mut fixture = fixture.reopen();
    fixture.apply(Command::Go(Screen::Test));
    apply_test(&mut fixture, TestCommand::OpenReport(id));
    let mut mistakes = Tests::mistakes_of(fixture.app.core(), &completed_attempt(&fixture).report);
    mistakes.sort();
    let mut wanted = vec![fixture.card("own", 0), fixture.card("own", 1)];
    wanted.sort();
    assert_eq!(mistakes, wanted);
    // Questions that no deck has any more are not offered.
    fixture.save_deck(
        "own.ron",
        &text(MENDED).replace("Han", "Hangang").replace("river runs through Seoul", "way is the sea"),
    );
    assert_eq!(
        Tests::mistakes_of(fixture.app.core(), &completed_attempt(&fixture).report),
        [fixture.card("own", 0)]
    );
}

#[test]
fn an_undone_move_carries_no_answer_along() {
    let mut fixture = leave_after_one_answer(true);
    let (before, old) = (logged_answers(&fixture).len(), fixture.card("own", 0));
    fixture.save_deck("own.ron", &text(MENDED));
    fixture.apply(Command::Undo);
    apply_test(&mut fixture, TestCommand::Continue);
    hand_in(&mut fixture);
    let cards: Vec<_> =
        logged_answers(&fixture).split_off(before).into_iter().map(|(card, _)| card).collect();
    assert!(cards.contains(&old), "{cards:?}");
}
