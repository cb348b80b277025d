//! The log: what happened, in lines that can be attached to a bug report.
//!
//! It contains times, counts, durations, ids and kinds of errors, but nothing that is learned: no text of a
//! deck, a prompt or an answer, and no message that may quote one, as messages of panics and of deck errors
//! do. A position in the source code says as much about the program and nothing about its user.
//!
//! The files are in the folder `logs` of the data folder, one per day in UTC. `RUST_LOG` selects other lines,
//! in the notation of `tracing_subscriber::EnvFilter`. What other crates log at the levels `debug` and
//! `trace` is outside of this program's control.

use std::panic::{self, Location};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing_appender::rolling::{RollingFileAppender, RollingWriter, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::OptionalWriter;

use super::crash_report::{self, harmless_message};
use crate::atomic_file;

/// The filter without `RUST_LOG`: the program's own information, and warnings of other crates.
const DEFAULT_FILTER: &str = "warn,linchpin=info";

/// Number of files that are kept, including today's.
const MAX_FILES: usize = 7;

/// Maximum number of lines of one run, about 2 MB: an error that repeats in every frame must not fill the
/// disk, which also holds the progress.
const MAX_LINES: u32 = 20_000;

/// Starts the log of this process in the data folder `data`, including panics, and the reports of panics; `command` is
/// one word for what the program was started to do.
///
/// Called once, by the program itself and not by a library's test, because the log is global to the process.
/// A second call, a folder that cannot be written and a full disk only mean that nothing is logged.
pub fn init(data: &Path, command: &str) {
    crash_report::install(data, command);
    let folder = data.join(super::dirs::LOGS);
    // The folder is created here because the appender prints to standard error if it is missing.
    if atomic_file::create_private_folder(&folder).is_err() {
        return;
    }
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("linchpin")
        .filename_suffix("log")
        .max_log_files(MAX_FILES)
        .build(&folder);
    let Ok(files) = files else { return };
    let begun = tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(false)
        // Otherwise a line that cannot be written would be reported on standard error, and panic where there
        // is none.
        .log_internal_errors(false)
        .with_writer(LineLimitedFiles { files, lines_left: AtomicU32::new(MAX_LINES) })
        .try_init();
    if begun.is_ok() {
        log_panics();
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        tracing::info!(version = env!("CARGO_PKG_VERSION"), system, command, "started");
    }
}

fn filter() -> EnvFilter {
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).ok().filter(|text| !text.trim().is_empty());
    wanted.and_then(|text| EnvFilter::try_new(text).ok()).unwrap_or_else(|| EnvFilter::new(DEFAULT_FILTER))
}

/// Logs every panic of any thread, and then runs the previous panic hook.
fn log_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("of the background");
        let place = panic.location().map(Location::to_string).unwrap_or_default();
        tracing::error!(
            thread,
            place,
            what = harmless_message(panic.payload()).unwrap_or("(not logged)"),
            "panic"
        );
        usual(panic);
    }));
}

/// The log files, with a limit of [`MAX_LINES`] lines.
struct LineLimitedFiles {
    files: RollingFileAppender,
    lines_left: AtomicU32,
}

impl<'a> MakeWriter<'a> for LineLimitedFiles {
    type Writer = OptionalWriter<RollingWriter<'a>>;

    fn make_writer(&'a self) -> Self::Writer {
        // A writer is made for every line.
        let less_one = |left: u32| left.checked_sub(1);
        match self.lines_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less_one) {
            Ok(_) => OptionalWriter::some(self.files.make_writer()),
            Err(_) => OptionalWriter::none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_logged_with_its_position_and_without_quoted_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        let log = std::sync::Mutex::new(std::fs::File::create(&path).expect("a log"));
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(log).finish();
        log_panics();
        tracing::subscriber::with_default(subscriber, || {
            let answer = "대한민국".to_owned();
            panic::catch_unwind(|| panic!("an answer: {answer}")).expect_err("a panic");
        });
        let written = std::fs::read_to_string(&path).expect("text");
        assert!(written.contains("logging.rs:") && !written.contains("한"), "{written}");
    }

    #[test]
    fn a_run_logs_at_most_the_allowed_number_of_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = RollingFileAppender::new(Rotation::NEVER, folder.path(), "log");
        let limited = LineLimitedFiles { files, lines_left: AtomicU32::new(2) };
        for line in ["one\n", "two\n", "three\n"] {
            std::io::Write::write_all(&mut limited.make_writer(), line.as_bytes())
                .expect("written or left out");
        }
        let written = std::fs::read_to_string(folder.path().join("log")).expect("a log");
        assert_eq!(written, "one\ntwo\n");
    }
}
