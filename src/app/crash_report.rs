//! Reports of panics, for a bug report: where it happened and the functions of this program that led there.
//!
//! A report holds no text of a deck or an answer. The message of a panic may quote one, so it is left out unless it
//! is known to quote nothing (see `harmless_message`).
//!
//! A report whose panic may have ended the program is *untold* until a start has told the learner about it; its name
//! says so. A panic that [`catch_panic`](crate::background::catch_panic) caught is told as soon as it happened.

use std::any::Any;
use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::{self, Location, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::clock::Clock;
use super::dirs::CRASHES;
use crate::atomic_file;
use crate::background::claim_caught_panic;
use crate::plain_file;

/// How many reports are kept.
const KEPT: usize = 5;
/// How many reports one run of the program writes: a panic that repeats must not push out the reports of others.
const MOST_OF_A_RUN: usize = 3;
/// How many functions a report names.
const MOST_FRAMES: usize = 40;
/// No report is as large as this, in bytes.
const MAX_BYTES: u64 = 1 << 20;
/// The ends of the names of reports.
const TOLD: &str = ".txt";
const UNTOLD: &str = ".untold.txt";

/// The reports of this run.
struct Reporter {
    folder: PathBuf,
    /// What the program was started to do, in one word.
    command: String,
    written: usize,
    /// The newest report, whether or not it could be written.
    newest: Option<String>,
    /// Where the newest report was written.
    newest_path: Option<PathBuf>,
    untold: Vec<PathBuf>,
}

static REPORTER: Mutex<Option<Reporter>> = Mutex::new(None);

fn reporter() -> MutexGuard<'static, Option<Reporter>> {
    REPORTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes every panic of this process write a report into the data folder `data`, and then run the previous panic hook.
/// `command` is one word for what the program was started to do.
pub(super) fn install(data: &Path, command: &str) {
    let new = Reporter {
        folder: data.join(CRASHES),
        command: command.to_owned(),
        written: 0,
        newest: None,
        newest_path: None,
        untold: Vec::new(),
    };
    if reporter().replace(new).is_some() {
        return;
    }
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        report(panic);
        usual(panic);
    }));
}

fn report(panic: &PanicHookInfo<'_>) {
    let is_caught = claim_caught_panic();
    let mut reporter = reporter();
    let Some(reporter) = reporter.as_mut() else { return };
    let now = Timestamp::from_millisecond(Clock::system().now(0).ms()).unwrap_or_default();
    let text = describe(panic, &reporter.command, now);
    if reporter.written < MOST_OF_A_RUN {
        reporter.written += 1;
        let end = if is_caught { TOLD } else { UNTOLD };
        // An error is ignored: there is nobody left to tell, and the panic itself is in the log.
        let stem = format!("crash-{}", now.strftime("%Y-%m-%d-%H%M%S"));
        reporter.newest_path = write(&reporter.folder, &stem, end, &text).ok();
        if !is_caught {
            reporter.untold.extend(reporter.newest_path.clone());
        }
    }
    reporter.newest = Some(text);
}

/// Writes a report, and removes the oldest ones.
fn write(folder: &Path, stem: &str, end: &str, text: &str) -> std::io::Result<PathBuf> {
    atomic_file::create_private_folder(folder)?;
    let numbered = (2..100).map(|number| folder.join(format!("{stem}-{number}{end}")));
    let names = std::iter::once(folder.join(format!("{stem}{end}"))).chain(numbered);
    let path = atomic_file::create_first_unused(names, |out| out.write_all(text.as_bytes()))?;
    for old in all(folder).iter().rev().skip(KEPT) {
        // An error is ignored: one report too many is no harm.
        let _ = std::fs::remove_file(old);
    }
    Ok(path)
}

/// The reports in a folder, oldest first.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_report = |name: &str| name.starts_with("crash-") && name.ends_with(TOLD);
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_str().is_some_and(is_report)))
        .collect();
    paths.sort();
    paths
}

/// The newest report in the data folder `data`, whether or not it was told.
pub fn newest(data: &Path) -> Option<PathBuf> {
    all(&data.join(CRASHES)).pop()
}

/// The newest report that nobody was told about yet, as its path and its text. It and the older ones count as told from
/// now on.
pub fn take_untold(data: &Path) -> Option<(PathBuf, String)> {
    let is_untold = |path: &PathBuf| path.to_str().is_some_and(|path| path.ends_with(UNTOLD));
    let untold: Vec<PathBuf> = all(&data.join(CRASHES)).into_iter().filter(is_untold).collect();
    let told = untold.iter().fold(None, |_, path| Some(mark_told(path)))?;
    let text = plain_file::read_text(&told, MAX_BYTES).ok()?;
    Some((told, text))
}

/// Takes "untold" out of the name of a report. Returns the path that it has now.
fn mark_told(path: &Path) -> PathBuf {
    let Some(stem) = path.to_str().and_then(|path| path.strip_suffix(UNTOLD)) else { return path.to_owned() };
    let told = PathBuf::from(format!("{stem}{TOLD}"));
    match atomic_file::rename_durably(path, &told) {
        Ok(()) => told,
        Err(_) => path.to_owned(),
    }
}

/// The text of the newest report of this run, even if it could not be written.
pub fn of_this_run() -> Option<String> {
    reporter().as_ref()?.newest.clone()
}

/// Makes the next start tell of the newest report of this run, although its panic was caught.
pub fn tell_at_next_start() {
    let reporter = reporter();
    let Some(path) = reporter.as_ref().and_then(|reporter| reporter.newest_path.as_ref()) else { return };
    let stem = path.to_str().filter(|path| !path.ends_with(UNTOLD)).and_then(|path| path.strip_suffix(TOLD));
    if let Some(stem) = stem {
        // An error is ignored: the report is there, and the doctor names it.
        let _ = atomic_file::rename_durably(path, Path::new(&format!("{stem}{UNTOLD}")));
    }
}

/// Says that this run ends in order: no start has to tell of its panics.
pub fn ended_in_order() {
    if let Some(reporter) = reporter().as_mut() {
        reporter.untold.drain(..).for_each(|path| drop(mark_told(&path)));
    }
}

/// The text of a report.
fn describe(panic: &PanicHookInfo<'_>, command: &str, now: Timestamp) -> String {
    let thread = std::thread::current();
    let place = panic.location().map(Location::to_string).unwrap_or_default();
    let mut text = format!(
        "Linchpin {} on {} {}, started to: {command}\n{now:.0}, thread {}\n{}\nat {}\n\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        thread.name().unwrap_or("without a name"),
        harmless_message(panic.payload())
            .unwrap_or("The message is left out: it may quote a deck or an answer."),
        without_folders(&place),
    );
    for frame in own_frames(&Backtrace::force_capture().to_string()) {
        let _ = writeln!(text, "{frame}");
    }
    text
}

/// The functions of this program in a backtrace, innermost first, each with its place if that is known.
fn own_frames(backtrace: &str) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    let mut is_own = false;
    for line in backtrace.lines().map(str::trim) {
        if let Some(place) = line.strip_prefix("at ") {
            if let (true, Some(frame)) = (is_own, frames.last_mut()) {
                let _ = write!(frame, " at {}", without_folders(place));
            }
            continue;
        }
        // "12: linchpin::ui::run"
        let name = line.split_once(": ").map_or(line, |(_, name)| name);
        is_own = name.trim_start_matches('<').starts_with("linchpin::") && !name.contains("crash_report::");
        if is_own {
            frames.push(name.to_owned());
        }
    }
    frames.truncate(MOST_FRAMES);
    frames
}

/// A place in the source without the folders of the computer that built the program.
fn without_folders(place: &str) -> &str {
    let of_crate = |marker: &str| {
        let (_, rest) = place.rsplit_once(marker)?;
        // Behind it stands the name of the registry.
        rest.split_once('/').map(|(_, rest)| rest)
    };
    of_crate("/registry/src/")
        .or_else(|| place.find("/library/").map(|at| &place[at + 1..]))
        .or_else(|| place.rfind("/src/").map(|at| &place[at + 1..]))
        .unwrap_or(place.trim_start_matches("./"))
}

/// The message of a panic if it quotes nothing but numbers: a literal in the source code, or one of those that the
/// standard library makes of numbers. Other messages may quote an answer, such as the one for a text that is cut
/// inside of a character.
pub(super) fn harmless_message(payload: &(dyn Any + Send)) -> Option<&str> {
    /// With `#` for every number.
    const OF_NUMBERS: [&str; 4] = [
        "index out of bounds: the len is # but the index is #",
        "range start index # out of range for slice of length #",
        "range end index # out of range for slice of length #",
        "slice index starts at # but ends at #",
    ];
    if let Some(literal) = payload.downcast_ref::<&'static str>() {
        return Some(literal);
    }
    let message = payload.downcast_ref::<String>()?;
    let mut shape = String::new();
    for c in message.chars() {
        match c.is_ascii_digit() {
            true if shape.ends_with('#') => {}
            true => shape.push('#'),
            false => shape.push(c),
        }
    }
    OF_NUMBERS.contains(&&*shape).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::catch_panic;

    /// Runs a test of this module as a process of its own, because the hook and the reporter are global.
    fn run_in_a_process(name: &str, data: &Path) -> std::process::ExitStatus {
        let program = std::env::current_exe().expect("a test program");
        let test = format!("app::crash_report::tests::{name}");
        let mut command = std::process::Command::new(program);
        command.args(["--exact", &test, "--ignored", "--nocapture"]).env("LINCHPIN_TEST_DATA", data);
        command.output().expect("it runs").status
    }

    fn data_of_the_parent() -> PathBuf {
        PathBuf::from(std::env::var_os("LINCHPIN_TEST_DATA").expect("run by another test"))
    }

    #[test]
    #[ignore = "run as a process by another test"]
    fn child_panics() {
        install(&data_of_the_parent(), "study");
        let answer = "대한민국".to_owned();
        panic!("an answer: {answer}");
    }

    #[test]
    #[ignore = "run as a process by another test"]
    fn child_catches_a_panic() {
        install(&data_of_the_parent(), "window");
        assert!(catch_panic(|| Vec::<u8>::new()[std::hint::black_box(3)]).is_err());
        assert!(of_this_run().is_some());
    }

    #[test]
    #[ignore = "run as a process by another test"]
    fn child_panics_beside_and_ends_in_order() {
        install(&data_of_the_parent(), "window");
        // A thread of another crate, which this program does not watch.
        assert!(panic::catch_unwind(|| panic!("of the test")).is_err());
        ended_in_order();
    }

    #[test]
    fn a_panic_leaves_a_report_that_the_next_start_tells_once() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!run_in_a_process("child_panics", folder.path()).success());
        let (path, report) = take_untold(folder.path()).expect("a report");
        assert_eq!(newest(folder.path()), Some(path), "the doctor names it");
        assert!(
            report.contains("started to: study\n") && report.contains("src/app/crash_report.rs:"),
            "{report}"
        );
        assert!(report.contains("linchpin::app::crash_report") || report.contains("The message is left out"));
        assert!(!report.contains("한") && !report.contains("an answer:"), "{report}");
        assert_eq!(take_untold(folder.path()), None, "told once");
    }

    #[test]
    fn what_was_caught_and_what_the_program_outlived_is_kept_and_not_told_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        for child in ["child_catches_a_panic", "child_panics_beside_and_ends_in_order"] {
            assert!(run_in_a_process(child, folder.path()).success(), "{child}");
            assert!(newest(folder.path()).is_some(), "{child}");
            assert_eq!(take_untold(folder.path()), None, "{child}");
        }
    }

    #[test]
    fn the_last_five_reports_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let crashes = folder.path().join(CRASHES);
        for day in 10..20 {
            write(&crashes, &format!("crash-2026-11-{day}-100000"), UNTOLD, "text").expect("written");
        }
        assert_eq!(all(&crashes).len(), KEPT);
        assert!(
            newest(folder.path()).is_some_and(|path| path.ends_with("crash-2026-11-19-100000.untold.txt"))
        );
        take_untold(folder.path()).expect("a report");
        assert_eq!(take_untold(folder.path()), None, "the older ones are not told one by one");
    }

    #[test]
    fn a_message_is_given_only_if_it_quotes_nothing() {
        let cut = panic::catch_unwind(|| "대한민국".split_at(1).0.len()).expect_err("a letter is cut");
        assert_eq!(harmless_message(&*cut), None);
        let index = panic::catch_unwind(|| [0, 1][std::hint::black_box(12)]).expect_err("out of bounds");
        let expected = "index out of bounds: the len is 2 but the index is 12";
        assert_eq!(harmless_message(&*index), Some(expected));
        let literal: Box<dyn Any + Send> = Box::new("no such thing");
        assert_eq!(harmless_message(&*literal), Some("no such thing"));
        let parsed = panic::catch_unwind(|| "어제".parse::<u8>().expect("a day")).expect_err("no number");
        assert_eq!(harmless_message(&*parsed), None);
    }

    #[test]
    fn a_backtrace_is_reduced_to_our_own_functions_without_foreign_folders() {
        let backtrace = "   0: std::backtrace::Backtrace::create\n             at /rustc/1a2b/library/std/src/backtrace.rs:331:13\n   1: linchpin::app::crash_report::describe\n             at /home/builder/linchpin/src/app/crash_report.rs:1:1\n   2: linchpin::ui::screens::today::show\n             at /home/builder/linchpin/src/ui/screens/today.rs:12:5\n   3: egui::ui::Ui::scope\n             at /home/builder/.cargo/registry/src/index-1/egui-0.37.0/src/ui.rs:1:1\n   4: <linchpin::ui::Window as eframe::App>::ui\n";
        assert_eq!(
            own_frames(backtrace),
            [
                "linchpin::ui::screens::today::show at src/ui/screens/today.rs:12:5",
                "<linchpin::ui::Window as eframe::App>::ui"
            ]
        );
        assert_eq!(
            without_folders("/home/builder/.cargo/registry/src/index-1/egui-0.37.0/src/ui.rs:1:1"),
            "egui-0.37.0/src/ui.rs:1:1"
        );
        assert_eq!(
            without_folders("/rustc/1a2b/library/core/src/str/mod.rs:2:3"),
            "library/core/src/str/mod.rs:2:3"
        );
        assert_eq!(without_folders("src/ui/mod.rs:4:5"), "src/ui/mod.rs:4:5");
    }
}
