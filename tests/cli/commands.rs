//! The commands other than studying: what they print, and their exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use linchpin::store::Store;
use serde_json::{Value, json};

use crate::fixtures::{CliFixture, CliOutput, EVERY_KIND, MONDAY, linchpin, total, verdicts};

const SOUND: &str = r#"Deck(format: 1, id: "sound", title: "Sound", topics: {"a": "All"},
    source: Source(title: "A book", passages: {"p": "All of it"}), questions: [
    (id: "q", topic: "a", prompt: "One and one?", answer: Number(2), explain: "Counted.", cite: ["p"]),
])"#;

fn run(command: &mut Command) -> CliOutput {
    CliOutput::from(command.stdin(Stdio::null()).output().unwrap())
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn check_prints_errors_with_their_place_and_fails() {
    let cli = CliFixture::new();
    let path = cli.write_deck("bad.ron", &SOUND.replace("prompt: \"One", "\tpromt: \"한미 One"));
    let file = path.to_str().unwrap();
    let checked = cli.run(&["check", file]);
    assert_eq!((checked.code, checked.err.as_str()), (1, ""), "{checked:?}");
    let place = format!("{file}:3:28: error: ");
    assert!(checked.out.contains(&place), "{}", checked.out);
    let lines: Vec<&str> = checked.out.lines().collect();
    let source = lines.iter().position(|line| line.contains("promt: \"한미")).unwrap();
    // The tab is shown as spaces, so both lines agree on where the field begins.
    assert_eq!(lines[source].find("promt"), lines[source + 1].find("^^^^^"), "{}", checked.out);
    assert!(checked.out.contains("= help: "), "{}", checked.out);
    assert!(lines.last().unwrap().starts_with("1 file, 0 usable questions, "), "{}", checked.out);

    let json = cli.run(&["check", "--json", file]);
    assert_eq!(json.code, 1);
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let diagnostics = report["files"][0]["diagnostics"].as_array().unwrap();
    let error = diagnostics.iter().find(|it| it["column"] == 28).unwrap();
    assert_eq!((&error["severity"], &error["line"]), (&json!("error"), &json!(3)));
    assert_eq!((&error["end_line"], &error["end_column"]), (&json!(3), &json!(33)));
    let bytes = |name: &str| usize::try_from(error[name].as_u64().unwrap()).unwrap();
    assert_eq!(&fs::read_to_string(file).unwrap()[bytes("start_byte")..bytes("end_byte")], "promt");
    assert_eq!(report["files"][0]["path"], file);
    assert!(report["errors"].as_u64() >= Some(1));
}

#[test]
fn check_succeeds_with_lints_alone() {
    let cli = CliFixture::new();
    let path = cli.write_deck("lint.ron", &SOUND.replace(", explain: \"Counted.\"", ""));
    let checked = cli.run(&["check", path.to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert!(checked.out.contains(": lint: "), "{}", checked.out);
    assert!(checked.out.ends_with("1 file, 1 usable question, 0 errors, 1 lint\n"), "{}", checked.out);
}

#[test]
fn check_takes_folders_and_the_learners_own_decks() {
    let cli = CliFixture::new();
    let none = cli.run(&["check"]);
    assert_eq!((none.code, none.out.as_str()), (0, "0 files, 0 usable questions, 0 errors, 0 lints\n"));
    assert!(none.err.contains("no decks of your own yet"), "{}", none.err);
    assert!(files_in(cli.path()).is_empty());

    cli.write_deck("a.ron", SOUND);
    cli.write_deck("notes.txt", "no deck");
    assert!(cli.run(&["check"]).out.starts_with("1 file, 1 usable question, 0 errors"));
    let second = cli.write_deck("b.ron", SOUND);
    cli.write_deck("c.ron", &SOUND.replace("\"sound\"", "\"korean-terms\""));
    let own = cli.run(&["check"]);
    assert_eq!(own.code, 1, "{own:?}");
    assert!(
        own.out.contains(&format!("{}:1:21: error: this deck is left out", second.display())),
        "{}",
        own.out
    );
    assert!(own.out.contains("is that of korean-terms.ron (inside the program)"), "{}", own.out);
    let folder = cli.path().join("decks");
    assert!(cli.run(&["check", folder.to_str().unwrap()]).out.contains("3 files, "));

    let gone = cli.run(&["check", "no-such-file.ron"]);
    assert_eq!(gone.code, 1, "{gone:?}");
    assert!(gone.out.contains("no-such-file.ron:1:1: error: this file cannot be read"), "{}", gone.out);
}

#[test]
fn shipped_decks_have_no_errors() {
    let checked = run(linchpin().args(["check", concat!(env!("CARGO_MANIFEST_DIR"), "/decks")]));
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn decks_are_listed_with_their_problems() {
    let cli = CliFixture::new();
    let path = cli.write_deck("every-kind.ron", EVERY_KIND);
    cli.write_deck("broken.ron", "Deck(");
    let report = cli.json(&["decks", "--json"]);
    let decks = report["decks"].as_array().unwrap();
    let own = decks.iter().find(|deck| deck["id"] == "every-kind").unwrap();
    assert_eq!(
        *own,
        json!({"id": "every-kind", "title": "Every kind", "language": "en", "path": path, "questions": 11, "cards": 11,
               "due": 0, "new": 11, "seen": 0, "known": 0, "being_learned": 0, "problems": 0})
    );
    assert_eq!(decks[0]["path"], Value::Null);
    assert!(report["problems"][0]["path"].as_str().unwrap().ends_with("broken.ron"));
    let shown = cli.run(&["decks"]);
    assert!(shown.out.contains("11 questions, 11 cards, 0 due, 11 new; "), "{}", shown.out);
    assert!(shown.out.contains("\n! "), "{}", shown.out);
    assert_eq!(cli.run(&["doctor"]).code, 1);
}

#[test]
fn commands_that_only_read_create_no_files() {
    let cli = CliFixture::new();
    let folder = cli.path().join("not there");
    let at = |args: &[&str]| run(linchpin().arg("--data-dir").arg(&folder).args(args));
    for args in [&["stats"][..], &["stats", "--json"], &["decks"], &["doctor"], &["check"]] {
        let done = at(args);
        assert_eq!(done.code, 0, "{args:?}: {done:?}");
    }
    let backup = at(&["backup"]);
    assert_eq!((backup.code, backup.out.as_str()), (1, ""));
    assert!(backup.err.contains("no progress"), "{backup:?}");
    assert!(!folder.exists());

    let stats: Value = serde_json::from_str(&at(&["stats", "--json", "--deck", "korean-terms"]).out).unwrap();
    assert_eq!(stats["decks"].as_array().unwrap().len(), 1);
    let all = total(&stats, "korean-terms");
    assert_eq!(
        (&all["accuracy"], &all["recall_now"], &all["last_studied"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!((&all["mastery"], &all["coverage"]), (&json!(0.0), &json!(0.0)));
    assert_eq!(at(&["stats", "--deck", "nope"]).code, 2);
}

#[test]
fn a_simulated_time_is_refused_for_the_learners_own_progress() {
    let cli = CliFixture::new();
    let own = |args: &[&str]| {
        let mut command = linchpin();
        command.env("HOME", cli.path()).args(args);
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        run(&mut command)
    };
    for args in [&["--at", MONDAY][..], &["study", "--at", MONDAY], &["backup", "--at", MONDAY]] {
        let refused = own(args);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{args:?}");
        assert!(refused.err.contains("--data-dir") && refused.err.lines().count() == 1, "{refused:?}");
    }
    assert!(files_in(cli.path()).is_empty());
    assert_eq!(own(&["stats", "--at", MONDAY]).code, 0);

    // Another path to the same folder is refused as well.
    assert_eq!(own(&["study"]).code, 0);
    let doctor = own(&["doctor"]).out;
    let data = doctor.lines().find_map(|line| line.strip_prefix("Data ")).unwrap().trim();
    assert_eq!(own(&["study", "--at", MONDAY, "--data-dir", data]).code, 2);
    assert_eq!(own(&["study", "--at", "yesterday", "--data-dir", "/tmp"]).code, 2);
}

#[test]
fn without_a_display_the_window_fails_with_advice() {
    let cli = CliFixture::new();
    let alone = cli.run(&[]);
    assert_eq!((alone.code, alone.out.as_str()), (1, ""));
    assert!(alone.err.contains("no display") && alone.err.contains("linchpin study"), "{}", alone.err);
    assert_eq!(alone.err.lines().count(), 1, "{}", alone.err);
    assert!(files_in(cli.path()).is_empty());
}

#[test]
fn a_second_writer_gets_an_error_and_readers_are_not_locked_out() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("3");
    let second = cli.run(&["study"]);
    assert_eq!((second.code, second.out.as_str()), (1, ""));
    assert!(second.err.starts_with("linchpin: Linchpin is already open on "), "{}", second.err);
    assert_eq!(second.err.lines().count(), 1, "{}", second.err);

    let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
    assert_eq!(total(&stats, "every-kind")["answers"], 1);
    let backup = cli.run(&["backup"]);
    assert_eq!(backup.code, 0, "{backup:?}");
    assert!(Path::new(backup.out.trim()).is_file(), "{backup:?}");
    let doctor = cli.run(&["doctor"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
    assert!(
        doctor.out.contains("intact, 1 entry") && doctor.out.contains(backup.out.trim()),
        "{}",
        doctor.out
    );
    assert_eq!(session.end().code, 0);
    assert_eq!(Store::open_read_only(cli.path()).unwrap().events().unwrap().len(), 1);
}

#[test]
fn a_damaged_progress_file_gives_an_error_of_one_line_and_is_left_alone() {
    let cli = CliFixture::new();
    let path = cli.path().join("progress.db");
    fs::write(&path, vec![b'x'; 5000]).unwrap();
    for args in [&["stats"][..], &["study"], &["backup"]] {
        let failed = cli.run(args);
        assert_eq!((failed.code, failed.out.as_str()), (1, ""), "{args:?}");
        assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
        assert!(failed.err.contains("progress.db"), "{}", failed.err);
    }
    assert_eq!(cli.run(&["doctor"]).code, 1);
    assert_eq!(fs::read(&path).unwrap(), vec![b'x'; 5000]);
}

/// A fixture with one answer, the backup that is made at the end of a session, and one made by hand.
fn with_an_answer_and_a_backup() -> CliFixture {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("3");
    assert_eq!(session.end().code, 0);
    assert_eq!(cli.run(&["backup"]).code, 0);
    cli
}

#[test]
fn a_session_ends_with_the_backup_of_the_day() {
    let cli = CliFixture::with_every_kind();
    let backups = || cli.json(&["backup", "list", "--json"])["backups"].as_array().unwrap().len();
    for (at, wanted) in [(MONDAY, 1), ("2026-11-23T20:00", 1), ("2026-11-25T09:00", 2)] {
        let mut session = cli.study(&["every-kind", "--at", at]);
        session.send("");
        session.send("3");
        assert_eq!(session.end().code, 0);
        assert_eq!(backups(), wanted, "{at}");
    }
}

#[test]
fn backups_are_listed_and_one_is_restored_only_after_a_yes() {
    let cli = with_an_answer_and_a_backup();
    let list = cli.run(&["backup", "list"]);
    assert_eq!((list.code, list.out.lines().count()), (0, 3), "{list:?}");
    assert!(list.out.contains("daily or by hand"), "{}", list.out);
    let listed = cli.json(&["backup", "list", "--json"]);
    let newest = &listed["backups"][0];
    assert_eq!((&newest["answers"], &newest["problem"]), (&json!(1), &Value::Null));
    assert_eq!(newest["reason"], "daily-or-by-hand");

    let path = cli.path().join("progress.db");
    fs::write(&path, "ruined").unwrap();
    let unasked = cli.run(&["backup", "restore"]);
    assert_eq!(unasked.code, 1, "{unasked:?}");
    assert!(unasked.err.contains("--yes") && unasked.out.contains("1 answer"), "{unasked:?}");
    assert_eq!(fs::read(&path).unwrap(), b"ruined");

    let name = Path::new(newest["path"].as_str().unwrap()).file_name().unwrap().to_str().unwrap();
    let restored = cli.run(&["backup", "restore", name, "--yes"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.out.contains("progress.damaged-"), "{}", restored.out);
    assert_eq!(Store::open_read_only(cli.path()).unwrap().events().unwrap().len(), 1);
    let nothing = cli.run(&["backup", "restore", "nope.db", "--yes"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
}

#[test]
fn the_doctor_and_a_session_agree_on_what_is_damaged() {
    let cli = with_an_answer_and_a_backup();
    let path = cli.path().join("progress.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    let select = "SELECT rootpage FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_card%'";
    let page = conn.query_row(select, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
    drop(conn);
    let sound = fs::read(&path).unwrap();
    // An entry of an index that no row has: every page is well-formed. Then a page of noise.
    let mut wrong_entry = sound.clone();
    wrong_entry[page * 4096 - 12] ^= 1;
    let mut noise = sound.clone();
    noise[(page - 1) * 4096..page * 4096].fill(0xa5);
    for (bytes, code) in [(wrong_entry, 1), (noise, 1), (sound, 0)] {
        fs::write(&path, &bytes).unwrap();
        let doctor = cli.run(&["doctor"]);
        assert_eq!(doctor.code, code, "{}", doctor.out);
        let session = cli.study(&["every-kind", "--at", MONDAY]).end();
        assert_eq!(session.code, code, "{}", session.err);
        if code == 1 {
            assert_eq!(fs::read(&path).unwrap(), bytes, "left as it is");
        }
    }
}

#[test]
fn the_doctor_says_what_is_in_the_newest_backup_and_which_ones_are_damaged() {
    let cli = with_an_answer_and_a_backup();
    let doctor = cli.run(&["doctor"]);
    assert!(doctor.out.contains(".db (1 answer, the newest of 2026-11-2"), "{}", doctor.out);
    for entry in fs::read_dir(cli.path().join("backups")).unwrap() {
        fs::write(entry.unwrap().path(), "ruined").unwrap();
    }
    let doctor = cli.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("none that is intact") && doctor.out.contains("2 backups, all damaged"));
}

#[cfg(unix)]
#[test]
fn a_progress_file_that_is_replaced_during_a_session_is_reported_and_never_mixed() {
    let (cli, other) = (with_an_answer_and_a_backup(), with_an_answer_and_a_backup());
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    let path = cli.path().join("progress.db");
    fs::copy(other.path().join("progress.db"), cli.path().join("incoming")).unwrap();
    fs::rename(cli.path().join("incoming"), &path).unwrap();
    let foreign = fs::read(&path).unwrap();
    session.send("");
    let screen = session.send("3").to_owned();
    assert!(screen.contains("! Another program replaced"), "{screen}");
    assert_eq!(verdicts(&screen), 0, "{screen}");
    session.end();
    assert_eq!(fs::read(&path).unwrap(), foreign);
    let copy = cli.path().join("backups/replaced-1.db");
    assert!(copy.is_file());
    // Nothing of this session was saved before, so there is no log that could be taken for the other file's.
    assert_eq!(cli.run(&["doctor"]).code, 0);
    assert_eq!(Store::open_read_only(cli.path()).unwrap().events().unwrap().len(), 1);
}

#[test]
fn progress_without_a_question_is_kept_and_reported_by_the_doctor() {
    let cli = CliFixture::new();
    let path = cli.write_deck("every-kind.ron", EVERY_KIND);
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("3");
    assert_eq!(session.end().code, 0);
    assert!(!cli.run(&["doctor"]).out.contains("kept"));
    fs::remove_file(path).unwrap();
    let doctor = cli.run(&["doctor"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
    assert!(doctor.out.contains("progress of 1 question no longer in any deck"), "{}", doctor.out);
    assert_eq!(Store::open_read_only(cli.path()).unwrap().events().unwrap().len(), 1);
}

#[test]
fn unreadable_settings_are_reported() {
    let cli = CliFixture::new();
    cli.write("settings.ron", "(new_cards_a_day: many)");
    let stats = cli.run(&["stats"]);
    assert_eq!(stats.code, 0, "{stats:?}");
    assert!(
        stats.err.contains("settings.ron:1:") && stats.err.contains("the defaults apply"),
        "{}",
        stats.err
    );
}

#[test]
fn wrong_usage_exits_with_2_and_help_and_version_with_0() {
    for args in [&["nonsense"][..], &["study", "--new", "many"], &["--at"], &["check", "--jsn"]] {
        let failed = run(linchpin().args(args));
        assert_eq!((failed.code, failed.out.as_str()), (2, ""), "{args:?}");
    }
    let version = run(linchpin().arg("--version"));
    assert_eq!((version.code, version.out), (0, format!("linchpin {}\n", env!("CARGO_PKG_VERSION"))));
    for (args, documented) in [
        (["check", "--help"], "end_column"),
        (["stats", "--help"], "accuracy_low"),
        (["decks", "--help"], "problems"),
        (["study", "--help"], ":u undo"),
    ] {
        let help = run(linchpin().args(args));
        assert_eq!(help.code, 0);
        assert!(help.out.contains(documented), "{}", help.out);
    }
}

#[test]
fn the_scores_of_one_deck_include_only_its_exams() {
    let cli = CliFixture::with_every_kind();
    let exam = |deck: &str| {
        format!(r#"(name: "Exam of {deck}", deck: "{deck}", exam: "2030-01-01", target_percent: 85)"#)
    };
    cli.write("settings.ron", &format!("(goals: [{}, {}])", exam("every-kind"), exam("korean-terms")));
    let shown = cli.run(&["stats", "--deck", "every-kind", "--at", MONDAY]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.out.contains("Exam of every-kind in "), "{}", shown.out);
    assert!(!shown.out.contains("Exam of korean-terms"), "{}", shown.out);
    let both = cli.run(&["stats", "--at", MONDAY]);
    assert!(both.out.contains("Exam of korean-terms in "), "{}", both.out);
}
