//! `linchpin export --everything`: what a learner needs to leave, as plain files.

use std::fs;
use std::path::Path;

use crate::fixtures::{CliFixture, CliOutput, CliSession, EVERY_KIND, MONDAY, rows};

/// What stands for a picture.
const PIXEL: &[u8] = b"a pixel";

fn export(cli: &CliFixture, folder: &Path) -> CliOutput {
    cli.run(&["export", "--everything", folder.to_str().unwrap(), "--at", MONDAY])
}

fn table(folder: &Path, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    rows(text.strip_prefix('\u{feff}').expect("spreadsheets read it as UTF-8"))
}

#[test]
fn everything_is_written_into_a_new_folder_of_plain_files() {
    let cli = CliFixture::with_every_kind();
    cli.write_deck(
        "with pictures/pictures.ron",
        "Deck(format: 1, id: \"pictures\", title: \"P\", topics: {\"t\": \"T\"}, questions: [\
         (topic: \"t\", prompt: \"![one](a/one.png) Who?\", answer: Typed([\"She\"]), image: \"two.png\")])",
    );
    for name in ["a/one.png", "two.png"] {
        let path = cli.path().join("decks/with pictures").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, PIXEL).unwrap();
    }
    let broken = cli.write_deck("broken.ron", "Deck(");
    cli.write("settings.ron", "(new_cards_a_day: 77)");
    let mut session = cli.study(&["pictures", "--at", MONDAY]);
    assert!(session.send("=it, \"동맹\"").contains('✗'));
    session.send("");
    session.end();
    let mut test = CliSession::start(cli.command(&["test", "every-kind", "-n", "1", "--at", MONDAY]));
    test.send(":i");
    test.end();

    let folder = cli.path().join("out/mine");
    let run = export(&cli, &folder);
    assert_eq!((run.code, run.err.as_str(), run.out.trim()), (0, "", folder.to_str().unwrap()));
    let deck = fs::read_to_string(folder.join("decks/every-kind/every-kind.ron")).unwrap();
    assert_eq!(deck, EVERY_KIND, "as its author wrote it");
    assert!(folder.join("decks/rok-us-alliance/rok-us-alliance.ron").exists(), "built-in decks too");
    for name in ["a/one.png", "two.png"] {
        assert_eq!(fs::read(folder.join("decks/pictures").join(name)).unwrap(), PIXEL);
    }
    assert_eq!(fs::read(folder.join("decks-with-errors/broken.ron")).unwrap(), fs::read(broken).unwrap());
    let answers = table(&folder, "answers.csv");
    assert_eq!(answers.len(), 1);
    assert_eq!((answers[0]["deck"].as_str(), answers[0]["score"].as_str()), ("pictures", "0"));
    assert_eq!(answers[0]["answer"], "'=it, \"동맹\"");
    let stored: serde_json::Value = serde_json::from_str(&answers[0]["answer_json"]).unwrap();
    assert_eq!(stored["response"]["text"], "=it, \"동맹\"");
    let cards = table(&folder, "cards.csv");
    assert_eq!((cards.len(), cards[0]["answers"].as_str()), (1, "1"));
    assert!(!table(&folder, "scores.csv").is_empty());
    let settings = fs::read_to_string(folder.join("settings.ron")).unwrap();
    assert_eq!(settings, "(new_cards_a_day: 77)");
    let tests: Vec<_> = fs::read_dir(folder.join("tests")).unwrap().map(|it| it.unwrap().path()).collect();
    let paper = tests.iter().find(|path| path.extension().is_some_and(|it| it == "json")).expect("a paper");
    let paper: serde_json::Value = serde_json::from_slice(&fs::read(paper).unwrap()).unwrap();
    assert_eq!(paper["study_day"], "2026-11-23");
    assert_eq!(paper["paper"]["decks"][0]["id"], "every-kind");
    assert!(paper["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.txt" || readme.contains(&name), "{name} is explained");
    }
}

#[test]
fn an_export_that_fails_leaves_nothing_under_the_name_or_beside_it() {
    let cli = CliFixture::with_every_kind();
    let out = cli.path().join("out");
    let folder = out.join("mine");
    assert_eq!(export(&cli, &folder).code, 0);
    let readme = fs::read(folder.join("README.txt")).unwrap();
    let again = export(&cli, &folder);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("already exists"), "{}", again.err);
    assert_eq!(fs::read(folder.join("README.txt")).unwrap(), readme, "nothing is replaced");

    cli.write("progress.db", "no database");
    let damaged = export(&cli, &out.join("other"));
    assert_eq!(damaged.code, 1);
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["mine"], "{}", damaged.err);
    for wrong in
        [&["--everything"][..], &["--everything", "x", "every-kind"], &["--everything", "x", "-o", "y"]]
    {
        assert_eq!(cli.run(&[&["export"], wrong].concat()).code, 2, "{wrong:?}");
    }
}

/// Larger than anything that is read of a learner's files; it takes no space on the disk.
fn write_too_large(path: &Path) {
    fs::File::create(path).unwrap().set_len(65 << 20).unwrap();
}

#[test]
fn what_cannot_be_read_is_left_out_and_named() {
    let cli = CliFixture::with_every_kind();
    let deck = "Deck(format: 1, id: \"pictures\", title: \"P\", topics: {\"t\": \"T\"}, questions: [\
         (topic: \"t\", prompt: \"![one](one.png) Who?\", answer: Typed([\"She\"]), image: \"two.png\")])";
    cli.write_deck("pictures.ron", deck);
    let decks = cli.path().join("decks");
    fs::write(decks.join("two.png"), PIXEL).unwrap();
    let unreadable = [decks.join("one.png"), decks.join("large.ron"), cli.path().join("settings.ron")];
    unreadable.iter().for_each(|path| write_too_large(path));

    let folder = cli.path().join("mine");
    let run = export(&cli, &folder);
    assert_eq!(run.code, 0, "{}", run.err);
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    for path in unreadable {
        assert!(readme.contains(path.to_str().unwrap()), "{path:?} is named: {readme}");
    }
    assert!(!folder.join("settings.ron").exists() && !folder.join("decks-with-errors/large.ron").exists());
    assert!(!folder.join("decks/pictures/one.png").exists());
    assert_eq!(fs::read(folder.join("decks/pictures/two.png")).unwrap(), PIXEL, "all else is there");
    assert_eq!(fs::read_to_string(folder.join("decks/pictures/pictures.ron")).unwrap(), deck);
}

#[test]
fn names_that_differ_only_in_case_get_different_ones() {
    let cli = CliFixture::with_every_kind();
    for name in ["a/Broken.ron", "b/broken.ron", "c/broken.ron"] {
        cli.write_deck(name, &format!("Deck( // {name}"));
    }
    let folder = cli.path().join("mine");
    assert_eq!(export(&cli, &folder).code, 0);
    let files = fs::read_dir(folder.join("decks-with-errors")).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = files.map(|name| name.to_str().unwrap().to_lowercase()).collect();
    names.sort_unstable();
    assert_eq!(names, ["broken-2.ron", "broken-3.ron", "broken.ron"]);
}

#[test]
fn what_a_killed_export_left_is_removed_by_the_next() {
    let cli = CliFixture::with_every_kind();
    let out = cli.path().join("out");
    let left = out.join(".mine.4194303-0.saving");
    fs::create_dir_all(left.join("decks")).unwrap();
    fs::write(left.join("decks/half.ron"), "Deck(").unwrap();
    fs::write(left.join(".lock"), "").unwrap();
    assert_eq!(export(&cli, &out.join("other")).code, 0);
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["other"]);
}
