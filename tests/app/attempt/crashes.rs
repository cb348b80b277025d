//! A test goes on exactly where the program died.

use linchpin::app::draft::Draft;
use linchpin::app::test::TestCommand;
use linchpin::app::{App, Command, Dirs, Screen};
use linchpin::domain::event::Confidence;
use linchpin::domain::task::Response;
use linchpin::domain::test::{Phase, Setup, Worth};

use super::sitting::{all_kinds, answers, begin, desk_with, logged, past, phase, right, running, test, wait};
use crate::desk::Desk;
use crate::learner::{HOUR, later};

/// What a learner does, step by step, until everything is handed in.
fn deeds(desk: &Desk) -> Vec<TestCommand> {
    let items = running(desk).paper.items.len();
    let mut deeds = Vec::new();
    for item in 0..items {
        deeds.push(TestCommand::Show(item));
        if item % 4 != 3 {
            // Stands for the right answer of the item shown then.
            deeds.push(TestCommand::Answer(Response::Recalled));
        }
        if item % 3 == 0 {
            deeds.push(TestCommand::Flag);
        }
        if item % 2 == 0 {
            deeds.push(TestCommand::Confide(Confidence::Sure));
        }
        if item == 5 {
            deeds.extend([TestCommand::Previous, TestCommand::Overview(true), TestCommand::Overview(false)]);
        }
    }
    deeds.push(TestCommand::HandIn);
    deeds
}

fn carry_out(desk: &mut Desk, deed: &TestCommand) {
    match deed {
        TestCommand::Answer(_) => {
            let response = right(desk);
            test(desk, TestCommand::Answer(response));
        }
        other => test(desk, other.clone()),
    }
}

fn judge_all(desk: &mut Desk) {
    while desk.app.is_judging() {
        test(desk, TestCommand::Judge(Worth::Partly));
    }
}

/// The program is killed, an hour goes by, it is opened and the test continued.
fn crash(desk: Desk) -> Desk {
    let mut desk = desk.reopen();
    desk.now = later(&desk.now, HOUR);
    desk.app.tick(&desk.now);
    assert!(desk.app.tests().running().is_none() && desk.app.tests().left().is_some());
    test(&mut desk, TestCommand::Continue);
    desk
}

#[test]
fn killed_between_any_two_steps_it_goes_on_with_every_answer_and_ends_the_same() {
    let mut desk = desk_with(all_kinds());
    let all = deeds(&desk);
    all.iter().for_each(|deed| carry_out(&mut desk, deed));
    judge_all(&mut desk);
    let undisturbed = past(&desk).report.clone();

    for cut in 0..all.len() {
        let mut desk = desk_with(all_kinds());
        all[..cut].iter().for_each(|deed| carry_out(&mut desk, deed));
        let before = (answers(running(&desk)), running(&desk).sitting.at());
        let mut desk = crash(desk);
        assert_eq!((answers(running(&desk)), running(&desk).sitting.at()), before, "after {cut} steps");
        all[cut..].iter().for_each(|deed| carry_out(&mut desk, deed));
        judge_all(&mut desk);
        let report = &past(&desk).report;
        let worth = |report: &linchpin::domain::test::Report| {
            let items = report.items.iter();
            items
                .map(|item| (item.card.clone(), item.response.clone(), item.verdict.score))
                .collect::<Vec<_>>()
        };
        assert_eq!(worth(report), worth(&undisturbed));
        assert!(report.spent_ms < 2 * undisturbed.spent_ms, "the hour does not count");
        assert_eq!(logged(&desk).len(), 11, "every answer once");
    }
}

#[test]
fn what_is_being_typed_is_kept_a_second_after_the_last_letter() {
    let setup = Setup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut desk = desk_with(setup);
    desk.now = later(&desk.now, 100);
    desk.app.apply(Command::Test(TestCommand::SetDraft(Draft::Text("Bus".to_owned()))), &desk.now);
    assert!(!running(&desk).is_saved());
    assert_eq!(running(&desk).response(), None);
    assert!(desk.app.next_tick_ms(&desk.now) <= desk.now.ms() + 1_000);
    wait(&mut desk, 1_000);
    assert!(running(&desk).is_saved());
    let mut desk = crash(desk);
    assert_eq!(running(&desk).response(), Some(&Response::Text("Bus".to_owned())));
    assert_eq!(running(&desk).asked().draft, Draft::Text("Bus".to_owned()));
    // What was not kept is kept when the test is left.
    test(&mut desk, TestCommand::SetDraft(Draft::Text("Busan".to_owned())));
    test(&mut desk, TestCommand::Leave);
    let desk = crash(desk);
    assert_eq!(running(&desk).response(), Some(&Response::Text("Busan".to_owned())));
}

#[test]
fn who_types_without_a_pause_loses_half_a_minute_at_most() {
    let setup = Setup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut desk = desk_with(setup);
    for letters in 1..=120 {
        wait(&mut desk, 500);
        let draft = Draft::Text("x".repeat(letters));
        desk.app.apply(Command::Test(TestCommand::SetDraft(draft)), &desk.now);
    }
    assert!(!running(&desk).is_saved());
    let desk = crash(desk);
    let Some(Response::Text(text)) = running(&desk).response() else { panic!("an answer") };
    assert!(text.len() >= 60, "{} of 120 letters, two a second", text.len());
}

#[test]
fn killed_while_answers_are_judged_it_asks_for_the_rest_only_and_logs_nothing_before() {
    let mut desk = Desk::new();
    desk.save(
        "own.ron",
        r#"Deck(format: 1, id: "own", title: "Own", topics: {"a": "A"}, questions: [
            (id: "one", topic: "a", prompt: "One?", answer: Recall("1")),
            (id: "two", topic: "a", prompt: "Two?", answer: Recall("2")),
            (id: "three", topic: "a", prompt: "Three?", answer: Recall("3")),
        ])"#,
    );
    begin(&mut desk, Setup { decks: vec!["own".into()], ..all_kinds() }, "K7Q-F2M");
    for item in 0..2 {
        test(&mut desk, TestCommand::Show(item));
        test(&mut desk, TestCommand::Answer(Response::Text("mine".to_owned())));
    }
    test(&mut desk, TestCommand::HandIn);
    assert_eq!(phase(&desk), Phase::Judging);
    assert_eq!(
        running(&desk).to_judge().collect::<Vec<_>>(),
        [0, 1],
        "what was left open is not asked about"
    );
    test(&mut desk, TestCommand::Judge(Worth::Right));
    assert_eq!(logged(&desk), []);
    let mut desk = crash(desk);
    assert_eq!(running(&desk).to_judge().collect::<Vec<_>>(), [1]);
    assert_eq!(running(&desk).at(), 1);
    test(&mut desk, TestCommand::Judge(Worth::Partly));
    let scores: Vec<f64> = past(&desk).report.items.iter().map(|item| item.verdict.score).collect();
    assert_eq!(scores, [1.0, 0.5, 0.0]);
    assert_eq!(logged(&desk).len(), 2, "the third was never seen");
    let desk = desk.reopen();
    assert!(desk.app.tests().left().is_none());
}

#[test]
fn leaving_for_another_screen_pauses_and_keeps_everything() {
    let mut desk = desk_with(Setup { minutes: Some(10), ..all_kinds() });
    test(&mut desk, TestCommand::Next);
    wait(&mut desk, 30_000);
    let left = running(&desk).left_ms();
    desk.now = later(&desk.now, 0);
    desk.app.apply(Command::Go(Screen::Scores), &desk.now);
    assert!(desk.app.tests().running().is_none());
    assert_eq!(desk.app.tests().left().and_then(|it| it.left_ms()), left);
    wait(&mut desk, 300_000);
    desk.app.apply(Command::Test(TestCommand::Continue), &desk.now);
    assert_eq!((running(&desk).left_ms(), running(&desk).at()), (left, 1), "its time stood still");
    // A reading command beside it sees the same.
    let other = App::open_read_only(Dirs::in_folder(desk.folder()), &desk.now).expect("readable");
    assert_eq!(other.tests().left().expect("unfinished").id, running(&desk).id);
}

/// No step of a test can be written, or can again.
fn fill_the_disk(desk: &Desk, full: bool) {
    let other = rusqlite::Connection::open(desk.folder().join("progress.db")).expect("a file");
    let statement = match full {
        true => "CREATE TRIGGER no BEFORE INSERT ON test_step BEGIN SELECT RAISE(ABORT, 'full'); END",
        false => "DROP TRIGGER no",
    };
    other.execute_batch(statement).expect("done");
}

#[test]
fn where_the_last_answer_cannot_be_saved_the_test_stays() {
    let setup = Setup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() };
    let mut desk = desk_with(setup);
    test(&mut desk, TestCommand::SetDraft(Draft::Text("Busan".to_owned())));
    fill_the_disk(&desk, true);
    let goal = linchpin::app::goals::GoalCommand::New;
    let start = Command::Start(crate::desk::kinds(), linchpin::app::command::Take::Today);
    for command in [Command::Go(Screen::Scores), start, Command::Goal(goal), Command::Quit] {
        desk.now = later(&desk.now, 100);
        assert_eq!(desk.app.apply(command.clone(), &desk.now), None, "{command:?}");
        assert!(desk.notice().starts_with("This answer is not saved yet."), "{command:?}: {}", desk.notice());
        assert_eq!(running(&desk).asked().draft, Draft::Text("Busan".to_owned()));
        assert!(desk.app.study().is_none() && desk.app.goals().page().is_none());
        assert_eq!(desk.app.screen(), Screen::Test);
    }
    fill_the_disk(&desk, false);
    assert_eq!(desk.app.apply(Command::Quit, &desk.now), Some(linchpin::app::Effect::Quit));
    let desk = crash(desk);
    assert_eq!(running(&desk).response(), Some(&Response::Text("Busan".to_owned())));
}

#[test]
fn the_page_of_an_exam_leaves_the_test() {
    let mut desk = desk_with(all_kinds());
    desk.apply(Command::Goal(linchpin::app::goals::GoalCommand::New));
    assert!(desk.app.tests().left().is_some() && !desk.app.tests().is_running());
    assert!(desk.app.goals().page().is_some());
}
