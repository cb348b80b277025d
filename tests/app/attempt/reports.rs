//! The report of a test: its scores, the prediction of before, overconfidence and mistakes.

use linchpin::app::attempt::TestCommand;
use linchpin::app::attempt::Tests;
use linchpin::app::command::Command;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::attempt::{SelfGrade, TestSetup};
use linchpin::domain::event::Confidence;
use linchpin::domain::expectation::expected_score;
use linchpin::domain::grade::{grade, right_response};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{ChoiceTask, Response, TaskForm};

use super::driver::{
    active_attempt, all_kinds, answer, answer_where, apply_test, attempt_with, begin_attempt,
    completed_attempt, hand_in, logged_answers,
};
use crate::fixtures::AppFixture;

/// A response with partial credit where its kind gives any, else a wrong one.
fn half_right(form: &TaskForm, right: Response) -> Response {
    match (form, right) {
        (_, Response::Order(mut order)) => {
            order.swap(0, 1);
            Response::Order(order)
        }
        (TaskForm::Choices { .. }, Response::Choice(picks)) => Response::Choice(picks[..1].to_vec()),
        (TaskForm::Choice(ChoiceTask { options }), Response::Choice(picks)) => {
            Response::Choice(vec![(picks[0] + 1) % options.len()])
        }
        (_, Response::Match(mut of)) => {
            of[0] = None;
            Response::Match(of)
        }
        (_, Response::Sort(mut of)) => {
            of[0] = None;
            Response::Sort(of)
        }
        (_, Response::Bool(value)) => Response::Bool(!value),
        (_, Response::Cloze(texts)) => Response::Cloze(texts.iter().map(|_| "other".to_owned()).collect()),
        (_, Response::Typed(_)) => Response::Typed("other".to_owned()),
        (_, other) => other,
    }
}

#[test]
fn a_test_grades_every_kind_as_study_does_with_partial_credit() {
    let mut fixture = attempt_with(all_kinds());
    let mut expected = 0.0;
    for item in 0..11 {
        apply_test(&mut fixture, TestCommand::ShowItem(item));
        let task = active_attempt(&fixture).active_card().task.clone();
        let response = match &task.form {
            TaskForm::Recall { .. } => Response::Typed("something like it".to_owned()),
            form => half_right(form, right_response(&task)),
        };
        expected += grade(&task, &response).score;
        apply_test(&mut fixture, TestCommand::Answer(response));
    }
    apply_test(&mut fixture, TestCommand::HandIn);
    apply_test(&mut fixture, TestCommand::SelfGrade(SelfGrade::Partly));
    expected += 0.5;
    let report = &completed_attempt(&fixture).report;
    assert!((report.total.points - expected).abs() < 1e-9);
    assert!(expected.fract() > 0.0, "there is partial credit in it");
    let of_topics: f64 = report.topics.iter().map(|topic| topic.tally.points).sum();
    assert!((of_topics - expected).abs() < 1e-9);
    assert_eq!(report.topics.iter().map(|topic| topic.tally.questions).sum::<usize>(), 11);
    for tally in report.topics.iter().map(|topic| &topic.tally).chain([&report.total]) {
        let (low, high) = tally.interval();
        assert!((0.0..=tally.share()).contains(&low) && (tally.share()..=1.0).contains(&high));
        assert!(high - low > 0.1, "few questions give a wide interval");
    }
    assert!(report.topics.is_sorted_by(|a, b| a.tally.share() >= b.tally.share()));
    assert!(report.items.iter().all(|item| item.is_mistake()));
}

#[test]
fn the_predicted_score_is_that_of_before_the_test() {
    let mut fixture = AppFixture::studying();
    for _ in 0..8 {
        fixture.study(true);
    }
    // Finished once: some graduated, the others are still being learned and do not count as known.
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.pass_days(3);
    begin_attempt(&mut fixture, TestSetup { moves_schedule: true, ..all_kinds() }, "K7Q-F2M");
    let test = active_attempt(&fixture).test.clone();
    let expected: Vec<f64> = test
        .items
        .iter()
        .map(|item| {
            let state = fixture.app.progress().state(&test.card(item));
            let recall = state.recall_now(&fixture.app.scheduler().model, fixture.now.day()).expect("seen");
            expected_score(recall, test.question(item).answer.blind_chance())
        })
        .collect();
    answer_where(&mut fixture, |_| true);
    hand_in(&mut fixture);
    let predicted = completed_attempt(&fixture).report.total.predicted;
    assert!((predicted.mean - expected.iter().sum::<f64>()).abs() < 1e-9);
    assert!(predicted.mean > 5.0, "the learned cards count");
}

#[test]
fn the_report_marks_high_confidence_errors_and_a_correct_guess_is_rated_again() {
    let kinds = vec![Kind::Typed, Kind::Choice, Kind::Bool];
    let mut fixture = attempt_with(TestSetup { kinds, moves_schedule: true, ..all_kinds() });
    for (item, confidence) in
        [Confidence::Sure, Confidence::Guess, Confidence::ThinkSo].into_iter().enumerate()
    {
        apply_test(&mut fixture, TestCommand::ShowItem(item));
        let task = active_attempt(&fixture).active_card().task.clone();
        match item {
            0 => apply_test(&mut fixture, TestCommand::Answer(half_right(&task.form, right_response(&task)))),
            _ => answer(&mut fixture),
        }
        apply_test(&mut fixture, TestCommand::SetConfidence(confidence));
    }
    // Setting the same confidence twice clears it.
    apply_test(&mut fixture, TestCommand::SetConfidence(Confidence::ThinkSo));
    hand_in(&mut fixture);
    let surprises: Vec<bool> =
        completed_attempt(&fixture).report.items.iter().map(|item| item.is_high_confidence_error()).collect();
    assert_eq!(surprises, [true, false, false]);
    let logged: Vec<_> =
        logged_answers(&fixture).into_iter().map(|(_, review)| (review.confidence, review.rating)).collect();
    let wanted = [
        (Some(Confidence::Sure), Rating::Again),
        (Some(Confidence::Guess), Rating::Again),
        (None, Rating::Good),
    ];
    assert_eq!(logged, wanted);
}

#[test]
fn the_mistakes_of_a_test_can_be_studied_at_once() {
    let mut fixture = attempt_with(all_kinds());
    answer_where(&mut fixture, |item| item % 2 == 0);
    hand_in(&mut fixture);
    let mistakes = Tests::mistakes_of(fixture.app.core(), &completed_attempt(&fixture).report);
    assert_eq!(mistakes.len(), 5);
    fixture.start(Scope::Cards(mistakes.clone().into()), SessionKind::AllInScope);
    let mut session_cards: Vec<_> =
        fixture.app.active_session().expect("a session").session().cards().cloned().collect();
    session_cards.sort();
    let mut mistakes = mistakes;
    mistakes.sort();
    assert_eq!(session_cards, mistakes);
}

#[test]
fn an_answer_can_be_changed_cleared_and_left_open() {
    let mut fixture =
        attempt_with(TestSetup { kinds: vec![linchpin::domain::question::Kind::Choice], ..all_kinds() });
    let wrong = Response::Choice(
        vec![0, 1, 2, 3]
            .into_iter()
            .filter(|at| {
                right_response(&active_attempt(&fixture).active_card().task) != Response::Choice(vec![*at])
            })
            .take(1)
            .collect(),
    );
    apply_test(&mut fixture, TestCommand::Answer(wrong.clone()));
    assert_eq!(active_attempt(&fixture).response(), Some(&wrong));
    answer(&mut fixture);
    assert_ne!(active_attempt(&fixture).response(), Some(&wrong));
    let right = active_attempt(&fixture).response().cloned().expect("an answer");
    apply_test(&mut fixture, TestCommand::Answer(right));
    assert_eq!(active_attempt(&fixture).response(), None, "the same answer again clears it");
    assert_eq!(active_attempt(&fixture).unfinished_items(), [0]);
    hand_in(&mut fixture);
    let item = &completed_attempt(&fixture).report.items[0];
    assert_eq!(
        (item.answered, item.verdict.score, item.verdict.headline.as_str()),
        (false, 0.0, "Not answered")
    );
}
