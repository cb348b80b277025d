//! Reviews and scores as tables: every answer that counts once, and nothing that a spreadsheet would run.

#[path = "study_flow/desk.rs"]
#[allow(dead_code, reason = "every test file uses another part")]
mod desk;
mod learner;
mod program;
mod util;

use std::collections::BTreeMap;

use desk::{Desk, kinds};
use egui_kittest::kittest::Queryable;
use linchpin::app::command::Take;
use linchpin::app::exporting::{HistoryTable, write_reviews, write_scores};
use linchpin::app::{Command, Effect, Wake};
use linchpin::domain::event::Confidence;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;
use program::every_kind::{DECK, ID};
use program::{Home, MONDAY, Run};
use util::{Opening, answer};

type Row = BTreeMap<String, String>;

/// The cells of a table as RFC 4180 has them, read letter by letter.
fn cells(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = table.trim_start_matches('\u{feff}').chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match (letter, is_quoted) {
            ('"', true) if letters.next_if_eq(&'"').is_some() => cell.push('"'),
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => assert_eq!(letters.peek(), Some(&'\n'), "lines end in CRLF"),
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (letter, _) => cell.push(letter),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !is_quoted, "the last line is whole");
    rows
}

/// The rows of a table, each by the names of its columns.
fn rows(table: &str) -> Vec<Row> {
    let mut cells = cells(table).into_iter();
    let names = cells.next().expect("a heading");
    let row = |row: Vec<String>| {
        assert_eq!(row.len(), names.len(), "{row:?}");
        names.iter().cloned().zip(row).collect()
    };
    cells.map(row).collect()
}

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
        &desk::KINDS.replace("(id: \"bool\"", "(id: \"other\"").replace("It is so.", "Rivers run."),
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

const SHARES: [&str; 10] = [
    "mastery",
    "coverage",
    "recall_now",
    "expected",
    "expected_low",
    "expected_high",
    "accuracy",
    "accuracy_low",
    "accuracy_high",
    "mean_score",
];

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
fn scores_are_the_figures_of_stats() {
    let home = Home::new();
    home.add_deck("every-kind.ron", DECK);
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    talk.say("");
    talk.say("3");
    talk.say("linchpin");
    talk.say("");
    talk.say("1954");
    talk.end();
    let table = home.run(&["export", ID, "--scores", "--at", MONDAY]);
    assert_eq!((table.code, table.err.as_str()), (0, ""));
    let rows = rows(&table.out);
    let stats = home.json(&["stats", "--deck", ID, "--json", "--at", MONDAY]);
    let topics = stats["decks"][0]["topics"].as_array().expect("topics");
    assert_eq!(rows.len(), topics.len());
    for (row, topic) in rows.iter().zip(topics) {
        assert_eq!((row["study_day"].as_str(), row["deck"].as_str()), ("2026-11-23", ID));
        assert_eq!(
            (row["topic"].as_str(), row["name"].as_str()),
            (topic["topic"].as_str().unwrap(), topic["name"].as_str().unwrap())
        );
        for count in ["cards", "suspended", "seen", "new", "due", "answers", "right", "median_ms"] {
            assert_eq!(row[count], topic[count].to_string().replace("null", ""), "{count}");
        }
        for share in SHARES {
            let told = topic[share].as_f64().map_or(String::new(), |share| format!("{share:.6}"));
            assert_eq!(row[share], told, "{share}");
        }
        assert_eq!(row["last_studied"], topic["last_studied"].as_str().unwrap_or(""));
    }
}

#[test]
fn on_the_command_line_they_go_to_the_output_or_to_a_new_file() {
    let home = Home::new();
    home.add_deck("every-kind.ron", DECK);
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    talk.say("");
    talk.say("3");
    talk.end();
    let export = |args: &[&str]| -> Run { home.run(&[&["export"], args, &["--at", MONDAY]].concat()) };
    let all = export(&["--reviews"]);
    assert_eq!((all.code, all.err.as_str(), rows(&all.out).len()), (0, "", 1));
    assert_eq!(all.out, export(&[ID, "--reviews"]).out);
    assert!(rows(&export(&["korean-terms", "--reviews"]).out).is_empty());

    let path = home.path().join("answers.csv");
    let file = path.to_str().unwrap();
    let written = export(&["--reviews", "--output", file]);
    assert_eq!((written.code, written.out.trim()), (0, file));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("\u{feff}{}", all.out));
    let again = export(&["--scores", "--output", file]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        format!("\u{feff}{}", all.out),
        "nothing is replaced"
    );

    for wrong in
        [&["--reviews", "--scores"][..], &[], &["nope", "--reviews"], &["nope", "--scores"], &["--csv"]]
    {
        assert_eq!(export(wrong).code, 2, "{wrong:?}");
    }
    let help = home.run(&["export", "--help"]).out;
    let columns = linchpin::formats::export::reviews::COLUMNS;
    for column in columns.into_iter().chain(rows(&export(&["--scores"]).out)[0].keys().map(String::as_str)) {
        assert!(help.contains(column), "{column} is told of");
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

#[test]
fn in_the_window_a_table_is_written_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.key(eframe::egui::Key::Space);
    answer(&mut bench, true);
    bench.chord(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Num3);
    bench.harness.get_by_label("Export reviews").focus();
    bench.settle();
    // A file in the place of the folder: told, and nothing is lost.
    std::fs::write(folder.path().join("exports"), "not a folder").expect("a file");
    bench.key(eframe::egui::Key::Enter);
    assert!(bench.app().notice().is_some_and(|notice| notice.is_problem));
}
