//! Completed tests are kept and compared, and stay readable in all later versions.

use linchpin::app::attempt::completed_attempts;
use linchpin::app::attempt::{ReportFormat, TestCommand};
use linchpin::app::{Command, Effect};
use linchpin::domain::attempt::{CompletedAttempt, LoggedAttemptEvent, Mix, TestSetup};

use super::driver::{
    all_kinds, answer_where, apply_test, attempt_with, begin_attempt, completed_attempt, hand_in,
};
use crate::fixtures::KINDS;

#[test]
fn a_report_outlives_its_deck() {
    let mut fixture = attempt_with(all_kinds());
    answer_where(&mut fixture, |item| item != 3);
    hand_in(&mut fixture);
    let (id, report) =
        (fixture.app.tests().report().expect("a report").id, completed_attempt(&fixture).clone());
    std::fs::remove_file(fixture.folder().join("decks/kinds.ron")).expect("removed");
    let mut fixture = fixture.reopen();
    assert!(fixture.app.library().deck("kinds").is_none());
    fixture.apply(Command::Go(linchpin::app::Screen::Test));
    apply_test(&mut fixture, TestCommand::OpenReport(id));
    assert_eq!(*completed_attempt(&fixture), report);
    for format in [ReportFormat::Html, ReportFormat::Csv] {
        assert_eq!(format.text(completed_attempt(&fixture), "today"), format.text(&report, "today"));
    }
}

#[test]
fn tests_with_the_same_setup_are_compared() {
    let mut fixture = attempt_with(all_kinds());
    answer_where(&mut fixture, |_| false);
    hand_in(&mut fixture);
    let other = TestSetup { question_count: 2, ..all_kinds() };
    begin_attempt(&mut fixture, other, "000-000");
    hand_in(&mut fixture);
    // Counting for the schedule or not makes no difference to the setup.
    begin_attempt(&mut fixture, TestSetup { moves_schedule: true, ..all_kinds() }, "ZZZ-ZZZ");
    answer_where(&mut fixture, |_| true);
    hand_in(&mut fixture);
    let tests = completed_attempts(fixture.app.core()).expect("readable").list;
    assert_eq!(tests.len(), 3);
    assert_eq!((&tests[0].change, &tests[1].change), (&None, &None));
    let since = tests[2].change.as_ref().expect("one before");
    assert!((since.total - 1.0).abs() < 1e-9);
    assert_eq!(since.topics, [Some(1.0), Some(1.0)]);
    assert!(tests.is_sorted_by_key(|test| test.started.utc_ms));
}

#[test]
fn the_report_as_a_page_and_as_a_table_is_complete() {
    let mut fixture = attempt_with(all_kinds());
    answer_where(&mut fixture, |item| item != 0);
    hand_in(&mut fixture);
    let past = completed_attempt(&fixture).clone();
    let page = ReportFormat::Html.text(&past, "23 November 2026");
    for words in [
        "10 <small>of 11",
        "K7Q-F2M",
        "By topic",
        "23 November 2026",
        "not answered",
        "Predicted",
        "@media print",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("http://") && !page.contains("<script"), "the page loads nothing else");
    assert_eq!(page.matches("<li><span class=\"number\">").count(), 11);
    let table = ReportFormat::Csv.text(&past, "");
    assert_eq!(table.lines().count(), 12);
    assert!(table.starts_with(
        "number,deck,topic,id,kind,question,answer,right_answer,score,expected,seconds,state,confidence,note\r\n"
    ));
    assert_eq!(table.matches(",answered,,\r\n").count(), 10);
    assert_eq!(table.matches(",open,,\r\n").count(), 1);

    // Reports go into the folder of exports and replace nothing there.
    for _ in 0..2 {
        apply_test(&mut fixture, TestCommand::ExportReport(ReportFormat::Html));
        assert!(fixture.notice().contains("Written to"), "{}", fixture.notice());
    }
    // Without a browser the file is written all the same, and the notice names it.
    let command = Command::Test(TestCommand::ExportReport(ReportFormat::Html));
    let effect = fixture.app.apply(command, &fixture.now);
    let Some(Effect::ShowWritten { file, in_folder: false }) = effect else { panic!("{effect:?}") };
    assert!(file.is_file());
    fixture.app.notify_file_not_opened(&file, false);
    let message = format!("Saved to {}; no browser could be opened.", file.display());
    assert_eq!(fixture.notice(), message);
    assert!(!fixture.app.notice().expect("a word").is_error);
    std::fs::remove_file(file).expect("a file");
    let written = std::fs::read_dir(fixture.folder().join("exports")).expect("a folder").count();
    assert_eq!(written, 2);
}

#[test]
fn html_in_a_deck_or_an_answer_is_shown_as_text() {
    let mut fixture = attempt_with(all_kinds());
    fixture.save_deck("kinds.ron", &KINDS.replace("Type it.", "Type <b onclick='x'>it</b>."));
    apply_test(&mut fixture, TestCommand::Pause);
    apply_test(&mut fixture, TestCommand::Discard);
    begin_attempt(
        &mut fixture,
        TestSetup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() },
        "K7Q-F2M",
    );
    let typed = linchpin::domain::task::Response::Typed("<script>alert(1)</script>".to_owned());
    apply_test(&mut fixture, TestCommand::Answer(typed));
    hand_in(&mut fixture);
    let page = ReportFormat::Html.text(completed_attempt(&fixture), "<i>day</i>");
    assert!(!page.contains("<script>") && !page.contains("<b onclick") && !page.contains("<i>day"), "{page}");
}

/// A drawn test as the first version with tests wrote it. Every version must read it, so never edit the file.
#[test]
fn a_drawn_test_of_the_first_version_can_still_be_read() {
    let text = include_str!("../../data/test-paper-1.json");
    let test: linchpin::domain::attempt::DrawnTest = serde_json::from_str(text).expect("a drawn test");
    assert!(test.is_whole());
    assert_eq!((test.items.len(), test.code.to_string().as_str()), (11, "K7Q-F2M"));
    let events: Vec<linchpin::domain::attempt::AttemptEvent> =
        serde_json::from_str(include_str!("../../data/test-steps-1.json")).expect("events");
    let events: Vec<LoggedAttemptEvent> = (1..)
        .zip(events)
        .map(|(at, event)| LoggedAttemptEvent { at_ms: at, clock_ms: at * 1_000, event })
        .collect();
    let past = CompletedAttempt::from_events(test.into(), &events).expect("closed");
    assert_eq!((past.report.total.points, past.test.setup.mix), (10.5, Mix::Random));
}

#[test]
fn a_report_opens_without_the_list_and_unreadable_tests_are_counted() {
    let mut fixture = attempt_with(all_kinds());
    hand_in(&mut fixture);
    let (id, started) = fixture.app.tests().report().map(|open| (open.id, open.started)).expect("a report");
    let mut fixture = fixture.reopen();
    assert!(fixture.app.tests().history().is_none(), "the list is not loaded yet");
    apply_test(&mut fixture, TestCommand::OpenReport(id));
    let open = fixture.app.tests().report().map(|open| (open.id, open.started));
    assert_eq!((fixture.notice(), open), ("", Some((id, started))));

    for _ in 0..2 {
        begin_attempt(&mut fixture, all_kinds(), "000-000");
        hand_in(&mut fixture);
    }
    begin_attempt(&mut fixture, all_kinds(), "000-000");
    apply_test(&mut fixture, TestCommand::Pause);
    let other = rusqlite::Connection::open(fixture.folder().join("progress.db")).expect("a file");
    other.execute("UPDATE test SET paper = '{' WHERE seq IN (2, 4)", []).expect("damaged");
    drop(other);
    let mut fixture = fixture.reopen();
    fixture.apply(Command::Go(linchpin::app::Screen::Test));
    assert_eq!(fixture.app.tests().history().map(<[_]>::len), Some(2));
    assert_eq!(fixture.app.tests().unreadable(), 2, "one completed and one paused test");
}
