//! Reviews and scores as tables: every answer that counts once, and nothing that a spreadsheet would run.

use std::collections::BTreeMap;

use crate::csv_table::{Row, rows};
use crate::desk::{Desk, kinds};
use linchpin::app::command::Take;
use linchpin::app::exporting::{HistoryTable, write_reviews, write_scores};
use linchpin::app::{Command, Effect, Wake};
use linchpin::domain::event::Confidence;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

fn reviews(desk: &Desk, only: Option<&str>) -> Vec<Row> {
    let mut out = Vec::new();
    let app = &desk.app;
    write_reviews(&mut out, app.library().decks(), app.progress(), &app.scheduler().model, only)
        .expect("memory");
    rows(std::str::from_utf8(&out).expect("UTF-8"))
}

fn of<'a>(rows: &'a [Row], question: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row["question"] == question).collect()
}

#[test]
fn an_answer_is_a_row_with_all_that_the_log_knows_of_it() {
    let mut desk = Desk::studying();
    desk.until("typed");
    desk.apply(Command::ShowHint);
    desk.apply(Command::SayConfidence(Confidence::ThinkSo));
    let (shown, key) = (desk.now, desk.key());
    desk.apply(Command::Answer(Response::Text("Busan".to_owned())));
    desk.apply(Command::Rate(Rating::Easy));
    let table = reviews(&desk, None);
    let found = of(&table, "typed");
    let [row] = found.as_slice() else { panic!("one row: {found:?}") };
    let expected = [
        ("deck", "kinds"),
        ("facet", ""),
        ("topic", "one"),
        ("prompt", "Type it."),
        ("study_day", "2026-11-23"),
        ("offset_minutes", "540"),
        ("source", "study"),
        ("kind", "Typed"),
        ("rating", "4"),
        ("proposed", "3"),
        ("score", "1"),
        ("blind_chance", "0"),
        ("hint_used", "true"),
        ("confidence", "think-so"),
        ("recall_before", ""),
    ];
    for (column, value) in expected {
        assert_eq!(row[column], value, "{column}");
    }
    let time: jiff::Timestamp = row["time_utc"].parse().expect("RFC 3339");
    assert_eq!(time.as_millisecond(), shown.ms() + 3_000);
    assert!(row["time_utc"].ends_with("00Z"), "{}", row["time_utc"]);
    assert!(row["latency_ms"].parse::<u32>().is_ok_and(|ms| ms > 0));
    let due = desk.state(&key).due_day().expect("answered").date().to_string();
    assert_eq!(row["next_due"], due);
}

#[test]
fn recall_before_is_what_was_predicted_on_the_day() {
    let mut desk = Desk::studying();
    desk.finish();
    desk.sleep(9);
    desk.start(kinds(), Take::Today);
    let key = desk.key();
    let predicted = desk.state(&key).recall(&desk.app.scheduler().model, desk.now.day()).expect("seen");
    desk.answer(true);
    let table = reviews(&desk, None);
    let rows = of(&table, &key.question);
    assert_eq!(rows[0]["recall_before"], "");
    let last = rows.last().expect("answers");
    assert_eq!(last["recall_before"], format!("{predicted:.6}"));
    let times: Vec<&str> = rows.iter().map(|row| row["time_utc"].as_str()).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn what_was_undone_is_no_row_and_what_was_overruled_is_one() {
    let mut desk = Desk::studying();
    desk.until("number");
    let before = reviews(&desk, None).len();
    desk.answer(false);
    desk.apply(Command::Undo);
    assert_eq!(reviews(&desk, None).len(), before);
    desk.answer(true);
    desk.apply(Command::Guessed);
    let table = reviews(&desk, None);
    assert_eq!(table.len(), before + 1);
    let row = of(&table, "number")[0];
    assert_eq!((row["proposed"].as_str(), row["rating"].as_str()), ("3", "1"));
    assert_eq!((row["confidence"].as_str(), row["score"].as_str()), ("guess", "1"));
    assert!(row["next_due"].ends_with('Z'), "a step has a time: {}", row["next_due"]);
}

#[test]
fn cards_that_no_deck_has_any_more_stay_in_the_table_and_one_deck_is_itself_alone() {
    let mut desk = Desk::studying();
    desk.until("bool");
    desk.study(true);
    let before = reviews(&desk, None).len();
    desk.save(
        "kinds.ron",
        &crate::desk::KINDS.replace("(id: \"bool\"", "(id: \"other\"").replace("It is so.", "Rivers run."),
    );
    let table = reviews(&desk, None);
    assert_eq!(table.len(), before);
    let gone = table.last().expect("rows");
    assert_eq!(
        (gone["question"].as_str(), gone["topic"].as_str(), gone["prompt"].as_str()),
        ("bool", "", "")
    );
    assert_eq!(reviews(&desk, Some("kinds")).len(), before);
    assert!(reviews(&desk, Some("rok-us-alliance")).is_empty());
}

/// Titles, ids and prompts that mean something to a spreadsheet or to CSV, and Hangul.
const ODD: &str = r#"Deck(format: 1, id: "odd", title: "=HYPERLINK(\"https://x.example\")", topics: {"t": "@sum, \"한미\" 동맹"}, questions: [
    (id: "-1+cmd", topic: "t", prompt: "=1+1, \"동맹\"은\n무엇인가?", answer: Bool(true)),
    (id: "gap", topic: "t", prompt: "+82 {{secret}} is the code.", answer: Cloze),
])"#;

#[test]
fn nothing_is_a_formula_and_every_letter_arrives() {
    let mut desk = Desk::new();
    desk.save("odd.ron", ODD);
    desk.start(linchpin::app::command::Scope::Deck("odd".into()), Take::Today);
    desk.study(true);
    desk.study(true);
    let table = reviews(&desk, Some("odd"));
    let row = of(&table, "'-1+cmd")[0];
    assert_eq!(row["prompt"], "'=1+1, \"동맹\"은 무엇인가?");
    assert_eq!(of(&table, "gap")[0]["prompt"], "'+82 ____ is the code.", "a gap stays a gap");
    let mut out = Vec::new();
    desk.apply(Command::EndSession);
    let (app, day) = (&desk.app, desk.now.day());
    write_scores(&mut out, app.library().decks(), app.progress(), &app.scheduler().model, day, Some("odd"))
        .expect("memory");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(text.lines().count() == 2 && text.ends_with("\r\n"), "{text}");
    let row = &rows(&text)[0];
    assert_eq!(row["title"], "'=HYPERLINK(\"https://x.example\")");
    assert_eq!(row["name"], "'@sum, \"한미\" 동맹");
    for cell in rows(&text).iter().chain(&table).flat_map(BTreeMap::values) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
}

#[test]
fn in_the_program_they_are_new_files_among_the_exports() {
    let mut desk = Desk::studying();
    desk.study(true);
    let folder = desk.folder().join("exports");
    for table in [HistoryTable::Reviews, HistoryTable::Scores, HistoryTable::Reviews] {
        let effect = desk.app.apply(Command::ExportHistory(table), &desk.now);
        assert_eq!(effect, Some(Effect::OpenFolder(folder.clone())));
        assert!(desk.notice().starts_with("Written to "), "{}", desk.notice());
    }
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["reviews-2026-11-23-2.csv", "reviews-2026-11-23.csv", "scores-2026-11-23.csv"]);
    let text = std::fs::read_to_string(folder.join("reviews-2026-11-23.csv")).unwrap();
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(rows(&text).len(), 1);
}

#[test]
fn beside_a_window_a_table_is_written_while_answers_go_on() {
    let mut desk = Desk::studying();
    desk.study(true);
    let (wake, woken) = std::sync::mpsc::channel();
    desk.app.wakes(Wake::new(move || wake.send(()).expect("somebody waits")));
    desk.apply(Command::ExportHistory(HistoryTable::Reviews));
    assert!(desk.notice().starts_with("Writing reviews"), "{}", desk.notice());
    desk.apply(Command::ExportHistory(HistoryTable::Scores));
    assert!(desk.notice().contains("already"), "one at a time: {}", desk.notice());
    desk.study(true);
    woken.recv().expect("the table was written");
    desk.app.tick(&desk.now);
    assert!(desk.notice().starts_with("Written to "), "{}", desk.notice());
    let names = std::fs::read_dir(desk.folder().join("exports")).unwrap();
    let names: Vec<_> = names.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["reviews-2026-11-23.csv"], "whole, and nothing beside it");
}
