//! `linchpin import` and `linchpin export`: what they print, what they write, and their exit codes.

use std::fs;

use linchpin::formats::ron_deck;

use crate::fixtures::CliFixture;

/// A data folder with a file next to its decks.
fn with_file(name: &str, text: &str) -> (CliFixture, String) {
    let cli = CliFixture::new();
    let path = cli.path().join(name);
    fs::write(&path, text).unwrap();
    (cli, path.to_str().unwrap().to_owned())
}

fn decks(cli: &CliFixture) -> Vec<String> {
    let Ok(entries) = fs::read_dir(cli.path().join("decks")) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_import_becomes_a_listed_deck_without_errors() {
    let (cli, file) = with_file("words.txt", "alliance\t동맹\ntreaty\t조약\nlonely\n");
    let done = cli.run(&["import", &file, "--title", "한미 동맹", "--language", "ko", "--topic", "Words"]);
    assert_eq!(done.code, 0, "{done:?}");
    let path = cli.path().join("decks").join("한미-동맹.ron");
    assert_eq!(done.out, format!("2 questions in {} (한미-동맹)\n", path.display()));
    assert!(done.err.contains("words.txt: skipped line 3: there is only 1 column"), "{}", done.err);
    let checked = cli.run(&["check", path.to_str().unwrap()]);
    assert!(checked.out.contains("2 usable questions, 0 errors"), "{}", checked.out);
    let listed = cli.json(&["decks", "--json"]);
    assert!(listed["decks"].as_array().unwrap().iter().any(|deck| deck["id"] == "한미-동맹"));

    // A second import gets another file and another id.
    let again = cli.run(&["import", &file, "--title", "한미 동맹"]);
    assert!(again.out.contains("한미-동맹-2.ron (한미-동맹-2)"), "{again:?}");
    assert_eq!(decks(&cli).len(), 2);
}

#[test]
fn a_preview_shows_the_whole_deck_and_writes_nothing() {
    let (cli, file) =
        with_file("list.csv", "question,answer,topic\nKorea?,Seoul,Cities\n,x,y\nFrance?,Paris,Cities\n");
    let shown = cli.run(&["import", "--preview", &file]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{shown:?}");
    for part in [
        "3 columns, separated by \",\"",
        " 1 prompt       question: Korea? ·",
        " 3 topic ",
        "2 questions in 1 topic",
        "Typed   Korea? → Seoul",
        "skipped line 3: the question is empty (x)",
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    assert!(decks(&cli).is_empty());
}

#[test]
fn wrong_guesses_of_an_import_can_be_corrected_by_options() {
    let (cli, file) = with_file("list.txt", "Seoul/Korea?/x\nParis/France?/y\n");
    let done = cli.run(&[
        "import",
        &file,
        "--separator",
        "/",
        "--columns",
        "answer,prompt",
        "--kind",
        "both",
        "--id",
        "my.id",
    ]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
    let text = fs::read_to_string(cli.path().join("decks/list.ron")).unwrap();
    let deck = ron_deck::parse(&text).deck.unwrap();
    assert_eq!((&*deck.id, &*deck.questions[0].prompt), ("my.id", "Korea?"));
    assert!(text.contains("Recall(back: \"Seoul\", reverse: true)"), "{text}");
}

#[test]
fn a_failed_import_is_explained_and_leaves_no_file() {
    let (cli, file) = with_file("deck.apkg", "PK\u{3}\u{4}");
    let table = cli.path().join("a.csv");
    fs::write(&table, "a?,1\n").unwrap();
    let table = table.to_str().unwrap();
    let packed = cli.run(&["import", &file]);
    assert_eq!((packed.code, packed.out.as_str()), (1, ""));
    assert!(packed.err.contains("Notes in Plain Text"), "{}", packed.err);
    for args in [
        &["import"][..],
        &["import", table, "--columns", "front"],
        &["import", table, "--id", "a b"],
        &["import", table, "--id", "korean-terms"],
        &["import", table, table, "--title", "T"],
        &["export", "korean-terms"],
        &["export", "korean-terms", "--csv", "--html"],
        &["export", "no-such-deck", "--csv"],
    ] {
        let failed = cli.run(args);
        assert_eq!((failed.code, failed.out.as_str()), (2, ""), "{args:?}: {failed:?}");
    }
    let gone = cli.run(&["import", "no-such-file.csv"]);
    assert_eq!(gone.code, 1);
    assert!(gone.err.contains("no-such-file.csv: This file can’t be read"), "{}", gone.err);
    let columns = cli.run(&["import", &file, table]);
    assert_eq!(columns.code, 1, "one of the two failed");
    assert_eq!(decks(&cli), ["a.ron"]);
}

#[test]
fn decks_are_exported_by_id_and_by_file_and_overwrite_nothing() {
    let cli = CliFixture::new();
    let table = cli.path().join("out.csv");
    let path = table.to_str().unwrap();
    let done = cli.run(&["export", "rok-us-alliance", "--csv", "--output", path]);
    assert_eq!((done.code, done.out.as_str()), (0, format!("{path}\n").as_str()), "{done:?}");
    let bytes = fs::read(&table).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFprompt,answer,topic,"));
    let again = cli.run(&["export", "rok-us-alliance", "--csv", "--output", path]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("already exists"), "{}", again.err);
    assert_eq!(fs::read(&table).unwrap(), bytes);

    let back = cli.run(&["import", path, "--title", "Back"]);
    assert_eq!(back.code, 0, "{back:?}");
    assert_eq!(decks(&cli), ["back.ron"]);
    let file = cli.path().join("decks/back.ron");
    let page = cli.run(&["export", file.to_str().unwrap(), "--html", "--seed", "3"]);
    assert!(page.code == 0 && page.out.starts_with("<!DOCTYPE html>") && page.err.is_empty(), "{}", page.err);
    assert_ne!(page.out, cli.run(&["export", "rok-us-alliance", "--html", "--seed", "4"]).out);
}

#[test]
fn help_lists_the_columns() {
    let cli = CliFixture::new();
    for (job, part) in [("import", "Notes in Plain Text"), ("export", "explanation")] {
        let help = cli.run(&[job, "--help"]);
        assert!(help.code == 0 && help.out.contains(part), "{}", help.out);
    }
}
