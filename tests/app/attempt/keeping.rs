//! Tests of the past are kept, compared, and readable for ever.

use linchpin::app::test::{ReportAs, TestCommand};
use linchpin::app::{Command, Effect};
use linchpin::domain::test::{Mix, Past, Setup, Step};

use super::sitting::{all_kinds, answer_those, begin, desk_with, hand_in, past, test};
use crate::desk::KINDS;

#[test]
fn a_report_outlives_its_deck() {
    let mut desk = desk_with(all_kinds());
    answer_those(&mut desk, |item| item != 3);
    hand_in(&mut desk);
    let (id, report) = (desk.app.tests().report().expect("a report").id, past(&desk).clone());
    std::fs::remove_file(desk.folder().join("decks/kinds.ron")).expect("removed");
    let mut desk = desk.reopen();
    assert!(desk.app.library().deck("kinds").is_none());
    desk.apply(Command::Go(linchpin::app::Screen::Test));
    test(&mut desk, TestCommand::Open(id));
    assert_eq!(*past(&desk), report);
    for format in [ReportAs::Html, ReportAs::Csv] {
        assert_eq!(format.text(past(&desk), "today"), format.text(&report, "today"));
    }
}

#[test]
fn tests_of_the_same_setup_are_held_beside_each_other() {
    let mut desk = desk_with(all_kinds());
    answer_those(&mut desk, |_| false);
    hand_in(&mut desk);
    let other = Setup { number: 2, ..all_kinds() };
    begin(&mut desk, other, "000-000");
    hand_in(&mut desk);
    // Whether it counts for the schedule makes no other test of it.
    begin(&mut desk, Setup { counts: true, ..all_kinds() }, "ZZZ-ZZZ");
    answer_those(&mut desk, |_| true);
    hand_in(&mut desk);
    let tests = desk.app.past_tests().expect("readable").list;
    assert_eq!(tests.len(), 3);
    assert_eq!((&tests[0].since, &tests[1].since), (&None, &None));
    let since = tests[2].since.as_ref().expect("one before");
    assert!((since.total - 1.0).abs() < 1e-9);
    assert_eq!(since.topics, [Some(1.0), Some(1.0)]);
    assert!(tests.is_sorted_by_key(|test| test.begun.utc_ms));
}

#[test]
fn the_report_as_a_page_and_as_a_table_tells_everything() {
    let mut desk = desk_with(all_kinds());
    answer_those(&mut desk, |item| item != 0);
    hand_in(&mut desk);
    let past = past(&desk).clone();
    let page = ReportAs::Html.text(&past, "23 November 2026");
    for told in [
        "10 <small>of 11",
        "K7Q-F2M",
        "By topic",
        "23 November 2026",
        "not answered",
        "Predicted",
        "@media print",
    ] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("http://") && !page.contains("<script"), "it needs nothing else");
    assert_eq!(page.matches("<li><span class=\"number\">").count(), 11);
    let table = ReportAs::Csv.text(&past, "");
    assert_eq!(table.lines().count(), 12);
    assert!(table.starts_with(
        "number,deck,topic,id,kind,question,answer,right_answer,score,expected,seconds,state,confidence,note\r\n"
    ));
    assert_eq!(table.matches(",answered,,\r\n").count(), 10);
    assert_eq!(table.matches(",open,,\r\n").count(), 1);

    // Into the folder of exports, beside what is there.
    for _ in 0..2 {
        test(&mut desk, TestCommand::Export(ReportAs::Html));
        assert!(desk.notice().contains("Written to"), "{}", desk.notice());
    }
    // Where there is no browser the file is there all the same, and that is what is told.
    let command = Command::Test(TestCommand::Export(ReportAs::Html));
    let effect = desk.app.apply(command, &desk.now);
    let Some(Effect::ShowWritten { file, in_folder: false }) = effect else { panic!("{effect:?}") };
    assert!(file.is_file());
    desk.app.written_unseen(&file, false);
    let told = format!("Saved to {}; no browser could be opened.", file.display());
    assert_eq!(desk.notice(), told);
    assert!(!desk.app.notice().expect("a word").is_problem);
    std::fs::remove_file(file).expect("a file");
    let written = std::fs::read_dir(desk.folder().join("exports")).expect("a folder").count();
    assert_eq!(written, 2);
}

#[test]
fn html_in_a_deck_or_an_answer_stays_text() {
    let mut desk = desk_with(all_kinds());
    desk.save("kinds.ron", &KINDS.replace("Type it.", "Type <b onclick='x'>it</b>."));
    test(&mut desk, TestCommand::Leave);
    test(&mut desk, TestCommand::Discard);
    begin(
        &mut desk,
        Setup { kinds: vec![linchpin::domain::question::Kind::Typed], ..all_kinds() },
        "K7Q-F2M",
    );
    let typed = linchpin::domain::task::Response::Text("<script>alert(1)</script>".to_owned());
    test(&mut desk, TestCommand::Answer(typed));
    hand_in(&mut desk);
    let page = ReportAs::Html.text(past(&desk), "<i>day</i>");
    assert!(!page.contains("<script>") && !page.contains("<b onclick") && !page.contains("<i>day"), "{page}");
}

/// A paper as the first version with tests wrote it. It must be readable for ever: never edit the file.
#[test]
fn a_paper_of_the_first_version_is_still_read() {
    let text = include_str!("../../data/test-paper-1.json");
    let paper: linchpin::domain::test::Paper = serde_json::from_str(text).expect("a paper");
    assert!(paper.is_whole());
    assert_eq!((paper.items.len(), paper.code.to_string().as_str()), (11, "K7Q-F2M"));
    let steps: Vec<linchpin::domain::test::Act> =
        serde_json::from_str(include_str!("../../data/test-steps-1.json")).expect("steps");
    let steps: Vec<Step> =
        (1..).zip(steps).map(|(at, act)| Step { at_ms: at, clock_ms: at * 1_000, act }).collect();
    let past = Past::new(paper.into(), &steps).expect("closed");
    assert_eq!((past.report.total.points, past.paper.setup.mix), (10.5, Mix::Random));
}

#[test]
fn a_report_opens_without_the_list_and_tests_that_cannot_be_read_are_counted() {
    let mut desk = desk_with(all_kinds());
    hand_in(&mut desk);
    let (id, begun) = desk.app.tests().report().map(|open| (open.id, open.begun)).expect("a report");
    let mut desk = desk.reopen();
    assert!(desk.app.tests().earlier().is_none(), "nobody looked at the list");
    test(&mut desk, TestCommand::Open(id));
    let open = desk.app.tests().report().map(|open| (open.id, open.begun));
    assert_eq!((desk.notice(), open), ("", Some((id, begun))));

    for _ in 0..2 {
        begin(&mut desk, all_kinds(), "000-000");
        hand_in(&mut desk);
    }
    begin(&mut desk, all_kinds(), "000-000");
    test(&mut desk, TestCommand::Leave);
    let other = rusqlite::Connection::open(desk.folder().join("progress.db")).expect("a file");
    other.execute("UPDATE test SET paper = '{' WHERE seq IN (2, 4)", []).expect("damaged");
    drop(other);
    let mut desk = desk.reopen();
    desk.apply(Command::Go(linchpin::app::Screen::Test));
    assert_eq!(desk.app.tests().earlier().map(<[_]>::len), Some(2));
    assert_eq!(desk.app.tests().unreadable(), 2, "one that was closed, one that was left");
}
