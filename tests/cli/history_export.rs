//! Reviews and scores as CSV tables, by `linchpin export`.

use linchpin::app::scores::columns::FIELDS;
use serde_json::Value;

use crate::fixtures::{CliFixture, CliOutput, MONDAY, rows};

#[test]
fn exported_scores_equal_the_figures_of_stats() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("3");
    session.send("linchpin");
    session.send("");
    session.send("1954");
    session.end();
    let table = cli.run(&["export", "every-kind", "--scores", "--at", MONDAY]);
    assert_eq!((table.code, table.err.as_str()), (0, ""));
    let rows = rows(&table.out);
    let stats = cli.json(&["stats", "--deck", "every-kind", "--json", "--at", MONDAY]);
    let topics = stats["decks"][0]["topics"].as_array().expect("topics");
    assert_eq!(rows.len(), topics.len());
    for (row, topic) in rows.iter().zip(topics) {
        assert_eq!((row["study_day"].as_str(), row["deck"].as_str()), ("2026-11-23", "every-kind"));
        assert_eq!(
            (row["topic"].as_str(), row["name"].as_str()),
            (topic["topic"].as_str().unwrap(), topic["name"].as_str().unwrap())
        );
        for field in FIELDS.iter().filter(|field| field.is_in_json) {
            let expected = match &topic[field.name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Number(number) if number.is_f64() => format!("{:.6}", number.as_f64().unwrap()),
                whole => whole.to_string(),
            };
            assert_eq!(row[field.name], expected, "{}", field.name);
        }
    }
}

#[test]
fn exported_tables_go_to_the_output_or_to_a_new_file() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("3");
    session.end();
    let export = |args: &[&str]| -> CliOutput { cli.run(&[&["export"], args, &["--at", MONDAY]].concat()) };
    let all = export(&["--reviews"]);
    assert_eq!((all.code, all.err.as_str(), rows(&all.out).len()), (0, "", 1));
    assert_eq!(all.out, export(&["every-kind", "--reviews"]).out);
    assert!(rows(&export(&["korean-terms", "--reviews"]).out).is_empty());

    let path = cli.path().join("answers.csv");
    let file = path.to_str().unwrap();
    let written = export(&["--reviews", "--output", file]);
    assert_eq!((written.code, written.out.trim()), (0, file));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("\u{feff}{}", all.out));
    let again = export(&["--scores", "--output", file]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("already exists"), "{}", again.err);
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
    let help = cli.run(&["export", "--help"]).out;
    let columns = linchpin::formats::export::reviews::COLUMNS;
    for column in columns.into_iter().chain(rows(&export(&["--scores"]).out)[0].keys().map(String::as_str)) {
        assert!(help.contains(column), "{column} is explained");
    }
}
