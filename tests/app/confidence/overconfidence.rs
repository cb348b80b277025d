//! The list of high-confidence errors: answers that were sure and wrong.

use linchpin::app::Command;
use linchpin::app::core::card_changes::CardCommand;
use linchpin::app::overconfidence;
use linchpin::app::study::{SessionKind, StudyCommand};
use linchpin::domain::event::Confidence;

use super::set_confidence;
use crate::fixtures::{AppFixture, kinds};

#[test]
fn marking_a_guess_afterwards_does_not_raise_the_accuracy_of_guesses() {
    let mut fixture = AppFixture::studying();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    let key = fixture.key();
    let (progress, model) = (fixture.app.progress(), &fixture.app.scheduler().model);
    let mut stated = Vec::new();
    let never = std::sync::atomic::AtomicBool::new(false);
    let replayed = progress.replay(&[key], model, &never, |event| stated.push(event.stated));
    assert_eq!((replayed, stated), (Ok(()), vec![None]));
}

/// Sets "sure" for the active card, and answers it wrong.
fn answer_wrongly_when_sure(fixture: &mut AppFixture) {
    set_confidence(fixture, Confidence::Sure);
    fixture.answer(false);
    fixture.next_card();
}

fn listed(fixture: &mut AppFixture) -> Vec<(String, Vec<String>)> {
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let figures = fixture.app.figures();
    let of = |topic: &overconfidence::TopicMistakes| {
        (topic.topic.clone(), topic.mistakes.iter().map(|it| it.card.question.to_string()).collect())
    };
    figures.high_confidence_errors.iter().map(of).collect()
}

#[test]
fn the_list_is_grouped_by_topic_newest_first_and_its_session_has_exactly_its_cards() {
    let mut fixture = AppFixture::studying();
    let mut wrong = Vec::new();
    for nth in 0..8 {
        let question = fixture.key().question.to_string();
        if nth % 2 == 0 {
            answer_wrongly_when_sure(&mut fixture);
            wrong.insert(0, question);
        } else {
            fixture.study(false);
        }
    }
    let topic = |question: &String| {
        let in_one = ["typed", "number", "date", "bool", "choice"].contains(&question.as_str());
        if in_one { "one" } else { "two" }
    };
    let of = |name: &str| wrong.iter().filter(|it| topic(it) == name).cloned().collect::<Vec<_>>();
    let expected: Vec<(String, Vec<String>)> = ["one", "two"]
        .map(|name| (name.to_owned(), of(name)))
        .into_iter()
        .filter(|(_, it)| !it.is_empty())
        .collect();
    assert_eq!(listed(&mut fixture), expected);

    let command = overconfidence::session_on(&fixture.app.figures().high_confidence_errors);
    fixture.apply(command);
    let cards = fixture
        .app
        .active_session()
        .expect("a session")
        .session()
        .cards()
        .map(|key| key.question.to_string());
    let (mut cards, mut wrong) = (cards.collect::<Vec<_>>(), wrong);
    cards.sort_unstable();
    wrong.sort_unstable();
    assert_eq!(cards, wrong);
}

#[test]
fn a_correct_answer_removes_a_card_from_the_list_and_undo_restores_it() {
    let mut fixture = AppFixture::studying();
    let question = fixture.key().question.to_string();
    answer_wrongly_when_sure(&mut fixture);
    let on_the_list = listed(&mut fixture);
    assert_eq!(on_the_list[0].1, [question]);
    let again = overconfidence::session_on(&fixture.app.figures().high_confidence_errors);
    fixture.apply(again);
    fixture.answer(true);
    assert!(listed(&mut fixture).is_empty());
    fixture.apply(Command::Undo);
    assert_eq!(listed(&mut fixture), on_the_list);
}

#[test]
fn practice_neither_adds_to_the_list_nor_removes_from_it() {
    let mut fixture = AppFixture::studying();
    answer_wrongly_when_sure(&mut fixture);
    let on_the_list = listed(&mut fixture);
    fixture.start(kinds(), SessionKind::Practice);
    fixture.answer(true);
    assert_eq!(listed(&mut fixture), on_the_list);
    fixture.start(kinds(), SessionKind::Today);
    fixture.finish();
    fixture.start(kinds(), SessionKind::Practice);
    answer_wrongly_when_sure(&mut fixture);
    assert!(listed(&mut fixture).is_empty());
}

#[test]
fn suspended_cards_are_left_out_of_the_list_and_its_session() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    answer_wrongly_when_sure(&mut fixture);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.apply(Command::Card(CardCommand::Suspend(vec![key.clone()])));
    assert!(listed(&mut fixture).is_empty());
    fixture.apply(Command::Card(CardCommand::Resume(vec![key])));
    assert_eq!(listed(&mut fixture).len(), 1);
}
