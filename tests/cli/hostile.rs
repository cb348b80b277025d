//! What is hostile or odd on the command line, in decks and in folders does no harm.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::fixtures::{CliFixture, CliOutput, MONDAY};

/// Clears the screen, names the terminal, turns the text, in C0, C1 and bidirectional characters.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}live\u{2066}\u{9b}31m\u{8}\u{7f}";

fn assert_safe(run: &CliOutput, what: &str) {
    let is_unsafe = |c: &char| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for text in [&run.out, &run.err] {
        assert_eq!(text.chars().find(is_unsafe), None, "{what}: {text:?}");
    }
    assert!(!run.err.contains("fault of the program"), "{what}: {}", run.err);
}

#[test]
fn no_argument_reaches_the_terminal_as_it_is() {
    let cli = CliFixture::new();
    let file = &*format!("/nowhere/{EVIL}");
    let list = cli.write("list.csv", "a?,1\n");
    let list = list.to_str().unwrap();
    for args in [
        &["study", EVIL][..],
        &["study", "--topic", EVIL],
        &["study", "--new", EVIL],
        &["test", EVIL],
        &["test", "--code", EVIL],
        &["test", "--kinds", EVIL],
        &["check", file],
        &["import", file],
        &["import", list, "--columns", EVIL],
        &["import", list, "--kind", EVIL],
        &["import", list, "--id", EVIL],
        &["export", EVIL, "--csv"],
        &["export", "korean-terms", "--csv", "-o", file],
        &["stats", "--deck", EVIL],
        &["stats", "--period", EVIL],
        &["decks", "--at", EVIL],
        &["study", "--data-dir", "/proc/\u{1b}[2J"],
        &[EVIL],
        &["--no-such-option", EVIL],
        &[&format!("--{EVIL}")],
    ] {
        let run = cli.run(args);
        assert_ne!(run.code, 0, "{args:?}");
        assert!(!run.err.is_empty() || !run.out.is_empty(), "{args:?} says why");
        assert_safe(&run, &format!("{args:?}"));
    }
}

#[test]
fn no_name_in_a_deck_or_of_a_file_reaches_the_terminal_as_it_is() {
    let cli = CliFixture::new();
    let evil = EVIL.replace('\u{8}', "");
    let deck = format!(
        r#"Deck(format: 1, id: "x{evil}", title: "T{evil}", topics: {{"a{evil}": "A{evil}", "b": "B"}}, questions: [
            (id: "q{evil}", topic: "a{evil}", prompt: "p{evil}", answer: Bool(true), cite: ["c{evil}"], tags: ["t{evil}"]),
            (topic: "b{evil}", prompt: "p", answer: Bool(true)),
        ])"#
    );
    cli.write_deck("x.ron", &deck);
    cli.write_deck("a\u{1b}[31m\u{202e}.ron", &format!("{deck}?"));
    cli.write("settings.ron", "(theme: \u{1b}[2J\u{202e})");
    for args in [
        &["decks"][..],
        &["check"],
        &["doctor"],
        &["stats"],
        &["study", "--topic", "no-such-topic"],
        &["study", "no-such-deck"],
        &["test", "--topic", "no-such-topic"],
        &["export", "no-such-deck", "--csv"],
        &["check", "--fix"],
    ] {
        assert_safe(&cli.run(args), &format!("{args:?}"));
    }
}

#[test]
fn an_answer_given_at_another_time_is_announced_beside_others() {
    let cli = CliFixture::new();
    let first = cli.run_with_input(&["study", "korean-terms", "--at", MONDAY], ":x\n\n");
    assert_eq!(first.err, "", "nothing is there yet");
    let later = cli.run_with_input(&["study", "korean-terms", "--at", "2027-01-01T10:00"], ":q\n");
    assert_eq!(later.err.lines().count(), 1, "{}", later.err);
    assert!(later.err.contains("2027-01-01"), "{}", later.err);
}

#[test]
fn what_a_killed_writer_left_goes_when_decks_are_opened_or_imported() {
    let left = |cli: &CliFixture| cli.path().join("decks").join(".gone.ron.4194303-7.saving").exists();
    for args in [&["study"][..], &["import", "list.csv"]] {
        let cli = CliFixture::with_every_kind();
        cli.write("list.csv", "a?,1\nb?,2\n");
        cli.write_deck(".gone.ron.4194303-7.saving", "half of a de");
        let mine = cli.write_deck(".mine.saving", "not ours");
        assert!(left(&cli));
        let run =
            CliOutput::from(cli.command(args).current_dir(cli.path()).stdin(Stdio::null()).output().unwrap());
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(!left(&cli), "{args:?}");
        assert!(mine.exists());
    }
}

#[test]
fn a_deck_with_the_longest_name_is_fixed_and_its_original_kept() {
    let cli = CliFixture::new();
    let name = format!("{}.ron", "x".repeat(251));
    let deck = r#"Deck(format: 1, id: "x", title: "T", topics: {"a": "A"}, questions: [
        (topic: "a", prompt: "p", answer: Bool(true)),
    ])"#;
    let path = cli.write_deck(&name, deck);
    let run = cli.run(&["check", "--fix", path.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_ne!(fs::read_to_string(&path).unwrap(), deck, "an id was written");
    let kept = files_in(&cli.path().join("decks")).into_iter().find(|other| *other != name).unwrap();
    assert_eq!(fs::read_to_string(cli.path().join("decks").join(kept)).unwrap(), deck);
}

fn files_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mkfifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn pipes_and_devices_instead_of_files_are_refused_at_once() {
        let cli = CliFixture::with_every_kind();
        for name in ["settings.ron", "test.ron", "list.csv"] {
            mkfifo(&cli.path().join(name));
        }
        symlink("/dev/zero", cli.path().join("endless.csv")).unwrap();
        for list in ["list.csv", "endless.csv"] {
            let path = cli.path().join(list);
            let run = cli.run(&["import", path.to_str().unwrap()]);
            assert_eq!(run.code, 1);
            assert!(run.err.contains("not an ordinary file"), "{}", run.err);
        }
        let stats = cli.run(&["stats"]);
        assert_eq!(stats.code, 0);
        assert!(
            stats.err.contains("settings.ron") && stats.err.contains("not an ordinary file"),
            "{}",
            stats.err
        );
        assert_eq!(cli.run_with_input(&["test", "every-kind", "-n", "1", "--at", MONDAY], "").code, 0);
    }

    #[test]
    fn names_that_are_no_text_are_read_and_shown() {
        let cli = CliFixture::new();
        let name = OsStr::from_bytes(b"list\xff\xfe.csv");
        fs::write(cli.path().join(name), "a?,1\nb?,2\n").unwrap();
        let run = |args: &[&OsStr]| {
            CliOutput::from(cli.command(&[]).args(args).stdin(Stdio::null()).output().unwrap())
        };
        let imported = run(&["import".as_ref(), cli.path().join(name).as_os_str()]);
        assert_eq!((imported.code, imported.err.as_str()), (0, ""));
        let refused = run(&["study".as_ref(), OsStr::from_bytes(b"\xff")]);
        assert_eq!(refused.code, 2, "an id is text: {}", refused.err);
    }

    #[test]
    fn what_the_program_makes_for_itself_is_for_its_user_alone_and_decks_are_theirs_to_share() {
        let cli = CliFixture::new();
        let data = cli.path().join("data");
        let list = cli.write("list.csv", "a?,1\nb?,2\n");
        let run = |args: &[&str], input: &str| {
            let shell = format!("umask 022; exec \"$0\" --data-dir '{}' \"$@\"", data.display());
            let mut command = Command::new("sh");
            command.args(["-c", &shell]).arg(cli.command(&[]).get_program()).args(args);
            let file = cli.write("input", input);
            command.stdin(fs::File::open(file).unwrap()).output().unwrap()
        };
        assert!(run(&["import", list.to_str().unwrap()], "").status.success());
        assert!(run(&["test", "-n", "1", "--at", MONDAY], "").status.success());
        let mode = |name: &str| fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
        for folder in ["", "logs"] {
            assert_eq!(mode(folder), 0o700, "{folder}");
        }
        assert_eq!(mode("decks/list.ron"), 0o644);
    }
}
