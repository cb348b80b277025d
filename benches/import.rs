//! How long an import takes: `cargo bench --bench import`. It prints timings and asserts none.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};
use linchpin::formats::import::{read, sniff};

const ROWS: usize = 100_000;

/// Words with topics, as a spreadsheet writes them.
fn table() -> String {
    let mut text = String::from("question,answer,topic,tags,explanation\n");
    for number in 0..ROWS {
        let _ = writeln!(
            text,
            "What is the word number {number} of the list?,낱말 {number},Topic {},\"one, two\",\"Because it is \
             \"\"number {number}\"\", as said\"",
            number % 40
        );
    }
    text
}

/// The same table as Anki exports it.
fn anki() -> String {
    let mut text =
        String::from("#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n");
    for number in 0..ROWS {
        let _ = writeln!(
            text,
            "g{number:x}@\tDeck::Part {}\tWhat is <b>the word</b> number {number}?<br>One &amp; only\t낱말 {number}\ta b",
            number % 40
        );
    }
    text
}

fn benches(criterion: &mut Criterion) {
    for (name, file, text) in [("a table", "list.csv", table()), ("an export of Anki", "notes.txt", anki())] {
        criterion.bench_function(&format!("read {name} of 100,000 rows"), |bench| {
            bench.iter(|| {
                let sniffed = sniff(file, black_box(text.as_bytes())).expect("a table");
                read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled").questions.len()
            });
        });
    }
    let text = table();
    criterion.bench_function("read a table of 100,000 rows and write its deck", |bench| {
        bench.iter(|| {
            let sniffed = sniff("list.csv", black_box(text.as_bytes())).expect("a table");
            let imported = read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled");
            imported.to_text("list", "List", None).len()
        });
    });
}

/// Whole processes over texts that no person writes.
fn long_texts(criterion: &mut Criterion) {
    let texts = [
        ("100,000 letters", "x".repeat(100_000)),
        ("100,000 bold marks", "<b>".repeat(100_000)),
        ("100,000 accents", "\u{301}".repeat(100_000)),
        ("50,000 joined emoji", "😀\u{200d}".repeat(50_000)),
    ];
    for (name, text) in texts {
        let folder = tempfile::tempdir().expect("a folder");
        let (list, decks) = (folder.path().join("list.tsv"), folder.path().join("decks"));
        std::fs::write(&list, format!("{text}\tanswer\nsecond\tanswer\n")).expect("a list");
        std::fs::create_dir(&decks).expect("a folder");
        let deck = format!(
            r#"Deck(format: 1, id: "d", title: "D", topics: {{"t": "T"}}, questions: [(topic: "t", prompt: "a{text}", answer: Bool(true))])"#
        );
        std::fs::write(decks.join("d.ron"), deck).expect("a deck");
        let run = |arguments: &[&std::ffi::OsStr]| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_linchpin"));
            program.arg("--data-dir").arg(folder.path()).args(arguments).stdin(Stdio::null());
            let output = program.output().expect("it runs");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            output.stdout.len()
        };
        criterion.bench_function(&format!("preview an import of {name}"), |bench| {
            bench.iter(|| run(&["import".as_ref(), "--preview".as_ref(), list.as_os_str()]));
        });
        criterion.bench_function(&format!("show a question of {name} in the terminal"), |bench| {
            bench.iter(|| run(&["study".as_ref(), "d".as_ref()]));
        });
    }
}

criterion_group! {
    name = import;
    config = Criterion::default().sample_size(10);
    targets = benches, long_texts
}
criterion_main!(import);
