//! Reviews and scores as CSV tables: every counting answer is one row, and no cell is a formula for a spreadsheet.

use std::cell::Cell;
use std::collections::BTreeMap;

use linchpin::app::history_export::everything::{FullExport, FullExportError};
use linchpin::app::history_export::{HistoryTable, write_answers, write_reviews, write_scores};
use linchpin::app::study::{SessionKind, StudyCommand};
use linchpin::app::{Command, Effect};
use linchpin::background::RepaintSignal;
use linchpin::domain::event::Confidence;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;
use linchpin::formats::export::cards;
use linchpin::store::{Store, StoreError};

use crate::fixtures::{AppFixture, KINDS, Row, kinds, rows};

fn reviews(fixture: &AppFixture, only: Option<&str>) -> Vec<Row> {
    let mut out = Vec::new();
    let app = &fixture.app;
    write_reviews(&mut out, app.library().decks(), app.progress(), &app.scheduler().model, only)
        .expect("memory");
    rows(std::str::from_utf8(&out).expect("UTF-8"))
}

fn of<'a>(rows: &'a [Row], question: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row["question"] == question).collect()
}

#[test]
fn an_answer_is_a_row_with_everything_from_the_log() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("typed");
    fixture.apply(Command::Study(StudyCommand::ShowHint));
    fixture.apply(Command::Study(StudyCommand::SetConfidence(Confidence::ThinkSo)));
    let (shown, key) = (fixture.now, fixture.key());
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("Busan".to_owned()))));
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    let table = reviews(&fixture, None);
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
    let due = fixture.state(&key).due_day().expect("answered").date().to_string();
    assert_eq!(row["next_due"], due);
}

#[test]
fn the_recall_column_is_the_prediction_of_that_day() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(9);
    fixture.start(kinds(), SessionKind::Today);
    let key = fixture.key();
    let predicted =
        fixture.state(&key).recall(&fixture.app.scheduler().model, fixture.now.day()).expect("seen");
    fixture.answer(true);
    let table = reviews(&fixture, None);
    let rows = of(&table, &key.question);
    assert_eq!(rows[0]["recall_before"], "");
    let last = rows.last().expect("answers");
    assert_eq!(last["recall_before"], format!("{predicted:.6}"));
    let times: Vec<&str> = rows.iter().map(|row| row["time_utc"].as_str()).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn an_undone_answer_has_no_row_and_an_overruled_one_has_one() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("number");
    let before = reviews(&fixture, None).len();
    fixture.answer(false);
    fixture.apply(Command::Undo);
    assert_eq!(reviews(&fixture, None).len(), before);
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    let table = reviews(&fixture, None);
    assert_eq!(table.len(), before + 1);
    let row = of(&table, "number")[0];
    assert_eq!((row["proposed"].as_str(), row["rating"].as_str()), ("3", "1"));
    assert_eq!((row["confidence"].as_str(), row["score"].as_str()), ("guess", "1"));
    assert!(row["next_due"].ends_with('Z'), "a step has a time: {}", row["next_due"]);
}

#[test]
fn cards_without_a_deck_stay_in_the_table_and_a_table_of_one_deck_has_no_others() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("bool");
    fixture.study(true);
    let before = reviews(&fixture, None).len();
    fixture.save_deck(
        "kinds.ron",
        &KINDS.replace("(id: \"bool\"", "(id: \"other\"").replace("It is so.", "Rivers run."),
    );
    let table = reviews(&fixture, None);
    assert_eq!(table.len(), before);
    let gone = table.last().expect("rows");
    assert_eq!(
        (gone["question"].as_str(), gone["topic"].as_str(), gone["prompt"].as_str()),
        ("bool", "", "")
    );
    assert_eq!(reviews(&fixture, Some("kinds")).len(), before);
    assert!(reviews(&fixture, Some("rok-us-alliance")).is_empty());
}

/// Titles, ids and prompts that mean something to a spreadsheet or to CSV, and Hangul.
const ODD: &str = r#"Deck(format: 1, id: "odd", title: "=HYPERLINK(\"https://x.example\")", topics: {"t": "@sum, \"한미\" 동맹"}, questions: [
    (id: "-1+cmd", topic: "t", prompt: "=1+1, \"동맹\"은\n무엇인가?", answer: Bool(true)),
    (id: "gap", topic: "t", prompt: "+82 {{secret}} is the code.", answer: Cloze),
])"#;

#[test]
fn no_cell_is_a_formula_and_every_character_survives() {
    let mut fixture = AppFixture::new();
    fixture.save_deck("odd.ron", ODD);
    fixture.start(linchpin::app::study::Scope::Deck("odd".into()), SessionKind::Today);
    fixture.study(true);
    fixture.study(true);
    let table = reviews(&fixture, Some("odd"));
    let row = of(&table, "'-1+cmd")[0];
    assert_eq!(row["prompt"], "'=1+1, \"동맹\"은 무엇인가?");
    assert_eq!(of(&table, "gap")[0]["prompt"], "'+82 ____ is the code.", "a gap stays a gap");
    let mut out = Vec::new();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let (app, day) = (&fixture.app, fixture.now.day());
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
fn tables_are_written_as_new_files_into_the_folder_of_exports() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    let folder = fixture.folder().join("exports");
    for table in [HistoryTable::Reviews, HistoryTable::Scores, HistoryTable::Reviews] {
        let effect = fixture.app.apply(Command::ExportHistory(table), &fixture.now);
        assert_eq!(effect, Some(Effect::OpenFolder(folder.clone())));
        assert!(fixture.notice().starts_with("Saved to "), "{}", fixture.notice());
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
fn a_table_is_written_in_the_background_while_answers_go_on() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    let (wake, woken) = std::sync::mpsc::channel();
    fixture.app.set_repaint_signal(RepaintSignal::new(move || wake.send(()).expect("somebody waits")));
    fixture.apply(Command::ExportHistory(HistoryTable::Reviews));
    assert!(fixture.notice().starts_with("Writing reviews"), "{}", fixture.notice());
    fixture.apply(Command::ExportHistory(HistoryTable::Scores));
    assert!(fixture.notice().contains("already"), "one at a time: {}", fixture.notice());
    fixture.study(true);
    woken.recv().expect("the table was written");
    fixture.app.tick(&fixture.now);
    assert!(fixture.notice().starts_with("Saved to "), "{}", fixture.notice());
    let names = std::fs::read_dir(fixture.folder().join("exports")).unwrap();
    let names: Vec<_> = names.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["reviews-2026-11-23.csv"], "the complete file and no temporary one");
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn everything_is_exported_in_the_background_or_cancelled() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    let (wake, woken) = std::sync::mpsc::channel();
    fixture.app.set_repaint_signal(RepaintSignal::new(move || _ = wake.send(())));
    fixture.apply(Command::ExportEverything);
    assert!(fixture.app.history_export().everything_progress().is_some());
    woken.recv().expect("it was written");
    fixture.app.tick(&fixture.now);
    assert!(fixture.notice().starts_with("Saved to "), "{}", fixture.notice());
    assert_eq!(fixture.app.history_export().everything_progress(), None);
    let folder = fixture.folder().join("exports");
    assert_eq!(names(&folder), ["everything-2026-11-23"]);

    fixture.apply(Command::ExportEverything);
    fixture.apply(Command::CancelExport);
    // It may have been done before it was cancelled.
    let is_cancelled = fixture.notice().contains("cancelled");
    assert_eq!(names(&folder).len(), if is_cancelled { 1 } else { 2 }, "{}", fixture.notice());
}

#[test]
fn an_export_of_everything_that_is_cancelled_anywhere_leaves_nothing() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    let export = FullExport::new(fixture.app.core(), &fixture.now);
    let out = fixture.folder().join("out");
    for stop in 0.. {
        let mut calls = 0;
        let mut last = 0.0;
        let written = export.write(&out.join("mine"), &mut |share| {
            assert!(share >= last && share <= 1.0, "it goes forward");
            last = share;
            calls += 1;
            calls <= stop
        });
        if written.is_ok() {
            assert!(stop > 20, "it asks all the time");
            break;
        }
        assert!(matches!(written, Err(FullExportError::Cancelled)), "{written:?}");
        assert!(names(&out).is_empty(), "after {stop}");
    }
    assert_eq!(names(&out), ["mine"]);
}

#[test]
fn what_was_answered_is_read_for_many_answers_at_once_and_not_again_after_an_error() {
    let mut fixture = AppFixture::studying();
    let answered = fixture.finish().len();
    assert!(answered > 3);
    let store = Store::open_read_only(fixture.folder()).expect("a log");
    let (app, readings) = (&fixture.app, Cell::new(0));
    let (decks, progress, model) = (app.library().decks(), app.progress(), &app.scheduler().model);
    let mut out = Vec::new();
    write_answers(&mut out, decks, progress, model, &|ids| {
        readings.set(readings.get() + 1);
        assert_eq!(ids.len(), answered);
        store.answer_records(ids)
    })
    .expect("readable");
    assert_eq!(readings.take(), 1);
    let table = rows(std::str::from_utf8(&out).expect("UTF-8"));
    assert!(table.len() == answered && table.iter().all(|row| !row["answer_json"].is_empty()), "{table:?}");

    let gone = fixture.folder().join("gone");
    let error = write_answers(&mut Vec::new(), decks, progress, model, &|_| {
        readings.set(readings.get() + 1);
        Err(StoreError::NotAFolder { path: gone.clone() })
    })
    .expect_err("unreadable");
    assert_eq!(readings.get(), 1);
    assert!(matches!(error.downcast::<StoreError>(), Ok(StoreError::NotAFolder { .. })));
}

#[test]
fn the_table_of_cards_has_a_heading_and_every_card_that_was_answered_or_is_suspended() {
    let mut fixture = AppFixture::studying();
    let table = |fixture: &AppFixture| {
        let mut out = Vec::new();
        cards::write(&mut out, fixture.app.progress()).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.starts_with("deck,question,facet,due,"), "{text}");
        let cells = |row: &Row| [&row["question"], &row["answers"], &row["suspended"]].map(String::clone);
        rows(&text).iter().map(cells).collect::<Vec<_>>()
    };
    assert!(table(&fixture).is_empty());
    fixture.answer(true);
    fixture.apply(Command::Undo);
    assert!(table(&fixture).is_empty(), "an answer that was undone was never given");
    let suspended = fixture.key().question.to_string();
    fixture.apply(Command::Study(StudyCommand::Suspend));
    let answered = fixture.study(true).question.to_string();
    let mut expected =
        [[suspended, "0".to_owned(), "true".to_owned()], [answered, "1".to_owned(), "false".to_owned()]];
    expected.sort_unstable();
    assert_eq!(table(&fixture), expected);
}

#[test]
fn a_picture_whose_name_is_taken_in_the_folder_of_the_export_gets_another_one() {
    let mut fixture = AppFixture::new();
    fixture.save_deck(
        "p.ron",
        "Deck(format: 1, id: \"p\", title: \"P\", topics: {\"t\": \"T\"}, questions: [\
         (topic: \"t\", prompt: \"![one](A.png) Who?\", answer: Typed([\"She\"]), image: \"a.png\")])",
    );
    for name in ["A.png", "a.png"] {
        std::fs::write(fixture.folder().join("decks").join(name), name).unwrap();
    }
    let out = fixture.folder().join("out");
    let export = FullExport::new(fixture.app.core(), &fixture.now);
    // As in a file system that ignores case, "a.png" is taken as soon as "A.png" is there.
    let written = export.write(&out.join("mine"), &mut |_| {
        let pictures = out.join(&names(&out)[0]).join("decks/p");
        if names(&pictures).iter().any(|name| name.starts_with(".A.png.")) {
            std::fs::write(pictures.join("a.png"), "A.png").unwrap();
        }
        true
    });
    written.expect("written");
    let pictures = out.join("mine/decks/p");
    for (name, content) in [("A.png", "A.png"), ("a-2.png", "a.png")] {
        assert_eq!(std::fs::read_to_string(pictures.join(name)).unwrap(), content);
    }
    let readme = std::fs::read_to_string(out.join("mine/README.txt")).unwrap();
    assert!(readme.contains("decks/p/a.png is called a-2.png here"), "{readme}");
}
