//! Handing in: once, in time, and into the log.

use linchpin::app::test::{Openness, TestCommand};
use linchpin::app::{Command, Setting};
use linchpin::domain::card::CardState;
use linchpin::domain::event::{Change, Source};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::test::{Mix, Setup};

use super::sitting::{
    all_kinds, answer, answer_those, answers, begin, desk_with, hand_in, logged, past, running, test, wait,
};
use crate::desk::Desk;
use crate::learner::{HOUR, later};

/// Everything but what is judged by its writer.
fn graded_kinds() -> Setup {
    Setup { kinds: Kind::ALL.into_iter().filter(|kind| *kind != Kind::Recall).collect(), ..all_kinds() }
}

#[test]
fn a_test_that_only_measures_is_logged_and_moves_nothing() {
    let mut desk = desk_with(graded_kinds());
    let states = desk.states();
    answer_those(&mut desk, |item| item != 4);
    hand_in(&mut desk);
    let logged = logged(&desk);
    assert_eq!(logged.len(), 10, "one that was seen and left open counts as not known");
    for (card, review) in &logged {
        assert_eq!(review.source, Source::TestUnscheduled);
        let item = past(&desk).report.items.iter().find(|item| item.card == *card).expect("an item");
        assert_eq!(review.score, item.verdict.score);
        assert_eq!(review.rating, if review.score == 1.0 { Rating::Good } else { Rating::Again });
        assert_eq!(i64::from(review.latency_ms), item.spent_ms);
        assert!(item.spent_ms >= 3_000);
        assert_eq!(*desk.app.progress().state(card), CardState::default(), "still new");
    }
    assert_eq!(desk.states(), states);
    let desk = desk.reopen();
    let stats = &desk.app.figures().deck("kinds").expect("a deck").total;
    assert_eq!((stats.accuracy.answers, stats.accuracy.right), (10, 9), "scores count it");
}

#[test]
fn a_test_that_counts_moves_its_cards_as_study_would() {
    let mut desk = desk_with(Setup { counts: true, ..graded_kinds() });
    answer_those(&mut desk, |_| true);
    hand_in(&mut desk);
    for (card, review) in logged(&desk) {
        assert_eq!(review.source, Source::Test);
        let state = desk.state(&card);
        assert_eq!((state.reviews, state.due), (1, Some(review.granted)));
    }
}

#[test]
fn it_is_handed_in_once_and_stands() {
    let mut desk = Desk::studying();
    let studied = desk.study(true);
    desk.apply(Command::EndSession);
    begin(&mut desk, graded_kinds(), "K7Q-F2M");
    answer(&mut desk);
    desk.apply(Command::Undo);
    assert!(desk.notice().contains("answers can be changed until you hand in"), "{}", desk.notice());
    assert!(running(&desk).response().is_some());
    assert_eq!(desk.state(&studied).reviews, 1, "what lies before the test is out of reach");
    hand_in(&mut desk);
    let events = desk.on_disk();
    let tests = desk.app.past_tests().expect("readable").list.len();
    for command in [TestCommand::HandIn, TestCommand::Continue, TestCommand::Flag, TestCommand::Next] {
        test(&mut desk, command);
    }
    desk.apply(Command::Undo);
    assert_eq!(desk.notice(), "Nothing to undo: a test that was handed in stands.");
    desk.apply(Command::Redo);
    let mut desk = desk.reopen();
    desk.apply(Command::Undo);
    assert_eq!(desk.on_disk(), events);
    assert_eq!((desk.app.past_tests().expect("readable").list.len(), tests), (1, 1));
}

#[test]
fn when_the_time_is_over_it_hands_itself_in_with_what_is_there() {
    let mut desk = desk_with(Setup { minutes: Some(1), ..graded_kinds() });
    answer(&mut desk);
    test(&mut desk, TestCommand::Next);
    test(&mut desk, TestCommand::Next);
    let left = running(&desk).left_ms().expect("a limit");
    wait(&mut desk, left - 1);
    assert!(desk.app.tests().is_running(), "one more millisecond");
    assert_eq!(desk.app.next_tick_ms(&desk.now), desk.now.ms() + 1);
    wait(&mut desk, 1);
    let report = &past(&desk).report;
    assert!(report.by_time);
    assert_eq!((report.spent_ms, report.limit_ms), (60_000, Some(60_000)));
    assert_eq!(report.total.points, 1.0);
    assert_eq!(logged(&desk).len(), 1, "nothing is known of what there was no time for");
    assert_eq!(report.items.iter().map(|item| item.spent_ms).sum::<i64>(), 60_000);
}

#[test]
fn the_last_minute_is_told_once_and_late_news_of_the_time_makes_no_more_of_it() {
    let mut desk = desk_with(Setup { minutes: Some(2), ..graded_kinds() });
    let left = running(&desk).left_ms().expect("a limit");
    wait(&mut desk, left - 60_001);
    assert_eq!(desk.notice(), "");
    wait(&mut desk, 1_000);
    assert_eq!(desk.notice(), "One minute left.");
    wait(&mut desk, 10_000);
    assert_eq!(desk.notice(), "", "and goes by itself");
    wait(&mut desk, 48_000);
    let late = answers(running(&desk));
    desk.now = later(&desk.now, 50_000);
    answer(&mut desk);
    let report = &past(&desk).report;
    assert!(report.by_time);
    assert_eq!(report.spent_ms, 120_000);
    assert!(report.items.iter().all(|item| !item.answered), "an answer after the end is none");
    assert_eq!(late.values().filter(|(response, ..)| response.is_some()).count(), 0);
}

#[test]
fn to_look_around_in_an_ordering_is_no_answer() {
    let mut desk = desk_with(Setup { kinds: vec![Kind::Order], ..all_kinds() });
    let draft = running(&desk).asked().draft.clone();
    test(&mut desk, TestCommand::SetDraft(draft.step(1, false).expect("another line")));
    assert_eq!(running(&desk).openness(0), Openness::Open);
    assert_ne!(running(&desk).asked().draft, draft, "it moved all the same");
    let draft = running(&desk).asked().draft.clone();
    test(&mut desk, TestCommand::SetDraft(draft.step(1, true).expect("a move")));
    assert_eq!(running(&desk).openness(0), Openness::Answered);
    assert!(running(&desk).is_saved());
}

#[test]
fn sleep_does_not_cost_time() {
    let mut desk = desk_with(Setup { minutes: Some(5), ..graded_kinds() });
    wait(&mut desk, 60_000);
    let left = running(&desk).left_ms().expect("a limit");
    desk.now = later(&desk.now, 9 * HOUR);
    desk.app.tick(&desk.now);
    assert_eq!(running(&desk).left_ms(), Some(left));
    wait(&mut desk, 10_000);
    assert_eq!(running(&desk).left_ms(), Some(left - 10_000));
}

#[test]
fn a_timed_test_wakes_the_window_once_a_second_and_an_untimed_one_hardly_ever() {
    let desk = desk_with(Setup { minutes: Some(5), ..graded_kinds() });
    let wait = desk.app.next_tick_ms(&desk.now) - desk.now.ms();
    assert!((1..=1_000).contains(&wait), "{wait}");
    let mut desk = desk_with(graded_kinds());
    assert_eq!(desk.app.next_tick_ms(&desk.now) - desk.now.ms(), 20_000);
    test(&mut desk, TestCommand::Leave);
    assert!(desk.app.next_tick_ms(&desk.now) - desk.now.ms() > HOUR, "then not at all");
}

#[test]
fn an_edit_of_the_deck_changes_nothing_in_a_test_and_its_card_may_move() {
    let mut desk = Desk::studying();
    for _ in 0..11 {
        desk.study(true);
    }
    let studied = desk.on_disk().len();
    begin(&mut desk, Setup { counts: true, ..graded_kinds() }, "K7Q-F2M");
    let before = running(&desk).paper.clone();
    let edited =
        crate::desk::KINDS.replace("Which year?", "In which year?").replace("\"Busan\"", "\"Incheon\"");
    desk.save("kinds.ron", &edited);
    assert_eq!(running(&desk).paper, before);
    answer_those(&mut desk, |_| true);
    let renamed = edited.replace("id: \"number\"", "id: \"year\", formerly: [\"kinds/number\"]");
    desk.save("kinds.ron", &renamed);
    hand_in(&mut desk);
    assert_eq!(past(&desk).report.total.points, 10.0, "graded as it was asked");
    let of_test = desk.on_disk().split_off(studied);
    let under = |question: &str| {
        let answers = of_test.iter().filter(|event| matches!(event.change, Change::Answer(_)));
        answers.filter(|event| *event.card.question == *question).count()
    };
    assert_eq!((under("number"), under("year")), (0, 1), "logged where it belongs now");
}

#[test]
fn a_test_can_be_given_up_and_another_begun_and_the_last_setup_is_remembered() {
    let mut desk = desk_with(Setup { number: 3, ..graded_kinds() });
    answer(&mut desk);
    test(&mut desk, TestCommand::Leave);
    test(&mut desk, TestCommand::Begin);
    assert!(desk.notice().contains("not finished"), "{}", desk.notice());
    test(&mut desk, TestCommand::Discard);
    let mut desk = desk.reopen();
    assert!(desk.app.tests().left().is_none());
    assert_eq!(logged(&desk), []);
    assert_eq!(desk.app.tests().setup().number, 3);
    desk.apply(Command::Set(Setting::RolloverHour(5)));
    test(&mut desk, TestCommand::Begin);
    assert_eq!(running(&desk).paper.setup.mix, Mix::Random);
    assert_eq!(running(&desk).paper.items.len(), 3);
    test(&mut desk, TestCommand::Leave);
    test(&mut desk, TestCommand::Discard);
    test(&mut desk, TestCommand::SetCode("hello".to_owned()));
    test(&mut desk, TestCommand::Begin);
    assert!(desk.notice().contains("six letters and digits"), "{}", desk.notice());
    test(&mut desk, TestCommand::NewCode);
    test(&mut desk, TestCommand::SetSetup(Setup { decks: vec!["gone".into()], ..Setup::default() }));
    test(&mut desk, TestCommand::Begin);
    assert!(desk.notice().contains("No question fits"), "{}", desk.notice());
}

#[test]
fn a_setup_that_cannot_be_read_is_set_aside_and_one_begun_once_is_not_kept() {
    let desk = Desk::new();
    let file = desk.folder().join("test.ron");
    std::fs::write(&file, "(number: 7, decks: [\"kin").expect("a file");
    let mut desk = desk.reopen();
    let kept = |desk: &Desk| std::fs::read_to_string(desk.folder().join("test.ron")).expect("a file");
    let broken = kept(&desk);
    test(&mut desk, TestCommand::BeginAs(Setup { number: 2, ..graded_kinds() }));
    assert_eq!(running(&desk).paper.items.len(), 2);
    assert_eq!((kept(&desk), desk.app.tests().setup()), (broken.clone(), &Setup::default()));
    test(&mut desk, TestCommand::SetSetup(Setup { number: 3, ..graded_kinds() }));
    assert!(kept(&desk).contains("number: 3"));
    let aside = std::fs::read_to_string(desk.folder().join("test.ron.unreadable")).expect("it was kept");
    assert_eq!(aside, broken);
}

#[test]
fn answers_are_of_the_day_they_were_given_on_however_late_the_test_is_closed() {
    let mut desk = desk_with(Setup { counts: true, ..all_kinds() });
    let monday = desk.now.day();
    let mut given: Vec<i64> = Vec::new();
    for item in 0..10 {
        test(&mut desk, TestCommand::Show(item));
        answer(&mut desk);
        given.push(desk.now.ms());
    }
    test(&mut desk, TestCommand::Leave);
    desk.sleep(1);
    test(&mut desk, TestCommand::Continue);
    test(&mut desk, TestCommand::Show(10));
    test(&mut desk, TestCommand::HandIn);
    let handed_in = desk.now.ms();
    assert!(desk.app.is_judging());
    let mut desk = desk.reopen();
    desk.sleep(2);
    test(&mut desk, TestCommand::Continue);
    while desk.app.is_judging() {
        test(&mut desk, TestCommand::Judge(linchpin::domain::test::Worth::Right));
    }
    let events = desk.on_disk();
    assert_eq!(events.iter().map(|event| event.stamp.day).collect::<Vec<_>>()[..10], [monday; 10]);
    given.push(handed_in);
    assert_eq!(events.iter().map(|event| event.stamp.utc_ms).collect::<Vec<_>>(), given);
    assert_eq!(events[10].stamp.day, monday.plus(1), "what was left open, when it was handed in");
    let state = desk.state(&events[0].card);
    assert_eq!((state.first_day, state.last_day), (Some(monday), Some(monday)));
    let states = desk.states();
    assert_eq!(desk.reopen().states(), states);
}
