//! How the program behaves from an empty folder to a million cards: `cargo bench --bench scale`. It makes data folders,
//! measures whole processes of the release build over them, and prints a table in Markdown. It asserts nothing.
//!
//! Times are wall-clock times; where it says processor time, that of all threads. Window rows are read from the pixels of
//! a virtual display, and need Xvfb and xdotool; the number of syncs needs strace. All of it needs Linux.
//!
//! | variable | what | without it |
//! |---|---|---|
//! | `LINCHPIN_SCALE_SIZES` | sizes: `empty`, `1k`, `100k`, `1m` | `empty,1k,100k` |
//! | `LINCHPIN_SCALE_RUNS` | how often each command and the window is started | 5 |
//! | `LINCHPIN_SCALE_PROGRAM` | the program to measure | that of this build |
//! | `LINCHPIN_SCALE_BEFORE` | an earlier build, which is measured too, in turn | none |
//! | `LINCHPIN_SCALE_HOMES` | where the folders are made, and found again by the next run | the target folder |
//!
//! A folder that an earlier version made may be used again. The program works on a copy, so its first start there also
//! shows what it costs to come from that version, and an earlier build can be measured over the same answers.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

mod home;
mod learner;
mod process;
#[path = "../../tests/fixtures/simulated_learner/responses.rs"]
mod responses;
mod rows;
mod screen;
mod table;
mod words;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use home::{SIZES, Size};
use rows::Subject;
use table::{Table, quantile};

/// Processors busy with other work at most for figures that can be trusted.
const QUIET_LOAD: f64 = 0.5;

fn main() {
    // `cargo test --benches` runs it without this argument.
    if !env::args().any(|argument| argument == "--bench") {
        println!("scale: run it with cargo bench --bench scale");
        return;
    }
    if !cfg!(target_os = "linux") {
        println!("scale: it reads /proc, which only Linux has");
        return;
    }
    let variable =
        |name: &str| env::var(format!("LINCHPIN_SCALE_{name}")).ok().filter(|value| !value.is_empty());
    let names = variable("SIZES").unwrap_or_else(|| "empty,1k,100k".to_owned());
    let sizes: Vec<Size> =
        SIZES.into_iter().filter(|size| names.split(',').any(|name| name.trim() == size.name)).collect();
    let runs = variable("RUNS").map_or(5, |runs| runs.parse().expect("LINCHPIN_SCALE_RUNS is a number"));
    let mut programs =
        vec![PathBuf::from(variable("PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_linchpin").to_owned()))];
    programs.extend(variable("BEFORE").map(PathBuf::from));
    let homes =
        variable("HOMES").map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale"), PathBuf::from);

    let load = load();
    let mut tables: Vec<Table> = programs.iter().map(|_| Table::default()).collect();
    for (column, size) in sizes.iter().enumerate() {
        let original = home::prepare(&homes, size);
        let subjects = programs.iter().enumerate().map(|(nth, program)| {
            let home = homes.join(format!("at-work-{nth}"));
            let _ = fs::remove_dir_all(&home);
            home::copy(&original, &home).expect("a copy of the home");
            Subject { program, home, size: *size, column, runs }
        });
        let subjects: Vec<Subject<'_>> = subjects.collect();
        // Files that have just changed would be read again at every start, instead of their index.
        std::thread::sleep(Duration::from_secs(3));
        measure(&subjects, &mut tables);
        for subject in subjects {
            let _ = fs::remove_dir_all(subject.home);
        }
    }
    let columns: Vec<String> = sizes.iter().map(Size::label).collect();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} processors; other work when it began: {load:.2} processors; {runs} runs.");
    if load > QUIET_LOAD {
        println!("The machine was busy: compare processor times rather than times.");
    }
    println!("An append of 4 KiB with a sync took {:.2} ms here (median of 50).\n", sync_ms(&homes));
    let (table, before) = (&tables[0], tables.get(1));
    println!("{}", table.markdown(&columns, before));
}

/// Measures every group of rows with each program in turn.
fn measure(subjects: &[Subject<'_>], tables: &mut [Table]) {
    type Group = fn(&Subject<'_>, &mut Table) -> io::Result<()>;
    let groups: [(&str, Group); 7] = [
        ("first start", |subject, table| subject.first_start(table)),
        ("window", |subject, table| subject.window(table)),
        ("search", |subject, table| if subject.size.is_empty() { Ok(()) } else { subject.search(table) }),
        ("commands", |subject, table| subject.commands(table)),
        ("disk", |subject, table| subject.disk(table)),
        ("answers", |subject, table| subject.answers(table)),
        ("import", |subject, table| if subject.size.is_empty() { subject.import(table) } else { Ok(()) }),
    ];
    for (name, group) in groups {
        for (subject, table) in subjects.iter().zip(&mut *tables) {
            let begin = Instant::now();
            subject.group(table, name, group);
            eprintln!("{}: {name} measured in {:.0} s", subject.size.name, begin.elapsed().as_secs_f64());
        }
    }
}

/// Mean number of processes that wanted a processor in the last minute.
fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|load| load.parse().ok()).unwrap_or(f64::NAN)
}

/// What the disk needs to keep 4 KiB for good, in milliseconds.
fn sync_ms(folder: &Path) -> f64 {
    let path = folder.join("sync");
    let mut file = fs::File::create(&path).expect("a file");
    let times: Vec<f64> = (0..50)
        .map(|_| {
            let begin = Instant::now();
            file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("it is written");
            begin.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    let _ = fs::remove_file(path);
    quantile(&times, 0.5)
}
