//! A test continues exactly where the program was killed.

use linchpin::app::attempt::TestCommand;
use linchpin::app::draft::Draft;
use linchpin::app::study::StudyCommand;
use linchpin::app::{App, Command, Dirs, Screen};
use linchpin::domain::attempt::{AttemptPhase, SelfGrade, TestSetup};
use linchpin::domain::event::Confidence;
use linchpin::domain::task::Response;

use super::driver::{
    active_attempt, all_kinds, answers, apply_test, attempt_with, begin_attempt, completed_attempt,
    let_time_pass, logged_answers, phase, right_response,
};
use crate::fixtures::time::{HOUR, later};
use crate::fixtures::{AppFixture, kinds};

/// What a learner does, step by step, until everything is handed in.
fn commands_of_an_attempt(fixture: &AppFixture) -> Vec<TestCommand> {
    let items = active_attempt(fixture).test.items.len();
    let mut commands = Vec::new();
    for item in 0..items {
        commands.push(TestCommand::ShowItem(item));
        if item % 4 != 3 {
            // Stands for the right answer to the item shown at that step.
            commands.push(TestCommand::Answer(Response::Recall));
        }
        if item % 3 == 0 {
            commands.push(TestCommand::Flag);
        }
        if item % 2 == 0 {
            commands.push(TestCommand::SetConfidence(Confidence::Sure));
        }
        if item == 5 {
            commands.extend([
                TestCommand::Previous,
                TestCommand::ShowOverview(true),
                TestCommand::ShowOverview(false),
            ]);
        }
    }
    commands.push(TestCommand::HandIn);
    commands
}

fn apply_step(fixture: &mut AppFixture, command: &TestCommand) {
    match command {
        TestCommand::Answer(_) => {
            let response = right_response(fixture);
            apply_test(fixture, TestCommand::Answer(response));
        }
        other => apply_test(fixture, other.clone()),
    }
}

fn self_grade_all(fixture: &mut AppFixture) {
    while fixture.app.tests().is_self_grading() {
        apply_test(fixture, TestCommand::SelfGrade(SelfGrade::Partly));
    }
}

/// The program is killed, opened an hour later, and the test is continued.
fn crash(fixture: AppFixture) -> AppFixture {
    let mut fixture = fixture.reopen();
    fixture.now = later(&fixture.now, HOUR);
    fixture.app.tick(&fixture.now);
    assert!(fixture.app.tests().active().is_none() && fixture.app.tests().paused().is_some());
    apply_test(&mut fixture, TestCommand::Continue);
    fixture
}

#[test]
fn a_test_killed_between_any_two_steps_keeps_every_answer_and_ends_the_same() {
    let mut fixture = attempt_with(all_kinds());
    let all = commands_of_an_attempt(&fixture);
    all.iter().for_each(|command| apply_step(&mut fixture, command));
    self_grade_all(&mut fixture);
    let undisturbed = completed_attempt(&fixture).report.clone();

    for cut in 0..all.len() {
        let mut fixture = attempt_with(all_kinds());
        all[..cut].iter().for_each(|command| apply_step(&mut fixture, command));
        let before = (answers(active_attempt(&fixture)), active_attempt(&fixture).attempt.current_item());
        let mut fixture = crash(fixture);
        assert_eq!(
            (answers(active_attempt(&fixture)), active_attempt(&fixture).attempt.current_item()),
            before,
            "after {cut} steps"
        );
        all[cut..].iter().for_each(|command| apply_step(&mut fixture, command));
        self_grade_all(&mut fixture);
        let report = &completed_attempt(&fixture).report;
        let worth = |report: &linchpin::domain::attempt::TestReport| {
            let items = report.items.iter();
            items
                .map(|item| (item.card.clone(), item.response.clone(), item.verdict.score))
                .collect::<Vec<_>>()
        };
        assert_eq!(worth(report), worth(&undisturbed));
        assert!(report.spent_ms < 2 * undisturbed.spent_ms, "the hour does not count");
        assert_eq!(logged_answers(&fixture).len(), 11, "every answer once");
    }
}

#[test]
fn typed_text_is_saved_a_second_after_the_last_letter() {
    let setup = TestSetup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut fixture = attempt_with(setup);
    fixture.now = later(&fixture.now, 100);
    fixture.app.apply(Command::Test(TestCommand::SetDraft(Draft::Typed("Bus".to_owned()))), &fixture.now);
    assert!(!active_attempt(&fixture).is_saved());
    assert_eq!(active_attempt(&fixture).response(), None);
    assert!(fixture.app.next_tick_ms(&fixture.now) <= fixture.now.ms() + 1_000);
    let_time_pass(&mut fixture, 1_000);
    assert!(active_attempt(&fixture).is_saved());
    let mut fixture = crash(fixture);
    assert_eq!(active_attempt(&fixture).response(), Some(&Response::Typed("Bus".to_owned())));
    assert_eq!(active_attempt(&fixture).active_card().draft, Draft::Typed("Bus".to_owned()));
    // The last letters are saved when the learner leaves the test.
    apply_test(&mut fixture, TestCommand::SetDraft(Draft::Typed("Busan".to_owned())));
    apply_test(&mut fixture, TestCommand::Pause);
    let fixture = crash(fixture);
    assert_eq!(active_attempt(&fixture).response(), Some(&Response::Typed("Busan".to_owned())));
}

#[test]
fn a_crash_costs_at_most_half_a_minute_of_typing_without_a_pause() {
    let setup = TestSetup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut fixture = attempt_with(setup);
    for letters in 1..=120 {
        let_time_pass(&mut fixture, 500);
        let draft = Draft::Typed("x".repeat(letters));
        fixture.app.apply(Command::Test(TestCommand::SetDraft(draft)), &fixture.now);
    }
    assert!(!active_attempt(&fixture).is_saved());
    let fixture = crash(fixture);
    let Some(Response::Typed(text)) = active_attempt(&fixture).response() else { panic!("an answer") };
    assert!(text.len() >= 60, "{} of 120 letters, two a second", text.len());
}

#[test]
fn a_test_killed_during_self_grading_asks_only_for_the_rest_and_logs_nothing_before() {
    let mut fixture = AppFixture::new();
    fixture.save_deck(
        "own.ron",
        r#"Deck(format: 1, id: "own", title: "Own", topics: {"a": "A"}, questions: [
            (id: "one", topic: "a", prompt: "One?", answer: Recall("1")),
            (id: "two", topic: "a", prompt: "Two?", answer: Recall("2")),
            (id: "three", topic: "a", prompt: "Three?", answer: Recall("3")),
        ])"#,
    );
    begin_attempt(&mut fixture, TestSetup { decks: vec!["own".into()], ..all_kinds() }, "K7Q-F2M");
    for item in 0..2 {
        apply_test(&mut fixture, TestCommand::ShowItem(item));
        apply_test(&mut fixture, TestCommand::Answer(Response::Typed("mine".to_owned())));
    }
    apply_test(&mut fixture, TestCommand::HandIn);
    assert_eq!(phase(&fixture), AttemptPhase::SelfGrading);
    assert_eq!(
        active_attempt(&fixture).items_to_self_grade().collect::<Vec<_>>(),
        [0, 1],
        "unanswered items are not graded by the learner"
    );
    apply_test(&mut fixture, TestCommand::SelfGrade(SelfGrade::Right));
    assert_eq!(logged_answers(&fixture), []);
    let mut fixture = crash(fixture);
    assert_eq!(active_attempt(&fixture).items_to_self_grade().collect::<Vec<_>>(), [1]);
    assert_eq!(active_attempt(&fixture).current_item(), 1);
    apply_test(&mut fixture, TestCommand::SelfGrade(SelfGrade::Partly));
    let scores: Vec<f64> =
        completed_attempt(&fixture).report.items.iter().map(|item| item.verdict.score).collect();
    assert_eq!(scores, [1.0, 0.5, 0.0]);
    assert_eq!(logged_answers(&fixture).len(), 2, "the third was never seen");
    let fixture = fixture.reopen();
    assert!(fixture.app.tests().paused().is_none());
}

#[test]
fn leaving_for_another_screen_pauses_the_test_and_saves_everything() {
    let mut fixture = attempt_with(TestSetup { minutes: Some(10), ..all_kinds() });
    apply_test(&mut fixture, TestCommand::Next);
    let_time_pass(&mut fixture, 30_000);
    let left = active_attempt(&fixture).remaining_ms();
    fixture.now = later(&fixture.now, 0);
    fixture.app.apply(Command::Go(Screen::Scores), &fixture.now);
    assert!(fixture.app.tests().active().is_none());
    assert_eq!(fixture.app.tests().paused().and_then(|it| it.remaining_ms()), left);
    let_time_pass(&mut fixture, 300_000);
    fixture.app.apply(Command::Test(TestCommand::Continue), &fixture.now);
    assert_eq!(
        (active_attempt(&fixture).remaining_ms(), active_attempt(&fixture).current_item()),
        (left, 1),
        "its time did not run"
    );
    // A command that only reads sees the same at the same time.
    let other = App::open_read_only(Dirs::in_folder(fixture.folder()), &fixture.now).expect("readable");
    assert_eq!(other.tests().paused().expect("unfinished").id, active_attempt(&fixture).id);
}

/// Lets every write of a test event fail (`full`), or succeed again.
fn fill_the_disk(fixture: &AppFixture, full: bool) {
    let other = rusqlite::Connection::open(fixture.folder().join("progress.db")).expect("a file");
    let statement = match full {
        true => "CREATE TRIGGER no BEFORE INSERT ON test_step BEGIN SELECT RAISE(ABORT, 'full'); END",
        false => "DROP TRIGGER no",
    };
    other.execute_batch(statement).expect("done");
}

#[test]
fn a_test_whose_last_answer_cannot_be_saved_stays_open() {
    let setup = TestSetup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut fixture = attempt_with(setup);
    apply_test(&mut fixture, TestCommand::SetDraft(Draft::Typed("Busan".to_owned())));
    fill_the_disk(&fixture, true);
    let goal = linchpin::app::goals::GoalCommand::New;
    let start = Command::Study(StudyCommand::Start(kinds(), linchpin::app::study::SessionKind::Today));
    for command in [Command::Go(Screen::Scores), start, Command::Goal(goal), Command::Quit] {
        fixture.now = later(&fixture.now, 100);
        assert_eq!(fixture.app.apply(command.clone(), &fixture.now), None, "{command:?}");
        assert!(
            fixture.notice().starts_with("This answer is not saved yet."),
            "{command:?}: {}",
            fixture.notice()
        );
        assert_eq!(active_attempt(&fixture).active_card().draft, Draft::Typed("Busan".to_owned()));
        assert!(fixture.app.active_session().is_none() && fixture.app.goals().page().is_none());
        assert_eq!(fixture.app.screen(), Screen::Test);
    }
    fill_the_disk(&fixture, false);
    assert_eq!(fixture.app.apply(Command::Quit, &fixture.now), Some(linchpin::app::Effect::Quit));
    let fixture = crash(fixture);
    assert_eq!(active_attempt(&fixture).response(), Some(&Response::Typed("Busan".to_owned())));
}

#[test]
fn opening_the_page_of_an_exam_leaves_the_test() {
    let mut fixture = attempt_with(all_kinds());
    fixture.apply(Command::Goal(linchpin::app::goals::GoalCommand::New));
    assert!(fixture.app.tests().paused().is_some() && !fixture.app.tests().is_active());
    assert!(fixture.app.goals().page().is_some());
}
