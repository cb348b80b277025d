//! Handing in: once, in time, and into the log.

use linchpin::app::attempt::completed_attempts;
use linchpin::app::attempt::{AnswerStatus, TestCommand};
use linchpin::app::study::StudyCommand;
use linchpin::app::{Command, Setting};
use linchpin::domain::attempt::{Mix, TestSetup};
use linchpin::domain::card::CardState;
use linchpin::domain::event::{Change, ReviewSource};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;

use super::driver::{
    active_attempt, all_kinds, answer, answer_where, answers, apply_test, attempt_with, begin_attempt,
    completed_attempt, hand_in, let_time_pass, logged_answers,
};
use crate::fixtures::time::{HOUR, later};
use crate::fixtures::{AppFixture, KINDS};

/// Every kind that the program grades: all but recall.
fn graded_kinds() -> TestSetup {
    TestSetup { kinds: Kind::ALL.into_iter().filter(|kind| *kind != Kind::Recall).collect(), ..all_kinds() }
}

#[test]
fn a_test_that_does_not_count_is_logged_and_leaves_the_schedule_alone() {
    let mut fixture = attempt_with(graded_kinds());
    let states = fixture.states();
    answer_where(&mut fixture, |item| item != 4);
    hand_in(&mut fixture);
    let logged = logged_answers(&fixture);
    assert_eq!(logged.len(), 10, "an item that was seen and left open counts as not known");
    for (card, review) in &logged {
        assert_eq!(review.source, ReviewSource::TestUnscheduled);
        let item =
            completed_attempt(&fixture).report.items.iter().find(|item| item.card == *card).expect("an item");
        assert_eq!(review.score, item.verdict.score);
        assert_eq!(review.rating, if review.score == 1.0 { Rating::Good } else { Rating::Again });
        assert_eq!(i64::from(review.latency_ms), item.spent_ms);
        assert!(item.spent_ms >= 3_000);
        assert_eq!(*fixture.app.progress().state(card), CardState::default(), "still new");
    }
    assert_eq!(fixture.states(), states);
    let fixture = fixture.reopen();
    let stats = &fixture.app.figures().deck("kinds").expect("a deck").total;
    assert_eq!((stats.accuracy.answers, stats.accuracy.right), (10, 9), "the scores count the test");
}

#[test]
fn a_test_that_counts_schedules_its_cards_as_study_would() {
    let mut fixture = attempt_with(TestSetup { moves_schedule: true, ..graded_kinds() });
    answer_where(&mut fixture, |_| true);
    hand_in(&mut fixture);
    for (card, review) in logged_answers(&fixture) {
        assert_eq!(review.source, ReviewSource::Test);
        let state = fixture.state(&card);
        assert_eq!((state.reviews, state.due), (1, Some(review.due)));
    }
}

#[test]
fn a_test_is_handed_in_once_and_cannot_change_afterwards() {
    let mut fixture = AppFixture::studying();
    let studied = fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    begin_attempt(&mut fixture, graded_kinds(), "K7Q-F2M");
    answer(&mut fixture);
    fixture.apply(Command::Undo);
    assert!(fixture.notice().contains("answers can be changed until you hand in"), "{}", fixture.notice());
    assert!(active_attempt(&fixture).response().is_some());
    assert_eq!(fixture.state(&studied).reviews, 1, "undo does not reach past the test");
    hand_in(&mut fixture);
    let events = fixture.stored_events();
    let tests = completed_attempts(fixture.app.core()).expect("readable").list.len();
    for command in [TestCommand::HandIn, TestCommand::Continue, TestCommand::Flag, TestCommand::Next] {
        apply_test(&mut fixture, command);
    }
    fixture.apply(Command::Undo);
    assert_eq!(fixture.notice(), "Nothing to undo: a test can’t be changed once it is handed in.");
    fixture.apply(Command::Redo);
    let mut fixture = fixture.reopen();
    fixture.apply(Command::Undo);
    assert_eq!(fixture.stored_events(), events);
    assert_eq!((completed_attempts(fixture.app.core()).expect("readable").list.len(), tests), (1, 1));
}

#[test]
fn a_test_whose_time_is_over_is_handed_in_with_the_answers_so_far() {
    let mut fixture = attempt_with(TestSetup { minutes: Some(1), ..graded_kinds() });
    answer(&mut fixture);
    apply_test(&mut fixture, TestCommand::Next);
    apply_test(&mut fixture, TestCommand::Next);
    let left = active_attempt(&fixture).remaining_ms().expect("a limit");
    let_time_pass(&mut fixture, left - 1);
    assert!(fixture.app.tests().is_active(), "one more millisecond");
    assert_eq!(fixture.app.next_tick_ms(&fixture.now), fixture.now.ms() + 1);
    let_time_pass(&mut fixture, 1);
    let report = &completed_attempt(&fixture).report;
    assert!(report.timed_out);
    assert_eq!((report.spent_ms, report.limit_ms), (60_000, Some(60_000)));
    assert_eq!(report.total.points, 1.0);
    assert_eq!(logged_answers(&fixture).len(), 1, "items without time for an answer are not logged");
    assert_eq!(report.items.iter().map(|item| item.spent_ms).sum::<i64>(), 60_000);
}

#[test]
fn the_last_minute_is_announced_once_and_an_answer_after_the_end_does_not_count() {
    let mut fixture = attempt_with(TestSetup { minutes: Some(2), ..graded_kinds() });
    let left = active_attempt(&fixture).remaining_ms().expect("a limit");
    let_time_pass(&mut fixture, left - 60_001);
    assert_eq!(fixture.notice(), "");
    let_time_pass(&mut fixture, 1_000);
    assert_eq!(fixture.notice(), "One minute left.");
    let_time_pass(&mut fixture, 10_000);
    assert_eq!(fixture.notice(), "", "the notice disappears by itself");
    let_time_pass(&mut fixture, 48_000);
    let late = answers(active_attempt(&fixture));
    fixture.now = later(&fixture.now, 50_000);
    answer(&mut fixture);
    let report = &completed_attempt(&fixture).report;
    assert!(report.timed_out);
    assert_eq!(report.spent_ms, 120_000);
    assert!(report.items.iter().all(|item| !item.answered), "an answer after the end does not count");
    assert_eq!(late.values().filter(|(response, ..)| response.is_some()).count(), 0);
}

#[test]
fn moving_the_cursor_in_an_ordering_is_no_answer() {
    let mut fixture = attempt_with(TestSetup { kinds: vec![Kind::Order], ..all_kinds() });
    let draft = active_attempt(&fixture).active_card().draft.clone();
    apply_test(&mut fixture, TestCommand::SetDraft(draft.move_cursor(1, false).expect("another line")));
    assert_eq!(active_attempt(&fixture).answer_status(0), AnswerStatus::Unanswered);
    assert_ne!(active_attempt(&fixture).active_card().draft, draft, "the cursor moved");
    let draft = active_attempt(&fixture).active_card().draft.clone();
    apply_test(&mut fixture, TestCommand::SetDraft(draft.move_cursor(1, true).expect("a move")));
    assert_eq!(active_attempt(&fixture).answer_status(0), AnswerStatus::Answered);
    assert!(active_attempt(&fixture).is_saved());
}

#[test]
fn time_asleep_does_not_count_for_a_test() {
    let mut fixture = attempt_with(TestSetup { minutes: Some(5), ..graded_kinds() });
    let_time_pass(&mut fixture, 60_000);
    let left = active_attempt(&fixture).remaining_ms().expect("a limit");
    fixture.now = later(&fixture.now, 9 * HOUR);
    fixture.app.tick(&fixture.now);
    assert_eq!(active_attempt(&fixture).remaining_ms(), Some(left));
    let_time_pass(&mut fixture, 10_000);
    assert_eq!(active_attempt(&fixture).remaining_ms(), Some(left - 10_000));
}

#[test]
fn a_timed_test_repaints_the_window_once_a_second_and_an_untimed_one_rarely() {
    let fixture = attempt_with(TestSetup { minutes: Some(5), ..graded_kinds() });
    let wait = fixture.app.next_tick_ms(&fixture.now) - fixture.now.ms();
    assert!((1..=1_000).contains(&wait), "{wait}");
    let mut fixture = attempt_with(graded_kinds());
    assert_eq!(fixture.app.next_tick_ms(&fixture.now) - fixture.now.ms(), 20_000);
    apply_test(&mut fixture, TestCommand::Pause);
    assert!(fixture.app.next_tick_ms(&fixture.now) - fixture.now.ms() > HOUR, "a paused test never repaints");
}

#[test]
fn an_edit_of_the_deck_leaves_a_running_test_alone_and_moves_its_card() {
    let mut fixture = AppFixture::studying();
    for _ in 0..11 {
        fixture.study(true);
    }
    let studied = fixture.stored_events().len();
    begin_attempt(&mut fixture, TestSetup { moves_schedule: true, ..graded_kinds() }, "K7Q-F2M");
    let before = active_attempt(&fixture).test.clone();
    let edited = KINDS.replace("Which year?", "In which year?").replace("\"Busan\"", "\"Incheon\"");
    fixture.save_deck("kinds.ron", &edited);
    assert_eq!(active_attempt(&fixture).test, before);
    answer_where(&mut fixture, |_| true);
    let renamed = edited.replace("id: \"number\"", "id: \"year\", formerly: [\"kinds/number\"]");
    fixture.save_deck("kinds.ron", &renamed);
    hand_in(&mut fixture);
    assert_eq!(
        completed_attempt(&fixture).report.total.points,
        10.0,
        "graded by the question as it was drawn"
    );
    let of_test = fixture.stored_events().split_off(studied);
    let under = |question: &str| {
        let answers = of_test.iter().filter(|event| matches!(event.change, Change::Answer(_)));
        answers.filter(|event| *event.card.question == *question).count()
    };
    assert_eq!((under("number"), under("year")), (0, 1), "logged under the current key");
}

#[test]
fn a_test_can_be_discarded_and_another_begun_with_the_last_setup() {
    let mut fixture = attempt_with(TestSetup { question_count: 3, ..graded_kinds() });
    answer(&mut fixture);
    apply_test(&mut fixture, TestCommand::Pause);
    apply_test(&mut fixture, TestCommand::Begin);
    assert!(fixture.notice().contains("unfinished test"), "{}", fixture.notice());
    apply_test(&mut fixture, TestCommand::Discard);
    let mut fixture = fixture.reopen();
    assert!(fixture.app.tests().paused().is_none());
    assert_eq!(logged_answers(&fixture), []);
    assert_eq!(fixture.app.tests().setup().question_count, 3);
    fixture.apply(Command::Set(Setting::RolloverHour(5)));
    apply_test(&mut fixture, TestCommand::Begin);
    assert_eq!(active_attempt(&fixture).test.setup.mix, Mix::Random);
    assert_eq!(active_attempt(&fixture).test.items.len(), 3);
    apply_test(&mut fixture, TestCommand::Pause);
    apply_test(&mut fixture, TestCommand::Discard);
    apply_test(&mut fixture, TestCommand::SetCode("hello".to_owned()));
    apply_test(&mut fixture, TestCommand::Begin);
    assert!(fixture.notice().contains("six letters and digits"), "{}", fixture.notice());
    apply_test(&mut fixture, TestCommand::NewCode);
    apply_test(
        &mut fixture,
        TestCommand::SetSetup(TestSetup { decks: vec!["gone".into()], ..TestSetup::default() }),
    );
    apply_test(&mut fixture, TestCommand::Begin);
    assert!(fixture.notice().contains("No matching questions"), "{}", fixture.notice());
}

#[test]
fn an_unreadable_setup_is_set_aside_and_begin_with_saves_no_setup() {
    let fixture = AppFixture::new();
    let file = fixture.folder().join("test.ron");
    std::fs::write(&file, "(number: 7, decks: [\"kin").expect("a file");
    let mut fixture = fixture.reopen();
    let kept =
        |fixture: &AppFixture| std::fs::read_to_string(fixture.folder().join("test.ron")).expect("a file");
    let broken = kept(&fixture);
    apply_test(&mut fixture, TestCommand::BeginWith(TestSetup { question_count: 2, ..graded_kinds() }));
    assert_eq!(active_attempt(&fixture).test.items.len(), 2);
    assert_eq!((kept(&fixture), fixture.app.tests().setup()), (broken.clone(), &TestSetup::default()));
    apply_test(&mut fixture, TestCommand::SetSetup(TestSetup { question_count: 3, ..graded_kinds() }));
    assert!(kept(&fixture).contains("number: 3"));
    let aside = std::fs::read_to_string(fixture.folder().join("test.ron.unreadable")).expect("it was kept");
    assert_eq!(aside, broken);
}

#[test]
fn answers_belong_to_the_day_of_answering_however_late_the_test_is_completed() {
    let mut fixture = attempt_with(TestSetup { moves_schedule: true, ..all_kinds() });
    let monday = fixture.now.day();
    let mut given: Vec<i64> = Vec::new();
    for item in 0..10 {
        apply_test(&mut fixture, TestCommand::ShowItem(item));
        answer(&mut fixture);
        given.push(fixture.now.ms());
    }
    apply_test(&mut fixture, TestCommand::Pause);
    fixture.pass_days(1);
    apply_test(&mut fixture, TestCommand::Continue);
    apply_test(&mut fixture, TestCommand::ShowItem(10));
    apply_test(&mut fixture, TestCommand::HandIn);
    let handed_in = fixture.now.ms();
    assert!(fixture.app.tests().is_self_grading());
    let mut fixture = fixture.reopen();
    fixture.pass_days(2);
    apply_test(&mut fixture, TestCommand::Continue);
    while fixture.app.tests().is_self_grading() {
        apply_test(&mut fixture, TestCommand::SelfGrade(linchpin::domain::attempt::SelfGrade::Right));
    }
    let events = fixture.stored_events();
    assert_eq!(events.iter().map(|event| event.stamp.day).collect::<Vec<_>>()[..10], [monday; 10]);
    given.push(handed_in);
    assert_eq!(events.iter().map(|event| event.stamp.utc_ms).collect::<Vec<_>>(), given);
    assert_eq!(events[10].stamp.day, monday.plus(1), "an open item is logged at the time of handing in");
    let state = fixture.state(&events[0].card);
    assert_eq!((state.first_day, state.last_day), (Some(monday), Some(monday)));
    let states = fixture.states();
    assert_eq!(fixture.reopen().states(), states);
}
