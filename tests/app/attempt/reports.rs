//! The report is what was answered, with what can be said beyond it.

use linchpin::app::command::{Command, Scope, Take};
use linchpin::app::test::TestCommand;
use linchpin::domain::event::Confidence;
use linchpin::domain::expectation::expected_score;
use linchpin::domain::grade::{grade, right_answer};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{Form, Response};
use linchpin::domain::test::{Setup, Worth};

use super::sitting::{
    all_kinds, answer, answer_those, begin, desk_with, hand_in, logged, past, running, test,
};
use crate::desk::Desk;

/// A response with partial credit where its kind gives any, else a wrong one.
fn half_right(form: &Form, right: Response) -> Response {
    match (form, right) {
        (_, Response::Arrangement(mut order)) => {
            order.swap(0, 1);
            Response::Arrangement(order)
        }
        (Form::Pick { many: true, .. }, Response::Picks(picks)) => Response::Picks(picks[..1].to_vec()),
        (Form::Pick { options, .. }, Response::Picks(picks)) => {
            Response::Picks(vec![(picks[0] + 1) % options.len()])
        }
        (_, Response::Pairs(mut of)) => {
            of[0] = None;
            Response::Pairs(of)
        }
        (_, Response::Bins(mut of)) => {
            of[0] = None;
            Response::Bins(of)
        }
        (_, Response::Bool(value)) => Response::Bool(!value),
        (_, Response::Gaps(texts)) => Response::Gaps(texts.iter().map(|_| "other".to_owned()).collect()),
        (_, Response::Text(_)) => Response::Text("other".to_owned()),
        (_, other) => other,
    }
}

#[test]
fn every_kind_is_graded_as_in_study_with_partial_credit() {
    let mut desk = desk_with(all_kinds());
    let mut expected = 0.0;
    for item in 0..11 {
        test(&mut desk, TestCommand::Show(item));
        let task = running(&desk).asked().task.clone();
        let response = match &task.form {
            Form::Reveal { .. } => Response::Text("something like it".to_owned()),
            form => half_right(form, right_answer(&task)),
        };
        expected += grade(&task, &response).score;
        test(&mut desk, TestCommand::Answer(response));
    }
    test(&mut desk, TestCommand::HandIn);
    test(&mut desk, TestCommand::Judge(Worth::Partly));
    expected += 0.5;
    let report = &past(&desk).report;
    assert!((report.total.points - expected).abs() < 1e-9);
    assert!(expected.fract() > 0.0, "there is partial credit in it");
    let of_topics: f64 = report.topics.iter().map(|topic| topic.tally.points).sum();
    assert!((of_topics - expected).abs() < 1e-9);
    assert_eq!(report.topics.iter().map(|topic| topic.tally.questions).sum::<usize>(), 11);
    for tally in report.topics.iter().map(|topic| &topic.tally).chain([&report.total]) {
        let (low, high) = tally.interval();
        assert!((0.0..=tally.share()).contains(&low) && (tally.share()..=1.0).contains(&high));
        assert!(high - low > 0.1, "so few questions say little");
    }
    assert!(report.topics.is_sorted_by(|a, b| a.tally.share() >= b.tally.share()));
    assert!(report.items.iter().all(|item| item.is_mistake()));
}

#[test]
fn what_was_expected_comes_from_before_the_test() {
    let mut desk = Desk::studying();
    for _ in 0..8 {
        desk.study(true);
    }
    // Left in the middle: some were learned, the others are still being learned, and not known.
    desk.finish();
    desk.apply(Command::EndSession);
    desk.sleep(3);
    begin(&mut desk, Setup { counts: true, ..all_kinds() }, "K7Q-F2M");
    let paper = running(&desk).paper.clone();
    let expected: Vec<f64> = paper
        .items
        .iter()
        .map(|item| {
            let state = desk.app.progress().state(&paper.card(item));
            let recall = state.known_now(&desk.app.scheduler().model, desk.now.day()).expect("seen");
            expected_score(recall, paper.question(item).answer.blind_chance())
        })
        .collect();
    answer_those(&mut desk, |_| true);
    hand_in(&mut desk);
    let predicted = past(&desk).report.total.predicted;
    assert!((predicted.mean - expected.iter().sum::<f64>()).abs() < 1e-9);
    assert!(predicted.mean > 5.0, "they were learned");
}

#[test]
fn what_one_was_sure_of_and_wrong_about_is_told_and_a_right_guess_is_no_knowledge() {
    let kinds = vec![Kind::Typed, Kind::Choice, Kind::Bool];
    let mut desk = desk_with(Setup { kinds, counts: true, ..all_kinds() });
    for (item, confidence) in
        [Confidence::Sure, Confidence::Guess, Confidence::ThinkSo].into_iter().enumerate()
    {
        test(&mut desk, TestCommand::Show(item));
        let task = running(&desk).asked().task.clone();
        match item {
            0 => test(&mut desk, TestCommand::Answer(half_right(&task.form, right_answer(&task)))),
            _ => answer(&mut desk),
        }
        test(&mut desk, TestCommand::Confide(confidence));
    }
    // Said twice, it is taken back.
    test(&mut desk, TestCommand::Confide(Confidence::ThinkSo));
    hand_in(&mut desk);
    let surprises: Vec<bool> = past(&desk).report.items.iter().map(|item| item.is_surprise()).collect();
    assert_eq!(surprises, [true, false, false]);
    let told: Vec<_> =
        logged(&desk).into_iter().map(|(_, review)| (review.confidence, review.rating)).collect();
    let wanted = [
        (Some(Confidence::Sure), Rating::Again),
        (Some(Confidence::Guess), Rating::Again),
        (None, Rating::Good),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn mistakes_are_studied_at_once() {
    let mut desk = desk_with(all_kinds());
    answer_those(&mut desk, |item| item % 2 == 0);
    hand_in(&mut desk);
    let mistakes = desk.app.mistakes_of(&past(&desk).report);
    assert_eq!(mistakes.len(), 5);
    desk.start(Scope::Cards(mistakes.clone().into()), Take::These);
    let mut asked: Vec<_> = desk.app.study().expect("a session").session().cards().cloned().collect();
    asked.sort();
    let mut mistakes = mistakes;
    mistakes.sort();
    assert_eq!(asked, mistakes);
}

#[test]
fn an_answer_can_be_changed_taken_back_and_left_open() {
    let mut desk = desk_with(Setup { kinds: vec![linchpin::domain::question::Kind::Choice], ..all_kinds() });
    let wrong = Response::Picks(
        vec![0, 1, 2, 3]
            .into_iter()
            .filter(|at| right_answer(&running(&desk).asked().task) != Response::Picks(vec![*at]))
            .take(1)
            .collect(),
    );
    test(&mut desk, TestCommand::Answer(wrong.clone()));
    assert_eq!(running(&desk).response(), Some(&wrong));
    answer(&mut desk);
    assert_ne!(running(&desk).response(), Some(&wrong));
    let right = running(&desk).response().cloned().expect("an answer");
    test(&mut desk, TestCommand::Answer(right));
    assert_eq!(running(&desk).response(), None, "the same again takes it back");
    assert_eq!(running(&desk).open_items(), [0]);
    hand_in(&mut desk);
    let item = &past(&desk).report.items[0];
    assert_eq!(
        (item.answered, item.verdict.score, item.verdict.headline.as_str()),
        (false, 0.0, "Not answered")
    );
}
