//! A question may be reworded between its test and the end of it: its answer goes where its card is then.

use linchpin::app::test::TestCommand;
use linchpin::app::{Command, Screen};
use linchpin::domain::test::Setup;

use super::sitting::{all_kinds, answer, begin, hand_in, logged, past, test};
use crate::desk::Desk;

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

/// A test of the two was left after the first answer, and the program closed.
fn left(was_studied: bool) -> Desk {
    let mut desk = Desk::new();
    desk.save("own.ron", &text(TYPO));
    if was_studied {
        desk.start(linchpin::app::command::Scope::Deck("own".into()), linchpin::app::command::Take::Today);
        desk.study(true);
        desk.study(true);
        desk.apply(Command::EndSession);
    }
    begin(&mut desk, Setup { decks: vec!["own".into()], ..all_kinds() }, "K7Q-F2M");
    answer(&mut desk);
    test(&mut desk, TestCommand::Next);
    test(&mut desk, TestCommand::Leave);
    desk
}

#[test]
fn what_was_reworded_while_a_test_waits_is_logged_where_it_belongs_also_after_a_restart() {
    for (was_studied, is_open) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut desk = left(was_studied);
        let before = logged(&desk).len();
        let old = desk.card("own", 0);
        match is_open {
            true => desk.save("own.ron", &text(MENDED)),
            false => desk.write("own.ron", &text(MENDED)),
        }
        let mut desk = desk.reopen();
        let new = desk.card("own", 0);
        assert_ne!(new, old);
        test(&mut desk, TestCommand::Continue);
        hand_in(&mut desk);
        let cards: Vec<_> = logged(&desk).split_off(before).into_iter().map(|(card, _)| card).collect();
        assert_eq!(cards.len(), 2);
        assert!(cards.contains(&new) && !cards.contains(&old), "{was_studied} {is_open}: {cards:?}");
    }
}

#[test]
fn the_mistakes_of_an_old_test_are_studied_under_their_keys_of_today() {
    let mut desk = left(false);
    test(&mut desk, TestCommand::Continue);
    test(&mut desk, TestCommand::Show(0));
    test(&mut desk, TestCommand::Answer(linchpin::domain::task::Response::Text("no".to_owned())));
    test(&mut desk, TestCommand::Next);
    hand_in(&mut desk);
    let id = desk.app.tests().report().expect("a report").id;
    desk.save("own.ron", &text(MENDED));
    let mut desk = desk.reopen();
    desk.apply(Command::Go(Screen::Test));
    test(&mut desk, TestCommand::Open(id));
    let mut mistakes = desk.app.mistakes_of(&past(&desk).report);
    mistakes.sort();
    let mut wanted = vec![desk.card("own", 0), desk.card("own", 1)];
    wanted.sort();
    assert_eq!(mistakes, wanted);
    // What is gone altogether is not offered.
    desk.save(
        "own.ron",
        &text(MENDED).replace("Han", "Hangang").replace("river runs through Seoul", "way is the sea"),
    );
    assert_eq!(desk.app.mistakes_of(&past(&desk).report), [desk.card("own", 0)]);
}

#[test]
fn a_move_that_was_taken_back_takes_no_answer_along() {
    let mut desk = left(true);
    let (before, old) = (logged(&desk).len(), desk.card("own", 0));
    desk.save("own.ron", &text(MENDED));
    desk.apply(Command::Undo);
    test(&mut desk, TestCommand::Continue);
    hand_in(&mut desk);
    let cards: Vec<_> = logged(&desk).split_off(before).into_iter().map(|(card, _)| card).collect();
    assert!(cards.contains(&old), "{cards:?}");
}
