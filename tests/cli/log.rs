//! The log file: it says what happened, and contains nothing of what is learned.

use std::fs;
use std::path::Path;

use crate::fixtures::{CliFixture, CliSession};

/// Words that occur only in this deck, this table and these answers.
const PRIVATE: [&str; 8] = [
    "Zirkonprompt",
    "Zirkonanswer",
    "Zirkonwrong",
    "Zirkontopic",
    "Zirkontitle",
    "Zirkontyped",
    "Zirkonfault",
    "Zirkontable",
];

const DECK: &str = r#"Deck(
    format: 1, id: "private", title: "Zirkontitle",
    topics: { "t": "Zirkontopic" },
    questions: [
        (topic: "t", prompt: "Zirkonprompt one?", answer: Typed(["Zirkonanswer"])),
        (topic: "t", prompt: "Zirkonprompt two?", answer: Choice(right: "Zirkonanswer", wrong: ["Zirkonwrong"])),
    ],
)
"#;

/// The whole text of the log files.
fn log(cli: &Path) -> String {
    let files = fs::read_dir(cli.join("logs")).expect("a folder of logs");
    files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("text")).collect()
}

/// Answers both questions, one of them wrong, and imports a table.
fn use_the_program(cli: &CliFixture, rust_log: &str) {
    cli.write_deck("private.ron", DECK);
    cli.write_deck(
        "faulty.ron",
        &DECK.replace("\"private\"", "\"faulty\"").replace("Typed([", "Zirkonfault(["),
    );
    let mut command = cli.command(&["study", "private"]);
    command.env("RUST_LOG", rust_log);
    let mut session = CliSession::start(command);
    for _ in 0..2 {
        let answer = if session.screen.contains("one?") { "Zirkontyped".to_owned() } else { "1".to_owned() };
        session.send(&answer);
        session.send("");
    }
    session.end();
    let table = cli.path().join("table.csv");
    fs::write(&table, "prompt,answer\nZirkontable,Zirkonanswer\n").expect("a table");
    let table = table.to_str().expect("a path");
    for args in [&["import", table][..], &["import", "nowhere.csv"], &["backup"]] {
        cli.command(args).env("RUST_LOG", rust_log).output().expect("the program runs");
    }
}

#[test]
fn the_log_says_what_happened_and_nothing_of_what_is_learned() {
    let cli = CliFixture::new();
    use_the_program(&cli, "");
    let log = log(cli.path());
    for line in [
        concat!("started version=\"", env!("CARGO_PKG_VERSION"), "\""),
        "command=\"study\"",
        "progress opened log=",
        "decks loaded decks=",
        "problems=1",
        "deck imported questions=1",
        "file not read for an import failure=\"unreadable\"",
        "backup made",
    ] {
        assert!(log.contains(line), "{line} is not in:\n{log}");
    }
    for word in PRIVATE {
        assert!(!log.contains(word), "{word} is in:\n{log}");
    }
}

#[test]
fn rust_log_sets_the_level_and_even_trace_has_nothing_of_what_is_learned() {
    let cli = CliFixture::new();
    use_the_program(&cli, "off");
    assert_eq!(log(cli.path()), "");
    let cli = CliFixture::new();
    use_the_program(&cli, "linchpin=trace");
    let log = log(cli.path());
    assert!(log.contains("progress opened"));
    for word in PRIVATE {
        assert!(!log.contains(word), "{word} is in:\n{log}");
    }
}

#[test]
fn without_a_folder_for_the_log_the_program_works() {
    let cli = CliFixture::new();
    cli.write_deck("private.ron", DECK);
    fs::write(cli.path().join("logs"), "a file where the folder would be").expect("a file");
    let session = cli.study(&["private"]);
    assert!(session.screen.contains("Zirkonprompt"));
    let run = session.end();
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn commands_that_only_read_write_no_log_and_the_doctor_says_where_it_is() {
    let cli = CliFixture::new();
    cli.run(&["decks"]);
    cli.run(&["stats"]);
    let logs = cli.path().join("logs");
    let doctor = cli.run(&["doctor"]);
    assert!(!logs.exists());
    let line = doctor.out.lines().find(|line| line.starts_with("Log ")).expect("a line");
    assert!(line.contains(logs.to_str().expect("a path")), "{line}");
}
