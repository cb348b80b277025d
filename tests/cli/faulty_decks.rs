//! Decks with common mistakes: what `check` prints for each, and what `check --fix` makes of it, compared with
//! `tests/faulty_decks/*.snap`. `UPDATE_SNAPSHOTS=1 cargo test --test cli faulty_decks` updates these; then read the
//! difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use linchpin::formats::ron_deck::parse;
use serde_json::Value;

use crate::fixtures::{CliFixture, CliOutput};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faulty_decks")
}

/// Runs the program in a folder, so that it names files without their folder.
fn run_in(cli: &CliFixture, args: &[&str]) -> CliOutput {
    let mut command = cli.command(args);
    CliOutput::from(command.current_dir(cli.path()).stdin(Stdio::null()).output().expect("it runs"))
}

/// What a user sees who checks a file, and then lets it be fixed.
fn report_on(name: &str, bytes: &[u8]) -> String {
    let cli = CliFixture::new();
    let path = cli.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let mut output = shell_session(&cli, &["check", name]);
    output += &shell_session(&cli, &["check", "--fix", name]);
    let after = fs::read(&path).expect("the file");
    let kept = cli.path().join(format!("{name}.before-fix"));
    if after == bytes {
        assert!(!kept.exists(), "{name}: an unchanged file has no backup");
        return output + "----- unchanged\n";
    }
    assert_eq!(fs::read(kept).expect("a backup of the old file"), bytes);
    // A second run has nothing left to fix.
    run_in(&cli, &["check", "--fix", name]);
    assert_eq!(fs::read(&path).expect("the file"), after, "{name}: one run fixes everything");
    let text = String::from_utf8(after).expect("fixed files are UTF-8");
    output + "----- afterwards\n" + &text.replace('\r', "␍").replace('\t', "⇥")
}

fn shell_session(cli: &CliFixture, args: &[&str]) -> String {
    let run = run_in(cli, args);
    assert_eq!(run.err, "", "{args:?}");
    assert!(run.code == 0 || run.code == 1, "{args:?}: {}", run.code);
    format!("$ linchpin {}\n{}[exit code {}]\n\n", args.join(" "), run.out, run.code)
}

/// Compares with the snapshot; returns the difference, or `None`.
fn difference_to_snapshot(name: &str, output: &str) -> Option<String> {
    let path = folder().join(format!("{name}.snap"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(path, output).expect("a snapshot");
        return None;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    (kept != output).then(|| format!("==== {name} was\n{kept}\n==== and is\n{output}"))
}

#[test]
fn every_mistake_is_reported_and_fixed_as_in_its_snapshot() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name.ends_with(".ron"))
        .collect();
    names.sort();
    assert!(names.len() >= 60, "{}", names.len());
    let differ: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let bytes = fs::read(folder().join(name)).expect("the deck");
            difference_to_snapshot(name.trim_end_matches(".ron"), &report_on(name, &bytes))
        })
        .collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// Mistakes that are easier to make here than to keep as files.
#[test]
fn files_that_are_no_plain_text_are_reported_as_in_their_snapshots() {
    let sound = fs::read_to_string(folder().join("missing_comma_between_fields.ron")).expect("a deck");
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter().copied().chain(sound.encode_utf16().flat_map(bytes)).collect()
    };
    let latin: Vec<u8> = sound.replace("Oslo", "Tromsø").chars().map(|c| c as u8).collect();
    let made = [
        ("utf16", utf16(&[0xFF, 0xFE], u16::to_le_bytes)),
        ("utf16_high_byte_first", utf16(&[0xFE, 0xFF], u16::to_be_bytes)),
        ("utf16_without_mark", utf16(&[], u16::to_le_bytes)),
        ("latin1", latin),
        ("zip", b"PK\x03\x04\x14\x00\x08\x08\x08\x00\xb5\x9d\xff\xfe collection.anki2".to_vec()),
        ("deep_nesting", format!("Deck(format: 1, topics: {}", "[".repeat(100_000)).into_bytes()),
        ("too_large", vec![b' '; (64 << 20) + 1]),
    ];
    let differ: Vec<String> = made
        .iter()
        .filter_map(|(name, bytes)| difference_to_snapshot(name, &report_on(&format!("{name}.ron"), bytes)))
        .collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn a_folder_and_a_missing_file_are_reported_as_in_their_snapshot() {
    let cli = CliFixture::new();
    fs::create_dir(cli.path().join("decks.ron")).expect("a folder");
    fs::create_dir(cli.path().join("empty")).expect("a folder");
    let run = run_in(&cli, &["check", "decks.ron", "empty"]);
    assert_eq!(run.err, "linchpin: no *.ron files found\n");
    assert_eq!(
        difference_to_snapshot("missing_file", &shell_session(&cli, &["check", "--fix", "nowhere.ron"])),
        None
    );
}

/// The largest file to be expected: fifty megabytes, with one mistake near its end.
#[test]
fn fifty_megabytes_are_checked_to_the_last_question() {
    let mut text = String::from(
        "Deck(format: 1, id: \"large\", title: \"Large\", topics: {\"t\": \"T\"}, questions: [\n",
    );
    // Some authors paste an image as text.
    let picture = "iVBORw0KGgo".repeat(90_000);
    for at in 0..50 {
        text += &format!(
            "(id: \"q{at}\", topic: \"t\", prompt: \"Q{at}?\", answer: Bool(true), explain: \"{picture}\"),\n"
        );
    }
    text += "(id: \"last\", topic: \"t\" prompt: \"Last?\", answer: Bool(true), explain: \"E\"),\n])\n";
    assert!(text.len() > 49_000_000);
    assert_eq!(
        difference_to_snapshot("fifty_megabytes", &brief_report_on("fifty_megabytes.ron", &text)),
        None
    );
}

fn brief_report_on(name: &str, text: &str) -> String {
    let output = report_on(name, text.as_bytes());
    output.split("----- afterwards\n").next().unwrap_or_default().to_owned()
}

#[test]
fn the_fixes_in_json_give_the_fixed_text() {
    let cli = CliFixture::new();
    let name = "smart_quotes.ron";
    let text = fs::read_to_string(folder().join(name)).expect("a deck");
    fs::write(cli.path().join(name), &text).expect("a file");
    let report: Value = serde_json::from_str(&run_in(&cli, &["check", "--json", name]).out).expect("JSON");
    let mut fixed = text.clone();
    let diagnostics = report["files"][0]["diagnostics"].as_array().expect("a list");
    for change in diagnostics
        .iter()
        .rev()
        .flat_map(|diagnostic| diagnostic["fix"]["changes"].as_array().into_iter().flatten())
    {
        let byte = |name: &str| usize::try_from(change[name].as_u64().expect("a number")).expect("small");
        fixed.replace_range(byte("start_byte")..byte("end_byte"), change["with"].as_str().expect("a text"));
    }
    assert_eq!(parse(&fixed).deck.map(|deck| deck.questions.len()), Some(3), "{fixed}");
    let report: Value =
        serde_json::from_str(&run_in(&cli, &["check", "--json", "--fix", name]).out).expect("JSON");
    assert_eq!(report["files"][0]["fixed"]["mended"].as_array().map(Vec::len), Some(5));
    assert_eq!(report["files"][0]["fixed"]["kept"], "smart_quotes.ron.before-fix");
    assert_eq!(fs::read_to_string(cli.path().join(name)).expect("the file"), fixed);
}

#[test]
fn an_earlier_backup_is_never_overwritten() {
    let cli = CliFixture::new();
    let text = fs::read_to_string(folder().join("hash_comments.ron")).expect("a deck");
    fs::write(cli.path().join("deck.ron"), &text).expect("a file");
    fs::write(cli.path().join("deck.ron.before-fix"), "mine").expect("a file");
    run_in(&cli, &["check", "--fix", "deck.ron"]);
    let read = |name: &str| fs::read_to_string(cli.path().join(name)).expect("a file");
    assert_eq!((read("deck.ron.before-fix"), read("deck.ron.before-fix-2")), ("mine".to_owned(), text));
}
