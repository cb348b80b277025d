//! The log: what happened, in lines that can be attached to the report of a fault.
//!
//! It holds times, counts, durations, ids and the kinds of errors, and never what is learned: no text of a deck, a
//! prompt or an answer, and no message that may quote one, as those of panics and of faults in decks do. A place in
//! the source says the same about the program and nothing about its user.
//!
//! The files are in the folder `logs` of the data folder, one a day by universal time. `RUST_LOG` chooses other lines
//! than the usual ones, in the notation of `tracing_subscriber::EnvFilter`; what other crates write at the levels
//! `debug` and `trace` is not in this program's hand.

use std::any::Any;
use std::panic::{self, Location};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing_appender::rolling::{RollingFileAppender, RollingWriter, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::OptionalWriter;

/// What is written without `RUST_LOG`: the course of things here, and trouble in the crates below.
const USUAL: &str = "warn,linchpin=info";

/// Files kept, the one of today among them.
const MOST_FILES: usize = 7;

/// Lines that one run may write, about 2 MB: a fault that repeats with every frame must not fill the disk, which
/// holds the progress too.
const MOST_LINES: u32 = 20_000;

/// Begins the log of this process in the data folder `data`, panics included; `command` is what the program was started
/// for, in a word.
///
/// To be called once, by the program itself and not by a library's test: the log belongs to the whole process. A
/// second call, a folder that cannot be written and a full disk all mean that nothing is logged, and nothing else.
pub fn begin(data: &Path, command: &str) {
    let folder = data.join(super::dirs::LOGS);
    // Made here because the appender complains on standard error when there is none.
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("linchpin")
        .filename_suffix("log")
        .max_log_files(MOST_FILES)
        .build(&folder);
    let Ok(files) = files else { return };
    let begun = tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(false)
        // Else a line that cannot be written becomes one on standard error, and a panic where nobody reads that.
        .log_internal_errors(false)
        .with_writer(Limited { files, lines_left: AtomicU32::new(MOST_LINES) })
        .try_init();
    if begun.is_ok() {
        log_panics();
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        tracing::info!(version = env!("CARGO_PKG_VERSION"), system, command, "begun");
    }
}

fn filter() -> EnvFilter {
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).ok().filter(|text| !text.trim().is_empty());
    wanted.and_then(|text| EnvFilter::try_new(text).ok()).unwrap_or_else(|| EnvFilter::new(USUAL))
}

/// Writes a line for each panic, of whichever thread, and then does what was done about panics before.
fn log_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("of the background");
        let place = panic.location().map(Location::to_string).unwrap_or_default();
        tracing::error!(thread, place, what = fixed_message(panic.payload()), "panic");
        usual(panic);
    }));
}

/// The message of a panic where it is part of the program's own text. A formatted one may quote an answer: that of a
/// string cut between two bytes of a letter does.
fn fixed_message(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("(not logged)")
}

/// The files of the log, closed after [`MOST_LINES`].
struct Limited {
    files: RollingFileAppender,
    lines_left: AtomicU32,
}

impl<'a> MakeWriter<'a> for Limited {
    type Writer = OptionalWriter<RollingWriter<'a>>;

    fn make_writer(&'a self) -> Self::Writer {
        // A writer is made for each line.
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
    fn the_message_of_a_panic_is_logged_only_where_it_quotes_nothing() {
        let cut = panic::catch_unwind(|| "대한민국".split_at(1).0.len()).expect_err("a letter is cut");
        assert_eq!(fixed_message(&*cut), "(not logged)");
        let fixed: Box<dyn Any + Send> = Box::new("no such thing");
        assert_eq!(fixed_message(&*fixed), "no such thing");
    }

    #[test]
    fn a_panic_is_logged_with_its_place_and_without_what_it_quotes() {
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
    fn a_run_writes_no_more_lines_than_it_may() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = RollingFileAppender::new(Rotation::NEVER, folder.path(), "log");
        let limited = Limited { files, lines_left: AtomicU32::new(2) };
        for line in ["one\n", "two\n", "three\n"] {
            std::io::Write::write_all(&mut limited.make_writer(), line.as_bytes())
                .expect("written or left out");
        }
        let written = std::fs::read_to_string(folder.path().join("log")).expect("a log");
        assert_eq!(written, "one\ntwo\n");
    }
}
